import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { DecimalInput } from '../../../ui/decimal-input';
import { fieldError } from '../../../ui/field-errors';
import { ReferencePicker } from '../reference-picker';
import type { DraftIngredient } from './drug-draft.domain';
import { LineTable } from '../line-table';
import { textDir } from '../../../ui/text-dir';

interface IngredientLinesProps {
  lines: readonly DraftIngredient[];
  problem: Problem | null;
  onChange: (lines: DraftIngredient[]) => void;
}

/** What is in the product: each ingredient linked or as written, with its amount. */
export function IngredientLines({ lines, problem, onChange }: IngredientLinesProps) {
  const { t } = useTranslation();
  const set = (line: DraftIngredient, change: Partial<DraftIngredient>) =>
    onChange(lines.map((one) => (one.key === line.key ? { ...one, ...change } : one)));
  const nextKey = 1 + Math.max(0, ...lines.map((line) => line.key));
  const textCell = (name: 'unit' | 'perUnit' | 'rawText') => (line: DraftIngredient, at: number) => (
    <TextInput
      aria-label={t(`catalog.line.${name}`, { at: at + 1 })}
      attributes={textDir(name === 'rawText' ? 'auto' : 'ltr')}
      maxLength={name === 'rawText' ? 500 : 30}
      value={line[name]}
      error={fieldError(problem, `/ingredients/${at}/${name}`)}
      onChange={(event) => set(line, { [name]: event.currentTarget.value })}
    />
  );
  const amountCell = (name: 'amount' | 'perAmount') => (line: DraftIngredient, at: number) => (
    <DecimalInput
      aria-label={t(`catalog.line.${name}`, { at: at + 1 })}
      value={line[name]}
      error={fieldError(problem, `/ingredients/${at}/${name}`)}
      onChange={(value) => set(line, { [name]: value })}
    />
  );
  return (
    <LineTable<DraftIngredient>
      title={t('drugs.ingredients')}
      hint={
        <Text size="sm" c="dimmed">
          {t('catalog.ingredientsHint')}
        </Text>
      }
      addLabel={t('catalog.addIngredient')}
      addKey="Alt+I"
      removeLabel={(at) => t('catalog.removeIngredient', { at })}
      lines={lines}
      onAdd={() =>
        onChange([
          ...lines,
          { key: nextKey, ingredient: null, rawText: '', amount: '', unit: '', perAmount: '', perUnit: '' },
        ])
      }
      onRemove={(line) => onChange(lines.filter((one) => one.key !== line.key))}
      columns={[
        {
          id: 'ingredient',
          header: t('catalog.linkedTo'),
          width: '28%',
          cell: (line, at) => (
            <ReferencePicker
              path="/reference/ingredients"
              label={t('catalog.line.ingredient', { at: at + 1 })}
              isLabelHidden
              value={line.ingredient}
              onChange={(ingredient) => set(line, { ingredient })}
              error={
                fieldError(problem, `/ingredients/${at}/ingredientId`) ??
                fieldError(problem, `/ingredients/${at}`)
              }
            />
          ),
        },
        { id: 'raw', header: t('catalog.asWritten'), width: '26%', cell: textCell('rawText') },
        { id: 'amount', header: t('catalog.amount'), cell: amountCell('amount') },
        { id: 'unit', header: t('catalog.unit'), cell: textCell('unit') },
        { id: 'perAmount', header: t('catalog.perAmount'), cell: amountCell('perAmount') },
        { id: 'perUnit', header: t('catalog.perUnit'), cell: textCell('perUnit') },
      ]}
    />
  );
}
