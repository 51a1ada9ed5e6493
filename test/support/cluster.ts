import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import type { TestProject } from 'vitest/node';

import type { DatabaseServer } from '../../src/platform/config/config.js';
import { EmbeddedCluster } from '../../src/platform/database/embedded-cluster.js';
import { migrateUp } from '../../src/platform/database/migrator.js';

declare module 'vitest' {
  interface ProvidedContext {
    superuser: DatabaseServer;
    app: DatabaseServer;
    /** Folder of the cluster, for who makes a copy that follows it. */
    clusterHome: string;
    /** Folder of an installation at rest, migrated and empty; test/support/installed-server.ts starts copies of it. */
    installation: string;
  }
}

/** Name of the migrated database every test file clones. */
export const TEMPLATE = 'meditory_template';

async function asSuperuser(cluster: EmbeddedCluster, sql: string): Promise<void> {
  const { host, port, username, password } = cluster.server('superuser');
  const client = new pg.Client({ host, port, user: username, password, database: 'postgres' });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/**
 * One real PostgreSQL for the whole run, in a new folder of its own, with a migrated template database.
 * Each test file clones the template (test/support/db.ts), so files do not see each other's rows. What it was before that is kept beside, as an
 * installation: making one anew for each test of a server process would take ten times the time of a copy.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'meditory-test-'));
  await chmod(folder, 0o755); // PostgreSQL may run as another user than the tests
  const [home, installation] = [join(folder, 'home'), join(folder, 'installation')];
  const cluster = await EmbeddedCluster.open(home, { unsafeFast: true });
  await cluster.start();
  const { database } = cluster.server('superuser');
  await migrateUp(cluster.server('superuser'), { appPassword: cluster.appPassword });
  await cluster.stop();
  execFileSync('cp', ['-a', home, installation]);
  await cluster.start();
  await asSuperuser(cluster, `alter database ${database} rename to ${TEMPLATE}`);
  project.provide('superuser', cluster.server('superuser', TEMPLATE));
  project.provide('clusterHome', home);
  project.provide('app', cluster.server('app', TEMPLATE));
  project.provide('installation', installation);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
