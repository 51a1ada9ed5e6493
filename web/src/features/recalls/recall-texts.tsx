import { useTranslation } from 'react-i18next';
import type { RecallHead } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { StatusBadge } from '../../ui/status-badge';

const TONES = { open: 'stop', closed: 'ok', withdrawn: 'neutral' } as const;
const CLASS_TONES = { I: 'stop', II: 'warn', III: 'info' } as const;

export function RecallStatusBadge({ status }: { status: RecallHead['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`recall.status.${status}`)}</StatusBadge>;
}

export function RecallClassBadge({ value }: { value: RecallHead['recallClass'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={CLASS_TONES[value]}>{t(`recall.class.${value}`)}</StatusBadge>;
}

/** The lot that is called back, or that all are. */
export function RecalledLot({ recall }: { recall: Pick<RecallHead, 'lotNumber'> }) {
  const { t } = useTranslation();
  return recall.lotNumber === null ? <span>{t('recall.allLots')}</span> : <Ltr>{recall.lotNumber}</Ltr>;
}
