import { Group, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useUsers } from './admin-queries';
import { RoleFactorsCard } from './role-factors-card';
import { TillsCard } from './tills-card';
import { UserDialog } from './user-dialog';

/** Who may sign in, with which roles, at which branches. */
export function UsersScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const users = useUsers();
  const [dialog, setDialog] = useState<{ user: UserRow | undefined }>();
  const columns: Column<UserRow>[] = [
    {
      id: 'name',
      header: t('users.fullName'),
      cell: (user) => (
        <button type="button" className={rowLinkClass} data-row-link onClick={() => setDialog({ user })}>
          <bdi>{user.fullName}</bdi>
        </button>
      ),
    },
    { id: 'username', header: t('users.username'), cell: (user) => <Ltr>{user.username}</Ltr> },
    {
      id: 'roles',
      header: t('users.roles'),
      cell: (user) => <Text size="sm">{user.roles.map((role) => role.name).join(', ')}</Text>,
    },
    {
      id: 'state',
      header: t('users.state'),
      cell: (user) =>
        user.status === 'active' ? (
          <StatusBadge tone="ok">{t('users.active')}</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">{t('users.disabled')}</StatusBadge>
        ),
    },
  ];
  return (
    <Page
      title={t('users.title')}
      actions={
        <Group>
          <KeyButton
            combo="F9"
            label={t('users.new')}
            leftSection={<IconUserPlus size={18} />}
            onPress={() => setDialog({ user: undefined })}
          />
        </Group>
      }
    >
      <Card flush>
        {users.isPending && <LoadingRows />}
        {users.isError && <ErrorView error={users.error} retry={() => void users.refetch()} />}
        {users.data?.data.length === 0 && <EmptyView title={t('users.empty')} />}
        {users.data && users.data.data.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('users.title')}
              columns={columns}
              rows={users.data.data}
              rowKey={(user) => user.userId}
            />
          </div>
        )}
      </Card>
      <TillsCard />
      {can('ManageRoles') && <RoleFactorsCard />}
      <UserDialog
        key={dialog?.user?.userId}
        opened={dialog !== undefined}
        user={dialog?.user}
        onClose={() => setDialog(undefined)}
      />
    </Page>
  );
}
