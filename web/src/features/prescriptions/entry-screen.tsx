import { Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { Alternative, DrugDetail, DrugHit, Patient, Prescriber } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone, toastRefused } from '../../ui/toasts';
import { BirthText } from '../shared/birth-text';
import { AllergyStatusBadge } from '../shared/clinical';
import { DrugPicker } from '../shared/drug-picker';
import { IngredientsText, toHit, usePersonName } from '../shared/names';
import { PatientPicker } from '../shared/patient-picker';
import { StockBadge } from '../shared/stock-badge';
import { useUnitName } from '../shared/unit-text';
import { MoneyText } from '../../ui/money-text';
import { DirectionsField, useDirections } from './directions-field';
import { EntryScreening } from './entry-screening';
import { PrescriberPicker } from './prescriber-picker';
import { type Dose, useCreatePrescription } from './prescription-queries';
import { NOTHING_PROMISED, type Promised, PromiseFields, promiseOf } from './promise-fields';
import { usePrefill } from './use-prefill';
import { useSuggested } from './use-suggested';
import classes from './prescriptions.module.css';

const route = getRouteApi('/prescriptions/new');

interface Draft {
  /** Undefined until somebody chooses: then what the address names counts. */
  patient: Patient | null | undefined;
  drug: DrugHit | null | undefined;
  prescriber: Prescriber | null;
  refills: string;
  sig: string;
  prescribedDate: string;
  promised: Promised;
}

/** What directions may tell. */
type Computed = 'quantity' | 'daysSupply' | 'doseAmount' | 'doseUnit' | 'frequencyPerDay';

/** The single dose, when amount, unit and times a day are all given: parts of it could not be judged. */
function doseOf(valueOf: (name: Computed) => string): Dose | undefined {
  const [amount, unit, frequencyPerDay] = [
    valueOf('doseAmount'),
    valueOf('doseUnit').trim(),
    valueOf('frequencyPerDay'),
  ];
  if (amount === '' || unit === '' || frequencyPerDay === '') return undefined;
  return { amount, unit, frequencyPerDay };
}

type Missing = 'patient' | 'drug' | 'prescriber';

/** Enters a prescription: patient F2, drug F3, the rest by Tab, Ctrl+Enter saves. Screening runs while one types. */
export function EntryScreen() {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const navigate = useNavigate();
  const search = route.useSearch();
  const form = useRef<HTMLFormElement>(null);
  const patientField = useRef<HTMLInputElement>(null);
  const drugField = useRef<HTMLInputElement>(null);
  const prescriberField = useRef<HTMLInputElement>(null);
  const sigField = useRef<HTMLTextAreaElement>(null);
  const [triedToSave, setTriedToSave] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    patient: undefined,
    drug: undefined,
    prescriber: null,
    refills: '0',
    sig: '',
    prescribedDate: todayLocal(),
    promised: NOTHING_PROMISED,
  });
  const set = <Name extends keyof Draft>(name: Name, value: Draft[Name]) =>
    setDraft((previous) => ({ ...previous, [name]: value }));
  const prefill = usePrefill(search);
  const patient = draft.patient === undefined ? (prefill.patient ?? null) : draft.patient;
  const drug = draft.drug === undefined ? (prefill.drug ?? null) : draft.drug;
  const chosen = { patient, drug, prescriber: draft.prescriber };

  const own = useSuggested<Computed>();
  const { reading, isCurrent } = useDirections(draft.sig, drug?.drugId, own.typed('quantity'));
  const told = isCurrent ? reading : undefined;
  const { valueOf, bind } = own.suggest({
    quantity: told?.quantity?.baseUnits,
    daysSupply: (told?.days ?? told?.daysOfQuantity)?.toString(),
    doseAmount: told?.dose?.amount,
    doseUnit: told?.dose?.unit,
    frequencyPerDay: told?.dose?.frequencyPerDay,
  });

  const create = useCreatePrescription((created) => {
    toastDone(t('prescriptions.created', { number: created.rxNumber }));
    void navigate({
      to: '/prescriptions/$prescriptionId',
      params: { prescriptionId: String(created.prescriptionId) },
    });
  });

  const missing: Missing[] = (['patient', 'drug', 'prescriber'] as const).filter(
    (name) => chosen[name] === null,
  );
  const dose = doseOf(valueOf);
  const complaint = (name: Missing) =>
    triedToSave && missing.includes(name) ? t('prescriptions.chooseFromList') : undefined;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTriedToSave(true);
    if (patient === null) return patientField.current?.focus();
    if (drug === null) return drugField.current?.focus();
    if (draft.prescriber === null) return prescriberField.current?.focus();
    create.mutate({
      patientId: patient.patientId,
      drugId: drug.drugId,
      prescriberId: draft.prescriber.prescriberId,
      quantity: valueOf('quantity'),
      daysSupply: Number.parseInt(valueOf('daysSupply'), 10),
      sig: draft.sig.trim(),
      refillsAuthorized: Number.parseInt(draft.refills === '' ? '0' : draft.refills, 10),
      prescribedDate: draft.prescribedDate,
      dose,
      ...promiseOf(draft.promised),
    });
  }

  /** Prescribes another product: how the first one was to be taken says nothing about it, and is asked anew. */
  async function replaceDrug({ drugId, name }: Alternative): Promise<void> {
    try {
      const found = await api.get<DrugDetail>(`/drugs/${drugId}`);
      setDraft((before) => ({
        ...before,
        drug: toHit(found),
        sig: '',
        quantity: '',
        doseAmount: '',
        doseUnit: '',
        frequencyPerDay: '',
      }));
      toastDone(t('prescriptions.drugReplaced', { name }));
      sigField.current?.focus();
    } catch (error) {
      toastRefused(t('prescriptions.drugNotReplaced', { name }), asProblem(error).message);
    }
  }

  useKeys([
    { combo: 'F2', label: t('prescriptions.toPatient'), run: () => patientField.current?.focus() },
    { combo: 'F3', label: t('prescriptions.toDrug'), run: () => drugField.current?.focus() },
  ]);

  return (
    <Page title={t('prescriptions.newTitle')}>
      <div className={classes['entry']}>
        <Card>
          <form
            ref={form}
            onSubmit={onSubmit}
            aria-label={t('prescriptions.newTitle')}
            noValidate={missing.length > 0}
          >
            <Stack gap={10}>
              <ProblemAlert problem={create.error} notSaved={t('prescriptions.notSaved')} />
              <PatientPicker
                ref={patientField}
                label={t('prescriptions.patient')}
                combo="F2"
                required
                autoFocus={search.patientId === undefined}
                value={patient}
                onChange={(next) => set('patient', next)}
                error={complaint('patient')}
              />
              {patient && <PatientStrip patient={patient} />}
              <DrugPicker
                ref={drugField}
                label={t('prescriptions.drug')}
                combo="F3"
                required
                autoFocus={search.patientId !== undefined && search.drugId === undefined}
                value={drug}
                onChange={(next) => set('drug', next)}
                error={complaint('drug')}
              />
              {drug && <DrugStrip drug={drug} />}
              <PrescriberPicker
                ref={prescriberField}
                value={draft.prescriber}
                onChange={(prescriber) => set('prescriber', prescriber)}
                error={complaint('prescriber')}
              />
              <DirectionsField
                ref={sigField}
                value={draft.sig}
                onChange={(sig) => set('sig', sig)}
                reading={reading}
              />
              <SimpleGrid cols={4} spacing="sm">
                <DecimalInput
                  label={
                    drug
                      ? t('prescriptions.quantityIn', { unit: nameOfUnit(drug.baseUnit) })
                      : t('prescriptions.quantity')
                  }
                  required
                  {...bind('quantity')}
                />
                <WholeInput label={t('prescriptions.daysSupply')} required {...bind('daysSupply')} />
                <WholeInput
                  label={t('prescriptions.refills')}
                  value={draft.refills}
                  onChange={(value) => set('refills', value)}
                />
                <TextInput
                  label={t('prescriptions.prescribedDate')}
                  type="date"
                  required
                  max={todayLocal()}
                  value={draft.prescribedDate}
                  onChange={(event) => set('prescribedDate', event.currentTarget.value)}
                />
              </SimpleGrid>
              <SimpleGrid cols={4} spacing="sm">
                <DecimalInput label={t('prescriptions.dose')} {...bind('doseAmount')} />
                <TextInput
                  label={t('prescriptions.doseUnit')}
                  placeholder="mg"
                  maxLength={20}
                  dir="ltr"
                  {...bind('doseUnit')}
                  onChange={(event) => bind('doseUnit').onChange(event.currentTarget.value)}
                />
                <DecimalInput label={t('prescriptions.frequencyPerDay')} {...bind('frequencyPerDay')} />
              </SimpleGrid>
              <PromiseFields value={draft.promised} onChange={(promised) => set('promised', promised)} />
              <Group>
                <KeyButton
                  combo="Ctrl+Enter"
                  label={t('prescriptions.save')}
                  loading={create.isPending}
                  onPress={() => form.current?.requestSubmit()}
                />
              </Group>
            </Stack>
          </form>
        </Card>
        <Card label={t('alerts.screening')}>
          <Title order={2} mb={8}>
            {t('alerts.screening')}
          </Title>
          <EntryScreening
            patientId={patient?.patientId}
            drugId={drug?.drugId}
            dose={dose}
            days={valueOf('daysSupply')}
            onPick={(alternative) => void replaceDrug(alternative)}
          />
        </Card>
      </div>
    </Page>
  );
}

interface WholeInputProps {
  label: string;
  required?: boolean;
  value: string;
  onChange: (value: string) => void;
  onFocus?: () => void;
  onBlur?: () => void;
}

function WholeInput({ onChange, ...rest }: WholeInputProps) {
  return (
    <DecimalInput
      {...rest}
      inputMode="numeric"
      maxLength={3}
      onChange={(value) => onChange(value.replaceAll('.', ''))}
    />
  );
}

function PatientStrip({ patient }: { patient: Patient }) {
  const nameOf = usePersonName();
  return (
    <Group gap={10} className={classes['strip']}>
      <Text size="sm" fw={600}>
        <bdi>{nameOf(patient)}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        <BirthText of={patient} />
      </Text>
      <AllergyStatusBadge status={patient.allergyStatus} />
    </Group>
  );
}

function DrugStrip({ drug }: { drug: DrugHit }) {
  return (
    <Group gap={10} className={classes['strip']}>
      <Text size="sm" fw={600}>
        <IngredientsText ingredients={drug.ingredients} />
      </Text>
      <StockBadge stock={drug.stockOnHand} unit={drug.baseUnit} />
      <Text size="sm">
        <MoneyText value={drug.price} />
      </Text>
    </Group>
  );
}
