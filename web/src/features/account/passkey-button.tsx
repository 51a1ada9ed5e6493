import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../../api/problem';
import { useSessionGate } from '../../session/session';
import { canUseKeys, signWithPasskey } from './webauthn';

/** Signs in by a passkey, where this browser can. */
export function PasskeyButton({ onProblem }: { opened: boolean; onProblem: (problem: Problem) => void }) {
  const { t } = useTranslation();
  const { signIn } = useSessionGate();
  const [busy, setBusy] = useState(false);
  if (!canUseKeys()) return null;

  async function enter(): Promise<void> {
    setBusy(true);
    try {
      await signIn({ assertion: await signWithPasskey() });
    } catch (error) {
      onProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button
      variant="default"
      size="md"
      loading={busy}
      leftSection={<IconFingerprint size={18} />}
      onClick={() => void enter()}
    >
      {t('access.passkey')}
    </Button>
  );
}
