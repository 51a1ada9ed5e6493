import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { CustomerAccount, CustomerAccountPage } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { decimalOrZero, formatMoney, type Thousandths } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { AccountPicker } from '../shared/account-picker';
import { BalanceText } from '../shared/balance-text';

/** What is set against the account of the customer, as it is typed. */
export interface AccountDraft {
  /** Undefined: nobody chose; then it is the one of the patient, where there is one. */
  chosen?: CustomerAccount | null;
  account: string;
  deposit: string;
  points: string;
}

export const NO_ACCOUNT: AccountDraft = { account: '', deposit: '', points: '' };

type Field = 'account' | 'deposit' | 'points';

/** The account a sale goes by: the one that was chosen, or the only one of the patient. */
export function useSaleAccount(
  draft: AccountDraft,
  patientId: number | undefined,
): CustomerAccount | undefined {
  const ofPatient = useQuery({
    queryKey: ['accounts', 'ofPatient', patientId],
    queryFn: async ({ signal }) =>
      (await api.get<CustomerAccountPage>('/accounts', { patientId, limit: 2 }, signal)).data,
    enabled: patientId !== undefined,
    staleTime: 0,
  });
  if (draft.chosen !== undefined) return draft.chosen ?? undefined;
  return ofPatient.data?.length === 1 ? ofPatient.data[0] : undefined;
}

interface PayAccountProps {
  draft: AccountDraft;
  account: CustomerAccount | undefined;
  /** What is to be paid and in no other field beside cash. */
  rest: Thousandths;
  onChange: (draft: AccountDraft) => void;
}

/** Who the customer is, and the tenders his account can bear: on account, of what he paid ahead, with points. */
export function PayAccount({ draft, account, rest, onChange }: PayAccountProps) {
  const { t } = useTranslation();
  const most: Record<Field, string> = {
    deposit: account?.paidAhead ?? '0',
    account: account?.available ?? '0',
    points: account?.pointsWorth ?? '0',
  };
  const isBlocked = account?.status === 'blocked';
  const usable = (['deposit', 'account', 'points'] as const).filter(
    (field) => !isBlocked && decimalOrZero(most[field]) > 0n && (field !== 'account' || hasCredit(account)),
  );
  const left = decimalOrZero(most.account) - decimalOrZero(draft.deposit);
  const onAccount = left < rest ? left : rest;

  return (
    <Stack gap="xs" role="group" aria-label={t('accounts.customer')}>
      <AccountPicker
        label={t('accounts.customer')}
        value={account ?? null}
        onChange={(chosen) => onChange({ ...NO_ACCOUNT, chosen })}
      />
      {account && (
        <Text size="sm" c="dimmed">
          <BalanceText balance={account.balance} />
          {account.pointsWorth !== null && (
            <>
              {' · '}
              {t('accounts.pointsCount', { count: account.points })}
            </>
          )}{' '}
          {isBlocked && <StatusBadge tone="stop">{t('accounts.status.blocked')}</StatusBadge>}
        </Text>
      )}
      {usable.length > 0 && (
        <SimpleGrid cols={usable.length} spacing="sm">
          {usable.map((field) => (
            <DecimalInput
              key={field}
              label={t(`accounts.pay.${field}`)}
              description={
                <>
                  {t('accounts.pay.upTo')} <MoneyText value={most[field]} />
                </>
              }
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={draft[field]}
              onChange={(value) => onChange({ ...draft, [field]: value })}
              error={
                decimalOrZero(draft[field]) > decimalOrZero(most[field])
                  ? t('accounts.pay.tooMuch')
                  : undefined
              }
            />
          ))}
        </SimpleGrid>
      )}
      {usable.includes('account') && (
        <KeyButton
          combo="Alt+A"
          label={t('accounts.pay.rest')}
          variant="default"
          size="compact-md"
          disabled={onAccount <= 0n}
          onPress={() => onChange({ ...draft, account: formatMoney(onAccount) })}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
    </Stack>
  );
}

const hasCredit = (account: CustomerAccount | undefined): boolean => decimalOrZero(account?.creditLimit) > 0n;
