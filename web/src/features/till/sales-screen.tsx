import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SaleRow } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { useScan } from '../../ui/scan/scan';
import { StatusBadge } from '../../ui/status-badge';
import { AfterSaleTabs } from '../after-sale/after-sale-tabs';
import { useSales } from './sale-queries';

const route = getRouteApi('/sales');
const PAGE_SIZE = 20;

/** Past sales by number; scanning a receipt finds its sale. */
export function SalesScreen() {
  const { t } = useTranslation();
  const { q, page } = route.useSearch();
  const navigate = route.useNavigate();
  const find = (wanted: string | undefined) => void navigate({ search: { q: wanted }, replace: true });
  useScan(find);
  return (
    <ListScreen
      title={t('sales.title')}
      above={<AfterSaleTabs />}
      search={{
        value: q,
        label: t('sales.searchLabel'),
        placeholder: t('sales.searchPlaceholder'),
        focusLabel: t('sales.focusSearch'),
        onSearch: find,
      }}
      result={useSales({ saleNumber: q, page: page ?? 1, limit: PAGE_SIZE })}
      columns={useColumns()}
      rowKey={(sale) => sale.saleId}
      empty={{ title: t('sales.empty'), hint: t('sales.emptyHint') }}
      onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
    />
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
