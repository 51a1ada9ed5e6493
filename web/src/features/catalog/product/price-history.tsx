import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrugDetail, PricePeriod } from '../../../api/types';
import { useSession } from '../../../session/session';
import { type Column, DataTable } from '../../../ui/data-table';
import { DateText, DateTimeText } from '../../../ui/date-text';
import { Ltr } from '../../../ui/ltr';
import { MoneyText } from '../../../ui/money-text';
import { ProblemAlert } from '../../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../../ui/states';
import { StatusBadge, type Tone } from '../../../ui/status-badge';
import { useCancelPrice, useDrugPrices } from '../catalog-queries';
import { PriceLine } from './price-line';

const TONE: Record<PricePeriod['state'], Tone> = { past: 'neutral', current: 'ok', scheduled: 'info' };

/** Every price of a pack with the days it held, those decided for later included. */
export function PriceHistory({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const prices = useDrugPrices(drug.drugId);
  const cancel = useCancelPrice(drug.drugId);
  if (prices.isError) return <ErrorView error={prices.error} retry={() => void prices.refetch()} />;
  if (!prices.data) return <LoadingRows rows={3} />;
  const columns: Column<PricePeriod>[] = [
    { id: 'from', header: t('drugs.priceFrom'), cell: (row) => <DateText value={row.effectiveFrom} /> },
    { id: 'to', header: t('drugs.priceTo'), cell: (row) => <DateText value={row.effectiveTo} /> },
    {
      id: 'state',
      header: t('catalog.status'),
      cell: (row) => <StatusBadge tone={TONE[row.state]}>{t(`drugs.priceState.${row.state}`)}</StatusBadge>,
    },
    { id: 'source', header: t('drugs.source'), cell: (row) => <Ltr>{row.source}</Ltr> },
    { id: 'recorded', header: t('drugs.recordedAt'), cell: (row) => <DateTimeText value={row.recordedAt} /> },
    { id: 'price', header: t('drugs.price'), numeric: true, cell: (row) => <MoneyText value={row.price} /> },
    {
      id: 'cancel',
      header: t('drugs.cancelPrice'),
      hideHeader: true,
      cell: (row) => {
        const waiting = drug.scheduledPrices.find(
          (one) => row.state === 'scheduled' && one.effectiveFrom === row.effectiveFrom,
        );
        if (!waiting || !can('ManageDrugCatalog')) return null;
        return (
          <Button
            size="compact-sm"
            variant="default"
            loading={cancel.isPending && cancel.variables === waiting.scheduledPriceId}
            onClick={() => cancel.mutate(waiting.scheduledPriceId)}
          >
            {t('drugs.cancelPrice')}
          </Button>
        );
      },
    },
  ];
  return (
    <>
      <ProblemAlert problem={cancel.error} notSaved={t('catalog.notSaved')} />
      <PriceLine periods={prices.data.data} />
      <DataTable
        label={t('drugs.tab.prices')}
        columns={columns}
        rows={prices.data.data}
        rowKey={(row) => `${row.state}${row.effectiveFrom}`}
      />
    </>
  );
}
