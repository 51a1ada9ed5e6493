import { Group, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IngredientWorklist } from '../../../api/types';
import { useSession } from '../../../session/session';
import { announce } from '../../../ui/announcer';
import { type Column, rowLinkClass } from '../../../ui/data-table';
import { useKeys } from '../../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { ListScreen } from '../../../ui/list-screen';
import { Ltr } from '../../../ui/ltr';
import { MixedText } from '../../../ui/mixed-text';
import { EmptyView } from '../../../ui/states';
import { ProblemAlert } from '../../../ui/problem-text';
import classes from './admin.module.css';
import { CatalogTabs } from './catalog-tabs';
import { DecisionsDialog } from './decisions-dialog';
import { LinkDialog } from './link-dialog';
import { LastDecision } from './last-decision';
import { SuggestionButtons } from './suggestion-buttons';
import { useLinkText, useUndoLink, useWorklist } from './worklist-queries';
import { kindFor } from './worklist.domain';

const route = getRouteApi('/catalog/worklist');
const PAGE_SIZE = 20;
/** Suggestions shown for each text, on the keys 1 to 3. */
const SUGGESTIONS = 3;

type Row = IngredientWorklist['data'][number];
type OpenDialog = { kind: 'link'; row: Row } | { kind: 'decisions' };

/**
 * Ingredient texts that mean nothing to the catalogue yet. On a row the keys 1 to 3 take a suggestion, Enter asks for
 * another ingredient, U takes the last decision back.
 */
export function WorklistScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  if (!can('ManageDrugCatalog')) return <EmptyView title={t('errors.forbidden')} />;
  return <Worklist />;
}

function Worklist() {
  const { t } = useTranslation();
  const { q, page } = route.useSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [last, setLast] = useState<{ linkId: number; text: string; name: string; products: number }>();
  const result = useWorklist({ q, page: page ?? 1, limit: PAGE_SIZE, suggestions: SUGGESTIONS });
  const rows = result.data?.data ?? [];
  const link = useLinkText((done, { link: { rawText }, name }) => {
    setLast({ linkId: done.linkId, text: rawText, name, products: done.products });
    announce(t('catalog.linkDone', { text: rawText, name }));
  });
  const undo = useUndoLink(() => {
    announce(t('catalog.undone'));
    setLast(undefined);
  });
  const close = () => setDialog(undefined);

  function accept(row: Row, at: number): void {
    const suggestion = row.suggestions[at];
    if (!suggestion || link.isPending) return;
    focusRowAfter(row.rawText);
    const { ingredientId, name, reason } = suggestion;
    link.mutate({ link: { rawText: row.rawText, ingredientId, kind: kindFor(reason) }, name });
  }

  function acceptFocused(at: number): void {
    const text = focusedText();
    const row = rows.find((one) => one.rawText === text);
    if (row) accept(row, at);
  }

  useKeys([
    ...Array.from({ length: SUGGESTIONS }, (_, at) => ({
      combo: String(at + 1),
      label: t('catalog.takeSuggestion', { at: at + 1 }),
      run: () => acceptFocused(at),
    })),
  ]);

  const columns: Column<Row>[] = [
    {
      id: 'text',
      header: t('catalog.asWritten'),
      cell: (row) => (
        <>
          <button
            type="button"
            className={rowLinkClass}
            data-row-link
            data-raw-text={row.rawText}
            onClick={() => setDialog({ kind: 'link', row })}
          >
            <MixedText text={row.rawText} />
          </button>
          <Text size="xs" c="dimmed">
            {t('catalog.suchAs')} <bdi dir="auto">{row.examples[0]?.name}</bdi>
          </Text>
        </>
      ),
    },
    {
      id: 'suggestions',
      header: t('catalog.mayMean'),
      cell: (row) => <SuggestionButtons row={row} onTake={(at) => accept(row, at)} />,
    },
    {
      id: 'products',
      header: t('catalog.products'),
      numeric: true,
      cell: (row) => <Ltr>{row.products}</Ltr>,
    },
  ];

  return (
    <>
      <ListScreen
        title={t('nav.worklist')}
        hint={
          result.data &&
          [
            t('catalog.texts', { count: result.data.meta.total }),
            t('catalog.inProducts', { count: result.data.meta.totalProducts }),
          ].join(' · ')
        }
        actions={
          <Group gap="xs">
            <KeyButton
              combo="U"
              label={t('catalog.undo')}
              variant="default"
              disabled={last === undefined}
              loading={undo.isPending}
              onPress={() => last && undo.mutate(last.linkId)}
            />
            <KeyButton
              combo="H"
              label={t('catalog.decisions')}
              variant="default"
              onPress={() => setDialog({ kind: 'decisions' })}
            />
          </Group>
        }
        above={
          <>
            <CatalogTabs />
            <ProblemAlert problem={link.error ?? undo.error} notSaved={t('catalog.notSaved')} />
            {last && <LastDecision {...last} />}
          </>
        }
        search={{
          value: q,
          label: t('catalog.searchList'),
          placeholder: t('catalog.searchList'),
          focusLabel: t('catalog.focusSearch'),
          onSearch: (wanted) => void navigate({ search: { q: wanted }, replace: true }),
        }}
        filters={
          <Text size="sm" c="dimmed" className={classes['keys']}>
            {t('catalog.worklistKeys')}
          </Text>
        }
        result={result}
        columns={columns}
        rowKey={(row) => row.rawText}
        empty={{ title: t('catalog.worklistEmpty'), hint: t('catalog.worklistEmptyHint') }}
        onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
      />
      <LinkDialog
        row={dialog?.kind === 'link' ? dialog.row : undefined}
        link={link}
        onLink={(decision) => link.mutate(decision, { onSuccess: close })}
        onClose={close}
      />
      <DecisionsDialog opened={dialog?.kind === 'decisions'} onClose={close} />
    </>
  );
}

function rowLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-raw-text]')];
}

/** The text of the row the focus is in. */
function focusedText(): string | undefined {
  const row = document.activeElement?.closest('tr');
  return row?.querySelector<HTMLElement>('[data-raw-text]')?.dataset['rawText'];
}

/** The row is about to go: the focus moves to the one after it, so that the hands go on. */
function focusRowAfter(text: string): void {
  const links = rowLinks();
  const at = links.findIndex((one) => one.dataset['rawText'] === text);
  (links[at + 1] ?? links[at - 1])?.focus();
}
