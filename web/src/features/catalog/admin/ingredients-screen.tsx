import { NativeSelect, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ingredient, IngredientPage } from '../../../api/types';
import { useSession } from '../../../session/session';
import { type Column, rowLinkClass } from '../../../ui/data-table';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { ListScreen } from '../../../ui/list-screen';
import { Ltr } from '../../../ui/ltr';
import { StatusBadge } from '../../../ui/status-badge';
import { CatalogTabs } from './catalog-tabs';
import { IngredientDialog } from './ingredient-dialog';
import { useIngredients } from './ingredient-queries';

const route = getRouteApi('/catalog/ingredients');
const PAGE_SIZE = 20;
const SHOWN_SYNONYMS = 4;

type Row = IngredientPage['data'][number];

/** Active ingredients with their other names, groups and codes; unverified ones were made by imports. */
export function IngredientsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { q, page, verified } = route.useSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<{ ingredient: Ingredient | undefined }>();
  const mayWrite = can('ManageDrugCatalog');
  const result = useIngredients({
    q,
    verified,
    sort: q === undefined ? '-products' : 'name',
    page: page ?? 1,
    limit: PAGE_SIZE,
  });
  return (
    <>
      <ListScreen
        title={t('catalog.ingredients')}
        above={mayWrite && <CatalogTabs />}
        actions={
          mayWrite && (
            <KeyButton
              combo="F9"
              label={t('catalog.newIngredient')}
              onPress={() => setDialog({ ingredient: undefined })}
            />
          )
        }
        search={{
          value: q,
          label: t('catalog.searchIngredients'),
          placeholder: t('catalog.searchIngredients'),
          focusLabel: t('catalog.focusSearch'),
          onSearch: (wanted) => void navigate({ search: { q: wanted, verified }, replace: true }),
        }}
        filters={
          <NativeSelect
            aria-label={t('catalog.verifiedFilter')}
            size="md"
            value={verified === undefined ? '' : String(verified)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              void navigate({ search: { q, verified: value === '' ? undefined : value === 'true' } });
            }}
            data={[
              { value: '', label: t('catalog.allIngredients') },
              { value: 'true', label: t('catalog.verified') },
              { value: 'false', label: t('catalog.unverified') },
            ]}
          />
        }
        result={result}
        columns={useColumns((ingredient) => setDialog({ ingredient }))}
        rowKey={(row) => row.id}
        empty={{ title: t('catalog.emptyList'), hint: t('catalog.emptyListHint') }}
        onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
      />
      <IngredientDialog
        opened={dialog !== undefined}
        ingredient={dialog?.ingredient}
        onClose={() => setDialog(undefined)}
      />
    </>
  );
}

function useColumns(open: (ingredient: Ingredient) => void): Column<Row>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'name',
      header: t('catalog.field.name'),
      cell: (row) => (
        <>
          <button type="button" className={rowLinkClass} data-row-link onClick={() => open(row)}>
            <bdi>{row.name}</bdi>
          </button>
          {row.nameAr !== null && (
            <Text size="xs" c="dimmed">
              <bdi>{row.nameAr}</bdi>
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'synonyms',
      header: t('catalog.synonyms'),
      cell: (row) => {
        if (row.synonyms.length === 0) return t('common.none');
        const shown = row.synonyms.slice(0, SHOWN_SYNONYMS).map((one) => one.synonym);
        const more = row.synonyms.length - shown.length;
        return (
          <Text size="sm">
            {shown.map((synonym, at) => (
              <span key={synonym}>
                {at > 0 && ', '}
                <bdi>{synonym}</bdi>
              </span>
            ))}
            {more > 0 && (
              <>
                {' '}
                <Ltr>+{more}</Ltr>
              </>
            )}
          </Text>
        );
      },
    },
    {
      id: 'groups',
      header: t('catalog.groups'),
      cell: (row) =>
        row.groupCodes.length === 0 ? t('common.none') : <Ltr>{row.groupCodes.join(', ')}</Ltr>,
    },
    {
      id: 'atc',
      header: t('catalog.field.atcCode'),
      cell: (row) => (row.atcCode === null ? t('common.none') : <Ltr>{row.atcCode}</Ltr>),
    },
    {
      id: 'state',
      header: t('catalog.status'),
      cell: (row) => <IngredientState row={row} />,
    },
    {
      id: 'products',
      header: t('catalog.products'),
      numeric: true,
      cell: (row) => <Ltr>{row.products}</Ltr>,
    },
  ];
}

function IngredientState({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (row.kind !== 'substance') {
    return (
      <StatusBadge tone="neutral">
        {t(`catalog.ingredientKind.${row.kind}`)}
        {row.baseName !== null && <bdi>{row.baseName}</bdi>}
      </StatusBadge>
    );
  }
  if (!row.verified) return <StatusBadge tone="warn">{t('catalog.unverified')}</StatusBadge>;
  return <StatusBadge tone="ok">{t('catalog.verified')}</StatusBadge>;
}
