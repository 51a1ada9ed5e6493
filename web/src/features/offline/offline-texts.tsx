import { useTranslation } from 'react-i18next';
import type { OfflineSaleRow } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const TONES: Record<OfflineSaleRow['status'], Tone> = { posted: 'ok', conflict: 'warn', rejected: 'neutral' };

/** What became of an offline sale. */
export function OfflineStatus({ status }: { status: OfflineSaleRow['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`offline.status.${status}`)}</StatusBadge>;
}

/** A refusal by its code, in the words of its title; the code itself where there are none. */
export function RefusalText({ code }: { code: string }) {
  const { i18n } = useTranslation();
  const words: unknown = i18n.getResource(i18n.language, 'translation', `errors.${code}`);
  return typeof words === 'string' ? <span>{words}</span> : <Ltr>{code}</Ltr>;
}
