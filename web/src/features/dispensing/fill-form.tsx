import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { FilledPrescription, PrescriptionAlert, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { formatDecimal, parseDecimal } from '../../ui/money.domain';
import { AlertList, namesOf, NotCheckedList } from '../shared/alert-list';
import { Alternatives } from '../shared/alternatives';
import { FillStatusBadge } from '../shared/clinical';
import { localName } from '../shared/names';
import { usePrint } from '../shared/print';
import { EnterGuard } from '../shared/enter-guard';
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
import { CollectorFields, useCollector } from './collector-fields';
import { LotsText } from './prescription-history';
import { alternativesTo, useFillPrescription } from './prescription-queries';
import classes from './prescriptions.module.css';

interface FillDialogProps {
  prescription: PrescriptionDetail;
  isRefill: boolean;
  opened: boolean;
  onClose: () => void;
}

/**
 * Dispenses: every stop needs a coded reason and a note, a contraindicated one the password too; what is remembered is shown
 * and not asked again. Enter never overrides, F9 signs.
 */
export function FillDialog({ prescription, isRefill, opened, onClose }: FillDialogProps) {
  const { t } = useTranslation();
  const [done, setDone] = useState<FilledPrescription>();
  const close = () => {
    setDone(undefined);
    onClose();
  };
  const titleOf = (fill: FilledPrescription | undefined): string => {
    if (!fill) return t('fill.title', { number: prescription.rxNumber });
    return fill.status === 'dispensed' ? t('fill.doneTitle') : t('fill.preparedTitle');
  };
  return (
    <Dialog opened={opened} onClose={close} size="xl" title={titleOf(done)}>
      {done ? (
        <FillDone fill={done} patientId={prescription.patientId} onClose={close} />
      ) : (
        <FillForm prescription={prescription} isRefill={isRefill} onDone={setDone} onClose={close} />
      )}
    </Dialog>
  );
}

interface FillFormProps {
  prescription: PrescriptionDetail;
  isRefill: boolean;
  onDone: (fill: FilledPrescription) => void;
  onClose: () => void;
}

function FillForm({ prescription, isRefill, onDone, onClose }: FillFormProps) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const ordered = formatDecimal(parseDecimal(prescription.quantity) ?? 0n);
  const [quantity, setQuantity] = useState(ordered);
  const [earlyReason, setEarlyReason] = useState('');
  const [asked, setAsked] = useState<ReadonlySet<number>>(new Set());
  const fill = useFillPrescription(prescription.prescriptionId, isRefill);
  const stops = prescription.alerts.filter((alert) => alert.stops);
  const toAnswer = stops.filter((alert) => !rememberedOf(alert, asked));
  const overrides = useOverrides(toAnswer);
  const mayOverride = can('OverrideClinicalAlert');
  const asksEarly = fill.error?.code === 'refill-too-soon' || earlyReason !== '';
  const collector = useCollector(fill.error);
  const isReady = overrides.isReady && collector.isReady && quantity !== '';
  const isBusy = fill.isPending || overrides.isConfirming;

  async function submit(complete: boolean): Promise<void> {
    if (!isReady || isBusy) return;
    const answers = await overrides.confirm();
    if (!answers) return;
    fill.mutate(
      {
        ...(quantity === ordered ? {} : { quantity }),
        ...(asksEarly && earlyReason.trim() !== '' ? { earlyReason: earlyReason.trim() } : {}),
        complete,
        ...(complete ? collector.sent : {}),
        ...answers,
      },
      { onSuccess: onDone, onError: refused },
    );
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
        {alert.alertId === stops[0]?.alertId && <Alternatives question={alternativesTo(prescription)} />}
        {decision && <RememberedNote decision={decision} />}
        {!decision && mayOverride && <OverrideFields alert={alert} overrides={overrides} />}
      </>
    );
  }

  return (
    <EnterGuard always={stops.length > 0}>
      <Stack gap="md">
        <Text>
          <strong>
            <bdi>{prescription.drugName}</bdi>
          </strong>{' '}
          ·{' '}
          <bdi>
            {localName({ name: prescription.patientName, nameAr: prescription.patientNameAr }, i18n.language)}
          </bdi>{' '}
          · <bdi>{prescription.sig}</bdi>
        </Text>
        {fill.error?.code !== 'step-up-required' && (
          <ProblemAlert problem={fill.error} notSaved={t('fill.notDone')} />
        )}
        <AlertList alerts={prescription.alerts} footer={footerOf} />
        {toAnswer.length > 0 && !mayOverride && <WhoCanOverride />}
        <NotCheckedList notChecked={prescription.notChecked} />
        {mayOverride && <StepUpField overrides={overrides} />}
        <DecimalInput
          label={t('fill.quantity')}
          value={quantity}
          onChange={setQuantity}
          w={200}
          data-autofocus
        />
        {asksEarly && (
          <TextInput
            label={t('fill.earlyReason')}
            value={earlyReason}
            maxLength={500}
            onChange={(event) => setEarlyReason(event.currentTarget.value)}
          />
        )}
        <CollectorFields collector={collector} />
        <Group justify="space-between">
          <StopsLeft overrides={overrides} ready={t('fill.ready')} />
          <Group>
            <Button variant="default" onClick={onClose} data-enter-ok>
              {t('common.back')}
            </Button>
            <KeyButton
              combo="F6"
              label={t('fill.prepare')}
              variant="default"
              disabled={!isReady}
              loading={isBusy}
              onPress={() => void submit(false)}
            />
            <KeyButton
              combo="F9"
              label={t('fill.submit')}
              disabled={!isReady}
              loading={isBusy}
              onPress={() => void submit(true)}
            />
          </Group>
        </Group>
      </Stack>
    </EnterGuard>
  );
}

function FillDone({
  fill,
  patientId,
  onClose,
}: {
  fill: FilledPrescription;
  patientId: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { printLabel } = usePrint();
  const { can } = useSession();
  const navigate = useNavigate();
  return (
    <Stack gap="md">
      <Group gap="sm">
        <FillStatusBadge status={fill.status} />
        <Text fw={600}>
          <bdi>{fill.drugName}</bdi>
        </Text>
      </Group>
      <div role="status">
        <Text size="sm" c="dimmed">
          {t('fill.lotsTaken')}
        </Text>
        <Text>
          <LotsText lots={fill.lots} />
        </Text>
        <Text className={classes['total']} mt="xs">
          {t('fills.price')} <MoneyText value={fill.price} strong />
        </Text>
      </div>
      {fill.rememberedOverrides.map((decision) => (
        <div key={decision.alertId}>
          <Text size="sm" fw={600}>
            <bdi>
              {namesOf(fill.alerts.find(({ alertId }) => alertId === decision.alertId)?.subjects ?? []).join(
                ' + ',
              )}
            </bdi>
          </Text>
          <RememberedNote decision={decision} />
        </div>
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        <KeyButton
          combo="F8"
          label={t('prescriptions.printLabel')}
          variant="default"
          leftSection={<IconPrinter size={18} />}
          onPress={() => printLabel(fill.fillId)}
        />
        {fill.status === 'dispensed' && can('Sell') && (
          <KeyButton
            combo="F4"
            label={t('prescriptions.toTill')}
            autoFocus
            onPress={() => void navigate({ to: '/till', search: { patientId, fillId: fill.fillId } })}
          />
        )}
      </Group>
    </Stack>
  );
}
