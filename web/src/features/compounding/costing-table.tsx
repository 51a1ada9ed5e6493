import { useTranslation } from 'react-i18next';
import type { DraftCosting } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText, UnitCostText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { QuantityIn } from '../shared/unit-text';
import classes from './compounding.module.css';

type Item = DraftCosting['items'][number];

/** What of each ingredient is needed, of which lots, and whether there is enough. */
export function CostingTable({ costing }: { costing: DraftCosting }) {
  const { t } = useTranslation();
  const columns: Column<Item>[] = [
    { id: 'drug', header: t('compounding.ingredient'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'needed',
      header: t('compounding.needed'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.needed} unit={row.baseUnit} />,
    },
    {
      id: 'lots',
      header: t('compounding.ofLots'),
      cell: (row) =>
        row.isShort ? (
          <StatusBadge tone="stop">
            {t('compounding.short')} <QuantityText value={row.available} />
          </StatusBadge>
        ) : (
          <Lots lots={row.lots} />
        ),
    },
    {
      id: 'cost',
      header: t('compounding.cost'),
      numeric: true,
      cell: (row) => (row.cost === null ? t('compounding.notKnown') : <MoneyText value={row.cost} />),
    },
  ];
  return (
    <DataTable
      label={t('compounding.costing')}
      columns={columns}
      rows={costing.items}
      rowKey={(row) => row.position}
    />
  );
}

function Lots({ lots }: Pick<Item, 'lots'>) {
  return lots.map((lot) => (
    <div key={lot.lotId}>
      <Ltr>{lot.lotNumber}</Ltr> · <DateText value={lot.expiryDate} /> · <QuantityText value={lot.quantity} />
    </div>
  ));
}

/** What it costs, what it is sold for, and to when it may be used if it is made today. */
export function CostingSums({ costing }: { costing: DraftCosting }) {
  const { t } = useTranslation();
  return (
    <dl className={classes['facts']}>
      <dt>{t('compounding.costInAll')}</dt>
      <dd>{costing.cost === null ? t('compounding.notKnown') : <MoneyText value={costing.cost} />}</dd>
      <dt>{t('compounding.unitCost')}</dt>
      <dd>
        {costing.unitCost === null ? t('compounding.notKnown') : <UnitCostText value={costing.unitCost} />}
      </dd>
      <dt>{t('compounding.price')}</dt>
      <dd className={classes['sum']}>
        {costing.price === null ? t('compounding.notKnown') : <MoneyText value={costing.price} />}
      </dd>
      <dt>{t('compounding.useBy')}</dt>
      <dd>
        <DateText value={costing.beyondUseDate} />
      </dd>
    </dl>
  );
}
