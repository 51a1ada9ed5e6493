import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, type Query } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Problem } from '../../../api/problem';
import type {
  IngredientDecisions,
  IngredientWorklist,
  LinkResult,
  LinkText,
  LinkUndone,
} from '../../../api/types';
import { useForgetIngredients } from './ingredient-queries';

const PATH = '/reference/ingredients/worklist';

/** Ingredient texts nobody has decided about, those with most products first. */
export function useWorklist(query: Query) {
  return useQuery({
    queryKey: keys.referenceList(PATH, query),
    queryFn: ({ signal }) => api.get<IngredientWorklist>(PATH, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** What was decided, newest first. */
export function useDecisions(query: Query, enabled: boolean) {
  return useQuery({
    queryKey: keys.referenceList(`${PATH}/links`, query),
    queryFn: ({ signal }) => api.get<IngredientDecisions>(`${PATH}/links`, query, signal),
    enabled,
  });
}

/** A decision to be made: the request, and the ingredient's name to speak of it. */
export interface Decision {
  link: LinkText;
  name: string;
}

/** Says what a text means, for every product that has it. */
export function useLinkText(onDone: (result: LinkResult, decision: Decision) => void) {
  const forget = useForgetIngredients();
  return useMutation<LinkResult, Problem, Decision>({
    mutationFn: ({ link }) => api.post<LinkResult>(`${PATH}/link`, link),
    onSuccess: async (result, decision) => {
      onDone(result, decision);
      await forget();
    },
  });
}

/** Takes a decision back. */
export function useUndoLink(onDone: (result: LinkUndone) => void) {
  const forget = useForgetIngredients();
  return useMutation<LinkUndone, Problem, number>({
    mutationFn: (linkId) => api.post<LinkUndone>(`${PATH}/links/${linkId}/undo`),
    onSuccess: async (result) => {
      onDone(result);
      await forget();
    },
  });
}
