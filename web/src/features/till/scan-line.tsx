import { useTranslation } from 'react-i18next';
import { toneIcons } from '../../ui/status-badge';
import classes from './till.module.css';
import type { ScanStatus } from './use-basket';

/** What became of the last scan or choice; colour, sign and words say the same. */
export function ScanLine({ status }: { status: ScanStatus | undefined }) {
  const { t } = useTranslation();
  const shown: ScanStatus = status ?? { tone: 'neutral', text: t('till.scanReady') };
  const Icon = toneIcons[shown.tone];
  return (
    <div className={classes['scan']} style={{ color: `var(--m-${shown.tone})` }} data-scan={shown.tone}>
      <Icon size={18} aria-hidden="true" />
      <bdi>{shown.text}</bdi>
    </div>
  );
}
