import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StockMonths } from '../../api/types';
import type { Column } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { ReportFrame, type ReportProps, useReport } from './report-frame';

const PATH = '/reports/stock-months';
const VALUES = [
  ['received', 'receivedValue'],
  ['toPatients', 'toPatientsValue'],
  ['other', 'otherValue'],
  ['closing', 'closingValue'],
] as const;

/** What came and left in each month at cost, and what stock was worth at its end. */
export function MonthsReport({ search, narrow }: ReportProps) {
  const { t } = useTranslation();
  const report = useReport<StockMonths>(PATH, {}, search.page);
  const columns: Column<StockMonths['data'][number]>[] = [
    { id: 'month', header: t('stockReports.month'), cell: (row) => <Ltr>{row.month}</Ltr> },
    ...VALUES.map(([id, key]) => ({
      id,
      header: t(`stockReports.${id}`),
      numeric: true,
      cell: (row: StockMonths['data'][number]) => <MoneyText value={row[key]} />,
    })),
  ];
  return (
    <ReportFrame
      label={t('stockReports.view.months')}
      path={PATH}
      query={{}}
      empty={{ title: t('stockReports.empty'), hint: t('stockReports.monthsEmptyHint') }}
      result={report}
      columns={columns}
      rowKey={(row) => row.month}
      onPage={(page) => narrow({ page })}
      sums={[]}
      filters={
        report.data && (
          <Text>
            {t('stockReports.refreshedAt')} <DateTimeText value={report.data.refreshedAt} />
            <Text span c="dimmed">
              {' · '}
              {t('stockReports.refreshedHint')}
            </Text>
          </Text>
        )
      }
    />
  );
}
