import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { printablePage } from '../../api/printable';
import type { Problem } from '../../api/problem';
import type {
  BypassScan,
  ChooseLot,
  DispenseFill,
  Fill,
  FillScanned,
  FillStation,
  OwedFillsPage,
  ScanFill,
  WillCallPage,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

/** How often a station looks whether somebody else has gone on with its fill, ms. */
const LOOK_AGAIN_MS = 5_000;

/** A fill as a station shows it, looked at again while it is open. */
export function stationQuery(fillId: number) {
  return {
    queryKey: keys.station(fillId),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<FillStation>(`/fills/${fillId}/station`, undefined, signal),
    refetchInterval: LOOK_AGAIN_MS,
    // What a scan showed a moment ago may have changed since: a station never begins with an old answer.
    staleTime: 0,
  };
}

export function useStation(fillId: number) {
  return useQuery(stationQuery(fillId));
}

/** The label of a fill as a page to look at; nothing is printed by it. */
export function useLabelPreview({ fillId, version }: Pick<Fill, 'fillId' | 'version'>) {
  return useQuery({
    queryKey: keys.labelPreview(fillId, version),
    queryFn: () => printablePage(`/fills/${fillId}/label`, { preview: true }),
  });
}

/** Proves a pack; a wrong one is refused and kept as a near miss. */
export function useScanPack(fillId: number) {
  const queryClient = useQueryClient();
  return useMutation<FillScanned, Problem, ScanFill>({
    mutationFn: (body) => api.post<FillScanned>(`/fills/${fillId}/scan`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.station(fillId) }),
  });
}

/** Goes on without a scan, with a reason. */
export function useBypassScan(fillId: number) {
  const queryClient = useQueryClient();
  return useMutation<FillScanned, Problem, BypassScan>({
    mutationFn: (body) => api.post<FillScanned>(`/fills/${fillId}/bypass-scan`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.station(fillId) }),
  });
}

function useRefresh(): () => void {
  const queryClient = useQueryClient();
  return () => {
    for (const queryKey of [keys.prescriptions, keys.stock, keys.drugs, ['till', 'unsold']])
      void queryClient.invalidateQueries({ queryKey });
  };
}

/** Takes a fill in progress through to dispensed, where the branch works at the counter. */
export function useCompleteFill(fillId: number) {
  const refresh = useRefresh();
  return useIntentMutation<DispenseFill, Fill>({
    run: (body, key) => api.post<Fill>(`/fills/${fillId}/complete`, body, key),
    onSuccess: refresh,
  });
}

/** Keeps another lot for a fill. */
export function useChooseLot(fillId: number) {
  const refresh = useRefresh();
  return useIntentMutation<ChooseLot, Fill>({
    run: (body, key) => api.post<Fill>(`/fills/${fillId}/choose-lot`, body, key),
    onSuccess: refresh,
  });
}

/** Gives a fill up: its stock is free again, and its prescription can be filled anew. */
export function useReturnToStock() {
  const refresh = useRefresh();
  return useIntentMutation<{ fillId: number; reason: string }, Fill>({
    run: ({ fillId, reason }, key) => api.post<Fill>(`/fills/${fillId}/return-to-stock`, { reason }, key),
    onSuccess: refresh,
  });
}

/** Puts a verified fill into a bin. */
export function usePutInBin() {
  const refresh = useRefresh();
  return useMutation<Fill, Problem, { fillId: number; bin?: string }>({
    mutationFn: ({ fillId, bin }) => api.post<Fill>(`/fills/${fillId}/ready`, bin ? { bin } : {}),
    onSuccess: refresh,
  });
}

/** What waits to be picked up, the longest first. */
export function useWillCall(
  query: { minDays?: number; patientId?: number; cursor?: number; limit: number },
  enabled = true,
) {
  return useQuery({
    queryKey: keys.willCall(query),
    queryFn: ({ signal }) => api.get<WillCallPage>('/will-call', query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** What is owed, by whether stock completes it now. */
export function useOwedFills(query: { completable: boolean; limit: number }) {
  return useQuery({
    queryKey: keys.owedFills(query),
    queryFn: ({ signal }) => api.get<OwedFillsPage>('/owed-fills', query, signal),
  });
}
