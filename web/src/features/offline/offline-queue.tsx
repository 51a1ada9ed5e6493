import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useServerGone } from '../../api/reach';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import type { OfflineSale } from './offline-sale.domain';
import { sendNow, useOffline } from './offline-store';
import { RefusalText } from './offline-texts';
import { countsOf, type QueueStatus } from './queue.domain';
import { usePrintOffline } from './use-print-offline';

const TONES: Record<QueueStatus, Tone> = {
  waiting: 'info',
  sending: 'info',
  held: 'stop',
  posted: 'ok',
  conflict: 'warn',
  rejected: 'neutral',
};

/** The newest that are shown; older ones are in the list of sales. */
const MOST_SHOWN = 50;

/** Sales this till made without the server: what waits, what became of the others, copies of their receipts. */
export function OfflineQueue({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { sales, isSending } = useOffline();
  const isGone = useServerGone();
  const { unsent } = countsOf(sales);
  const columns = useColumns();
  const shown = sales.slice(-MOST_SHOWN).reverse();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('offline.queueTitle')} size="xl" closeOnClickOutside>
      <Stack gap="sm">
        <Text size="sm">{t('offline.waiting', { count: unsent })}</Text>
        {shown.length === 0 ? (
          <EmptyView title={t('offline.noSales')} hint={t('offline.noSalesHint')} />
        ) : (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('offline.queueTitle')}
              columns={columns}
              rows={shown}
              rowKey={(sale) => sale.id}
            />
          </div>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
          <KeyButton
            combo="F4"
            label={t('offline.sendNow')}
            disabled={unsent === 0 || isGone}
            loading={isSending}
            onPress={() => void sendNow()}
          />
        </Group>
      </Stack>
    </Dialog>
  );
}

function useColumns(): Column<OfflineSale>[] {
  const { t } = useTranslation();
  const print = usePrintOffline();
  return [
    { id: 'number', header: t('sales.number'), cell: (sale) => <Ltr>{sale.number}</Ltr> },
    { id: 'when', header: t('sales.when'), cell: (sale) => <DateTimeText value={sale.soldAt} /> },
    { id: 'seller', header: t('sales.cashier'), cell: (sale) => <bdi>{sale.sellerName}</bdi> },
    { id: 'total', header: t('till.total'), numeric: true, cell: (sale) => <MoneyText value={sale.total} /> },
    {
      id: 'status',
      header: t('offline.statusHeader'),
      cell: (sale) => (
        <>
          <StatusBadge tone={TONES[sale.status]}>{t(`offline.status.${sale.status}`)}</StatusBadge>{' '}
          {sale.problem !== null && sale.problem !== 'unreachable' && <RefusalText code={sale.problem} />}
        </>
      ),
    },
    {
      id: 'copy',
      header: t('pay.receipt'),
      cell: (sale) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('offline.copyOf', { number: sale.number })}
          onClick={() => print(sale, true)}
        >
          {t('offline.copy')}
        </Button>
      ),
    },
  ];
}
