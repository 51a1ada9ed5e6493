import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotStatus, StockValuation } from '../../api/types';
import type { Column } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { ReportFrame, type ReportProps, useReport } from './report-frame';

const PATH = '/reports/stock-valuation';
const BY = ['drug', 'status', 'bin', 'category'] as const;
const STATUSES: readonly LotStatus[] = ['available', 'quarantined', 'on_hold', 'recalled', 'expired'];

/** What the stock is worth at cost. */
export function ValuationReport({ search, narrow }: ReportProps) {
  const { t } = useTranslation();
  const by = BY.find((one) => one === search.by) ?? 'drug';
  const report = useReport<StockValuation>(PATH, { by }, search.page);
  const nameOf = (row: StockValuation['data'][number]): string => {
    const status = by === 'status' ? STATUSES.find((one) => one === row.key) : undefined;
    return status ? t(`lotStatus.${status}`) : (row.name ?? row.key ?? t('stockReports.none'));
  };
  const columns: Column<StockValuation['data'][number]>[] = [
    { id: 'name', header: t('stockReports.name'), cell: (row) => <MixedText text={nameOf(row)} /> },
    { id: 'lots', header: t('stockReports.lots'), numeric: true, cell: (row) => <Ltr>{row.lots}</Ltr> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'value',
      header: t('stockReports.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
    {
      id: 'available',
      header: t('stockReports.available'),
      numeric: true,
      cell: (row) => <MoneyText value={row.availableValue} />,
    },
  ];
  const { data } = report;
  return (
    <ReportFrame
      label={t('stockReports.view.valuation')}
      path={PATH}
      query={{ by }}
      result={report}
      columns={columns}
      rowKey={(row) => row.key ?? ''}
      onPage={(page) => narrow({ page })}
      sums={
        data
          ? [
              { label: t('stockReports.total'), value: data.totalValue },
              { label: t('stockReports.available'), value: data.totalAvailableValue },
              { label: t('stockReports.inTransit'), value: data.inTransitValue },
            ]
          : []
      }
      filters={
        <NativeSelect
          label={t('stockReports.reading')}
          value={by}
          onChange={(event) => narrow({ by: event.currentTarget.value, page: undefined })}
          data={BY.map((value) => ({ value, label: t(`stockReports.valuationBy.${value}`) }))}
        />
      }
    />
  );
}
