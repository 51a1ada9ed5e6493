import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  BatchPage,
  BatchReleased,
  BeyondUseLimits,
  CompoundBatch,
  CompoundCosting,
  CompoundFormula,
  CreateFormula,
  DiscardBatch,
  DraftCosting,
  DraftFormula,
  FormulaPage,
  ItemScanned,
  MakeBatch,
  ReleaseBatch,
  ScanItem,
  StartBatch,
  UpdateFormula,
  WeighItem,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const ALL = ['compounding'] as const;
/** How often an open batch looks whether somebody else has gone on with it, ms. */
const LOOK_AGAIN_MS = 10_000;

/** Formulas by name. */
export function useFormulas(query: Query, enabled = true) {
  return useQuery({
    queryKey: [...ALL, 'formulas', query],
    queryFn: ({ signal }) => api.get<FormulaPage>('/compound-formulas', query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useFormula(formulaId: number | undefined) {
  return useQuery({
    queryKey: [...ALL, 'formula', formulaId],
    queryFn: ({ signal }) =>
      api.get<CompoundFormula>(`/compound-formulas/${formulaId ?? 0}`, undefined, signal),
    enabled: formulaId !== undefined,
  });
}

/** How long each kind of preparation may be used. */
export function useBeyondUseLimits() {
  return useQuery({
    queryKey: [...ALL, 'limits'],
    queryFn: ({ signal }) => api.get<BeyondUseLimits>('/compound-formulas/limits', undefined, signal),
    staleTime: Infinity,
  });
}

/** What a quantity of a formula takes and costs. */
export function useCosting(formulaId: number | undefined, quantity: string) {
  return useQuery({
    queryKey: [...ALL, 'costing', formulaId, quantity],
    queryFn: ({ signal }) =>
      api.get<CompoundCosting>(`/compound-formulas/${formulaId ?? 0}/costing`, { quantity }, signal),
    placeholderData: keepPreviousData,
    enabled: formulaId !== undefined && quantity !== '',
    staleTime: 0,
  });
}

/** The same of a formula that is still being written; undefined: it cannot be costed yet. */
export function useDraftCosting(draft: DraftFormula | undefined) {
  return useQuery({
    queryKey: [...ALL, 'draft', draft],
    queryFn: () => api.post<DraftCosting>('/compound-formulas/costing', draft),
    placeholderData: keepPreviousData,
    enabled: draft !== undefined,
  });
}

function useRefresh(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [ALL, keys.stock, keys.drugs, keys.prescriptions].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
}

/** Writes a formula, or its next version. */
export function useSaveFormula(
  formula: CompoundFormula | undefined,
  onDone: (formula: CompoundFormula) => void,
) {
  const refresh = useRefresh();
  return useMutation<CompoundFormula, Problem, CreateFormula & Pick<UpdateFormula, 'status'>>({
    mutationFn: ({ baseUnit, ...body }) =>
      formula
        ? api.patch<CompoundFormula>(`/compound-formulas/${formula.formulaId}`, {
            ...body,
            version: formula.version,
          })
        : api.post<CompoundFormula>('/compound-formulas', { ...body, baseUnit }),
    onSuccess: async (saved) => {
      await refresh();
      onDone(saved);
    },
  });
}

/** Batches, newest first. */
export function useBatches(query: Query, enabled = true) {
  return useQuery({
    queryKey: [...ALL, 'batches', query],
    queryFn: ({ signal }) => api.get<BatchPage>('/compound-batches', query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

const batchKey = (batchId: number) => [...ALL, 'batch', batchId];

/** One batch, looked at again while it is open: another person may have gone on with it. */
export function useBatch(batchId: number) {
  return useQuery({
    queryKey: batchKey(batchId),
    queryFn: ({ signal }) => api.get<CompoundBatch>(`/compound-batches/${batchId}`, undefined, signal),
    refetchInterval: LOOK_AGAIN_MS,
    staleTime: 0,
  });
}

/** Begins a batch: its ingredients are kept. */
export function useStartBatch() {
  const refresh = useRefresh();
  return useIntentMutation<StartBatch, CompoundBatch>({
    run: (body, key) => api.post<CompoundBatch>('/compound-batches', body, key),
    onSuccess: () => void refresh(),
  });
}

/** Proves the pack in hand before anything is weighed; a wrong one is refused and kept as a near miss. */
export function useScanItem(batchId: number) {
  return useMutation<ItemScanned, Problem, ScanItem>({
    mutationFn: (body) => api.post<ItemScanned>(`/compound-batches/${batchId}/scan`, body),
  });
}

function useBatchStep<Body>(batchId: number, step: 'weigh' | 'make' | 'discard') {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useIntentMutation<Body, CompoundBatch>({
    run: (body, key) => api.post<CompoundBatch>(`/compound-batches/${batchId}/${step}`, body, key),
    onSuccess: (batch) => {
      queryClient.setQueryData(batchKey(batchId), batch);
      void refresh();
    },
  });
}

export const useWeigh = (batchId: number) => useBatchStep<WeighItem>(batchId, 'weigh');
export const useMake = (batchId: number) => useBatchStep<MakeBatch>(batchId, 'make');
export const useDiscard = (batchId: number) => useBatchStep<DiscardBatch>(batchId, 'discard');

/** Releases a batch, with its fill where it was made for a prescription. */
export function useRelease(batchId: number) {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useIntentMutation<ReleaseBatch, BatchReleased>({
    run: (body, key) => api.post<BatchReleased>(`/compound-batches/${batchId}/release`, body, key),
    onSuccess: ({ batch }) => {
      queryClient.setQueryData(batchKey(batchId), batch);
      void refresh();
    },
    // A refusal may come with alerts that were not there when the page was loaded: they must be seen.
    onError: () => void queryClient.invalidateQueries({ queryKey: keys.prescriptions }),
  });
}
