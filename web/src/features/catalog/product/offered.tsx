import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugEquivalent } from '../../../api/types';
import { useSession } from '../../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../../ui/data-table';
import { Ltr } from '../../../ui/ltr';
import { roundedText } from '../../../ui/money.domain';
import { SignedMoneyText } from '../../../ui/money-text';
import { moveThroughRows } from '../../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { useCurrency } from '../../shared/currency';
import { DrugName } from '../../shared/names';
import { PriceText } from '../../shared/price-text';
import { StockBadge } from '../../shared/stock-badge';
import { QuantityIn } from '../../shared/unit-text';

/** What every product offered instead of another has. */
type Offered = Pick<
  DrugEquivalent,
  | 'drugId'
  | 'name'
  | 'company'
  | 'price'
  | 'baseUnit'
  | 'unitsPerPack'
  | 'stockOnHand'
  | 'unitPrice'
  | 'unitPriceDifference'
>;

function useCoinDecimals(): number {
  return useSession().branch?.currencyDecimals ?? 2;
}

/** Columns of products that could be given instead: what, whose, on the shelf, for how much. */
export function useOfferedColumns<Row extends Offered>(under?: (row: Row) => ReactNode): Column<Row>[] {
  const { t } = useTranslation();
  const currency = useCurrency();
  const decimals = useCoinDecimals();
  return [
    {
      id: 'name',
      header: t('drugs.name'),
      cell: (row) => (
        <>
          <Link
            to="/drugs/$drugId"
            params={{ drugId: String(row.drugId) }}
            className={rowLinkClass}
            data-row-link
          >
            <DrugName drug={row} />
          </Link>
          {under && (
            <Text size="xs" c="dimmed">
              {under(row)}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'company',
      header: t('drugs.facet.company'),
      cell: (row) => (row.company === null ? t('common.none') : <bdi>{row.company}</bdi>),
    },
    {
      id: 'stock',
      header: t('drugs.stock'),
      cell: (row) => <StockBadge stock={row.stockOnHand} unit={row.baseUnit} />,
    },
    {
      id: 'pack',
      header: t('drugs.pack'),
      cell: (row) => <QuantityIn value={row.unitsPerPack} unit={row.baseUnit} />,
    },
    {
      id: 'price',
      header: t('drugs.priceIn', { currency }),
      numeric: true,
      cell: (row) => <PriceText value={row.price} />,
    },
    {
      id: 'unitPrice',
      header: t('drugs.unitPrice'),
      numeric: true,
      cell: (row) =>
        row.unitPrice === null ? t('common.none') : <Ltr>{roundedText(row.unitPrice, decimals)}</Ltr>,
    },
  ];
}

interface OfferedListProps<Row> {
  label: string;
  /** How the list was made, in words. */
  hint: ReactNode;
  result: {
    data: { data: Row[] } | undefined;
    isError: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  columns: readonly Column<Row>[];
  empty: { title: string; hint?: string };
}

/** A list of products that could be given instead, walked with the arrows. */
export function OfferedList<Row extends Offered>({
  label,
  hint,
  result,
  columns,
  empty,
}: OfferedListProps<Row>) {
  if (result.isError) return <ErrorView error={result.error} retry={() => void result.refetch()} />;
  if (!result.data) return <LoadingRows rows={3} />;
  if (result.data.data.length === 0) return <EmptyView {...empty} />;
  return (
    <div onKeyDown={moveThroughRows}>
      <Text size="sm" c="dimmed" px="md" pt={10}>
        {hint}
      </Text>
      <DataTable label={label} columns={columns} rows={result.data.data} rowKey={(row) => row.drugId} />
    </div>
  );
}

/** "+2.75" or "−1.20"; a dash where a price is unknown. */
export function useDifferenceColumn<Row extends Offered & { priceDifference: string | null }>(): Column<Row> {
  const { t } = useTranslation();
  const decimals = useCoinDecimals();
  return {
    id: 'difference',
    header: t('drugs.difference'),
    numeric: true,
    cell: (row) => (
      <SignedMoneyText
        value={row.priceDifference === null ? null : roundedText(row.priceDifference, decimals)}
      />
    ),
  };
}
