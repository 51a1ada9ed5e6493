import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotStatus } from '../../api/types';
import { DateText, daysBetween, todayLocal } from '../../ui/date-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { type ExpiryBand, expiryBand } from './expiry.domain';

const bandTone: Record<ExpiryBand, Tone> = {
  none: 'neutral',
  expired: 'stop',
  within30: 'stop',
  within60: 'warn',
  within90: 'info',
  later: 'ok',
};

/** An expiry date with its band in words. */
export function ExpiryText({ date }: { date: string | null }) {
  const { t } = useTranslation();
  const band = expiryBand(date === null ? undefined : daysBetween(todayLocal(), date));
  return (
    <Group gap={8} wrap="nowrap">
      {date !== null && <DateText value={date} />}
      {band !== 'later' && <StatusBadge tone={bandTone[band]}>{t(`expiry.${band}`)}</StatusBadge>}
    </Group>
  );
}

const statusTone: Record<LotStatus, Tone> = {
  available: 'ok',
  quarantined: 'warn',
  on_hold: 'warn',
  recalled: 'stop',
  expired: 'stop',
};

/** Whether a lot may leave the shelf. */
export function LotStatusBadge({ status }: { status: LotStatus }) {
  const { t } = useTranslation();
  return <StatusBadge tone={statusTone[status]}>{t(`lotStatus.${status}`)}</StatusBadge>;
}
