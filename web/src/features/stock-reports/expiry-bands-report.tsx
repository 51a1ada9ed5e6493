import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExpiryReport } from '../../api/types';
import type { Column } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { QuantityIn } from '../shared/unit-text';
import { ReportFrame, type ReportProps, useReport } from './report-frame';

const PATH = '/reports/expiry';
const BANDS = ['expired', '30', '60', '90'] as const;
const TONES: Record<(typeof BANDS)[number], Tone> = { expired: 'stop', 30: 'stop', 60: 'warn', 90: 'info' };

/** What is expired or will be, and what of it will be left then. */
export function ExpiryBandsReport({ search, narrow }: ReportProps) {
  const { t } = useTranslation();
  const band = BANDS.find((one) => one === search.by);
  const report = useReport<ExpiryReport>(PATH, { band }, search.page);
  const columns: Column<ExpiryReport['data'][number]>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    {
      id: 'band',
      header: t('stockReports.bandOf'),
      cell: (row) => <StatusBadge tone={TONES[row.band]}>{t(`stockReports.band.${row.band}`)}</StatusBadge>,
    },
    {
      id: 'days',
      header: t('stockReports.days'),
      numeric: true,
      cell: (row) => <Ltr>{row.daysToExpiry}</Ltr>,
    },
    { id: 'bin', header: t('stock.bin'), cell: (row) => <Ltr>{row.bin ?? ''}</Ltr> },
    {
      id: 'quantity',
      header: t('stock.onHand'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'value',
      header: t('stockReports.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
    {
      id: 'used',
      header: t('stockReports.used'),
      numeric: true,
      cell: (row) => <QuantityText value={row.used90} />,
    },
    {
      id: 'unsold',
      header: t('stockReports.unsold'),
      numeric: true,
      cell: (row) => <QuantityText value={row.unsold} />,
    },
    {
      id: 'unsoldValue',
      header: t('stockReports.unsoldValue'),
      numeric: true,
      cell: (row) => <MoneyText value={row.unsoldValue} />,
    },
  ];
  return (
    <ReportFrame
      label={t('stockReports.view.expiry')}
      path={PATH}
      query={{ band }}
      result={report}
      columns={columns}
      rowKey={(row) => row.lotId}
      onPage={(page) => narrow({ page })}
      sums={(report.data?.bands ?? []).map((one) => ({
        label: t(`stockReports.band.${one.band}`),
        value: one.value,
      }))}
      filters={
        <NativeSelect
          label={t('stockReports.bandOf')}
          value={band ?? ''}
          onChange={(event) => narrow({ by: event.currentTarget.value || undefined, page: undefined })}
          data={[
            { value: '', label: t('stockReports.band.all') },
            ...BANDS.map((value) => ({ value, label: t(`stockReports.band.${value}`) })),
          ]}
        />
      }
    />
  );
}
