import { NativeSelect, PasswordInput, Text, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { KeptAlert, RememberedOverride } from '../../api/types';
import { DateTimeText } from '../../ui/date-text';
import { Notice } from '../../ui/notice';
import { useProblemText } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { namesOf } from './alert-list';
import { MIN_CHARACTERS } from './override.domain';
import { REASONS } from './override-reasons';
import classes from './alert-list.module.css';
import type { Overrides } from './use-overrides';

/** Coded reason and note of one override. */
export function OverrideFields({
  alert,
  overrides,
}: {
  alert: Pick<KeptAlert, 'alertId' | 'subjects'>;
  overrides: Overrides;
}) {
  const { t } = useTranslation();
  const { reason, note } = overrides.draftOf(alert.alertId);
  const subject = namesOf(alert.subjects).join(' + ');
  return (
    <div className={classes['override']} role="group" aria-label={t('fill.overrideFor', { subject })}>
      <NativeSelect
        label={t('fill.reason')}
        data-stop-reason
        value={reason}
        onChange={(event) =>
          overrides.change(alert.alertId, {
            reason: REASONS.find((one) => one === event.currentTarget.value) ?? '',
          })
        }
        data={[
          { value: '', label: t('fill.chooseReason') },
          ...REASONS.map((one) => ({ value: one, label: t(`overrideReason.${one}`) })),
        ]}
      />
      <TextInput
        label={t('fill.note')}
        description={t('fill.noteHint', { count: MIN_CHARACTERS })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={note}
        maxLength={500}
        onChange={(event) => overrides.change(alert.alertId, { note: event.currentTarget.value })}
      />
    </div>
  );
}

/** The password once more, where a contraindicated finding is overridden. Nothing is sent from here: F9 signs. */
export function StepUpField({ overrides }: { overrides: Overrides }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const { problem, isConfirmed } = overrides;
  useEffect(() => {
    if (problem) field.current?.focus();
  }, [problem]);
  if (!overrides.asksPassword) return null;
  if (isConfirmed) {
    return (
      <div role="status">
        <StatusBadge tone="ok">{t('stepUp.confirmed')}</StatusBadge>
      </div>
    );
  }
  return (
    <PasswordInput
      ref={field}
      label={t('stepUp.password')}
      description={t('stepUp.hint')}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      error={problem ? <StepUpProblem problem={problem} /> : undefined}
      autoComplete="current-password"
      dir="ltr"
      maw={420}
      maxLength={200}
      value={overrides.password}
      onChange={(event) => overrides.setPassword(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
    />
  );
}

function StepUpProblem({ problem }: { problem: Problem }) {
  return <span role="alert">{useProblemText(problem).title}</span>;
}

/** An earlier decision about the same finding: by whom, when and why. It need not be made again. */
export function RememberedNote({
  decision,
}: {
  decision: Omit<RememberedOverride, 'overrideId' | 'alertId'>;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes['remembered']}>
      <StatusBadge tone="info">{t('remembered.title')}</StatusBadge>
      <Text size="sm">
        {t(`overrideReason.${decision.reason}`)} — <bdi>{decision.note}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        <bdi>{decision.overriddenBy ?? t('common.none')}</bdi> ·{' '}
        <DateTimeText value={decision.overriddenAt} />
      </Text>
    </div>
  );
}

/** For whoever may not override: who may, and that nothing is lost by asking. */
export function WhoCanOverride() {
  const { t } = useTranslation();
  return (
    <Notice tone="stop" title={t('fill.needsPharmacist')}>
      <Text size="sm">{t('fill.whoCan')}</Text>
    </Notice>
  );
}

/** What is still to be given before it can be signed. */
export function StopsLeft({ overrides, ready }: { overrides: Overrides; ready: string }) {
  const { t } = useTranslation();
  const { openCount, isReady } = overrides;
  const open = openCount > 0 ? t('fill.stopsOpen', { count: openCount }) : t('stepUp.missing');
  return (
    <Text size="sm" c="dimmed" role="status">
      {isReady ? ready : open}
    </Text>
  );
}
