import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RebalancingRow } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { QuantityIn } from '../shared/unit-text';
import { useMoveStock, useRebalancing } from './replenishment-queries';
import { ReplenishmentTabs } from './replenishment-tabs';

const route = getRouteApi('/inventory/replenishment');

/** Stock that is better off at another branch; one key makes the transfer of the chosen row. */
export function Rebalancing() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useRebalancing({ page: page ?? 1, limit: 20 });
  const [chosen, setChosen] = useState<string>();
  const move = useMoveStock(() => setChosen(undefined));
  const row = list.data?.data.find((one) => keyOf(one) === chosen) ?? list.data?.data[0];
  return (
    <ListScreen
      title={t('replenishment.title')}
      hint={t('replenishment.rebalanceHint')}
      above={
        <>
          <ReplenishmentTabs />
          <ProblemAlert problem={move.error} notSaved={t('replenishment.notMoved')} />
          {move.data && (
            <Notice tone="ok" title={t('replenishment.moved')}>
              <Link
                to="/inventory/transfers/$transferId"
                params={{ transferId: String(move.data.transferId) }}
              >
                {t('replenishment.openTransfer', { no: move.data.transferId })}
              </Link>
            </Notice>
          )}
        </>
      }
      actions={
        can('WriteInventory') && (
          <KeyButton
            combo="F9"
            label={t(row?.origin === 'request' ? 'replenishment.request' : 'replenishment.send')}
            disabled={row === undefined}
            loading={move.isPending}
            onPress={() =>
              row &&
              move.mutate({
                origin: row.origin,
                otherBranchId: row.otherBranchId,
                lines: [{ drugId: row.drugId, quantity: row.quantity }],
              })
            }
          />
        )
      }
      result={list}
      columns={useColumns(setChosen, row && keyOf(row))}
      rowKey={keyOf}
      empty={{ title: t('replenishment.noMoves'), hint: t('replenishment.noMovesHint') }}
      onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
    />
  );
}

const keyOf = (row: RebalancingRow): string =>
  `${row.drugId} ${row.origin} ${row.otherBranchId} ${row.reason}`;

function useColumns(onChoose: (key: string) => void, chosen: string | undefined): Column<RebalancingRow>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <button
          type="button"
          className={rowLinkClass}
          data-row-link
          aria-pressed={keyOf(row) === chosen}
          onFocus={() => onChoose(keyOf(row))}
          onClick={() => onChoose(keyOf(row))}
        >
          <MixedText text={i18n.language === 'ar' ? (row.drugNameAr ?? row.drugName) : row.drugName} />
        </button>
      ),
    },
    {
      id: 'way',
      header: t('replenishment.way'),
      cell: (row) => (
        <>
          {t(row.origin === 'send' ? 'replenishment.to' : 'replenishment.from')}{' '}
          <bdi>{row.otherBranchName}</bdi>
        </>
      ),
    },
    {
      id: 'why',
      header: t('replenishment.why'),
      cell: (row) => (
        <StatusBadge tone={row.reason === 'unsold' ? 'warn' : 'info'}>
          {t(`replenishment.moveReason.${row.reason}`)}
        </StatusBadge>
      ),
    },
    { id: 'packs', header: t('replenishment.packs'), numeric: true, cell: (row) => <Ltr>{row.packs}</Ltr> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'value',
      header: t('replenishment.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
    {
      id: 'usage',
      header: t('replenishment.usageFromTo'),
      numeric: true,
      cell: (row) => (
        <>
          <QuantityText value={row.usageFrom} /> / <QuantityText value={row.usageTo} />
        </>
      ),
    },
    {
      id: 'expiry',
      header: t('replenishment.firstExpiry'),
      numeric: true,
      cell: (row) =>
        row.firstExpiryDays === null
          ? t('common.none')
          : t('replenishment.days', { count: row.firstExpiryDays }),
    },
  ];
}
