import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconLockOpen } from '@tabler/icons-react';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../../api/problem';
import classes from '../../app/shell.module.css';
import { withTexts } from '../../i18n/i18n';
import { type Proof, useSessionGate } from '../../session/session';
import { useProblemText } from '../../ui/problem-text';
import { useScan } from '../../ui/scan/scan';
import { recentUsers, rememberUser } from './recent-users';

const SecondStep = lazy(() =>
  withTexts('access', () => import('../../app/access-parts')).then((module) => ({
    default: module.SecondStep,
  })),
);

const PIN = /^\d{4,8}$/;

/** Covers a locked screen: PIN, badge or password open it, for the same user or another. */
export function LockScreen({ username: known }: { username: string }) {
  const { t } = useTranslation();
  const { unlock } = useSessionGate();
  const [username, setUsername] = useState(known);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  /** The refusal that asks for the second step, and the password that was right. */
  const [asked, setAsked] = useState<{ refusal: Problem; password: string }>();
  const others = recentUsers().filter((one) => one !== username);

  async function open(proof: Proof): Promise<void> {
    setBusy(true);
    try {
      await unlock(proof);
      if ('username' in proof) rememberUser(proof.username);
    } catch (error) {
      const refusal = asProblem(error);
      setProblem(refusal);
      if (refusal.code === 'second-factor-required' && 'password' in proof)
        setAsked({ refusal, password: proof.password });
      setSecret('');
    } finally {
      setBusy(false);
    }
  }

  useScan((code) => void open({ badge: code }));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const who = username.trim().toLowerCase();
    // Passwords are longer than any PIN.
    void open(PIN.test(secret) ? { username: who, pin: secret } : { username: who, password: secret });
  }

  if (asked)
    return (
      <main className={classes['gate']}>
        <div className={classes['signIn']}>
          <Title order={1} fz="1.375rem" mb="md">
            {t('lock.title')}
          </Title>
          <Suspense fallback={null}>
            <SecondStep
              asked={asked.refusal}
              send={async (factor) => {
                const { password } = asked;
                const otp = 'otp' in factor ? factor.otp : '';
                await unlock({ username: username.trim().toLowerCase(), password, otp });
              }}
              onBack={() => setAsked(undefined)}
            />
          </Suspense>
        </div>
      </main>
    );
  return (
    <main className={classes['gate']}>
      <div className={classes['signIn']}>
        <form onSubmit={onSubmit} aria-label={t('lock.title')}>
          <Stack gap="md">
            <Title order={1} fz="1.375rem">
              {t('lock.title')}
            </Title>
            <Text c="dimmed" size="sm">
              {t('lock.hint')}
            </Text>
            {problem && <LockProblem problem={problem} />}
            <TextInput
              label={t('lock.username')}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              dir="ltr"
              required
              withAsterisk={false}
              size="md"
            />
            {others.length > 0 && (
              <Group gap="xs" role="group" aria-label={t('lock.recent')}>
                {others.map((one) => (
                  <Button key={one} variant="default" size="compact-md" onClick={() => setUsername(one)}>
                    <bdi>{one}</bdi>
                  </Button>
                ))}
              </Group>
            )}
            <PasswordInput
              label={t('lock.secret')}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              autoComplete="off"
              dir="ltr"
              required
              withAsterisk={false}
              autoFocus
              size="md"
              visibilityToggleButtonProps={{ 'aria-label': t('lock.show') }}
            />
            <Button type="submit" size="md" loading={busy} leftSection={<IconLockOpen size={18} />}>
              {t('lock.open')}
            </Button>
            {problem?.code === 'unauthenticated' && (
              <Button variant="subtle" onClick={() => window.location.assign('/')}>
                {t('lock.signIn')}
              </Button>
            )}
          </Stack>
        </form>
      </div>
    </main>
  );
}

function LockProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { title } = useProblemText(problem);
  const text = (() => {
    if (problem.code === 'unauthenticated') return t('lock.over');
    if (problem.code === 'second-factor-required') return t('lock.factor');
    if (problem.status === 401 || problem.status === 400) return t('lock.wrong');
    return title;
  })();
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={text} />
  );
}
