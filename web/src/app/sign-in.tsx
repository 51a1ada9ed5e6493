import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import { withTexts } from '../i18n/i18n';
import { useSessionGate } from '../session/session';
import { lazyPart } from '../ui/lazy-part';
import { useProblemText } from '../ui/problem-text';
import { BrandMark } from './brand';
import { LanguageSwitch } from './language-switch';
import classes from './shell.module.css';

// In one file for the browser: what the first load knows of each file it may fetch counts (ADR 18).
export { LockScreen } from '../features/lock/lock-screen';

const access = () => withTexts('access', () => import('./access-parts'));
const SecondStep = lazy(() => access().then((module) => ({ default: module.SecondStep })));
const PasskeyButton = lazyPart(() => access().then((module) => module.PasskeyButton));

/** Sign-in; with `expired` it covers the open work, which is still there afterwards. */
export function SignIn({ expired = false, username: known = '' }: { expired?: boolean; username?: string }) {
  const { t } = useTranslation();
  const { signIn, lockedBy } = useSessionGate();
  // A page that is loaded again while its screen is locked is told so by the server.
  useEffect(() => {
    if (expired) return;
    api.get<{ isLocked: boolean; username: string | null }>('/auth/device').then(
      (device) => device.isLocked && lockedBy(device.username ?? ''),
      () => undefined,
    );
  }, [expired, lockedBy]);
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  /** The refusal that asks for the second step. */
  const [asked, setAsked] = useState<Problem>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn({ username: username.trim(), password });
    } catch (error) {
      const refusal = asProblem(error);
      if (refusal.code === 'second-factor-required') setAsked(refusal);
      else setProblem(refusal);
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className={classes['gate']}>
      <div className={classes['signIn']}>
        <Group justify="space-between" align="center" mb="md">
          <Group gap={10}>
            <BrandMark size={32} />
            <Title order={1} fz="1.375rem">
              {t('app.name')}
            </Title>
          </Group>
          <LanguageSwitch />
        </Group>
        {asked ? (
          <Suspense fallback={null}>
            <SecondStep
              asked={asked}
              send={(factor) => signIn({ username: username.trim(), password, ...factor })}
              onBack={() => setAsked(undefined)}
            />
          </Suspense>
        ) : (
          <form onSubmit={(event) => void submit(event)} aria-label={t('signIn.title')}>
            <Stack gap="md">
              <Text c="dimmed" size="sm">
                {expired ? t('signIn.expired') : t('signIn.intro')}
              </Text>
              {problem && <SignInProblem problem={problem} />}
              <TextInput
                label={t('signIn.username')}
                value={username}
                onChange={(event) => setUsername(event.currentTarget.value)}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                dir="ltr"
                required
                withAsterisk={false}
                autoFocus={known === ''}
                size="md"
              />
              <PasswordInput
                label={t('signIn.password')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                dir="ltr"
                required
                withAsterisk={false}
                autoFocus={known !== ''}
                size="md"
                visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
              />
              <Button type="submit" size="md" loading={busy} leftSection={<IconLock size={18} />}>
                {t('signIn.submit')}
              </Button>
              <PasskeyButton opened={false} onProblem={setProblem} />
            </Stack>
          </form>
        )}
      </div>
    </main>
  );
}

function SignInProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { title } = useProblemText(problem);
  const wait = problem.params['retryAfterSeconds'];
  const seconds = typeof wait === 'number' ? wait : 60;
  const text = (() => {
    if (problem.status === 429) return t('signIn.throttled', { count: Math.ceil(seconds / 60) });
    if (problem.code === 'invalid-credentials' || problem.status === 400) return t('signIn.wrong');
    return title;
  })();
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={text} />
  );
}
