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
  }
}

/** Name of the migrated database every test file clones. */
export const TEMPLATE = 'meditory_template';

/**
 * One real PostgreSQL for the whole run, in a new folder of its own, with a migrated template database.
 * Each test file clones the template (test/support/db.ts), so files do not see each other's rows.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'meditory-test-'));
  await chmod(home, 0o755); // PostgreSQL may run as another user than the tests
  const cluster = await EmbeddedCluster.open(home, { unsafeFast: true });
  await cluster.start();
  const { host, port, username, password } = cluster.server('superuser');
  const client = new pg.Client({ host, port, user: username, password, database: 'postgres' });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrateUp(cluster.server('superuser', TEMPLATE), { appPassword: cluster.appPassword });
  project.provide('superuser', cluster.server('superuser', TEMPLATE));
  project.provide('clusterHome', home);
  project.provide('app', cluster.server('app', TEMPLATE));
  return async () => {
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  };
}
