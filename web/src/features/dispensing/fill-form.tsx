import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type {
  FilledPrescription,
  PartialReason,
  PrescriptionAlert,
  PrescriptionDetail,
} from '../../api/types';
import { useSession } from '../../session/session';
import { DecimalInput } from '../../ui/decimal-input';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../ui/problem-text';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { Alternatives } from '../shared/alternatives';
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
import { ControlledNotice, PartialReasonField } from '../controlled/limits';
import { CollectorFields, useCollector } from '../prescriptions/collector-fields';
import { NOTHING_PROMISED, PromiseFields, promiseOf } from '../prescriptions/promise-fields';
import { alternativesTo, useFillPrescription } from '../prescriptions/prescription-queries';
import { focusFirstStop } from './focus-first-stop';

interface FillFormProps {
  prescription: PrescriptionDetail;
  isRefill: boolean;
  onDone: (fill: FilledPrescription) => void;
  onClose: () => void;
}

/**
 * Begins a fill: every stop needs a coded reason and a note, a contraindicated one the password too; what is remembered is shown
 * and not asked again. Enter begins where nothing stops and never overrides; F9 signs and dispenses at once.
 */
export function FillForm({ prescription, isRefill, onDone, onClose }: FillFormProps) {
  const { t } = useTranslation();
  const quantityField = useRef<HTMLInputElement>(null);
  const { can } = useSession();
  const due =
    decimalOrZero(prescription.quantityOwed) > 0n ? prescription.quantityOwed : prescription.quantity;
  const ordered = formatDecimal(decimalOrZero(due));
  const [quantity, setQuantity] = useState(ordered);
  const [earlyReason, setEarlyReason] = useState('');
  const [promised, setPromised] = useState(NOTHING_PROMISED);
  const [partialReason, setPartialReason] = useState<PartialReason | ''>('');
  const [asked, setAsked] = useState<ReadonlySet<number>>(new Set());
  const fill = useFillPrescription(prescription.prescriptionId, isRefill);
  const stops = prescription.alerts.filter((alert) => alert.stops);
  const toAnswer = stops.filter((alert) => !rememberedOf(alert, asked));
  const overrides = useOverrides(toAnswer);
  const mayOverride = can('OverrideClinicalAlert');
  const asksEarly = fill.error?.code === 'refill-too-soon' || earlyReason !== '';
  const collector = useCollector(fill.error);
  const amount = decimalOrZero(quantity);
  const isPart = amount > 0n && amount < decimalOrZero(due);
  const asksPartial =
    (prescription.controlled?.needsPartialReason === true && isPart) ||
    fill.error?.code === 'partial-reason-required' ||
    partialReason !== '';
  const isReady =
    overrides.isReady && collector.isReady && quantity !== '' && (!asksPartial || partialReason !== '');
  const isBusy = fill.isPending || overrides.isConfirming;

  const isShort = fill.error?.code === 'insufficient-stock';

  async function submit(complete: boolean, owe = false): Promise<void> {
    if (!isReady || isBusy) return;
    const answers = await overrides.confirm();
    if (!answers) return;
    fill.mutate(
      {
        ...(quantity === ordered ? {} : { quantity }),
        ...(owe ? { owe } : {}),
        ...(asksPartial && partialReason !== '' ? { partialReason } : {}),
        ...(asksEarly && earlyReason.trim() !== '' ? { earlyReason: earlyReason.trim() } : {}),
        ...(complete ? {} : promiseOf(promised)),
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
      <Stack gap="md" ref={focusFirstStop}>
        {fill.error?.code !== 'step-up-required' && (
          <ProblemAlert problem={fill.error} notSaved={t('fill.notDone')} />
        )}
        {prescription.controlled && <ControlledNotice standing={prescription.controlled} />}
        <AlertList alerts={prescription.alerts} footer={footerOf} />
        {toAnswer.length > 0 && !mayOverride && <WhoCanOverride />}
        <NotCheckedList notChecked={prescription.notChecked} />
        {mayOverride && <StepUpField overrides={overrides} />}
        <Group align="end">
          <DecimalInput
            ref={quantityField}
            label={t('fill.quantity')}
            value={quantity}
            onChange={setQuantity}
            w={200}
          />
          {isShort ? (
            <KeyButton
              combo="P"
              label={t('station.owe')}
              variant="default"
              disabled={!isReady}
              loading={isBusy}
              onPress={() => void submit(false, true)}
            />
          ) : (
            <KeyButton
              combo="P"
              label={t('station.part')}
              variant="default"
              onPress={() => quantityField.current?.select()}
            />
          )}
        </Group>
        <PromiseFields value={promised} onChange={setPromised} />
        {asksPartial && <PartialReasonField value={partialReason} onChange={setPartialReason} />}
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
            {stops.length > 0 ? (
              <KeyButton
                combo="F6"
                label={t('station.begin')}
                variant="default"
                disabled={!isReady}
                loading={isBusy}
                onPress={() => void submit(false)}
              />
            ) : (
              <EnterButton
                label={t('station.begin')}
                disabled={!isReady}
                loading={isBusy}
                onPress={() => void submit(false)}
              />
            )}
            <KeyButton
              combo="F9"
              label={t('fill.submit')}
              variant={stops.length > 0 ? 'filled' : 'default'}
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
