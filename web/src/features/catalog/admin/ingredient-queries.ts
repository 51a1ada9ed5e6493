import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Problem } from '../../../api/problem';
import type {
  CreateIngredient,
  Ingredient,
  IngredientPage,
  MergeIngredient,
  MergeResult,
} from '../../../api/types';

const PATH = '/reference/ingredients';

/** Ingredients by name, synonym or code. */
export function useIngredients(query: Query) {
  return useQuery({
    queryKey: keys.referenceList(PATH, query),
    queryFn: ({ signal }) => api.get<IngredientPage>(PATH, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Forgets what a change of ingredients made stale: names stand in lists, products and the worklist. */
export function useForgetIngredients(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: keys.reference }),
      queryClient.invalidateQueries({ queryKey: keys.drugs }),
    ]);
}

/** Makes an ingredient, or changes one with the version that was read. */
export function useSaveIngredient(ingredient: Ingredient | undefined, onDone: () => void) {
  const forget = useForgetIngredients();
  return useMutation<Ingredient, Problem, CreateIngredient>({
    mutationFn: (body) =>
      ingredient === undefined
        ? api.post<Ingredient>(PATH, body)
        : api.patch<Ingredient>(`${PATH}/${ingredient.id}`, { ...body, version: ingredient.version }),
    onSuccess: async () => {
      await forget();
      onDone();
    },
  });
}

/** Finds that two ingredients are one. */
export function useMergeIngredient(ingredientId: number, onDone: (result: MergeResult) => void) {
  const forget = useForgetIngredients();
  return useMutation<MergeResult, Problem, MergeIngredient>({
    mutationFn: (body) => api.post<MergeResult>(`${PATH}/${ingredientId}/merge`, body),
    onSuccess: async (result) => {
      await forget();
      onDone(result);
    },
  });
}
