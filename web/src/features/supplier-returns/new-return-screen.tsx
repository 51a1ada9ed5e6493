import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { Lot, LotPage, ReturnDeadlines } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, daysBetween, todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { SupplierPicker } from '../shared/supplier-picker';
import { useSupplier } from '../supplier-invoices/invoice-queries';
import {
  freeOf,
  isSendable,
  RETURN_REASONS,
  type ReturnableLot,
  type ReturnLine,
  sentLines,
  withLots,
} from './return-draft.domain';
import { lotsOfCode, useCreateReturn, useReturnable } from './return-queries';
import { LotStatusText } from './returns-screen';

const route = getRouteApi('/inventory/returns/new');
const MAX_HITS = 8;

/** Chooses what goes back to a supplier: what he takes now and what is set aside stand there, the rest is scanned or looked for. */
export function NewReturnScreen() {
  const { t } = useTranslation();
  const { supplierId } = route.useSearch();
  const navigate = route.useNavigate();
  const supplier = useSupplier(supplierId);
  return (
    <Page title={t('returns.new')}>
      <Card>
        <SupplierPicker
          label={t('returns.to')}
          required
          autoFocus={supplierId === undefined}
          value={supplierId === undefined ? null : (supplier.data ?? null)}
          onChange={(chosen) => void navigate({ search: { supplierId: chosen?.supplierId }, replace: true })}
        />
      </Card>
      {supplierId !== undefined && <Offered key={supplierId} supplierId={supplierId} />}
    </Page>
  );
}

const ofLot = (lot: Lot): ReturnableLot => ({
  lotId: lot.lotId,
  drugName: lot.drugName,
  lotNumber: lot.lotNumber,
  expiryDate: lot.expiryDate,
  status: lot.status,
  free: freeOf(lot.quantity, lot.quantityReserved),
  daysLeft: lot.daysToExpiry,
});

const ofDeadline = (row: ReturnDeadlines['data'][number], today: string): ReturnableLot => ({
  lotId: row.lotId,
  drugName: row.drugName,
  lotNumber: row.lotNumber,
  expiryDate: row.expiryDate,
  status: row.lotStatus,
  free: row.quantity,
  daysLeft: daysBetween(today, row.expiryDate),
});

function Offered({ supplierId }: { supplierId: number }) {
  const returnable = useReturnable(supplierId);
  if (returnable.isPending) return <LoadingRows />;
  if (returnable.isError)
    return <ErrorView error={returnable.error} retry={() => void returnable.refetch()} />;
  const { open, aside } = returnable.data;
  return (
    <ReturnForm
      supplierId={supplierId}
      initial={withLots([], [...aside.map(ofLot), ...open.map((row) => ofDeadline(row, todayLocal()))])}
    />
  );
}

function ReturnForm({ supplierId, initial }: { supplierId: number; initial: readonly ReturnLine[] }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [lines, setLines] = useState(initial);
  const [notes, setNotes] = useState('');
  const [scanProblem, setScanProblem] = useState<Problem>();
  const create = useCreateReturn((made) => {
    toastDone(t('returns.made'));
    void navigate({
      to: '/inventory/returns/$returnId',
      params: { returnId: String(made.supplierReturnId) },
    });
  });
  useScan((code) => {
    lotsOfCode(code)
      .then((lots) => {
        setScanProblem(undefined);
        setLines((before) => withLots(before, lots.map(ofLot)));
        beep(lots.length > 0 ? 'ok' : 'refused');
      })
      .catch((error: unknown) => {
        setScanProblem(asProblem(error));
        beep('refused');
      });
  });
  const isReady = isSendable(lines);
  const submit = () =>
    create.mutate({
      supplierId,
      lines: sentLines(lines),
      ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
    });
  const change = (lotId: number, part: Partial<ReturnLine>) =>
    setLines((before) => before.map((line) => (line.lotId === lotId ? { ...line, ...part } : line)));
  const columns = useColumns(change, (lotId) =>
    setLines((before) => before.filter((line) => line.lotId !== lotId)),
  );
  return (
    <>
      <ProblemAlert problem={create.error ?? scanProblem} notSaved={t('returns.notMade')} />
      <Card flush label={t('returns.lines')}>
        {lines.length === 0 ? (
          <EmptyView title={t('returns.nothing')} hint={t('returns.nothingHint')} />
        ) : (
          <DataTable
            label={t('returns.lines')}
            columns={columns}
            rows={lines}
            rowKey={(line) => line.lotId}
          />
        )}
        <Stack p="sm" gap="sm">
          <LotPicker onPick={(lot) => setLines((before) => withLots(before, [ofLot(lot)]))} />
          <TextInput
            label={t('counts.note')}
            maxLength={2000}
            value={notes}
            onChange={(event) => setNotes(event.currentTarget.value)}
          />
        </Stack>
      </Card>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('returns.makeHint')}
        </Text>
        <KeyButton
          combo="F9"
          label={t('returns.make')}
          loading={create.isPending}
          disabled={!isReady}
          onPress={submit}
        />
      </Group>
    </>
  );
}

function LotPicker({ onPick }: { onPick: (lot: Lot) => void }) {
  const { t } = useTranslation();
  return (
    <AsyncPicker<Lot>
      label={t('returns.addLot')}
      description={t('returns.addLotHint')}
      autoFocus
      value={null}
      clearAfterPick
      onChange={(lot) => lot && onPick(lot)}
      searchKey={(q) => ['inventory', 'lots', 'search', q]}
      search={async (q, signal) =>
        (await api.get<LotPage>('/inventory/lots', { q, limit: MAX_HITS }, signal)).data
      }
      itemKey={({ lotId }) => lotId}
      itemText={({ drugName, lotNumber }) => `${drugName} ${lotNumber}`}
      renderItem={(lot) => (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600}>
            <MixedText text={lot.drugName} /> · <Ltr>{lot.lotNumber}</Ltr>
          </Text>
          <Group gap={8} wrap="nowrap">
            <DateText value={lot.expiryDate} />
            <QuantityText value={freeOf(lot.quantity, lot.quantityReserved)} />
            <LotStatusText status={lot.status} />
          </Group>
        </Group>
      )}
    />
  );
}

function useColumns(
  change: (lotId: number, part: Partial<ReturnLine>) => void,
  drop: (lotId: number) => void,
): Column<ReturnLine>[] {
  const { t } = useTranslation();
  return [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    { id: 'status', header: t('stock.status'), cell: (row) => <LotStatusText status={row.status} /> },
    {
      id: 'free',
      header: t('returns.free'),
      numeric: true,
      cell: (row) => <QuantityText value={row.free} />,
    },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      cell: (row) => (
        <DecimalInput
          aria-label={t('returns.quantityOf', { lot: row.lotNumber })}
          w={110}
          value={row.quantity}
          error={!isSendable([row])}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(quantity) => change(row.lotId, { quantity })}
        />
      ),
    },
    {
      id: 'reason',
      header: t('history.why'),
      cell: (row) => (
        <NativeSelect
          aria-label={t('returns.reasonOf', { lot: row.lotNumber })}
          value={row.reason}
          onChange={(event) =>
            change(row.lotId, {
              reason: RETURN_REASONS.find((one) => one === event.currentTarget.value) ?? 'other',
            })
          }
          data={RETURN_REASONS.map((value) => ({ value, label: t(`returns.reason.${value}`) }))}
        />
      ),
    },
    {
      id: 'credit',
      header: t('returns.expected'),
      cell: (row) => (
        <DecimalInput
          aria-label={t('returns.creditOf', { lot: row.lotNumber })}
          w={120}
          placeholder={t('returns.atCost')}
          value={row.credit}
          onChange={(credit) => change(row.lotId, { credit })}
        />
      ),
    },
    {
      id: 'drop',
      header: t('counts.drop'),
      hideHeader: true,
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('returns.dropOf', { lot: row.lotNumber })}
          onClick={() => drop(row.lotId)}
        >
          {t('counts.drop')}
        </Button>
      ),
    },
  ];
}
