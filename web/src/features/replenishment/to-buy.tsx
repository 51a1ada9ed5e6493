import { Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { QuantityIn } from '../shared/unit-text';
import { OrdersMade } from './orders-made';
import { ReplenishmentTabs } from './replenishment-tabs';
import { useOrderSuggestions, useSuggestions } from './replenishment-queries';
import { RuleDialog } from './rule-dialog';
import { useBasket, type Wanted } from './use-basket';
import { Why } from './why';
import classes from './replenishment.module.css';

const route = getRouteApi('/inventory/replenishment');
/** As many as one looks through at a time. */
const PAGE_SIZE = 50;

/** What to buy, the one that runs out first, first; beside it why, and what is to be ordered of it. */
export function ToBuy() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useSuggestions({ page: page ?? 1, limit: PAGE_SIZE });
  const { wanted, change, toggle, clear } = useBasket(list.data?.data ?? []);
  const [chosen, setChosen] = useState<number>();
  const [isRuleOpen, setIsRuleOpen] = useState(false);
  const packsField = useRef<HTMLInputElement>(null);
  const order = useOrderSuggestions(clear);
  const at = wanted.find(({ row }) => row.drugId === chosen) ?? wanted[0];
  const toOrder = wanted.filter(({ isOrdered }) => isOrdered);
  const mayWrite = can('WriteProcurement');

  useKeys([
    {
      combo: 'F2',
      label: t('replenishment.editPacks'),
      run: () => packsField.current?.select(),
      disabled: !at,
    },
  ]);

  return (
    <Page
      title={t('replenishment.title')}
      hint={t('replenishment.hint')}
      actions={
        mayWrite && (
          <KeyButton
            combo="F9"
            label={t('replenishment.order', { count: toOrder.length })}
            disabled={toOrder.length === 0}
            loading={order.isPending}
            onPress={() =>
              order.mutate({
                reviewDays: 7,
                lines: toOrder.map(({ row, packs, supplierId }) => ({
                  drugId: row.drugId,
                  packs: Number.parseInt(packs, 10),
                  ...(supplierId === null ? {} : { supplierId }),
                })),
              })
            }
          />
        )
      }
    >
      <ReplenishmentTabs />
      <ProblemAlert problem={order.error} notSaved={t('replenishment.notOrdered')} />
      <OrdersMade made={order.data} />
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
      {list.data?.data.length === 0 && (
        <EmptyView title={t('replenishment.empty')} hint={t('replenishment.emptyHint')} />
      )}
      {list.data && at && (
        <div className={classes['split']}>
          <div onKeyDown={moveThroughRows}>
            <Card flush isBusy={list.isPlaceholderData}>
              <Rows
                wanted={wanted}
                selected={at.row.drugId}
                onSelect={setChosen}
                onEdit={() => packsField.current?.select()}
              />
              <Pager
                meta={list.data.meta}
                onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
              />
            </Card>
          </div>
          <Why
            key={at.row.drugId}
            wanted={at}
            packsField={packsField}
            onChange={(made) => change(at.row.drugId, made)}
            onSkip={() => toggle(at.row.drugId)}
            onRule={mayWrite ? () => setIsRuleOpen(true) : undefined}
          />
        </div>
      )}
      {at && <RuleDialog suggestion={at.row} opened={isRuleOpen} onClose={() => setIsRuleOpen(false)} />}
    </Page>
  );
}

interface RowsProps {
  wanted: readonly Wanted[];
  selected: number;
  onSelect: (drugId: number) => void;
  onEdit: () => void;
}

function Rows({ wanted, selected, onSelect, onEdit }: RowsProps) {
  const { t, i18n } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const columns: Column<Wanted>[] = [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: ({ row, isSkipped }) => (
        <button
          type="button"
          ref={row.drugId === wanted[0]?.row.drugId ? first : undefined}
          className={rowLinkClass}
          data-row-link
          onFocus={() => onSelect(row.drugId)}
          onClick={() => {
            onSelect(row.drugId);
            onEdit();
          }}
        >
          <span className={isSkipped ? classes['skipped'] : undefined}>
            <MixedText text={i18n.language === 'ar' ? (row.drugNameAr ?? row.drugName) : row.drugName} />
          </span>
        </button>
      ),
    },
    {
      id: 'cover',
      header: t('replenishment.cover'),
      cell: ({ row }) => <Cover days={row.daysOfCover} />,
    },
    {
      id: 'stock',
      header: t('replenishment.usable'),
      numeric: true,
      cell: ({ row }) => <QuantityIn value={row.usable} unit={row.baseUnit} />,
    },
    {
      id: 'packs',
      header: t('replenishment.packs'),
      numeric: true,
      cell: ({ packs, isSkipped }) => <strong>{isSkipped ? '–' : <Ltr>{packs}</Ltr>}</strong>,
    },
    {
      id: 'supplier',
      header: t('replenishment.supplier'),
      cell: ({ row, supplierId }) => {
        const offer = row.offers.find((one) => one.supplierId === supplierId);
        return offer ? (
          <bdi>{offer.supplierName}</bdi>
        ) : (
          <StatusBadge tone="warn">{t('replenishment.noSupplier')}</StatusBadge>
        );
      },
    },
    {
      id: 'note',
      header: t('replenishment.notes'),
      cell: ({ row, isSkipped }) => (
        <Group gap={4}>
          {isSkipped && <StatusBadge tone="neutral">{t('replenishment.skipped')}</StatusBadge>}
          {row.isCapped && <StatusBadge tone="warn">{t('replenishment.capped')}</StatusBadge>}
          {row.reason === 'min-max' && <StatusBadge tone="info">{t('replenishment.byRule')}</StatusBadge>}
          {row.stockOutDays > 0 && (
            <Text size="xs" c="dimmed">
              {t('replenishment.outDays', { count: row.stockOutDays })}
            </Text>
          )}
        </Group>
      ),
    },
  ];
  return (
    <Stack gap={0}>
      <DataTable
        label={t('replenishment.view.buy')}
        columns={columns}
        rows={wanted}
        rowKey={({ row }) => row.drugId}
        selectedKey={selected}
      />
    </Stack>
  );
}

/** How long the stock lasts; three days and less are urgent. */
function Cover({ days }: { days: number | null }) {
  const { t } = useTranslation();
  if (days === null) return <span>{t('common.none')}</span>;
  if (days > 365) return <span>{t('replenishment.overAYear')}</span>;
  const text = t('replenishment.days', { count: days });
  return days <= 3 ? (
    <StatusBadge tone={days === 0 ? 'stop' : 'warn'}>{text}</StatusBadge>
  ) : (
    <span>{text}</span>
  );
}
