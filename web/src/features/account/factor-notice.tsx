import { Button } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';

/** Tells in the top bar how many days are left to set up a second factor; nothing where none is missing. */
export function FactorNotice() {
  const { t } = useTranslation();
  const { me } = useSession();
  const navigate = useNavigate();
  if (me.factorDaysLeft === null) return null;
  const count = me.factorDaysLeft;
  return (
    <Button
      size="compact-md"
      variant="default"
      style={{ flexShrink: 0 }}
      leftSection={<IconShieldExclamation size={20} />}
      aria-label={t('own.factorDaysLong', { count })}
      onClick={() => void navigate({ to: '/account' })}
    >
      {t('own.factorDays', { count })}
    </Button>
  );
}
