import { useTranslation } from 'react-i18next';
import type { ReleaseStatus } from '../../../api/types';
import { StatusBadge, type Tone } from '../../../ui/status-badge';

const TONE: Record<ReleaseStatus, Tone> = {
  reading: 'info',
  staged: 'warn',
  applying: 'info',
  applied: 'ok',
  reverting: 'info',
  reverted: 'neutral',
  failed: 'stop',
  dropped: 'neutral',
};

/** Where a release stands. */
export function ReleaseStatusBadge({ status }: { status: ReleaseStatus }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONE[status]}>{t(`imports.status.${status}`)}</StatusBadge>;
}
