import { useTranslation } from 'react-i18next';
import type { SupplierReturnRow } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const TONES: Record<SupplierReturnRow['status'], Tone> = {
  draft: 'info',
  shipped: 'warn',
  credited: 'ok',
  cancelled: 'neutral',
};

export const RETURN_STATUSES = ['draft', 'shipped', 'credited', 'cancelled'] as const;

export function ReturnStatusBadge({ status }: { status: SupplierReturnRow['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`returns.status.${status}`)}</StatusBadge>;
}

/** Less than a week is hardly time to send anything. */
const PRESSING_DAYS = 7;
const SOON_DAYS = 30;

/** How many days are left to send something back. */
export function DaysLeft({ days }: { days: number }) {
  const { t } = useTranslation();
  const tone: Tone = days <= PRESSING_DAYS ? 'stop' : days <= SOON_DAYS ? 'warn' : 'info';
  return <StatusBadge tone={tone}>{t('returns.daysLeft', { count: days })}</StatusBadge>;
}
