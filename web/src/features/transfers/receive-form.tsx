import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { BarcodeAnswer, ReceiveTransfer, Transfer, TransitLot } from '../../api/types';
import { announce } from '../../ui/announcer';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { cleanZeros, decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { WitnessFields } from '../controlled/witness-fields';
import { QuantityIn } from '../shared/unit-text';
import { afterScan, unitsPerScan } from '../stock-counts/count-target.domain';
import { useTransferCommand } from './transfer-queries';
import { type ArrivedText, gapOf } from './transfer-ways.domain';
import { useSigned } from './use-signed';

interface Arrived extends ArrivedText {
  readonly note: string;
}
const NOTHING: Arrived = { usable: '', damaged: '', note: '' };

const expectedOf = (lot: TransitLot): string =>
  formatDecimal(decimalOrZero(lot.inTransit) - decimalOrZero(lot.inDispute));

/** Takes in what arrived, lot by lot: usable, damaged, and what is missing. A scan counts a pack. */
export function ReceiveForm({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const lots = transfer.lots.filter((lot) => decimalOrZero(expectedOf(lot)) > 0n);
  const [arrived, setArrived] = useState<Readonly<Record<number, Arrived>>>({});
  const [isComplete, setIsComplete] = useState(true);
  const [scanProblem, setScanProblem] = useState<Problem>();
  const [isUnknown, setIsUnknown] = useState(false);
  const receive = useTransferCommand<ReceiveTransfer>(transfer.transferId, 'receive', () =>
    toastDone(t('transfers.received')),
  );
  const signed = useSigned(
    transfer.lines.some(({ needsWitness }) => needsWitness),
    receive.error,
  );
  const of = (lot: TransitLot): Arrived => arrived[lot.transitLotId] ?? NOTHING;
  const change = (lot: TransitLot, by: (before: Arrived) => Partial<Arrived>) =>
    setArrived((all) => {
      const before = all[lot.transitLotId] ?? NOTHING;
      return { ...all, [lot.transitLotId]: { ...before, ...by(before) } };
    });

  async function takeScan(code: string): Promise<void> {
    setIsUnknown(false);
    try {
      const path = `/drugs/by-barcode/${encodeURIComponent(code)}`;
      const { drug, barcode, lotNumber } = await api.get<BarcodeAnswer>(path);
      setScanProblem(undefined);
      const fitting = lots.filter(
        (lot) => lot.drugId === drug.drugId && (lotNumber === null || lot.lotNumber === lotNumber),
      );
      const [lot, ...others] = fitting;
      if (!lot || others.length > 0) {
        setIsUnknown(true);
        beep('refused');
        return;
      }
      change(lot, ({ usable }) => ({
        usable: afterScan(usable, unitsPerScan(barcode.packLevel, drug.unitsPerPack)),
      }));
      announce(drug.name);
      beep('ok');
    } catch (error) {
      setScanProblem(asProblem(error));
      beep('refused');
    }
  }
  const scans = useRef(Promise.resolve());
  useScan((code) => {
    scans.current = scans.current.then(() => takeScan(code));
  });

  const items = lots
    .map((lot) => ({ lot, ...of(lot) }))
    .filter(({ usable, damaged }) => usable !== '' || damaged !== '')
    .map(({ lot, usable, damaged, note }) => ({
      transitLotId: lot.transitLotId,
      quantity: usable === '' ? '0' : cleanZeros(usable),
      damaged: damaged === '' ? '0' : cleanZeros(damaged),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    }));
  const send = () =>
    signed.run((signature) =>
      receive.mutate({ items, complete: isComplete, ...signature }, { onError: signed.onError }),
    );
  const columns = useColumns(transfer, lots[0], of, change, isComplete);

  return (
    <Card flush label={t('transfers.receive')}>
      <DataTable
        label={t('transfers.receive')}
        columns={columns}
        rows={lots}
        rowKey={(row) => row.transitLotId}
      />
      <Stack gap="sm" p="sm">
        <Text size="sm" c="dimmed">
          {t('transfers.receiveHint')}
        </Text>
        {isUnknown && (
          <div role="alert">
            <StatusBadge tone="stop">{t('transfers.notInTransfer')}</StatusBadge>
          </div>
        )}
        <ProblemAlert problem={receive.error ?? scanProblem} notSaved={t('transfers.notReceived')} />
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <Group justify="space-between">
          <Checkbox
            label={t('transfers.complete')}
            checked={isComplete}
            onChange={(event) => setIsComplete(event.currentTarget.checked)}
          />
          <Group gap="sm">
            <KeyButton
              combo="F4"
              variant="default"
              label={t('transfers.asSent')}
              onPress={() =>
                lots.forEach((lot) => change(lot, () => ({ usable: expectedOf(lot), damaged: '' })))
              }
            />
            <KeyButton
              combo="F9"
              label={t('transfers.receive')}
              disabled={items.length === 0 || !signed.isReady}
              loading={receive.isPending || signed.witness.isSigning}
              onPress={() => void send()}
            />
          </Group>
        </Group>
      </Stack>
    </Card>
  );
}

function useColumns(
  transfer: Transfer,
  first: TransitLot | undefined,
  of: (lot: TransitLot) => Arrived,
  change: (lot: TransitLot, by: (before: Arrived) => Partial<Arrived>) => void,
  isComplete: boolean,
): Column<TransitLot>[] {
  const { t } = useTranslation();
  const lineOf = (lot: TransitLot) =>
    transfer.lines.find(({ transferLineId }) => transferLineId === lot.transferLineId);
  return [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={lineOf(row)?.drugName ?? ''} /> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    {
      id: 'sent',
      header: t('transfers.sent'),
      numeric: true,
      cell: (row) => <QuantityIn value={expectedOf(row)} unit={lineOf(row)?.baseUnit ?? ''} />,
    },
    {
      id: 'usable',
      header: t('transfers.usable'),
      cell: (row) => (
        <DecimalInput
          aria-label={t('transfers.usableOf', { lot: row.lotNumber })}
          w={100}
          autoFocus={row === first}
          value={of(row).usable}
          onChange={(usable) => change(row, () => ({ usable }))}
        />
      ),
    },
    {
      id: 'damaged',
      header: t('transfers.damaged'),
      cell: (row) => (
        <DecimalInput
          aria-label={t('transfers.damagedOf', { lot: row.lotNumber })}
          w={90}
          value={of(row).damaged}
          onChange={(damaged) => change(row, () => ({ damaged }))}
        />
      ),
    },
    {
      id: 'note',
      header: t('counts.note'),
      cell: (row) => (
        <TextInput
          aria-label={t('transfers.noteOf', { lot: row.lotNumber })}
          maxLength={500}
          w={150}
          value={of(row).note}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change(row, () => ({ note: value }));
          }}
        />
      ),
    },
    {
      id: 'gap',
      header: t('counts.difference'),
      cell: (row) => <Gap lot={row} arrived={of(row)} isComplete={isComplete} />,
    },
  ];
}

/** What the row comes to, before it is sent. */
function Gap({ lot, arrived, isComplete }: { lot: TransitLot; arrived: Arrived; isComplete: boolean }) {
  const { t } = useTranslation();
  if (arrived.usable === '' && arrived.damaged === '' && !isComplete) return null;
  const { missing, over } = gapOf(expectedOf(lot), arrived);
  if (over !== '0')
    return (
      <StatusBadge tone="warn">
        {t('transfers.kind.over')} <QuantityText value={over} />
      </StatusBadge>
    );
  if (missing === '0') return <StatusBadge tone="ok">{t('transfers.agrees')}</StatusBadge>;
  return (
    <StatusBadge tone={isComplete ? 'stop' : 'info'}>
      {t(isComplete ? 'transfers.missing' : 'transfers.stillComing')} <QuantityText value={missing} />
    </StatusBadge>
  );
}
