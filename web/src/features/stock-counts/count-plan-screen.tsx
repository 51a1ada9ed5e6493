import { Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountPlanPage } from '../../api/types';
import type { Column } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { StockPolicyDialog } from '../corrections/stock-policy-dialog';
import { MOST_DUE, useCountDue, useCountPlan } from './count-queries';

const route = getRouteApi('/inventory/count-plan');
const CLASSES = ['A', 'B', 'C'] as const;
const TONES: Record<(typeof CLASSES)[number], Tone> = { A: 'stop', B: 'warn', C: 'neutral' };
const PAGE_SIZE = 20;

/** Which products are to be counted now, by what they are worth to the branch; one key counts what is due. */
export function CountPlanScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isPolicyOpen, setIsPolicyOpen] = useState(false);
  const abcClass = CLASSES.find((one) => one === search.by);
  const isAll = search.view === 'all';
  const list = useCountPlan({
    abcClass,
    due: isAll ? undefined : true,
    page: search.page ?? 1,
    limit: PAGE_SIZE,
  });
  const due = useCountPlan({ abcClass, due: true, limit: 1 });
  const dueCount = due.data?.meta.total ?? 0;
  const begin = useCountDue(
    ({ countId }) =>
      void navigate({ to: '/inventory/counts/$countId', params: { countId: String(countId) } }),
  );
  const columns = useColumns();
  return (
    <>
      <ListScreen
        title={t('countPlan.title')}
        hint={t('countPlan.hint')}
        actions={
          <Group gap="sm">
            <KeyButton
              combo="F8"
              variant="default"
              label={t('stockPolicy.open')}
              onPress={() => setIsPolicyOpen(true)}
            />
            <KeyButton
              combo="F9"
              label={t('countPlan.begin', { count: Math.min(dueCount, MOST_DUE) })}
              disabled={dueCount === 0}
              loading={begin.isPending}
              onPress={() => begin.mutate({ abcClass })}
            />
          </Group>
        }
        above={<ProblemAlert problem={begin.error} notSaved={t('counts.notStarted')} />}
        filters={
          <>
            <NativeSelect
              label={t('countPlan.class')}
              value={abcClass ?? ''}
              autoFocus
              onChange={(event) =>
                void navigate({
                  search: (previous) => ({
                    ...previous,
                    by: event.currentTarget.value || undefined,
                    page: undefined,
                  }),
                  replace: true,
                })
              }
              data={[{ value: '', label: t('countPlan.allClasses') }, ...CLASSES]}
            />
            <SegmentedControl
              aria-label={t('countPlan.show')}
              value={isAll ? 'all' : 'due'}
              onChange={(value) =>
                void navigate({
                  search: (previous) => ({
                    ...previous,
                    view: value === 'all' ? 'all' : undefined,
                    page: undefined,
                  }),
                  replace: true,
                })
              }
              data={[
                { value: 'due', label: `${t('countPlan.due')} · ${dueCount}` },
                { value: 'all', label: t('countPlan.all') },
              ]}
            />
          </>
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.drugId}
        empty={
          isAll
            ? { title: t('countPlan.empty'), hint: t('countPlan.emptyHint') }
            : { title: t('countPlan.nothingDue'), hint: t('countPlan.nothingDueHint') }
        }
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <StockPolicyDialog opened={isPolicyOpen} onClose={() => setIsPolicyOpen(false)} />
    </>
  );
}

function useColumns(): Column<CountPlanPage['data'][number]>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'class',
      header: t('countPlan.class'),
      cell: (row) => (
        <StatusBadge tone={TONES[row.abcClass]}>
          <Ltr>{row.abcClass}</Ltr>
        </StatusBadge>
      ),
    },
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'value',
      header: t('countPlan.used'),
      numeric: true,
      cell: (row) => <MoneyText value={row.consumptionValue} />,
    },
    { id: 'lots', header: t('stockReports.lots'), numeric: true, cell: (row) => <Ltr>{row.lots}</Ltr> },
    {
      id: 'last',
      header: t('countPlan.lastCounted'),
      cell: (row) =>
        row.lastCountedOn === null ? t('countPlan.never') : <DateText value={row.lastCountedOn} />,
    },
    {
      id: 'due',
      header: t('stock.status'),
      cell: (row) =>
        row.isDue ? (
          <StatusBadge tone="warn">{t('countPlan.due')}</StatusBadge>
        ) : (
          <StatusBadge tone="ok">{t('countPlan.notDue')}</StatusBadge>
        ),
    },
  ];
}
