import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Discrepancy, ResolveDiscrepancy, Transfer } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { WitnessFields } from '../controlled/witness-fields';
import { useTransferCommand } from './transfer-queries';
import { waysOf } from './transfer-ways.domain';
import { useSigned } from './use-signed';

const LEAST_NOTE = 5;

interface DiscrepanciesProps {
  transfer: Transfer;
  side: 'from' | 'to';
  canResolve: boolean;
}

/** What was damaged, missing or too much, and how it was settled; by somebody else than who reported it. */
export function Discrepancies({ transfer, side, canResolve }: DiscrepanciesProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Discrepancy>();
  const lotOf = (row: Discrepancy): string =>
    transfer.lots.find(({ transitLotId }) => transitLotId === row.transitLotId)?.lotNumber ?? '';
  const columns: Column<Discrepancy>[] = [
    {
      id: 'kind',
      header: t('transfers.what'),
      cell: (row) => (
        <StatusBadge tone={row.resolution === null ? 'stop' : 'neutral'}>
          {t(`transfers.kind.${row.kind}`)}
        </StatusBadge>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{lotOf(row)}</Ltr> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    { id: 'note', header: t('counts.note'), cell: (row) => <bdi>{row.note ?? ''}</bdi> },
    {
      id: 'by',
      header: t('transfers.reportedBy'),
      cell: (row) => (
        <span>
          <bdi>{row.reportedBy}</bdi>, <DateTimeText value={row.reportedAt} />
        </span>
      ),
    },
    {
      id: 'settled',
      header: t('transfers.settled'),
      cell: (row) => <Settled row={row} side={side} onResolve={canResolve ? setOpen : undefined} />,
    },
  ];
  return (
    <Card flush label={t('transfers.discrepancies')}>
      <DataTable
        label={t('transfers.discrepancies')}
        columns={columns}
        rows={transfer.discrepancies}
        rowKey={(row) => row.discrepancyId}
      />
      <Dialog opened={open !== undefined} onClose={() => setOpen(undefined)} title={t('transfers.resolve')}>
        {open && (
          <ResolveForm
            transfer={transfer}
            discrepancy={open}
            lotNumber={lotOf(open)}
            side={side}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Dialog>
    </Card>
  );
}

interface SettledProps {
  row: Discrepancy;
  side: 'from' | 'to';
  onResolve: ((row: Discrepancy) => void) | undefined;
}

function Settled({ row, side, onResolve }: SettledProps) {
  const { t } = useTranslation();
  if (row.resolution !== null)
    return (
      <span>
        {t(`transfers.resolution.${row.resolution}`)} · <bdi>{row.resolutionNote}</bdi> ·{' '}
        <bdi>{row.resolvedBy}</bdi>
      </span>
    );
  if (!onResolve || waysOf(row.kind, side).length === 0) return <span>{t('transfers.waitsOther')}</span>;
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('transfers.resolveNo', { no: row.discrepancyId })}
      onClick={() => onResolve(row)}
    >
      {t('transfers.resolve')}
    </Button>
  );
}

interface ResolveFormProps {
  transfer: Transfer;
  discrepancy: Discrepancy;
  lotNumber: string;
  side: 'from' | 'to';
  onClose: () => void;
}

function ResolveForm({ transfer, discrepancy, lotNumber, side, onClose }: ResolveFormProps) {
  const { t } = useTranslation();
  const ways = waysOf(discrepancy.kind, side);
  const [way, setWay] = useState(ways[0]);
  const [note, setNote] = useState('');
  const resolve = useTransferCommand<ResolveDiscrepancy>(transfer.transferId, 'resolve', () => {
    toastDone(t('transfers.resolved'));
    onClose();
  });
  const signed = useSigned(false, resolve.error);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!way) return;
    const { discrepancyId } = discrepancy;
    void signed.run((signature) =>
      resolve.mutate(
        { discrepancyId, resolution: way, note: note.trim(), ...signature },
        { onError: signed.onError },
      ),
    );
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          {t(`transfers.kind.${discrepancy.kind}`)}: <QuantityText value={discrepancy.quantity} /> ·{' '}
          <Ltr>{lotNumber}</Ltr>
        </Text>
        <ProblemAlert problem={resolve.error} notSaved={t('transfers.notResolved')} />
        <NativeSelect
          label={t('transfers.how')}
          value={way ?? ''}
          onChange={(event) => setWay(ways.find((one) => one === event.currentTarget.value))}
          data={ways.map((value) => ({ value, label: t(`transfers.resolution.${value}`) }))}
          data-autofocus
        />
        <TextInput
          label={t('transition.reason')}
          required
          minLength={LEAST_NOTE}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <FormFoot
          isSaving={resolve.isPending || signed.witness.isSigning}
          onCancel={onClose}
          saveLabel={t('transfers.resolve')}
          disabled={note.trim().length < LEAST_NOTE || !signed.isReady}
        />
      </Stack>
    </form>
  );
}
