import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { useScan } from '../../ui/scan/scan';
import { canUseKeys, signWithKey } from './webauthn';

interface StepUpDialogProps {
  problem: Problem;
  onDone: (isProven: boolean) => void;
}

/** Asks again who is there; what was refused goes on afterwards by itself. */
export function StepUpDialog({ problem: asked, onDone }: StepUpDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={() => onDone(false)} title={t('access.stepUp')} size="sm">
      <StepUpForm isCounter={takesPin(asked)} onDone={onDone} />
    </Dialog>
  );
}

function takesPin({ params }: Problem): boolean {
  const { accepts } = params['stepUp'] as { accepts: unknown };
  return Array.isArray(accepts) && accepts.includes('pin');
}

/** What was typed: six digits are a code, four to six groups of four a recovery code, four to eight digits at the counter a PIN, anything else the password. */
function proofOf(secret: string, isCounter: boolean): object {
  if (/^\d{6}$/.test(secret) && !isCounter) return { otp: secret };
  if (/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3,5}$/i.test(secret)) return { otp: secret };
  if (/^\d{4,8}$/.test(secret) && isCounter) return { pin: secret };
  return { password: secret };
}

function StepUpForm({ isCounter, onDone }: { isCounter: boolean; onDone: (isProven: boolean) => void }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  async function prove(proof: () => Promise<object>): Promise<void> {
    setBusy(true);
    try {
      await api.post('/auth/step-up', await proof());
      onDone(true);
    } catch (error) {
      setProblem(asProblem(error));
      setSecret('');
    } finally {
      setBusy(false);
    }
  }

  useScan((badge) => {
    if (isCounter) void prove(() => Promise.resolve({ badge }));
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void prove(() => Promise.resolve(proofOf(secret, isCounter)));
  }

  /** A key signs what the server asks this moment. */
  async function keyProof(): Promise<object> {
    const { options } = await api.post<{ options: Record<string, unknown> | null }>('/auth/step-up/options');
    return { assertion: await signWithKey(options ?? {}) };
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(isCounter ? 'access.stepUpCounter' : 'access.stepUpHint')}
        </Text>
        <ProblemAlert problem={problem} />
        <PasswordInput
          label={t(isCounter ? 'access.secretCounter' : 'access.secret')}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          autoComplete="current-password"
          dir="ltr"
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        />
        {canUseKeys() && (
          <Group>
            <Button
              variant="default"
              leftSection={<IconKey size={18} />}
              onClick={() => void prove(keyProof)}
            >
              {t('access.useKey')}
            </Button>
          </Group>
        )}
        <FormFoot isSaving={busy} onCancel={() => onDone(false)} saveLabel={t('access.goOn')} />
      </Stack>
    </form>
  );
}
