import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { OverridesReport } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DataAge } from '../../ui/data-age';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { KindText, SEVERITIES, SeverityBadge } from '../shared/clinical';
import { localName } from '../shared/names';
import { REASONS } from '../shared/override-reasons';
import { percentOf, type Rate, type Sort, sorted, withShares } from './override-rates.domain';

type RuleRates = OverridesReport['rules'][number];
type UserRates = OverridesReport['users'][number] & { readonly share: Rate };

const route = getRouteApi('/reports/overrides');

/** How often stops were overridden at the branch: of each rule, or by whom; each rate with the numbers it rests on. */
export function OverridesScreen() {
  const { t, i18n } = useTranslation();
  const { branch } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const by = search.by === 'user' ? 'user' : 'rule';
  const period: Query = { from: search.from, to: search.to };
  const report = useQuery({
    queryKey: keys.overrides(period),
    queryFn: ({ signal }) => api.get<OverridesReport>('/reports/overrides', period, signal),
    placeholderData: keepPreviousData,
  });
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv('/reports/overrides', { ...period, by, format: 'csv' }),
    onSuccess: (text) => saveFile(`overrides-by-${by}.csv`, text),
  });
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, ...change }), replace: true });

  return (
    <Page
      title={t('overrides.title')}
      hint={branch && t('overrides.hint', { branch: localName(branch, i18n.language) })}
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden="true" />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {t('overrides.download')}
        </Button>
      }
    >
      <Group align="flex-end">
        <NativeSelect
          label={t('overrides.by')}
          value={by}
          onChange={(event) => narrow({ by: event.currentTarget.value === 'user' ? 'user' : undefined })}
          data={[
            { value: 'rule', label: t('overrides.byRule') },
            { value: 'user', label: t('overrides.byUser') },
          ]}
          autoFocus
        />
        <TextInput
          label={t('overrides.from')}
          type="date"
          max={search.to}
          value={search.from ?? report.data?.from ?? ''}
          onChange={(event) => narrow({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          label={t('overrides.to')}
          type="date"
          min={search.from}
          value={search.to ?? report.data?.to ?? ''}
          onChange={(event) => narrow({ to: event.currentTarget.value || undefined })}
        />
        {report.data && <Totals report={report.data} />}
      </Group>
      <DataAge path="/reports/overrides" />
      <ProblemAlert problem={download.error} notSaved={t('overrides.notDownloaded')} />
      <Card flush isBusy={report.isPlaceholderData}>
        {report.isPending && <LoadingRows />}
        {report.isError && <ErrorView error={report.error} retry={() => void report.refetch()} />}
        {report.data && by === 'rule' && <ByRule rows={report.data.rules} />}
        {report.data && by === 'user' && <ByUser rows={withShares(report.data.users)} />}
      </Card>
    </Page>
  );
}

function Totals({ report }: { report: OverridesReport }) {
  const { t } = useTranslation();
  const raised = report.rules.reduce((sum, rule) => sum + rule.raised, 0);
  const overridden = report.rules.reduce((sum, rule) => sum + rule.overridden, 0);
  return (
    <Text size="sm" c="dimmed" pb={8} role="status">
      <DateText value={report.from} /> – <DateText value={report.to} />: {t('overrides.all')}{' '}
      <RateText rate={{ of: raised, part: overridden }} />
    </Text>
  );
}

/** "12 / 40 (30 %)": numerator, denominator and what they make. */
function RateText({ rate }: { rate: Rate }) {
  const { t, i18n } = useTranslation();
  const percent = percentOf(rate);
  if (percent === undefined) return <span>{t('common.none')}</span>;
  return (
    <Ltr>
      {rate.part} / {rate.of} (
      {new Intl.NumberFormat(i18n.language === 'ar' ? 'ar-u-nu-latn' : 'en', {
        style: 'percent',
        maximumFractionDigits: 1,
      }).format(percent / 100)}
      )
    </Ltr>
  );
}

/** Order of a table as its headings change it: the first press sorts from the largest, another the other way. */
function useSort<Row extends object>(start: Sort<Row>) {
  const [sort, setSort] = useState(start);
  const on = (by: Sort<Row>['by']): NonNullable<Column<Row>['sort']> => ({
    direction: sort.by !== by ? undefined : sort.isDescending ? 'descending' : 'ascending',
    onSort: () => setSort({ by, isDescending: sort.by === by ? !sort.isDescending : true }),
  });
  return { sort, on };
}

function ByRule({ rows }: { rows: readonly RuleRates[] }) {
  const { t, i18n } = useTranslation();
  const { sort, on } = useSort<RuleRates>({ by: 'overridden', isDescending: true });
  if (rows.length === 0) return <EmptyView title={t('overrides.empty')} hint={t('overrides.emptyHint')} />;
  const columns: Column<RuleRates>[] = [
    { id: 'rule', header: t('overrides.rule'), sort: on('rule'), cell: (row) => <RuleName row={row} /> },
    {
      id: 'kind',
      header: t('overrides.kind'),
      sort: on('kind'),
      cell: (row) => <KindText kind={row.kind} />,
    },
    {
      id: 'severity',
      header: t('overrides.severity'),
      sort: on('severity'),
      cell: (row) => <Severity severity={row.severity} />,
    },
    {
      id: 'raised',
      header: t('overrides.raised'),
      numeric: true,
      sort: on('raised'),
      cell: (row) => <Ltr>{row.raised}</Ltr>,
    },
    {
      id: 'overridden',
      header: t('overrides.overridden'),
      numeric: true,
      sort: on('overridden'),
      cell: (row) => <Ltr>{row.overridden}</Ltr>,
    },
    {
      id: 'rate',
      header: t('overrides.rate'),
      numeric: true,
      sort: on('ratePercent'),
      cell: (row) => <RateText rate={{ of: row.raised, part: row.overridden }} />,
    },
    {
      id: 'remembered',
      header: t('overrides.remembered'),
      numeric: true,
      sort: on('remembered'),
      cell: (row) => <Ltr>{row.remembered}</Ltr>,
    },
    {
      id: 'users',
      header: t('overrides.users'),
      numeric: true,
      sort: on('users'),
      cell: (row) => <Ltr>{row.users}</Ltr>,
    },
  ];
  return (
    <DataTable
      label={t('overrides.byRule')}
      columns={columns}
      rows={sorted(rows, sort, i18n.language)}
      rowKey={(row) => `${row.rule}:${row.severity}`}
    />
  );
}

/** A finding without a rule, such as an allergy to the very ingredient, is named by its kind. */
function RuleName({ row }: { row: RuleRates }) {
  return row.rule === row.kind ? <KindText kind={row.kind} /> : <Ltr>{row.rule}</Ltr>;
}

function Severity({ severity }: { severity: string }) {
  const known = SEVERITIES.find((one) => one === severity);
  return known === undefined ? <bdi>{severity}</bdi> : <SeverityBadge severity={known} />;
}

function ByUser({ rows }: { rows: readonly UserRates[] }) {
  const { t, i18n } = useTranslation();
  const { sort, on } = useSort<UserRates>({ by: 'overridden', isDescending: true });
  if (rows.length === 0) return <EmptyView title={t('overrides.noUsers')} hint={t('overrides.emptyHint')} />;
  const columns: Column<UserRates>[] = [
    {
      id: 'user',
      header: t('overrides.user'),
      sort: on('userName'),
      cell: (row) => <bdi>{row.userName}</bdi>,
    },
    {
      id: 'overridden',
      header: t('overrides.overridden'),
      numeric: true,
      sort: on('overridden'),
      cell: (row) => <Ltr>{row.overridden}</Ltr>,
    },
    {
      id: 'share',
      header: t('overrides.share'),
      numeric: true,
      sort: on('share'),
      cell: (row) => <RateText rate={row.share} />,
    },
    {
      id: 'contraindicated',
      header: t('overrides.contraindicated'),
      numeric: true,
      sort: on('contraindicated'),
      cell: (row) => <RateText rate={{ of: row.overridden, part: row.contraindicated }} />,
    },
    {
      id: 'rules',
      header: t('overrides.rules'),
      numeric: true,
      sort: on('rules'),
      cell: (row) => <Ltr>{row.rules}</Ltr>,
    },
    {
      id: 'reason',
      header: t('overrides.commonReason'),
      sort: on('commonReason'),
      cell: (row) => <ReasonText reason={row.commonReason} />,
    },
  ];
  return (
    <DataTable
      label={t('overrides.byUser')}
      columns={columns}
      rows={sorted(rows, sort, i18n.language)}
      rowKey={(row) => row.userId}
    />
  );
}

function ReasonText({ reason }: { reason: string }) {
  const { t } = useTranslation();
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? <bdi>{reason}</bdi> : <span>{t(`overrideReason.${known}`)}</span>;
}
