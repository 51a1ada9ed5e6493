import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  CreateDrug,
  DrugAlternatives,
  DrugDetail,
  DrugEquivalents,
  DrugPriceHistory,
  DrugRules,
  DrugSearchAnswer,
  UpdateDrug,
} from '../../api/types';

/** Searches the catalogue; the last answer stays on screen while the next one loads. */
export function useDrugSearch(query: Query) {
  return useQuery({
    queryKey: keys.drugSearch(query),
    queryFn: ({ signal }) => api.get<DrugSearchAnswer>('/drugs/search', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** One product. */
export function useDrug(drugId: number) {
  return useQuery({
    queryKey: keys.drug(drugId),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${drugId}`, undefined, signal),
  });
}

function useDrugPart<Answer>(drugId: number, part: string) {
  return useQuery({
    queryKey: keys.drugPart(drugId, part),
    queryFn: ({ signal }) => api.get<Answer>(`/drugs/${drugId}/${part}`, undefined, signal),
  });
}

/** Products with the same ingredients, amounts, form family and route. */
export const useEquivalents = (drugId: number) => useDrugPart<DrugEquivalents>(drugId, 'equivalents');

/** Products of the same ATC class of level 4. */
export const useAlternatives = (drugId: number) => useDrugPart<DrugAlternatives>(drugId, 'alternatives');

/** Clinical rules that concern the product, gravest first. */
export const useDrugRules = (drugId: number) => useDrugPart<DrugRules>(drugId, 'rules');

/** Periods of its price, those to come first, then newest first. */
export const useDrugPrices = (drugId: number) => useDrugPart<DrugPriceHistory>(drugId, 'prices?limit=100');

/** Takes back a price decided for a later day. */
export function useCancelPrice(drugId: number) {
  const queryClient = useQueryClient();
  return useMutation<void, Problem, number>({
    mutationFn: (priceId) => api.delete(`/drugs/${drugId}/prices/scheduled/${priceId}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.drugs }),
  });
}

/** Adds a product to the catalogue. */
export function useCreateDrug(onDone: (drug: DrugDetail) => void) {
  const queryClient = useQueryClient();
  return useMutation<DrugDetail, Problem, CreateDrug>({
    mutationFn: (body) => api.post<DrugDetail>('/drugs', body),
    onSuccess: async (drug) => {
      await queryClient.invalidateQueries({ queryKey: keys.drugs });
      onDone(drug);
    },
  });
}

/** Changes a product; `onStale` when somebody else changed it since it was read. */
export function useUpdateDrug(
  drugId: number,
  on: { onDone: (drug: DrugDetail) => void; onStale: () => void },
) {
  const queryClient = useQueryClient();
  return useMutation<DrugDetail, Problem, UpdateDrug>({
    mutationFn: (body) => api.patch<DrugDetail>(`/drugs/${drugId}`, body),
    onSuccess: async (drug) => {
      await queryClient.invalidateQueries({ queryKey: keys.drugs });
      on.onDone(drug);
    },
    onError: (problem) => {
      if (problem.code === 'stale-version') on.onStale();
    },
  });
}
