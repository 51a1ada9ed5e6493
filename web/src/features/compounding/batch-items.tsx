import { useTranslation } from 'react-i18next';
import type { BatchItem, CompoundBatch } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import classes from './compounding.module.css';

interface BatchItemsProps {
  batch: CompoundBatch;
  /** The one that is weighed now. */
  currentId?: number;
  /** Weighs one, again where it was weighed; nothing where nothing is weighed. */
  onChoose?: (batchItemId: number) => void;
  /** With lots and who weighed, for whoever checks. */
  isFull?: boolean;
}

/** Every ingredient with what was calculated and what was weighed. */
export function BatchItems({ batch, currentId, onChoose, isFull = false }: BatchItemsProps) {
  const { t, i18n } = useTranslation();
  const nameOfUnit = useUnitName();
  const nameOf = (item: BatchItem) =>
    localName({ name: item.drugName, nameAr: item.drugNameAr }, i18n.language);
  const columns: Column<BatchItem>[] = [
    {
      id: 'drug',
      header: t('compounding.ingredient'),
      cell: (item) => (
        <>
          {onChoose ? (
            <button
              type="button"
              className={rowLinkClass}
              data-row-link
              aria-current={item.batchItemId === currentId ? 'step' : undefined}
              onClick={() => onChoose(item.batchItemId)}
            >
              <MixedText text={nameOf(item)} />
            </button>
          ) : (
            <MixedText text={nameOf(item)} />
          )}
          <div>
            <Ltr>{item.lotNumber}</Ltr> · <DateText value={item.expiryDate} />
          </div>
          {!item.isUsable && <StatusBadge tone="stop">{t('compounding.lotUnusable')}</StatusBadge>}{' '}
          {item.isBypassed && <StatusBadge tone="warn">{t('station.bypassed')}</StatusBadge>}
        </>
      ),
    },
    {
      id: 'planned',
      header: t('compounding.calculated'),
      numeric: true,
      cell: (item) => (
        <>
          <QuantityText value={item.quantityPlanned} /> {nameOfUnit(item.baseUnit)}
        </>
      ),
    },
    {
      id: 'used',
      header: t('compounding.weighedColumn'),
      numeric: true,
      cell: (item) =>
        item.quantityUsed === null ? (
          <span className={item.batchItemId === currentId ? classes['now'] : undefined}>
            {t(item.batchItemId === currentId ? 'compounding.now' : 'compounding.open')}
          </span>
        ) : (
          <strong>
            <QuantityText value={item.quantityUsed} />
          </strong>
        ),
    },
  ];
  const more: Column<BatchItem>[] = [
    {
      id: 'waste',
      header: t('compounding.wasteColumn'),
      numeric: true,
      cell: (item) => <QuantityText value={item.waste} />,
    },
    {
      id: 'by',
      header: t('compounding.weighedBy'),
      cell: (item) => <bdi>{item.weighedByName ?? t('common.none')}</bdi>,
    },
  ];
  return (
    <DataTable
      label={t('compounding.ingredients')}
      columns={isFull ? [...columns, ...more] : columns}
      rows={batch.items}
      rowKey={(item) => item.batchItemId}
      {...(currentId === undefined ? {} : { selectedKey: currentId })}
    />
  );
}
