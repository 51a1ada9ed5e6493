import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../../app/shell.module.css';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { ProblemAlert } from '../../ui/problem-text';
import { MIN_PASSWORD } from './min-password';

/** Sets a password by the link somebody was given; the link is good once. */
export function SetPassword() {
  const { t } = useTranslation();
  const [token] = useState(() => location.hash.slice(1));
  const [newPassword, setNewPassword] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [isDone, setIsDone] = useState(false);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await api.post('/auth/password-links/use', { token, newPassword });
      setIsDone(true);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className={classes['gate']}>
      <div className={classes['signIn']}>
        <Stack gap="md">
          <Title order={1} fz="1.375rem">
            {t('access.setPassword')}
          </Title>
          {isDone ? (
            <>
              <Text role="status">{t('access.passwordSet')}</Text>
              <Button autoFocus onClick={() => location.assign('/')}>
                {t('signIn.title')}
              </Button>
            </>
          ) : (
            <form onSubmit={(event) => void onSubmit(event)} aria-label={t('access.setPassword')}>
              <Stack gap="md">
                <ProblemAlert problem={problem} notSaved={t('password.notChanged')} />
                <PasswordInput
                  label={t('password.new')}
                  description={t('users.passwordHint', { count: MIN_PASSWORD })}
                  autoComplete="new-password"
                  dir="ltr"
                  required
                  withAsterisk={false}
                  autoFocus
                  value={newPassword}
                  onChange={(event) => setNewPassword(event.currentTarget.value)}
                  visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
                />
                <Button type="submit" loading={busy}>
                  {t('access.setPassword')}
                </Button>
              </Stack>
            </form>
          )}
        </Stack>
      </div>
    </main>
  );
}
