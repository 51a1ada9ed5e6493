// T60. The way of a database to the newest schema is cut off inside of its migrations: by the end of their connection, at the first statement,
// before the migration is noted as applied and before its commit, and by kill -9 of a server at its first start. The next start goes on from
// there, to the same schema. And a program works on while the schema is ahead of it. `npm test` cuts off one migration in twelve, the first
// drawn by the seed; `npm run test:faults -- --long` each.
import { randomUUID } from 'node:crypto';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { MIGRATIONS } from '../../src/migrations/index.js';
import type { DatabaseServer } from '../../src/platform/config/config.js';
import { migrateUp, migrationStatus } from '../../src/platform/database/migrator.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { cloneDatabase, dropDatabase } from '../support/db.js';
import { ServerProcess } from '../support/server-process.js';
import { brokenInvariants } from './harness/invariants.js';
import { byProfile, measured, stream, until } from './harness/profile.js';
import { asOwner } from './harness/strike.js';

const EVERY = byProfile({ ci: 12, short: 4, long: 1 });
const KILLS = byProfile({ ci: 1, short: 3, long: 20 });

/** All that migrations make: columns, constraints, indexes, functions, triggers, policies and rights, each with its definition. */
const SCHEMA = `
with ours as (select oid from pg_namespace where nspname in ('reference', 'operational'))
select format('%s.%s %s %s %s', table_schema, table_name, column_name, data_type, column_default) as made from information_schema.columns
where table_schema in ('reference', 'operational')
union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace in (select oid from ours)
union all select pg_get_indexdef(indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace in (select oid from ours)
union all select pg_get_functiondef(oid) from pg_proc where pronamespace in (select oid from ours) and prokind = 'f'
union all select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace in (select oid from ours) and not t.tgisinternal
union all select format('%s %s %s %s', tablename, policyname, qual, with_check) from pg_policies where schemaname in ('reference', 'operational')
union all select format('%s %s %s', oid::regclass, relacl, relforcerowsecurity) from pg_class where relnamespace in (select oid from ours) and relkind in ('r', 'p', 'v')
order by 1`;

async function schemaOf(server: DatabaseServer): Promise<string[]> {
  const client = new pg.Client({ ...server, user: server.username });
  await client.connect();
  const { rows } = await client.query<{ made: string }>(SCHEMA);
  await client.end();
  return rows.map(({ made }) => made);
}

const PLACES = ['first', 'noted', 'commit'] as const;
interface Cut {
  /** Migrations to begin until the one that is cut off. */
  ahead: number;
  readonly at: (typeof PLACES)[number];
  isBegun: boolean;
}

/** Whether the statement is where the migration is to be cut off. */
function isAt(cut: Cut, text: string): boolean {
  if (text.startsWith('START TRANSACTION')) {
    cut.ahead -= 1;
    cut.isBegun = true;
    return false;
  }
  if (cut.ahead !== 0 || !cut.isBegun) return false;
  if (cut.at === 'first') return true;
  return text.startsWith(cut.at === 'noted' ? 'INSERT INTO "meditory_migrations"' : 'COMMIT');
}

describe('migrations', () => {
  let expected: string[];
  let server: DatabaseServer;
  let migrated: DatabaseServer;
  let killer: pg.Client;
  let cut: Cut | undefined;
  type Query = (this: pg.Client & { processID: number }, ...args: unknown[]) => unknown;
  const original = pg.Client.prototype.query as unknown as Query;
  beforeAll(async () => {
    const superuser = inject('superuser');
    server = { ...superuser, database: await cloneDatabase(null) };
    migrated = { ...superuser, database: await cloneDatabase() };
    expected = await schemaOf(migrated);
    killer = new pg.Client({ ...superuser, user: superuser.username, database: 'postgres' });
    await killer.connect();
    (pg.Client.prototype as { query: unknown }).query = function (
      this: pg.Client & { processID: number },
      ...args: unknown[]
    ) {
      const [text] = args;
      if (cut === undefined || typeof text !== 'string' || !isAt(cut, text))
        return original.apply(this, args);
      cut = undefined;
      const gone = original.call(killer as typeof this, 'select pg_terminate_backend($1)', [this.processID]);
      return (gone as Promise<unknown>).then(() => original.apply(this, args));
    };
  });
  afterAll(async () => {
    (pg.Client.prototype as { query: unknown }).query = original;
    await killer.end();
    for (const { database } of [server, migrated]) await dropDatabase(database);
  });

  const applied = async (): Promise<number> =>
    (await migrationStatus(server)).filter((migration) => migration.applied).length;

  it('that are cut off leave nothing of themselves, and the next start goes on', async () => {
    expect(expected.length).toBeGreaterThan(3000);
    const draw = stream('migrations');
    let cuts = 0;
    let ahead = 1 + Math.floor(draw() * EVERY);
    for (let before = 0; before + ahead <= MIGRATIONS.length; ahead = EVERY + 1) {
      cut = { ahead, at: PLACES[Math.floor(draw() * PLACES.length)] ?? 'first', isBegun: false };
      await expect(migrateUp(server), `after ${before}`).rejects.toThrow();
      expect(await applied()).toBe(before + ahead - 1);
      before += ahead - 1;
      cuts += 1;
    }
    await migrateUp(server);
    expect(await schemaOf(server)).toEqual(expected);
    expect(await migrateUp(server)).toEqual([]);
    measured('T60', { migrations: MIGRATIONS.length, 'cut off': cuts });
  }, 900_000);

  it(`of a first start that is killed: the next one makes the same installation, ${KILLS} times`, async () => {
    const draw = stream('first starts');
    for (let kill = 0; kill < KILLS; kill++) {
      const fresh = await ServerProcess.create({ MEDITORY_SAMPLE: 'none' });
      try {
        const ended = expect(fresh.start()).rejects.toThrow('the server ended');
        const wanted = Math.floor(draw() * MIGRATIONS.length * 0.9);
        let done = -1;
        await until(
          `${wanted} migrations are applied`,
          async () => {
            done = await asOwner(fresh, async (db) => {
              const { rows } = await db.query<{ n: number }>('select count(*)::int as n from public.meditory_migrations'); // prettier-ignore
              return rows[0]?.n ?? -1;
            }).catch(() => -1); // there is no database yet
            return done >= wanted;
          },
          600_000,
        );
        await fresh.kill();
        await ended;
        expect(done).toBeLessThan(MIGRATIONS.length);
        await fresh.start();
        const made = await asOwner(fresh, async (db) => (await db.query<{ made: string }>(SCHEMA)).rows);
        expect(made.map((row) => row.made)).toEqual(expected);
        expect((await fresh.command('doctor', '--json')).code).toBe(0);
      } finally {
        await fresh.dispose();
      }
    }
  }, 900_000);
});

describe('a program beside a newer schema', () => {
  const { db, call } = useTestApp();

  it('sells on, and says that it is to be updated', async () => {
    const world = await aWorldFor(db, 'administrator');
    const { drugId } = await aDrug(db, { price: '5.00', unitsPerPack: '1', rxOnly: false });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '3' });
    const send = (path: string, body: object) =>
      call('POST', path, { token: world.token, key: randomUUID(), body });
    expect((await send('/till-shifts', { openingFloat: '0.00' })).status).toBe(201);
    // What a later version may do while servers of this one still work: it adds.
    await db.owner.query(`
      alter table operational.sales add column later_note text;
      alter table operational.sale_items add column later_points integer not null default 0;
      create table operational.later_things (id bigint primary key, sale_id bigint references operational.sales);
      insert into public.meditory_migrations (timestamp, name) values (9, 'Later9');`);
    const sale = { items: [{ drugId, quantity: '1' }], payments: [{ method: 'cash', amount: '5.00' }] };
    const sold = await send('/sales', sale);
    expect(sold.status, JSON.stringify(sold.body)).toBe(201);
    expect((await call('GET', '/health/ready')).body).toMatchObject({
      status: 'degraded',
      reasons: [{ part: 'schema' }],
    });
    expect(await brokenInvariants(db.owner)).toEqual([]);
  });
});
