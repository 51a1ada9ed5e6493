import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/client';
import type { TransferHead } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { NewTransferDialog } from './new-transfer-dialog';
import { useTransfers } from './transfer-queries';
import { TransferStatusBadge, Way } from './transfer-texts';

const route = getRouteApi('/inventory/transfers');

/** What one looks for, and how the server is asked for it. */
const VIEWS = {
  all: {},
  asked: { status: 'requested' },
  toSend: { status: 'approved', direction: 'out' },
  toReceive: { status: 'in_transit', direction: 'in' },
  onTheWay: { status: 'in_transit', direction: 'out' },
  disputed: { status: 'discrepant' },
} as const satisfies Record<string, Query>;
type View = keyof typeof VIEWS;
const VIEW_IDS = Object.keys(VIEWS) as View[];

/** Stock between this branch and others: what is to be sent, is on its way, is to be taken in. */
export function TransfersScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isNewOpen, setIsNewOpen] = useState(false);
  const view = VIEW_IDS.find((one) => one === search.view) ?? 'all';
  const list = useTransfers({ ...VIEWS[view], page: search.page ?? 1, limit: 20 });
  const columns = useColumns();
  return (
    <>
      <ListScreen
        title={t('transfers.title')}
        actions={
          can('WriteInventory') && (
            <KeyButton combo="F9" label={t('transfers.new')} onPress={() => setIsNewOpen(true)} />
          )
        }
        filters={
          <NativeSelect
            label={t('transfers.show')}
            value={view}
            autoFocus
            onChange={(event) =>
              void navigate({
                search: { view: VIEW_IDS.find((one) => one === event.currentTarget.value) },
                replace: true,
              })
            }
            data={VIEW_IDS.map((value) => ({ value, label: t(`transfers.view.${value}`) }))}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.transferId}
        empty={{ title: t('transfers.empty'), hint: t('transfers.emptyHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <NewTransferDialog opened={isNewOpen} onClose={() => setIsNewOpen(false)} />
    </>
  );
}

function useColumns(): Column<TransferHead>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'way',
      header: t('transfers.way'),
      cell: (row) => (
        <Link
          to="/inventory/transfers/$transferId"
          params={{ transferId: String(row.transferId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.transferId}</Ltr> · <Way transfer={row} />
        </Link>
      ),
    },
    { id: 'status', header: t('stock.status'), cell: (row) => <TransferStatusBadge status={row.status} /> },
    {
      id: 'products',
      header: t('transfers.products'),
      numeric: true,
      cell: (row) => <Ltr>{row.products}</Ltr>,
    },
    {
      id: 'transit',
      header: t('transfers.inTransitValue'),
      numeric: true,
      cell: (row) => <MoneyText value={row.inTransitValue} />,
    },
    {
      id: 'open',
      header: t('transfers.discrepancies'),
      numeric: true,
      cell: (row) => <Ltr>{row.openDiscrepancies}</Ltr>,
    },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.createdBy}</bdi> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.createdAt} /> },
  ];
}
