import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { NearMissPage, NearMissReport, ReportNearMiss } from '../../api/types';

/** The register of near misses, the newest first, page by page by cursor. */
export function useNearMisses(query: Query) {
  return useInfiniteQuery({
    queryKey: keys.nearMissList(query),
    queryFn: ({ signal, pageParam }) =>
      api.get<NearMissPage>('/near-misses', { ...query, limit: 50, cursor: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** How many of which kind, and when. */
export function useNearMissReport(query: Query) {
  return useQuery({
    queryKey: keys.nearMissReport(query),
    queryFn: ({ signal }) => api.get<NearMissReport>('/reports/near-misses', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Adds what somebody noticed. */
export function useReportNearMiss(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<{ nearMissId: number }, Problem, ReportNearMiss>({
    mutationFn: (body) => api.post<{ nearMissId: number }>('/near-misses', body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.nearMisses });
      onDone();
    },
  });
}
