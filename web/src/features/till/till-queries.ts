import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { asProblem, type Problem } from '../../api/problem';
import type {
  BarcodeAnswer,
  CreatedSale,
  CreateSale,
  DrugDetail,
  FillShares,
  OpenShift,
  PrescriptionDetail,
  PrescriptionPage,
  TillShift,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';
import { noteDoubtful } from './cart-store';

/** The user's open shift at the branch; null when there is none. */
export function useOpenShift() {
  return useQuery({
    queryKey: keys.shift,
    queryFn: async ({ signal }) => {
      try {
        return (await api.get<TillShift | null>('/till-shifts/current', undefined, signal)) ?? null;
      } catch (error) {
        if (asProblem(error).status === 404) return null;
        throw error;
      }
    },
  });
}

/** Opens a shift with the float in the drawer. */
export function useOpenShiftMutation() {
  const queryClient = useQueryClient();
  return useIntentMutation<OpenShift, TillShift>({
    run: (body, key) => api.post<TillShift>('/till-shifts', body, key),
    onSuccess: (shift) => queryClient.setQueryData(keys.shift, shift),
  });
}

/** A dispensed fill that is still to be paid. */
export interface UnsoldFill extends Pick<
  PrescriptionDetail['fills'][number],
  'fillId' | 'drugName' | 'baseUnit' | 'quantity' | 'price'
> {
  rxNumber: string;
  /** What payers leave of the price to the patient. */
  patientShare: string;
  payerNames: readonly string[];
  /** False: a payer has not answered or has refused, so it cannot be sold yet. */
  isSettled: boolean;
}

/** A patient's prepared fills that were not paid yet. */
export function useUnsoldFills(patientId: number | undefined) {
  return useQuery({
    queryKey: keys.unsoldFills(patientId ?? 0),
    queryFn: ({ signal }) => findUnsoldFills(patientId ?? 0, signal),
    enabled: patientId !== undefined,
    staleTime: 0,
  });
}

/** Prescriptions whose fills are looked through for unpaid ones: a patient's newest. */
const RECENT = 12;

async function findUnsoldFills(patientId: number, signal: AbortSignal): Promise<UnsoldFill[]> {
  const recent = await api.get<PrescriptionPage>('/prescriptions', { patientId, limit: RECENT }, signal);
  const begun = recent.data.filter((row) => row.status === 'filled' || row.status === 'completed');
  const details = await Promise.all(
    begun.map((row) =>
      api.get<PrescriptionDetail>(`/prescriptions/${row.prescriptionId}`, undefined, signal),
    ),
  );
  const fills = details.flatMap((prescription) =>
    prescription.fills
      .filter((fill) => fill.status === 'dispensed' && fill.soldInSaleId === null)
      .map((fill) => ({ ...fill, rxNumber: prescription.rxNumber })),
  );
  if (fills.length === 0) return [];
  const fillIds = fills.map((fill) => fill.fillId).join(',');
  const { data } = await api.get<{ data: FillShares[] }>('/sales/shares', { fillIds }, signal);
  return fills.map((fill) => {
    const found = data.find((one) => one.fillId === fill.fillId);
    return {
      ...fill,
      patientShare: found?.patientShare ?? fill.price,
      payerNames: (found?.payers ?? []).filter((one) => one.payerShare !== null).map((one) => one.payerName),
      isSettled: found?.isSettled ?? true,
    };
  });
}

/** Finds the product of a scanned code. */
export function useBarcodeLookup() {
  return useMutation<BarcodeAnswer, Problem, string>({
    mutationFn: (code) => api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`),
  });
}

/** A product with its packs, as a basket line needs it. */
export function useDrugLookup() {
  return useMutation<DrugDetail, Problem, number>({
    mutationFn: (drugId) => api.get<DrugDetail>(`/drugs/${drugId}`),
  });
}

/** Posts a sale: one transaction, once per intention however often it is retried. */
export function usePostSale() {
  const queryClient = useQueryClient();
  return useIntentMutation<CreateSale, CreatedSale>({
    run: async (body, key) => {
      // From now on it may be posted, until an answer says whether it was.
      noteDoubtful({ key, items: body.items });
      try {
        return await api.post<CreatedSale>('/sales', body, key);
      } catch (error) {
        if (!asProblem(error).outcomeUnknown) noteDoubtful();
        throw error;
      }
    },
    onSuccess: () => {
      noteDoubtful();
      for (const queryKey of [
        keys.stock,
        keys.drugs,
        keys.prescriptions,
        ['accounts'],
        ['sales'],
        ['till', 'unsold'],
      ]) {
        void queryClient.invalidateQueries({ queryKey });
      }
    },
  });
}
