import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispenseFill, Fill, Patient, WillCallRow } from '../../api/types';
import { useSession } from '../../session/session';
import { todayLocal } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { personName } from '../shared/names';
import { CollectorFields, useCollector } from '../prescriptions/collector-fields';
import { usePrescription } from '../prescriptions/prescription-queries';
import { BagTable } from './bag-table';
import { stationQuery, useWillCall } from './dispensing-queries';
import classes from './dispensing.module.css';
import { identifierOf } from './identifier.domain';
import { NothingReady } from './nothing-ready';
import { SignaturePad } from './signature-pad';
import { StepForm } from './step-form';
import { useHandOver } from './use-hand-over';

/** Most bags shown for one patient. */
const MOST_BAGS = 20;

type Advice = 'given' | 'declined';

/** Everything of a patient that waits, and its hand-over. */
export function PickUpBags({ patient }: { patient: Patient }) {
  const waiting = useWillCall({ patientId: patient.patientId, limit: MOST_BAGS });
  if (waiting.isError) return <ErrorView error={waiting.error} retry={() => void waiting.refetch()} />;
  if (!waiting.data) return <LoadingRows />;
  if (waiting.data.data.length === 0) return <NothingReady patient={patient} />;
  return <HandOver patient={patient} rows={waiting.data.data} />;
}

/** What the rules of the branch ask before these bags leave; undefined until all is known. */
function useAsked(rows: readonly WillCallRow[]) {
  const stations = useQueries({ queries: rows.map((row) => stationQuery(row.fillId)) });
  const known = stations.flatMap((station) => station.data ?? []);
  if (known.length < rows.length) return undefined;
  return {
    identifiers: known.some(({ policy }) => policy.pickUpIdentifiers),
    advice: new Set(known.filter((one) => one.needsCounselling).map(({ fill }) => fill.fillId)),
  };
}

function HandOver({ patient, rows }: { patient: Patient; rows: readonly WillCallRow[] }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set());
  const [typed, setTyped] = useState('');
  const [advice, setAdvice] = useState<Advice>();
  const [signature, setSignature] = useState<string>();
  const handOver = useHandOver();
  const refused = handOver.refused;
  const collector = useCollector(refused?.problem ?? null, { asksIdentifiers: false });
  const asked = useAsked(rows);
  const name = personName(patient, i18n.language);
  const chosen = rows.filter((row) => row.holdReason === null && !leftOut.has(row.fillId));
  const total = chosen.reduce((sum, row) => sum + decimalOrZero(row.price), 0n);
  const told = identifierOf(typed, todayLocal());
  const wantsAdvice = chosen.some((row) => asked?.advice.has(row.fillId) === true);
  const isReady =
    asked !== undefined &&
    chosen.length > 0 &&
    (told !== undefined || (typed.trim() === '' && !asked.identifiers)) &&
    (advice !== undefined || !wantsAdvice) &&
    collector.isReady;
  const mayHandOver = can('DispensePrescription');
  const stop =
    refused && ['screening-stop', 'step-up-required'].includes(refused.problem.code) ? refused : undefined;

  function nextAdvice(): void {
    const order: (Advice | undefined)[] = can('VerifyPrescription')
      ? [undefined, 'given', 'declined']
      : [undefined, 'declined'];
    setAdvice(order[(order.indexOf(advice) + 1) % order.length]);
  }

  /** The name was told and compared by whoever presses F4; the other particular is compared by the server. */
  const pickUp: NonNullable<DispenseFill['pickUp']> = {
    collector: 'patient',
    ...collector.sent.pickUp,
    identifiers: told ? { name: `${patient.firstName} ${patient.lastName}`, ...told } : {},
    ...(advice ? { counselling: { outcome: advice } } : {}),
    ...(signature === undefined ? {} : { signature }),
  };

  async function submit(given?: readonly Fill[]): Promise<void> {
    if (!isReady || handOver.isBusy) return;
    const done = await handOver.run(chosen, pickUp, given);
    if (done) leave(done);
  }

  function leave(done: readonly Fill[]): void {
    toastDone(t('willCall.handedOver', { count: done.length }));
    if (!can('Sell')) return void navigate({ to: '/dispensing/pick-up', search: {} });
    const search = { patientId: patient.patientId, fillId: done.map((fill) => fill.fillId), pay: true };
    void navigate({ to: '/till', search });
  }

  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/dispensing/pick-up', search: {} }),
    },
  ]);

  return (
    <>
      {refused && !stop && <ProblemAlert problem={refused.problem} notSaved={t('willCall.notHandedOver')} />}
      {rows.some((row) => row.holdReason !== null) && (
        <Notice tone="stop" title={t('willCall.held')}>
          <Text size="sm">{t('willCall.heldHint')}</Text>
        </Notice>
      )}
      <div className={classes['station']}>
        <Stack gap={12}>
          <Card label={t('willCall.ready')} flush>
            <BagTable
              rows={rows}
              leftOut={leftOut}
              onToggle={(fillId) =>
                setLeftOut((before) => {
                  const after = new Set(before);
                  if (!after.delete(fillId)) after.add(fillId);
                  return after;
                })
              }
              advice={asked?.advice ?? new Set()}
            />
          </Card>
          <Card label={t('willCall.signature')}>
            <SignaturePad onChange={setSignature} />
          </Card>
        </Stack>
        <Card label={t('willCall.pickUpTitle')}>
          <Stack gap="sm">
            <div>
              <Text size="sm" c="dimmed">
                {t('willCall.askName')}
              </Text>
              <Text className={classes['name']}>
                <bdi>{name}</bdi>
              </Text>
            </div>
            <TextInput
              label={t('willCall.second')}
              description={t('willCall.secondHint')}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              required={asked?.identifiers === true}
              autoFocus
              autoComplete="off"
              inputMode="numeric"
              dir="ltr"
              maxLength={30}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                handOver.forget();
              }}
            />
            <CollectorFields collector={collector} />
            <Group justify="space-between">
              <StatusBadge tone={advice ? 'ok' : wantsAdvice ? 'warn' : 'neutral'}>
                {t(`willCall.advice.${advice ?? (wantsAdvice ? 'due' : 'none')}`)}
              </StatusBadge>
              <KeyButton combo="F9" label={t('willCall.noteAdvice')} variant="default" onPress={nextAdvice} />
            </Group>
            {!collector.isAsked && (
              <KeyButton
                combo="Alt+O"
                label={t('willCall.somebodyElse')}
                variant="default"
                onPress={() => collector.change({ collector: 'relative' })}
              />
            )}
            <Group justify="space-between">
              <Text>{t('willCall.unpaid')}</Text>
              <span className={classes['sum']}>
                <MoneyText value={formatMoney(total)} />
              </span>
            </Group>
            {mayHandOver ? (
              <KeyButton
                combo="F4"
                size="lg"
                fullWidth
                label={t(can('Sell') ? 'willCall.handOverAndPay' : 'willCall.handOver')}
                disabled={!isReady}
                loading={handOver.isBusy}
                onPress={() => void submit()}
              />
            ) : (
              <Notice tone="warn" title={t('willCall.mayNot')} />
            )}
          </Stack>
        </Card>
      </div>
      {stop && (
        <StopAtHandOver
          {...stop}
          pickUp={pickUp}
          onDone={(fill) => void submit(handOver.settle(fill))}
          onClose={handOver.forget}
        />
      )}
    </>
  );
}

/** A stop that came up since the bag was verified: it is answered before this bag leaves. */
function StopAtHandOver({
  row,
  problem,
  pickUp,
  onDone,
  onClose,
}: {
  row: WillCallRow;
  problem: NonNullable<ReturnType<typeof useHandOver>['refused']>['problem'];
  pickUp: NonNullable<DispenseFill['pickUp']>;
  onDone: (fill: Fill) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const prescription = usePrescription(row.prescriptionId);
  const fill = prescription.data?.fills.find((one) => one.fillId === row.fillId);
  return (
    <Dialog opened onClose={onClose} size="xl" title={t('verify.title.dispense', { number: row.rxNumber })}>
      {prescription.isError && <ErrorView error={prescription.error} />}
      {prescription.data && fill ? (
        <StepForm
          prescription={prescription.data}
          fill={fill}
          step="dispense"
          pickUp={pickUp}
          refusal={problem}
          onDone={onDone}
          onClose={onClose}
        />
      ) : (
        <LoadingRows />
      )}
    </Dialog>
  );
}
