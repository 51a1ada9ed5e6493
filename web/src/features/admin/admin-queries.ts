import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  AuditPage,
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
export function useCreateUser(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<UserRow, Problem, CreateUser>({
    mutationFn: (body) => api.post<UserRow>('/users', body),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['users'] });
      onDone();
    },
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
