import { Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SupplierInvoice } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { cleanZeros, decimalOrZero, formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useInvoiceCommand } from './invoice-queries';
import { DifferenceBadge } from './invoice-texts';

export type OpenInvoiceDialog = 'approve' | 'dispute' | 'void' | 'pay';

interface InvoiceDialogsProps {
  invoice: SupplierInvoice;
  opened: OpenInvoiceDialog | undefined;
  onClose: () => void;
}

/** What is asked before an invoice goes a step further. */
export function InvoiceDialogs({ invoice, opened, onClose }: InvoiceDialogsProps) {
  const { t } = useTranslation();
  const title = opened === undefined ? '' : t(`invoices.${opened}`);
  return (
    <Dialog opened={opened !== undefined} onClose={onClose} title={title}>
      {opened === 'approve' && <ApproveForm invoice={invoice} onClose={onClose} />}
      {opened === 'pay' && <PayForm invoice={invoice} onClose={onClose} />}
      {(opened === 'dispute' || opened === 'void') && (
        <EndForm invoice={invoice} command={opened} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  invoice: SupplierInvoice;
  onClose: () => void;
}

/** Makes it payable; where it differs, why all the same. */
function ApproveForm({ invoice, onClose }: FormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const isDiffering = invoice.differences.length > 0;
  const approve = useInvoiceCommand<{ reason?: string }>(invoice.supplierInvoiceId, 'approve', () => {
    toastDone(t('invoices.approved'));
    onClose();
  });
  // What differs may have come up since it was compared: then the server asks for the reason.
  const isAsked = isDiffering || approve.error?.code === 'invoice-differs';
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    approve.mutate(reason.trim() === '' ? {} : { reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          {t('invoices.total')} <MoneyText value={invoice.total} strong />
        </Text>
        {invoice.differences.map((difference) => (
          <div key={`${difference.lineNo ?? 0}-${difference.code}`}>
            <DifferenceBadge difference={difference} />
          </div>
        ))}
        <ProblemAlert problem={approve.error} notSaved={t('invoices.notApproved')} />
        {isAsked && (
          <TextInput
            label={t('invoices.whyApproved')}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <FormFoot
          isSaving={approve.isPending}
          onCancel={onClose}
          saveLabel={t('invoices.approve')}
          isFocused={!isAsked}
          disabled={isAsked && reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}

/** Says that it is not accepted as it is, or that it was entered wrongly. */
function EndForm({ invoice, command, onClose }: FormProps & { command: 'dispute' | 'void' }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const end = useInvoiceCommand<{ reason: string }>(invoice.supplierInvoiceId, command, () => {
    toastDone(t(`invoices.ended.${command}`));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    end.mutate({ reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t(`invoices.endHint.${command}`)}</Text>
        <ProblemAlert problem={end.error} notSaved={t('invoices.notEnded')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={end.isPending}
          onCancel={onClose}
          saveLabel={t(`invoices.${command}`)}
          disabled={reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}

/** Notes a payment, up to what is open. */
function PayForm({ invoice, onClose }: FormProps) {
  const { t } = useTranslation();
  const [paidOn, setPaidOn] = useState(todayLocal());
  const [amount, setAmount] = useState(cleanZeros(invoice.open));
  const [reference, setReference] = useState('');
  const pay = useInvoiceCommand<{ paidOn: string; amount: string; reference?: string }>(
    invoice.supplierInvoiceId,
    'payments',
    () => {
      toastDone(t('invoices.paid'));
      onClose();
    },
  );
  const paying = decimalOrZero(amount);
  const isTooMuch = paying > decimalOrZero(invoice.open);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    pay.mutate({
      paidOn,
      amount: formatMoney(paying),
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          {t('invoices.open')} <MoneyText value={invoice.open} strong />
        </Text>
        <ProblemAlert problem={pay.error} notSaved={t('invoices.notPaid')} />
        <DecimalInput
          label={t('invoices.amount')}
          required
          value={amount}
          onChange={setAmount}
          onFocus={(event) => event.currentTarget.select()}
          error={isTooMuch ? t('errors.more-than-open') : undefined}
          data-autofocus
        />
        <TextInput
          type="date"
          label={t('invoices.paidOn')}
          required
          value={paidOn}
          onChange={(event) => setPaidOn(event.currentTarget.value)}
        />
        <TextInput
          label={t('invoices.reference')}
          maxLength={100}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={pay.isPending}
          onCancel={onClose}
          saveLabel={t('invoices.pay')}
          disabled={paying <= 0n || isTooMuch || paidOn === ''}
        />
      </Stack>
    </form>
  );
}
