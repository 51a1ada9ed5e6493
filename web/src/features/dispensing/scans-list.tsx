import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FillStation } from '../../api/types';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { StatusBadge } from '../../ui/status-badge';
import classes from './dispensing.module.css';

/** Every pack that was proven and every scan that was left out, with its reason: who and when. */
export function ScansList({ scans }: Pick<FillStation, 'scans'>) {
  const { t } = useTranslation();
  if (scans.length === 0) return <StatusBadge tone="warn">{t('station.noScans')}</StatusBadge>;
  return (
    <ul className={classes['scans']}>
      {scans.map((scan) => (
        <li key={scan.scanId}>
          {scan.result === 'bypassed' ? (
            <>
              <StatusBadge tone="warn">{t('station.bypassed')}</StatusBadge>{' '}
              {scan.bypassReason !== null && t(`station.bypassReason.${scan.bypassReason}`)} —{' '}
              <bdi>{scan.bypassNote}</bdi>
            </>
          ) : (
            <>
              <StatusBadge tone="ok">{t(`station.stage.${scan.stage}`)}</StatusBadge>{' '}
              {scan.lot ? (
                <>
                  <Ltr>{scan.lot.lotNumber}</Ltr> · <DateText value={scan.lot.expiryDate} />
                </>
              ) : (
                t('station.productOnly')
              )}
            </>
          )}
          <Text size="xs" c="dimmed">
            <bdi>{scan.userName}</bdi> · <DateTimeText value={scan.scannedAt} />
          </Text>
        </li>
      ))}
    </ul>
  );
}
