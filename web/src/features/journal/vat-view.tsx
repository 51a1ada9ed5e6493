import { Group, NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VatReport } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { CountText, MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { useVat } from './journal-queries';
import type { JournalNarrowing } from './narrowing';

type Row = VatReport['data'][number];

/** "0.1400" as "14%". */
function percent(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  return `${Number.parseInt(whole + fraction.padEnd(4, '0').slice(0, 4), 10) / 100}%`;
}

/** Tax on sales by rate, and what suppliers charged, by day or month. */
export function VatView({ from, to, by, narrow }: JournalNarrowing) {
  const { t } = useTranslation();
  const vat = useVat({ from, to, by: by ?? 'month' });
  const columns: Column<Row>[] = [
    { id: 'period', header: t('journal.period'), cell: (row) => <DateText value={row.period} /> },
    { id: 'side', header: t('journal.sideTitle'), cell: (row) => t(`journal.side.${row.side}`) },
    {
      id: 'rate',
      header: t('journal.rate'),
      numeric: true,
      cell: (row) => (row.rate === null ? t('common.none') : <Ltr>{percent(row.rate)}</Ltr>),
    },
    {
      id: 'documents',
      header: t('journal.documents'),
      numeric: true,
      cell: (row) => <CountText value={row.documents} />,
    },
    ...(['net', 'tax'] as const).map((id) => ({
      id,
      header: t(`journal.${id}`),
      numeric: true,
      cell: (row: Row) => <MoneyText value={row[id]} />,
    })),
  ];
  return (
    <>
      <Group align="flex-end" gap="xl">
        <NativeSelect
          label={t('journal.by')}
          value={by ?? 'month'}
          onChange={(event) => narrow({ by: event.currentTarget.value })}
          data={[
            { value: 'month', label: t('journal.byMonth') },
            { value: 'day', label: t('journal.byDay') },
          ]}
        />
        {vat.data &&
          (['output', 'input', 'due'] as const).map((sum) => (
            <Text key={sum}>
              {t(`journal.${sum}`)} <MoneyText value={vat.data.totals[sum]} strong />
            </Text>
          ))}
      </Group>
      <Card flush isBusy={vat.isPlaceholderData}>
        {vat.isPending && <LoadingRows />}
        {vat.isError && <ErrorView error={vat.error} retry={() => void vat.refetch()} />}
        {vat.data?.data.length === 0 && (
          <EmptyView title={t('journal.empty')} hint={t('journal.emptyHint')} />
        )}
        {vat.data && vat.data.data.length > 0 && (
          <DataTable
            label={t('journal.view.vat')}
            columns={columns}
            rows={vat.data.data}
            rowKey={(row) => `${row.period} ${row.side} ${row.rate ?? ''}`}
          />
        )}
      </Card>
    </>
  );
}
