import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLine, StockCount } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { DrugPicker } from '../shared/drug-picker';
import { CancelCountDialog, HandInDialog } from './count-dialogs';
import { useStockCount } from './count-queries';
import { useScopeText } from './count-texts';
import { EntryCard } from './entry-card';
import { useCountDesk } from './use-count-desk';

const route = getRouteApi('/inventory/counts/$countId');
const STATES = ['open', 'recount', 'counted', 'found'] as const;
type State = (typeof STATES)[number];
const PAGE_SIZE = 20;

/** The counting itself: by scanner, keyboard or keypad, and nobody is told what is expected. */
export function Counting({ count }: { count: StockCount }) {
  const { t } = useTranslation();
  const scopeText = useScopeText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const drugField = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<'handIn' | 'cancel'>();
  const left = count.lines - count.counted - count.left;
  const due: State = left > 0 ? 'open' : count.toRecount > 0 ? 'recount' : 'counted';
  const state = STATES.find((one) => one === search.view) ?? due;
  const list = useStockCount(count.countId, { state, page: search.page ?? 1, limit: PAGE_SIZE });
  const rows = list.isPlaceholderData ? [] : (list.data?.page.data ?? []);
  const desk = useCountDesk(count.countId, state === 'open' || state === 'recount' ? rows[0] : undefined);
  const inHand = desk.target?.kind === 'line' ? desk.target.line : undefined;
  const at = rows.findIndex(({ lotId }) => lotId === inHand?.lotId);
  const following = rows.length > 1 ? (rows[at + 1] ?? rows[0]) : undefined;
  const numbers = { open: left, recount: count.toRecount, counted: count.counted, found: count.found };

  useKeys([{ combo: 'F3', label: t('stock.focusDrug'), run: () => drugField.current?.focus() }]);

  return (
    <Page
      title={t('counts.titleOf', { no: count.countId })}
      hint={<bdi>{scopeText(count)}</bdi>}
      actions={
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={() => setDialog('cancel')}>
            {t('counts.cancel')}
          </Button>
          <KeyButton
            combo="F9"
            label={t('counts.handIn')}
            disabled={count.counted === 0 && desk.quantity === ''}
            onPress={() => void desk.keepFirst(() => setDialog('handIn'))}
          />
        </Group>
      }
    >
      <EntryCard desk={desk} onSkip={following && (() => desk.take(following))} />
      <DrugPicker
        ref={drugField}
        label={t('counts.byName')}
        combo="F3"
        value={null}
        clearAfterPick
        onChange={(drug) => drug && desk.takeDrug(drug)}
      />
      <Card flush label={t('counts.lots')} isBusy={list.isPlaceholderData}>
        <Group p="sm" justify="space-between">
          <SegmentedControl
            aria-label={t('counts.show')}
            value={state}
            onChange={(value) =>
              void navigate({ search: { view: STATES.find((one) => one === value) }, replace: true })
            }
            data={STATES.map((value) => ({
              value,
              label: `${t(`counts.state.${value}`)} · ${numbers[value]}`,
            }))}
          />
          <Text size="sm" c="dimmed" role="status">
            {t('counts.done', { done: count.counted, all: count.lines })}
          </Text>
        </Group>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data?.page.data.length === 0 && (
          <EmptyView title={t('counts.noLot')} hint={left === 0 ? t('counts.allDone') : undefined} />
        )}
        {list.data && list.data.page.data.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <Lines rows={list.data.page.data} inHand={inHand} onTake={desk.take} />
            <Pager
              meta={list.data.page.meta}
              onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
            />
          </div>
        )}
      </Card>
      <HandInDialog
        count={count}
        uncounted={left}
        opened={dialog === 'handIn'}
        onClose={() => setDialog(undefined)}
      />
      <CancelCountDialog count={count} opened={dialog === 'cancel'} onClose={() => setDialog(undefined)} />
    </Page>
  );
}

interface LinesProps {
  rows: readonly CountLine[];
  inHand: CountLine | undefined;
  onTake: (line: CountLine) => void;
}

function Lines({ rows, inHand, onTake }: LinesProps) {
  const { t } = useTranslation();
  const columns: Column<CountLine>[] = [
    { id: 'bin', header: t('stock.bin'), cell: (row) => <Ltr>{row.bin ?? ''}</Ltr> },
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <button type="button" className={rowLinkClass} data-row-link onClick={() => onTake(row)}>
          <MixedText text={row.drugName} />
        </button>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    {
      id: 'expiry',
      header: t('stock.expiry'),
      cell: (row) => <DateText value={row.expiryDate} />,
    },
    {
      id: 'counted',
      header: t('counts.counted'),
      numeric: true,
      cell: (row) => (row.counted === null ? '' : <QuantityText value={row.counted} />),
    },
    { id: 'state', header: t('stock.status'), cell: (row) => <LineState line={row} /> },
  ];
  return (
    <Stack gap={0}>
      <DataTable
        label={t('counts.lots')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.lotId}
        selectedKey={inHand?.lotId}
      />
    </Stack>
  );
}

/** Where a lot stands for who counts; never by how much it differs. */
function LineState({ line }: { line: CountLine }) {
  const { t } = useTranslation();
  if (line.mustRecount) return <StatusBadge tone="warn">{t('counts.state.recount')}</StatusBadge>;
  if (line.counted === null) return <StatusBadge tone="neutral">{t('counts.state.open')}</StatusBadge>;
  return (
    <StatusBadge tone={line.isFound ? 'info' : 'ok'}>
      {t(line.isFound ? 'counts.state.found' : 'counts.state.counted')}
    </StatusBadge>
  );
}
