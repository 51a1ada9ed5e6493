import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { useSession } from '../../session/session';
import { DataAge } from '../../ui/data-age';
import { DateText, todayLocal } from '../../ui/date-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { localName } from '../shared/names';
import { OtherReports } from './other-reports';
import { PeriodFields, periodsOf } from './period-fields';
import { ReportBars } from './report-bars';
import { ReportTable } from './report-table';
import { isInTime, mainOf, REPORT_IDS, reportKind } from './reports';
import { askedOf, useSalesReport } from './use-report';

const route = getRouteApi('/reports/sales');

/** Rows of a page: all days of a quarter in one picture, names in pages that fit a screen. */
const TIMES_ON_A_PAGE = 100;
const NAMES_ON_A_PAGE = 20;

/** Any report of what was sold: which, of which period, read by what, beside what; drawn, as a table, as a file, on paper. */
export function SalesReportsScreen() {
  const { t, i18n } = useTranslation();
  const { branch } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: Partial<typeof search>): void =>
    void navigate({ search: (previous) => ({ ...previous, page: undefined, ...change }), replace: true });

  const id = REPORT_IDS.find((one) => one === search.report) ?? 'sales';
  const kind = reportKind(id);
  const by = kind.by.find((one) => one === search.by) ?? kind.by[0];
  const order = kind.orders?.find((one) => one === search.order) ?? kind.orders?.[0];
  const main = mainOf(id, order);
  const { period, compared } = periodsOf(search, todayLocal());
  const narrowed = kind.orders ? { order } : kind.by.length > 1 ? { by } : {};
  const asked = askedOf(period, compared, narrowed);
  const limit = isInTime(by) ? TIMES_ON_A_PAGE : NAMES_ON_A_PAGE;
  const report = useSalesReport(kind.path, { ...asked, page: search.page ?? 1, limit });
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv(kind.path, { ...asked, format: 'csv' }),
    onSuccess: (text) => saveFile(`${id}-${period.from}-${period.to}.csv`, text),
  });

  return (
    <Page
      title={t('salesReports.title')}
      hint={branch && t('salesReports.hint', { branch: localName(branch, i18n.language) })}
      actions={
        <Group gap="xs" className="no-print">
          <Button
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden="true" />}
            onClick={() => window.print()}
          >
            {t('salesReports.print')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            {t('salesReports.download')}
          </Button>
        </Group>
      }
    >
      <Group align="flex-end">
        <NativeSelect
          label={t('salesReports.which')}
          value={id}
          autoFocus
          onChange={(event) => narrow({ report: event.currentTarget.value, by: undefined, order: undefined })}
          data={REPORT_IDS.map((value) => ({ value, label: t(`salesReports.report.${value}`) }))}
        />
        {kind.by.length > 1 && (
          <NativeSelect
            label={t('salesReports.by')}
            value={by}
            onChange={(event) => narrow({ by: event.currentTarget.value })}
            data={kind.by.map((value) => ({ value, label: t(`salesReports.groupBy.${value}`) }))}
          />
        )}
        {kind.orders && (
          <NativeSelect
            label={t('salesReports.order')}
            value={order}
            onChange={(event) => narrow({ order: event.currentTarget.value })}
            data={kind.orders.map((value) => ({ value, label: t(`salesReports.orders.${value}`) }))}
          />
        )}
        <PeriodFields search={search} period={period} narrow={narrow} />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        <DateText value={period.from} /> – <DateText value={period.to} />
        {compared && (
          <>
            {' · '}
            {t('salesReports.besides')} <DateText value={compared.from} /> – <DateText value={compared.to} />
          </>
        )}
      </Text>
      <DataAge path={kind.path} />
      <ProblemAlert problem={download.error} notSaved={t('salesReports.notDownloaded')} />
      {report.isPending && <LoadingRows />}
      {report.isError && <ErrorView error={report.error} retry={() => void report.refetch()} />}
      {report.data?.data.length === 0 && (
        <Card>
          <EmptyView title={t('salesReports.empty')} hint={t('salesReports.emptyHint')} />
        </Card>
      )}
      {report.data && report.data.data.length > 0 && (
        <>
          <Card isBusy={report.isPlaceholderData}>
            <ReportBars by={by} main={main} report={report.data} isCompared={compared !== undefined} />
          </Card>
          <Card flush isBusy={report.isPlaceholderData}>
            <ReportTable
              id={id}
              by={by}
              main={main}
              report={report.data}
              isCompared={compared !== undefined}
            />
            <Pager meta={report.data.meta} onPage={(page) => narrow({ page })} />
          </Card>
        </>
      )}
      <OtherReports />
    </Page>
  );
}
