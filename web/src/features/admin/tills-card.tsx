import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisteredTill, RegisteredTillPage } from '../../api/access-types';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';

const TILLS = ['registered-tills'] as const;

/** Browsers of tills that stand for a second factor: which there are, another one, the end of one. */
export function TillsCard() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [renamed, setRenamed] = useState<RegisteredTill>();
  const tills = useQuery({
    queryKey: TILLS,
    queryFn: ({ signal }) => api.get<RegisteredTillPage>('/registered-tills', { limit: 100 }, signal),
  });
  const takeBack = useMutation<void, Problem, number>({
    mutationFn: (id) => api.delete(`/registered-tills/${id}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: TILLS }),
  });
  const columns: Column<RegisteredTill>[] = [
    {
      id: 'name',
      header: t('access.name'),
      cell: (till) => (
        <Group gap="xs">
          <bdi>{till.name}</bdi>
          {till.isThisOne && <StatusBadge tone="ok">{t('access.thisOne')}</StatusBadge>}
        </Group>
      ),
    },
    { id: 'by', header: t('access.registeredBy'), cell: (till) => <bdi>{till.registeredByName}</bdi> },
    {
      id: 'at',
      header: t('access.registeredAt'),
      cell: (till) => <DateTimeText value={till.registeredAt} />,
    },
    { id: 'used', header: t('access.lastUsed'), cell: (till) => <DateTimeText value={till.lastUsedAt} /> },
    {
      id: 'do',
      header: t('access.state'),
      cell: (till) => (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('access.renameNamed', { name: till.name })}
            onClick={() => setRenamed(till)}
          >
            {t('access.rename')}
          </Button>
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('access.takeBackNamed', { name: till.name })}
            loading={takeBack.isPending && takeBack.variables === till.registeredTillId}
            onClick={() => takeBack.mutate(till.registeredTillId)}
          >
            {t('access.takeBack')}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Card label={t('access.tills')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('access.tills')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('access.tillsHint')}
        </Text>
        {tills.isPending && <LoadingRows rows={1} />}
        {tills.isError && <ErrorView error={tills.error} retry={() => void tills.refetch()} />}
        {tills.data?.data.length === 0 && <Text size="sm">{t('access.noTills')}</Text>}
        {tills.data && tills.data.data.length > 0 && (
          <DataTable
            label={t('access.tills')}
            columns={columns}
            rows={tills.data.data}
            rowKey={(till) => till.registeredTillId}
          />
        )}
        <ProblemAlert problem={takeBack.error} notSaved={t('access.notChanged')} />
        {tills.data?.data.every((till) => !till.isThisOne) && <RegisterForm />}
      </Stack>
      <Dialog opened={renamed !== undefined} onClose={() => setRenamed(undefined)} title={t('access.rename')}>
        {renamed && <RenameForm till={renamed} onClose={() => setRenamed(undefined)} />}
      </Dialog>
    </Card>
  );
}

function RegisterForm() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const register = useMutation<RegisteredTill, Problem>({
    mutationFn: () => api.post<RegisteredTill>('/registered-tills', { name: name.trim() }),
    onSuccess: async () => {
      toastDone(t('access.tillRegistered'));
      await queryClient.invalidateQueries({ queryKey: TILLS });
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    register.mutate();
  }
  return (
    <form onSubmit={onSubmit} aria-label={t('access.registerTill')}>
      <Stack gap="sm">
        <ProblemAlert problem={register.error} notSaved={t('access.notChanged')} />
        <Group align="flex-end">
          <TextInput
            label={t('access.tillName')}
            description={t('access.tillNameHint')}
            value={name}
            maxLength={100}
            required
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={register.isPending}>
            {t('access.registerTill')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RenameForm({ till, onClose }: { till: RegisteredTill; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState(till.name);
  const rename = useMutation<void, Problem>({
    mutationFn: () => api.patch(`/registered-tills/${till.registeredTillId}`, { name: name.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: TILLS });
      onClose();
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    rename.mutate();
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={rename.error} notSaved={t('access.notChanged')} />
        <TextInput
          label={t('access.newName')}
          value={name}
          maxLength={100}
          required
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FormFoot isSaving={rename.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
