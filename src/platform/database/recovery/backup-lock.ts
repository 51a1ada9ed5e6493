import pg from 'pg';

import type { DatabaseServer } from '../../config/config.js';
import { loginOf } from '../login.js';

/** Key of the advisory lock that lets one process back up at a time: "MEDB". */
const BACKUP_LOCK = 0x4d454442;

/** A backup runs already. */
export class BackupRunning extends Error {
  constructor() {
    super('A backup of this database is being made already.');
    this.name = 'BackupRunning';
  }
}

export async function connect(server: DatabaseServer): Promise<pg.Client> {
  const client = new pg.Client({
    ...loginOf(server),
    application_name: 'meditory-backup',
    options: '-c timezone=UTC -c statement_timeout=0 -c idle_in_transaction_session_timeout=0',
  });
  client.on('error', () => undefined); // the pending call rejects; an unheard event would end the process
  await client.connect();
  return client;
}

/** Does `work` with a connection while nobody else backs this database up. */
export async function whileLocked<T>(
  server: DatabaseServer,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(server);
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'select /* recovery.lock */ pg_try_advisory_lock($1) as locked',
      [BACKUP_LOCK],
    );
    if (!rows[0]?.locked) throw new BackupRunning();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether a backup is being made at the moment, by whatever process. */
export const IS_RUNNING = `
select /* recovery.isRunning */ exists (
  select from pg_locks where locktype = 'advisory' and classid = 0 and objid = ${BACKUP_LOCK} and objsubid = 1 and granted
    and database = (select oid from pg_database where datname = current_database())
) as running`;
