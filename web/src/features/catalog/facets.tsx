import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugSearchAnswer, FacetName } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import classes from './catalog.module.css';

/** The choice made in each facet; a facet takes one value at a time. */
export type FacetChoice = Partial<Record<FacetName, string | boolean>>;

interface FacetsProps {
  facets: Partial<DrugSearchAnswer['facets']>;
  choice: FacetChoice;
  onChoose: (name: FacetName, value: string | boolean | undefined) => void;
}

const LISTS = ['dosageForm', 'route', 'category', 'company'] as const;
const FLAGS = ['inStock', 'rxOnly'] as const;
const SHOWN = 6;

/** Narrowing by form, route, category, company, prescription-only and in stock, with counts. */
export function Facets({ facets, choice, onChoose }: FacetsProps) {
  const { t } = useTranslation();
  return (
    <aside className={classes['facets']} aria-label={t('drugs.facets')}>
      <Stack gap={6}>
        {FLAGS.map((name) => {
          const yes = facets[name]?.find((one) => one.value === true);
          return (
            <FacetBox
              key={name}
              label={t(`drugs.facet.${name}`)}
              count={yes?.count}
              checked={choice[name] === true}
              onChange={(checked) => onChoose(name, checked ? true : undefined)}
            />
          );
        })}
      </Stack>
      {LISTS.map((name) => (
        <FacetList
          key={name}
          title={t(`drugs.facet.${name}`)}
          values={facets[name] ?? []}
          chosen={choice[name]}
          onChoose={(value) => onChoose(name, value)}
        />
      ))}
    </aside>
  );
}

interface FacetListProps {
  title: string;
  values: readonly { value: string; count: number }[];
  chosen: string | boolean | undefined;
  onChoose: (value: string | undefined) => void;
}

function FacetList({ title, values, chosen, onChoose }: FacetListProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const isListed = values.some((one) => one.value === chosen);
  const all = typeof chosen === 'string' && !isListed ? [{ value: chosen, count: 0 }, ...values] : values;
  if (all.length === 0) return null;
  const shown = open ? all : all.slice(0, SHOWN);
  return (
    <fieldset className={classes['facet']}>
      <legend>{title}</legend>
      <Stack gap={6}>
        {shown.map((one) => (
          <FacetBox
            key={one.value}
            label={one.value}
            count={one.count}
            checked={chosen === one.value}
            onChange={(checked) => onChoose(checked ? one.value : undefined)}
          />
        ))}
        {all.length > SHOWN && (
          <Button variant="subtle" size="compact-xs" onClick={() => setOpen(!open)} justify="start">
            {open ? t('common.fewer') : t('common.more', { count: all.length - SHOWN })}
          </Button>
        )}
      </Stack>
    </fieldset>
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
