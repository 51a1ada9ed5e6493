import { beforeEach, describe, expect, it } from 'vitest';

import { useImports } from '../../../test/builders/import.js';
import { systemContext } from '../../platform/security/request-context.js';
import { CatalogueMoved, EditedSince, ReleaseNotReady } from './imports.errors.js';

const ctx = systemContext();
const PANADOL = 'PANADOL 500 MG 24 F.C.TABS.,بانادول,PARACETAMOL,GSK,ANALGESIC,ORAL.SOLID,';
const AUGMENTIN = 'AUGMENTIN 1 GM 14 TABS.,اوجمنتين,AMOXICILLIN+CLAVULANIC ACID,GSK,PENICILLINS,ORAL.SOLID,';
const STRANGO = 'STRANGO 20 CAPS.,,PARACETAMOL+ZYXOPRILAM,DELTA,HERBAL,ORAL.SOLID,';
const TONIC = 'DELTA TONIC 100 ML SYRUP,,,NEWCO,TONICS.MILD,ORAL.LIQUID,';
const OLD = `${PANADOL}40\n${AUGMENTIN}120.5\n${STRANGO}15\n`;
/** Panadol dearer and of something else, Augmentin gone, Strango cheaper, a tonic new with its company and class. */
const NEXT = `${PANADOL.replace('PARACETAMOL', 'PARACETAMOL+CAFFEINE')}44\n${STRANGO}12\n${TONIC}9\n`;

const bench = useImports();
const sql = async (text: string, values: unknown[] = []): Promise<Array<Record<string, unknown>>> =>
  (await bench.db.owner.query<Record<string, unknown>>(text, values)).rows;

const drugId = async (name: string): Promise<number> =>
  Number((await sql('select drug_id from reference.drugs where name like $1', [`${name}%`]))[0]?.drug_id);

/** A person changes something: as pharmacy_admin, outside of a release. */
const edit = (text: string): Promise<unknown> => bench.db.uow.runAsAdmin(ctx, (tx) => tx.execute(text));

beforeEach(async () => {
  await sql(`alter table reference.drug_price_changes disable trigger user; truncate reference.drug_price_changes;
    alter table reference.drug_price_changes enable trigger user;
    truncate reference.drug_ingredients, reference.drug_edits, reference.import_rejects, reference.drug_staging`);
  await sql('truncate reference.drug_barcodes, reference.drug_packs cascade');
  await sql('delete from operational.patient_medications');
  await sql('delete from operational.inventory_lots');
  await sql('delete from reference.drugs');
  await sql('delete from reference.import_releases');
  await sql('delete from reference.ingredients where not verified');
});

describe('the diff of a release', () => {
  it('tells what is new, gone, dearer, cheaper and made of something else, before and after it is applied', async () => {
    await bench.load(OLD);
    const { releaseId, kinds } = await bench.load(NEXT, { apply: false });
    expect(kinds).toEqual({ price_up: 1, price_down: 1, ingredients: 1, details: 1, discontinued: 1 });
    const page = { page: 1, limit: 20 };
    const read = async () => ({
      all: (await bench.releases.changes(ctx, releaseId, page)).data,
      dearer: await bench.releases.changes(ctx, releaseId, { ...page, kind: 'price_up' }),
      new: await bench.releases.changes(ctx, releaseId, { ...page, kind: 'new' }),
    });
    const before = await read();
    expect(before.all.map(({ name, kinds: told }) => [name.split(' ')[0], told])).toEqual([
      ['PANADOL', ['price_up', 'ingredients', 'details']],
      ['STRANGO', ['price_down']],
      ['AUGMENTIN', ['discontinued']],
    ]);
    expect(before.all[0]).toMatchObject({
      priceBefore: '40',
      priceAfter: '44',
      pricePercent: '10',
      file: expect.stringMatching(/csv$/) as string,
      line: 2,
      fields: { ingredients: ['paracetamol 500 mg', 'paracetamol + caffeine'], price: ['40', '44'] },
    });
    expect(before.dearer.meta.total).toBe(1);
    expect(before.new).toMatchObject({
      meta: { total: 1 },
      data: [{ drugId: null, priceAfter: '9', line: 4 }],
    });
    await bench.service.apply(ctx, releaseId);
    const after = await read();
    expect(after.all).toEqual(before.all);
    expect(after.new).toMatchObject({ meta: { total: 1 }, data: [{ kinds: ['new'], priceAfter: '9' }] });
    expect(after.new.data[0]?.drugId).toBe(await drugId('DELTA TONIC'));
  });

  it('tells of a barcode that stands for another product, leaves it there, and counts the row as taken', async () => {
    await bench.load(OLD);
    await edit(
      `insert into reference.drug_barcodes (drug_id, code, gtin, kind) values (${await drugId('PANADOL')}, '4006381333931', '04006381333931', 'ean13')`,
    );
    const source = await withBarcodes();
    const file = await bench.file('id;name;ean;price\n7;OTHER 10 TABS;4006381333931;5\n');
    const summary = await bench.load('', { source, files: [file] });
    expect(summary).toMatchObject({ inserted: 1, rejected: 0, kinds: { barcode_reused: 1 } });
    const { data } = await bench.releases.changes(ctx, summary.releaseId, {
      page: 1,
      limit: 5,
      kind: 'barcode_reused',
    });
    expect(data[0]?.fields.why).toEqual([
      null,
      expect.stringMatching(/stands for another product: PANADOL/) as string,
    ]);
    expect(await sql('select count(*) as n from reference.drug_barcodes')).toEqual([{ n: 1 }]);
  });
});

describe('a staged release', () => {
  it('is applied by its number and then no more', async () => {
    const { releaseId } = await bench.load(OLD, { apply: false });
    expect(await bench.service.apply(ctx, releaseId)).toMatchObject({ applied: true, inserted: 3 });
    await expect(bench.service.apply(ctx, releaseId)).rejects.toThrow(ReleaseNotReady);
    expect(await sql('select count(*) as n from reference.drug_staging')).toEqual([{ n: 0 }]);
  });

  it('is compared again, and not applied, when the catalogue has moved under it', async () => {
    await bench.load(OLD);
    const { releaseId } = await bench.load(NEXT, { apply: false });
    await edit(`update reference.drugs set price = 44, version = version + 1 where name like 'PANADOL%'`);
    await expect(bench.service.apply(ctx, releaseId)).rejects.toThrow(CatalogueMoved);
    const report = await bench.releases.report(ctx, releaseId);
    expect(report).toMatchObject({ status: 'staged' });
    expect(report.summary.kinds).not.toHaveProperty('price_up');
    expect(await bench.service.apply(ctx, releaseId)).toMatchObject({ applied: true });
  });

  it('can be dropped, and lasts no longer than its time', async () => {
    const one = await bench.load(OLD, { apply: false });
    await bench.service.drop(ctx, one.releaseId);
    await expect(bench.service.drop(ctx, one.releaseId)).rejects.toThrow(ReleaseNotReady);
    const two = await bench.load(OLD, { apply: false });
    await sql(
      `update reference.import_releases set staged_until = now() - interval '1 minute' where release_id = $1`,
      [two.releaseId],
    );
    expect(await bench.releases.settle()).toBe(true);
    expect(await bench.releases.report(ctx, two.releaseId)).toMatchObject({
      status: 'dropped',
      failure: 'It was not applied in time.',
    });
    expect(await sql('select count(*) as n from reference.drug_staging')).toEqual([{ n: 0 }]);
  });

  it('whose rows a crash of the database has emptied is refused', async () => {
    const { releaseId } = await bench.load(OLD, { apply: false });
    await sql('truncate reference.drug_staging');
    await expect(bench.service.apply(ctx, releaseId)).rejects.toThrow(/were lost in a crash/);
  });
});

describe('the clinical impact', () => {
  it('counts the active patients who gain and lose grave alerts because ingredients change', async () => {
    await bench.load(OLD);
    const [warfarin] = await sql(
      "select ingredient_id as id from reference.ingredients where name = 'warfarin'",
    );
    await sql(
      `insert into operational.branches (code, name) values ('IMP', 'Impact') on conflict do nothing`,
    );
    const [branch] = await sql(`select branch_id as id from operational.branches where code = 'IMP'`);
    for (const name of ['One', 'Two', 'Three']) {
      const [patient] = await sql(
        `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex) values ($1, $2, 'X', 'x', '1970-01-01', 'female') returning patient_id as id`,
        [branch?.id, name],
      );
      const medicines = name === 'Three' ? ['STRANGO'] : ['PANADOL'];
      for (const medicine of medicines)
        await sql(
          `insert into operational.patient_medications (patient_id, branch_id, drug_id) values ($1, $2, $3)`,
          [patient?.id, branch?.id, await drugId(medicine)],
        );
      if (name !== 'Two')
        await sql(
          `insert into operational.patient_medications (patient_id, branch_id, ingredient_id) values ($1, $2, $3)`,
          [patient?.id, branch?.id, warfarin?.id],
        );
    }
    const { impact } = await bench.load(
      `${PANADOL.replace('PARACETAMOL', 'ASPIRIN')}40\n${AUGMENTIN}120.5\n${STRANGO}15\n`,
      { apply: false },
    );
    expect(impact).toMatchObject({
      changedDrugs: 1,
      takenDrugs: 1,
      patients: 2,
      gain: { major: 1 },
      lose: { contraindicated: 0, major: 0 },
      isPartial: false,
    });
    expect(impact?.alerts[0]).toMatchObject({ change: 'gain', kind: 'interaction', patients: 1 });
    expect(JSON.stringify(impact)).not.toMatch(/One|"X"/);
  });
});

describe('a revert', () => {
  it('restores the former state to the row', async () => {
    await bench.load(OLD);
    await edit(`update reference.dosage_forms set form_family = 'other', version = 1 where name = 'syrup'`);
    const before = await bench.hash();
    const untouched = await sql(`select version, updated_at from reference.drugs where name like 'STRANGO%'`);
    const { releaseId } = await bench.load(NEXT.replace(`${STRANGO}12\n`, `${STRANGO}15\n`));
    expect(await bench.hash()).not.toBe(before);
    const outcome = await bench.service.revert(ctx, releaseId);
    expect(outcome).toMatchObject({ restored: 2, deleted: 1, discontinued: 0, kept: 0 });
    expect(await bench.hash()).toBe(before);
    expect(await sql(`select version, updated_at from reference.drugs where name like 'STRANGO%'`)).toEqual(
      untouched,
    );
    expect(await bench.releases.report(ctx, releaseId)).toMatchObject({
      status: 'reverted',
      isRevertible: false,
      summary: { revert: { deleted: 1 } },
    });
    expect(await bench.releases.changes(ctx, releaseId, { page: 1, limit: 5, kind: 'new' })).toMatchObject({
      meta: { total: 1 },
      data: [{ name: 'DELTA TONIC 100 ML SYRUP' }],
    });
  });

  it('of the first release leaves nothing of it, and the file can be applied again', async () => {
    const before = await bench.hash();
    const { releaseId } = await bench.load(OLD);
    await bench.service.revert(ctx, releaseId);
    expect(await bench.hash()).toBe(before);
    expect(await bench.load(OLD)).toMatchObject({ inserted: 3 });
  });

  it('is for the latest release of a source alone, and then for the one before', async () => {
    const empty = await bench.hash();
    const one = await bench.load(OLD);
    const middle = await bench.hash();
    const two = await bench.load(`${OLD}${TONIC}9\n`);
    await expect(bench.service.revert(ctx, one.releaseId)).rejects.toThrow(/Only the latest/);
    await bench.service.revert(ctx, two.releaseId);
    expect(await bench.hash()).toBe(middle);
    await bench.service.revert(ctx, one.releaseId);
    expect(await bench.hash()).toBe(empty);
  });

  it('keeps a new product that has a price history, discontinued: that history is never deleted', async () => {
    const one = await bench.load(OLD);
    const two = await bench.load(OLD.replace(',15\n', ',12\n'));
    await bench.service.revert(ctx, two.releaseId);
    const strango = await drugId('STRANGO');
    expect(await bench.service.revert(ctx, one.releaseId)).toMatchObject({
      deleted: 2,
      discontinuedIds: [strango],
    });
    expect(
      await sql('select price, effective_from::text from reference.drug_price_changes order by 1'),
    ).toHaveLength(2);
  });

  it('discontinues a new product something points at, with its ingredients, instead of deleting it', async () => {
    await bench.load(OLD);
    const { releaseId } = await bench.load(`${OLD}${TONIC.replace(',,,', ',,PARACETAMOL,')}9\n`);
    const tonic = await drugId('DELTA TONIC');
    await sql(
      `insert into operational.branches (code, name) values ('REV', 'Revert') on conflict do nothing`,
    );
    await sql(
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost)
       select branch_id, $1, 'L1', '2030-01-01', 1 from operational.branches where code = 'REV'`,
      [tonic],
    );
    expect(await bench.service.revert(ctx, releaseId)).toMatchObject({
      deleted: 0,
      discontinued: 1,
      discontinuedIds: [tonic],
    });
    expect(await sql('select status from reference.drugs where drug_id = $1', [tonic])).toEqual([
      { status: 'discontinued' },
    ]);
    expect(
      await sql('select count(*) as n from reference.drug_ingredients where drug_id = $1', [tonic]),
    ).toEqual([{ n: 1 }]);
  });

  it.each([
    ['its price', `update reference.drugs set price = 41, version = version + 1 where name like 'PANADOL%'`],
    [
      'its barcodes',
      `insert into reference.drug_barcodes (drug_id, code, gtin, kind) select drug_id, '4006381333931', '04006381333931', 'ean13' from reference.drugs where name like 'PANADOL%'`,
    ],
  ])(
    'is refused when a product was edited since (%s), and leaves that one as it is when forced',
    async (_what, text) => {
      await bench.load(OLD);
      const { releaseId } = await bench.load(NEXT);
      await edit(text);
      const edited = await sql(`select * from reference.drugs where name like 'PANADOL%'`);
      await expect(bench.service.revert(ctx, releaseId)).rejects.toThrow(EditedSince);
      expect(await bench.releases.report(ctx, releaseId)).toMatchObject({
        status: 'applied',
        isRevertible: true,
      });
      expect(await bench.service.revert(ctx, releaseId, { force: true })).toMatchObject({
        kept: 1,
        restored: 2,
        deleted: 1,
      });
      expect(await sql(`select * from reference.drugs where name like 'PANADOL%'`)).toEqual(edited);
      expect(await sql(`select price from reference.drugs where name like 'STRANGO%'`)).toEqual([
        { price: '15.000' },
      ]);
    },
  );

  it('is audited row by row, and what a release brings by statement', async () => {
    const { releaseId } = await bench.load(OLD);
    const [inserted] = await sql(
      `select row_key, after from operational.audit_logs where table_name = 'drugs' and action = 'insert' order by audit_log_id desc limit 1`,
    );
    expect(inserted).toMatchObject({ row_key: `release ${releaseId}`, after: { releaseId, rows: 3 } });
    await bench.service.revert(ctx, releaseId);
    const [deleted] = await sql(
      `select count(*) as n from operational.audit_logs where table_name = 'drugs' and action = 'delete' and before ->> 'name' like 'PANADOL%'`,
    );
    expect(deleted?.n).toBeGreaterThanOrEqual(1);
  });
});

async function withBarcodes() {
  const { csvSource } = await import('./sources/csv.js');
  const { anEgyptMapping } = await import('../../../test/builders/import.js');
  return csvSource(
    await anEgyptMapping({
      source: 'shop',
      format: { kind: 'csv', encoding: 'utf-8', delimiter: ';', quote: '"' },
      columns: { name: 'name', price: 'price', sourceId: 'id', barcode: 'ean' },
      idFields: ['sourceId'],
    }),
  );
}
