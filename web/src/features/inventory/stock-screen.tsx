import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { asProblem, type Problem } from '../../api/problem';
import type { DrugDetail, Lot, LotStatus } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Keys, useKeys, WithKey } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { QuantityText, UnitCostText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { saveFile } from '../../ui/save-file';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { DrugPicker } from '../shared/drug-picker';
import { toHit } from '../shared/names';
import { DestroyDialog } from '../controlled/destroy-dialog';
import { AdjustDialog } from './adjust-dialog';
import { useCorrections } from '../corrections/correction-queries';
import { lotSearchOf, useLots } from './inventory-queries';
import { ExpiryText, LotStatusBadge } from './lot-badges';
import { type LotDialog, LotDialogs } from './lot-dialogs';
import { MovementsDialog } from './movements-dialog';
import { ReceiveDialog } from './receive-dialog';

const route = getRouteApi('/stock');
const PAGE_SIZE = 20;
const BANDS = [30, 60, 90] as const;
const LOT_DIALOGS = ['hold', 'move', 'count'] as const;
const STATUSES: readonly LotStatus[] = ['available', 'quarantined', 'on_hold', 'recalled', 'expired'];

type OpenDialog = { kind: 'receive' } | { kind: 'adjust' | 'destroy' | 'movements' | LotDialog; lot: Lot };

/** Stock by lot, narrowed by product, expiry band and status. */
export function StockScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const drugField = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<OpenDialog>();
  const lots = useLots({ ...search, page: search.page ?? 1, limit: PAGE_SIZE });
  const drug = useQuery({
    queryKey: keys.drug(search.drugId ?? 0),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${search.drugId ?? 0}`, undefined, signal),
    enabled: search.drugId !== undefined,
    select: toHit,
  });
  const mayWrite = can('WriteInventory');
  const close = () => setDialog(undefined);
  const [at, setAt] = useState<number>();
  const rows = useRef<HTMLDivElement>(null);
  const [scanned, setScanned] = useState<{ drugId: number; q: string | undefined }>();
  const [scanProblem, setScanProblem] = useState<Problem>();
  const found = lots.data?.data;
  // The row the cursor is in; a lot that is alone needs no cursor.
  const lot = found?.find(({ lotId }) => lotId === at) ?? (found?.length === 1 ? found[0] : undefined);
  const isScanned = scanned !== undefined && scanned.drugId === search.drugId && scanned.q === search.q;
  const columns = useColumns(mayWrite, setDialog, setAt);
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv('/inventory/lots', { ...search, page: undefined, format: 'csv' }),
    onSuccess: (text) => saveFile('lots.csv', text),
  });
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, ...change, page: undefined }) });

  useScan((code) => {
    lotSearchOf(code)
      .then((wanted) => {
        setScanProblem(undefined);
        setScanned(wanted);
        void navigate({ search: wanted });
        beep('ok');
      })
      .catch((error: unknown) => {
        setScanProblem(asProblem(error));
        beep('refused');
      });
  });
  // What was scanned is in the hand: the cursor goes to its row, so that the next key is about it.
  const isThere = isScanned && !lots.isPlaceholderData && (found?.length ?? 0) > 0;
  useEffect(() => {
    if (isThere) rows.current?.querySelector<HTMLElement>('[data-row-link]')?.focus();
  }, [isThere, scanned]);
  const onLot = (combo: string, kind: LotDialog, may: boolean) => ({
    combo,
    label: t(`lot.title.${kind}`),
    disabled: lot === undefined || !may,
    run: () => lot && setDialog({ kind, lot }),
  });
  useKeys([
    { combo: 'F3', label: t('stock.focusDrug'), run: () => drugField.current?.focus() },
    onLot('C', 'count', can('CountStock')),
    onLot('H', 'hold', mayWrite),
    onLot('M', 'move', mayWrite),
    {
      combo: 'X',
      label: t('lot.expired'),
      run: () => narrow({ status: search.status === 'expired' ? undefined : 'expired' }),
    },
    { combo: 'E', label: t('stockReports.download'), run: () => download.mutate() },
  ]);

  return (
    <Page
      title={t('stock.title')}
      hint={<Waiting />}
      actions={
        <Group gap="sm">
          <Button
            variant="default"
            loading={download.isPending}
            aria-keyshortcuts="E"
            onClick={() => download.mutate()}
          >
            <WithKey combo="E">{t('stockReports.download')}</WithKey>
          </Button>
          {mayWrite && (
            <KeyButton combo="F9" label={t('stock.receive')} onPress={() => setDialog({ kind: 'receive' })} />
          )}
        </Group>
      }
    >
      <ProblemAlert problem={scanProblem ?? download.error} notSaved={t('stockReports.notDownloaded')} />
      <Group align="flex-end" wrap="nowrap">
        <div style={{ flex: 1 }}>
          <DrugPicker
            ref={drugField}
            label={t('stock.drug')}
            combo="F3"
            value={search.drugId === undefined ? null : (drug.data ?? null)}
            onChange={(chosen) => narrow({ drugId: chosen?.drugId })}
          />
        </div>
        <NativeSelect
          label={t('stock.expiry')}
          value={search.expiringWithinDays === undefined ? '' : String(search.expiringWithinDays)}
          onChange={(event) => {
            const days = BANDS.find((one) => String(one) === event.currentTarget.value);
            narrow({ expiringWithinDays: days });
          }}
          data={[
            { value: '', label: t('stock.anyExpiry') },
            ...BANDS.map((days) => ({ value: String(days), label: t('stock.withinDays', { count: days }) })),
          ]}
        />
        <NativeSelect
          label={t('stock.status')}
          value={search.status ?? ''}
          onChange={(event) =>
            narrow({ status: event.currentTarget.value === '' ? undefined : event.currentTarget.value })
          }
          data={[
            { value: '', label: t('stock.anyStatus') },
            ...STATUSES.map((status) => ({ value: status, label: t(`lotStatus.${status}`) })),
          ]}
        />
      </Group>
      <Card flush>
        {lots.isPending && <LoadingRows />}
        {lots.isError && <ErrorView error={lots.error} retry={() => void lots.refetch()} />}
        {lots.data?.data.length === 0 && <EmptyView title={t('stock.empty')} hint={t('stock.emptyHint')} />}
        {lots.data && lots.data.data.length > 0 && (
          <div onKeyDown={moveThroughRows} ref={rows}>
            <DataTable
              label={t('stock.title')}
              columns={columns}
              rows={lots.data.data}
              rowKey={(lot) => lot.lotId}
            />
            <LotKeys mayWrite={mayWrite} />
            <Pager
              meta={lots.data.meta}
              onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
            />
          </div>
        )}
      </Card>
      <ReceiveDialog opened={dialog?.kind === 'receive'} initialDrug={drug.data ?? null} onClose={close} />
      <AdjustDialog lot={dialog?.kind === 'adjust' ? dialog.lot : undefined} onClose={close} />
      <DestroyDialog
        opened={dialog?.kind === 'destroy'}
        lot={dialog?.kind === 'destroy' ? dialog.lot : undefined}
        onClose={close}
      />
      <MovementsDialog lot={dialog?.kind === 'movements' ? dialog.lot : undefined} onClose={close} />
      <LotDialogs
        lot={dialog && 'lot' in dialog ? dialog.lot : undefined}
        opened={LOT_DIALOGS.find((one) => one === dialog?.kind)}
        isScanned={isScanned}
        onClose={close}
      />
    </Page>
  );
}

/** How many corrections wait for another person; a way to them. */
function Waiting() {
  const { t } = useTranslation();
  const waiting = useCorrections({ status: 'pending', limit: 1 });
  const count = waiting.data?.meta.total ?? 0;
  if (count === 0) return null;
  return <Link to="/inventory/corrections">{t('stock.correctionsWait', { count })}</Link>;
}

/** The keys about the lot the cursor is in. */
function LotKeys({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation();
  const hints = [
    ['C', 'lot.title.count', true],
    ['H', 'lot.title.hold', mayWrite],
    ['M', 'lot.title.move', mayWrite],
    ['X', 'lot.expired', true],
  ] as const;
  return (
    <Group gap="lg" px="sm" py={8} aria-hidden="true">
      {hints
        .filter(([, , isShown]) => isShown)
        .map(([combo, label]) => (
          <Text key={combo} size="sm" c="dimmed">
            <Keys combo={combo} /> {t(label)}
          </Text>
        ))}
    </Group>
  );
}

function useColumns(
  mayWrite: boolean,
  open: (dialog: OpenDialog) => void,
  setAt: (lotId: number) => void,
): Column<Lot>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (lot) => (
        <button
          type="button"
          className={rowLinkClass}
          data-row-link
          onFocus={() => setAt(lot.lotId)}
          onClick={() => open({ kind: 'movements', lot })}
          title={t('stock.showMovements')}
        >
          <bdi>{lot.drugName}</bdi>
        </button>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (lot) => <Ltr>{lot.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (lot) => <ExpiryText date={lot.expiryDate} /> },
    {
      id: 'quantity',
      header: t('stock.onHand'),
      numeric: true,
      cell: (lot) => <QuantityText value={lot.quantity} />,
    },
    {
      id: 'reserved',
      header: t('stock.reserved'),
      numeric: true,
      cell: (lot) => <QuantityText value={lot.quantityReserved} />,
    },
    {
      id: 'cost',
      header: t('stock.unitCost'),
      numeric: true,
      cell: (lot) => <UnitCostText value={lot.unitCost} />,
    },
    {
      id: 'bin',
      header: t('stock.bin'),
      cell: (lot) => (lot.bin === null ? t('common.none') : <Ltr>{lot.bin}</Ltr>),
    },
    { id: 'status', header: t('stock.status'), cell: (lot) => <LotStatusBadge status={lot.status} /> },
    ...(mayWrite
      ? [
          {
            id: 'adjust',
            header: t('stock.adjust'),
            hideHeader: true,
            cell: (lot: Lot) => (
              <Group gap={6} wrap="nowrap">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('stock.adjustLot', { lot: lot.lotNumber })}
                  onClick={() => open({ kind: 'adjust', lot })}
                >
                  {t('stock.adjust')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={lot.quantity === '0'}
                  aria-label={t('destruction.destroyLot', { lot: lot.lotNumber })}
                  onClick={() => open({ kind: 'destroy', lot })}
                >
                  {t('destruction.short')}
                </Button>
              </Group>
            ),
          },
        ]
      : []),
  ];
}
