import type { Pool } from 'pg';

import type { ServerProcess } from '../../support/server-process.js';
import { owning } from '../../support/stubborn-caller.js';
import { until } from './profile.js';
import type { Load } from './load.js';

/** What is killed: the server process, the postmaster, or one backend in the middle of a transaction. */
export type Fault = 'server' | 'database' | 'backend';

const STARTED_AT = 'select pg_postmaster_start_time() as at';
const BACKENDS = 'select count(*)::int as n from pg_stat_activity where pid = $1';

/** A question to the database of an installation, as its owner; undefined while it lets nobody in. */
async function ask<Row extends object>(
  server: ServerProcess,
  sql: string,
  values: unknown[] = [],
): Promise<Row | undefined> {
  try {
    return await asOwner(server, async (db) => (await db.query<Row>(sql, values)).rows[0]);
  } catch {
    return undefined;
  }
}

/** Kills -9 a backend of the server that is inside a transaction; answers its pid. */
async function killBackend(server: ServerProcess): Promise<number> {
  let pid: number | undefined;
  await until('a transaction is open', async () => {
    pid = (
      await ask<{ pid: number }>(
        server,
        `select pid from pg_stat_activity where usename = 'pharmacy_app' and xact_start is not null and pid <> pg_backend_pid() limit 1`,
      )
    )?.pid;
    return pid !== undefined;
  });
  process.kill(pid ?? 0, 'SIGKILL');
  return pid ?? 0;
}

/** Kills what is to be killed, and waits for another: server process, postmaster, or backends without that one. Answers when it was killed. */
async function replaced(server: ServerProcess, fault: Fault): Promise<number> {
  if (fault === 'server') {
    const killedAt = Date.now();
    await server.kill();
    await server.start();
    return killedAt;
  }
  if (fault === 'database') {
    const before = await ask<{ at: Date }>(server, STARTED_AT);
    const killedAt = Date.now();
    await server.killDatabase();
    await until('another postmaster answers', async () => {
      const now = await ask<{ at: Date }>(server, STARTED_AT);
      return now !== undefined && now.at.getTime() !== before?.at.getTime();
    });
    return killedAt;
  }
  const pid = await killBackend(server);
  const killedAt = Date.now();
  await until('the database lets us in again, without that backend', async () => {
    const left = await ask<{ n: number }>(server, BACKENDS, [pid]);
    return left?.n === 0;
  });
  return killedAt;
}

/** Answers how many ms it took from the kill until a command was answered that a till sent to what came after. */
export async function strike(server: ServerProcess, load: Load, fault: Fault): Promise<number> {
  const killedAt = await replaced(server, fault);
  const back = Date.now();
  await until(`a till is served after the ${fault} was killed`, () => load.servedSince(back));
  return Date.now() - killedAt;
}

/** Does something as owner of the database of an installation, which may be killed meanwhile. */
export const asOwner = <T>(server: ServerProcess, work: (db: Pool) => Promise<T>): Promise<T> =>
  owning(server, ({ owner }) => {
    owner.on('error', () => undefined); // what is under way rejects
    return work(owner);
  });
