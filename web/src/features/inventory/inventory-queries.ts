import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { AdjustRequest, LotPage, MovementPage, ReceiveRequest } from '../../api/types';
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

function useStockCommand<Body>(path: string, onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, unknown>({
    run: (body, key) => api.post(path, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      void queryClient.invalidateQueries({ queryKey: keys.drugs });
      onDone();
    },
  });
}

/** Books a delivery of one lot. */
export function useReceive(onDone: () => void) {
  return useStockCommand<ReceiveRequest>('/inventory/receive', onDone);
}

/** Corrects a lot by a movement with a reason; the ledger itself is never changed. */
export function useAdjust(onDone: () => void) {
  return useStockCommand<AdjustRequest>('/inventory/adjust', onDone);
}
