import { Group, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { Alternative, DrugDetail, DrugHit, Paper, Patient, Prescriber } from '../../api/types';
import { DateTimeText, todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone, toastRefused } from '../../ui/toasts';
import { DrugPicker } from '../shared/drug-picker';
import { toHit } from '../shared/names';
import { useUnclaimedPapers } from '../shared/paper-queries';
import { PatientPicker } from '../shared/patient-picker';
import { useUnitName } from '../shared/unit-text';
import { DirectionsField, useDirections } from './directions-field';
import { type Computed, type EntryDraft, typedBy } from './entry-draft.domain';
import { DrugStrip, PatientStrip, WholeInput } from './entry-fields';
import { EntryPapers } from './entry-papers';
import { EntryScreening } from './entry-screening';
import { PrescriberPicker } from './prescriber-picker';
import { type Dose, useCreatePrescription } from './prescription-queries';
import { NOTHING_PROMISED, type Promised, PromiseFields, promiseOf } from './promise-fields';
import { useAutosave, useStoredDraft } from './use-entry-draft';
import { usePrefill } from './use-prefill';
import { useSuggested } from './use-suggested';
import classes from './prescriptions.module.css';

const route = getRouteApi('/prescriptions/new');

interface Draft {
  /** Undefined until somebody chooses: then what the address names counts. */
  patient: Patient | null | undefined;
  drug: DrugHit | null | undefined;
  prescriber: Prescriber | null | undefined;
  refills: string;
  sig: string;
  prescribedDate: string;
  promised: Promised;
}

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

/**
 * Enters a prescription beside its paper: patient F2, drug F3, the rest by Tab, Ctrl+Enter saves. Screening runs while one types. What
 * was left unsaved in this tab goes on, unless the address names for whom or what a new one is.
 */
export function EntryScreen() {
  const [begun, setBegun] = useState(0);
  return <Entry key={begun} onStartOver={() => setBegun((before) => before + 1)} />;
}

function Entry({ onStartOver }: { onStartOver: () => void }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { stored, key } = useStoredDraft();
  const isNamed = search.patientId !== undefined || search.drugId !== undefined;
  const restored = isNamed ? undefined : stored;
  const form = useRef<HTMLFormElement>(null);
  const patientField = useRef<HTMLInputElement>(null);
  const drugField = useRef<HTMLInputElement>(null);
  const prescriberField = useRef<HTMLInputElement>(null);
  const sigField = useRef<HTMLTextAreaElement>(null);
  const [triedToSave, setTriedToSave] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    patient: undefined,
    drug: undefined,
    prescriber: undefined,
    refills: restored?.refills ?? '0',
    sig: restored?.sig ?? '',
    prescribedDate: restored?.prescribedDate ?? todayLocal(),
    promised: NOTHING_PROMISED,
  });
  const papers = useEntryPapers(restored?.documentIds ?? []);
  const [isPaperShown, setIsPaperShown] = useState(true);
  const set = <Name extends keyof Draft>(name: Name, value: Draft[Name]) =>
    setDraft((previous) => ({ ...previous, [name]: value }));
  const named = isNamed ? search : (restored ?? {});
  const prefill = usePrefill(named);
  const patient = draft.patient === undefined ? (prefill.patient ?? null) : draft.patient;
  const drug = draft.drug === undefined ? (prefill.drug ?? null) : draft.drug;
  const prescriber = draft.prescriber === undefined ? (prefill.prescriber ?? null) : draft.prescriber;
  const chosen = { patient, drug, prescriber };

  const own = useSuggested<Computed>(restored?.typed);
  const { reading, isCurrent } = useDirections(draft.sig, drug?.drugId, own.typed('quantity'));
  const told = isCurrent ? reading : undefined;
  const { valueOf, bind } = own.suggest({
    quantity: told?.quantity?.baseUnits,
    daysSupply: (told?.days ?? told?.daysOfQuantity)?.toString(),
    doseAmount: told?.dose?.amount,
    doseUnit: told?.dose?.unit,
    frequencyPerDay: told?.dose?.frequencyPerDay,
  });

  const { forget } = useAutosave(key, (): EntryDraft => {
    const idOf = (value: number | undefined, isChosen: boolean, before: number | undefined) =>
      isChosen ? value : (value ?? before);
    return {
      savedAt: Date.now(),
      // Chosen before and still on its way from the server is not "nobody".
      patientId: idOf(patient?.patientId, draft.patient !== undefined, named.patientId),
      drugId: idOf(drug?.drugId, draft.drug !== undefined, named.drugId),
      prescriberId: idOf(prescriber?.prescriberId, draft.prescriber !== undefined, restored?.prescriberId),
      refills: draft.refills,
      sig: draft.sig,
      prescribedDate: draft.prescribedDate,
      typed: typedBy(own.typed),
      documentIds: papers.documentIds,
    };
  });

  const create = useCreatePrescription((created) => {
    forget();
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
    if (prescriber === null) return prescriberField.current?.focus();
    create.mutate({
      patientId: patient.patientId,
      drugId: drug.drugId,
      prescriberId: prescriber.prescriberId,
      quantity: valueOf('quantity'),
      daysSupply: Number.parseInt(valueOf('daysSupply'), 10),
      sig: draft.sig.trim(),
      refillsAuthorized: Number.parseInt(draft.refills === '' ? '0' : draft.refills, 10),
      prescribedDate: draft.prescribedDate,
      dose,
      ...promiseOf(draft.promised),
      documentIds: [...papers.documentIds],
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
      }));
      own.clear();
      toastDone(t('prescriptions.drugReplaced', { name }));
      sigField.current?.focus();
    } catch (error) {
      toastRefused(t('prescriptions.drugNotReplaced', { name }), asProblem(error));
    }
  }

  useKeys([
    { combo: 'F2', label: t('prescriptions.toPatient'), run: () => patientField.current?.focus() },
    { combo: 'F3', label: t('prescriptions.toDrug'), run: () => drugField.current?.focus() },
  ]);

  const hasPaper = papers.shown.length > 0 && isPaperShown;
  return (
    <Page
      title={t('prescriptions.newTitle')}
      hint={
        restored && (
          <span role="status">
            {t('paper.draftRestored')} · <DateTimeText value={new Date(restored.savedAt).toISOString()} />
          </span>
        )
      }
      actions={
        restored && (
          <KeyButton
            combo="Alt+N"
            label={t('paper.startOver')}
            variant="default"
            onPress={() => {
              forget();
              onStartOver();
            }}
          />
        )
      }
    >
      <div className={classes[hasPaper ? 'besidePaper' : 'entry']}>
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
                value={prescriber}
                onChange={(prescriber) => set('prescriber', prescriber)}
                error={complaint('prescriber')}
              />
              <DirectionsField
                ref={sigField}
                value={draft.sig}
                onChange={(sig) => set('sig', sig)}
                reading={reading}
              />
              <SimpleGrid cols={4} spacing="sm" className={classes['figures']}>
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
              <SimpleGrid cols={4} spacing="sm" className={classes['figures']}>
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
        <div className={classes['side']}>
          <EntryPapers
            papers={papers.shown}
            isShown={isPaperShown}
            onTaken={(paper) => {
              papers.add(paper);
              setIsPaperShown(true);
            }}
            onRemoved={papers.remove}
            onToggle={() => setIsPaperShown((before) => !before)}
          />
          {/* What scrolls is reached by Tab, so that arrow keys move it. */}
          <div
            className={classes['screening']}
            role="group"
            aria-label={t('alerts.screening')}
            tabIndex={hasPaper ? 0 : undefined}
          >
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
        </div>
      </div>
    </Page>
  );
}

/** Papers taken in for this entry, those of a draft that goes on among them. */
function useEntryPapers(before: readonly number[]): {
  /** All of them, those still on their way from the server too. */
  documentIds: readonly number[];
  shown: readonly Paper[];
  add: (paper: Paper) => void;
  remove: (documentId: number) => void;
} {
  const [documentIds, setDocumentIds] = useState(before);
  const [taken, setTaken] = useState<readonly Paper[]>([]);
  const waiting = useUnclaimedPapers(before.length > 0);
  const known = [...(waiting.data?.data ?? []), ...taken];
  // Forgotten uploads are removed after a day: what is gone cannot be put to a prescription.
  const there = waiting.isSuccess
    ? documentIds.filter((id) => known.some((paper) => paper.documentId === id))
    : documentIds;
  return {
    documentIds: there,
    shown: there.flatMap((id) => known.find((paper) => paper.documentId === id) ?? []),
    add: (paper) => {
      setTaken((earlier) => [...earlier, paper]);
      setDocumentIds((earlier) => [...earlier, paper.documentId]);
    },
    remove: (documentId) => setDocumentIds((earlier) => earlier.filter((id) => id !== documentId)),
  };
}
