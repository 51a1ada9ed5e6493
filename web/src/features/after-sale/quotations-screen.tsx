import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { QuotationRow } from '../../api/after-sale-types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { useScan } from '../../ui/scan/scan';
import { StatusBadge } from '../../ui/status-badge';
import { AfterSaleTabs } from './after-sale-tabs';
import { useQuotations } from './after-sale-queries';

const route = getRouteApi('/quotations');

/** Quotations, the newest first; scanning one finds it. */
export function QuotationsScreen() {
  const { t } = useTranslation();
  const { q, page } = route.useSearch();
  const navigate = route.useNavigate();
  const find = (wanted: string | undefined) => void navigate({ search: { q: wanted }, replace: true });
  useScan(find);
  return (
    <ListScreen
      title={t('quotations.title')}
      above={<AfterSaleTabs />}
      search={{
        value: q,
        label: t('quotations.search'),
        placeholder: t('quotations.searchHint'),
        focusLabel: t('quotations.search'),
        onSearch: find,
      }}
      result={useQuotations({ number: q, page: page ?? 1, limit: 20 })}
      columns={useColumns()}
      rowKey={(row) => row.quotationId}
      empty={{ title: t('quotations.empty'), hint: t('quotations.emptyHint') }}
      onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
    />
  );
}

/** What a quotation is worth now, in a word. */
export function QuotationStatus({ status }: { status: QuotationRow['status'] }) {
  const { t } = useTranslation();
  const tone = ({ valid: 'ok', expired: 'warn', sold: 'neutral' } as const)[status];
  return <StatusBadge tone={tone}>{t(`quotations.status.${status}`)}</StatusBadge>;
}

function useColumns(): Column<QuotationRow>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'number',
      header: t('quotations.number'),
      cell: (row) => (
        <Link
          to="/quotations/$quotationId"
          params={{ quotationId: String(row.quotationId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.quotationNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'for', header: t('quotations.for'), cell: (row) => <bdi>{row.customerName}</bdi> },
    { id: 'when', header: t('sales.when'), cell: (row) => <DateTimeText value={row.quotedAt} /> },
    { id: 'by', header: t('sales.cashier'), cell: (row) => <bdi>{row.quotedBy}</bdi> },
    { id: 'until', header: t('quotations.until'), cell: (row) => <DateText value={row.validUntil} /> },
    { id: 'state', header: t('quotations.state'), cell: (row) => <QuotationStatus status={row.status} /> },
    {
      id: 'total',
      header: t('till.total'),
      numeric: true,
      cell: (row) => <MoneyText value={row.total} strong />,
    },
  ];
}
