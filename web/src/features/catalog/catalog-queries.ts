import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugDetail, DrugEquivalents, DrugSearchAnswer } from '../../api/types';

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

/** Products with the same ingredients, amounts, form family and route. */
export function useEquivalents(drugId: number) {
  return useQuery({
    queryKey: keys.drugEquivalents(drugId),
    queryFn: ({ signal }) => api.get<DrugEquivalents>(`/drugs/${drugId}/equivalents`, undefined, signal),
  });
}
