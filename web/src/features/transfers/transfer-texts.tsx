import { useTranslation } from 'react-i18next';
import type { TransferHead } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const TONES: Record<TransferHead['status'], Tone> = {
  requested: 'info',
  approved: 'info',
  in_transit: 'warn',
  discrepant: 'stop',
  closed: 'ok',
  cancelled: 'neutral',
};

export function TransferStatusBadge({ status }: { status: TransferHead['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`transfers.status.${status}`)}</StatusBadge>;
}

/** From where to where. */
export function Way({ transfer }: { transfer: Pick<TransferHead, 'fromBranch' | 'toBranch'> }) {
  const { t } = useTranslation();
  return (
    <span>
      {t('transfers.from')} <bdi>{transfer.fromBranch}</bdi> {t('transfers.to')}{' '}
      <bdi>{transfer.toBranch}</bdi>
    </span>
  );
}
