// Moves an older catalogue of the owner's size, 24,515 products made of the Egyptian file that lies beside the
// repository; where it is absent, of made-up names. Slow: it writes the catalogue twice.
import { existsSync, readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  aLegacyCatalogue,
  publicSchema,
  type LegacyProduct,
} from '../../../test/builders/legacy-catalogue.js';
import { cloneDatabase, dropDatabase } from '../../../test/support/db.js';
import { withOwnerConnection } from '../../platform/database/owner-connection.js';
import { StarterRulesService } from '../clinical/starter-rules.service.js';
import { CatalogueText } from '../imports/catalogue-text.service.js';
import { LegacyMoveService } from './legacy-move.service.js';
import type { LegacyReport } from './legacy.types.js';

const SIZE = 24_515;
const ROOT = new URL('../../../', import.meta.url);
const FILE = new URL('../shared/data/egypt/egyptian-drugs.csv', ROOT);
const isMissing = !existsSync(FILE);
if (isMissing)
  console.warn(
    'SKIPPED: no ../shared/data/egypt/egyptian-drugs.csv; the move is measured on made-up products',
  );

/** Ways the same route is written in such databases. */
const WRITTEN = [
  (text: string) => text.toLowerCase(),
  (text: string) => text,
  (text: string) => `${text.slice(0, 1)}${text.slice(1).toLowerCase()}s`,
];
const FORMS = [
  [/ TAB/, ['Tablet', 'TABS', 'tablets']],
  [/ CAP/, ['Capsule', 'caps', 'Capsules']],
  [/SYRUP/, ['Syrup', 'SYP']],
  [/CREAM/, ['Cream', 'creams']],
  [/ AMP| VIAL/, ['Ampoules', 'Vial', 'INJ']],
] as const;

function fromFile(): LegacyProduct[] {
  const rows = parse<Record<string, string>>(readFileSync(FILE), { columns: true, bom: true });
  return rows.slice(0, SIZE).map((row, index) => {
    const name = row.commercial_name_en ?? '';
    const route = row.route ?? '';
    const write = WRITTEN[index % WRITTEN.length] ?? String;
    const forms = FORMS.find(([words]) => words.test(name))?.[1];
    return {
      name: name === '' ? null : name,
      price: /^\d{1,8}(\.\d+)?$/.test(row.price_egp ?? '') ? row.price_egp : null,
      oldprice: index % 3 === 0 ? '1.50' : null,
      active_raw: row.scientific_name ?? null,
      company: row.manufacturer ?? null,
      dosage_form: forms?.[index % forms.length] ?? null,
      route: route === '' ? null : write(route),
      units: index % 5 === 0 ? '1' : null,
      barcode: index % 2 === 0 ? `622${String(index).padStart(9, '0')}0` : null,
      description: row.drug_class ?? null,
      date_updated: '2026-05-01 08:30:00',
    };
  });
}

const madeUp = (): LegacyProduct[] =>
  Array.from({ length: SIZE }, (_, index) => ({
    name: `BRAND ${index} 500 MG 20 TABS`,
    price: `${index % 900}.25`,
    active_raw: 'PARACETAMOL',
    company: `COMPANY ${index % 300}`,
    dosage_form: 'Tablets',
    route: ['oral.solid', 'ORAL.LIQUID', 'injection.iv', 'Topical'][index % 4],
    date_updated: '2026-05-01',
  }));

describe('an older catalogue of 24,515 products', () => {
  const products = isMissing ? madeUp() : fromFile();
  const routes = [...new Set(products.flatMap(({ route }) => route ?? []))].sort();
  const companies = [...new Set(products.flatMap(({ company }) => company?.trim() || []))].sort();
  let pool: pg.Pool;
  let database: string;
  let report: LegacyReport;
  const move = <T>(run: (service: LegacyMoveService) => Promise<T>): Promise<T> =>
    withOwnerConnection({ ...inject('superuser'), database }, (uow) =>
      run(new LegacyMoveService(uow, new StarterRulesService(uow))),
    );
  const rules = () =>
    CatalogueText.prescriptionRules(
      JSON.parse(readFileSync(new URL('db/mappings/egypt.json', ROOT), 'utf8')),
    );

  beforeAll(async () => {
    database = await cloneDatabase();
    const { host, port, username, password } = inject('superuser');
    pool = new pg.Pool({ host, port, user: username, password, database, max: 2 });
    await aLegacyCatalogue(pool, products, {
      routes,
      companies,
      dosage_forms: FORMS.flatMap(([, names]) => [...names]),
    });
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await dropDatabase(database);
  });

  const IDS = `
select (select count(*)::int from reference.drugs) as products, (select sum(drug_id)::text from reference.drugs) as ids,
  (select count(*)::int from legacy.drugs l join reference.drugs d using (drug_id) where coalesce(l.name, '') ~ '[^[:space:]]' and left(regexp_replace(btrim(l.name), '\\s+', ' ', 'g'), 500) = d.name) as same,
  (select count(*)::int from legacy.routes l join reference.routes r using (id)) as routes,
  (select count(*)::int from legacy.routes) as old_routes, (select count(*)::int from legacy.drugs) as old_products`;

  it('goes up, down and up with equal ids and counts, and its routes linked', async () => {
    const before = await publicSchema(pool);
    const started = performance.now();
    report = await move((service) => service.up({ prescriptionRules: rules() }));
    const seconds = (performance.now() - started) / 1000;
    const drugs = report.tables.find(({ kind }) => kind === 'drugs');
    const named = products.filter(({ name }) => name?.trim()).length;
    expect(drugs).toMatchObject({ found: SIZE, kept: named, refused: SIZE - named });
    const { rows: first } = await pool.query<Record<string, number>>(IDS);
    expect(first[0]).toMatchObject({
      products: named,
      same: named,
      old_products: SIZE,
      routes: routes.length,
      old_routes: routes.length,
    });
    const share = report.routes.linked / report.routes.stated;
    console.log(
      `legacy move: ${named} products in ${seconds.toFixed(1)} s; routes linked ${(100 * share).toFixed(2)} % of ${report.routes.stated} stated, ${report.routes.byName} more by name; ` +
        `forms ${report.dosageForms.linked} of ${report.dosageForms.stated}, ${report.dosageForms.byName} by name; ingredients ${JSON.stringify(report.ingredients)}; rx ${report.prescriptionOnly}`,
    );
    expect(share).toBeGreaterThanOrEqual(0.97);

    await move((service) => service.down());
    expect(await publicSchema(pool)).toEqual(before);
    const again = await move((service) => service.up({ prescriptionRules: rules() }));
    const { rows: second } = await pool.query(IDS);
    expect(second).toEqual(first);
    expect({ ...again, seconds: 0 }).toEqual({ ...report, seconds: 0 });
  }, 600_000);

  it('is in the catalogue as any other: searched by folded name, with the feed told and ids going on', async () => {
    const { rows: found } = await pool.query(
      "select count(*)::int as n from reference.drugs where name_folded <> '' and name_folded = lower(name_folded)",
    );
    expect(found[0]).toEqual({ n: report.productsAfter });
    const { rows: feed } = await pool.query(
      "select count(*)::int > 0 as told from reference.catalogue_changes where kind = 'rebuild' and place is not null",
    );
    expect(feed[0]).toEqual({ told: true });
    const { rows: made } = await pool.query(
      "insert into reference.drugs (name, name_folded, price) values ('New', 'new', 1) returning drug_id > (select max(drug_id) from legacy.drugs) as beyond",
    );
    expect(made[0]).toEqual({ beyond: true });
    const { rows: discrepancy } = await pool.query(
      'select count(*)::int as n from reference.drugs d where d.company_id is null and exists (select from legacy.drugs l where l.drug_id = d.drug_id and l.company ~ $1)',
      ['[A-Za-z]'],
    );
    expect(discrepancy[0]).toEqual({ n: 0 });
  });
});
