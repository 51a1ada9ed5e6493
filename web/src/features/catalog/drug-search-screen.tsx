import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugHit, FacetName } from '../../api/types';
import { announce } from '../../ui/announcer';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { DrugName, IngredientsText } from '../shared/names';
import { StockBadge } from '../shared/stock-badge';
import { useDrugSearch } from './catalog-queries';
import classes from './catalog.module.css';
import { Facets } from './facets';
import { MatchBadge } from './match-badge';

const route = getRouteApi('/drugs');
const PAGE_SIZE = 20;
const SETTLE_MS = 150;

/** Drug search: as one types, with facets; arrows go through the hits, Enter opens one. */
export function DrugSearchScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? '');
  const [settled] = useDebouncedValue(text.trim(), SETTLE_MS);
  const result = useDrugSearch({ ...search, page: search.page ?? 1, limit: PAGE_SIZE });
  const total = result.data?.meta.total;

  useEffect(() => {
    void navigate({
      search: (previous) => {
        const q = settled === '' ? undefined : settled;
        return previous.q === q ? previous : { ...previous, q, page: undefined };
      },
      replace: true,
    });
  }, [settled, navigate]);

  useEffect(() => {
    if (total !== undefined && !result.isPlaceholderData) announce(t('drugs.found', { count: total }));
  }, [total, result.isPlaceholderData, t]);

  useKeys([
    { combo: '/', label: t('drugs.focusSearch'), run: () => field.current?.select() },
    { combo: 'F3', label: t('drugs.focusSearch'), run: () => field.current?.select() },
  ]);

  function choose(name: FacetName, value: string | boolean | undefined): void {
    void navigate({ search: (previous) => ({ ...previous, [name]: value, page: undefined }) });
  }

  const meta = result.data?.meta;
  return (
    <Page title={t('drugs.title')} hint={meta && t('drugs.found', { count: meta.total })}>
      <div onKeyDown={moveThroughRows}>
        <Stack gap={12}>
          <TextInput
            ref={field}
            data-row-search
            aria-label={t('drugs.searchLabel')}
            placeholder={t('drugs.searchPlaceholder')}
            size="md"
            autoFocus
            type="search"
            leftSection={<IconSearch size={18} />}
            rightSection={<Keys combo="/" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={classes['layout']}>
            <Facets facets={result.data?.facets ?? {}} choice={search} onChoose={choose} />
            <Card flush>
              <Results
                result={result}
                query={search.q}
                onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
              />
            </Card>
          </div>
        </Stack>
      </div>
    </Page>
  );
}

interface ResultsProps {
  result: ReturnType<typeof useDrugSearch>;
  query: string | undefined;
  onPage: (page: number) => void;
}

function Results({ result, query, onPage }: ResultsProps) {
  const { t } = useTranslation();
  const columns = useColumns(query !== undefined);
  if (result.isPending) return <LoadingRows />;
  if (result.isError) return <ErrorView error={result.error} retry={() => void result.refetch()} />;
  if (result.data.data.length === 0) {
    return (
      <EmptyView
        title={query === undefined ? t('drugs.emptyCatalog') : t('drugs.noHit', { query })}
        hint={query === undefined ? t('drugs.emptyCatalogHint') : t('drugs.noHitHint')}
      />
    );
  }
  return (
    <>
      <DataTable
        label={t('drugs.results')}
        columns={columns}
        rows={result.data.data}
        rowKey={(hit) => hit.drugId}
      />
      <Pager meta={result.data.meta} onPage={onPage} />
    </>
  );
}

function useColumns(withMatch: boolean): Column<DrugHit>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'name',
      header: t('drugs.name'),
      cell: (hit) => (
        <Stack gap={2}>
          <Link
            to="/drugs/$drugId"
            params={{ drugId: String(hit.drugId) }}
            className={rowLinkClass}
            data-row-link
          >
            <DrugName drug={hit} />
          </Link>
          <Group gap={10}>
            <Text size="sm" c="dimmed">
              <IngredientsText ingredients={hit.ingredients} />
            </Text>
            {hit.rxOnly && <StatusBadge tone="info">{t('drugs.rxOnly')}</StatusBadge>}
          </Group>
        </Stack>
      ),
    },
    {
      id: 'form',
      header: t('drugs.facet.dosageForm'),
      cell: (hit) => (hit.dosageForm === null ? t('common.none') : <bdi>{hit.dosageForm}</bdi>),
    },
    {
      id: 'company',
      header: t('drugs.facet.company'),
      cell: (hit) => (hit.company === null ? t('common.none') : <bdi>{hit.company}</bdi>),
    },
    ...(withMatch
      ? [
          {
            id: 'match',
            header: t('drugs.match'),
            cell: (hit: DrugHit) => <MatchBadge kind={hit.match.kind} />,
          },
        ]
      : []),
    {
      id: 'stock',
      header: t('drugs.stock'),
      cell: (hit) => <StockBadge stock={hit.stockOnHand} unit={hit.baseUnit} />,
    },
    { id: 'price', header: t('drugs.price'), numeric: true, cell: (hit) => <MoneyText value={hit.price} /> },
  ];
}
