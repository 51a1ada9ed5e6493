import { Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeKind, ReleaseChange, ReleaseReport } from '../../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../../ui/data-table';
import { Ltr } from '../../../ui/ltr';
import { CountText, MoneyText } from '../../../ui/money-text';
import { MixedText } from '../../../ui/mixed-text';
import { Pager } from '../../../ui/pager';
import { moveThroughRows } from '../../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { StatusBadge, type Tone } from '../../../ui/status-badge';
import { useCurrency } from '../../shared/currency';
import { useChanges } from './import-queries';
import classes from './imports.module.css';

/** In the order a pharmacist looks at them: what can hurt first. */
const KINDS: readonly ChangeKind[] = [
  'ingredients',
  'barcode_reused',
  'discontinued',
  'price_up',
  'price_down',
  'price_set',
  'new',
  'returned',
  'name',
  'form',
  'pack',
  'barcode_added',
  'details',
];
const TONE: Partial<Record<ChangeKind, Tone>> = {
  ingredients: 'stop',
  barcode_reused: 'stop',
  discontinued: 'warn',
  price_up: 'warn',
  new: 'ok',
  returned: 'ok',
};
const PAGE_SIZE = 20;

/** Every product a release changes, with what it was and what it becomes, narrowed by kind of change. */
export function Changes({ release }: { release: ReleaseReport }) {
  const { t } = useTranslation();
  // Without a kind the server lists what changes of known products; new ones are a list of their own.
  const hasKnown = release.rowsUpdated + release.rowsDiscontinued > 0;
  const [kind, setKind] = useState<ChangeKind | undefined>(hasKnown ? undefined : 'new');
  const [page, setPage] = useState(1);
  const counts: Partial<Record<ChangeKind, number>> = {
    ...release.summary.kinds,
    new: release.rowsInserted,
    discontinued: release.rowsDiscontinued,
  };
  const present = KINDS.filter((one) => (counts[one] ?? 0) > 0);
  const changes = useChanges(release.releaseId, { kind, page, limit: PAGE_SIZE });
  const columns = useColumns();
  const choose = (next: ChangeKind | undefined) => {
    setKind(next);
    setPage(1);
  };
  return (
    <>
      <div className={classes['kinds']} role="group" aria-label={t('imports.narrowKind')}>
        <button
          type="button"
          className={classes['kind']}
          aria-pressed={kind === undefined}
          onClick={() => choose(undefined)}
        >
          {t('imports.allKinds')}
        </button>
        {present.map((one) => (
          <button
            key={one}
            type="button"
            className={classes['kind']}
            aria-pressed={kind === one}
            onClick={() => choose(one)}
          >
            {t(`imports.kind.${one}`)} <CountText value={counts[one] ?? 0} />
          </button>
        ))}
      </div>
      {changes.isError ? (
        <ErrorView error={changes.error} retry={() => void changes.refetch()} />
      ) : !changes.data ? (
        <LoadingRows />
      ) : changes.data.data.length === 0 ? (
        <EmptyView title={t('imports.noChanges')} />
      ) : (
        <div onKeyDown={moveThroughRows}>
          <DataTable
            label={t('imports.changes')}
            columns={columns}
            rows={changes.data.data}
            rowKey={(row) => `${row.drugId ?? ''}${row.sourceId ?? ''}`}
          />
          <Pager meta={changes.data.meta} onPage={setPage} />
        </div>
      )}
    </>
  );
}

function useColumns(): Column<ReleaseChange>[] {
  const { t } = useTranslation();
  const currency = useCurrency();
  return [
    {
      id: 'kinds',
      header: t('imports.change'),
      cell: (row) => (
        <span className={classes['badges']}>
          {row.kinds.map((kind) => (
            <StatusBadge key={kind} tone={TONE[kind] ?? 'neutral'}>
              {t(`imports.kind.${kind}`)}
            </StatusBadge>
          ))}
        </span>
      ),
    },
    {
      id: 'name',
      header: t('drugs.name'),
      cell: (row) => (
        <>
          {row.drugId === null ? (
            <MixedText text={row.name} />
          ) : (
            <Link
              to="/drugs/$drugId"
              params={{ drugId: String(row.drugId) }}
              className={rowLinkClass}
              data-row-link
            >
              <MixedText text={row.name} />
            </Link>
          )}
          <Text size="xs" c="dimmed">
            <Ltr>{[row.sourceId, row.file, row.line].filter((part) => part !== null).join(' · ')}</Ltr>
          </Text>
        </>
      ),
    },
    { id: 'what', header: t('imports.what'), cell: (row) => <Fields row={row} /> },
    {
      id: 'price',
      header: t('drugs.priceIn', { currency }),
      numeric: true,
      cell: (row) => <PriceChange row={row} />,
    },
  ];
}

function PriceChange({ row }: { row: ReleaseChange }) {
  const { t } = useTranslation();
  if (row.priceBefore === row.priceAfter || row.priceBefore === null) {
    return <MoneyText value={row.priceAfter} />;
  }
  return (
    <>
      <span className={classes['priceChange']}>
        <span className="visually-hidden">{t('imports.before')}</span>
        <MoneyText value={row.priceBefore} />
        <IconArrowRight size={14} aria-hidden="true" className="towards" />
        <span className="visually-hidden">{t('imports.after')}</span>
        <MoneyText value={row.priceAfter} strong />
      </span>
      {row.pricePercent !== null && (
        <Text size="xs" c="dimmed">
          <Ltr>{row.pricePercent.startsWith('-') ? row.pricePercent : `+${row.pricePercent}`} %</Ltr>
        </Text>
      )}
    </>
  );
}

/** Fields of a product the interface has words for; another one is shown by the server's name for it. */
const NAMED_FIELDS = [
  'name',
  'nameAr',
  'activeRaw',
  'ingredients',
  'strength',
  'dosageForm',
  'route',
  'company',
  'marketer',
  'category',
  'atcCode',
  'price',
  'oldPrice',
  'priceCeiling',
  'baseUnit',
  'unitsPerPack',
  'unitsPerStrip',
  'packs',
  'barcodes',
  'rxOnly',
  'controlledSchedule',
  'storage',
  'handlingFlags',
  'status',
] as const;
type NamedField = (typeof NAMED_FIELDS)[number];

function isNamed(field: string): field is NamedField {
  return NAMED_FIELDS.some((one) => one === field);
}

/** Fields that become something else; the old one struck through and said to be old. */
function Fields({ row }: { row: ReleaseChange }) {
  const { t } = useTranslation();
  // The price has a column of its own.
  const changed = Object.entries(row.fields).filter(([field]) => field !== 'price');
  if (changed.length === 0) return null;
  return (
    <ul className={classes['fields']}>
      {changed.map(([field, [before, after]]) => (
        <li key={field}>
          <span className={classes['fieldName']}>
            {isNamed(field) ? t(`imports.field.${field}`) : field}:
          </span>{' '}
          {before !== null && (
            <del>
              <bdi dir="auto">{before}</bdi>
            </del>
          )}{' '}
          {after === null ? t('common.none') : <bdi dir="auto">{after}</bdi>}
        </li>
      ))}
    </ul>
  );
}
