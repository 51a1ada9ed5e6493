import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Correction, CorrectionPage, StockPolicy, UpdateStockPolicy } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const PATH = '/inventory/adjustments';
const corrections = [...keys.stock, 'corrections'] as const;
const policy = [...keys.stock, 'policy'] as const;

/** Corrections that wait or waited for another person, newest first. */
export function useCorrections(query: Query) {
  return useQuery({
    queryKey: [...corrections, query],
    queryFn: ({ signal }) => api.get<CorrectionPage>(PATH, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Approves or rejects a correction; approving moves stock. */
export function useDecideCorrection(
  adjustmentId: number,
  decision: 'approve' | 'reject',
  onDone: () => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<{ note?: string }, Correction>({
    run: (body, key) => api.post<Correction>(`${PATH}/${adjustmentId}/${decision}`, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}

/** What the branch has set for counts and corrections. */
export function useStockPolicy(enabled: boolean) {
  return useQuery({
    queryKey: policy,
    queryFn: ({ signal }) => api.get<StockPolicy>('/inventory/policy', undefined, signal),
    enabled,
  });
}

/** Changes what the branch has set; what is due to be counted follows from it. */
export function useSetStockPolicy(onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<UpdateStockPolicy, StockPolicy>({
    run: (body) => api.patch<StockPolicy>('/inventory/policy', body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}
