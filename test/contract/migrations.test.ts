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
  const { rows } = await client.query<Record<string, unknown>>(SHAPE);
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

  it('are listed oldest first, as an export that is loaded again counts them', () => {
    const numbers = MIGRATIONS.map(({ name }) => name.slice(-13));
    expect(numbers).toEqual([...new Set(numbers)].sort());
  });

  it('go up, down and up again on an empty database to the same schema', async () => {
    expect(await migrateUp(server)).toHaveLength(MIGRATIONS.length);
    const before = await shapeOf(server);
    expect(before.length).toBeGreaterThan(300);
    await migrateDown(server, MIGRATIONS.length);
    expect(await shapeOf(server)).toEqual([]);
    await migrateUp(server);
    expect(await shapeOf(server)).toEqual(before);
  });

  it('refuse to go down over rows unless told to, and come up again to the same schema', async () => {
    const database = await cloneDatabase(null);
    const populated = { ...server, database };
    try {
      await migrateUp(populated);
      const before = await shapeOf(populated);
      const client = new pg.Client({ ...populated, user: populated.username });
      await client.connect();
      await client.query("insert into operational.branches (code, name) values ('MAIN', 'Main')");
      await client.query("insert into reference.drugs (name, name_folded, price) values ('Zeta', 'zeta', 1)");
      await client.end();
      await expect(migrateDown(populated, MIGRATIONS.length)).rejects.toThrow(/audit_logs holds rows/);
      process.env.MEDITORY_ALLOW_DATA_LOSS = 'yes';
      // The refusal left the migrations above the one that refused undone: nothing with rows was lost.
      const left = (await migrationStatus(populated)).filter((migration) => migration.applied).length;
      await migrateDown(populated, left);
      expect(await shapeOf(populated)).toEqual([]);
      await migrateUp(populated);
      expect(await shapeOf(populated)).toEqual(before);
    } finally {
      delete process.env.MEDITORY_ALLOW_DATA_LOSS;
      await dropDatabase(database);
    }
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
