import { ActionIcon, Stack, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { BarcodeAnswer, CompoundFormula, DraftCosting } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText } from '../../ui/money-text';
import { useScan } from '../../ui/scan/scan';
import { StatusBadge } from '../../ui/status-badge';
import { toastRefused } from '../../ui/toasts';
import { DrugPicker } from '../shared/drug-picker';
import { useUnitName } from '../shared/unit-text';
import { type DraftLine, type FormulaDraft, withIngredient } from './formula-draft.domain';

interface IngredientsProps {
  draft: FormulaDraft;
  onChange: (change: (before: FormulaDraft) => FormulaDraft) => void;
  costing: DraftCosting | undefined;
  formula: CompoundFormula | undefined;
  mayWrite: boolean;
}

/** What the yield is made of: found by typing or by a scan of the pack, then how much of it. */
export function FormulaIngredients({ draft, onChange, costing, formula, mayWrite }: IngredientsProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const wasAdded = useRef(false);
  const count = draft.lines.length;

  // The cursor goes where one types next: to the quantity of what was added.
  useEffect(() => {
    if (!wasAdded.current) return;
    wasAdded.current = false;
    [...(table.current?.querySelectorAll<HTMLElement>('input') ?? [])].at(-1)?.focus();
  }, [count]);

  function add(drug: { drugId: number; name: string; baseUnit: string }): void {
    wasAdded.current = true;
    onChange((before) => withIngredient(before, drug));
  }
  const find = useMutation<BarcodeAnswer, Problem, string>({
    mutationFn: (code) => api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`),
    onSuccess: ({ drug }) => add(drug),
    onError: (problem) => toastRefused(t('compounding.notAdded'), problem),
  });
  useScan((code) => {
    if (mayWrite) find.mutate(code);
  });
  useKeys([{ combo: 'F3', label: t('compounding.addIngredient'), run: () => picker.current?.focus() }]);

  return (
    <Stack gap="sm">
      <Title order={2}>{t('compounding.ingredients')}</Title>
      {mayWrite && (
        <DrugPicker
          ref={picker}
          label={t('compounding.addIngredient')}
          combo="F3"
          value={null}
          clearAfterPick
          onChange={(drug) => drug && add(drug)}
        />
      )}
      {count === 0 ? (
        <Text size="sm" c="dimmed">
          {t('compounding.noIngredient')}
        </Text>
      ) : (
        <div ref={table}>
          <Lines draft={draft} onChange={onChange} costing={costing} formula={formula} />
        </div>
      )}
    </Stack>
  );
}

function Lines({ draft, onChange, costing, formula }: Omit<IngredientsProps, 'mayWrite'>) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const costOf = (line: DraftLine) => costing?.items.find(({ drugId }) => drugId === line.drugId);
  const writtenOf = (line: DraftLine) => formula?.items.find(({ drugId }) => drugId === line.drugId);
  const set = (key: number, quantity: string) =>
    onChange((before) => ({
      ...before,
      lines: before.lines.map((line) => (line.key === key ? { ...line, quantity } : line)),
    }));
  const columns: Column<DraftLine>[] = [
    {
      id: 'drug',
      header: t('compounding.ingredient'),
      cell: (line) => {
        const written = writtenOf(line);
        return (
          <>
            <MixedText text={line.drugName} />{' '}
            {written && written.ingredientStatus !== 'linked' && (
              <StatusBadge tone="warn">{t('compounding.notChecked')}</StatusBadge>
            )}
            {written?.isCurrent === false && (
              <StatusBadge tone="stop">{t('compounding.outdated')}</StatusBadge>
            )}
          </>
        );
      },
    },
    {
      id: 'quantity',
      header: t('compounding.forYield'),
      cell: (line) => (
        <DecimalInput
          aria-label={t('compounding.quantityOf', { name: line.drugName })}
          required
          w={130}
          value={line.quantity}
          onChange={(quantity) => set(line.key, quantity)}
        />
      ),
    },
    { id: 'unit', header: t('compounding.unit'), cell: (line) => nameOfUnit(line.baseUnit) },
    {
      id: 'cost',
      header: t('compounding.cost'),
      numeric: true,
      cell: (line) => {
        const known = costOf(line);
        if (!known) return null;
        return known.cost === null ? t('compounding.notKnown') : <MoneyText value={known.cost} />;
      },
    },
    {
      id: 'remove',
      header: t('common.remove'),
      hideHeader: true,
      cell: (line) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('compounding.removeIngredient', { name: line.drugName })}
          onClick={() =>
            onChange((before) => ({
              ...before,
              lines: before.lines.filter((one) => one.key !== line.key),
            }))
          }
        >
          <IconTrash size={18} />
        </ActionIcon>
      ),
    },
  ];
  return (
    <DataTable
      label={t('compounding.ingredients')}
      columns={columns}
      rows={draft.lines}
      rowKey={(line) => line.key}
    />
  );
}
