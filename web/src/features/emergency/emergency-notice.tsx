import { Button } from '@mantine/core';
import { IconAmbulance } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { emergencies } from './emergency-queries';

/** How often it is asked whether somebody opened a record in an emergency, ms. */
const ASKED_EVERY_MS = 60_000;

/** Tells who reviews them that records were opened in an emergency; nothing while there are none. */
export function EmergencyNotice() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const waiting = useQuery({
    ...emergencies({ unreviewed: true, limit: 1 }),
    enabled: can('ReviewEmergencyAccess'),
    refetchInterval: ASKED_EVERY_MS,
  });
  const count = waiting.data?.meta.total ?? 0;
  if (count === 0) return null;
  return (
    <Button
      size="compact-md"
      color="red"
      variant="light"
      leftSection={<IconAmbulance size={20} />}
      aria-label={t('own.unreviewed', { n: count })}
      onClick={() => void navigate({ to: '/emergency/review' })}
    >
      {count}
    </Button>
  );
}
