import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../../api/problem';
import { ProblemAlert } from '../../ui/problem-text';
import { canUseKeys, signWithKey } from './webauthn';

interface SecondStepProps {
  /** The refusal that asked for a second factor. */
  asked: Problem;
  /** Sends what was given; throws where it was refused. */
  send: (factor: { otp: string } | { assertion: object }) => Promise<void>;
  onBack: () => void;
}

/** The second step of signing in: a code, a security key, or a recovery code. */
export function SecondStep({ asked, send, onBack }: SecondStepProps) {
  const { t } = useTranslation();
  const [otp, setOtp] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const challenge = asked.params['challenge'];

  async function enter(factor: () => Promise<{ otp: string } | { assertion: object }>): Promise<void> {
    setBusy(true);
    try {
      await send(await factor());
    } catch (error) {
      setProblem(asProblem(error));
      setOtp('');
    } finally {
      setBusy(false);
    }
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void enter(() => Promise.resolve({ otp: otp.trim() }));
  }

  return (
    <form onSubmit={onSubmit} aria-label={t('access.secondStep')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('access.secondStepHint')}
        </Text>
        <ProblemAlert problem={problem} />
        <TextInput
          label={t('access.code')}
          description={t('access.codeHint')}
          value={otp}
          onChange={(event) => setOtp(event.currentTarget.value)}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          required
          withAsterisk={false}
          autoFocus
          maxLength={40}
          size="md"
        />
        <Button type="submit" size="md" loading={busy}>
          {t('access.goOn')}
        </Button>
        <Group grow>
          {typeof challenge === 'object' && challenge !== null && canUseKeys() && (
            <Button
              variant="default"
              leftSection={<IconKey size={18} />}
              onClick={() =>
                void enter(async () => ({
                  assertion: await signWithKey(challenge as Record<string, unknown>),
                }))
              }
            >
              {t('access.useKey')}
            </Button>
          )}
          <Button variant="subtle" onClick={onBack}>
            {t('access.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
