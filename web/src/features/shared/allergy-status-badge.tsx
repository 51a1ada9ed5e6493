import { useTranslation } from 'react-i18next';
import type { AllergyStatus } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const allergyTone: Record<AllergyStatus, Tone> = { not_asked: 'warn', none_known: 'ok', recorded: 'stop' };

/** "Not asked yet" is a warning; "none known" is an answer. */
export function AllergyStatusBadge({ status }: { status: AllergyStatus }) {
  const { t } = useTranslation();
  return <StatusBadge tone={allergyTone[status]}>{t(`allergyStatus.${status}`)}</StatusBadge>;
}
