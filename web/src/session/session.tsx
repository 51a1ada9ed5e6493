import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { api, onSignedOut, setBranchId } from '../api/client';
import { keys } from '../api/keys';
import { asProblem, type Problem } from '../api/problem';
import type { Branch, Me } from '../api/types';
import { endDrafts, keepDraftsOf } from './drafts';
import { forgetSeller } from './offline-seller';
import type { Permission } from './permissions';

const BRANCH_STORAGE_KEY = 'meditory.branch';

/** What is known about who sits here. `expired`: the session ended under an open screen, whose work is kept;
 * `password-due`: the first password was given by somebody else and must be changed. */
export type SessionState =
  | { kind: 'loading' }
  | { kind: 'signed-out' }
  | { kind: 'expired'; session: Session }
  | { kind: 'password-due'; session: Session }
  | { kind: 'failed'; problem: Problem; retry: () => void }
  | { kind: 'signed-in'; session: Session };

export interface Session {
  me: Me;
  branch: Branch | undefined;
  can: (permission: Permission) => boolean;
  switchBranch: (branchId: number) => void;
  signOut: () => Promise<void>;
}

interface Credentials {
  username: string;
  password: string;
}

interface PasswordChange {
  currentPassword: string;
  newPassword: string;
}

interface SessionApi {
  state: SessionState;
  signIn: (credentials: Credentials) => Promise<void>;
  changePassword: (change: PasswordChange) => Promise<void>;
}

const SessionContext = createContext<SessionApi | undefined>(undefined);

function chooseBranch(me: Me, wanted: number | undefined): Branch | undefined {
  return me.branches.find((branch) => branch.branchId === wanted) ?? me.branches[0];
}

function storedBranch(): number | undefined {
  const value = Number.parseInt(localStorage.getItem(BRANCH_STORAGE_KEY) ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}

/** Loads `GET /auth/me`, keeps the branch, and notices when the session ends. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [expired, setExpired] = useState(false);
  const [wantedBranch, setWantedBranch] = useState(storedBranch);
  const me = useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => api.get<Me>('/auth/me', undefined, signal),
    retry: (count, error) => asProblem(error).status === 0 && count < 2,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

  useEffect(
    () =>
      onSignedOut(() => {
        void forgetSeller();
        setExpired(true);
      }),
    [],
  );

  const branch = me.data ? chooseBranch(me.data, wantedBranch) : undefined;
  // Set during render on purpose: children fetch in their first effects, which must carry the branch already.
  setBranchId(branch?.branchId);

  const signIn = useCallback(
    async (credentials: Credentials) => {
      await api.post('/auth/login', credentials);
      const previous = queryClient.getQueryData<Me>(keys.me);
      const next = await api.get<Me>('/auth/me');
      keepDraftsOf(next.userId);
      if (previous && previous.userId !== next.userId) {
        // Somebody else took over the screen: nothing of the first user's work may stay on it.
        endDrafts();
        window.location.assign('/');
        return;
      }
      queryClient.setQueryData(keys.me, next);
      setExpired(false);
      await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    },
    [queryClient],
  );

  const signOut = useCallback(async () => {
    await api.post('/auth/logout').catch((error: unknown) => {
      // Already signed out on the server is what was wanted; anything else must be seen.
      if (asProblem(error).status !== 401) throw error;
    });
    endDrafts();
    await forgetSeller();
    // A full load forgets everything of the last user, in memory too.
    window.location.assign('/');
  }, []);

  const switchBranch = useCallback(
    (branchId: number) => {
      localStorage.setItem(BRANCH_STORAGE_KEY, String(branchId));
      setBranchId(branchId);
      setWantedBranch(branchId);
      void queryClient.resetQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    },
    [queryClient],
  );

  const session = useMemo<Session | undefined>(() => {
    if (!me.data) return undefined;
    const granted = new Set(me.data.permissions);
    return { me: me.data, branch, can: (permission) => granted.has(permission), switchBranch, signOut };
  }, [me.data, branch, switchBranch, signOut]);

  const refetch = me.refetch;
  const state = useMemo<SessionState>(() => {
    if (session && expired) return { kind: 'expired', session };
    if (session?.me.mustChangePassword) return { kind: 'password-due', session };
    if (session) return { kind: 'signed-in', session };
    if (me.isPending) return { kind: 'loading' };
    const problem = asProblem(me.error);
    if (problem.status === 401) return { kind: 'signed-out' };
    return { kind: 'failed', problem, retry: () => void refetch() };
  }, [session, expired, me.isPending, me.error, refetch]);

  const changePassword = useCallback(
    async (change: PasswordChange) => {
      await api.post('/auth/password', change);
      queryClient.setQueryData<Me>(keys.me, (before) => before && { ...before, mustChangePassword: false });
    },
    [queryClient],
  );

  const value = useMemo(() => ({ state, signIn, changePassword }), [state, signIn, changePassword]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** Session state and sign-in, for the gate in front of the application. */
export function useSessionGate(): SessionApi {
  const value = use(SessionContext);
  if (!value) throw new Error('useSessionGate needs a SessionProvider above it');
  return value;
}

/** The session of the signed-in user; only below the gate. */
export function useSession(): Session {
  const { state } = useSessionGate();
  if (state.kind === 'signed-in' || state.kind === 'expired' || state.kind === 'password-due') {
    return state.session;
  }
  throw new Error('useSession is for screens behind the sign-in');
}
