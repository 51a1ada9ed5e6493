import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { DatabaseServer } from '../../src/platform/config/config.js';
import { migrateDown, migrateUp, migrationStatus } from '../../src/platform/database/migrator.js';
import { MIGRATIONS } from '../../src/migrations/index.js';
import { cloneDatabase, dropDatabase } from '../support/db.js';

const SHAPE = `
select table_schema, table_name, column_name, data_type, is_nullable, column_default
from information_schema.columns where table_schema in ('reference', 'operational')
order by 1, 2, 3`;

async function shapeOf(server: DatabaseServer): Promise<unknown[]> {
  const client = new pg.Client({ ...server, user: server.username });
  await client.connect();
  const { rows } = await client.query(SHAPE);
  await client.end();
  return rows;
}

describe('migrations', () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    const database = await cloneDatabase(null);
    server = { ...inject('superuser'), database };
  });
  afterAll(() => dropDatabase(server.database));

  it('go up, down and up again on an empty database to the same schema', async () => {
    expect(await migrateUp(server)).toHaveLength(MIGRATIONS.length);
    const before = await shapeOf(server);
    expect(before.length).toBeGreaterThan(300);
    await migrateDown(server, MIGRATIONS.length);
    expect(await shapeOf(server)).toEqual([]);
    await migrateUp(server);
    expect(await shapeOf(server)).toEqual(before);
  });

  it('run once when four processes start at the same time', async () => {
    const database = await cloneDatabase(null);
    const fresh = { ...server, database };
    try {
      const applied = await Promise.all([1, 2, 3, 4].map(() => migrateUp(fresh)));
      expect(applied.map((names) => names.length).sort()).toEqual([0, 0, 0, MIGRATIONS.length]);
      expect((await migrationStatus(fresh)).every((migration) => migration.applied)).toBe(true);
    } finally {
      await dropDatabase(database);
    }
  });
});
