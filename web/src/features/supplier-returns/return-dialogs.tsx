import { NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditSupplierReturn, SupplierReturn } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { cleanZeros, decimalOrZero, formatMoney, parseDecimal } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { WitnessFields } from '../controlled/witness-fields';
import { useInvoices } from '../supplier-invoices/invoice-queries';
import { useSigned } from '../transfers/use-signed';
import { useReturnCommand } from './return-queries';

export type OpenReturnDialog = 'ship' | 'credit' | 'cancel';

interface ReturnDialogsProps {
  found: SupplierReturn;
  opened: OpenReturnDialog | undefined;
  onClose: () => void;
}

/** What is asked before a return goes a step further. */
export function ReturnDialogs({ found, opened, onClose }: ReturnDialogsProps) {
  const { t } = useTranslation();
  const isBack = opened === 'cancel' && found.status !== 'draft';
  const title = opened === undefined ? '' : t(isBack ? 'returns.cameBack' : `returns.${opened}`);
  return (
    <Dialog opened={opened !== undefined} onClose={onClose} title={title}>
      {opened === 'ship' && <ShipForm found={found} onClose={onClose} />}
      {opened === 'credit' && <CreditForm found={found} onClose={onClose} />}
      {opened === 'cancel' && <CancelForm found={found} onClose={onClose} title={title} />}
    </Dialog>
  );
}

interface FormProps {
  found: SupplierReturn;
  onClose: () => void;
}

/** The goods leave; what is controlled by two people. */
function ShipForm({ found, onClose }: FormProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const ship = useReturnCommand<{ note?: string; witness?: string }>(found.supplierReturnId, 'ship', () => {
    toastDone(t('returns.shipped'));
    onClose();
  });
  const signed = useSigned(
    found.lines.some(({ needsWitness }) => needsWitness),
    ship.error,
  );
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void signed.run((signature) =>
      ship.mutate(
        { ...(note.trim() === '' ? {} : { note: note.trim() }), ...signature },
        { onError: signed.onError },
      ),
    );
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('returns.shipHint')}</Text>
        <ProblemAlert problem={ship.error} notSaved={t('returns.notShipped')} />
        <TextInput
          label={t('counts.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <FormFoot
          isSaving={ship.isPending || signed.witness.isSigning}
          onCancel={onClose}
          saveLabel={t('returns.ship')}
          disabled={!signed.isReady}
        />
      </Stack>
    </form>
  );
}

/** The credit note that answers it, as on the paper; what was expected stands beside it. */
function CreditForm({ found, onClose }: FormProps) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [creditedOn, setCreditedOn] = useState(todayLocal());
  const [net, setNet] = useState(cleanZeros(found.creditExpected));
  const [tax, setTax] = useState('');
  const [creditsInvoiceId, setCreditsInvoiceId] = useState('');
  const invoices = useInvoices({
    ...{ supplierId: found.supplierId, kind: 'invoice', status: 'approved', limit: 50 },
  });
  const credit = useReturnCommand<CreditSupplierReturn>(found.supplierReturnId, 'credit', () => {
    toastDone(t('returns.credited'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    credit.mutate({
      number: number.trim(),
      creditedOn,
      net: formatMoney(decimalOrZero(net)),
      tax: formatMoney(decimalOrZero(tax)),
      ...(creditsInvoiceId === '' ? {} : { creditsInvoiceId: Number(creditsInvoiceId) }),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          {t('returns.expected')} <MoneyText value={found.creditExpected} strong />
        </Text>
        <ProblemAlert problem={credit.error} notSaved={t('returns.notCredited')} />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('returns.creditNumber')}
            required
            dir="ltr"
            maxLength={60}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="date"
            label={t('invoices.date')}
            required
            value={creditedOn}
            onChange={(event) => setCreditedOn(event.currentTarget.value)}
          />
          <DecimalInput label={t('invoices.net')} required value={net} onChange={setNet} />
          <DecimalInput label={t('invoices.tax')} value={tax} onChange={setTax} />
        </SimpleGrid>
        <NativeSelect
          label={t('invoices.credits')}
          value={creditsInvoiceId}
          onChange={(event) => setCreditsInvoiceId(event.currentTarget.value)}
          data={[
            { value: '', label: t('invoices.creditsNone') },
            ...(invoices.data?.data ?? []).map((one) => ({
              value: String(one.supplierInvoiceId),
              label: `${one.number} · ${formatMoney(decimalOrZero(one.open))}`,
            })),
          ]}
        />
        <FormFoot
          isSaving={credit.isPending}
          onCancel={onClose}
          saveLabel={t('returns.credit')}
          disabled={number.trim() === '' || creditedOn === '' || parseDecimal(net) === undefined}
        />
      </Stack>
    </form>
  );
}

/** It does not go, or was not taken: what had left is in its lots again. */
function CancelForm({ found, onClose, title }: FormProps & { title: string }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const cancel = useReturnCommand<{ reason: string }>(found.supplierReturnId, 'cancel', () => {
    toastDone(t('returns.cancelled'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    cancel.mutate({ reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t(found.status === 'draft' ? 'returns.cancelHint' : 'returns.cameBackHint')}</Text>
        <ProblemAlert problem={cancel.error} notSaved={t('returns.notCancelled')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={cancel.isPending}
          onCancel={onClose}
          saveLabel={title}
          disabled={reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}
