import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { DecimalInput } from '../../../ui/decimal-input';
import { fieldError } from '../../../ui/field-errors';
import { useScan } from '../../../ui/scan/scan';
import { type DraftBarcode, type DraftPack, PACK_LEVELS } from './drug-draft.domain';
import { LineTable } from '../line-table';

interface BarcodeLinesProps {
  lines: readonly DraftBarcode[];
  /** Packs beside the usual one that a code can be printed on. */
  packs: readonly DraftPack[];
  problem: Problem | null;
  onChange: (lines: DraftBarcode[]) => void;
}

/** Codes printed on the packs; a scan adds one. */
export function BarcodeLines({ lines, packs, problem, onChange }: BarcodeLinesProps) {
  const { t } = useTranslation();
  const set = (line: DraftBarcode, change: Partial<DraftBarcode>) =>
    onChange(lines.map((one) => (one.key === line.key ? { ...one, ...change } : one)));
  const add = (code: string) =>
    onChange([
      ...lines,
      {
        key: 1 + Math.max(-1, ...lines.map((line) => line.key)),
        code,
        packLevel: 'pack',
        packKey: null,
        baseUnits: '',
      },
    ]);
  useScan((code) => {
    if (!lines.some((line) => line.code === code)) add(code);
  });
  return (
    <LineTable<DraftBarcode>
      title={t('drugs.barcodes')}
      hint={
        <Text size="sm" c="dimmed">
          {t('catalog.barcodesHint')}
        </Text>
      }
      addLabel={t('catalog.addBarcode')}
      addKey="Alt+B"
      removeLabel={(at) => t('catalog.removeBarcode', { at })}
      lines={lines}
      onAdd={() => add('')}
      onRemove={(line) => onChange(lines.filter((one) => one.key !== line.key))}
      columns={[
        {
          id: 'code',
          header: t('catalog.code'),
          cell: (line, at) => (
            <TextInput
              aria-label={t('catalog.line.code', { at: at + 1 })}
              dir="ltr"
              maxLength={40}
              value={line.code}
              error={fieldError(problem, `/barcodes/${at}/code`)}
              onChange={(event) => set(line, { code: event.currentTarget.value })}
            />
          ),
        },
        {
          id: 'level',
          header: t('catalog.standsFor'),
          width: '30%',
          cell: (line, at) => (
            <NativeSelect
              aria-label={t('catalog.line.level', { at: at + 1 })}
              value={line.packKey === null ? line.packLevel : String(line.packKey)}
              onChange={(event) => {
                const { value } = event.currentTarget;
                const pack = packs.find((one) => String(one.key) === value);
                const packLevel = pack?.level ?? PACK_LEVELS.find((one) => one === value) ?? 'pack';
                set(line, { packLevel, packKey: pack?.key ?? null, baseUnits: '' });
              }}
              data={[
                ...PACK_LEVELS.map((one) => ({ value: one, label: t(`unit.${one}`) })),
                ...packs.map((pack) => ({
                  value: String(pack.key),
                  label: `${t(`unit.${pack.level}`)} · ${pack.baseUnits} · ${pack.description}`,
                })),
              ]}
            />
          ),
        },
        {
          id: 'units',
          header: t('catalog.baseUnits'),
          width: '18%',
          cell: (line, at) =>
            line.packKey === null &&
            line.packLevel !== 'unit' && (
              <DecimalInput
                aria-label={t('catalog.line.barcodeUnits', { at: at + 1 })}
                value={line.baseUnits}
                error={fieldError(problem, `/barcodes/${at}/baseUnits`)}
                onChange={(value) => set(line, { baseUnits: value })}
              />
            ),
        },
      ]}
    />
  );
}
