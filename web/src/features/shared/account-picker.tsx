import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { CustomerAccount, CustomerAccountPage } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { Ltr } from '../../ui/ltr';
import { BalanceText } from './balance-text';

interface AccountPickerProps {
  label: string;
  value: CustomerAccount | null;
  onChange: (account: CustomerAccount | null) => void;
}

const MAX_HITS = 8;

/** Name of the holder of an account in the language of the interface. */
export function useAccountName(): (account: Pick<CustomerAccount, 'name' | 'nameAr'>) => string {
  const { i18n } = useTranslation();
  return ({ name, nameAr }) => (i18n.language === 'ar' ? (nameAr ?? name) : name);
}

/** Looks for an account by name, number or telephone. */
export function AccountPicker(props: AccountPickerProps) {
  const { t } = useTranslation();
  const nameOf = useAccountName();
  return (
    <AsyncPicker<CustomerAccount>
      {...props}
      placeholder={t('accounts.pickerPlaceholder')}
      searchKey={(q) => ['accounts', 'search', q]}
      search={async (q, signal) =>
        (await api.search<CustomerAccountPage>('/accounts', { q, limit: MAX_HITS }, signal)).data
      }
      itemKey={({ accountId }) => accountId}
      itemText={nameOf}
      renderItem={(account) => (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600}>
            <bdi>{nameOf(account)}</bdi>
            <Text span size="xs" c="dimmed" fw={400}>
              {' · '}
              <Ltr>{account.phone ?? account.accountNumber}</Ltr>
            </Text>
          </Text>
          <BalanceText balance={account.balance} />
        </Group>
      )}
    />
  );
}
