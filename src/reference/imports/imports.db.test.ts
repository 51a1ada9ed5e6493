import { beforeEach, describe, expect, it } from 'vitest';

import { anEgyptMapping, useImports } from '../../../test/builders/import.js';
import { systemContext } from '../../platform/security/request-context.js';
import { csvSource } from './sources/csv.js';

const PANADOL =
  'PANADOL 500 MG 24 F.C.TABS.,بانادول,PARACETAMOL(ACETAMINOPHEN),GSK > HALEON,ANALGESIC,ORAL.SOLID,';
const AUGMENTIN =
  'AUGMENTIN 1 GM 14 TABS.,اوجمنتين,AMOXICILLIN+CLAVULANIC ACID,GSK,PENICILLINS.WITH INHIBITOR,ORAL.SOLID,';
const STRANGE = 'STRANGO 20 CAPS.,,PARACETAMOL+ZYXOPRILAM,DELTA,HERBAL,ORAL.SOLID,';
const TONIC = 'DELTA TONIC 100 ML SYRUP,,,DELTA,HERBAL,ORAL.LIQUID,';
const THREE = `${PANADOL}40\n${AUGMENTIN}120.5\n${STRANGE}15\n`;

const bench = useImports();

async function drugs(): Promise<Array<Record<string, unknown>>> {
  const { rows } = await bench.db.owner.query<Record<string, unknown>>(
    `select d.*, c.name as company, m.name as marketer, t.name as category, p.name as wider,
       (select json_agg(json_build_object('name', i.name, 'verified', i.verified, 'amount', trim_scale(l.amount)::text, 'unit', l.unit) order by l.position)
        from reference.drug_ingredients l left join reference.ingredients i using (ingredient_id) where l.drug_id = d.drug_id) as ingredients
     from reference.drugs d
     left join reference.companies c on c.company_id = d.company_id
     left join reference.companies m on m.company_id = d.marketer_company_id
     left join reference.therapeutic_categories t on t.category_id = d.category_id
     left join reference.therapeutic_categories p on p.category_id = t.parent_category_id
     where d.source = 'egypt' order by d.name`,
  );
  return rows;
}

async function oneDrug(name: string): Promise<Record<string, unknown>> {
  const found = (await drugs()).find((drug) => String(drug.name).startsWith(name));
  if (!found) throw new Error(`no drug ${name}`);
  return found;
}

async function count(statement: string): Promise<number> {
  const { rows } = await bench.db.owner.query<{ n: number }>(statement);
  return rows[0]?.n ?? -1;
}

/** Rows of everything an import may write, and the audit rows of all but the release's own. */
async function everything(): Promise<string> {
  const { rows } = await bench.db.owner.query<{ state: string }>(
    `select md5(concat((select string_agg(d::text, '|' order by drug_id) from reference.drugs d),
       (select string_agg(l::text, '|' order by drug_ingredient_id) from reference.drug_ingredients l),
       (select string_agg(i::text, '|' order by ingredient_id) from reference.ingredients i),
       (select string_agg(c::text, '|' order by company_id) from reference.companies c),
       (select string_agg(t::text, '|' order by category_id) from reference.therapeutic_categories t),
       (select string_agg(f::text, '|' order by id) from reference.dosage_forms f),
       (select string_agg(r::text, '|' order by id) from reference.routes r),
       (select count(*) from operational.audit_logs where table_name <> 'import_releases'))) as state`,
  );
  return rows[0]?.state ?? '';
}

beforeEach(async () => {
  await bench.db.owner.query(
    `truncate reference.drug_staging, reference.import_rejects, reference.drug_ingredients, reference.drug_barcodes`,
  );
  await bench.db.owner.query(
    `alter table reference.drug_price_changes disable trigger user; truncate reference.drug_price_changes;
     alter table reference.drug_price_changes enable trigger user`,
  );
  await bench.db.owner.query(`delete from reference.drugs`);
  await bench.db.owner.query(`delete from reference.import_releases`);
  await bench.db.owner.query(`delete from reference.ingredients where not verified`);
});

describe('a first import', () => {
  it('writes products with company, marketer, category, form, route, pack and ingredients', async () => {
    const summary = await bench.load(THREE);
    expect(summary).toMatchObject({ read: 3, inserted: 3, updated: 0, unchanged: 0, rejected: 0 });
    expect(summary.composition).toEqual({ linked: 2, partial: 1, unlinked: 0, none: 0 });
    expect(await oneDrug('PANADOL')).toMatchObject({
      name_ar: 'بانادول',
      strength: '500 mg',
      dosage_form: 'film-coated tablet',
      route: 'oral',
      company: 'GSK',
      marketer: 'HALEON',
      category: 'ANALGESIC',
      price: '40.000',
      old_price: null,
      base_unit: 'tablet',
      units_per_pack: '24.000',
      rx_only: false,
      status: 'active',
      ingredient_status: 'linked',
      ingredients: [{ name: 'paracetamol', verified: true, amount: '500', unit: 'mg' }],
    });
    expect(await oneDrug('AUGMENTIN')).toMatchObject({
      category: 'PENICILLINS / WITH INHIBITOR',
      wider: 'PENICILLINS',
      rx_only: true,
      ingredients: [
        { name: 'amoxicillin', amount: null },
        { name: 'clavulanic acid', amount: null },
      ],
    });
  });

  it('adds an unknown ingredient as unverified and marks the product partly linked', async () => {
    expect((await bench.load(THREE)).newIngredients).toBe(1);
    expect(await oneDrug('STRANGO')).toMatchObject({
      ingredient_status: 'partial',
      ingredients: [{ verified: true }, { name: 'zyxoprilam', verified: false }],
    });
  });

  it('tells family and Arabic name of the forms and routes it uses', async () => {
    await bench.load(THREE);
    const { rows } = await bench.db.owner.query(
      `select form_family, name_ar from reference.dosage_forms where name = 'film-coated tablet'
       union all select null, name_ar from reference.routes where name = 'oral'`,
    );
    expect(rows).toEqual([
      { form_family: 'solid-oral', name_ar: 'أقراص مغلفة' },
      { form_family: null, name_ar: 'عن طريق الفم' },
    ]);
  });

  it('keeps the release with its counts, file hash and state, and empties the staging table', async () => {
    const { fileSha256 } = await bench.load(`${THREE}BAD,,,GSK,X,ORAL.SOLID,free\n`);
    const { rows } = await bench.db.owner.query('select * from reference.import_releases');
    expect(rows).toMatchObject([
      {
        source: 'egypt',
        status: 'applied',
        rows_read: 4,
        rows_inserted: 3,
        rows_rejected: 1,
        file_sha256: fileSha256,
      },
    ]);
    expect(await count('select count(*) as n from reference.drug_staging')).toBe(0);
  });

  it('writes one audit row for each row it writes', async () => {
    const before = await count('select count(*) as n from operational.audit_logs');
    await bench.load(`${PANADOL}40\n`);
    const { rows } = await bench.db.owner.query(
      `select table_name, count(*) as n from operational.audit_logs where table_name in ('drugs', 'drug_ingredients')
       and audit_log_id > (select max(audit_log_id) - $1 from operational.audit_logs) group by 1 order by 1`,
      [(await count('select count(*) as n from operational.audit_logs')) - before],
    );
    expect(rows).toEqual([
      { table_name: 'drug_ingredients', n: 1 },
      { table_name: 'drugs', n: 1 },
    ]);
  });
});

describe('a second import', () => {
  it('of the same file changes no row and writes no audit row', async () => {
    await bench.load(THREE);
    const before = await everything();
    expect(await bench.load(THREE)).toMatchObject({ inserted: 0, updated: 0, unchanged: 3, discontinued: 0 });
    expect(await everything()).toBe(before);
  });

  it('moves a changed price to the old price and leaves the composition rows alone', async () => {
    await bench.load(THREE);
    const lines = await count('select max(drug_ingredient_id) as n from reference.drug_ingredients');
    await bench.db.owner.query("update reference.drugs set price_effective_from = '2020-01-01'");
    expect(await bench.load(THREE.replace(',40\n', ',44.25\n'))).toMatchObject({ updated: 1, unchanged: 2 });
    const panadol = await oneDrug('PANADOL');
    expect(panadol).toMatchObject({ price: '44.250', old_price: '40.000', version: 2 });
    expect(panadol.price_effective_from).not.toBe('2020-01-01');
    expect(await count('select max(drug_ingredient_id) as n from reference.drug_ingredients')).toBe(lines);
  });

  it('replaces the composition of a product whose composition changed', async () => {
    await bench.load(THREE);
    await bench.load(THREE.replace('PARACETAMOL(ACETAMINOPHEN)', 'PARACETAMOL+CAFFEINE'));
    expect((await oneDrug('PANADOL')).ingredients).toMatchObject([
      { name: 'paracetamol' },
      { name: 'caffeine' },
    ]);
  });

  it('discontinues what left the source, and takes it back when it returns', async () => {
    await bench.load(THREE);
    expect(await bench.load(`${PANADOL}40\n`)).toMatchObject({ unchanged: 1, discontinued: 2 });
    expect(await oneDrug('AUGMENTIN')).toMatchObject({ status: 'discontinued', price: '120.500' });
    expect(await bench.load(`${PANADOL}40\n`)).toMatchObject({ discontinued: 0 });
    expect(await bench.load(THREE)).toMatchObject({ updated: 2, unchanged: 1, discontinued: 0 });
    expect(await oneDrug('AUGMENTIN')).toMatchObject({ status: 'active' });
  });

  it('refuses a file that is cut off: it would discontinue more than it lists, unless told that it is complete', async () => {
    const many = Array.from(
      { length: 60 },
      (_, n) => `CUTOFF ${n} 10 TABS,,PARACETAMOL,GSK,X,ORAL.SOLID,5`,
    ).join('\n');
    await bench.load(`${many}\n`);
    const head = `${many.split('\n').slice(0, 20).join('\n')}\n`;
    await expect(bench.load(head)).rejects.toThrow(/looks cut off/);
    const { rows } = await bench.db.owner.query(
      "select count(*) as n from reference.drugs where name like 'CUTOFF%' and status = 'active'",
    );
    expect(rows).toEqual([{ n: 60 }]);
    expect((await bench.load(head, { discontinueMany: true })).discontinued).toBeGreaterThanOrEqual(40);
  });

  it('does not discontinue a product whose row is refused', async () => {
    await bench.load(THREE);
    const summary = await bench.load(THREE.replace(',120.5\n', ',a lot\n'));
    expect(summary).toMatchObject({ rejected: 1, discontinued: 0, unchanged: 2 });
    expect(await oneDrug('AUGMENTIN')).toMatchObject({ status: 'active', price: '120.500' });
  });

  it('leaves a recall, a corrected pack and a reviewed prescription flag to people', async () => {
    await bench.load(THREE);
    await bench.db.owner.query(
      `update reference.drugs set status = 'recalled', units_per_pack = 28, rx_only = false where name like 'AUGMENTIN%'`,
    );
    await bench.load(THREE.replace(',120.5\n', ',130\n'));
    expect(await oneDrug('AUGMENTIN')).toMatchObject({
      price: '130.000',
      status: 'recalled',
      units_per_pack: '28.000',
      rx_only: false,
    });
  });

  it('links an ingredient that was verified meanwhile', async () => {
    await bench.load(THREE);
    await bench.db.owner.query("update reference.ingredients set verified = true where name = 'zyxoprilam'");
    expect(await bench.load(THREE)).toMatchObject({ updated: 1, unchanged: 2 });
    expect(await oneDrug('STRANGO')).toMatchObject({ ingredient_status: 'linked' });
  });

  it('refuses a price above the ceiling kept for the product and leaves the product as it is', async () => {
    await bench.load(THREE);
    await bench.db.owner.query("update reference.drugs set price_ceiling = 41 where name like 'PANADOL%'");
    const summary = await bench.load(THREE.replace(',40\n', ',50\n'));
    expect(summary).toMatchObject({ rejected: 1, updated: 0, unchanged: 2, discontinued: 0 });
    expect(summary.rejects).toMatchObject([
      { column: 'price_egp', count: 1, first: [{ line: 2, value: '50.000' }] },
    ]);
    expect(await oneDrug('PANADOL')).toMatchObject({ price: '40.000', status: 'active' });
  });
});

describe('refused rows', () => {
  it('are told by line, column and reason, and kept with the release', async () => {
    const rows = [
      `${PANADOL}40`,
      `${AUGMENTIN}-3`,
      'ONE 10 TABS.,,,DELTA,X,BY MAIL,5',
      '"TWO\n10 TABS.",,,DELTA,X,ORAL.SOLID,5',
      `${PANADOL}41`,
      'SHORT,ROW',
      `${TONIC}12.3456`,
      'N\0L 10 TABS.,,,DELTA,X,ORAL.SOLID,5',
    ].join('\r\n');
    const summary = await bench.load(rows);
    expect(summary).toMatchObject({ read: 8, inserted: 2, rejected: 6 });
    expect(summary.rejects.reduce((sum, group) => sum + group.count, 0)).toBe(6);
    const kept = await bench.db.owner.query(
      'select line_number as line, column_name as column, reason, raw_value as value from reference.import_rejects order by line_number',
    );
    expect(kept.rows).toEqual([
      { line: 3, column: 'price_egp', reason: 'is negative', value: '-3' },
      { line: 4, column: 'route', reason: 'is not in the route table of the mapping', value: 'BY MAIL' },
      {
        line: 7,
        column: null,
        reason: 'names the same product as line 2 with other content',
        value: 'PANADOL 500 MG 24 F.C.TABS. | GSK > HALEON',
      },
      { line: 8, column: null, reason: 'has 2 columns where the header has 7', value: 'SHORT,ROW' },
      {
        line: 9,
        column: 'price_egp',
        reason: 'is not an amount with at most three decimals',
        value: '12.3456',
      },
      {
        line: 10,
        column: 'commercial_name_en',
        reason: 'holds characters that are not text',
        value: 'N\ufffdL 10 TABS.',
      },
    ]);
  });

  it('reads a product once when two files of one release name it', async () => {
    const header =
      'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp\n';
    const files = [
      await bench.file(`${header}${PANADOL}40\n`, 'one.csv'),
      await bench.file(`${header}${TONIC}9\n${PANADOL}40\n`, 'two.csv'),
    ];
    const summary = await bench.load('', { files });
    expect(summary).toMatchObject({ read: 3, inserted: 2, rejected: 1 });
    expect(summary.rejects[0]?.first[0]).toMatchObject({ file: 'two.csv', line: 3 });
  });
});

describe('a preview', () => {
  it('counts what would happen, leaves the catalogue as it is, and waits as a staged release', async () => {
    await bench.load(THREE);
    const before = await everything();
    const summary = await bench.load(`${PANADOL}41\n${TONIC}9\n${STRANGE}x\n`, { apply: false });
    expect(summary).toMatchObject({
      applied: false,
      inserted: 1,
      updated: 1,
      rejected: 1,
      discontinued: 1,
      kinds: { price_up: 1, discontinued: 1 },
    });
    expect(await everything()).toBe(before);
    expect(await bench.releases.report(systemContext(), summary.releaseId)).toMatchObject({
      status: 'staged',
    });
    expect(await count('select count(*) as n from reference.drug_staging')).toBe(2);
  });

  it('foretells exactly what applying does', async () => {
    await bench.load(THREE);
    const next = `${PANADOL}41\n${TONIC}9\n`;
    const foretold = await bench.load(next, { apply: false });
    const done = await bench.load(next);
    for (const key of [
      'inserted',
      'updated',
      'unchanged',
      'rejected',
      'discontinued',
      'newIngredients',
    ] as const)
      expect(done[key]).toBe(foretold[key]);
  });
});

describe('other sources', () => {
  it('are read by their own mapping: another delimiter, Latin-1, an id, barcodes, stated prescription flags', async () => {
    const mapping = await anEgyptMapping({
      source: 'shop',
      format: { kind: 'csv', encoding: 'latin1', delimiter: ';', quote: "'" },
      columns: { name: 'name', price: 'price', sourceId: 'id', barcode: 'ean', rxOnly: 'rx' },
      idFields: ['sourceId'],
      rxOnlyValues: ['yes'],
      prescriptionOnlyRoutes: [],
    });
    const text =
      "id;name;ean;price;rx\n1;'Cr\xe8me; 30 GM CREAM';4006381333931;7.5;yes\n2;B 10 TABS;4006381333932;1;\n";
    const file = await bench.file(Buffer.from(text, 'latin1'));
    const request = { source: csvSource(mapping), files: [file], apply: true };
    const summary = await bench.service.importFiles(systemContext(), request);
    expect(summary).toMatchObject({ inserted: 1, rejected: 1 });
    expect(summary.rejects).toMatchObject([{ column: 'ean', reason: 'has a wrong check digit' }]);
    const { rows } = await bench.db.owner.query(
      "select d.name, d.rx_only, b.gtin, b.kind from reference.drugs d join reference.drug_barcodes b using (drug_id) where source = 'shop'",
    );
    expect(rows).toEqual([
      { name: 'Crème; 30 GM CREAM', rx_only: true, gtin: '04006381333931', kind: 'ean13' },
    ]);
    expect(await bench.service.importFiles(systemContext(), request)).toMatchObject({
      unchanged: 1,
      updated: 0,
    });
  });
});
