import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, type Query } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import type { Problem } from '../../../../api/problem';
import type { RuleChangePage, RuleRelease, RuleReleasePage, RuleReleasePreview } from '../../../../api/types';
import { isAtWork, RULES_PATH } from '../import-queries';

/** How often a release at work is asked how far it is. */
const POLL_MS = 700;

/** Releases of rules, newest first. */
export function useRuleReleases(query: Query) {
  return useQuery({
    queryKey: keys.ruleReleaseList(query),
    queryFn: ({ signal }) => api.get<RuleReleasePage>(RULES_PATH, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (found) => (found.state.data?.data.some(isAtWork) ? POLL_MS * 3 : false),
  });
}

/** One release with all its accounts; asked for again and again while the server works on it. */
export function useRuleRelease(releaseId: number) {
  return useQuery({
    queryKey: keys.release(releaseId),
    queryFn: ({ signal }) => api.get<RuleRelease>(`${RULES_PATH}/${releaseId}`, undefined, signal),
    refetchInterval: (found) => (found.state.data && isAtWork(found.state.data) ? POLL_MS : false),
  });
}

/** What a release changes, narrowed to a sort of change. */
export function useRuleChanges(releaseId: number, query: Query) {
  return useQuery({
    queryKey: keys.releasePart(releaseId, 'rule-changes', query),
    queryFn: ({ signal }) => api.get<RuleChangePage>(`${RULES_PATH}/${releaseId}/changes`, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Asks what a release would have fired: some seconds of work, so only when somebody wants to know. */
export function useRuleFirings(releaseId: number) {
  return useMutation<RuleReleasePreview, Problem>({
    mutationFn: () => api.post<RuleReleasePreview>(`${RULES_PATH}/${releaseId}/preview`, {}),
  });
}
