import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import type { DatabaseServer } from '../../src/platform/config/config.js';
import type { Endpoint } from '../../src/platform/config/endpoints.js';
import type { EmbeddedCluster } from '../../src/platform/database/embedded-cluster.js';
import { createStandby } from '../../src/platform/database/replicas/standby.js';

/** A second PostgreSQL that follows one of the tests by streaming. */
export class TestStandby {
  private constructor(
    readonly home: string,
    readonly name: string,
    readonly cluster: EmbeddedCluster,
  ) {}

  /** Copies the running cluster of a folder. `isSynchronous`: that acknowledges nothing from then on that this one does not have. */
  static async of(from: string, isSynchronous = false): Promise<TestStandby> {
    const home = await mkdtemp(join(tmpdir(), 'meditory-standby-'));
    await chmod(home, 0o755); // PostgreSQL may run as another user than the tests
    const name = `s_${randomBytes(6).toString('hex')}`;
    const cluster = await createStandby({ from, home, name, isSynchronous }, { unsafeFast: true });
    return new TestStandby(home, name, cluster);
  }

  get endpoint(): Endpoint {
    const { host, port } = this.cluster.server('app');
    return { host, port };
  }

  /** Runs statements as its superuser. */
  sql<Row extends object>(database: string, ...texts: readonly string[]): Promise<Row[]> {
    return asSuperuser<Row>(this.cluster.server('superuser', database), ...texts);
  }

  /** kill -9 of its postmaster. */
  async kill(): Promise<void> {
    const pidFile = await readFile(join(this.home, 'postgres', 'postmaster.pid'), 'utf8');
    process.kill(Number.parseInt(pidFile, 10), 'SIGKILL');
  }

  /** Ends it; `primary` forgets it, else it would keep its log for it. */
  async dispose(primary?: DatabaseServer): Promise<void> {
    await this.cluster.stop();
    if (primary)
      await asSuperuser(
        primary,
        `select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'meditory_${this.name}'`,
      );
    await rm(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function asSuperuser<Row extends object>(
  { host, port, username, password, database }: DatabaseServer,
  ...texts: readonly string[]
): Promise<Row[]> {
  const client = new pg.Client({ host, port, user: username, password, database });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const text of texts) rows = (await client.query<Row>(text)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
