import { Button, Group, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer, TransitLot } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { QuantityIn } from '../shared/unit-text';
import { ApproveForm } from './approve-form';
import { CancelTransferDialog } from './cancel-transfer-dialog';
import { Discrepancies } from './discrepancies';
import { IssueForm } from './issue-form';
import { ReceiveForm } from './receive-form';
import { useTransfer } from './transfer-queries';
import { TransferStatusBadge, Way } from './transfer-texts';

const route = getRouteApi('/inventory/transfers/$transferId');

/** One transfer with what this branch does next: agree, send, take in, settle. */
export function TransferScreen() {
  const transferId = Number.parseInt(route.useParams().transferId, 10);
  const transfer = useTransfer(transferId);
  if (transfer.isPending) return <LoadingRows />;
  if (transfer.isError) return <ErrorView error={transfer.error} retry={() => void transfer.refetch()} />;
  return <OneTransfer key={`${transferId} ${transfer.data.status}`} transfer={transfer.data} />;
}

function OneTransfer({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const { can, branch } = useSession();
  const [isCancelOpen, setIsCancelOpen] = useState(false);
  const side = branch?.branchId === transfer.fromBranchId ? 'from' : 'to';
  const may = (command: Transfer['commands'][number], right: 'WriteInventory' | 'ApproveStock') =>
    transfer.commands.includes(command) && can(right);
  return (
    <Page
      title={t('transfers.titleOf', { no: transfer.transferId })}
      hint={
        <Group gap="sm" component="span">
          <Way transfer={transfer} />
          <TransferStatusBadge status={transfer.status} />
        </Group>
      }
      actions={
        may('cancel', 'WriteInventory') && (
          <Button variant="default" onClick={() => setIsCancelOpen(true)}>
            {t(transfer.status === 'in_transit' ? 'transfers.callBack' : 'transfers.cancel')}
          </Button>
        )
      }
    >
      <Facts transfer={transfer} />
      {may('approve', 'ApproveStock') && <ApproveForm transfer={transfer} />}
      {may('issue', 'WriteInventory') && <IssueForm transfer={transfer} />}
      {may('receive', 'WriteInventory') && <ReceiveForm transfer={transfer} />}
      {transfer.discrepancies.length > 0 && (
        <Discrepancies transfer={transfer} side={side} canResolve={may('resolve', 'ApproveStock')} />
      )}
      {!may('approve', 'ApproveStock') && <LinesTable transfer={transfer} />}
      {transfer.lots.length > 0 && !may('receive', 'WriteInventory') && <LotsTable transfer={transfer} />}
      <CancelTransferDialog
        transfer={transfer}
        opened={isCancelOpen}
        onClose={() => setIsCancelOpen(false)}
      />
    </Page>
  );
}

/** Who did what, and when. */
function Facts({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const steps = [
    {
      text: t(`transfers.originOf.${transfer.origin}`),
      by: transfer.createdBy,
      at: transfer.createdAt,
    },
    { text: t('transfers.agreedBy'), by: transfer.approvedBy, at: transfer.approvedAt },
    { text: t('transfers.issuedBy'), by: transfer.issuedBy, at: transfer.issuedAt },
    {
      text: t(transfer.status === 'cancelled' ? 'transfers.cancelledBy' : 'transfers.closedBy'),
      by: transfer.closedBy,
      at: transfer.closedAt,
    },
  ].filter(({ by }) => by !== null);
  const notes = [transfer.note, transfer.cancelReason].filter((one) => one !== null);
  return (
    <Text size="sm" c="dimmed">
      {steps.map(({ text, by, at }, index) => (
        <span key={text}>
          {index > 0 && ' · '}
          {text}: <bdi>{by}</bdi>, <DateTimeText value={at} />
        </span>
      ))}
      {notes.map((note) => (
        <span key={note}>
          {' · '}
          <bdi>{note}</bdi>
        </span>
      ))}
    </Text>
  );
}

type Line = Transfer['lines'][number];

function LinesTable({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const columns: Column<Line>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'asked',
      header: t('transfers.wanted'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'agreed',
      header: t('transfers.agreed'),
      numeric: true,
      cell: (row) => <QuantityText value={row.approved} />,
    },
  ];
  return (
    <Card flush label={t('transfers.lines')}>
      <DataTable
        label={t('transfers.lines')}
        columns={columns}
        rows={transfer.lines}
        rowKey={(row) => row.transferLineId}
      />
    </Card>
  );
}

function LotsTable({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const nameOf = (row: TransitLot): string =>
    transfer.lines.find(({ transferLineId }) => transferLineId === row.transferLineId)?.drugName ?? '';
  const quantity = (
    id: 'issued' | 'received' | 'returned' | 'writtenOff' | 'inTransit' | 'inDispute',
  ): Column<TransitLot> => ({
    id,
    header: t(`transfers.lot.${id}`),
    numeric: true,
    cell: (row) => (row[id] === '0' ? <span>{t('common.none')}</span> : <QuantityText value={row[id]} />),
  });
  const columns: Column<TransitLot>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={nameOf(row)} /> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    quantity('issued'),
    quantity('received'),
    quantity('returned'),
    quantity('writtenOff'),
    quantity('inTransit'),
    quantity('inDispute'),
  ];
  return (
    <Card flush label={t('transfers.lots')}>
      <DataTable
        label={t('transfers.lots')}
        columns={columns}
        rows={transfer.lots}
        rowKey={(row) => row.transitLotId}
      />
    </Card>
  );
}
