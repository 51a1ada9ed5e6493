import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { PageMeta, RulePreview } from '../../api/types';
import type { ClinicalRule } from './rule-draft.domain';
import type { RuleKindName } from './rule-kinds.domain';

const pathOf = (kind: RuleKindName): string => `/clinical/${kind}`;

/** A page of the rules of a kind. */
export function useRules(kind: RuleKindName, query: Query) {
  return useQuery({
    queryKey: keys.ruleList(kind, query),
    queryFn: ({ signal }) => api.get<{ data: ClinicalRule[]; meta: PageMeta }>(pathOf(kind), query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Every version of a rule, the latest first. */
export function useVersions(kind: RuleKindName, id: number) {
  return useQuery({
    queryKey: keys.ruleVersions(kind, id),
    queryFn: ({ signal }) =>
      api.get<{ data: ClinicalRule[] }>(`${pathOf(kind)}/${id}/versions`, undefined, signal),
  });
}

/** What a new rule, or a change of `rule`, would have fired in the last months. Nothing is kept. */
export function usePreview(kind: RuleKindName, rule: ClinicalRule | undefined) {
  const path = rule ? `${pathOf(kind)}/${rule.id}/preview` : `${pathOf(kind)}/preview`;
  return useMutation<RulePreview, Problem, Record<string, unknown>>({
    mutationFn: (body) => api.post<RulePreview>(path, body),
  });
}

/** Keeps a new rule, or the next version of `rule`. */
export function useSaveRule(kind: RuleKindName, rule: ClinicalRule | undefined, onDone: () => void) {
  const refresh = useRefresh();
  return useMutation<ClinicalRule, Problem, Record<string, unknown>>({
    mutationFn: (body) =>
      rule
        ? api.patch<ClinicalRule>(`${pathOf(kind)}/${rule.id}`, body)
        : api.post<ClinicalRule>(pathOf(kind), body),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
  });
}

/** Ends a rule. */
export function useCloseRule(kind: RuleKindName, rule: ClinicalRule, onDone: () => void) {
  const refresh = useRefresh();
  return useMutation<ClinicalRule, Problem>({
    mutationFn: () => api.post<ClinicalRule>(`${pathOf(kind)}/${rule.id}/close`, { version: rule.version }),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
  });
}

/** Rules stand on the pages of products too, and judge whatever is being prescribed. */
function useRefresh(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [keys.rules, keys.drugs, keys.prescriptions, ['clinical']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
}
