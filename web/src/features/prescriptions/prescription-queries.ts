import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  AlternativesQuestion,
  ClinicalCheck,
  CreatePrescription,
  Fill,
  FilledPrescription,
  FillRequest,
  PrescriptionDetail,
  PrescriptionPage,
  ScreeningAnswer,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';
import type { StopAnswers } from '../shared/use-overrides';

/** One dose and how often it is taken in 24 hours; decimal strings. */
export type Dose = NonNullable<CreatePrescription['dose']>;

/** The work queue or a search in it. */
export function usePrescriptions(query: Query) {
  return useQuery({
    queryKey: keys.prescriptionList(query),
    queryFn: ({ signal }) => api.search<PrescriptionPage>('/prescriptions', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  });
}

/** One prescription with fills, alerts and history; `isFresh`: asked for anew by whoever opens a screen, whatever is known of it. */
export function usePrescription(prescriptionId: number, { enabled = true, isFresh = false } = {}) {
  return useQuery({
    queryKey: keys.prescription(prescriptionId),
    queryFn: ({ signal }) =>
      api.get<PrescriptionDetail>(`/prescriptions/${prescriptionId}`, undefined, signal),
    enabled,
    refetchOnMount: isFresh ? 'always' : true,
  });
}

interface Use {
  dose: Dose | undefined;
  days: number | undefined;
}

/** A drug and how it is taken, as a check asks about it. */
export function checkedDrug(drugId: number | undefined, { dose, days }: Use): ClinicalCheck['drugs'][number] {
  return { drugId, dose: dose?.amount, unit: dose?.unit, frequencyPerDay: dose?.frequencyPerDay, days };
}

/** What to ask for something else than the product of a prescription. */
export function alternativesTo(prescription: PrescriptionDetail): AlternativesQuestion {
  const { patientId, prescriptionId, drugId, dose, daysSupply } = prescription;
  const drugs = [checkedDrug(drugId, { dose: dose ?? undefined, days: daysSupply })];
  return { patientId, prescriptionId, drugs, insteadOf: drugId };
}

/** Screens a drug against a patient before anything is saved. */
export function useScreening(patientId: number | undefined, drugId: number | undefined, use: Use) {
  const drug = checkedDrug(drugId, use);
  return useQuery({
    queryKey: ['clinical', 'check', patientId, drug],
    queryFn: () => {
      const body: ClinicalCheck = { patientId, drugs: [drug] };
      return api.post<ScreeningAnswer>('/clinical/check', body);
    },
    placeholderData: keepPreviousData,
    enabled: patientId !== undefined && drugId !== undefined,
    staleTime: 0,
  });
}

/** Enters a prescription; the answer carries the alerts the screening raised. */
export function useCreatePrescription(onDone: (created: PrescriptionDetail) => void) {
  const queryClient = useQueryClient();
  return useMutation<PrescriptionDetail, Problem, CreatePrescription>({
    mutationFn: (body) => api.post<PrescriptionDetail>('/prescriptions', body),
    onSuccess: async (created) => {
      await queryClient.invalidateQueries({ queryKey: keys.prescriptions });
      onDone(created);
    },
  });
}

/** Fills or refills: takes lots first-expiry-first, so it carries an idempotency key. */
export function useFillPrescription(prescriptionId: number, isRefill: boolean) {
  const queryClient = useQueryClient();
  const verb = isRefill ? 'refill' : 'fill';
  return useIntentMutation<FillRequest, FilledPrescription>({
    run: (body, key) => api.post<FilledPrescription>(`/prescriptions/${prescriptionId}/${verb}`, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.prescriptions });
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      void queryClient.invalidateQueries({ queryKey: keys.drugs });
    },
    // A refusal may come with alerts that were not there when the page was loaded: they must be seen.
    onError: () => void queryClient.invalidateQueries({ queryKey: keys.prescriptions }),
  });
}

/** Steps of a fill that are screened once more. */
export type ScreenedStep = 'verify' | 'dispense';

interface FillStep {
  fillId: number;
  step: ScreenedStep;
  answers?: StopAnswers & Pick<FillRequest, 'pickUp'>;
}

/** Takes a fill one step further; handing over moves stock, so it carries an idempotency key. */
export function useFillStep() {
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: keys.prescriptions });
  return useIntentMutation<FillStep, Fill>({
    run: ({ fillId, step, answers }, key) =>
      api.post<Fill>(`/fills/${fillId}/${step}`, answers ?? {}, step === 'dispense' ? key : undefined),
    onSuccess: () => {
      refresh();
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      void queryClient.invalidateQueries({ queryKey: ['till', 'unsold'] });
    },
    // A refusal may come with alerts that were not there when the page was loaded: they must be seen.
    onError: refresh,
  });
}

export type Transition = 'hold' | 'release' | 'cancel';

/** Holds, releases or cancels, with the reason kept in the history. */
export function useTransition(prescriptionId: number) {
  const queryClient = useQueryClient();
  return useMutation<unknown, Problem, { verb: Transition; reason: string }>({
    mutationFn: ({ verb, reason }) =>
      api.post(`/prescriptions/${prescriptionId}/${verb}`, reason === '' ? {} : { reason }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.prescriptions }),
  });
}
