// Foreign keys are switched off row by row while a release is written or taken back, and checked set by set: what must hold.
import { describe, expect, it } from 'vitest';

import { useImports } from '../../../test/builders/import.js';
import { systemContext } from '../../platform/security/request-context.js';

const ctx = systemContext();
const ROW = 'PANADOL 24 TABS.,,PARACETAMOL,GSK,ANALGESIC,ORAL.SOLID,40';
const NEXT = 'STRANGO 20 CAPS.,,PARACETAMOL,DELTA,HERBAL,ORAL.SOLID,15';

const bench = useImports();
const sql = async (text: string, values: unknown[] = []): Promise<Array<Record<string, unknown>>> =>
  (await bench.db.owner.query<Record<string, unknown>>(text, values)).rows;

describe('tables written without row-by-row foreign keys', () => {
  it('have no trigger that would stay silent meanwhile: neither they nor what their triggers write', async () => {
    expect(
      await sql(
        `select tgrelid::regclass::text as "table", tgname as trigger from pg_trigger
         where not tgisinternal and tgenabled <> 'A' and tgrelid in ('reference.drugs'::regclass, 'reference.drug_ingredients'::regclass,
           'reference.drug_barcodes'::regclass, 'reference.catalogue_changes'::regclass)
         union all
         select tgrelid::regclass::text, tgname from pg_trigger
         where not tgisinternal and tgenabled <> 'A' and tgtype & 4 <> 0 and tgrelid in ('operational.audit_logs'::regclass,
           'reference.release_images'::regclass, 'reference.drug_edits'::regclass, 'reference.drug_price_changes'::regclass)`,
      ),
    ).toEqual([]);
  });

  it('are written so where a superuser has migrated', async () => {
    const rows = await sql(
      `select proname as name from pg_proc where 'session_replication_role=replica' = any (proconfig) order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'insert_release_barcodes',
      'insert_release_compositions',
      'insert_release_drugs',
    ]);
  });

  it('refuse a row that refers to nothing, and leave everything as it was', async () => {
    const { releaseId } = await bench.load(`${ROW}\n`, { apply: false });
    await sql('update reference.drug_staging set dosage_form = $1 where release_id = $2', [
      'no form',
      releaseId,
    ]);
    const before = await bench.hash();
    await expect(bench.service.apply(ctx, releaseId)).rejects.toMatchObject({ code: '23503' });
    expect(await bench.hash()).toBe(before);
  });
});

describe('taking a release back while somebody begins to use its products', () => {
  it('waits for him, and then deletes nothing he points at', async () => {
    await bench.load(`${ROW}\n`);
    const { releaseId } = await bench.load(`${ROW}\n${NEXT}\n`);
    const applied = await bench.hash();
    const [strango] = await sql(`select drug_id from reference.drugs where name like 'STRANGO%'`);
    await sql(`insert into operational.branches (code, name) values ('REV', 'Revert')`);
    const client = await bench.db.owner.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost)
         select branch_id, $1, 'L1', '2030-01-01', 1 from operational.branches where code = 'REV'`,
        [strango?.drug_id],
      );
      const reverting = bench.service.revert(ctx, releaseId).catch((error: unknown) => error);
      for (let waits = false; !waits;)
        waits =
          (
            await sql(
              `select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'revertRelease' and datname = current_database()`,
            )
          ).length > 0;
      await client.query('commit');
      expect(await reverting).toMatchObject({ code: '23503' });
    } finally {
      client.release();
    }
    expect(await bench.hash()).toBe(applied);
    // Asked again, it sees who uses the product, and discontinues it.
    expect(await bench.service.revert(ctx, releaseId)).toMatchObject({ deleted: 0, discontinued: 1 });
  });
});
