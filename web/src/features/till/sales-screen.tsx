import { Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleRow } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { useScan } from '../../ui/scan/scan';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useSales } from './till-queries';

const route = getRouteApi('/sales');
const PAGE_SIZE = 20;

/** Past sales by number; scanning a receipt finds its sale. */
export function SalesScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? '');
  const [settled] = useDebouncedValue(text.trim(), 150);
  const sales = useSales({ saleNumber: search.q, page: search.page ?? 1, limit: PAGE_SIZE });
  const columns = useColumns();

  useEffect(() => {
    void navigate({
      search: (previous) => {
        const q = settled === '' ? undefined : settled;
        return previous.q === q ? previous : { q, page: undefined };
      },
      replace: true,
    });
  }, [settled, navigate]);

  useScan(setText);
  useKeys([{ combo: '/', label: t('sales.focusSearch'), run: () => field.current?.select() }]);

  return (
    <Page title={t('sales.title')}>
      <div onKeyDown={moveThroughRows}>
        <Stack gap={12}>
          <TextInput
            ref={field}
            data-row-search
            aria-label={t('sales.searchLabel')}
            placeholder={t('sales.searchPlaceholder')}
            type="search"
            autoFocus
            leftSection={<IconSearch size={18} />}
            rightSection={<Keys combo="/" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Card flush>
            {sales.isPending && <LoadingRows />}
            {sales.isError && <ErrorView error={sales.error} retry={() => void sales.refetch()} />}
            {sales.data?.data.length === 0 && (
              <EmptyView title={t('sales.empty')} hint={t('sales.emptyHint')} />
            )}
            {sales.data && sales.data.data.length > 0 && (
              <>
                <DataTable
                  label={t('sales.title')}
                  columns={columns}
                  rows={sales.data.data}
                  rowKey={(sale) => sale.saleId}
                />
                <Pager
                  meta={sales.data.meta}
                  onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
                />
              </>
            )}
          </Card>
        </Stack>
      </div>
    </Page>
  );
}

function useColumns(): Column<SaleRow>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'number',
      header: t('sales.number'),
      cell: (sale) => (
        <Link
          to="/sales/$saleId"
          params={{ saleId: String(sale.saleId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{sale.saleNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'when', header: t('sales.when'), cell: (sale) => <DateTimeText value={sale.saleDate} /> },
    {
      id: 'type',
      header: t('sales.type'),
      cell: (sale) => (
        <StatusBadge tone={sale.saleType === 'sale' ? 'ok' : 'warn'}>
          {t(`saleType.${sale.saleType}`)}
        </StatusBadge>
      ),
    },
    { id: 'cashier', header: t('sales.cashier'), cell: (sale) => <bdi>{sale.cashierName}</bdi> },
    { id: 'lines', header: t('till.lines'), numeric: true, cell: (sale) => <Ltr>{sale.itemCount}</Ltr> },
    { id: 'total', header: t('till.total'), numeric: true, cell: (sale) => <MoneyText value={sale.total} /> },
  ];
}
