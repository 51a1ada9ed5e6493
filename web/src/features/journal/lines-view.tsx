import { Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalPage } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { useAccountName } from './account-name';
import { useAccounts, useJournalLines } from './journal-queries';
import type { JournalNarrowing } from './narrowing';

type Line = JournalPage['data'][number];
const PAGE_SIZE = 50;
const KINDS = [
  'sale',
  'return',
  'void',
  'shift_open',
  'shift_close',
  'cash_pay_in',
  'cash_pay_out',
  'cash_drop',
  'supplier_invoice',
  'supplier_credit_note',
  'supplier_payment',
  'claim_payment',
] as const;

/** Lines of the journal, entry by entry, the oldest first. */
export function LinesView({ from, to, account, page, narrow }: JournalNarrowing) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const list = accounts.data?.data ?? [];
  const nameOf = useAccountName(list);
  const lines = useJournalLines({ from, to, account, page: page ?? 1, limit: PAGE_SIZE });
  const kindOf = (document: string): string => {
    const kind = KINDS.find((one) => one === document);
    return kind === undefined ? t('journal.kinds.stock') : t(`journal.kinds.${kind}`);
  };
  const columns: Column<Line>[] = [
    { id: 'date', header: t('journal.date'), cell: (row) => <DateText value={row.postedOn} /> },
    { id: 'document', header: t('journal.document'), cell: (row) => kindOf(row.document) },
    { id: 'number', header: t('journal.entry'), cell: (row) => <Ltr>{row.entryId}</Ltr> },
    { id: 'account', header: t('journal.account'), cell: (row) => nameOf(row.accountKey) },
    {
      id: 'debit',
      header: t('journal.debit'),
      numeric: true,
      cell: (row) => (row.amount.startsWith('-') ? null : <MoneyText value={row.amount} />),
    },
    {
      id: 'credit',
      header: t('journal.credit'),
      numeric: true,
      cell: (row) => (row.amount.startsWith('-') ? <MoneyText value={row.amount.slice(1)} /> : null),
    },
    {
      id: 'memo',
      header: t('journal.memo'),
      cell: (row) => row.memo !== null && <MixedText text={row.memo} />,
    },
  ];
  return (
    <>
      <Group>
        <NativeSelect
          label={t('journal.account')}
          value={account ?? ''}
          onChange={(event) => narrow({ account: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('journal.allAccounts') },
            ...list.map(({ accountKey, code }) => ({
              value: accountKey,
              label: `${code} ${nameOf(accountKey)}`,
            })),
          ]}
        />
      </Group>
      <Card flush isBusy={lines.isPlaceholderData}>
        {lines.isPending && <LoadingRows />}
        {lines.isError && <ErrorView error={lines.error} retry={() => void lines.refetch()} />}
        {lines.data?.data.length === 0 && (
          <EmptyView title={t('journal.empty')} hint={t('journal.emptyHint')} />
        )}
        {lines.data && lines.data.data.length > 0 && (
          <>
            <DataTable
              label={t('journal.view.lines')}
              columns={columns}
              rows={lines.data.data}
              rowKey={(row) => `${row.entryId} ${row.lineNo}`}
            />
            <Pager meta={lines.data.meta} onPage={(next) => narrow({ page: next })} />
          </>
        )}
      </Card>
    </>
  );
}
