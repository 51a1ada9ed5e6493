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
 * `locked`: the screen was locked and is opened again by whoever proves himself; `password-due`: the first password was given by somebody else and must be changed; `factor-due`: a role asks for a second factor. */
export type SessionState =
  | { kind: 'loading' }
  | { kind: 'signed-out' }
  | { kind: 'expired'; session: Session }
  | { kind: 'locked'; session: Session | undefined; username: string }
  | { kind: 'password-due'; session: Session }
  | { kind: 'factor-due'; session: Session }
  | { kind: 'failed'; problem: Problem; retry: () => void }
  | { kind: 'signed-in'; session: Session };

export interface Session {
  me: Me;
  branch: Branch | undefined;
  can: (permission: Permission) => boolean;
  switchBranch: (branchId: number) => void;
  signOut: () => Promise<void>;
  /** Covers the screen until somebody unlocks it; the session itself is locked by the server. */
  cover: () => void;
}

/** Password with the second factor of who has one, or a passkey. */
export type Credentials =
  { username: string; password: string; otp?: string; assertion?: object } | { assertion: object };

interface PasswordChange {
  currentPassword: string;
  newPassword: string;
}

/** Who opens a locked screen, and by what. */
export type Proof =
  | { username: string; pin: string }
  | { username: string; password: string; otp?: string }
  | { badge: string };

interface SessionApi {
  state: SessionState;
  /** Says that the screen is locked, and by whom. */
  lockedBy: (username: string) => void;
  unlock: (proof: Proof) => Promise<void>;
  signIn: (credentials: Credentials) => Promise<void>;
  changePassword: (change: PasswordChange) => Promise<void>;
}

/** Everything that was asked for but who is signed in. */
const isOfWork = (query: { queryKey: readonly unknown[] }): boolean => query.queryKey[0] !== 'me';

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
  const [lockedBy, setLockedBy] = useState<string>();
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

  /** Proves who is here, by signing in or by unlocking, and goes on with his screen. */
  const enter = useCallback(
    async (path: '/auth/login' | '/auth/unlock' | '/auth/passkey', proof: Credentials | Proof) => {
      await api.post(path, proof);
      const previous = queryClient.getQueryData<Me>(keys.me);
      const next = await api.get<Me>('/auth/me');
      keepDraftsOf(next.userId);
      if (previous && previous.userId !== next.userId) {
        if (path !== '/auth/unlock') {
          // Somebody else took over the screen: nothing of the first user's work may stay on it.
          endDrafts();
          window.location.assign('/');
          return;
        }
        // The till changes hands: what the first one had looked at is forgotten, its basket stays.
        queryClient.removeQueries({ predicate: isOfWork });
      }
      queryClient.setQueryData(keys.me, next);
      setExpired(false);
      setLockedBy(undefined);
      await queryClient.invalidateQueries({ predicate: isOfWork });
    },
    [queryClient],
  );

  const cover = useCallback(
    () => setLockedBy(queryClient.getQueryData<Me>(keys.me)?.username),
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
      void queryClient.resetQueries({ predicate: isOfWork });
    },
    [queryClient],
  );

  const session = useMemo<Session | undefined>(() => {
    if (!me.data) return undefined;
    const granted = new Set(me.data.permissions);
    const can = (permission: Permission) => granted.has(permission);
    return { me: me.data, branch, can, switchBranch, signOut, cover };
  }, [me.data, branch, switchBranch, signOut, cover]);

  const refetch = me.refetch;
  const state = useMemo<SessionState>(() => {
    if (lockedBy !== undefined) return { kind: 'locked', session, username: lockedBy };
    if (session && expired) return { kind: 'expired', session };
    if (session?.me.mustChangePassword) return { kind: 'password-due', session };
    if (session?.me.due) return { kind: 'factor-due', session };
    if (session) return { kind: 'signed-in', session };
    if (me.isPending) return { kind: 'loading' };
    const problem = asProblem(me.error);
    if (problem.status === 401) return { kind: 'signed-out' };
    return { kind: 'failed', problem, retry: () => void refetch() };
  }, [session, expired, lockedBy, me.isPending, me.error, refetch]);

  const changePassword = useCallback(
    async (change: PasswordChange) => {
      await api.post('/auth/password', change);
      queryClient.setQueryData<Me>(keys.me, (before) => before && { ...before, mustChangePassword: false });
      // What was due may be done with it.
      await queryClient.invalidateQueries({ queryKey: keys.me });
    },
    [queryClient],
  );

  const value = useMemo(
    () => ({
      state,
      lockedBy: setLockedBy,
      signIn: (credentials: Credentials) =>
        enter('password' in credentials ? '/auth/login' : '/auth/passkey', credentials),
      unlock: (proof: Proof) => enter('/auth/unlock', proof),
      changePassword,
    }),
    [state, enter, changePassword],
  );
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
  if ('session' in state && state.session) return state.session;
  throw new Error('useSession is for screens behind the sign-in');
}
