import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrescriptionAlert, Fill, OverrideReason, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { formatDecimal, parseDecimal } from '../../ui/money.domain';
import { AlertList, namesOf, NotCheckedList } from '../shared/alert-list';
import { FillStatusBadge } from '../shared/clinical';
import { localName } from '../shared/names';
import { usePrint } from '../shared/print';
import { isReasoned, MIN_LETTERS } from './override.domain';
import { EnterGuard } from './enter-guard';
import { LotsText } from './prescription-history';
import { useFillPrescription } from './prescription-queries';
import classes from './prescriptions.module.css';

const REASONS: readonly OverrideReason[] = [
  'benefit_outweighs_risk',
  'prescriber_consulted',
  'patient_tolerates',
  'dose_adjusted',
  'monitoring_in_place',
  'not_clinically_relevant',
];

interface Override {
  reason: OverrideReason | '';
  note: string;
}

interface FillDialogProps {
  prescription: PrescriptionDetail;
  isRefill: boolean;
  opened: boolean;
  onClose: () => void;
}

/** Dispenses: every stop needs a coded reason and a note; Enter never overrides, F9 signs. */
export function FillDialog({ prescription, isRefill, opened, onClose }: FillDialogProps) {
  const { t } = useTranslation();
  const [done, setDone] = useState<Fill>();
  const close = () => {
    setDone(undefined);
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size="xl"
      title={done ? t('fill.doneTitle') : t('fill.title', { number: prescription.rxNumber })}
    >
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
  onDone: (fill: Fill) => void;
  onClose: () => void;
}

function FillForm({ prescription, isRefill, onDone, onClose }: FillFormProps) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const ordered = formatDecimal(parseDecimal(prescription.quantity) ?? 0n);
  const [quantity, setQuantity] = useState(ordered);
  const [overrides, setOverrides] = useState<ReadonlyMap<number, Override>>(new Map());
  const [earlyReason, setEarlyReason] = useState('');
  const fill = useFillPrescription(prescription.prescriptionId, isRefill);
  const stops = prescription.alerts.filter((alert) => alert.stops);
  const mayOverride = can('OverrideClinicalAlert');
  const open = stops.filter((alert) => {
    const given = overrides.get(alert.alertId);
    return !given || given.reason === '' || !isReasoned(given.note);
  });
  const asksEarly = fill.error?.code === 'refill-too-soon' || earlyReason !== '';
  const isReady = open.length === 0 && quantity !== '';

  function submit(): void {
    if (!isReady || fill.isPending) return;
    fill.mutate(
      {
        ...(quantity === ordered ? {} : { quantity }),
        ...(asksEarly && earlyReason.trim() !== '' ? { earlyReason: earlyReason.trim() } : {}),
        complete: true,
        overrides: stops.flatMap((alert) => {
          const given = overrides.get(alert.alertId);
          return given && given.reason !== ''
            ? [{ alertId: alert.alertId, reason: given.reason, note: given.note.trim() }]
            : [];
        }),
      },
      { onSuccess: onDone },
    );
  }

  function setOverride(alertId: number, change: Partial<Override>): void {
    setOverrides((previous) => {
      const before = previous.get(alertId) ?? { reason: '', note: '' };
      return new Map(previous).set(alertId, { ...before, ...change });
    });
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
        <ProblemAlert problem={fill.error} notSaved={t('fill.notDone')} />
        <AlertList
          alerts={prescription.alerts}
          footer={(alert) =>
            alert.stops && mayOverride ? (
              <OverrideFields
                alert={alert}
                value={overrides.get(alert.alertId) ?? { reason: '', note: '' }}
                onChange={(change) => setOverride(alert.alertId, change)}
              />
            ) : null
          }
        />
        {stops.length > 0 && !mayOverride && (
          <StatusBadge tone="stop">{t('fill.needsPharmacist')}</StatusBadge>
        )}
        <NotCheckedList notChecked={prescription.notChecked} />
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
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {open.length > 0 ? t('fill.stopsOpen', { count: open.length }) : t('fill.ready')}
          </Text>
          <Group>
            <Button variant="default" onClick={onClose} data-enter-ok>
              {t('common.back')}
            </Button>
            <KeyButton
              combo="F9"
              label={t('fill.submit')}
              disabled={!isReady}
              loading={fill.isPending}
              onPress={submit}
            />
          </Group>
        </Group>
      </Stack>
    </EnterGuard>
  );
}

interface OverrideFieldsProps {
  alert: PrescriptionAlert;
  value: Override;
  onChange: (change: Partial<Override>) => void;
}

function OverrideFields({ alert, value, onChange }: OverrideFieldsProps) {
  const { t } = useTranslation();
  const subject = namesOf(alert.subjects).join(' + ');
  return (
    <div className={classes['override']} role="group" aria-label={t('fill.overrideFor', { subject })}>
      <NativeSelect
        label={t('fill.reason')}
        value={value.reason}
        onChange={(event) =>
          onChange({ reason: REASONS.find((one) => one === event.currentTarget.value) ?? '' })
        }
        data={[
          { value: '', label: t('fill.chooseReason') },
          ...REASONS.map((reason) => ({ value: reason, label: t(`overrideReason.${reason}`) })),
        ]}
      />
      <TextInput
        label={t('fill.note')}
        description={t('fill.noteHint', { count: MIN_LETTERS })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value.note}
        maxLength={500}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </div>
  );
}

function FillDone({ fill, patientId, onClose }: { fill: Fill; patientId: number; onClose: () => void }) {
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
        {can('Sell') && (
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
