import { Button, Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useBranches, useCreateUser, useOneTimePassword, useRoles, useUpdateUser } from './admin-queries';
import { OneTimeNotice } from './one-time-notice';
import { UserAccessPart } from './user-access-part';

interface UserDialogProps {
  opened: boolean;
  /** The user to change; undefined makes a new one. */
  user: UserRow | undefined;
  onClose: () => void;
}

/** Makes or changes a user. */
export function UserDialog({ opened, user, onClose }: UserDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={user ? t('users.change') : t('users.new')}>
      {user ? (
        <>
          <ChangeForm user={user} onClose={onClose} />
          <UserAccessPart user={user} />
        </>
      ) : (
        <NewForm onClose={onClose} />
      )}
    </Dialog>
  );
}

function NewForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [username, setUsername] = useState('');
  const [fullName, setFullName] = useState('');
  const [roleIds, setRoleIds] = useState<number[]>([]);
  const [branchIds, setBranchIds] = useState<number[]>([]);
  const oneTime = useOneTimePassword();
  const create = useCreateUser(({ userId }) => {
    toastDone(t('users.created'));
    oneTime.mutate(userId);
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({
      username: username.trim(),
      fullName: fullName.trim(),
      roleIds,
      branchIds,
    });
  }

  if (create.data) {
    const { userId } = create.data;
    return (
      <Stack gap="sm">
        <ProblemAlert problem={oneTime.error} />
        {oneTime.data && <OneTimeNotice oneTime={oneTime.data} />}
        <Group justify="flex-end">
          {oneTime.isError && (
            <Button variant="default" onClick={() => oneTime.mutate(userId)}>
              {t('access.oneTime')}
            </Button>
          )}
          <Button autoFocus loading={oneTime.isPending} onClick={onClose}>
            {t('common.close')}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={create.error} notSaved={t('users.notSaved')} />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('users.username')}
            required
            dir="ltr"
            autoCapitalize="none"
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('users.fullName')}
            required
            value={fullName}
            onChange={(event) => setFullName(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {t('access.firstPassword')}
        </Text>
        <Grants roleIds={roleIds} onRoles={setRoleIds} branchIds={branchIds} onBranches={setBranchIds} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={create.isPending}
            disabled={roleIds.length === 0 || branchIds.length === 0}
          >
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ChangeForm({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const { t } = useTranslation();
  const [fullName, setFullName] = useState(user.fullName);
  const [active, setActive] = useState(user.status === 'active');
  const [roleIds, setRoleIds] = useState(() => user.roles.map((role) => role.roleId));
  const [branchIds, setBranchIds] = useState(() => user.branches.map((branch) => branch.branchId));
  const update = useUpdateUser(user, () => {
    toastDone(t('users.saved'));
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const status = active ? 'active' : 'disabled';
    // What stays is not sent: a name alone needs no proof of who changes it.
    update.mutate({
      fullName: fullName.trim(),
      ...(status === user.status ? {} : { status }),
      ...(isSame(
        roleIds,
        user.roles.map(({ roleId }) => roleId),
      )
        ? {}
        : { roleIds }),
      ...(isSame(
        branchIds,
        user.branches.map(({ branchId }) => branchId),
      )
        ? {}
        : { branchIds }),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={update.error} notSaved={t('users.notSaved')} />
        <TextInput
          label={t('users.fullName')}
          required
          value={fullName}
          onChange={(event) => setFullName(event.currentTarget.value)}
          data-autofocus
        />
        <Grants roleIds={roleIds} onRoles={setRoleIds} branchIds={branchIds} onBranches={setBranchIds} />
        <Checkbox
          label={t('users.maySignIn')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={update.isPending}
            disabled={roleIds.length === 0 || branchIds.length === 0}
          >
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

interface GrantsProps {
  roleIds: number[];
  onRoles: (roleIds: number[]) => void;
  branchIds: number[];
  onBranches: (branchIds: number[]) => void;
}

function Grants({ roleIds, onRoles, branchIds, onBranches }: GrantsProps) {
  const { t } = useTranslation();
  const allRoles = useRoles();
  const allBranches = useBranches();
  if (allRoles.isPending || allBranches.isPending) return <LoadingRows rows={2} />;
  if (allRoles.isError) return <ErrorView error={allRoles.error} retry={() => void allRoles.refetch()} />;
  if (allBranches.isError)
    return <ErrorView error={allBranches.error} retry={() => void allBranches.refetch()} />;
  return (
    <SimpleGrid cols={2} spacing="sm">
      <Checkbox.Group
        label={t('users.roles')}
        value={roleIds.map(String)}
        onChange={(values) => onRoles(values.map((value) => Number.parseInt(value, 10)))}
      >
        <Stack gap={8} mt={6}>
          {allRoles.data.data.map((role) => (
            <Checkbox
              key={role.roleId}
              value={String(role.roleId)}
              label={role.name}
              description={role.description}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox.Group
        label={t('users.branches')}
        value={branchIds.map(String)}
        onChange={(values) => onBranches(values.map((value) => Number.parseInt(value, 10)))}
      >
        <Stack gap={8} mt={6}>
          {allBranches.data.data.map((branch) => (
            <Checkbox key={branch.branchId} value={String(branch.branchId)} label={branch.name} />
          ))}
        </Stack>
      </Checkbox.Group>
    </SimpleGrid>
  );
}
