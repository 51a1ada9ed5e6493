import { Checkbox, List, NativeSelect, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IngredientWorklist } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { FormFoot } from '../../../ui/form-foot';
import { ProblemAlert } from '../../../ui/problem-text';
import { type Chosen, ReferencePicker } from '../reference-picker';
import { SYNONYM_KINDS } from './ingredient-draft.domain';
import type { Decision, useLinkText } from './worklist-queries';
import type { NameKind } from './worklist.domain';

type Row = IngredientWorklist['data'][number];

interface LinkDialogProps {
  /** The text to decide about; undefined: closed. */
  row: Row | undefined;
  link: ReturnType<typeof useLinkText>;
  onLink: (decision: Decision) => void;
  onClose: () => void;
}

/** Links a text to an ingredient that was not suggested, or in another way than by default. */
export function LinkDialog({ row, link, onLink, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={row !== undefined} onClose={onClose} size="lg" title={t('catalog.linkTitle')}>
      {row && <LinkForm row={row} link={link} onLink={onLink} onClose={onClose} />}
    </Dialog>
  );
}

function LinkForm({ row, link, onLink, onClose }: Required<LinkDialogProps> & { row: Row }) {
  const { t } = useTranslation();
  const first = row.suggestions[0];
  const [ingredient, setIngredient] = useState<Chosen | null>(
    first ? { id: first.ingredientId, name: first.name } : null,
  );
  const [kind, setKind] = useState<NameKind>('synonym');
  const [remember, setRemember] = useState(true);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!ingredient) return;
    onLink({
      link: { rawText: row.rawText, ingredientId: ingredient.id, kind, remember },
      name: ingredient.name,
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={link.error} notSaved={t('catalog.notSaved')} />
        <Text size="sm">
          <b dir="auto">{row.rawText}</b> · {t('catalog.inProducts', { count: row.products })}
        </Text>
        <List size="sm">
          {row.examples.map((example) => (
            <List.Item key={example.drugId}>
              <Link to="/drugs/$drugId" params={{ drugId: String(example.drugId) }}>
                <bdi dir="auto">{example.name}</bdi>
              </Link>
              {example.activeRaw !== null && (
                <Text size="xs" c="dimmed">
                  <bdi dir="auto">{example.activeRaw}</bdi>
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        <ReferencePicker
          path="/reference/ingredients"
          label={t('catalog.means')}
          required
          autoFocus
          value={ingredient}
          onChange={setIngredient}
        />
        <NativeSelect
          label={t('catalog.rememberAs')}
          value={kind}
          onChange={(event) =>
            setKind(SYNONYM_KINDS.find((one) => one === event.currentTarget.value) ?? 'synonym')
          }
          data={SYNONYM_KINDS.map((one) => ({ value: one, label: t(`catalog.synonymKind.${one}`) }))}
        />
        <Checkbox
          label={t('catalog.remember')}
          description={t('catalog.rememberHint')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        <FormFoot
          isSaving={link.isPending}
          saveLabel={t('catalog.link')}
          disabled={ingredient === null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
