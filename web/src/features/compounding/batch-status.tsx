import { useTranslation } from 'react-i18next';
import type { BatchSummary } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const TONES: Record<BatchSummary['status'], Tone> = {
  in_preparation: 'info',
  made: 'warn',
  released: 'ok',
  discarded: 'neutral',
};

/** Where a batch stands. */
export function BatchStatusBadge({ status }: Pick<BatchSummary, 'status'>) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`compounding.status.${status}`)}</StatusBadge>;
}
