import pg from 'pg';

import type { DatabaseServer } from '../../platform/config/config.js';
import { loginOf } from '../../platform/database/login.js';
import { READER } from './hub-links.sql.js';
import type { HubAddress, HubRole } from './hub.types.js';

/** What a command finds before it changes anything. */
export interface Standing {
  readonly isSuperuser: boolean;
  readonly version: number;
  readonly walLevel: string;
  readonly role: HubRole;
  readonly hubId: string | null;
  readonly address: string | null;
  readonly slotName: string | null;
  readonly level: string;
}

const STANDING = `
select /* hub.standing */ (select rolsuper from pg_roles where rolname = current_user) as "isSuperuser", current_setting('server_version_num')::int / 10000 as version,
  current_setting('wal_level') as "walLevel", coalesce(l.role, 'alone') as role, l.hub_id::text as "hubId", l.address, l.slot_name as "slotName",
  (select m.name::text from public.meditory_migrations m order by m.timestamp desc limit 1) as level
from (select) one left join reference.hub_links l on true`;

const SETTINGS =
  '-c timezone=UTC -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c search_path=pg_catalog,public,pg_temp';

/** A connection of a command, without the bounds that requests have. */
export async function openSession(server: DatabaseServer): Promise<pg.Client> {
  return opened({ ...loginOf(server), application_name: 'meditory-hub', options: SETTINGS });
}

/**
 * A connection to the hub as the login of subscribers; `replication`: one that speaks the protocol of replication. TLS as asked for; where it need
 * not be, without.
 */
export async function openHub(hub: HubAddress, kind: 'sql' | 'replication'): Promise<pg.Client> {
  const { host, port, database, password, sslMode } = hub;
  const ssl =
    sslMode === 'disable' || sslMode === 'prefer' ? undefined : { rejectUnauthorized: sslMode !== 'require' };
  return opened({
    host,
    port,
    user: READER,
    password,
    database,
    ssl,
    application_name: 'meditory-hub',
    connectionTimeoutMillis: 10_000,
    options: SETTINGS,
    ...(kind === 'replication' ? { replication: 'database' } : {}),
  });
}

async function opened(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on('error', () => undefined); // the pending call rejects; an unheard event would end the process
  await client.connect();
  return client;
}

/** Runs the commands a statement answers, in which PostgreSQL quoted every name. */
export async function runAll(client: pg.Client, statement: string, values: unknown[]): Promise<void> {
  const { rows } = await client.query<{ command: string }>(statement, values);
  for (const { command } of rows) await client.query(command);
}

/** How this database stands; throws where the login may not do what the command needs. */
export async function standingOf(client: pg.Client): Promise<Standing> {
  const { rows } = await client.query<Standing>(STANDING);
  const standing = rows[0];
  if (!standing) throw new Error('The database does not answer.');
  if (!standing.isSuperuser)
    throw new Error('This needs a superuser of PostgreSQL: set DB_USERNAME and DB_PASSWORD to one for it.');
  return standing;
}
