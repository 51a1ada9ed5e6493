import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/client';
import { type Column, DataTable } from '../../ui/data-table';
import { MixedText } from '../../ui/mixed-text';
import { Card } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { FigureText } from '../sales-reports/figure-text';
import { ReportChart } from '../sales-reports/report-chart';
import {
  type Figure,
  GIVEN_BACK,
  type GroupBy,
  NET_OF_TENDERS,
  type ReportId,
} from '../sales-reports/reports';
import { wholeDay } from './hours.domain';
import { useRowName } from '../sales-reports/row-name';
import { type Report, type ReportRow, useSalesReport } from '../sales-reports/use-report';
import classes from './dashboard.module.css';

/** Products shown: as many as one takes in at a glance. */
const TOP = 8;

interface PartProps {
  title: string;
  wide?: boolean;
  more?: ReactNode;
  children: ReactNode;
}

/** A named part of the dashboard. */
export function Part({ title, wide, more, children }: PartProps) {
  return (
    <div className={wide ? classes['wide'] : undefined}>
      <Card label={title}>
        <div className={classes['head']}>
          <Title order={2} size="h4">
            {title}
          </Title>
          {more}
        </div>
        {children}
      </Card>
    </div>
  );
}

/** The way to the report a part is a glance at. */
function ReportLink({ report, by }: { report: ReportId; by?: GroupBy }) {
  const { t } = useTranslation();
  return (
    <Link to="/reports/sales" search={{ report, period: 'today', compare: 'before', by }}>
      {t('dashboard.more', { report: t(`salesReports.report.${report}`) })}
    </Link>
  );
}

/** What was sold in each hour, as bars and as a table. */
export function HoursPart({ report }: { report: Report }) {
  const { t } = useTranslation();
  const title = t('dashboard.byHour');
  return (
    <Part title={title} wide more={<ReportLink report="sales" by="hour" />}>
      {report.data.length === 0 ? (
        <EmptyView title={t('dashboard.noSales')} hint={t('dashboard.noSalesHint')} />
      ) : (
        <>
          <ReportChart
            label={title}
            height={200}
            series={{ value: t('salesReports.preset.today'), before: t('dashboard.lastWeek') }}
            bars={wholeDay(report.data).map(({ key, value, before }) => ({
              label: `${key}:00`,
              value,
              before,
            }))}
          />
          <details>
            <summary>{t('dashboard.asTable')}</summary>
            <Rows
              label={title}
              by="hour"
              rows={report.data}
              figures={[
                { id: 'sales', kind: 'count' },
                { id: 'net', kind: 'money' },
              ]}
            />{' '}
            {/* prettier-ignore */}
          </details>
        </>
      )}
    </Part>
  );
}

interface RowsProps {
  label: string;
  by: GroupBy;
  rows: readonly ReportRow[];
  figures: readonly Figure[];
}

function Rows({ label, by, rows, figures }: RowsProps) {
  const { t } = useTranslation();
  const nameOf = useRowName(by);
  const columns: Column<ReportRow>[] = [
    {
      id: 'name',
      header: t(`salesReports.groupBy.${by}`),
      cell: (row) => <MixedText text={nameOf(row)} />,
    },
    ...figures.map((figure): Column<ReportRow> => ({
      id: figure.id,
      header: t(`salesReports.figure.${figure.word ?? figure.id}`),
      numeric: true,
      cell: (row) => <FigureText figure={figure} of={row.figures} />,
    })),
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowKey={(row) => row.key ?? ''} />;
}

interface AskedPartProps extends Omit<RowsProps, 'rows' | 'label'> {
  title: string;
  path: string;
  asked: Query;
  more: ReactNode;
}

/** A part that is a short report of its own. */
function AskedPart({ title, path, asked, more, ...rows }: AskedPartProps) {
  const { t } = useTranslation();
  const report = useSalesReport(path, asked);
  return (
    <Part title={title} more={more}>
      {report.isPending && <LoadingRows rows={3} />}
      {report.isError && <ErrorView error={report.error} retry={() => void report.refetch()} />}
      {report.data?.data.length === 0 && <p className={classes['none']}>{t('dashboard.nothing')}</p>}
      {report.data && report.data.data.length > 0 && <Rows label={title} rows={report.data.data} {...rows} />}
    </Part>
  );
}

/** What brought in most today. */
export function TopProductsPart({ asked: { from, to } }: { asked: Query }) {
  const { t } = useTranslation();
  return (
    <AskedPart
      title={t('dashboard.topProducts')}
      path="/reports/top-drugs"
      asked={{ from, to, limit: TOP }}
      more={<ReportLink report="topDrugs" />}
      by="drug"
      figures={[
        { id: 'quantity', kind: 'quantity' },
        { id: 'net', kind: 'money' },
      ]}
    />
  );
}

/** How it was paid today. */
export function TendersPart({ asked: { from, to } }: { asked: Query }) {
  const { t } = useTranslation();
  return (
    <AskedPart
      title={t('dashboard.tenders')}
      path="/reports/tenders"
      asked={{ from, to }}
      more={<ReportLink report="tenders" />}
      by="method"
      figures={[{ id: 'payments', kind: 'count' }, NET_OF_TENDERS]}
    />
  );
}

/** What was taken back today, and why. */
export function RefundsPart({ asked: { from, to } }: { asked: Query }) {
  const { t } = useTranslation();
  return (
    <AskedPart
      title={t('dashboard.returns')}
      path="/reports/returns"
      asked={{ from, to, limit: TOP }}
      more={<ReportLink report="returns" />}
      by="reason"
      figures={[GIVEN_BACK]}
    />
  );
}
