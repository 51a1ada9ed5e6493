import { Group, Text } from '@mantine/core';
import { IconEyeOff, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicalSubject, NotChecked, ScreeningAlert } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { StatusBadge } from '../../ui/status-badge';
import { isKind, KindText, SEVERITIES, SeverityBadge } from './clinical';
import { NotCheckedReason } from './not-checked-reason';
import classes from './alert-list.module.css';

/** Stops first, then by gravity: the order in which a pharmacist must read them. */
export function byGravity<Alert extends ScreeningAlert>(alerts: readonly Alert[]): Alert[] {
  const rank = (alert: Alert) => (alert.stops ? 0 : 10) + SEVERITIES.indexOf(alert.severity);
  return [...alerts].sort((a, b) => rank(a) - rank(b));
}

/**
 * Names of what a finding is about: ingredients, allergies and conditions where they are named, else the products,
 * whose names stand in the message anyway. The patient is not named in his own alerts.
 */
export function namesOf(subjects: readonly ClinicalSubject[]): string[] {
  const others = subjects.filter((subject) => subject.kind !== 'patient');
  const clinical = others.filter((subject) => subject.kind !== 'drug');
  return (clinical.length > 0 ? clinical : others).map((subject) => subject.name);
}

function edge(alert: ScreeningAlert): string | undefined {
  if (alert.stops) return classes['stop'];
  return alert.severity === 'moderate' ? classes['warn'] : classes['info'];
}

interface AlertListProps<Alert> {
  alerts: readonly Alert[];
  /** Added under each alert, such as the override form of a stop. */
  footer?: (alert: Alert) => ReactNode;
}

/** All alerts of a screening. None is ever left out; that there is none is said as well. */
export function AlertList<Alert extends ScreeningAlert>({ alerts, footer }: AlertListProps<Alert>) {
  const { t } = useTranslation();
  if (alerts.length === 0) {
    return (
      <Group gap={8}>
        <StatusBadge tone="ok" icon={IconShieldCheck}>
          {t('alerts.none')}
        </StatusBadge>
      </Group>
    );
  }
  return (
    <ul className={classes['list']} aria-label={t('alerts.title')}>
      {byGravity(alerts).map((alert) => (
        <li
          key={`${alert.kind}:${namesOf(alert.subjects).join('+')}:${alert.message}`}
          className={`${classes['alert']} ${edge(alert) ?? ''}`}
        >
          <div className={classes['line']}>
            <SeverityBadge severity={alert.severity} />
            {alert.stops && <StatusBadge tone="stop">{t('alerts.stops')}</StatusBadge>}
            <Text size="sm" fw={600}>
              <bdi>{namesOf(alert.subjects).join(' + ')}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              <KindText kind={alert.kind} />
            </Text>
          </div>
          <Text size="sm" mt={4}>
            {t('alerts.toDo')} <bdi>{alert.management}</bdi>
          </Text>
          <Why alert={alert} />
          {footer?.(alert)}
        </li>
      ))}
    </ul>
  );
}

/** Why, by which source and which version of which rule: on demand, but of a dose at once, since its figures are the finding. */
function Why({ alert }: { alert: ScreeningAlert }) {
  const { t } = useTranslation();
  return (
    <details className={classes['why']} open={alert.kind === 'dose'}>
      <summary data-enter-ok>{t('alerts.why')}</summary>
      <Text size="sm">
        <bdi>{alert.message}</bdi>
      </Text>
      <Text size="xs" c="dimmed">
        {t('alerts.source')} <bdi>{alert.source}</bdi>
      </Text>
      {alert.ruleCode !== null && (
        <Text size="xs" c="dimmed">
          {t('alerts.rule', { version: alert.ruleVersion ?? 1 })} <Ltr>{alert.ruleCode}</Ltr>
        </Text>
      )}
    </details>
  );
}

/** What the screening could not check and why: always on show, because silence would look like safety. */
export function NotCheckedList({ notChecked }: { notChecked: readonly NotChecked[] }) {
  const { t } = useTranslation();
  if (notChecked.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('alerts.allChecked')}
      </Text>
    );
  }
  return (
    <div className={classes['notChecked']} role="group" aria-label={t('alerts.notChecked')}>
      <StatusBadge tone="warn" icon={IconEyeOff}>
        {t('alerts.notChecked')}
      </StatusBadge>
      <ul>
        {notChecked.map((one) => (
          <li key={`${one.rule}:${one.reason}:${namesOf(one.subjects).join()}`}>
            {isKind(one.rule) && (
              <>
                <KindText kind={one.rule} />
                {': '}
              </>
            )}
            <NotCheckedReason reason={one.reason} />
            {namesOf(one.subjects).length > 0 && (
              <>
                {' — '}
                <bdi>{namesOf(one.subjects).join(', ')}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
