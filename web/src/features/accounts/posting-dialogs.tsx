import { Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerAccount } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatMoney, parseDecimal } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { BalanceText } from '../shared/balance-text';
import { useEntries, usePosting } from './account-queries';

const METHODS = ['cash', 'card', 'mobile'] as const;
type Method = (typeof METHODS)[number];
/** Open entries one may choose among; the older ones first. */
const MAX_CHOICES = 20;

export type OpenPosting = 'pay' | 'payOut' | 'correct';

interface PostingDialogsProps {
  account: CustomerAccount;
  opened: OpenPosting | undefined;
  onClose: () => void;
}

/** What is asked before something is posted to an account. */
export function PostingDialogs({ account, opened, onClose }: PostingDialogsProps) {
  const { t } = useTranslation();
  const title = opened === undefined ? '' : t(`accounts.act.${opened}`);
  return (
    <Dialog opened={opened !== undefined} onClose={onClose} title={title}>
      {opened === 'pay' && <PayForm account={account} onClose={onClose} />}
      {opened === 'payOut' && <PayOutForm account={account} onClose={onClose} />}
      {opened === 'correct' && <CorrectForm account={account} onClose={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  account: CustomerAccount;
  onClose: () => void;
}

interface PaymentBody {
  method: Method;
  amount: string;
  reference?: string;
  settles?: number[];
}

/** Takes money: what is owed at first, more is paid ahead; it settles the oldest unless something is ticked. */
function PayForm({ account, onClose }: FormProps) {
  const { t } = useTranslation();
  const owed = decimalOrZero(account.balance);
  const [amount, setAmount] = useState(owed > 0n ? formatMoney(owed) : '');
  const [method, setMethod] = useState<Method>('cash');
  const [reference, setReference] = useState('');
  const [settles, setSettles] = useState<string[]>([]);
  const open = useEntries(account.accountId, { show: 'open', limit: MAX_CHOICES });
  const pay = usePosting<PaymentBody>(account.accountId, 'payments', () => {
    toastDone(t('accounts.done.pay'));
    onClose();
  });
  const paying = decimalOrZero(amount);
  const choices = open.data?.data ?? [];
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    pay.mutate({
      method,
      amount: formatMoney(paying),
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
      ...(settles.length === 0 ? {} : { settles: settles.map(Number) }),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          <BalanceText balance={account.balance} />
        </Text>
        <ProblemAlert problem={pay.error} notSaved={t('accounts.notPosted')} />
        <DecimalInput
          label={t('accounts.amount')}
          required
          value={amount}
          onChange={setAmount}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        {paying > (owed > 0n ? owed : 0n) && (
          <Text size="sm" role="status">
            {t('accounts.paysAhead')}{' '}
            <MoneyText value={formatMoney(paying - (owed > 0n ? owed : 0n))} strong />
          </Text>
        )}
        <MethodSelect value={method} onChange={setMethod} />
        <TextInput
          label={t('accounts.reference')}
          maxLength={100}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        {choices.length > 1 && (
          <Checkbox.Group
            label={t('accounts.settleFirst')}
            description={t('accounts.settleHint')}
            value={settles}
            onChange={setSettles}
          >
            <Stack gap={6} mt={6}>
              {choices.map((entry) => (
                <Checkbox
                  key={entry.entryId}
                  value={String(entry.entryId)}
                  label={
                    <>
                      <DateText value={entry.businessDate} /> · <Ltr>{entry.saleNumber ?? ''}</Ltr>{' '}
                      {entry.saleNumber === null && t(`accounts.entry.${entry.kind}`)} ·{' '}
                      <MoneyText value={entry.openAmount} />
                    </>
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <FormFoot
          isSaving={pay.isPending}
          onCancel={onClose}
          saveLabel={t('accounts.act.pay')}
          disabled={paying <= 0n}
        />
      </Stack>
    </form>
  );
}

/** Gives back what was paid ahead. */
function PayOutForm({ account, onClose }: FormProps) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState(account.paidAhead);
  const [method, setMethod] = useState<Method>('cash');
  const [reason, setReason] = useState('');
  const payOut = usePosting<{ method: Method; amount: string; reason: string }>(
    account.accountId,
    'payouts',
    () => {
      toastDone(t('accounts.done.payOut'));
      onClose();
    },
  );
  const giving = decimalOrZero(amount);
  const isTooMuch = giving > decimalOrZero(account.paidAhead);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    payOut.mutate({ method, amount: formatMoney(giving), reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={payOut.error} notSaved={t('accounts.notPosted')} />
        <DecimalInput
          label={t('accounts.amount')}
          required
          value={amount}
          onChange={setAmount}
          onFocus={(event) => event.currentTarget.select()}
          error={isTooMuch ? t('errors.deposit-short') : undefined}
          data-autofocus
        />
        <MethodSelect value={method} onChange={setMethod} />
        <ReasonInput value={reason} onChange={setReason} />
        <FormFoot
          isSaving={payOut.isPending}
          onCancel={onClose}
          saveLabel={t('accounts.act.payOut')}
          disabled={giving <= 0n || isTooMuch || reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}

/** Puts a balance right: more is owed, or less. */
function CorrectForm({ account, onClose }: FormProps) {
  const { t } = useTranslation();
  const [direction, setDirection] = useState<'more' | 'less'>('less');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const correct = usePosting<{ amount: string; reason: string }>(account.accountId, 'corrections', () => {
    toastDone(t('accounts.done.correct'));
    onClose();
  });
  const by = parseDecimal(amount) ?? 0n;
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    correct.mutate({ amount: formatMoney(direction === 'more' ? by : -by), reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          <BalanceText balance={account.balance} />
        </Text>
        <ProblemAlert problem={correct.error} notSaved={t('accounts.notPosted')} />
        <NativeSelect
          label={t('accounts.direction')}
          value={direction}
          onChange={(event) => setDirection(event.currentTarget.value === 'more' ? 'more' : 'less')}
          data={(['less', 'more'] as const).map((value) => ({ value, label: t(`accounts.by.${value}`) }))}
          data-autofocus
        />
        <DecimalInput label={t('accounts.amount')} required value={amount} onChange={setAmount} />
        <ReasonInput value={reason} onChange={setReason} />
        <FormFoot
          isSaving={correct.isPending}
          onCancel={onClose}
          saveLabel={t('accounts.act.correct')}
          disabled={by <= 0n || reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}

function MethodSelect({ value, onChange }: { value: Method; onChange: (method: Method) => void }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('accounts.by.method')}
      value={value}
      onChange={(event) => onChange(METHODS.find((one) => one === event.currentTarget.value) ?? 'cash')}
      data={METHODS.map((method) => ({ value: method, label: t(`tender.${method}`) }))}
    />
  );
}

function ReasonInput({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('accounts.reason')}
      required
      maxLength={300}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
