import { Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugHit } from '../../../api/types';
import { useSession } from '../../../session/session';
import { announce } from '../../../ui/announcer';
import { type Column, DataTable, rowLinkClass } from '../../../ui/data-table';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { SearchField } from '../../../ui/list-screen';
import { Card, Page } from '../../../ui/page';
import { Pager } from '../../../ui/pager';
import { moveThroughRows } from '../../../ui/row-keys';
import { ErrorView, LoadingRows } from '../../../ui/states';
import { StatusBadge } from '../../../ui/status-badge';
import { useCurrency } from '../../shared/currency';
import { LocalName } from '../../shared/form-names';
import { Highlighted } from '../../shared/highlighted';
import { MatchReason } from '../../shared/match-reason';
import { IngredientsText } from '../../shared/names';
import { PriceText, UnitPriceText } from '../../shared/price-text';
import { StockBadge } from '../../shared/stock-badge';
import { useDrugSearch } from '../catalog-queries';
import classes from '../catalog.module.css';
import { ChosenFilters } from './chosen-filters';
import { DidYouMean } from './did-you-mean';
import { ExportButton } from './export-button';
import { Facets } from './facets';
import type { DrugFilters } from './filters.domain';
import { NoHit } from './no-hit';

const route = getRouteApi('/drugs');
const PAGE_SIZE = 20;

/** Drug search: as one types, with facets; arrows go through the hits, Enter opens one. The address keeps the search. */
export function DrugSearchScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, page, ...filters } = search;
  const result = useDrugSearch({ ...search, page: page ?? 1, limit: PAGE_SIZE });
  const meta = result.data?.meta;
  const total = meta?.total;

  useEffect(() => {
    if (total !== undefined && !result.isPlaceholderData) announce(t('drugs.found', { count: total }));
  }, [total, result.isPlaceholderData, t]);

  const ask = (wanted: string | undefined, replace = false) =>
    void navigate({ search: (previous) => ({ ...previous, q: wanted, page: undefined }), replace });
  const narrow = (change: DrugFilters) =>
    void navigate({ search: (previous) => ({ ...previous, ...change, page: undefined }) });

  return (
    <Page
      title={t('drugs.title')}
      hint={
        meta &&
        (q === undefined
          ? t('drugs.found', { count: meta.total })
          : t('drugs.foundBest', { found: t('drugs.found', { count: meta.total }) }))
      }
      actions={
        <Group gap="xs">
          <ExportButton query={q} filters={filters} />
          {can('ManageDrugCatalog') && (
            <KeyButton
              combo="F9"
              label={t('drugs.newTitle')}
              variant="default"
              onPress={() => void navigate({ to: '/drugs/new' })}
            />
          )}
        </Group>
      }
    >
      <div onKeyDown={moveThroughRows}>
        <Stack gap={12}>
          <SearchField
            value={q}
            label={t('drugs.searchLabel')}
            placeholder={t('drugs.searchPlaceholder')}
            focusLabel={t('drugs.focusSearch')}
            combo="F3"
            onSearch={(wanted) => ask(wanted, true)}
          />
          <div className={classes['layout']}>
            <Facets facets={result.data?.facets ?? {}} filters={filters} onChange={narrow} />
            <Stack gap={8} miw={0}>
              <ChosenFilters filters={filters} onChange={narrow} />
              {meta?.didYouMean !== undefined && <DidYouMean suggestion={meta.didYouMean} onTake={ask} />}
              {q !== undefined && result.data?.data[0]?.match.kind === 'partial' && (
                <StatusBadge tone="warn">{t('drugs.someWordsOnly')}</StatusBadge>
              )}
              <Card flush isBusy={result.isPlaceholderData}>
                {result.isError ? (
                  <ErrorView error={result.error} retry={() => void result.refetch()} />
                ) : result.isPending ? (
                  <LoadingRows />
                ) : result.data.data.length === 0 ? (
                  <NoHit query={q} filters={filters} onQuery={ask} onFilters={narrow} />
                ) : (
                  <Results
                    answer={result.data}
                    onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
                  />
                )}
              </Card>
            </Stack>
          </div>
        </Stack>
      </div>
    </Page>
  );
}

interface ResultsProps {
  answer: NonNullable<ReturnType<typeof useDrugSearch>['data']>;
  onPage: (page: number) => void;
}

function Results({ answer, onPage }: ResultsProps) {
  const { t } = useTranslation();
  const columns = useColumns();
  return (
    <>
      <DataTable
        label={t('drugs.results')}
        columns={columns}
        rows={answer.data}
        rowKey={(hit) => hit.drugId}
      />
      <Pager meta={answer.meta} onPage={onPage} />
    </>
  );
}

function useColumns(): Column<DrugHit>[] {
  const { t } = useTranslation();
  const currency = useCurrency();
  return [
    { id: 'name', header: t('drugs.name'), cell: (hit) => <HitName hit={hit} /> },
    {
      id: 'state',
      header: t('drugs.notes'),
      cell: (hit) => (
        <Stack gap={2} align="flex-start">
          <MatchReason match={hit.match} />
          {hit.rxOnly && <StatusBadge tone="info">{t('drugs.rxOnly')}</StatusBadge>}
          {hit.status !== 'active' && <StatusBadge tone="stop">{t(`drugStatus.${hit.status}`)}</StatusBadge>}
        </Stack>
      ),
    },
    {
      id: 'stock',
      header: t('drugs.stock'),
      cell: (hit) => <StockBadge stock={hit.stockOnHand} unit={hit.baseUnit} />,
    },
    {
      id: 'price',
      header: t('drugs.priceIn', { currency }),
      numeric: true,
      cell: (hit) => (
        <>
          <PriceText value={hit.price} />
          <UnitPriceText drug={hit} />
        </>
      ),
    },
  ];
}

function HitName({ hit }: { hit: DrugHit }) {
  const { highlights } = hit.match;
  return (
    <Stack gap={2}>
      <Link
        to="/drugs/$drugId"
        params={{ drugId: String(hit.drugId) }}
        className={rowLinkClass}
        data-row-link
      >
        <Highlighted text={hit.name} highlights={highlights} field="name" />
        {hit.nameAr !== null && highlights.some((one) => one.field === 'nameAr') && (
          <>
            {' · '}
            <Highlighted text={hit.nameAr} highlights={highlights} field="nameAr" />
          </>
        )}
      </Link>
      <Text size="xs" c="dimmed">
        <IngredientsText ingredients={hit.ingredients} />
        {hit.dosageForm !== null && (
          <>
            {' · '}
            <LocalName list="dosageForm" name={hit.dosageForm} />
          </>
        )}
        {hit.company !== null && (
          <>
            {' · '}
            <bdi>{hit.company}</bdi>
          </>
        )}
      </Text>
    </Stack>
  );
}
