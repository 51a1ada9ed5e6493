import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { Notice } from '../../ui/notice';
import { useLeases } from './board-queries';

/** Says that somebody else works on a prescription or one of its fills, and who. */
export function HolderNotice({ prescriptionId }: { prescriptionId: number }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const { data } = useLeases(prescriptionId);
  const other = data?.data.find(({ userId }) => userId !== me.userId);
  if (!other) return null;
  return <Notice tone="warn" title={t('board.heldBy', { name: other.userName })} />;
}
