import { Checkbox, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { DrugSearchAnswer, NamedPage } from '../../../api/types';
import { AsyncPicker } from '../../../ui/async-picker';
import { Ltr } from '../../../ui/ltr';
import classes from '../catalog.module.css';
import { useValueText } from './filter-text';
import {
  type DrugFilters,
  FLAG_FILTERS,
  type FlagFilter,
  LIST_FILTERS,
  type ListFilter,
  toggled,
} from './filters.domain';

interface FacetsProps {
  facets: Partial<DrugSearchAnswer['facets']>;
  filters: DrugFilters;
  onChange: (change: DrugFilters) => void;
}

const SHOWN = 6;
/** The server counts the most frequent values of a facet only; from this many on there may be more. */
const SERVER_LIMIT = 20;
const STORAGE_KEY = 'meditory.facets.closed';

/** Narrowing by form, route, category, company, prescription-only and in stock, with counts. */
export function Facets({ facets, filters, onChange }: FacetsProps) {
  const { t } = useTranslation();
  const [closed, setClosed] = useLocalStorage<ListFilter[]>({ key: STORAGE_KEY, defaultValue: [] });
  const turn = (name: ListFilter) =>
    setClosed((before) => (before.includes(name) ? before.filter((one) => one !== name) : [...before, name]));
  return (
    <aside className={classes['facets']} aria-label={t('drugs.facets')}>
      <Stack gap={6}>
        {FLAG_FILTERS.map((name) => (
          <FlagBox key={name} name={name} facets={facets} filters={filters} onChange={onChange} />
        ))}
      </Stack>
      {LIST_FILTERS.map((name) => (
        <FacetList
          key={name}
          name={name}
          values={facets[name] ?? []}
          chosen={filters[name] ?? []}
          isOpen={!closed.includes(name)}
          onTurn={() => turn(name)}
          onToggle={(value) => onChange(toggled(filters, name, value))}
        />
      ))}
    </aside>
  );
}

function FlagBox({ name, facets, filters, onChange }: FacetsProps & { name: FlagFilter }) {
  const { t } = useTranslation();
  return (
    <FacetBox
      label={t(`drugs.facet.${name}`)}
      count={facets[name]?.find((one) => one.value === true)?.count}
      checked={filters[name] === true}
      onChange={(checked) => onChange({ [name]: checked ? true : undefined })}
    />
  );
}

interface FacetListProps {
  name: ListFilter;
  values: readonly { value: string; count: number }[];
  chosen: readonly string[];
  isOpen: boolean;
  onTurn: () => void;
  onToggle: (value: string) => void;
}

function FacetList({ name, values, chosen, isOpen, onTurn, onToggle }: FacetListProps) {
  const { t, i18n } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
  const title = t(`drugs.facet.${name}`);
  const textOf = useValueText(name);
  const unlisted = chosen.filter((value) => !values.some((one) => one.value === value));
  const all = [...unlisted.map((value) => ({ value, count: 0 })), ...values];
  if (all.length === 0) return null;
  const shown = showsAll ? all : all.filter((one, at) => at < SHOWN || chosen.includes(one.value));
  const hidden = all.length - shown.length;
  const ShutIcon = i18n.dir() === 'rtl' ? IconChevronLeft : IconChevronRight;
  return (
    <section className={classes['facet']} aria-label={title}>
      <button type="button" className={classes['facetHead']} aria-expanded={isOpen} onClick={onTurn}>
        {isOpen ? (
          <IconChevronDown size={16} aria-hidden="true" />
        ) : (
          <ShutIcon size={16} aria-hidden="true" />
        )}
        {title}
      </button>
      {isOpen && (
        <Stack gap={6}>
          {shown.map((one) => (
            <FacetBox
              key={one.value}
              label={textOf(one.value)}
              count={one.count}
              checked={chosen.includes(one.value)}
              onChange={() => onToggle(one.value)}
            />
          ))}
          {(hidden > 0 || showsAll) && (
            <button type="button" className={classes['more']} onClick={() => setShowsAll(!showsAll)}>
              {showsAll ? t('common.fewer') : t('common.more', { count: hidden })}
            </button>
          )}
          {values.length >= SERVER_LIMIT && showsAll && <FacetSearch name={name} onPick={onToggle} />}
        </Stack>
      )}
    </section>
  );
}

/** Where a facet's values come from, to search among all of them. */
const LIST_PATH: Record<ListFilter, string> = {
  dosageForm: '/reference/dosage-forms',
  route: '/reference/routes',
  category: '/reference/therapeutic-categories',
  company: '/reference/companies',
};

/** Finds a value of a long facet that is not among the most frequent ones. */
function FacetSearch({ name, onPick }: { name: ListFilter; onPick: (value: string) => void }) {
  const { t } = useTranslation();
  const query = (text: string) => ({ q: text, limit: 10 });
  return (
    <AsyncPicker<NamedPage['data'][number]>
      label={t('drugs.findInFacet', { facet: t(`drugs.facet.${name}`) })}
      isLabelHidden
      placeholder={t('drugs.findInFacet', { facet: t(`drugs.facet.${name}`) })}
      searchKey={(text) => keys.referenceList(LIST_PATH[name], query(text))}
      search={async (text, signal) => (await api.get<NamedPage>(LIST_PATH[name], query(text), signal)).data}
      itemKey={(item) => item.id}
      itemText={(item) => item.name}
      renderItem={(item) => <bdi>{item.name}</bdi>}
      value={null}
      clearAfterPick
      onChange={(item) => item && onPick(item.name)}
    />
  );
}

interface FacetBoxProps {
  label: string;
  count: number | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function FacetBox({ label, count, checked, onChange }: FacetBoxProps) {
  return (
    <Checkbox
      size="xs"
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
      // Rows of 26 px: each box is a target of its own (WCAG 2.5.8).
      styles={{
        body: { alignItems: 'center', minHeight: 26 },
        labelWrapper: { flex: 1 },
        label: { width: '100%' },
      }}
      label={
        <span className={classes['facetLabel']}>
          <bdi>{label}</bdi>
          {count !== undefined && (
            <Text span size="xs" c="dimmed">
              <Ltr>{count}</Ltr>
            </Text>
          )}
        </span>
      }
    />
  );
}
