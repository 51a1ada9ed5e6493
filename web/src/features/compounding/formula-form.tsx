import { Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { CompoundFormula } from '../../api/types';
import { Attention } from '../../ui/attention';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useDraftCosting } from './compounding-queries';
import classes from './compounding.module.css';
import { CostingSums } from './costing-table';
import { costable, type FormulaDraft } from './formula-draft.domain';
import { FormulaIngredients } from './formula-ingredients';
import { FormulaFields, FormulaRules } from './formula-fields';

interface FormulaFormProps {
  title: string;
  start: FormulaDraft;
  formula?: CompoundFormula;
  isNew?: boolean;
  mayWrite: boolean;
  problem: Problem | null;
  isSaving: boolean;
  onSave: (draft: FormulaDraft) => void;
  actions?: (isChanged: boolean) => ReactNode;
}

/** Costs follow when typing pauses, ms. */
const SETTLE_MS = 350;

/** The editor of a formula: what it is, what it is made of, how, and beside it what it costs now. */
export function FormulaForm(props: FormulaFormProps) {
  const { title, start, formula, isNew = false, mayWrite, problem, isSaving, onSave, actions } = props;
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(start);
  const [settled] = useDebouncedValue(draft, SETTLE_MS);
  const asked = costable(settled);
  const costing = useDraftCosting(asked);
  const shown = asked ? costing.data : undefined;
  const change = (part: Partial<FormulaDraft>) => setDraft((before) => ({ ...before, ...part }));
  // Typed work is never lost by a slip of the hand.
  useBlocker({
    shouldBlockFn: () => isChanged && !isSaving && !window.confirm(t('catalog.leaveUnsaved')),
    enableBeforeUnload: () => isChanged,
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (mayWrite && isChanged && draft.lines.length > 0) onSave(draft);
  }

  return (
    <Page
      title={title}
      hint={formula && <Standing formula={formula} />}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="Escape"
            label={t('common.back')}
            variant="default"
            onPress={() => window.history.back()}
          />
          {actions?.(isChanged)}
          {mayWrite && (
            <KeyButton
              combo="Ctrl+Enter"
              label={t('common.save')}
              variant={isChanged ? 'filled' : 'default'}
              loading={isSaving}
              disabled={!isChanged || draft.lines.length === 0}
              onPress={() => form.current?.requestSubmit()}
            />
          )}
        </Group>
      }
    >
      {formula && formula.ingredientStatus !== 'linked' && (
        <Notice tone="warn" title={t('compounding.notCheckedTitle')}>
          {t('compounding.notCheckedHint')}
        </Notice>
      )}
      {formula?.items.some(({ isCurrent }) => !isCurrent) && (
        <Notice tone="stop" title={t('compounding.outdatedTitle')}>
          {t('compounding.outdatedHint')}
        </Notice>
      )}
      <form ref={form} onSubmit={onSubmit} aria-label={title}>
        <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
          <Attention subject={problem}>
            <ProblemAlert problem={problem} notSaved={t('compounding.formulaNotSaved')} />
          </Attention>
          <div className={classes['editor']}>
            <Stack gap={12}>
              <FormulaFields draft={draft} change={change} problem={problem} isNew={isNew} />
              <Card>
                <FormulaIngredients
                  draft={draft}
                  onChange={setDraft}
                  costing={shown}
                  formula={formula}
                  mayWrite={mayWrite}
                />
              </Card>
              <FormulaRules draft={draft} change={change} problem={problem} />
            </Stack>
            <div className={classes['aside']}>
              <Card label={t('compounding.costing')} isBusy={costing.isFetching && asked !== undefined}>
                <Text fw={650} mb={8}>
                  {t('compounding.costing')}
                </Text>
                {costing.isError && asked && (
                  <ErrorView error={costing.error} retry={() => void costing.refetch()} />
                )}
                {shown ? (
                  <Stack gap={8}>
                    <CostingSums costing={shown} />
                    {shown.isShort && <StatusBadge tone="warn">{t('compounding.notInStock')}</StatusBadge>}
                    <Text size="xs" c="dimmed">
                      {t('compounding.costingHint')}
                    </Text>
                  </Stack>
                ) : (
                  <Text size="sm" c="dimmed">
                    {t('compounding.costingOpen')}
                  </Text>
                )}
              </Card>
            </div>
          </div>
          <button type="submit" hidden />
        </fieldset>
      </form>
    </Page>
  );
}

function Standing({ formula }: { formula: CompoundFormula }) {
  const { t } = useTranslation();
  return (
    <>
      <StatusBadge tone={formula.status === 'active' ? 'ok' : 'neutral'}>
        {t(`compounding.formulaStatus.${formula.status}`)}
      </StatusBadge>{' '}
      {t('compounding.version')} <Ltr>{formula.version}</Ltr> · <DateTimeText value={formula.updatedAt} />
    </>
  );
}
