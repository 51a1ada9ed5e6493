import { Group, NativeSelect, SegmentedControl, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnterSupplierInvoice, SupplierInvoiceProposal } from '../../api/types';
import { useSession } from '../../session/session';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { cleanZeros, decimalOrZero, formatMoney } from '../../ui/money.domain';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { SupplierPicker } from '../shared/supplier-picker';
import { ChargeLines } from './charge-lines';
import { chargedLines, type DraftLine, isComplete, sumsOf } from './invoice-draft.domain';
import { useEnterInvoice, useInvoices, useOrdersOf, useProposal, useSupplier } from './invoice-queries';
import { SumsText } from './sums-text';

const route = getRouteApi('/inventory/invoices/new');
const KINDS = ['invoice', 'credit_note'] as const;
type Kind = (typeof KINDS)[number];

/** Enters what a supplier charges or credits as it stands on the paper, beside what was ordered and what came. */
export function NewInvoiceScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [kind, setKind] = useState<Kind>('invoice');
  // Whoever comes from an order goes on with the paper; whoever chooses here goes on where he is.
  const [cameWith] = useState(search.orderId);
  const proposal = useProposal(search.orderId);
  const supplierId = proposal.data?.supplierId ?? search.supplierId;
  const supplier = useSupplier(supplierId);
  const orders = useOrdersOf(supplierId);
  const isReady = supplierId !== undefined && (search.orderId === undefined || proposal.data !== undefined);
  return (
    <Page title={t('invoices.new')}>
      <Card label={t('invoices.ofWhat')}>
        <SimpleGrid cols={3} spacing="sm">
          <SegmentedControl
            aria-label={t('invoices.kindOf')}
            value={kind}
            onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'invoice')}
            data={KINDS.map((value) => ({ value, label: t(`invoices.kind.${value}`) }))}
            style={{ alignSelf: 'end' }}
          />
          <SupplierPicker
            label={t('invoices.supplier')}
            required
            autoFocus={supplierId === undefined}
            value={supplierId === undefined ? null : (supplier.data ?? null)}
            onChange={(chosen) =>
              void navigate({ search: { supplierId: chosen?.supplierId }, replace: true })
            }
          />
          <NativeSelect
            label={t('invoices.order')}
            disabled={supplierId === undefined}
            value={String(search.orderId ?? '')}
            onChange={(event) => {
              const orderId = Number(event.currentTarget.value) || undefined;
              void navigate({ search: { supplierId, orderId }, replace: true });
            }}
            data={[
              { value: '', label: t('invoices.noOrder') },
              ...(orders.data?.data ?? []).map((order) => ({
                value: String(order.purchaseOrderId),
                label: `${order.orderNumber} · ${formatMoney(decimalOrZero(order.total))}`,
              })),
            ]}
          />
        </SimpleGrid>
      </Card>
      {proposal.isError && <ErrorView error={proposal.error} retry={() => void proposal.refetch()} />}
      {search.orderId !== undefined && proposal.isPending && <LoadingRows />}
      {isReady && (
        <PaperForm
          key={`${kind}-${supplierId}-${search.orderId ?? 0}`}
          kind={kind}
          supplierId={supplierId}
          isFocused={cameWith !== undefined && cameWith === search.orderId}
          proposal={proposal.data}
        />
      )}
    </Page>
  );
}

interface PaperFormProps {
  kind: Kind;
  supplierId: number;
  isFocused: boolean;
  proposal: SupplierInvoiceProposal | undefined;
}

/** The lines an invoice of this order would have; a credit note begins with none charged. */
function linesOf(proposal: SupplierInvoiceProposal | undefined, kind: Kind, freight: string): DraftLine[] {
  const goods = (proposal?.lines ?? []).map((line): DraftLine => {
    const isCharged = kind === 'invoice' && decimalOrZero(line.quantity) > 0n;
    return {
      id: `order-${line.purchaseOrderItemId}`,
      name: line.drugName,
      ordered: line,
      drugId: null,
      quantity: isCharged ? cleanZeros(line.quantity) : '',
      net: isCharged ? formatMoney(decimalOrZero(line.net)) : '',
      tax: isCharged ? formatMoney(decimalOrZero(line.tax)) : '',
    };
  });
  const charges = decimalOrZero(proposal?.charges);
  if (kind !== 'invoice' || charges === 0n) return goods;
  const rest = { ordered: null, drugId: null, quantity: '', net: formatMoney(charges), tax: '' };
  return [...goods, { id: 'charges', name: freight, ...rest }];
}

function PaperForm({ kind, supplierId, isFocused, proposal }: PaperFormProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const decimals = useSession().branch?.currencyDecimals ?? 2;
  const [lines, setLines] = useState<readonly DraftLine[]>(() =>
    linesOf(proposal, kind, t('invoices.freight')),
  );
  const [number, setNumber] = useState('');
  const [invoiceDate, setInvoiceDate] = useState(todayLocal());
  const [dueDate, setDueDate] = useState('');
  const [total, setTotal] = useState('');
  const [creditsInvoiceId, setCreditsInvoiceId] = useState('');
  const credited = useInvoices(
    { supplierId, kind: 'invoice', status: 'approved', limit: 50 },
    kind === 'credit_note',
  );
  const enter = useEnterInvoice((invoice) => {
    toastDone(t('invoices.entered'));
    const invoiceId = String(invoice.supplierInvoiceId);
    void navigate({ to: '/inventory/invoices/$invoiceId', params: { invoiceId } });
  });
  const isReady = number.trim() !== '' && invoiceDate !== '' && isComplete(lines, total);

  function submit(): void {
    if (!isReady || enter.isPending) return;
    const body: EnterSupplierInvoice = {
      supplierId,
      kind,
      number: number.trim(),
      invoiceDate,
      total: formatMoney(decimalOrZero(total)),
      lines: chargedLines(lines),
      ...(proposal ? { purchaseOrderId: proposal.purchaseOrderId } : {}),
      ...(dueDate === '' ? {} : { dueDate }),
      ...(creditsInvoiceId === '' ? {} : { creditsInvoiceId: Number(creditsInvoiceId) }),
    };
    enter.mutate(body);
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    submit();
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap={12}>
        <Card label={t('invoices.paper')}>
          <SimpleGrid cols={kind === 'credit_note' ? 5 : 4} spacing="sm">
            <TextInput
              label={t('invoices.number')}
              required
              dir="ltr"
              maxLength={60}
              autoFocus={isFocused}
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('invoices.date')}
              required
              value={invoiceDate}
              onChange={(event) => setInvoiceDate(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('invoices.due')}
              description={t('invoices.dueHint')}
              inputWrapperOrder={['label', 'input', 'description']}
              value={dueDate}
              onChange={(event) => setDueDate(event.currentTarget.value)}
            />
            <DecimalInput label={t('invoices.totalOnPaper')} required value={total} onChange={setTotal} />
            {kind === 'credit_note' && (
              <NativeSelect
                label={t('invoices.credits')}
                value={creditsInvoiceId}
                onChange={(event) => setCreditsInvoiceId(event.currentTarget.value)}
                data={[
                  { value: '', label: t('invoices.creditsNone') },
                  ...(credited.data?.data ?? []).map((one) => ({
                    value: String(one.supplierInvoiceId),
                    label: `${one.number} · ${formatMoney(decimalOrZero(one.open))}`,
                  })),
                ]}
              />
            )}
          </SimpleGrid>
        </Card>
        <ChargeLines lines={lines} decimals={decimals} onChange={setLines} />
        <ProblemAlert problem={enter.error} notSaved={t('invoices.notEntered')} />
        <Group justify="space-between">
          <SumsText sums={sumsOf(lines, total)} />
          <KeyButton
            combo="F9"
            label={t('invoices.enter')}
            loading={enter.isPending}
            disabled={!isReady}
            onPress={submit}
          />
        </Group>
      </Stack>
    </form>
  );
}
