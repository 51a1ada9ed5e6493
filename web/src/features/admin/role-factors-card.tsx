import { Checkbox, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { RolePage } from '../../api/types';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { useRoles } from './admin-queries';

type RoleRow = RolePage['data'][number];

/** Which roles ask for a second factor. */
export function RoleFactorsCard() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const roles = useRoles();
  const change = useMutation<RoleRow, Problem, RoleRow>({
    mutationFn: ({ roleId, version, requiresMfa }) =>
      api.patch<RoleRow>(`/roles/${roleId}`, { version, requiresMfa: !requiresMfa }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.roles }),
  });
  if (!roles.data) return null;
  return (
    <Card label={t('access.roleFactors')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('access.roleFactors')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('access.roleFactorsHint')}
        </Text>
        <ProblemAlert problem={change.error} notSaved={t('access.notChanged')} />
        {roles.data.data.map((role) => (
          <Checkbox
            key={role.roleId}
            label={role.name}
            checked={role.requiresMfa}
            disabled={change.isPending}
            onChange={() => change.mutate(role)}
          />
        ))}
      </Stack>
    </Card>
  );
}
