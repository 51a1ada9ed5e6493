// What may go wrong with a move: bad data, ids taken, products in use, a connection cut, the wrong login.
import { describe, expect, it } from 'vitest';

import { aLegacyCatalogue, publicSchema } from '../../../test/builders/legacy-catalogue.js';
import { withOwnerConnection } from '../../platform/database/owner-connection.js';
import { StarterRulesService } from '../clinical/starter-rules.service.js';
import { LISTS, onClone, PRODUCTS } from '../../../test/builders/legacy-clone.js';
import { LegacyMoveRefused, LegacyMoveService } from './legacy-move.service.js';

describe('an older catalogue in public', () => {
  it('of bad data loses nothing: what cannot be moved is listed, what can is repaired and said so', () =>
    onClone(async ({ pool, up, down, rows }) => {
      await pool.query(
        'create table public.drugs (drug_id bigint, name text, price text, oldprice text, barcode text, date_updated text, dosage_form text)',
      );
      await pool.query(`insert into public.drugs values
        (1, 'Good', '10', '9', '6221001000019', '2024-01-31', 'tab'), (2, null, '10', null, null, null, null), (3, '  ', '10', null, null, null, null),
        (1, 'Same id', '10', null, null, null, null), (null, 'No id', '1', null, null, null, null), (99999999999, 'Big id', '1', null, null, null, null),
        (-4, 'Minus id', '1', null, null, null, null), (5, 'Negative', '-3', '-1', null, '31/02/2024', null), (6, 'No price', null, null, null, 'yesterday', null),
        (7, 'Price of words', 'ask', null, '6221001000019', '15/03/2024', null), (8, 'Wrong code', '1', null, '6221001000018', '1700000000', null),
        (9, 'No code', '1', null, 'N/A', null, null), (10, 'Two codes', '1', null, '9521234543213, 4006381333931', null, null),
        (11, 'Odd code', '1', null, 'ABC', null, null), (12, repeat('long ', 200), '1.23456', null, null, null, null),
        (13, 'Huge price', '999999999999', null, null, null, null), (14, '<b>"quoted"</b> 100% \\ ''x''', '0', null, null, null, 'Elixir of the wise')`);
      const report = await up();
      const drugs = report.tables.find(({ kind }) => kind === 'drugs');
      expect(drugs).toMatchObject({ found: 17, kept: 11, refused: 6 });
      expect((drugs?.kept ?? 0) + (drugs?.refused ?? 0)).toBe(17);
      const notes = await rows<{ reason: string; legacy_id: string; outcome: string }>(
        "select legacy_id, outcome, reason from reference.legacy_rows where table_name = 'drugs' order by legacy_row_id",
      );
      const of = (id: string | null) =>
        notes
          .filter(({ legacy_id: legacyId }) => legacyId === id)
          .map(({ outcome, reason }) => `${outcome}: ${reason}`);
      expect(of('2')).toEqual(['refused: has no name']);
      expect(of('1')).toEqual(['refused: has the id of a row before it']);
      expect(of('99999999999')).toEqual(['refused: has no id that can be kept']);
      expect(of('5').join()).toMatch(
        /price is a price below zero.*old price.*below zero.*not a day of the calendar/,
      );
      expect(of('7').join()).toMatch(/is not a price.*barcode belongs to a product before it/);
      expect(of('8').join()).toContain('wrong check digit');
      expect(of('11').join()).toContain('no product code');
      expect(await rows('select drug_id from reference.drugs where price = 0 order by 1')).toEqual(
        [5, 6, 7, 13, 14].map((id) => ({ drug_id: id })),
      );
      expect(
        await rows('select price::text, length(name) as length from reference.drugs where drug_id = 12'),
      ).toEqual([{ price: '1.235', length: 499 }]);
      expect(await rows('select drug_id, kind from reference.drug_barcodes order by gtin')).toEqual([
        { drug_id: 10, kind: 'ean13' },
        { drug_id: 8, kind: 'in_store' },
        { drug_id: 1, kind: 'ean13' },
        { drug_id: 10, kind: 'ean13' },
      ]);
      expect(
        await rows(
          'select price_effective_from::text as day from reference.drugs where drug_id in (1, 7, 8) order by drug_id',
        ),
      ).toEqual([{ day: '2024-01-31' }, { day: '2024-03-15' }, { day: '2023-11-14' }]);
      await down();
      expect(await rows('select count(*)::int as n from public.drugs')).toEqual([{ n: 17 }]);
    }));

  it('is refused where the catalogue has products under its ids, or a table is something else', () =>
    onClone(async ({ pool, up, rows }) => {
      await pool.query(
        "create table public.drugs (drug_id int, name text); insert into public.drugs values (1, 'Old'), (2, 'Old two')",
      );
      await pool.query(
        "insert into reference.drugs (name, name_folded, price, source) values ('Sample', 'sample', 1, 'sample')",
      );
      await expect(up()).rejects.toThrow(/1 \(Sample, from sample\).*MEDITORY_SAMPLE=none/);
      expect(await rows('select count(*)::int as n from public.drugs')).toEqual([{ n: 2 }]);
      await pool.query('create table public.routes (distance int)');
      await expect(up()).rejects.toThrow('no column with a name');
    }));

  it('in use is not given back, nor one that was edited unless that is wanted', () =>
    onClone(async ({ pool, up, down, rows }) => {
      await aLegacyCatalogue(pool, PRODUCTS, LISTS);
      await up();
      await pool.query('update reference.drugs set price = 21, version = version + 1 where drug_id = 102');
      await expect(down()).rejects.toThrow(/1 products were edited.*--discard-edits/);
      await pool.query(`with b as (insert into operational.branches (code, name) values ('T', 'T') returning branch_id)
        insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, quantity, unit_cost) select branch_id, 104, 'L', '2030-01-01', 0, 1 from b`);
      await expect(down({ discardEdits: true })).rejects.toBeInstanceOf(LegacyMoveRefused);
      expect(await rows('select count(*)::int as n from reference.drugs')).toEqual([{ n: 6 }]);
      expect(await rows("select to_regclass('public.drugs') as there")).toEqual([{ there: null }]);
    }));

  it('stays whole when the connection is cut in the middle', () =>
    onClone(async ({ pool, up, rows }) => {
      await aLegacyCatalogue(pool, PRODUCTS, LISTS);
      const before = await publicSchema(pool);
      // The move gets as far as the long texts, behind every product, and waits there.
      const holder = await pool.connect();
      await holder.query('begin; lock table reference.drug_texts in access exclusive mode');
      const outcome = up().then(
        () => 'done',
        () => 'cut',
      );
      const waiting =
        "application_name = 'meditory-owner' and datname = current_database() and wait_event_type = 'Lock'";
      for (let tries = 0; tries < 600; tries++) {
        if ((await rows(`select from pg_stat_activity where ${waiting}`)).length > 0) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await rows(`select pg_terminate_backend(pid) from pg_stat_activity where ${waiting}`);
      expect(await outcome).toBe('cut');
      await holder.query('rollback');
      holder.release();
      expect(await publicSchema(pool)).toEqual(before);
      expect(await rows('select count(*)::int as n from reference.drugs')).toEqual([{ n: 0 }]);
      expect(await up()).toMatchObject({ moved: true, productsAfter: 6 });
    }));

  it('is moved by the login that owns it, which need be no superuser, and by no other', () =>
    onClone(async ({ pool, server }) => {
      const role = `shop_${server.database}`;
      await pool.query(
        `create role ${role} login password 'secret'; grant meditory_owner to ${role}; grant create on schema public to ${role}`,
      );
      const as = { ...server, username: role, password: 'secret' };
      const move = <T>(run: (service: LegacyMoveService) => Promise<T>) =>
        withOwnerConnection(as, (uow) => run(new LegacyMoveService(uow, new StarterRulesService(uow))));
      try {
        await pool.query(
          "create table public.drugs (drug_id int primary key, name text); insert into public.drugs values (5, 'Five')",
        );
        await expect(move((service) => service.up())).rejects.toThrow('the login that owns them');
        await pool.query(`alter table public.drugs owner to ${role}`);
        expect(await move((service) => service.up())).toMatchObject({ moved: true, productsAfter: 1 });
        expect(await move((service) => service.down())).toMatchObject({
          productsRemoved: 1,
          tables: [{ table: 'drugs', rows: 1 }],
        });
      } finally {
        await pool.query(
          `drop table if exists public.drugs, legacy.drugs; drop owned by ${role}; drop role ${role}`,
        );
      }
    }));

  it('is taken over once when two commands start together', () =>
    onClone(async ({ pool, up, rows }) => {
      await aLegacyCatalogue(pool, PRODUCTS, LISTS);
      const outcomes = await Promise.allSettled([up(), up()]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await rows('select count(*)::int as n from reference.drugs')).toEqual([{ n: 6 }]);
    }));
});
