import { Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { BatchSummary, DrugHit, LotPage } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { DrugPicker } from '../shared/drug-picker';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { BatchStatusBadge } from './batch-status';
import { CompoundingTabs } from './compounding-tabs';
import { useBatches } from './compounding-queries';

const route = getRouteApi('/compounding');
const PAGE_SIZE = 20;
const STATUSES = ['in_preparation', 'made', 'released', 'discarded'] as const;

/** What is being made, was made, and was released; for a recall, all that holds of a lot, with whom it was given to. */
export function BatchesScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { status, ingredientLotId, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const batches = useBatches({ status, ingredientLotId, page, limit: PAGE_SIZE });
  const columns = useColumns(ingredientLotId !== undefined);
  const shown = batches.data?.data ?? [];
  return (
    <Page
      title={t('compounding.title')}
      actions={
        can('Compound') && (
          <KeyButton
            combo="F9"
            label={t('compounding.begin')}
            onPress={() => void navigate({ to: '/compounding/new' })}
          />
        )
      }
    >
      <CompoundingTabs />
      <Group align="flex-end" wrap="nowrap">
        <NativeSelect
          label={t('compounding.state')}
          value={status ?? ''}
          onChange={(event) => {
            const wanted = STATUSES.find((one) => one === event.currentTarget.value);
            void navigate({ search: (before) => ({ ...before, status: wanted, page: undefined }) });
          }}
          data={[
            { value: '', label: t('compounding.anyState') },
            ...STATUSES.map((value) => ({ value, label: t(`compounding.status.${value}`) })),
          ]}
        />
        <LotFilter
          lotId={ingredientLotId}
          onChange={(lotId) =>
            void navigate({ search: (before) => ({ ...before, ingredientLotId: lotId, page: undefined }) })
          }
        />
      </Group>
      <Card flush isBusy={batches.isPlaceholderData}>
        {batches.isPending && <LoadingRows />}
        {batches.isError && <ErrorView error={batches.error} retry={() => void batches.refetch()} />}
        {batches.data && shown.length === 0 && (
          <EmptyView
            title={t(ingredientLotId === undefined ? 'compounding.noBatch' : 'compounding.noBatchOfLot')}
            hint={ingredientLotId === undefined ? t('compounding.noBatchHint') : undefined}
          />
        )}
        {batches.data && shown.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('compounding.batches')}
              columns={columns}
              rows={shown}
              rowKey={(row) => row.batchId}
            />
            <Pager
              meta={batches.data.meta}
              onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
            />
          </div>
        )}
      </Card>
    </Page>
  );
}

/** A product, and then one of its lots: every batch that holds of it. */
function LotFilter({
  lotId,
  onChange,
}: {
  lotId: number | undefined;
  onChange: (lotId: number | undefined) => void;
}) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [drug, setDrug] = useState<DrugHit | null>(null);
  const query = { drugId: drug?.drugId, limit: 100 };
  const lots = useQuery({
    queryKey: keys.lots(query),
    queryFn: ({ signal }) => api.get<LotPage>('/inventory/lots', query, signal),
    enabled: drug !== null,
  });
  const known = lots.data?.data ?? [];
  const isOther = lotId !== undefined && !known.some((lot) => lot.lotId === lotId);
  useKeys([{ combo: 'F3', label: t('compounding.byIngredient'), run: () => field.current?.focus() }]);
  return (
    <>
      <div style={{ flex: 1 }}>
        <DrugPicker
          ref={field}
          label={t('compounding.byIngredient')}
          combo="F3"
          value={drug}
          onChange={(chosen) => {
            setDrug(chosen);
            if (chosen === null) onChange(undefined);
          }}
        />
      </div>
      <NativeSelect
        label={t('compounding.lot')}
        disabled={drug === null && lotId === undefined}
        value={lotId === undefined ? '' : String(lotId)}
        onChange={(event) => onChange(Number.parseInt(event.currentTarget.value, 10) || undefined)}
        data={[
          { value: '', label: t('compounding.anyLot') },
          ...(isOther ? [{ value: String(lotId), label: t('compounding.chosenLot') }] : []),
          ...known.map((lot) => ({
            value: String(lot.lotId),
            label: [lot.lotNumber, lot.expiryDate].filter(Boolean).join(' · '),
          })),
        ]}
      />
    </>
  );
}

function useColumns(isRecall: boolean): Column<BatchSummary>[] {
  const { t, i18n } = useTranslation();
  const last: Column<BatchSummary> = isRecall
    ? { id: 'fills', header: t('compounding.givenTo'), cell: (row) => <GivenTo batch={row} /> }
    : {
        id: 'by',
        header: t('compounding.begun'),
        cell: (row) => (
          <>
            <bdi>{row.startedByName}</bdi> · <DateTimeText value={row.startedAt} />
          </>
        ),
      };
  return [
    {
      id: 'number',
      header: t('compounding.batch'),
      cell: (row) => (
        <Link
          to="/compounding/batches/$batchId"
          params={{ batchId: String(row.batchId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.batchNumber}</Ltr>
        </Link>
      ),
    },
    {
      id: 'drug',
      header: t('compounding.preparation'),
      cell: (row) => (
        <MixedText text={localName({ name: row.drugName, nameAr: row.drugNameAr }, i18n.language)} />
      ),
    },
    {
      id: 'quantity',
      header: t('prescriptions.quantity'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'for',
      header: t('compounding.for'),
      cell: (row) => (row.rxNumber === null ? t('compounding.forStock') : <Ltr>{row.rxNumber}</Ltr>),
    },
    {
      id: 'state',
      header: t('compounding.state'),
      cell: (row) => <BatchStatusBadge status={row.status} />,
    },
    { id: 'use', header: t('compounding.useBy'), cell: (row) => <DateText value={row.beyondUseDate} /> },
    last,
  ];
}

/** Prescriptions that were filled of it: whom to tell. */
export function GivenTo({ batch }: { batch: Pick<BatchSummary, 'fills' | 'baseUnit'> }) {
  const { t } = useTranslation();
  if (batch.fills.length === 0) return t('compounding.nobody');
  return batch.fills.map((fill) => (
    <div key={fill.fillId}>
      <Link to="/prescriptions/$prescriptionId" params={{ prescriptionId: String(fill.prescriptionId) }}>
        <Ltr>{fill.rxNumber}</Ltr>
      </Link>{' '}
      · <QuantityIn value={fill.quantity} unit={batch.baseUnit} />
    </div>
  ));
}
