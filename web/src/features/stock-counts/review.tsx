import { Button, Checkbox, Group, SegmentedControl, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLine, StockCount } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { ApproveCountDialog, CancelCountDialog } from './count-dialogs';
import { useCountCommand, useStockCount } from './count-queries';
import { CountStatusBadge, DifferenceText, useScopeText, WorthText } from './count-texts';

const route = getRouteApi('/inventory/counts/$countId');
const PAGE_SIZE = 20;

/** A count that was handed in: what differs and what it is worth, for who approves; the rest is told what was counted. */
export function Review({ count }: { count: StockCount }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const scopeText = useScopeText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isTold = count.differing !== null;
  const state = isTold && search.view !== 'all' ? 'difference' : undefined;
  const list = useStockCount(count.countId, { state, page: search.page ?? 1, limit: PAGE_SIZE });
  const [again, setAgain] = useState<ReadonlySet<number>>(new Set());
  const [dialog, setDialog] = useState<'approve' | 'cancel'>();
  const recount = useCountCommand<{ countLineIds?: number[] }>(count.countId, 'recount', () =>
    toastDone(t('counts.askedAgain')),
  );
  const canJudge = count.status === 'submitted' && can('ApproveStock');
  const columns = useColumns(isTold, canJudge ? { chosen: again, setChosen: setAgain } : undefined);
  return (
    <Page
      title={t('counts.titleOf', { no: count.countId })}
      hint={
        <Group gap="sm" component="span">
          <bdi>{scopeText(count)}</bdi>
          <CountStatusBadge status={count.status} />
        </Group>
      }
      actions={
        <Group gap="sm" justify="flex-end">
          {count.commands.includes('cancel') && (
            <Button variant="default" onClick={() => setDialog('cancel')}>
              {t('counts.cancel')}
            </Button>
          )}
          {canJudge && (
            <>
              <KeyButton
                combo="F7"
                variant="default"
                label={
                  again.size > 0
                    ? t('counts.countAgainChosen', { count: again.size })
                    : t('counts.countAgain')
                }
                loading={recount.isPending}
                onPress={() => recount.mutate(again.size > 0 ? { countLineIds: [...again] } : {})}
              />
              <KeyButton combo="F9" label={t('counts.approve')} onPress={() => setDialog('approve')} />
            </>
          )}
        </Group>
      }
    >
      {count.status === 'submitted' && !canJudge && (
        <Notice tone="info" title={t('counts.waits')}>
          <Text size="sm">{t('counts.waitsHint')}</Text>
        </Notice>
      )}
      <Facts count={count} />
      <ProblemAlert problem={recount.error} notSaved={t('counts.notAskedAgain')} />
      <Card flush label={t('counts.lots')} isBusy={list.isPlaceholderData}>
        {isTold && (
          <Group p="sm" justify="space-between">
            <SegmentedControl
              aria-label={t('counts.show')}
              value={state ?? 'all'}
              onChange={(value) =>
                void navigate({ search: { view: value === 'all' ? 'all' : undefined }, replace: true })
              }
              data={[
                { value: 'difference', label: `${t('counts.differences')} · ${count.differing ?? 0}` },
                { value: 'all', label: `${t('counts.allLots')} · ${count.lines}` },
              ]}
            />
            <Text fw={650}>
              {t('counts.worth')} <WorthText value={count.differenceValue} />
            </Text>
          </Group>
        )}
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data?.page.data.length === 0 && <EmptyView title={t('counts.allAgrees')} />}
        {list.data && list.data.page.data.length > 0 && (
          <>
            <DataTable
              label={t('counts.lots')}
              columns={columns}
              rows={list.data.page.data}
              rowKey={(row) => row.countLineId}
            />
            <Pager
              meta={list.data.page.meta}
              onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
            />
          </>
        )}
      </Card>
      <ApproveCountDialog count={count} opened={dialog === 'approve'} onClose={() => setDialog(undefined)} />
      <CancelCountDialog count={count} opened={dialog === 'cancel'} onClose={() => setDialog(undefined)} />
    </Page>
  );
}

/** Who did what with it, and when. */
function Facts({ count }: { count: StockCount }) {
  const { t } = useTranslation();
  const closed = count.status === 'cancelled' ? 'counts.cancelledBy' : 'counts.approvedBy';
  return (
    <Text size="sm" c="dimmed">
      {t('counts.startedBy')} <bdi>{count.startedBy}</bdi>, <DateTimeText value={count.startedAt} />
      {count.submittedBy !== null && (
        <>
          {' · '}
          {t('counts.submittedBy')} <bdi>{count.submittedBy}</bdi>, <DateTimeText value={count.submittedAt} />
        </>
      )}
      {count.closedBy !== null && (
        <>
          {' · '}
          {t(closed)} <bdi>{count.closedBy}</bdi>, <DateTimeText value={count.closedAt} />
        </>
      )}
      {count.closeNote !== null && (
        <>
          {' · '}
          <bdi>{count.closeNote}</bdi>
        </>
      )}
    </Text>
  );
}

interface Chosen {
  chosen: ReadonlySet<number>;
  setChosen: (next: ReadonlySet<number>) => void;
}

function useColumns(isTold: boolean, choice: Chosen | undefined): Column<CountLine>[] {
  const { t } = useTranslation();
  const told: Column<CountLine>[] = [
    {
      id: 'expected',
      header: t('counts.expected'),
      numeric: true,
      cell: (row) => (row.expected === null ? '' : <QuantityText value={row.expected} />),
    },
    {
      id: 'counted',
      header: t('counts.counted'),
      numeric: true,
      cell: (row) => (row.isLeft ? t('counts.left') : <QuantityText value={row.counted} />),
    },
    {
      id: 'difference',
      header: t('counts.difference'),
      numeric: true,
      cell: (row) => <DifferenceText value={row.difference} />,
    },
    {
      id: 'value',
      header: t('counts.value'),
      numeric: true,
      cell: (row) => <WorthText value={row.differenceValue} />,
    },
  ];
  return [
    ...(choice
      ? [
          {
            id: 'again',
            header: t('counts.again'),
            cell: (row: CountLine) => (
              <Checkbox
                aria-label={t('counts.chooseAgain', { name: row.drugName, lot: row.lotNumber })}
                disabled={row.counted === null}
                checked={choice.chosen.has(row.countLineId)}
                onChange={(event) => {
                  const next = new Set(choice.chosen);
                  if (event.currentTarget.checked) next.add(row.countLineId);
                  else next.delete(row.countLineId);
                  choice.setChosen(next);
                }}
              />
            ),
          },
        ]
      : []),
    { id: 'bin', header: t('stock.bin'), cell: (row) => <Ltr>{row.bin ?? ''}</Ltr> },
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'lot',
      header: t('stock.lot'),
      cell: (row) => (
        <span>
          <Ltr>{row.lotNumber}</Ltr>
          {row.isFound && <> · {t('counts.state.found')}</>}
        </span>
      ),
    },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    ...(isTold ? told : told.filter(({ id }) => id === 'counted')),
    { id: 'by', header: t('counts.countedBy'), cell: (row) => <bdi>{row.countedBy ?? ''}</bdi> },
  ];
}
