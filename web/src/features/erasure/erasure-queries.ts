import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type {
  CreateErasureRequest,
  ErasurePreview,
  ErasureRequest,
  ErasureRequestPage,
  RetentionRule,
  RetentionRuleList,
  UpdateRetentionRule,
} from '../../api/erasure-types';
import type { Problem } from '../../api/problem';

const REQUESTS = 'erasure-requests';
const RULES = ['retention-rules'];

/** What would be erased today, and what held back; asked anew each time it is looked at. */
export function useErasurePreview(patientId: number, isAsked: boolean) {
  return useQuery({
    queryKey: ['erasure-preview', patientId],
    queryFn: ({ signal }) =>
      api.get<ErasurePreview>(`/patients/${patientId}/erasure-preview`, undefined, signal),
    enabled: isAsked,
    staleTime: 0,
  });
}

export function useErasureRequests(query: Query) {
  return useQuery({
    queryKey: [REQUESTS, query],
    queryFn: ({ signal }) => api.get<ErasureRequestPage>('/erasure-requests', query, signal),
  });
}

export function useRequestErasure(patientId: number) {
  const queryClient = useQueryClient();
  return useMutation<ErasureRequest, Problem, CreateErasureRequest>({
    mutationFn: (body) => api.post<ErasureRequest>(`/patients/${patientId}/erasure-requests`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [REQUESTS] }),
  });
}

/** Carries a request out, refuses it or takes it back; everything shown of the person is asked anew. */
export function useDecideErasure(erasureRequestId: number) {
  const queryClient = useQueryClient();
  return useMutation<ErasureRequest, Problem, { how: 'approve' | 'refuse' | 'withdraw'; reason?: string }>({
    mutationFn: ({ how, reason }) =>
      api.post<ErasureRequest>(
        `/erasure-requests/${erasureRequestId}/${how}`,
        reason === undefined ? undefined : { reason },
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

export function useRetentionRules() {
  return useQuery({
    queryKey: RULES,
    queryFn: ({ signal }) => api.get<RetentionRuleList>('/retention-rules', undefined, signal),
  });
}

export function useUpdateRetentionRule(recordClass: string) {
  const queryClient = useQueryClient();
  return useMutation<RetentionRule, Problem, UpdateRetentionRule>({
    mutationFn: (body) => api.patch<RetentionRule>(`/retention-rules/${recordClass}`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: RULES }),
  });
}
