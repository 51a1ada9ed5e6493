import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { DispenseFill, Fill, PrescriptionAlert, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { Alternatives } from '../shared/alternatives';
import { EnterGuard } from '../shared/enter-guard';
import { focusFirstStop } from './focus-first-stop';
import { rememberedOf } from '../shared/override.domain';
import { stopOf } from '../shared/screening-stop';
import {
  OverrideFields,
  RememberedNote,
  StepUpField,
  StopsLeft,
  WhoCanOverride,
} from '../shared/stop-answers';
import { useOverrides } from '../shared/use-overrides';
import { Bypassed } from '../prescriptions/bypassed';
import { isAnsweredFor } from '../prescriptions/bypassed.domain';
import { CollectorFields, useCollector } from '../prescriptions/collector-fields';
import { alternativesTo, type ScreenedStep, useFillStep } from '../prescriptions/prescription-queries';

interface StepFormProps {
  prescription: PrescriptionDetail;
  fill: Fill;
  step: ScreenedStep;
  /** Why it cannot be signed yet, beside its stops; undefined: nothing is in the way. */
  waitsFor?: string;
  /** Who takes it away, where it is handed over. */
  pickUp?: DispenseFill['pickUp'];
  /** A refusal that was met before, with the stops it names. */
  refusal?: Problem;
  onDone: (fill: Fill) => void;
  onClose: () => void;
}

/**
 * Signs a step of a fill after its screening was read. Every alert is listed again with everybody who went on in spite of it; a stop
 * that nobody has answered for this fill is answered here. Enter never signs, F9 does.
 */
export function StepForm(props: StepFormProps) {
  const { prescription, fill, step, waitsFor, pickUp, refusal, onDone, onClose } = props;
  const { t } = useTranslation();
  const { can } = useSession();
  const [asked, setAsked] = useState<ReadonlySet<number>>(() => openIn(refusal));
  const advance = useFillStep();
  const stops = prescription.alerts.filter((alert) => alert.stops);
  const decisionOf = (alert: PrescriptionAlert) => rememberedOf(alert, asked);
  const toAnswer = stops.filter(
    (alert) =>
      asked.has(alert.alertId) || (!isAnsweredFor(alert, fill.fillId) && decisionOf(alert) === undefined),
  );
  const overrides = useOverrides(toAnswer);
  const collector = useCollector(advance.error);
  const isReady = overrides.isReady && collector.isReady && waitsFor === undefined;
  const mayOverride = can('OverrideClinicalAlert');
  const isBusy = advance.isPending || overrides.isConfirming;
  const past = prescription.pastAlerts.filter((alert) => alert.overrides.length > 0);

  const taken = collector.sent.pickUp;
  const handed =
    pickUp && taken ? { ...pickUp, ...taken, identifiers: pickUp.identifiers } : (pickUp ?? taken);
  const handedTo = step === 'dispense' && handed ? { pickUp: handed } : {};

  async function submit(): Promise<void> {
    if (!isReady || isBusy) return;
    const answers = await overrides.confirm();
    if (!answers) return;
    advance.mutate(
      { fillId: fill.fillId, step, answers: { ...answers, ...handedTo } },
      {
        onSuccess: (after) => {
          toastDone(t(`verify.done.${step}`));
          onDone(after);
        },
        onError: refused,
      },
    );
  }

  function refused(problem: Problem): void {
    overrides.refused(problem);
    setAsked((before) => new Set([...before, ...openIn(problem)]));
  }

  function footerOf(alert: PrescriptionAlert) {
    const decision = decisionOf(alert);
    const isOpen = toAnswer.includes(alert);
    return (
      <>
        <Bypassed alert={alert} prescription={prescription} />
        {isOpen && alert.alertId === toAnswer[0]?.alertId && (
          <Alternatives question={alternativesTo(prescription)} />
        )}
        {!isOpen && alert.stops && !isAnsweredFor(alert, fill.fillId) && decision && (
          <RememberedNote decision={decision} />
        )}
        {isOpen && mayOverride && <OverrideFields alert={alert} overrides={overrides} />}
      </>
    );
  }

  return (
    <EnterGuard always>
      <Stack gap="md" ref={focusFirstStop}>
        {advance.error?.code !== 'step-up-required' && (
          <ProblemAlert problem={advance.error} notSaved={t('verify.notDone')} />
        )}
        <AlertList alerts={prescription.alerts} footer={footerOf} />
        {toAnswer.length > 0 && !mayOverride && <WhoCanOverride />}
        {past.length > 0 && (
          <section aria-label={t('verify.past')}>
            <Title order={3} fz="sm" mb={6}>
              {t('verify.past')}
            </Title>
            <AlertList
              alerts={past}
              footer={(alert) => <Bypassed alert={alert} prescription={prescription} />}
            />
          </section>
        )}
        <NotCheckedList notChecked={prescription.notChecked} />
        <CollectorFields collector={collector} />
        {mayOverride && <StepUpField overrides={overrides} />}
        <Group justify="space-between">
          <StopsLeft overrides={overrides} ready={waitsFor ?? t(`verify.ready.${step}`)} />
          <Group>
            <Button variant="default" onClick={onClose} data-enter-ok data-autofocus>
              {t('common.back')}
            </Button>
            <KeyButton
              combo="F9"
              label={t(`verify.submit.${step}`)}
              disabled={!isReady}
              loading={isBusy}
              onPress={() => void submit()}
            />
          </Group>
        </Group>
      </Stack>
    </EnterGuard>
  );
}

/** The alerts a refusal wants an answer to. */
function openIn(problem: Problem | undefined): Set<number> {
  return new Set((problem && stopOf(problem)?.alerts)?.map((alert) => alert.alertId));
}
