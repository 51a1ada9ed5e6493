import { Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lot, Transfer } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useLots } from '../inventory/inventory-queries';
import { ExpiryText } from '../inventory/lot-badges';
import { choiceFault, chosenSum, fefoChoice, type LotChoice, type SendableLot } from './lot-choice.domain';

const MOST_LOTS = 50;

interface LineLotsProps {
  line: Transfer['lines'][number];
  /** Undefined: nobody has chosen yet, and first expiry first is suggested. */
  choice: LotChoice | undefined;
  onChange: (choice: LotChoice, lots: readonly Lot[]) => void;
}

export const freeOf = (lot: Lot): string =>
  formatDecimal(decimalOrZero(lot.quantity) - decimalOrZero(lot.quantityReserved));

/** How the lots of a product that may be sent are asked for. */
export const lotQuery = (drugId: number) =>
  ({ drugId, status: 'available', empty: false, limit: MOST_LOTS }) as const;

/** Of them those that have something free and are not past their day. */
export const sendableOf = (lots: readonly Lot[]): Lot[] =>
  lots.filter((lot) => decimalOrZero(freeOf(lot)) > 0n && (lot.daysToExpiry ?? 0) >= 0);

const sendable = (lots: readonly Lot[]): SendableLot[] =>
  lots.map((lot) => ({ lotId: lot.lotId, free: freeOf(lot) }));

/** The lots that may go for a line of a transfer, first expiry first, with what each of them gives. */
export function LineLots({ line, choice, onChange }: LineLotsProps) {
  const { t } = useTranslation();
  const lots = useLots(lotQuery(line.drugId));
  const approved = line.approved ?? '0';
  const rows = lots.data && sendableOf(lots.data.data);
  useEffect(() => {
    if (choice === undefined && rows !== undefined) onChange(fefoChoice(sendable(rows), approved), rows);
  });
  if (lots.isError) return <ErrorView error={lots.error} retry={() => void lots.refetch()} />;
  if (rows === undefined || choice === undefined) return <LoadingRows rows={2} />;
  const fault = choiceFault(choice, sendable(rows), approved);
  const columns: Column<Lot>[] = [
    { id: 'lot', header: t('stock.lot'), cell: (lot) => <Ltr>{lot.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (lot) => <ExpiryText date={lot.expiryDate} /> },
    { id: 'bin', header: t('stock.bin'), cell: (lot) => <Ltr>{lot.bin ?? ''}</Ltr> },
    {
      id: 'free',
      header: t('transfers.free'),
      numeric: true,
      cell: (lot) => <QuantityText value={freeOf(lot)} />,
    },
    {
      id: 'quantity',
      header: t('transfers.lot.issued'),
      cell: (lot) => (
        <DecimalInput
          aria-label={t('transfers.sentOf', { lot: lot.lotNumber })}
          w={120}
          value={choice[lot.lotId] ?? ''}
          error={decimalOrZero(choice[lot.lotId]) > decimalOrZero(freeOf(lot))}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(value) => onChange({ ...choice, [lot.lotId]: value }, rows)}
        />
      ),
    },
  ];
  return (
    <div>
      <Group justify="space-between" px="sm" py={6}>
        <Text fw={600}>
          <MixedText text={line.drugName} />
        </Text>
        <Group gap="sm">
          <Text size="sm">
            <QuantityText value={chosenSum(choice)} /> / <QuantityText value={approved} />
          </Text>
          {fault !== undefined && <StatusBadge tone="stop">{t(`transfers.fault.${fault}`)}</StatusBadge>}
        </Group>
      </Group>
      <DataTable
        label={t('transfers.lotsOf', { name: line.drugName })}
        columns={columns}
        rows={rows}
        rowKey={(lot) => lot.lotId}
      />
    </div>
  );
}
