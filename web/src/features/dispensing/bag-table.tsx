import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WillCallRow } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { QuantityIn } from '../shared/unit-text';

interface BagTableProps {
  rows: readonly WillCallRow[];
  /** Bags that stay here this time. */
  leftOut: ReadonlySet<number>;
  onToggle: (fillId: number) => void;
  /** Bags that want advice before they leave. */
  advice: ReadonlySet<number>;
}

/** The bags of one patient: what is in them, where they lie, what holds them back. */
export function BagTable({ rows, leftOut, onToggle, advice }: BagTableProps) {
  const { t } = useTranslation();
  const columns: Column<WillCallRow>[] = [
    {
      id: 'take',
      header: t('willCall.take'),
      cell: (row) => (
        <Checkbox
          aria-label={t('willCall.takeNamed', { name: row.drugName })}
          disabled={row.holdReason !== null}
          checked={row.holdReason === null && !leftOut.has(row.fillId)}
          onChange={() => onToggle(row.fillId)}
        />
      ),
    },
    {
      id: 'bin',
      header: t('willCall.bin'),
      cell: (row) => <strong>{row.bin === null ? t('common.none') : <Ltr>{row.bin}</Ltr>}</strong>,
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    {
      id: 'quantity',
      header: t('prescriptions.quantity'),
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    { id: 'number', header: t('prescriptions.number'), cell: (row) => <Ltr>{row.rxNumber}</Ltr> },
    {
      id: 'price',
      header: t('fills.price'),
      numeric: true,
      cell: (row) => <MoneyText value={row.price} />,
    },
    {
      id: 'flags',
      header: t('prescriptions.status'),
      cell: (row) => (
        <>
          {row.holdReason !== null && (
            <StatusBadge tone="stop">{t(`willCall.holdReason.${row.holdReason}`)}</StatusBadge>
          )}
          {advice.has(row.fillId) && <StatusBadge tone="warn">{t('willCall.advice.due')}</StatusBadge>}
          {row.holdReason === null && !advice.has(row.fillId) && (
            <StatusBadge tone="ok">{t('fillStatus.ready')}</StatusBadge>
          )}
        </>
      ),
    },
  ];
  return <DataTable label={t('willCall.ready')} columns={columns} rows={rows} rowKey={(row) => row.fillId} />;
}
