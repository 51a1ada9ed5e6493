import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OneTimePassword } from '../../api/access-types';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  AuditChain,
  AuditPage,
  AuditVerification,
  BranchPage,
  CreateUser,
  RolePage,
  UpdateUser,
  UserPage,
  UserRow,
} from '../../api/types';

const USERS_QUERY = { limit: 100 };

/** All users. */
export function useUsers() {
  return useQuery({
    queryKey: keys.users(USERS_QUERY),
    queryFn: ({ signal }) => api.get<UserPage>('/users', USERS_QUERY, signal),
  });
}

/** Roles a user can be given. */
export function useRoles() {
  return useQuery({
    queryKey: keys.roles,
    queryFn: ({ signal }) => api.get<RolePage>('/roles', { limit: 100 }, signal),
  });
}

/** Branches a user can work at. */
export function useBranches() {
  return useQuery({
    queryKey: keys.branches,
    queryFn: ({ signal }) => api.get<BranchPage>('/branches', { limit: 100 }, signal),
  });
}

/** Makes a user; nobody can grant what he does not hold, the server says which right it is. */
export function useCreateUser(onDone: (user: UserRow) => void) {
  const queryClient = useQueryClient();
  return useMutation<UserRow, Problem, CreateUser>({
    mutationFn: (body) => api.post<UserRow>('/users', body),
    onSuccess: async (user) => {
      await queryClient.invalidateQueries({ queryKey: ['users'] });
      onDone(user);
    },
  });
}

/** Makes a one-time password up for a user, given by his number. */
export function useOneTimePassword() {
  return useMutation<OneTimePassword, Problem, number>({
    mutationFn: (userId) => api.post<OneTimePassword>(`/users/${userId}/one-time-password`),
  });
}

export type UserChange = Omit<UpdateUser, 'version'>;

/** Changes a user; disabling one ends his sessions. */
export function useUpdateUser(user: UserRow, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<UserRow, Problem, UserChange>({
    mutationFn: (change) => api.patch<UserRow>(`/users/${user.userId}`, { ...change, version: user.version }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['users'] });
      onDone();
    },
  });
}

/** The audit trail, newest first, page by page by cursor. */
export function useAuditLog(query: Query) {
  return useInfiniteQuery({
    queryKey: keys.auditLogs(query),
    queryFn: ({ signal, pageParam }) =>
      api.get<AuditPage>('/audit-logs', { ...query, limit: 50, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.meta.nextCursor ?? undefined,
  });
}

/** Where the chain over the trail stands. */
export function useAuditChain() {
  return useQuery({
    queryKey: keys.auditChain,
    queryFn: ({ signal }) => api.get<AuditChain>('/audit-logs/chain', {}, signal),
  });
}

/** What was checked so far. */
export interface Verified extends Pick<
  AuditVerification,
  'findings' | 'findingsCount' | 'removedRows' | 'redactedRows' | 'notes'
> {
  from: number | null;
  to: number | null;
  headSeal: number;
  rows: number;
  anchors: number;
  isStopped: boolean;
}

/** Findings that are shown; further ones are counted. */
const MOST_SHOWN = 20;

/** Proves the chain part by part, from a seal on (or its newest part), and tells how far it is; `signal` stops it between two parts. */
export function useVerifyChain(onProgress: (verified: Verified) => void) {
  const queryClient = useQueryClient();
  return useMutation<Verified, Problem, { from: number | undefined; signal: AbortSignal }>({
    mutationFn: async ({ from, signal }) => {
      let next: number | null | undefined = from;
      let all: Verified | undefined;
      do {
        const part: AuditVerification = await api.get<AuditVerification>('/audit-logs/verify', {
          from: next,
        });
        all = {
          from: all?.from ?? part.checked.fromSeal,
          to: part.checked.toSeal ?? all?.to ?? null,
          headSeal: part.head?.sealNo ?? 0,
          rows: (all?.rows ?? 0) + part.checked.rows,
          anchors: (all?.anchors ?? 0) + part.checked.anchors,
          removedRows: (all?.removedRows ?? 0) + part.removedRows,
          redactedRows: (all?.redactedRows ?? 0) + part.redactedRows,
          findings: [...(all?.findings ?? []), ...part.findings].slice(0, MOST_SHOWN),
          findingsCount: (all?.findingsCount ?? 0) + part.findingsCount,
          notes: part.notes,
          isStopped: part.nextSeal !== null && signal.aborted,
        };
        onProgress(all);
        next = part.nextSeal;
      } while (next !== null && !signal.aborted);
      return all;
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.auditChain }),
  });
}
