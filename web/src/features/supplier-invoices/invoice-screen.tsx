import { Button, Group, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SupplierInvoice } from '../../api/types';
import type { Permission } from '../../session/permissions';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { DocumentHistory } from '../shared/document-history';
import { InvoiceDialogs, type OpenInvoiceDialog } from './invoice-dialogs';
import { useInvoice, useInvoiceCommand } from './invoice-queries';
import { DifferenceBadge, InvoiceStatusBadge } from './invoice-texts';

const route = getRouteApi('/inventory/invoices/$invoiceId');

/** An invoice beside what was ordered and what came, and what is done with it next. */
export function InvoiceScreen() {
  const { invoiceId } = route.useParams();
  const invoice = useInvoice(Number(invoiceId));
  if (invoice.isPending) return <LoadingRows />;
  if (invoice.isError) return <ErrorView error={invoice.error} retry={() => void invoice.refetch()} />;
  return <Shown invoice={invoice.data} />;
}

function Shown({ invoice }: { invoice: SupplierInvoice }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [dialog, setDialog] = useState<OpenInvoiceDialog>();
  const match = useInvoiceCommand<object>(invoice.supplierInvoiceId, 'match', () =>
    toastDone(t('invoices.compared')),
  );
  const may = (command: SupplierInvoice['commands'][number], permission: Permission): boolean =>
    invoice.commands.includes(command) && can(permission);
  const isPaid = !/[1-9]/.test(invoice.open);
  const ofAll = invoice.differences.filter(({ lineNo }) => lineNo === null);
  return (
    <Page
      title={`${t(`invoices.kind.${invoice.kind}`)} ${invoice.number}`}
      hint={
        <Group gap="sm" component="span">
          <bdi>{invoice.supplierName}</bdi>
          <InvoiceStatusBadge status={invoice.status} />
          {invoice.needsApproval && <StatusBadge tone="info">{t('invoices.needsAnother')}</StatusBadge>}
        </Group>
      }
      actions={
        <Group gap="sm" justify="flex-end">
          {may('void', 'WriteProcurement') && (
            <Button variant="default" onClick={() => setDialog('void')}>
              {t('invoices.void')}
            </Button>
          )}
          {may('dispute', 'WriteProcurement') && (
            <KeyButton
              combo="F7"
              variant="default"
              label={t('invoices.dispute')}
              onPress={() => setDialog('dispute')}
            />
          )}
          {may('match', 'WriteProcurement') && (
            <KeyButton
              combo="F8"
              variant="default"
              label={t('invoices.compare')}
              loading={match.isPending}
              onPress={() => match.mutate({})}
            />
          )}
          {may('approve', 'ApprovePurchaseOrder') && (
            <KeyButton combo="F9" label={t('invoices.approve')} onPress={() => setDialog('approve')} />
          )}
          {may('pay', 'WriteProcurement') && !isPaid && (
            <KeyButton combo="F9" label={t('invoices.pay')} onPress={() => setDialog('pay')} />
          )}
        </Group>
      }
    >
      <Facts invoice={invoice} />
      <ProblemAlert problem={match.error} notSaved={t('invoices.notCompared')} />
      {ofAll.map((difference) => (
        <Notice key={difference.code} tone="stop" title={t(`invoices.difference.${difference.code}`)}>
          <DifferenceBadge difference={difference} />
        </Notice>
      ))}
      <Lines invoice={invoice} />
      {invoice.payments.length > 0 && <Payments invoice={invoice} />}
      <DocumentHistory events={invoice.events} statusText={(status) => <StatusText status={status} />} />
      <InvoiceDialogs invoice={invoice} opened={dialog} onClose={() => setDialog(undefined)} />
    </Page>
  );
}

const STATUSES = ['entered', 'matched', 'differing', 'disputed', 'approved', 'void'] as const;

function StatusText({ status }: { status: string }) {
  const known = STATUSES.find((one) => one === status);
  return known === undefined ? <span>{status}</span> : <InvoiceStatusBadge status={known} />;
}

function Facts({ invoice }: { invoice: SupplierInvoice }) {
  const { t } = useTranslation();
  return (
    <Card>
      <Group gap="xl">
        {invoice.orderNumber !== null && (
          <Text>
            {t('invoices.order')} <Ltr>{invoice.orderNumber}</Ltr>
          </Text>
        )}
        <Text>
          {t('invoices.date')} <DateText value={invoice.invoiceDate} />
        </Text>
        <Text>
          {t('invoices.due')} <DateText value={invoice.dueDate} />
        </Text>
        <Text>
          {t('invoices.net')} <MoneyText value={invoice.netTotal} />
        </Text>
        <Text>
          {t('invoices.tax')} <MoneyText value={invoice.taxTotal} />
        </Text>
        <Text fw={650}>
          {t('invoices.total')} <MoneyText value={invoice.total} />
        </Text>
        {invoice.status === 'approved' && (
          <Text fw={650}>
            {t('invoices.open')} <MoneyText value={invoice.open} />
          </Text>
        )}
      </Group>
      {invoice.statusReason !== null && (
        <Text size="sm" c="dimmed" mt={8}>
          <bdi>{invoice.statusReason}</bdi>
        </Text>
      )}
    </Card>
  );
}

type Line = SupplierInvoice['lines'][number];

/** Ordered, received and invoiced side by side; what differs stands in the row. */
function Lines({ invoice }: { invoice: SupplierInvoice }) {
  const { t } = useTranslation();
  const differencesOf = ({ lineNo }: Line) => invoice.differences.filter((one) => one.lineNo === lineNo);
  const columns: Column<Line>[] = [
    { id: 'no', header: t('invoices.lineNo'), numeric: true, cell: (row) => <Ltr>{row.lineNo}</Ltr> },
    {
      id: 'what',
      header: t('invoices.what'),
      cell: (row) => <MixedText text={row.drugName ?? row.description ?? ''} />,
    },
    {
      id: 'ordered',
      header: t('invoices.ordered'),
      numeric: true,
      cell: (row) => row.quantity !== null && <QuantityText value={row.quantityOrdered} />,
    },
    {
      id: 'received',
      header: t('invoices.received'),
      numeric: true,
      cell: (row) => row.quantity !== null && <QuantityText value={row.quantityReceived} />,
    },
    {
      id: 'invoiced',
      header: t('invoices.invoiced'),
      numeric: true,
      cell: (row) => row.quantity !== null && <QuantityText value={row.quantity} />,
    },
    { id: 'net', header: t('invoices.net'), numeric: true, cell: (row) => <MoneyText value={row.net} /> },
    { id: 'tax', header: t('invoices.tax'), numeric: true, cell: (row) => <MoneyText value={row.tax} /> },
    {
      id: 'differences',
      header: t('invoices.differences'),
      cell: (row) => (
        <Group gap={4}>
          {differencesOf(row).map((difference) => (
            <DifferenceBadge key={difference.code} difference={difference} />
          ))}
          {differencesOf(row).length === 0 && ['matched', 'approved'].includes(invoice.status) && (
            <StatusBadge tone="ok">{t('transfers.agrees')}</StatusBadge>
          )}
        </Group>
      ),
    },
  ];
  return (
    <Card flush label={t('invoices.lines')}>
      <DataTable
        label={t('invoices.lines')}
        columns={columns}
        rows={invoice.lines}
        rowKey={(row) => row.lineNo}
      />
    </Card>
  );
}

function Payments({ invoice }: { invoice: SupplierInvoice }) {
  const { t } = useTranslation();
  const rows = invoice.payments.map((payment, index) => ({ ...payment, no: index + 1 }));
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'on', header: t('invoices.paidOn'), cell: (row) => <DateText value={row.paidOn} /> },
    {
      id: 'amount',
      header: t('invoices.amount'),
      numeric: true,
      cell: (row) => <MoneyText value={row.amount} />,
    },
    { id: 'reference', header: t('invoices.reference'), cell: (row) => <bdi>{row.reference ?? ''}</bdi> },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.recordedBy ?? ''}</bdi> },
  ];
  return (
    <Card flush label={t('invoices.payments')}>
      <DataTable label={t('invoices.payments')} columns={columns} rows={rows} rowKey={(row) => row.no} />
    </Card>
  );
}
