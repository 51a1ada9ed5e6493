import { Button, Group, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { RefillDue, RefillsDuePage } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Card, Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';

const route = getRouteApi('/refills-due');
const WITHIN = ['3', '7', '14', '30', '90'] as const;
const DEFAULT_WITHIN = 7;
const PAGE = 50;

/** Whose medicine runs out, the first first; whom to call, and how, only where they agreed to be reminded. */
export function RefillsDueScreen() {
  const { t } = useTranslation();
  const { withinDays = DEFAULT_WITHIN } = route.useSearch();
  const navigate = route.useNavigate();
  const due = useInfiniteQuery({
    queryKey: keys.refillsDue({ withinDays }),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<RefillsDuePage>('/refills-due', { withinDays, limit: PAGE, cursor: pageParam }, signal),
    getNextPageParam: (last) => last.meta.nextCursor ?? undefined,
  });
  const columns = useColumns();
  useKeys([
    { combo: 'Escape', label: t('common.back'), run: () => window.history.back(), whileTyping: false },
  ]);
  const rows = due.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Page title={t('nav.refillsDue')} hint={t('people.due.hint')}>
      <Group>
        <NativeSelect
          label={t('people.due.within')}
          autoFocus
          value={String(withinDays)}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: { withinDays: Number.parseInt(value, 10) }, replace: true })
          }
          data={WITHIN.map((value) => ({ value, label: t('people.days', { count: Number(value) }) }))}
        />
      </Group>
      <Card flush>
        {due.isPending && <LoadingRows />}
        {due.isError && <ErrorView error={due.error} retry={() => void due.refetch()} />}
        {due.data && rows.length === 0 && (
          <EmptyView title={t('people.due.none')} hint={t('people.due.noneHint')} />
        )}
        {rows.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('nav.refillsDue')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.prescriptionId}
            />
          </div>
        )}
        {due.hasNextPage && (
          <Group p="sm">
            <Button
              variant="default"
              loading={due.isFetchingNextPage}
              onClick={() => void due.fetchNextPage()}
            >
              {t('people.due.later')}
            </Button>
          </Group>
        )}
      </Card>
    </Page>
  );
}

function useColumns(): Column<RefillDue>[] {
  const { t, i18n } = useTranslation();
  const isArabic = i18n.language === 'ar';
  return [
    {
      id: 'patient',
      header: t('patients.name'),
      cell: (row) => (
        <Link
          to="/patients/$patientId"
          params={{ patientId: String(row.patientId) }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{isArabic && row.patientNameAr !== null ? row.patientNameAr : row.patientName}</bdi>
        </Link>
      ),
    },
    {
      id: 'drug',
      header: t('prescriptions.drug'),
      cell: (row) => <MixedText text={isArabic && row.drugNameAr !== null ? row.drugNameAr : row.drugName} />,
    },
    { id: 'due', header: t('people.medicines.runsOut'), cell: (row) => <DateText value={row.dueOn} /> },
    {
      id: 'left',
      header: t('people.due.left'),
      cell: (row) => (
        <StatusBadge tone={row.daysLeft < 0 ? 'stop' : row.daysLeft <= 3 ? 'warn' : 'info'}>
          {row.daysLeft < 0
            ? t('people.due.overdue', { count: -row.daysLeft })
            : t('people.days', { count: row.daysLeft })}
        </StatusBadge>
      ),
    },
    {
      id: 'refills',
      header: t('prescriptions.refillsLeft'),
      numeric: true,
      cell: (row) => <Ltr>{row.refillsRemaining}</Ltr>,
    },
    {
      id: 'contact',
      header: t('people.due.contact'),
      cell: (row) =>
        row.reminders === 'given' ? (
          row.phone === null ? (
            t('people.due.noPhone')
          ) : (
            <Ltr>{row.phone}</Ltr>
          )
        ) : (
          <StatusBadge tone={row.reminders === null ? 'neutral' : 'stop'}>
            {t(row.reminders === null ? 'people.due.notAsked' : 'people.due.doNotContact')}
          </StatusBadge>
        ),
    },
    {
      id: 'rx',
      header: t('prescriptions.number'),
      cell: (row) => (
        <Link
          to="/prescriptions/$prescriptionId"
          params={{ prescriptionId: String(row.prescriptionId) }}
          className={rowLinkClass}
        >
          <Ltr>{row.rxNumber}</Ltr>
        </Link>
      ),
    },
  ];
}
