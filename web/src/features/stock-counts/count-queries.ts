import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type {
  BarcodeAnswer,
  CountPlanPage,
  EnterStockCounts,
  StartStockCount,
  StockCount,
  StockCountPage,
  StockCountsEntered,
  StockCountWithLines,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const counts = [...keys.stock, 'stock-counts'] as const;
const countKey = (countId: number, query: Query) => [...counts, countId, query] as const;

const BARCODE_KEPT_MS = 300_000;

/** Counts of the branch, newest first. */
export function useStockCounts(query: Query) {
  return useQuery({
    queryKey: [...counts, 'list', query],
    queryFn: ({ signal }) => api.get<StockCountPage>('/inventory/counts', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** A count with a page of its lines. */
export function useStockCount(countId: number, query: Query) {
  return useQuery({
    queryKey: countKey(countId, query),
    queryFn: ({ signal }) => api.get<StockCountWithLines>(`/inventory/counts/${countId}`, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Looks up what a code says, and which lots of a product are in a count. */
export function useCountLookup(countId: number) {
  const queryClient = useQueryClient();
  return {
    barcode: (code: string) =>
      queryClient.fetchQuery({
        queryKey: [...keys.drugs, 'barcode', code],
        queryFn: () => api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`),
        staleTime: BARCODE_KEPT_MS,
      }),
    linesOf: (drugId: number) =>
      queryClient.fetchQuery({
        queryKey: countKey(countId, { drugId, limit: 100 }),
        queryFn: () => api.get<StockCountWithLines>(`/inventory/counts/${countId}`, { drugId, limit: 100 }),
      }),
  };
}

/** Begins a count. */
export function useStartCount(onDone: (count: StockCount) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<StartStockCount, StockCount>({
    run: (body, key) => api.post<StockCount>('/inventory/counts', body, key),
    onSuccess: (count) => {
      void queryClient.invalidateQueries({ queryKey: counts });
      onDone(count);
    },
  });
}

/** The most products of one count, as the server has it, and of a page of the plan. */
export const MOST_DUE = 500;
const PLAN_PAGE = 100;

/** Which products are to be counted how often, and which of them are due. */
export function useCountPlan(query: Query) {
  return useQuery({
    queryKey: [...counts, 'plan', query],
    queryFn: ({ signal }) => api.get<CountPlanPage>('/inventory/count-plan', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Begins a count of what is due, those of most worth first, as many as one count takes. */
export function useCountDue(onDone: (count: StockCount) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<{ abcClass: 'A' | 'B' | 'C' | undefined }, StockCount>({
    run: async ({ abcClass }, key) => {
      const drugIds: number[] = [];
      for (let page = 1; drugIds.length < MOST_DUE; page += 1) {
        const query = { abcClass, due: true, page, limit: PLAN_PAGE };
        const { data, meta } = await api.get<CountPlanPage>('/inventory/count-plan', query);
        drugIds.push(...data.map(({ drugId }) => drugId));
        if (data.length === 0 || drugIds.length >= meta.total) break;
      }
      const body: StartStockCount = { scope: 'drugs', drugIds: drugIds.slice(0, MOST_DUE) };
      return api.post<StockCount>('/inventory/counts', body, key);
    },
    onSuccess: (count) => {
      void queryClient.invalidateQueries({ queryKey: counts });
      onDone(count);
    },
  });
}

/** Keeps what was counted of one lot; the lists are current again when it is done. */
export function useEnterCount(countId: number) {
  const queryClient = useQueryClient();
  return useIntentMutation<EnterStockCounts['items'][number], StockCountsEntered>({
    run: async (item, key) => {
      const body: EnterStockCounts = { items: [item] };
      const answer = await api.post<StockCountsEntered>(`/inventory/counts/${countId}/enter`, body, key);
      // A list that is not on screen is asked for anew: a lot that was to be counted must not come into the hand again from memory.
      queryClient.removeQueries({ queryKey: counts, type: 'inactive' });
      await queryClient.invalidateQueries({ queryKey: counts });
      return answer;
    },
  });
}

/** Any other command of a count. */
export function useCountCommand<Body>(
  countId: number,
  command: 'submit' | 'recount' | 'approve' | 'cancel',
  onDone: () => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, StockCount>({
    run: (body, key) => api.post<StockCount>(`/inventory/counts/${countId}/${command}`, body, key),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: counts, type: 'inactive' });
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}
