import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  CreateTransfer,
  DeadStock,
  LostSalePage,
  OrderSuggestions,
  ProductDemand,
  RebalancingPage,
  ReorderRule,
  ReorderSuggestionPage,
  SetReorderRule,
  SuggestionsOrdered,
  Transfer,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const reorder = [...keys.stock, 'reorder'] as const;

/** What to buy, the one that runs out first, first. */
export function useSuggestions(query: Query) {
  return useQuery({
    queryKey: [...reorder, 'suggestions', query],
    queryFn: ({ signal }) => api.get<ReorderSuggestionPage>('/inventory/reorder-suggestions', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** The demand for a product by weeks, past and expected. */
export function useDemand(drugId: number) {
  return useQuery({
    queryKey: [...reorder, 'demand', drugId],
    queryFn: ({ signal }) => api.get<ProductDemand>(`/inventory/demand/${drugId}`, undefined, signal),
    placeholderData: keepPreviousData,
  });
}

/** What was wanted and not in stock. */
export function useLostSales(query: Query) {
  return useQuery({
    queryKey: [...reorder, 'lost-sales', query],
    queryFn: ({ signal }) => api.get<LostSalePage>('/inventory/lost-sales', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Stock that is better off at another branch. */
export function useRebalancing(query: Query) {
  return useQuery({
    queryKey: [...reorder, 'rebalancing', query],
    queryFn: ({ signal }) => api.get<RebalancingPage>('/inventory/rebalancing', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** What lies in stock and does not go. */
export function useDeadStock(query: Query) {
  return useQuery({
    queryKey: [...reorder, 'dead-stock', query],
    queryFn: ({ signal }) => api.get<DeadStock>('/reports/dead-stock', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Asks another branch for stock, or begins to send it some. */
export function useMoveStock(onDone: (transfer: Transfer) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<CreateTransfer, Transfer>({
    run: (body, key) => api.post<Transfer>('/inventory/transfers', body, key),
    onSuccess: (transfer) => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone(transfer);
    },
  });
}

/** Makes drafts of what is to be bought, one a supplier. */
export function useOrderSuggestions(onDone: (made: SuggestionsOrdered) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<OrderSuggestions, SuggestionsOrdered>({
    run: (body, key) => api.post<SuggestionsOrdered>('/purchase-orders/from-suggestions', body, key),
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: reorder });
      onDone(made);
    },
  });
}

/** Sets least and most, service and supplier of a product. */
export function useSetRule(drugId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<ReorderRule, Problem, SetReorderRule>({
    mutationFn: (body) => api.put<ReorderRule>(`/inventory/reorder-rules/${drugId}`, body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: reorder });
      onDone();
    },
  });
}

/** The rule of a product, where it has one. */
export function useRule(drugId: number) {
  return useQuery({
    queryKey: [...reorder, 'rule', drugId],
    queryFn: async ({ signal }) => {
      const found = await api.get<{ data: ReorderRule[] }>('/inventory/reorder-rules', { drugId }, signal);
      return found.data[0] ?? null;
    },
  });
}
