import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalAccount } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useAccountName } from './account-name';
import { useAccounts, useUpdateAccount } from './journal-queries';

/** The chart of accounts: numbers, names and paths are the pharmacy's to choose. */
export function AccountsView() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [chosen, setChosen] = useState<JournalAccount>();
  const accounts = useAccounts();
  const nameOf = useAccountName(accounts.data?.data ?? []);
  if (accounts.isPending) return <LoadingRows />;
  if (accounts.isError) return <ErrorView error={accounts.error} retry={() => void accounts.refetch()} />;
  const columns: Column<JournalAccount>[] = [
    { id: 'code', header: t('journal.code'), cell: (row) => <Ltr>{row.code}</Ltr> },
    {
      id: 'name',
      header: t('journal.name'),
      cell: (row) =>
        can('ManageBranches') ? (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('journal.change', { name: nameOf(row.accountKey) })}
            onClick={() => setChosen(row)}
          >
            {nameOf(row.accountKey)}
          </Button>
        ) : (
          nameOf(row.accountKey)
        ),
    },
    { id: 'type', header: t('journal.typeTitle'), cell: (row) => t(`journal.type.${row.type}`) },
    { id: 'path', header: t('journal.path'), cell: (row) => <Ltr>{row.path}</Ltr> },
  ];
  return (
    <>
      <Card flush>
        <DataTable
          label={t('journal.view.accounts')}
          columns={columns}
          rows={accounts.data.data}
          rowKey={(row) => row.accountKey}
        />
      </Card>
      {chosen && (
        <AccountDialog key={chosen.accountKey} account={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}

const FIELDS = ['code', 'name', 'nameAr', 'path'] as const;

function AccountDialog({ account, onClose }: { account: JournalAccount; onClose: () => void }) {
  const { t } = useTranslation();
  const { code, name, nameAr, path, version } = account;
  const [draft, setDraft] = useState({ code, name, nameAr, path });
  const save = useUpdateAccount(account.accountKey, () => {
    toastDone(t('journal.saved'));
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ version, ...draft });
  }

  return (
    <Dialog opened onClose={onClose} title={`${code} · ${name}`}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={save.error} notSaved={t('journal.notSaved')} />
          {FIELDS.map((field, index) => (
            <TextInput
              key={field}
              label={t(`journal.${field}`)}
              value={draft[field]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setDraft((before) => ({ ...before, [field]: value }));
              }}
              required
              maxLength={field === 'code' ? 20 : 120}
              dir={field === 'nameAr' ? 'rtl' : 'ltr'}
              data-autofocus={index === 0 || undefined}
            />
          ))}
          <FormFoot isSaving={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
