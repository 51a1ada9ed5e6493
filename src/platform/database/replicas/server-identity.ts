import type pg from 'pg';

import type { DatabaseServer } from '../../config/config.js';
import type { Endpoint } from '../../config/endpoints.js';
import { loginOf } from '../login.js';
import { parseLsn } from '../recovery/lsn.js';

/** What a server of PostgreSQL says of itself. */
export interface ServerIdentity {
  /** It follows another one and takes no writes. */
  readonly isStandby: boolean;
  /** The same for a cluster and all copies of it. */
  readonly systemId: string;
  /** Counts promotions; of a standby the last one it is known to have followed. */
  readonly timeline: number;
  /** How far its log is written, or replayed. */
  readonly lsn: bigint;
  /** Its clock when it was asked, ms since 1970. */
  readonly atMs: number;
}

/** Time before place: whatever was committed then is before the place. */
export const IDENTITY = `
select /* replicas.identity */ (extract(epoch from statement_timestamp()) * 1000)::float8 as "atMs",
  pg_is_in_recovery() as "isStandby", s.system_identifier::text as "systemId",
  case when pg_is_in_recovery() then greatest(c.timeline_id, r.min_recovery_end_timeline)
    else ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int end as timeline,
  case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text as lsn
from pg_control_system() s, pg_control_checkpoint() c, pg_control_recovery() r`;

export type IdentityRow = Omit<ServerIdentity, 'lsn'> & { readonly lsn: string };

export function identityOf([row]: readonly IdentityRow[]): ServerIdentity {
  if (!row) throw new Error('the database does not say who it is');
  return { ...row, lsn: parseLsn(row.lsn) };
}

/** How to ask a server who it is, as the login of the program. */
export const askingOf = (server: DatabaseServer, { host, port }: Endpoint): pg.ClientConfig => ({
  ...loginOf({ ...server, host, port }),
  keepAlive: true,
});
