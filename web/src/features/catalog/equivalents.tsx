import { Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrugEquivalent } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { MoneyText } from '../../ui/money-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { DrugName } from '../shared/names';
import { StockBadge } from '../shared/stock-badge';
import { useEquivalents } from './catalog-queries';

/** Same ingredients, amounts, form family and route: in stock first, then the cheapest. */
export function Equivalents({ drugId }: { drugId: number }) {
  const { t } = useTranslation();
  const equivalents = useEquivalents(drugId);
  const columns: Column<DrugEquivalent>[] = [
    {
      id: 'name',
      header: t('drugs.name'),
      cell: (hit) => (
        <Link
          to="/drugs/$drugId"
          params={{ drugId: String(hit.drugId) }}
          className={rowLinkClass}
          data-row-link
        >
          <DrugName drug={hit} />
        </Link>
      ),
    },
    {
      id: 'company',
      header: t('drugs.facet.company'),
      cell: (hit) => (hit.company === null ? t('common.none') : <bdi>{hit.company}</bdi>),
    },
    {
      id: 'stock',
      header: t('drugs.stock'),
      cell: (hit) => <StockBadge stock={hit.stockOnHand} unit={hit.baseUnit} />,
    },
    { id: 'price', header: t('drugs.price'), numeric: true, cell: (hit) => <MoneyText value={hit.price} /> },
    {
      id: 'difference',
      header: t('drugs.difference'),
      numeric: true,
      cell: (hit) => <MoneyText value={hit.priceDifference} />,
    },
  ];
  return (
    <div onKeyDown={moveThroughRows}>
      <Group px="md" pt={12} pb={4} gap={10}>
        <Title order={2}>{t('drugs.equivalents')}</Title>
        <Text size="sm" c="dimmed">
          {t('drugs.equivalentsHint')}
        </Text>
      </Group>
      {equivalents.isPending && <LoadingRows rows={3} />}
      {equivalents.isError && (
        <ErrorView error={equivalents.error} retry={() => void equivalents.refetch()} />
      )}
      {equivalents.data?.data.length === 0 && <EmptyView title={t('drugs.noEquivalents')} />}
      {equivalents.data && equivalents.data.data.length > 0 && (
        <DataTable
          label={t('drugs.equivalents')}
          columns={columns}
          rows={equivalents.data.data}
          rowKey={(hit) => hit.drugId}
        />
      )}
    </div>
  );
}
