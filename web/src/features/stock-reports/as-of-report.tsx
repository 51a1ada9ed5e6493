import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StockAsOf } from '../../api/types';
import type { Column } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, UnitCostText } from '../../ui/money-text';
import { QuantityIn } from '../shared/unit-text';
import { ReportFrame, type ReportProps, useReport } from './report-frame';

const PATH = '/reports/stock-as-of';
const BY = ['effective', 'recorded'] as const;

/** The instant of a local date and time as typed; undefined while it is none. */
function instantOf(local: string | undefined): string | undefined {
  if (local === undefined) return undefined;
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** What each lot held at a moment. */
export function AsOfReport({ search, narrow }: ReportProps) {
  const { t } = useTranslation();
  const by = BY.find((one) => one === search.by) ?? 'effective';
  const query = { at: instantOf(search.at), by };
  const report = useReport<StockAsOf>(PATH, query, search.page);
  const columns: Column<StockAsOf['data'][number]>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'cost',
      header: t('stock.unitCost'),
      numeric: true,
      cell: (row) => <UnitCostText value={row.unitCost} />,
    },
    {
      id: 'value',
      header: t('stockReports.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
  ];
  return (
    <ReportFrame
      label={t('stockReports.view.asOf')}
      path={PATH}
      query={query}
      result={report}
      columns={columns}
      rowKey={(row) => row.lotId}
      onPage={(page) => narrow({ page })}
      sums={report.data ? [{ label: t('stockReports.total'), value: report.data.totalValue }] : []}
      filters={
        <>
          <TextInput
            type="datetime-local"
            label={t('stockReports.at')}
            description={t('stockReports.atHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={search.at ?? ''}
            onChange={(event) => narrow({ at: event.currentTarget.value || undefined, page: undefined })}
          />
          <NativeSelect
            label={t('stockReports.reading')}
            value={by}
            onChange={(event) => narrow({ by: event.currentTarget.value, page: undefined })}
            data={BY.map((value) => ({ value, label: t(`stockReports.asOfBy.${value}`) }))}
          />
        </>
      }
    />
  );
}
