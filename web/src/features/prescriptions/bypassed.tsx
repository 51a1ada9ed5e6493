import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrescriptionAlert, PrescriptionDetail } from '../../api/types';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { StatusBadge } from '../../ui/status-badge';
import classes from '../shared/alert-list.module.css';
import { wasThereAtEntry } from './bypassed.domain';

/** Everybody who went on in spite of an alert: at entry, at each fill, by a decision remembered; who, when, why. */
export function Bypassed({
  alert,
  prescription,
}: {
  alert: PrescriptionAlert;
  prescription: PrescriptionDetail;
}) {
  const { t } = useTranslation();
  const entered = wasThereAtEntry(alert, prescription);
  if (!entered && alert.overrides.length === 0) return null;
  const numbers = new Map(prescription.fills.map((fill) => [fill.fillId, fill.fillNumber + 1]));
  return (
    <ul className={classes['bypassed']} aria-label={t('verify.bypassed')}>
      {entered && (
        <li>
          <Head who={prescription.history[0]?.userName} when={prescription.createdAt}>
            {t('verify.atEntry')}
          </Head>
        </li>
      )}
      {alert.overrides.map((given) => (
        <li key={`${given.fillId}:${given.overriddenAt}`}>
          <Head who={given.overriddenBy} when={given.overriddenAt}>
            {t('verify.atFill')} <Ltr>{numbers.get(given.fillId) ?? given.fillId}</Ltr>
          </Head>
          <Text size="sm">
            {t(`overrideReason.${given.reason}`)} — <bdi>{given.note}</bdi>
          </Text>
          {given.rememberedFrom && (
            <Text size="sm" c="dimmed">
              {t('verify.remembered')} <bdi>{given.rememberedFrom.overriddenBy ?? t('common.none')}</bdi> ·{' '}
              <DateTimeText value={given.rememberedFrom.overriddenAt} />
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function Head({
  who,
  when,
  children,
}: {
  who: string | null | undefined;
  when: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes['line']}>
      <StatusBadge tone="info">{children}</StatusBadge>
      <Text size="sm" c="dimmed">
        <bdi>{who ?? t('common.none')}</bdi> · <DateTimeText value={when} />
      </Text>
    </div>
  );
}
