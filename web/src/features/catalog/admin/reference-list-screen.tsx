import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../../app/not-found';
import { useSession } from '../../../session/session';
import { type Column, rowLinkClass } from '../../../ui/data-table';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { ListScreen } from '../../../ui/list-screen';
import { Ltr } from '../../../ui/ltr';
import { localName } from '../../shared/names';
import { type ReferenceEntry, useReferenceEntry, useReferenceList } from '../reference-queries';
import classes from './admin.module.css';
import { CatalogTabs } from './catalog-tabs';
import { EntryDialog } from './entry-dialog';
import {
  type EntryField,
  type EntryKind,
  type ListDefinition,
  type ListName,
  listNamed,
  REFERENCE_LISTS,
} from './reference-lists';

const route = getRouteApi('/catalog/lists/$list');
const PAGE_SIZE = 20;
const SORTS = ['name', '-products'] as const;

/** One list of the catalogue: companies, forms, routes, categories (with the ATC tree), groups of ingredients. */
export function ReferenceListScreen() {
  const { list } = route.useParams();
  const name = listNamed(list);
  if (name === undefined) return <NotFound />;
  return <ListOf key={name} name={name} list={REFERENCE_LISTS[name]} />;
}

function ListOf({ name, list }: { name: ListName; list: ListDefinition }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { q, page, parentId, kind } = route.useSearch();
  const navigate = route.useNavigate();
  const [sort, setSort] = useState<(typeof SORTS)[number]>(list.isCounted ? '-products' : 'name');
  const [dialog, setDialog] = useState<{ entry: ReferenceEntry | undefined }>();
  // The ATC tree begins with its fourteen main groups, not with four thousand classes by name.
  const level = kind === 'atc' && q === undefined && parentId === undefined ? 1 : undefined;
  const query = { q, parentId, kind, level, sort, page: page ?? 1, limit: PAGE_SIZE };
  const result = useReferenceList(list.path, query);
  const mayWrite = can('ManageDrugCatalog');
  const columns = useColumns(name, list, setDialog);
  return (
    <>
      <ListScreen
        title={t(`catalog.list.${name}`)}
        above={
          <>
            {mayWrite && <CatalogTabs />}
            {list.isTree && parentId !== undefined && <PathTo name={name} id={parentId} />}
          </>
        }
        actions={
          mayWrite && (
            <KeyButton
              combo="F9"
              label={t('catalog.newEntry')}
              onPress={() => setDialog({ entry: undefined })}
            />
          )
        }
        search={{
          value: q,
          label: t('catalog.searchList'),
          placeholder: t('catalog.searchList'),
          focusLabel: t('catalog.focusSearch'),
          onSearch: (wanted) => void navigate({ search: { q: wanted, kind }, replace: true }),
        }}
        filters={
          <>
            {list.kinds !== undefined && (
              <NativeSelect
                aria-label={t('catalog.field.kind')}
                size="md"
                value={kind ?? ''}
                onChange={(event) =>
                  void navigate({
                    search: (previous) => ({
                      ...previous,
                      kind: event.currentTarget.value || undefined,
                      page: undefined,
                    }),
                  })
                }
                data={[
                  { value: '', label: t('catalog.anyKind') },
                  ...list.kinds.map((one) => ({ value: one, label: t(`catalog.entryKind.${one}`) })),
                ]}
              />
            )}
            {list.isCounted && (
              <NativeSelect
                aria-label={t('catalog.order')}
                size="md"
                value={sort}
                onChange={(event) =>
                  setSort(SORTS.find((one) => one === event.currentTarget.value) ?? 'name')
                }
                data={[
                  { value: '-products', label: t('catalog.byProducts') },
                  { value: 'name', label: t('catalog.byName') },
                ]}
              />
            )}
          </>
        }
        result={result}
        columns={columns}
        rowKey={(entry) => entry.id}
        empty={{ title: t('catalog.emptyList'), hint: t('catalog.emptyListHint') }}
        onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
      />
      <EntryDialog
        list={list}
        opened={dialog !== undefined}
        entry={dialog?.entry}
        parentId={parentId}
        onClose={() => setDialog(undefined)}
      />
    </>
  );
}

function useColumns(
  name: ListName,
  list: ListDefinition,
  open: (dialog: { entry: ReferenceEntry }) => void,
): Column<ReferenceEntry>[] {
  const { t } = useTranslation();
  const { can } = useSession();
  const columns: Column<ReferenceEntry>[] = [
    {
      id: 'name',
      header: t('catalog.field.name'),
      cell: (entry) =>
        can('ManageDrugCatalog') ? (
          <button type="button" className={rowLinkClass} data-row-link onClick={() => open({ entry })}>
            <bdi>{entry.name}</bdi>
          </button>
        ) : (
          <bdi>{entry.name}</bdi>
        ),
    },
    ...list.fields
      .filter((field) => field.inList === true)
      .map((field) => ({
        id: field.name,
        header: t(`catalog.field.${field.name}`),
        cell: (entry: ReferenceEntry) => <FieldText field={field} entry={entry} />,
      })),
  ];
  if (list.isCounted) {
    columns.push({
      id: 'products',
      header: t('catalog.products'),
      numeric: true,
      cell: (entry) => <Ltr>{entry.products ?? 0}</Ltr>,
    });
  }
  if (list.isTree) {
    columns.push({
      id: 'below',
      header: t('catalog.below'),
      hideHeader: true,
      cell: (entry) => (
        <Link
          to="/catalog/lists/$list"
          params={{ list: name }}
          search={{ parentId: entry.id }}
          className={classes['below']}
        >
          {t('catalog.below')}
          <span className="visually-hidden">: {entry.name}</span>
        </Link>
      ),
    });
  }
  return columns;
}

function FieldText({ field, entry }: { field: EntryField; entry: ReferenceEntry }) {
  const { t } = useTranslation();
  const value = entry[field.name];
  if (value === null || value === undefined || value === '') return t('common.none');
  if (field.is === 'choice') return t(`catalog.entryKind.${value as EntryKind}`);
  return field.is === 'code' ? <Ltr>{value}</Ltr> : <bdi>{value}</bdi>;
}

/** The entries above the one whose branches are listed, widest first. */
function PathTo({ name, id }: { name: ListName; id: number }) {
  const { t, i18n } = useTranslation();
  const entry = useReferenceEntry(REFERENCE_LISTS[name].path, id);
  if (!entry.data) return null;
  const { parentId } = entry.data;
  return (
    <div className={classes['path']}>
      {parentId !== null && parentId !== undefined ? (
        <PathTo name={name} id={parentId} />
      ) : (
        <Link to="/catalog/lists/$list" params={{ list: name }} search={{}}>
          {t('catalog.top')}
        </Link>
      )}
      <span aria-hidden="true">›</span>
      <Link to="/catalog/lists/$list" params={{ list: name }} search={{ parentId: id }}>
        <bdi>{localName({ name: entry.data.name, nameAr: entry.data.nameAr ?? null }, i18n.language)}</bdi>
      </Link>
    </div>
  );
}
