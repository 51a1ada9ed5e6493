import { Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { BatchReleased, CompoundBatch, PrescriptionAlert, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { ControlledNotice } from '../controlled/limits';
import { focusFirstStop } from '../dispensing/focus-first-stop';
import { usePrescription } from '../prescriptions/prescription-queries';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { EnterGuard } from '../shared/enter-guard';
import { rememberedOf } from '../shared/override.domain';
import { usePrint } from '../shared/print';
import { stopOf } from '../shared/screening-stop';
import {
  OverrideFields,
  RememberedNote,
  StepUpField,
  StopsLeft,
  WhoCanOverride,
} from '../shared/stop-answers';
import { useOverrides } from '../shared/use-overrides';
import { BatchItems } from './batch-items';
import { useRelease } from './compounding-queries';
import classes from './compounding.module.css';

interface ReleaseStepProps {
  batch: CompoundBatch;
  /** It was asked for on this screen: nothing is signed before that. */
  isCurrent: boolean;
}

/** The check by another person: everything that was weighed, and for a prescription its screening. F9 signs, Enter never does. */
export function ReleaseStep({ batch, isCurrent }: ReleaseStepProps) {
  const { t } = useTranslation();
  const waitsFor = useWaitsFor(batch, isCurrent);
  return (
    <div className={classes['station']}>
      <Stack gap={12}>
        <Card flush label={t('compounding.ingredients')}>
          <BatchItems batch={batch} isFull />
        </Card>
        <Card label={t('compounding.method')}>
          <Title order={2} fz="md" mb={6}>
            {t('compounding.method')}
          </Title>
          <p className={classes['method']}>
            <bdi>{batch.method}</bdi>
          </p>
        </Card>
      </Stack>
      <Card label={t('compounding.check')}>
        <Stack gap="sm">
          <dl className={classes['facts']}>
            <dt>{t('compounding.madeBy')}</dt>
            <dd>
              <bdi>{batch.madeByName}</bdi> · <DateTimeText value={batch.madeAt} />
            </dd>
            <dt>{t('compounding.useBy')}</dt>
            <dd>
              <DateText value={batch.beyondUseDate} />
            </dd>
            <dt>{t('compounding.storage')}</dt>
            <dd>{t(`storage.${batch.storage}`)}</dd>
            <dt>{t('compounding.tolerance')}</dt>
            <dd>
              <Ltr>±{batch.tolerancePercent} %</Ltr>
            </dd>
          </dl>
          {batch.prescriptionId === null ? (
            <PlainRelease batch={batch} waitsFor={waitsFor} />
          ) : (
            <ForPrescription batch={batch} prescriptionId={batch.prescriptionId} waitsFor={waitsFor} />
          )}
          <Text size="sm" c="dimmed">
            {t('station.neverByEnter')}
          </Text>
        </Stack>
      </Card>
    </div>
  );
}

/** Why it cannot be signed yet; undefined when nothing is in the way but its stops. */
function useWaitsFor(batch: CompoundBatch, isCurrent: boolean): string | undefined {
  const { t } = useTranslation();
  const { me, can } = useSession();
  if (!can('Compound') || !can('VerifyPrescription')) return t('compounding.needsPharmacist');
  if (batch.needsSecondPerson && batch.madeById === me.userId) return t('compounding.needsOther');
  if (batch.items.some(({ isUsable }) => !isUsable)) return t('compounding.unusableHint');
  if (!isCurrent) return t('station.loading');
  return undefined;
}

interface SignProps {
  batch: CompoundBatch;
  waitsFor: string | undefined;
}

function PlainRelease({ batch, waitsFor }: SignProps) {
  const { t } = useTranslation();
  const release = useRelease(batch.batchId);
  return (
    <EnterGuard always>
      <Stack gap="sm">
        <ProblemAlert problem={release.error} notSaved={t('compounding.notReleased')} />
        <Group justify="space-between">
          <Text size="sm">{waitsFor ?? t('compounding.readyToSign')}</Text>
          <KeyButton
            combo="F9"
            label={t('compounding.release')}
            disabled={waitsFor !== undefined}
            loading={release.isPending}
            onPress={() => release.mutate({}, { onSuccess: () => toastDone(t('compounding.releasedTitle')) })}
          />
        </Group>
      </Stack>
    </EnterGuard>
  );
}

function ForPrescription({ prescriptionId, ...rest }: SignProps & { prescriptionId: number }) {
  const { t } = useTranslation();
  const prescription = usePrescription(prescriptionId, { isFresh: true });
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  if (!prescription.data) return <LoadingRows rows={2} />;
  const waitsFor = rest.waitsFor ?? (prescription.isFetchedAfterMount ? undefined : t('station.loading'));
  return <ReleaseWithFill {...rest} waitsFor={waitsFor} prescription={prescription.data} />;
}

/** Released with the fill of its prescription, which is screened as any fill is. */
function ReleaseWithFill({
  batch,
  waitsFor,
  prescription,
}: SignProps & { prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { printLabel } = usePrint();
  const [asked, setAsked] = useState<ReadonlySet<number>>(new Set());
  const [earlyReason, setEarlyReason] = useState('');
  const release = useRelease(batch.batchId);
  const stops = prescription.alerts.filter((alert) => alert.stops);
  const toAnswer = stops.filter((alert) => !rememberedOf(alert, asked));
  const overrides = useOverrides(toAnswer);
  const mayOverride = can('OverrideClinicalAlert');
  const asksEarly = release.error?.code === 'refill-too-soon' || earlyReason !== '';
  const isReady = overrides.isReady && waitsFor === undefined;
  const isBusy = release.isPending || overrides.isConfirming;

  async function submit(): Promise<void> {
    if (!isReady || isBusy) return;
    const answers = await overrides.confirm();
    if (!answers) return;
    const early = earlyReason.trim();
    release.mutate(
      { fill: { complete: false, ...answers, ...(asksEarly && early !== '' ? { earlyReason: early } : {}) } },
      { onSuccess: released, onError: refused },
    );
  }

  function released({ fill }: BatchReleased): void {
    toastDone(t('compounding.releasedTitle'));
    if (!fill) return;
    printLabel(fill.fillId);
    void navigate({ to: '/dispensing/fill/$fillId', params: { fillId: String(fill.fillId) } });
  }

  function refused(problem: Problem): void {
    overrides.refused(problem);
    const open = stopOf(problem)?.alerts ?? [];
    setAsked((before) => new Set([...before, ...open.map((alert) => alert.alertId)]));
  }

  function footerOf(alert: PrescriptionAlert) {
    if (!alert.stops) return null;
    const decision = rememberedOf(alert, asked);
    return (
      <>
        {decision && <RememberedNote decision={decision} />}
        {!decision && mayOverride && <OverrideFields alert={alert} overrides={overrides} />}
      </>
    );
  }

  return (
    <EnterGuard always>
      <Stack gap="sm" ref={focusFirstStop}>
        {release.error?.code !== 'step-up-required' && (
          <ProblemAlert problem={release.error} notSaved={t('compounding.notReleased')} />
        )}
        {prescription.controlled && <ControlledNotice standing={prescription.controlled} />}
        <AlertList alerts={prescription.alerts} footer={footerOf} />
        {toAnswer.length > 0 && !mayOverride && <WhoCanOverride />}
        <NotCheckedList notChecked={prescription.notChecked} />
        {mayOverride && <StepUpField overrides={overrides} />}
        {asksEarly && (
          <TextInput
            label={t('fill.earlyReason')}
            value={earlyReason}
            maxLength={500}
            onChange={(event) => setEarlyReason(event.currentTarget.value)}
          />
        )}
        <Group justify="space-between">
          <StopsLeft overrides={overrides} ready={waitsFor ?? t('compounding.readyToSign')} />
          <KeyButton
            combo="F9"
            label={t('compounding.releaseAndFill')}
            disabled={!isReady}
            loading={isBusy}
            onPress={() => void submit()}
          />
        </Group>
      </Stack>
    </EnterGuard>
  );
}
