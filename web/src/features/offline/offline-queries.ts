import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { OfflineSaleDetail, OfflineSalePage } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

/** Sales of the branch that tills made without the server, newest first. */
export function useOfflineSales(query: Query) {
  return useQuery({
    queryKey: keys.offlineSaleList(query),
    queryFn: ({ signal }) => api.get<OfflineSalePage>('/offline-sales', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** One of them with its lines and what was done about it. */
export function useOfflineSale(offlineSaleId: number) {
  return useQuery({
    queryKey: keys.offlineSale(offlineSaleId),
    queryFn: ({ signal }) => api.get<OfflineSaleDetail>(`/offline-sales/${offlineSaleId}`, undefined, signal),
  });
}

/** Posts it as it was sold, or rejects it; a refusal is kept with it as well. */
export function useDecision<Body extends object>(
  offlineSaleId: number,
  command: 'post' | 'reject',
  onDone: (sale: OfflineSaleDetail) => void,
) {
  const queryClient = useQueryClient();
  const look = () => {
    for (const queryKey of [keys.offlineSales, keys.stock, keys.drugs, ['sales', 'list']])
      void queryClient.invalidateQueries({ queryKey });
  };
  return useIntentMutation<Body, OfflineSaleDetail>({
    run: (body, key) => api.post<OfflineSaleDetail>(`/offline-sales/${offlineSaleId}/${command}`, body, key),
    onSuccess: (sale) => {
      look();
      onDone(sale);
    },
    onError: look,
  });
}
