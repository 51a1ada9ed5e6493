import { useTranslation } from 'react-i18next';
import type { ShiftDrawer } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';

type Movement = ShiftDrawer['cashMovements'][number];

/** What was put into the drawer and taken out of it beside sales, and what went to the safe. */
export function MovementTable({ rows }: { rows: readonly Movement[] }) {
  const { t } = useTranslation();
  const columns: Column<Movement>[] = [
    { id: 'at', header: t('shift.at'), cell: (row) => <DateTimeText value={row.occurredAt} /> },
    { id: 'kind', header: t('shift.movement'), cell: (row) => t(`shift.movementKind.${row.kind}`) },
    {
      id: 'why',
      header: t('shift.reason'),
      cell: (row) => (
        <>
          {row.kind === 'drop' && row.reason === 'drop' ? null : <bdi>{row.reason}</bdi>}{' '}
          {row.bagNumber !== null && (
            <>
              {t('shift.bag')} <Ltr>{row.bagNumber}</Ltr>
            </>
          )}
          {row.witnessName !== null && (
            <>
              {t('shift.witness')} <bdi>{row.witnessName}</bdi>
            </>
          )}
        </>
      ),
    },
    {
      id: 'amount',
      header: t('shift.amount'),
      numeric: true,
      cell: (row) => <MoneyText value={row.amount} />,
    },
  ];
  return (
    <DataTable
      label={t('shift.movements')}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.occurredAt} ${row.kind} ${row.amount} ${row.reason}`}
    />
  );
}
