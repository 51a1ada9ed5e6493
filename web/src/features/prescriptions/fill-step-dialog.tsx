import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { Fill, PrescriptionAlert, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { QuantityText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { Alternatives } from '../shared/alternatives';
import { EnterGuard } from '../shared/enter-guard';
import { localName } from '../shared/names';
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
import { Bypassed } from './bypassed';
import { isAnsweredFor } from './bypassed.domain';
import { CollectorFields, useCollector } from './collector-fields';
import { LotsText } from './prescription-history';
import { alternativesTo, type ScreenedStep, useFillStep } from './prescription-queries';

/** A step of a fill that is signed after its screening was read. */
export interface OpenStep {
  readonly fill: Fill;
  readonly step: ScreenedStep;
}

interface FillStepDialogProps {
  prescription: PrescriptionDetail;
  open: OpenStep | undefined;
  onClose: () => void;
}

/**
 * Verifies a fill, or hands it over. Every alert is listed again with everybody who went on in spite of it; a stop that nobody has
 * answered for this fill is answered here. Enter never signs, F9 does.
 */
export function FillStepDialog({ prescription, open, onClose }: FillStepDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={open !== undefined}
      onClose={onClose}
      size="xl"
      title={t(`verify.title.${open?.step ?? 'verify'}`, { number: prescription.rxNumber })}
    >
      {open && <StepForm prescription={prescription} fill={open.fill} step={open.step} onClose={onClose} />}
    </Dialog>
  );
}

type StepFormProps = Pick<FillStepDialogProps, 'prescription' | 'onClose'> & OpenStep;

function StepForm({ prescription, fill, step, onClose }: StepFormProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [asked, setAsked] = useState<ReadonlySet<number>>(new Set());
  const advance = useFillStep();
  const stops = prescription.alerts.filter((alert) => alert.stops);
  const decisionOf = (alert: PrescriptionAlert) => rememberedOf(alert, asked);
  const toAnswer = stops.filter(
    (alert) =>
      asked.has(alert.alertId) || (!isAnsweredFor(alert, fill.fillId) && decisionOf(alert) === undefined),
  );
  const overrides = useOverrides(toAnswer);
  const collector = useCollector(advance.error);
  const isReady = overrides.isReady && collector.isReady;
  const mayOverride = can('OverrideClinicalAlert');
  const isBusy = advance.isPending || overrides.isConfirming;
  const past = prescription.pastAlerts.filter((alert) => alert.overrides.length > 0);

  async function submit(): Promise<void> {
    if (!isReady || isBusy) return;
    const answers = await overrides.confirm();
    if (!answers) return;
    advance.mutate(
      { fillId: fill.fillId, step, answers: { ...answers, ...(step === 'dispense' ? collector.sent : {}) } },
      {
        onSuccess: () => {
          toastDone(t(`verify.done.${step}`));
          onClose();
        },
        onError: refused,
      },
    );
  }

  function refused(problem: Problem): void {
    overrides.refused(problem);
    const unanswered = stopOf(problem)?.alerts ?? [];
    setAsked((before) => new Set([...before, ...unanswered.map((alert) => alert.alertId)]));
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
      <Stack gap="md">
        <About prescription={prescription} fill={fill} />
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
          <StopsLeft overrides={overrides} ready={t(`verify.ready.${step}`)} />
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

function About({ prescription, fill }: { prescription: PrescriptionDetail; fill: Fill }) {
  const { t, i18n } = useTranslation();
  return (
    <div>
      <Text>
        <strong>
          <bdi>{fill.drugName}</bdi>
        </strong>{' '}
        ·{' '}
        <bdi>
          {localName({ name: prescription.patientName, nameAr: prescription.patientNameAr }, i18n.language)}
        </bdi>{' '}
        · <bdi>{prescription.sig}</bdi>
      </Text>
      <Text size="sm">
        <QuantityText value={fill.quantity} /> · <LotsText lots={fill.lots} />
      </Text>
      <Text size="sm" c="dimmed">
        {t('verify.filledBy')} <bdi>{fill.filledByName ?? t('common.none')}</bdi> ·{' '}
        <DateTimeText value={fill.filledAt} />
      </Text>
    </div>
  );
}
