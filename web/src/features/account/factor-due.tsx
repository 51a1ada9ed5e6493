import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from '../../app/shell.module.css';
import { keys } from '../../api/keys';
import { useSession } from '../../session/session';
import { FactorsCard } from './factors-card';

/** A role asks for a second factor: it is set up before anything else. */
export function FactorDue() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const queryClient = useQueryClient();
  return (
    <main className={classes['gate']}>
      <Stack gap="md" maw={640} w="100%">
        <Title order={1}>{t('access.factorDue')}</Title>
        <Text c="dimmed">{t('access.factorDueHint')}</Text>
        <FactorsCard />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void signOut()}>
            {t('access.signOut')}
          </Button>
          <Button onClick={() => void queryClient.invalidateQueries({ queryKey: keys.me })}>
            {t('access.goOn')}
          </Button>
        </Group>
      </Stack>
    </main>
  );
}
