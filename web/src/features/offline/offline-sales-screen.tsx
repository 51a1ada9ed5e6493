import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineSaleRow } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { StatusFilter } from '../shared/status-filter';
import { OfflineQueue } from './offline-queue';
import { useOfflineSales } from './offline-queries';
import { OfflineStatus, RefusalText } from './offline-texts';

const route = getRouteApi('/sales/offline');
const STATUSES = ['conflict', 'posted', 'rejected'] as const;

/** Sales that tills made without the server; those that could not be posted wait here for a decision. */
export function OfflineSalesScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const status =
    search.status === 'all' ? undefined : (STATUSES.find((one) => one === search.status) ?? 'conflict');
  const [isQueueOpen, setIsQueueOpen] = useState(false);
  return (
    <>
      <ListScreen
        title={t('offline.listTitle')}
        actions={
          <KeyButton
            combo="F6"
            label={t('offline.queueTitle')}
            variant="default"
            onPress={() => setIsQueueOpen(true)}
          />
        }
        hint={t('offline.listHint')}
        filters={
          <StatusFilter
            value={status}
            options={STATUSES.map((value) => ({ value, label: t(`offline.status.${value}`) }))}
            onChange={(wanted) => void navigate({ search: { status: wanted ?? 'all' }, replace: true })}
          />
        }
        result={useOfflineSales({ status, page: search.page ?? 1, limit: 20 })}
        columns={useColumns()}
        rowKey={(sale) => sale.offlineSaleId}
        empty={{ title: t('offline.nothingToDecide'), hint: t('offline.nothingToDecideHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <OfflineQueue opened={isQueueOpen} onClose={() => setIsQueueOpen(false)} />
    </>
  );
}

function useColumns(): Column<OfflineSaleRow>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'number',
      header: t('sales.number'),
      cell: (sale) => (
        <Link
          to="/sales/offline/$offlineSaleId"
          params={{ offlineSaleId: String(sale.offlineSaleId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{sale.receiptNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'when', header: t('offline.soldAt'), cell: (sale) => <DateTimeText value={sale.soldAt} /> },
    { id: 'seller', header: t('sales.cashier'), cell: (sale) => <bdi>{sale.sellerName}</bdi> },
    { id: 'total', header: t('till.total'), numeric: true, cell: (sale) => <MoneyText value={sale.total} /> },
    {
      id: 'status',
      header: t('offline.statusHeader'),
      cell: (sale) => <OfflineStatus status={sale.status} />,
    },
    {
      id: 'why',
      header: t('offline.why'),
      cell: (sale) => sale.conflictCode !== null && <RefusalText code={sale.conflictCode} />,
    },
  ];
}
