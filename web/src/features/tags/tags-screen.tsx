import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openPrintable } from '../../api/printable';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { asProblem } from '../../api/problem';
import type { PriceTagPage, PriceTagRow, PrintPriceTags } from '../../api/after-sale-types';
import { currentLanguage, LANGUAGES, type Language } from '../../i18n/i18n';
import type { Column } from '../../ui/data-table';
import { DateText, todayLocal } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { toastRefused } from '../../ui/toasts';
import { useUnitName } from '../shared/unit-text';

const route = getRouteApi('/inventory/tags');
const SIZES = [
  'a4-24',
  'a4-14',
  'roll-50x30',
  'roll-38x25',
] as const satisfies readonly PrintPriceTags['size'][];
/** Tags of one sheet of orders at most. */
const MOST_TAGS = 500;
const MOST_PRODUCTS = 100;

/** Products chosen, with how many tags of each. */
type Chosen = ReadonlyMap<number, { name: string; copies: string }>;

/** Price tags and shelf labels: products are found, chosen, and printed on sheets or rolls. */
export function TagsScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const query = {
    ...{ q: search.q, page: search.page ?? 1, limit: 50 },
    ...(search.view === 'received' ? { receivedSince: search.at ?? todayLocal() } : {}),
    ...(search.view === 'changed' ? { priceChangedSince: search.at ?? todayLocal() } : {}),
  };
  const list = useQuery({
    queryKey: keys.priceTags(query),
    queryFn: ({ signal }) => api.get<PriceTagPage>('/price-tags', query, signal),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.data ?? [];
  const narrow = (values: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, ...values, page: undefined }), replace: true });
  const view = search.view ?? 'all';
  return (
    <ListScreen
      title={t('tags.title')}
      hint={t('tags.hint')}
      search={{
        value: search.q,
        label: t('tags.search'),
        placeholder: t('tags.searchHint'),
        focusLabel: t('tags.search'),
        onSearch: (q) => narrow({ q }),
      }}
      filters={
        <>
          <NativeSelect
            aria-label={t('tags.which')}
            value={view}
            onChange={(event) =>
              narrow({ view: event.currentTarget.value === 'all' ? undefined : event.currentTarget.value })
            }
            data={(['all', 'received', 'changed'] as const).map((value) => ({
              value,
              label: t(`tags.view.${value}`),
            }))}
          />
          {view !== 'all' && (
            <TextInput
              type="date"
              aria-label={t('tags.since')}
              value={search.at ?? todayLocal()}
              onChange={(event) => narrow({ at: event.currentTarget.value })}
            />
          )}
          <Button
            variant="default"
            disabled={rows.length === 0}
            onClick={() => setChosen((before) => rows.reduce(withRow, before))}
          >
            {t('tags.all')}
          </Button>
        </>
      }
      above={<Sheet chosen={chosen} onEmpty={() => setChosen(new Map())} />}
      result={list}
      columns={useColumns(chosen, setChosen)}
      rowKey={(row) => row.drugId}
      empty={{ title: t('tags.empty'), hint: t('tags.emptyHint') }}
      onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
    />
  );
}

const withRow = (chosen: Chosen, { drugId, name }: PriceTagRow): Chosen =>
  chosen.has(drugId) || chosen.size >= MOST_PRODUCTS
    ? chosen
    : new Map([...chosen, [drugId, { name, copies: '1' }]]);

function without(chosen: Chosen, drugId: number): Chosen {
  const next = new Map(chosen);
  next.delete(drugId);
  return next;
}

function useColumns(
  chosen: Chosen,
  setChosen: (change: (before: Chosen) => Chosen) => void,
): Column<PriceTagRow>[] {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  return [
    {
      id: 'choose',
      header: t('tags.choose'),
      hideHeader: true,
      cell: (row) => (
        <Checkbox
          aria-label={t('tags.chooseNamed', { name: row.name })}
          data-row-link
          checked={chosen.has(row.drugId)}
          onChange={(event) => {
            const isChosen = event.currentTarget.checked;
            setChosen((before) => (isChosen ? withRow(before, row) : without(before, row.drugId)));
          }}
        />
      ),
    },
    { id: 'name', header: t('till.item'), cell: (row) => <bdi>{row.name}</bdi> },
    { id: 'nameAr', header: t('tags.arabic'), cell: (row) => <bdi lang="ar">{row.nameAr}</bdi> },
    { id: 'code', header: t('tags.code'), cell: (row) => <Ltr>{row.barcode}</Ltr> },
    {
      id: 'unit',
      header: t('tags.perUnit'),
      numeric: true,
      cell: (row) =>
        row.unitPrice !== null && (
          <>
            <MoneyText value={row.unitPrice} /> / <bdi>{nameOfUnit(row.baseUnit)}</bdi>
          </>
        ),
    },
    { id: 'since', header: t('tags.priceSince'), cell: (row) => <DateText value={row.priceEffectiveFrom} /> },
    {
      id: 'price',
      header: t('tags.price'),
      numeric: true,
      cell: (row) => <MoneyText value={row.price} strong />,
    },
    {
      id: 'copies',
      header: t('tags.copies'),
      cell: (row) => {
        const one = chosen.get(row.drugId);
        return (
          one && (
            <TextInput
              aria-label={t('tags.copiesOf', { name: row.name })}
              inputMode="numeric"
              dir="ltr"
              size="sm"
              w={64}
              value={one.copies}
              onChange={(event) => {
                const copies = event.currentTarget.value.replace(/\D/g, '').slice(0, 3);
                setChosen((before) => new Map(before).set(row.drugId, { name: row.name, copies }));
              }}
            />
          )
        );
      },
    },
  ];
}

function Sheet({ chosen, onEmpty }: { chosen: Chosen; onEmpty: () => void }) {
  const { t } = useTranslation();
  const [size, setSize] = useState<PrintPriceTags['size']>('a4-24');
  const [lang, setLang] = useState<Language>(currentLanguage());
  const [unitPrice, setUnitPrice] = useState(true);
  const [skip, setSkip] = useState('0');
  const tags = [...chosen].map(([drugId, { copies }]) => ({
    drugId,
    copies: Math.min(100, Math.max(1, Number(copies))),
  }));
  const count = tags.reduce((sum, tag) => sum + tag.copies, 0);
  const isSheet = size.startsWith('a4');

  function print(): void {
    const body = { tags, size, lang, unitPrice, skip: isSheet ? Math.min(23, Number(skip)) : 0 };
    openPrintable('/price-tags/print', undefined, body).catch((error: unknown) => {
      const problem = asProblem(error);
      toastRefused(t('print.failed'), problem.code === 'window-blocked' ? t('print.blocked') : problem);
    });
  }

  return (
    <Card label={t('tags.sheet')}>
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={t('tags.size')}
          value={size}
          onChange={(event) => setSize(SIZES.find((one) => one === event.currentTarget.value) ?? 'a4-24')}
          data={SIZES.map((value) => ({ value, label: t(`tags.sizes.${value}`) }))}
        />
        <NativeSelect
          label={t('tags.language')}
          value={lang}
          onChange={(event) => setLang(event.currentTarget.value === 'ar' ? 'ar' : 'en')}
          data={Object.entries(LANGUAGES).map(([value, { label }]) => ({ value, label }))}
        />
        {isSheet && (
          <TextInput
            label={t('tags.skip')}
            inputMode="numeric"
            dir="ltr"
            w={110}
            value={skip}
            onChange={(event) => setSkip(event.currentTarget.value.replace(/\D/g, '').slice(0, 2))}
          />
        )}
        <Checkbox
          label={t('tags.showUnit')}
          checked={unitPrice}
          onChange={(event) => setUnitPrice(event.currentTarget.checked)}
          pb={8}
        />
        <Stack gap={0} ms="auto">
          <Text size="sm" role="status">
            {t('tags.chosen', { count })}
          </Text>
          <Group gap="xs">
            <Button variant="default" disabled={count === 0} onClick={onEmpty}>
              {t('tags.none')}
            </Button>
            <KeyButton
              combo="F8"
              label={t('tags.print')}
              disabled={count === 0 || count > MOST_TAGS}
              onPress={print}
            />
          </Group>
        </Stack>
      </Group>
    </Card>
  );
}
