import type { DatabaseServer } from '../../platform/config/config.js';

/** What a database is among several: the hub of their master data, a branch that takes it from one, or alone. */
export type HubRole = 'alone' | 'hub' | 'branch';

/** A branch as its hub sees it: the place in the log that is kept for it. */
interface HubSubscriber {
  readonly slotName: string;
  /** Whether it is connected. */
  readonly isActive: boolean;
  /** Bytes of the log it has not confirmed; null where its place is lost. */
  readonly lagBytes: number | null;
  /** True: it was away for longer than the log is kept, and must take the catalogue as a whole again. */
  readonly isLost: boolean;
}

/** How a database stands to its hub, or a hub to its branches. */
export interface HubState {
  readonly role: HubRole;
  readonly hubId: string | null;
  /** Of a branch: host:port/database of its hub. */
  readonly address: string | null;
  readonly linkedAt: Date | null;
  /** When the last release here was applied or taken back, at the hub. */
  readonly releasedAt: Date | null;
  /** When the hub last gave a sign of life that has arrived here; after it everything has that the hub had committed before. */
  readonly heardAt: Date | null;
  readonly hubLevel: string | null;
  /** Last migration of this database. */
  readonly level: string;
  /** Of a branch: its subscription, null where there is none. */
  readonly subscription: {
    readonly isEnabled: boolean;
    readonly isRunning: boolean;
    /** Changes that could not be applied, since statistics began. */
    readonly errors: number;
  } | null;
  /** Of a hub: its branches. */
  readonly subscribers: readonly HubSubscriber[];
  /** The clock of the database. */
  readonly now: Date;
}

/** How to reach a hub. */
export interface HubAddress extends Pick<DatabaseServer, 'host' | 'port' | 'database'> {
  readonly password: string;
  /** As libpq has it: `disable`, `prefer`, `require`, `verify-ca`, `verify-full`. */
  readonly sslMode: SslMode;
}

export const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** What differs between the catalogue of a database and that of its hub, by table. */
export interface Difference {
  readonly name: string;
  /** Rows the hub has and the branch not. */
  readonly fresh: number;
  readonly changed: number;
  /** Rows the branch has and the hub not. */
  readonly gone: number;
}
