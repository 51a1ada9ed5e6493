import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PurchaseOrder } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Card } from '../../ui/page';
import { QuantityText } from '../../ui/money-text';
import { baseOf, dropRefused } from './delivery.domain';
import type { Refused } from './delivery.types';
import { InOrderUnit } from './order-texts';
import { type DeliveryDesk, lineOf } from './use-delivery-desk';

/** What is refused at the door in this delivery. */
export function RefusedList({ desk, order }: { desk: DeliveryDesk; order: PurchaseOrder }) {
  const { t } = useTranslation();
  const columns: Column<Refused>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => {
        const line = lineOf(order, row.purchaseOrderItemId);
        if (!line) return <QuantityText value={row.quantity} />;
        return (
          <InOrderUnit base={baseOf({ inBaseUnits: false }, row.quantity, line.unitBaseUnits)} line={line} />
        );
      },
    },
    {
      id: 'reason',
      header: t('transition.reason'),
      cell: (row) => t(`procurement.refusal.${row.reason}.name`),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'note', header: t('procurement.note'), cell: (row) => <bdi>{row.note}</bdi> },
    {
      id: 'drop',
      header: t('procurement.drop'),
      hideHeader: true,
      cell: (row) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t('procurement.dropLine', { name: row.drugName })}
          onClick={() => desk.step(dropRefused(desk.delivery, row.key))}
        >
          {t('procurement.drop')}
        </Button>
      ),
    },
  ];

  return (
    <Card flush label={t('procurement.refusedGoods')}>
      <Text fw={600} px="md" pt="sm">
        {t('procurement.refusedGoods')}
      </Text>
      <DataTable
        label={t('procurement.refusedGoods')}
        columns={columns}
        rows={desk.delivery.refused}
        rowKey={({ key }) => key}
      />
    </Card>
  );
}
