import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DayBook } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { CountText, MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { useAccountName } from './account-name';
import { useDayBook } from './journal-queries';
import type { JournalNarrowing } from './narrowing';

type Row = DayBook['data'][number];

/** Debit and credit of each account by day; both sides come to the same. */
export function DayBookView({ from, to }: JournalNarrowing) {
  const { t } = useTranslation();
  const book = useDayBook({ from, to });
  const nameOf = useAccountName(book.data?.accounts ?? []);
  if (book.isPending) return <LoadingRows />;
  if (book.isError) return <ErrorView error={book.error} retry={() => void book.refetch()} />;
  if (book.data.data.length === 0)
    return <EmptyView title={t('journal.empty')} hint={t('journal.emptyHint')} />;
  const columns: Column<Row>[] = [
    { id: 'date', header: t('journal.date'), cell: (row) => <DateText value={row.postedOn} /> },
    { id: 'account', header: t('journal.account'), cell: (row) => nameOf(row.accountKey) },
    {
      id: 'entries',
      header: t('journal.entries'),
      numeric: true,
      cell: (row) => <CountText value={row.entries} />,
    },
    ...(['debit', 'credit'] as const).map((id) => ({
      id,
      header: t(`journal.${id}`),
      numeric: true,
      cell: (row: Row) => <MoneyText value={row[id]} />,
    })),
  ];
  return (
    <>
      <Group gap="xl">
        {(['debit', 'credit'] as const).map((side) => (
          <Text key={side}>
            {t(`journal.${side}`)} <MoneyText value={book.data.totals[side]} strong />
          </Text>
        ))}
      </Group>
      <Card flush isBusy={book.isPlaceholderData}>
        <DataTable
          label={t('journal.view.dayBook')}
          columns={columns}
          rows={book.data.data}
          rowKey={(row) => `${row.postedOn} ${row.accountKey}`}
        />
      </Card>
    </>
  );
}
