import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { DecimalInput } from '../../../ui/decimal-input';
import { fieldError } from '../../../ui/field-errors';
import { LineTable } from '../line-table';
import { type DraftPack, PACK_LEVELS } from './drug-draft.domain';
import { textDir } from '../../../ui/text-dir';

interface PackLinesProps {
  lines: readonly DraftPack[];
  problem: Problem | null;
  onChange: (lines: DraftPack[]) => void;
}

/** Further pack sizes, and words or a price of their own for any pack. */
export function PackLines({ lines, problem, onChange }: PackLinesProps) {
  const { t } = useTranslation();
  const set = (line: DraftPack, change: Partial<DraftPack>) =>
    onChange(lines.map((one) => (one.key === line.key ? { ...one, ...change } : one)));
  return (
    <LineTable<DraftPack>
      title={t('catalog.furtherPacks')}
      hint={
        <Text size="sm" c="dimmed">
          {t('catalog.furtherPacksHint')}
        </Text>
      }
      addLabel={t('catalog.addPack')}
      addKey="Alt+P"
      removeLabel={(at) => t('catalog.removePack', { at })}
      lines={lines}
      onAdd={() =>
        onChange([
          ...lines,
          {
            key: 1 + Math.max(0, ...lines.map((line) => line.key)),
            level: 'pack',
            baseUnits: '',
            description: '',
            price: '',
          },
        ])
      }
      onRemove={(line) => onChange(lines.filter((one) => one.key !== line.key))}
      columns={[
        {
          id: 'level',
          header: t('drugs.pack'),
          width: '16%',
          cell: (line, at) => (
            <NativeSelect
              aria-label={t('catalog.line.packLevel', { at: at + 1 })}
              value={line.level}
              onChange={(event) =>
                set(line, { level: PACK_LEVELS.find((one) => one === event.currentTarget.value) ?? 'pack' })
              }
              data={PACK_LEVELS.map((one) => ({ value: one, label: t(`unit.${one}`) }))}
            />
          ),
        },
        {
          id: 'units',
          header: t('catalog.baseUnits'),
          width: '16%',
          cell: (line, at) => (
            <DecimalInput
              aria-label={t('catalog.line.packUnits', { at: at + 1 })}
              value={line.baseUnits}
              error={fieldError(problem, `/packs/${at}/baseUnits`)}
              onChange={(value) => set(line, { baseUnits: value })}
            />
          ),
        },
        {
          id: 'description',
          header: t('catalog.inWords'),
          cell: (line, at) => (
            <TextInput
              aria-label={t('catalog.line.packWords', { at: at + 1 })}
              attributes={textDir('auto')}
              maxLength={500}
              value={line.description}
              error={fieldError(problem, `/packs/${at}/description`)}
              onChange={(event) => set(line, { description: event.currentTarget.value })}
            />
          ),
        },
        {
          id: 'price',
          header: t('catalog.ownPrice'),
          width: '18%',
          cell: (line, at) => (
            <DecimalInput
              aria-label={t('catalog.line.packPrice', { at: at + 1 })}
              value={line.price}
              error={fieldError(problem, `/packs/${at}/price`)}
              onChange={(value) => set(line, { price: value })}
            />
          ),
        },
      ]}
    />
  );
}
