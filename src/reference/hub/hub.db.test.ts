// What the database refuses at a hub and at a branch, and what it does with rows that come from a hub, as PostgreSQL applies them: by triggers of rows
// alone, with foreign keys unchecked. The whole of it, over real replication: test/crash/hub.crash.test.ts.
import { afterEach, describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aBranch } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import { systemContext } from '../../platform/security/request-context.js';
import { judgeLink } from './hub-health.domain.js';
import { HubLinksRepository } from './hub-links.repository.js';
import { HubLinksService } from './hub-links.service.js';
import './hub.errors.js';
import type { HubState } from './hub.types.js';

const HUB = '00000000-0000-4000-8000-000000000001';
const db = useTestDatabase();
const sql = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await db.owner.query<Record<string, unknown>>(text, values)).rows;
const become = (role: 'hub' | 'branch'): Promise<unknown> =>
  sql(
    `insert into reference.hub_links (role, hub_id, address, slot_name) select $1::text, $2::uuid, a, a from (select case $1::text when 'branch' then 'x' end as a) one`,
    [role, HUB],
  );
const links = (): HubLinksService => new HubLinksService(db.uow, new HubLinksRepository());

const GUARDED_ALWAYS = ['drugs', 'drug_ingredients', 'drug_price_changes'];

/** Runs statements in one transaction as they come from a hub; what fails is thrown and changes nothing. */
async function arriving(...statements: [string, unknown[]?][]): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    // Triggers of statements do not fire for what PostgreSQL applies; these would all the same for what a test writes.
    for (const table of GUARDED_ALWAYS)
      await client.query(`alter table reference.${table} disable trigger ${table}_beside_hub`);
    for (const [text, values] of statements) await client.query(text, values);
    for (const table of GUARDED_ALWAYS)
      await client.query(`alter table reference.${table} enable always trigger ${table}_beside_hub`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

afterEach(() => sql('delete from reference.hub_links'));

describe('a branch of a hub', () => {
  it('refuses every change of master data, whoever makes it, but one of a migration', async () => {
    await become('branch');
    const tables = await sql(
      `select p::text as name from reference.published_tables() p where p not in ('reference.catalogue_changes'::regclass, 'reference.rule_changes'::regclass, 'reference.hub_beats'::regclass)`,
    );
    expect(tables).toHaveLength(23);
    for (const { name } of tables)
      await expect(sql(`delete from ${String(name)}`), String(name)).rejects.toMatchObject({ code: 'MD460' });
    const refused = await db.uow
      .runAsAdmin(systemContext(), (tx) =>
        tx.execute("insert into reference.companies (name, name_folded) values ('Maker', 'maker')"),
      )
      .catch((error: unknown) => toDomainError(error));
    expect(refused).toMatchObject({ code: 'managed-by-hub', status: 409 });
    await expect(sql(`insert into operational.compound_formulas default values`)).rejects.toMatchObject({
      code: 'MD460',
    });
    // Who is no owner cannot say that it is maintenance.
    const app = await connectAs(db, 'pharmacy_app');
    await app.query("begin; set local role pharmacy_admin; set local app.maintenance = 'on'");
    await expect(app.query("insert into reference.companies (name, name_folded) values ('M', 'm')")).rejects.toMatchObject({ code: 'MD460' }); // prettier-ignore
    await app.query('rollback');
    await app.query('begin; set local role pharmacy_admin');
    await expect(app.query('delete from reference.hub_links')).rejects.toMatchObject({ code: '42501' });
    await app.end();
    const owner = await connectAs(db, 'meditory_owner');
    await owner.query("set role meditory_owner; set app.maintenance = 'on'; begin");
    await owner.query("insert into reference.companies (name, name_folded) values ('Maker', 'maker')");
    await owner.query('rollback');
    await owner.end();
  });

  it('does not lose what it uses when the hub deletes it', async () => {
    const [used, unused] = [await aDrug(db, {}), await aDrug(db, {})];
    await aLot(db, { branchId: await aBranch(db), drugId: used.drugId });
    await become('branch');
    const remove = 'delete from reference.drugs where drug_id = $1';
    await expect(arriving([remove, [used.drugId]])).rejects.toMatchObject({ code: 'MD462' });
    await sql('delete from reference.hub_links');
    await become('branch');
    await arriving(['delete from reference.drug_ingredients where drug_id = $1', [unused.drugId]], [remove, [unused.drugId]]); // prettier-ignore
    expect(await sql('select * from reference.broken_references()')).toEqual([]);
    // What was removed past that guard is found.
    await sql('alter table reference.drugs disable trigger drugs_published');
    await arriving([remove, [used.drugId]]);
    await sql('alter table reference.drugs enable always trigger drugs_published');
    const broken = await sql('select b as row from reference.broken_references() b');
    expect(broken.map(({ row }) => row)).toContain(
      `operational.inventory_lots refers to reference.drugs (${used.drugId}), which is not there`,
    );
  });

  it('leaves prices, their days and the feed to the hub', async () => {
    const { drugId } = await aDrug(db, { price: '10.00' });
    await sql("update reference.drugs set price_effective_from = '2026-01-05' where drug_id = $1", [drugId]);
    await sql("insert into reference.scheduled_prices (drug_id, price, effective_from) values ($1, 12, current_date - 1)", [drugId]); // prettier-ignore
    await become('branch');
    await arriving(['update reference.drugs set price = 11 where drug_id = $1', [drugId]]);
    expect(await sql('select price_effective_from::text as day, price::text from reference.drugs where drug_id = $1', [drugId])).toEqual([{ day: '2026-01-05', price: '11.000' }]); // prettier-ignore
    expect(await sql('select reference.apply_due_prices(current_date) as applied')).toEqual([{ applied: 0 }]);
    expect(await sql("select reference.prune_catalogue_changes('-1 day') as pruned")).toEqual([{ pruned: 0 }]); // prettier-ignore
  });

  it('tells who follows the feeds that changes came, and holds the rules while they do', async () => {
    await become('branch');
    const ear = await connectAs(db, 'pharmacy_app');
    const heard: string[] = [];
    ear.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload ?? ''}`));
    await ear.query('listen meditory_catalogue');
    await ear.query('listen meditory_rules');
    await ear.query('begin; select pg_advisory_xact_lock_shared(1381321797)'); // a screening
    const arrived = arriving(
      ["insert into reference.catalogue_changes (change_id, kind, keys) overriding system value values (900001, 'rebuild', '{}')"],
      ['update reference.catalogue_changes set place = 900 where change_id = 900001'],
      ["insert into reference.rule_changes (change_id, kind, keys) overriding system value values (900001, 'rebuild', '{}')"],
      ['update reference.rule_changes set place = 901 where change_id = 900001'],
    ); // prettier-ignore
    const first = await Promise.race([arrived.then(() => 'arrived'), new Promise((done) => setTimeout(() => done('waits'), 300))]); // prettier-ignore
    expect(first).toBe('waits');
    await ear.query('commit');
    await arrived;
    await expect.poll(async () => (await ear.query('select 1')) && heard).toEqual(['meditory_catalogue 900', 'meditory_rules 901']); // prettier-ignore
    await ear.end();
  });
});

describe('a hub', () => {
  it('discontinues what a release brought instead of deleting it', async () => {
    await become('hub');
    const { drugId } = await aDrug(db, {});
    await expect(sql('delete from reference.drugs where drug_id = $1', [drugId])).rejects.toMatchObject({ code: 'MD461' }); // prettier-ignore
    await expect(sql('truncate reference.drug_texts')).rejects.toMatchObject({ code: 'MD461' });
    const free = (table: string): Promise<Record<string, unknown>[]> =>
      sql(`select reference.unreferenced($1::regclass, '{}') as free`, [table]);
    for (const table of ['drugs', 'ingredients', 'ingredient_groups', 'companies', 'therapeutic_categories'])
      expect(await free(`reference.${table}`)).toEqual([{ free: 'false' }]);
    expect(await free('reference.ingredient_synonyms')).not.toEqual([{ free: 'false' }]);
  });

  it('gives its sign of life by the job, and knows its role', async () => {
    expect((await links().state()).role).toBe('alone');
    await become('hub');
    await sql(
      "insert into reference.hub_beats (hub_id, beat_at, schema_level) values ($1, '2026-01-01', 'x')",
      [HUB],
    );
    const before = await links().state();
    await links().beat(before.level);
    const after = await links().state();
    expect(after).toMatchObject({ role: 'hub', hubId: HUB, hubLevel: before.level, subscribers: [] });
    expect(after.heardAt?.getTime()).toBeGreaterThan(before.heardAt?.getTime() ?? Infinity);
    expect(await links().isBranch()).toBe(false);
  });
});

describe('what is said of the link', () => {
  const now = new Date('2026-12-01T12:00:00Z');
  const branch: HubState = {
    role: 'branch',
    hubId: HUB,
    address: 'hub:5432/meditory_erp',
    linkedAt: now,
    releasedAt: null,
    heardAt: new Date(now.getTime() - 9000),
    hubLevel: 'A1',
    level: 'A1',
    subscription: { isEnabled: true, isRunning: true, errors: 3 },
    subscribers: [],
    now,
  };
  const slot = { slotName: 'meditory_branch_a', isActive: true, lagBytes: 10, isLost: false };

  it.each([
    [branch, 3, 'ok', 'heard 9 s ago'],
    [{ ...branch, role: 'alone' as const }, 0, 'ok', 'alone'],
    [{ ...branch, subscription: null }, 3, 'degraded', 'hub resync'],
    [{ ...branch, subscription: { isEnabled: false, isRunning: false, errors: 0 } }, 3, 'degraded', 'hub resync'],
    [branch, 2, 'degraded', 'cannot be applied'],
    [{ ...branch, hubLevel: 'B2' }, 2, 'degraded', 'not of the same version'],
    [{ ...branch, heardAt: null }, 3, 'degraded', 'never'],
    [{ ...branch, heardAt: new Date(now.getTime() - 301_000) }, 3, 'degraded', 'as of then'],
    [{ ...branch, role: 'hub' as const, subscribers: [slot, { ...slot, isActive: false }] }, 0, 'ok', 'hub of 2 branches, 1 connected'],
    [{ ...branch, role: 'hub' as const, subscribers: [{ ...slot, isLost: true, lagBytes: null }] }, 0, 'degraded', 'meditory_branch_a: away'],
    [{ ...branch, role: 'hub' as const, subscribers: [{ ...slot, lagBytes: 3e9 }] }, 0, 'degraded', 'far behind'],
  ])('is what somebody should see to (%#)', (state, before, told, words) => {
    const finding = judgeLink(state, before);
    expect(finding.state).toBe(told);
    expect(finding.words).toContain(words);
  });
}); // prettier-ignore
