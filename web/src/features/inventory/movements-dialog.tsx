import { useTranslation } from 'react-i18next';
import type { Lot, Movement } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { QuantityText } from '../../ui/money-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { useMovements } from './inventory-queries';

const TYPES = [
  'receipt',
  'dispense',
  'sale',
  'return',
  'adjustment',
  'transfer_out',
  'transfer_in',
  'expiry',
  'recall',
  'count',
  'destruction',
  'supplier_return',
  'reversal',
  'compounding_out',
  'compounding_in',
] as const;

/** The ledger of a lot: what came, what went, who, and the balance after each. */
export function MovementsDialog({ lot, onClose }: { lot: Lot | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={lot !== undefined}
      onClose={onClose}
      size="xl"
      closeOnClickOutside
      title={t('stock.movementsOf', { lot: lot?.lotNumber ?? '' })}
    >
      {lot && <Movements lotId={lot.lotId} />}
    </Dialog>
  );
}

function Movements({ lotId }: { lotId: number }) {
  const { t } = useTranslation();
  const movements = useMovements(lotId);
  const columns: Column<Movement>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.recordedAt} /> },
    { id: 'type', header: t('stock.movement'), cell: (row) => <MovementType type={row.movementType} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'balance',
      header: t('stock.balance'),
      numeric: true,
      cell: (row) => <QuantityText value={row.balanceAfter} />,
    },
    { id: 'who', header: t('history.who'), cell: (row) => <bdi>{row.userName}</bdi> },
    { id: 'why', header: t('history.why'), cell: (row) => <bdi>{row.reason}</bdi> },
  ];
  if (movements.isPending) return <LoadingRows rows={4} />;
  if (movements.isError) return <ErrorView error={movements.error} retry={() => void movements.refetch()} />;
  if (movements.data.data.length === 0) return <EmptyView title={t('stock.noMovements')} />;
  return (
    <DataTable
      label={t('stock.movements')}
      columns={columns}
      rows={movements.data.data}
      rowKey={(row) => row.movementId}
    />
  );
}

function MovementType({ type }: { type: string }) {
  const { t } = useTranslation();
  const known = TYPES.find((one) => one === type);
  return <span>{known === undefined ? type : t(`movement.${known}`)}</span>;
}
