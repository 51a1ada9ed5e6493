import { Button, Group, NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerAccount } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { CountText, MoneyText } from '../../ui/money-text';
import { usePersonSearch } from '../../ui/person-search';
import { StatusBadge } from '../../ui/status-badge';
import { useAccountName } from '../shared/account-picker';
import { BalanceText } from '../shared/balance-text';
import { AccountForm } from './account-form';
import { useAccounts } from './account-queries';
import { LoyaltyDialog } from './loyalty-dialog';

const route = getRouteApi('/accounts');

const SHOWN = ['all', 'owing', 'ahead', 'blocked'] as const;

/** Customers who buy on account, pay ahead or collect points. */
export function AccountsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const q = usePersonSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<'new' | 'points'>();
  const show = SHOWN.find((one) => one === search.show) ?? 'all';
  const list = useAccounts({
    q,
    standing: show === 'owing' || show === 'ahead' ? show : undefined,
    status: show === 'blocked' ? show : undefined,
    page: search.page ?? 1,
    limit: 20,
  });
  const columns = useColumns();
  const close = () => setDialog(undefined);
  return (
    <>
      <ListScreen
        title={t('accounts.title')}
        actions={
          <Group gap="sm">
            {can('ReadReports') && (
              <Button variant="default" component={Link} to="/receivables">
                {t('receivables.title')}
              </Button>
            )}
            {can('ManageAccounts') && (
              <Button variant="default" onClick={() => setDialog('points')}>
                {t('loyalty.title')}
              </Button>
            )}
            <KeyButton combo="F9" label={t('accounts.new')} onPress={() => setDialog('new')} />
          </Group>
        }
        search={
          can('IdentifyPatients')
            ? {
                value: q,
                label: t('accounts.search'),
                placeholder: t('accounts.pickerPlaceholder'),
                focusLabel: t('accounts.search'),
                onSearch: (wanted) =>
                  void navigate({
                    search: (previous) => ({ ...previous, page: undefined }),
                    state: { q: wanted },
                    replace: true,
                  }),
              }
            : undefined
        }
        filters={
          <NativeSelect
            aria-label={t('accounts.show')}
            size="md"
            value={show}
            onChange={(event) =>
              void navigate({
                search: (previous) => ({
                  ...previous,
                  show: SHOWN.find((one) => one === event.currentTarget.value),
                  page: undefined,
                }),
                state: true,
                replace: true,
              })
            }
            data={SHOWN.map((value) => ({ value, label: t(`accounts.shown.${value}`) }))}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.accountId}
        empty={{ title: t('accounts.empty'), hint: t('accounts.emptyHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }), state: true })}
      />
      <Dialog opened={dialog === 'new'} onClose={close} title={t('accounts.new')}>
        <AccountForm
          onClose={close}
          onOpened={({ accountId }) =>
            void navigate({ to: '/accounts/$accountId', params: { accountId: String(accountId) } })
          }
        />
      </Dialog>
      <LoyaltyDialog opened={dialog === 'points'} onClose={close} />
    </>
  );
}

function useColumns(): Column<CustomerAccount>[] {
  const { t } = useTranslation();
  const nameOf = useAccountName();
  return [
    {
      id: 'name',
      header: t('accounts.name'),
      cell: (row) => (
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(row.accountId) }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{nameOf(row)}</bdi>
        </Link>
      ),
    },
    { id: 'number', header: t('accounts.number'), cell: (row) => <Ltr>{row.accountNumber}</Ltr> },
    { id: 'phone', header: t('accounts.phone'), cell: (row) => <Ltr>{row.phone ?? ''}</Ltr> },
    {
      id: 'status',
      header: t('accounts.statusOf'),
      cell: (row) => (
        <StatusBadge tone={row.status === 'open' ? 'ok' : 'stop'}>
          {t(`accounts.status.${row.status}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'balance',
      header: t('accounts.balance'),
      numeric: true,
      cell: (row) => <BalanceText balance={row.balance} />,
    },
    {
      id: 'limit',
      header: t('accounts.limit'),
      numeric: true,
      cell: (row) => <MoneyText value={row.creditLimit} />,
    },
    {
      id: 'points',
      header: t('accounts.points'),
      numeric: true,
      cell: (row) => <CountText value={row.points} />,
    },
  ];
}
