import { useTranslation } from 'react-i18next';
import type { PurchaseOrder } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Card } from '../../ui/page';
import { ORDER_STATUSES } from './order-texts';

type Event = PurchaseOrder['events'][number];

/** Every step of an order: who, when, why. */
export function OrderEvents({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const columns: Column<Event>[] = [
    { id: 'when', header: t('history.when'), cell: (one) => <DateTimeText value={one.occurredAt} /> },
    {
      id: 'to',
      header: t('history.to'),
      cell: (one) => {
        const known = ORDER_STATUSES.find((status) => status === one.toStatus);
        return known === undefined ? one.toStatus : t(`procurement.status.${known}`);
      },
    },
    { id: 'who', header: t('history.who'), cell: (one) => <bdi>{one.userName}</bdi> },
    { id: 'why', header: t('history.why'), cell: (one) => <bdi>{one.reason}</bdi> },
  ];
  if (order.events.length === 0) return null;
  return (
    <Card flush label={t('history.title')}>
      <DataTable
        label={t('history.title')}
        columns={columns}
        rows={order.events}
        rowKey={(one) => `${one.occurredAt} ${one.toStatus}`}
      />
    </Card>
  );
}
