import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../api/problem';
import { useSessionGate } from '../session/session';
import { ProblemAlert } from '../ui/problem-text';
import { MIN_PASSWORD } from '../features/account/min-password';
import classes from './shell.module.css';

/** The form alone; `onDone` is called when the password has been changed. */
export function ChangePasswordForm({ onDone, autoFocus }: { onDone?: () => void; autoFocus?: boolean }) {
  const { t } = useTranslation();
  const { changePassword } = useSessionGate();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await changePassword({ currentPassword, newPassword });
      onDone?.();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }

  const toggle = { 'aria-label': t('signIn.showPassword') };
  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('password.title')}>
      <Stack gap="md">
        <ProblemAlert problem={problem} notSaved={t('password.notChanged')} />
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          dir="ltr"
          required
          autoFocus={autoFocus}
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          label={t('password.new')}
          description={t('users.passwordHint', { count: MIN_PASSWORD })}
          autoComplete="new-password"
          dir="ltr"
          required
          value={newPassword}
          onChange={(event) => setNewPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <Button type="submit" loading={busy}>
          {t('password.submit')}
        </Button>
      </Stack>
    </form>
  );
}

/** A password somebody else chose is changed before anything else. */
export function ChangePassword() {
  const { t } = useTranslation();
  return (
    <main className={classes['gate']}>
      <div className={classes['signIn']}>
        <Stack gap="md">
          <Title order={1}>{t('password.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('password.intro')}
          </Text>
          <ChangePasswordForm autoFocus />
        </Stack>
      </div>
    </main>
  );
}
