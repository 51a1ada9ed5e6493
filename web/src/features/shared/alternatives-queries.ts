import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { AlternativesAnswer, AlternativesQuestion } from '../../api/types';

/** Products that would not stop instead of one that does; screened anew each time they are asked for. */
export function useHarmlessAlternatives(question: AlternativesQuestion) {
  return useQuery({
    queryKey: ['clinical', 'alternatives', question],
    queryFn: () => api.post<AlternativesAnswer>('/clinical/alternatives', question),
    staleTime: 0,
  });
}
