import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { PostedSale, ReturnRequest, SaleDetail, SalePage } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

/** Past sales, newest first. */
export function useSales(query: Query) {
  return useQuery({
    queryKey: keys.sales(query),
    queryFn: ({ signal }) => api.get<SalePage>('/sales', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** One sale with lines, lots and tenders. */
export function useSale(saleId: number) {
  return useQuery({
    queryKey: keys.sale(saleId),
    queryFn: ({ signal }) => api.get<SaleDetail>(`/sales/${saleId}`, undefined, signal),
  });
}

/** Takes back part of a sale; the refund goes to the tenders it was paid with. */
export function useReturn(saleId: number, onDone: (posted: PostedSale) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<ReturnRequest, PostedSale>({
    run: (body, key) => api.post<PostedSale>(`/sales/${saleId}/return`, body, key),
    onSuccess: (posted) => {
      onDone(posted);
      for (const queryKey of [keys.stock, keys.drugs, ['accounts'], ['sales']]) {
        void queryClient.invalidateQueries({ queryKey });
      }
    },
  });
}
