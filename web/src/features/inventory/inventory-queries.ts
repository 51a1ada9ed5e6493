import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  AdjustRequest,
  BarcodeAnswer,
  Lot,
  LotAdjusted,
  LotPage,
  MovementPage,
  ReceiveRequest,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

/** Lots of the branch, soonest expiry first. */
export function useLots(query: Query) {
  return useQuery({
    queryKey: keys.lots(query),
    queryFn: ({ signal }) => api.get<LotPage>('/inventory/lots', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** The ledger of one lot, newest first. */
export function useMovements(lotId: number | undefined) {
  const query = { lotId, limit: 50 };
  return useQuery({
    queryKey: keys.movements(query),
    queryFn: ({ signal }) => api.get<MovementPage>('/inventory/movements', query, signal),
    enabled: lotId !== undefined,
  });
}

function useStockCommand<Body, Answer>(path: string, onDone: (answer: Answer) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, Answer>({
    run: (body, key) => api.post<Answer>(path, body, key),
    onSuccess: (answer) => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      void queryClient.invalidateQueries({ queryKey: keys.drugs });
      onDone(answer);
    },
  });
}

/** Books a delivery of one lot. */
export function useReceive(onDone: () => void) {
  return useStockCommand<ReceiveRequest, unknown>('/inventory/receive', onDone);
}

/** Where the lot of a scanned pack is listed: by product, and by lot number where the code says it. */
export async function lotSearchOf(code: string): Promise<{ drugId: number; q: string | undefined }> {
  const { drug, lotNumber } = await api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`);
  return { drugId: drug.drugId, q: lotNumber ?? undefined };
}

/** Holds a lot back until a question is settled, or gives it free; the lot may join another. */
export function useLotStatus(command: 'hold' | 'release', onDone: () => void) {
  return useStockCommand<{ lotId: number; version: number; reason: string }, Lot>(
    `/inventory/${command}`,
    onDone,
  );
}

/** Says on which shelf a lot lies; nothing moves. */
export function useMoveLot(lotId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<Lot, Problem, { version: number; bin: string | null }>({
    mutationFn: (body) => api.patch<Lot>(`/inventory/lots/${lotId}`, body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}

/** Corrects a lot by a movement with a reason, or asks another person for it; the ledger itself is never changed. */
export function useAdjust(onDone: (answer: LotAdjusted) => void) {
  return useStockCommand<AdjustRequest, LotAdjusted>('/inventory/adjust', onDone);
}
