import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openPrintable } from '../../api/printable';
import type { Problem } from '../../api/problem';
import type { SupplierReturn } from '../../api/types';
import type { Permission } from '../../session/permissions';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { DocumentHistory } from '../shared/document-history';
import { QuantityIn } from '../shared/unit-text';
import { WorthText } from '../stock-counts/count-texts';
import { ReturnDialogs, type OpenReturnDialog } from './return-dialogs';
import { useReturn } from './return-queries';
import { RETURN_STATUSES, ReturnStatusBadge } from './return-texts';
import { LotStatusText } from './returns-screen';

const route = getRouteApi('/inventory/returns/$returnId');

/** A return: its lots, where it stands, what credit was expected and what came. */
export function ReturnScreen() {
  const { returnId } = route.useParams();
  const found = useReturn(Number(returnId));
  if (found.isPending) return <LoadingRows />;
  if (found.isError) return <ErrorView error={found.error} retry={() => void found.refetch()} />;
  return <Shown found={found.data} />;
}

function Shown({ found }: { found: SupplierReturn }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const [dialog, setDialog] = useState<OpenReturnDialog>();
  const print = useMutation<void, Problem>({
    mutationFn: () =>
      openPrintable(`/supplier-returns/${found.supplierReturnId}`, {
        format: 'html',
        language: i18n.language,
      }),
  });
  const may = (command: SupplierReturn['commands'][number], ...rights: Permission[]): boolean =>
    found.commands.includes(command) && rights.every(can);
  return (
    <Page
      title={t('returns.titleOf', { no: found.returnNumber })}
      hint={
        <Group gap="sm" component="span">
          <bdi>{found.supplierName}</bdi>
          <ReturnStatusBadge status={found.status} />
        </Group>
      }
      actions={
        <Group gap="sm" justify="flex-end">
          {may('cancel', 'WriteProcurement', 'WriteInventory') && (
            <Button variant="default" onClick={() => setDialog('cancel')}>
              {t(found.status === 'draft' ? 'returns.cancel' : 'returns.cameBack')}
            </Button>
          )}
          <KeyButton
            combo="F8"
            variant="default"
            label={t('returns.print')}
            loading={print.isPending}
            onPress={() => print.mutate()}
          />
          {may('ship', 'WriteProcurement', 'WriteInventory') && (
            <KeyButton combo="F9" label={t('returns.ship')} onPress={() => setDialog('ship')} />
          )}
          {may('credit', 'WriteProcurement') && (
            <KeyButton combo="F9" label={t('returns.credit')} onPress={() => setDialog('credit')} />
          )}
        </Group>
      }
    >
      <ProblemAlert problem={print.error} notSaved={t('print.failed')} />
      <Facts found={found} />
      <Lines found={found} />
      <DocumentHistory events={found.events} statusText={(status) => <StatusText status={status} />} />
      <ReturnDialogs found={found} opened={dialog} onClose={() => setDialog(undefined)} />
    </Page>
  );
}

function StatusText({ status }: { status: string }) {
  const known = RETURN_STATUSES.find((one) => one === status);
  return known === undefined ? <span>{status}</span> : <ReturnStatusBadge status={known} />;
}

/** What is expected and what came, and the difference. */
function Facts({ found }: { found: SupplierReturn }) {
  const { t } = useTranslation();
  const { creditExpected, creditReceived, creditNoteId } = found;
  return (
    <Card>
      <Group gap="xl">
        <Text>
          {t('returns.expected')} <MoneyText value={creditExpected} strong />
        </Text>
        {creditReceived !== null && (
          <>
            <Text>
              {t('returns.came')} <MoneyText value={creditReceived} strong />
            </Text>
            <Text>
              {t('counts.difference')}{' '}
              <WorthText value={formatMoney(decimalOrZero(creditReceived) - decimalOrZero(creditExpected))} />
            </Text>
          </>
        )}
        {creditNoteId !== null && (
          <Link to="/inventory/invoices/$invoiceId" params={{ invoiceId: String(creditNoteId) }}>
            {t('invoices.kind.credit_note')} <Ltr>{found.creditNoteNumber ?? ''}</Ltr>
          </Link>
        )}
      </Group>
      {found.notes !== null && (
        <Text size="sm" c="dimmed" mt={8}>
          <bdi>{found.notes}</bdi>
        </Text>
      )}
    </Card>
  );
}

type Line = SupplierReturn['lines'][number];

function Lines({ found }: { found: SupplierReturn }) {
  const { t } = useTranslation();
  const isWitnessed = found.lines.some(({ witnessedBy }) => witnessedBy !== null);
  const columns: Column<Line>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    { id: 'status', header: t('stock.status'), cell: (row) => <LotStatusText status={row.lotStatus} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    { id: 'why', header: t('history.why'), cell: (row) => t(`returns.reason.${row.reason}`) },
    ...(isWitnessed
      ? [
          {
            id: 'witness',
            header: t('witness.title'),
            cell: (row: Line) => <bdi>{row.witnessedBy ?? ''}</bdi>,
          },
        ]
      : []),
    {
      id: 'credit',
      header: t('returns.expected'),
      numeric: true,
      cell: (row) => <MoneyText value={row.creditExpected} />,
    },
  ];
  return (
    <Card flush label={t('returns.lines')}>
      <DataTable
        label={t('returns.lines')}
        columns={columns}
        rows={found.lines}
        rowKey={(row) => row.lineNo}
      />
    </Card>
  );
}
