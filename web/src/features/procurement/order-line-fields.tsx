import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugDetail } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { cleanDecimalInput, cleanZeros, formatMoney, type Thousandths } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { useUnitName } from '../shared/unit-text';
import type { DraftLine, OrderUnit } from './order-draft.domain';
import { discountOf, rateOf } from './order-figures.domain';
import { focusOn } from './use-delivery-desk';

type Field = 'quantity' | 'bonus' | 'price' | 'discount' | 'tax';

export const lineFieldId = (field: Field, key: number): string => `line-${field}-${key}`;

/** An amount or a percentage as it is typed: digits of any script, one point, "%" at the end. */
export const cleanDiscount = (text: string): string => {
  const number = cleanDecimalInput(text);
  return /[%٪]/.test(text) && number !== '' ? `${number}%` : number;
};

interface LineTableProps {
  lines: readonly DraftLine[];
  /** Undefined while a number cannot be read. */
  nets: readonly Thousandths[] | undefined;
  onChange: (key: number, change: Partial<DraftLine>) => void;
  onDrop: (key: number) => void;
  /** After the last field of a line. */
  onLast: () => void;
}

/** Lines of a draft. Enter goes from the quantity to the price, and from there to the next product; the arrows go through the lines. */
export function LineTable({ lines, nets, onChange, onDrop, onLast }: LineTableProps) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;

  const onKeyDown = (line: DraftLine, field: Field) => (event: KeyboardEvent) => {
    const at = lines.indexOf(line);
    if (event.key === 'Enter') {
      event.preventDefault();
      if (field === 'quantity' || field === 'bonus') focusOn(lineFieldId('price', line.key));
      else onLast();
    }
    const other =
      event.key === 'ArrowDown' ? lines[at + 1] : event.key === 'ArrowUp' ? lines[at - 1] : undefined;
    if (other) {
      event.preventDefault();
      focusOn(lineFieldId(field, other.key));
    }
  };
  const decimal = (field: Field, header: string, width: number): Column<DraftLine> => ({
    id: field,
    header,
    cell: (line) => (
      <DecimalInput
        id={lineFieldId(field, line.key)}
        aria-label={`${header}: ${line.drugName}`}
        w={width}
        maxLength={13}
        value={line[field]}
        error={field === 'price' && line.price === ''}
        onChange={(value) => onChange(line.key, { [field]: value })}
        onKeyDown={onKeyDown(line, field)}
      />
    ),
  });
  const [quantity, bonus, price] = [
    decimal('quantity', t('stock.quantity'), 90),
    decimal('bonus', t('procurement.free'), 70),
    decimal('price', t('procurement.price'), 100),
  ];
  const columns: Column<DraftLine>[] = [
    { id: 'no', header: t('procurement.lineNo'), cell: (line) => <Ltr>{lines.indexOf(line) + 1}</Ltr> },
    { id: 'drug', header: t('stock.drug'), cell: (line) => <MixedText text={line.drugName} /> },
    {
      id: 'unit',
      header: t('procurement.unit'),
      cell: (line) => <UnitField line={line} onChange={(unit) => onChange(line.key, { unit })} />,
    },
    quantity,
    bonus,
    price,
    {
      id: 'discount',
      header: t('procurement.discount'),
      cell: (line) => (
        <TextInput
          id={lineFieldId('discount', line.key)}
          aria-label={`${t('procurement.discount')}: ${line.drugName}`}
          w={90}
          dir="ltr"
          inputMode="decimal"
          maxLength={13}
          value={line.discount}
          error={discountOf(line.discount) === undefined}
          onChange={(event) => onChange(line.key, { discount: cleanDiscount(event.currentTarget.value) })}
          onKeyDown={onKeyDown(line, 'discount')}
        />
      ),
    },
    {
      id: 'tax',
      header: t('procurement.taxPercent'),
      cell: (line) => (
        <DecimalInput
          id={lineFieldId('tax', line.key)}
          aria-label={`${t('procurement.taxPercent')}: ${line.drugName}`}
          w={70}
          maxLength={6}
          value={line.tax}
          error={rateOf(line.tax) === undefined}
          onChange={(tax) => onChange(line.key, { tax })}
          onKeyDown={onKeyDown(line, 'tax')}
        />
      ),
    },
    {
      id: 'net',
      header: t('procurement.net'),
      numeric: true,
      cell: (line) => {
        const net = nets?.[lines.indexOf(line)];
        return <MoneyText value={net === undefined ? null : formatMoney(net)} />;
      },
    },
    {
      id: 'drop',
      header: t('procurement.drop'),
      hideHeader: true,
      cell: (line) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t('procurement.dropLine', { name: line.drugName })}
          onClick={() => onDrop(line.key)}
        >
          {t('procurement.drop')}
        </Button>
      ),
    },
  ];
  return (
    <DataTable label={t('procurement.lines')} columns={columns} rows={lines} rowKey={({ key }) => key} />
  );
}

const keyOf = ({ level, packId }: OrderUnit): string => `${level} ${packId ?? ''}`;

/** What a line is ordered in. The sizes of the product are asked for once the field is entered. */
function UnitField({ line, onChange }: { line: DraftLine; onChange: (unit: OrderUnit) => void }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const [isWanted, setIsWanted] = useState(false);
  const drug = useQuery({
    queryKey: keys.drug(line.drugId),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${line.drugId}`, undefined, signal),
    enabled: isWanted,
  });
  const sizes: OrderUnit[] = (drug.data?.packs ?? []).map(({ level, packId, baseUnits }) => ({
    level,
    packId,
    baseUnits,
  }));
  const unit: OrderUnit = { level: 'unit', packId: null, baseUnits: '1' };
  const all = [line.unit, ...sizes, unit];
  const options = all.filter((one, at) => all.findIndex((other) => keyOf(other) === keyOf(one)) === at);
  const label = ({ level, baseUnits }: OrderUnit): string =>
    level === 'unit'
      ? nameOfUnit(line.baseUnit)
      : `${t(`procurement.level.${level}`, { count: 1 })} × ${cleanZeros(baseUnits)}`;
  return (
    <NativeSelect
      aria-label={`${t('procurement.unit')}: ${line.drugName}`}
      w={130}
      value={keyOf(line.unit)}
      onFocus={() => setIsWanted(true)}
      onPointerEnter={() => setIsWanted(true)}
      onChange={(event) => {
        const chosen = options.find((one) => keyOf(one) === event.currentTarget.value);
        if (chosen) onChange(chosen);
      }}
      data={options.map((one) => ({ value: keyOf(one), label: label(one) }))}
    />
  );
}
