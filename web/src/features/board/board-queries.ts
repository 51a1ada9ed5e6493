import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  BinList,
  BoardColumnId,
  Fill,
  TakenCard,
  WorkBoard,
  WorkLease,
  WorkLeases,
} from '../../api/types';

/** Some of the board changes by time alone; the stream tells of the rest. */
const REFRESH_MS = 30_000;
/** The last board is shown, and marked, when one comes back to it. */
const KEPT_MS = 30 * 60_000;

/** The board of the branch. */
export function useBoard() {
  return useQuery({
    queryKey: keys.board,
    queryFn: ({ signal }) => api.get<WorkBoard>('/work-board', undefined, signal),
    refetchInterval: REFRESH_MS,
    staleTime: 0,
    gcTime: KEPT_MS,
  });
}

/** Who has a prescription or its fills in hand. */
export function useLeases(prescriptionId: number) {
  return useQuery({
    queryKey: keys.leases(prescriptionId),
    queryFn: ({ signal }) => api.get<WorkLeases>('/work-board/leases', { prescriptionId }, signal),
    refetchInterval: REFRESH_MS,
  });
}

interface Take {
  column: BoardColumnId;
  skipReason?: string;
}

/** Takes what is next of a column, passing over what is in hand where a reason is given. */
export function useTakeNext() {
  const queryClient = useQueryClient();
  return useMutation<TakenCard, Problem, Take>({
    mutationFn: (body) => api.post<TakenCard>('/work-board/take-next', body),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.board }),
  });
}

interface LeaseStep {
  leaseId: number;
  /** `resume` takes back what was given away a moment ago. */
  step: 'release' | 'resume';
}

/** Gives a card back, or takes that back. */
export function useLeaseStep() {
  const queryClient = useQueryClient();
  return useMutation<WorkLease, Problem, LeaseStep>({
    mutationFn: ({ leaseId, step }) => api.post<WorkLease>(`/work-board/leases/${leaseId}/${step}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.board }),
  });
}

interface HoldStep {
  prescriptionId: number;
  verb: 'hold' | 'release';
  reason: string;
}

/** Puts a prescription on hold, or ends that; the reason stays in its history. */
export function useHoldStep() {
  const queryClient = useQueryClient();
  return useMutation<unknown, Problem, HoldStep>({
    mutationFn: ({ prescriptionId, verb, reason }) =>
      api.post(`/prescriptions/${prescriptionId}/${verb}`, reason === '' ? {} : { reason }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.prescriptions }),
  });
}

/** The bins of the branch; none where it keeps no list of them. */
export function useBins() {
  return useQuery({
    queryKey: keys.bins,
    queryFn: ({ signal }) => api.get<BinList>('/will-call/bins', undefined, signal),
  });
}

/** Moves what waits to be picked up into another bin. */
export function useMoveFill() {
  const queryClient = useQueryClient();
  return useMutation<Fill, Problem, { fillId: number; bin: string }>({
    mutationFn: ({ fillId, bin }) => api.post<Fill>(`/fills/${fillId}/move`, { bin }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.prescriptions }),
  });
}
