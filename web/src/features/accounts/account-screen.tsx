import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountEntry, CustomerAccount, PointsEntryPage } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero } from '../../ui/money.domain';
import { CountText, MoneyText, QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useAccountName } from '../shared/account-picker';
import { BalanceText } from '../shared/balance-text';
import { AccountForm } from './account-form';
import { useAccount, useEntries, usePoints } from './account-queries';
import { PostingDialogs, type OpenPosting } from './posting-dialogs';
import { StatementDialog } from './statement-dialog';

const route = getRouteApi('/accounts/$accountId');

/** One account: what is owed or paid ahead, its entries and points, and what is done with it. */
export function AccountScreen() {
  const { accountId } = route.useParams();
  const account = useAccount(Number(accountId));
  if (account.isPending) return <LoadingRows />;
  if (account.isError) return <ErrorView error={account.error} retry={() => void account.refetch()} />;
  return <Shown account={account.data} />;
}

function Shown({ account }: { account: CustomerAccount }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const nameOf = useAccountName();
  const [dialog, setDialog] = useState<OpenPosting | 'edit' | 'statement'>();
  const close = () => setDialog(undefined);
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/accounts' }),
      whileTyping: false,
    },
  ]);
  return (
    <Page
      title={nameOf(account)}
      hint={
        <Group gap="sm" component="span">
          <Ltr>{account.accountNumber}</Ltr>
          {account.phone !== null && <Ltr>{account.phone}</Ltr>}
          <StatusBadge tone={account.status === 'open' ? 'ok' : 'stop'}>
            {t(`accounts.status.${account.status}`)}
          </StatusBadge>
        </Group>
      }
      actions={
        <Group gap="sm" justify="flex-end">
          {can('ManageAccounts') && (
            <>
              <Button variant="default" onClick={() => setDialog('edit')}>
                {t('accounts.act.edit')}
              </Button>
              <Button variant="default" onClick={() => setDialog('correct')}>
                {t('accounts.act.correct')}
              </Button>
            </>
          )}
          {can('Refund') && decimalOrZero(account.paidAhead) > 0n && (
            <Button variant="default" onClick={() => setDialog('payOut')}>
              {t('accounts.act.payOut')}
            </Button>
          )}
          <KeyButton
            combo="F8"
            variant="default"
            label={t('accounts.statement')}
            onPress={() => setDialog('statement')}
          />
          <KeyButton combo="F4" label={t('accounts.act.pay')} onPress={() => setDialog('pay')} />
        </Group>
      }
    >
      <Facts account={account} />
      <Entries accountId={account.accountId} />
      <Points account={account} />
      <PostingDialogs
        account={account}
        opened={dialog === 'edit' || dialog === 'statement' ? undefined : dialog}
        onClose={close}
      />
      <Dialog opened={dialog === 'edit'} onClose={close} title={t('accounts.act.edit')}>
        <AccountForm account={account} onClose={close} />
      </Dialog>
      <StatementDialog
        accountId={account.accountId}
        accountNumber={account.accountNumber}
        opened={dialog === 'statement'}
        onClose={close}
      />
    </Page>
  );
}

function Facts({ account }: { account: CustomerAccount }) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <Card label={t('accounts.standing')}>
      <Group gap="xl">
        <Text fw={650} data-testid="balance">
          <BalanceText balance={account.balance} />
        </Text>
        <Text>
          {t('accounts.limit')} <MoneyText value={account.creditLimit} />
        </Text>
        <Text>
          {t('accounts.available')} <MoneyText value={account.available} />
        </Text>
        <Text>
          {t('accounts.pointsCount', { count: account.points })}
          {account.pointsWorth !== null && (
            <>
              {' = '}
              <MoneyText value={account.pointsWorth} />
            </>
          )}
        </Text>
        {account.pointsDue > 0 && (
          <StatusBadge tone="warn">{t('accounts.pointsDue', { count: account.pointsDue })}</StatusBadge>
        )}
        {account.patientId !== null && can('ReadPatient') && (
          <Link to="/patients/$patientId" params={{ patientId: String(account.patientId) }}>
            {t('accounts.patient')}
          </Link>
        )}
      </Group>
    </Card>
  );
}

const PAGE_SIZE = 20;

function Entries({ accountId }: { accountId: number }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = search.show === 'open' ? 'open' : 'all';
  const list = useEntries(accountId, { show, page: search.page ?? 1, limit: PAGE_SIZE });
  const columns: Column<AccountEntry>[] = [
    { id: 'date', header: t('accounts.date'), cell: (row) => <DateText value={row.businessDate} /> },
    { id: 'what', header: t('accounts.what'), cell: (row) => <EntryText entry={row} /> },
    {
      id: 'amount',
      header: t('accounts.amount'),
      numeric: true,
      cell: (row) => <MoneyText value={row.amount} />,
    },
    {
      id: 'open',
      header: t('accounts.open'),
      numeric: true,
      cell: (row) => decimalOrZero(row.openAmount) > 0n && <MoneyText value={row.openAmount} />,
    },
    {
      id: 'balance',
      header: t('accounts.balance'),
      numeric: true,
      cell: (row) => <BalanceText balance={row.balanceAfter} />,
    },
    { id: 'by', header: t('accounts.enteredBy'), cell: (row) => <bdi>{row.enteredByName ?? ''}</bdi> },
  ];
  return (
    <>
      <Group justify="flex-start">
        <NativeSelect
          aria-label={t('accounts.show')}
          value={show}
          onChange={(event) =>
            void navigate({
              search: { show: event.currentTarget.value === 'open' ? 'open' : undefined },
              replace: true,
            })
          }
          data={(['all', 'open'] as const).map((value) => ({ value, label: t(`accounts.entries.${value}`) }))}
        />
      </Group>
      <Card flush label={t('accounts.entries.all')} isBusy={list.isPlaceholderData}>
        {list.isPending && <LoadingRows rows={4} />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data?.data.length === 0 && (
          <EmptyView title={t('accounts.noEntries')} hint={t('accounts.noEntriesHint')} />
        )}
        {list.data && list.data.data.length > 0 && (
          <>
            <DataTable
              label={t('accounts.entries.all')}
              columns={columns}
              rows={list.data.data}
              rowKey={(row) => row.entryId}
            />
            <Pager
              meta={list.data.meta}
              onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
            />
          </>
        )}
      </Card>
    </>
  );
}

/** What an entry is: its kind, tender, sale, and what was noted. */
function EntryText({ entry }: { entry: AccountEntry }) {
  const { t } = useTranslation();
  const isTill = entry.method === 'cash' || entry.method === 'card' || entry.method === 'mobile';
  return (
    <>
      {t(`accounts.entry.${entry.kind}`)}
      {entry.saleId !== null && (
        <>
          {' · '}
          <Link to="/sales/$saleId" params={{ saleId: String(entry.saleId) }}>
            <Ltr>{entry.saleNumber}</Ltr>
          </Link>
        </>
      )}
      {(isTill || entry.method === 'deposit') && <> · {t(`tender.${entry.method ?? 'cash'}`)}</>}
      {[entry.reference, entry.reason].map(
        (text) =>
          text !== null && (
            <Text span key={text} c="dimmed" size="sm">
              {' · '}
              <bdi>{text}</bdi>
            </Text>
          ),
      )}
    </>
  );
}

/** What was earned, spent and gone; nothing where there never were any. */
function Points({ account }: { account: CustomerAccount }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const list = usePoints(account.accountId, { page, limit: PAGE_SIZE });
  if (!list.data || list.data.meta.total === 0) return null;
  const columns: Column<PointsEntryPage['data'][number]>[] = [
    { id: 'date', header: t('accounts.date'), cell: (row) => <DateText value={row.businessDate} /> },
    {
      id: 'what',
      header: t('accounts.what'),
      cell: (row) => (
        <>
          {t(`loyalty.entry.${row.kind}`)}
          {row.saleNumber !== null && (
            <>
              {' · '}
              <Ltr>{row.saleNumber}</Ltr>
            </>
          )}
        </>
      ),
    },
    {
      id: 'points',
      header: t('accounts.points'),
      numeric: true,
      cell: (row) => <QuantityText value={String(row.points)} />,
    },
    {
      id: 'after',
      header: t('loyalty.after'),
      numeric: true,
      cell: (row) => <CountText value={row.balanceAfter} />,
    },
    {
      id: 'expires',
      header: t('loyalty.expires'),
      cell: (row) => row.expiresOn !== null && <DateText value={row.expiresOn} />,
    },
  ];
  return (
    <Card flush label={t('accounts.points')} isBusy={list.isPlaceholderData}>
      <DataTable
        label={t('accounts.points')}
        columns={columns}
        rows={list.data.data}
        rowKey={(row) => row.pointsEntryId}
      />
      <Pager meta={list.data.meta} onPage={setPage} />
    </Card>
  );
}
