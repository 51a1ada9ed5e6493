import type { PoolName } from '../database/pools.js';
import type { Freshness } from '../database/replicas/freshness.js';
import type { Permission } from './permissions.js';

/** Who is acting. */
export interface Actor {
  readonly userId: number;
  readonly username: string;
  readonly permissions: ReadonlySet<Permission>;
  /** Branches whose rows the actor may see. */
  readonly branchIds: readonly number[];
  readonly sessionId: number;
  /** How lately he proved who he is: `full` by password or second factor, `counter` by PIN or badge; undefined: not lately. */
  readonly proven?: 'full' | 'counter' | undefined;
  /** What he must do before anything but his own account is open to him. */
  readonly due?: 'password' | 'second-factor' | undefined;
  /** Days he may still work without the second factor his role asks for; undefined: none is missing. */
  readonly factorDaysLeft?: number | undefined;
}

/** A command sent with an Idempotency-Key: `requestHash` covers method, path, branch and body. */
export interface Idempotency {
  readonly key: string;
  readonly requestHash: string;
}

/** Everything a transaction must know of the request it serves. */
export interface RequestContext {
  readonly actor: Actor;
  /** The branch worked at; one of the actor's. */
  readonly branchId: number;
  readonly requestId: string;
  readonly idempotency?: Idempotency;
  /** Whose connections it uses; those of requests where nothing is said. */
  readonly pool?: PoolName;
  /** What it must at least see, and how far it wrote; for what may be read late. */
  readonly freshness?: Freshness;
}

/** The context of work that no person asked for: migrations' seeds, the command line, jobs. Sees the branches given. */
export function systemContext(branchIds: readonly number[] = []): RequestContext {
  return {
    actor: { userId: 0, username: 'system', permissions: new Set(), branchIds, sessionId: 0 },
    branchId: branchIds[0] ?? 0,
    requestId: 'system',
  };
}

/** The context of a job: as that of the system, on the connections of jobs. */
export function jobContext(branchIds: readonly number[] = []): RequestContext {
  return { ...systemContext(branchIds), pool: 'jobs' };
}

/** What somebody asked for and does not wait for: it goes on as his, on the connections of jobs. */
export function onJobs(ctx: RequestContext): RequestContext {
  return { ...ctx, pool: 'jobs' };
}
