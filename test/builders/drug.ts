import { randomBytes } from 'node:crypto';

import { foldText } from '../../src/platform/text/fold.js';
import type { TestDatabase } from '../support/db.js';

/** What is in a product of a test: an ingredient by name (made when new) and how much of it. */
export interface IngredientLine {
  readonly name: string;
  readonly amount?: string;
  readonly unit?: string;
  readonly perAmount?: string;
  readonly perUnit?: string;
}

/** What a test may say of its product; everything has a valid default. Amounts are decimal strings. */
export interface DrugValues {
  readonly name?: string;
  readonly nameAr?: string;
  /** Ingredients by name, or with amounts; none: the product is unlinked. */
  readonly ingredients?: readonly (string | IngredientLine)[];
  readonly activeRaw?: string | null;
  readonly strength?: string;
  /** Made when new, with `formFamily`. */
  readonly dosageForm?: string;
  readonly formFamily?: string;
  readonly route?: string;
  readonly company?: string;
  readonly category?: string;
  readonly atcCode?: string;
  readonly price?: string;
  readonly priceCeiling?: string;
  readonly baseUnit?: string;
  readonly unitsPerStrip?: string;
  readonly unitsPerPack?: string;
  readonly rxOnly?: boolean;
  readonly controlledSchedule?: 'II' | 'III' | 'IV' | 'V';
  readonly status?: 'active' | 'discontinued' | 'recalled';
  /** Barcode digits as printed; padded to 14 for the gtin. */
  readonly barcode?: string;
}

/** A product in the database, as the builder made it. */
export interface BuiltDrug {
  readonly drugId: number;
  readonly name: string;
  /** Identity of each ingredient, in order. */
  readonly ingredientIds: readonly number[];
  readonly price: string;
  readonly unitsPerPack: string;
}

/** Identity of an ingredient of this name, made when new, in the groups named (kind allergy, made when new), with synonyms. */
export async function anIngredient(
  db: TestDatabase,
  name: string,
  options: { groups?: readonly string[]; synonyms?: readonly string[]; atcCode?: string } = {},
): Promise<number> {
  const ingredientId = await idOf(
    db,
    `insert into reference.ingredients (name, name_folded, atc_code, source) values ($1, $2, $3, 'test')
     on conflict (name_folded) do update set atc_code = coalesce(excluded.atc_code, ingredients.atc_code)
     returning ingredient_id as id`,
    [name, foldText(name), options.atcCode ?? null],
  );
  for (const code of options.groups ?? [])
    await db.owner.query(
      'insert into reference.ingredient_group_members (ingredient_id, group_id) values ($1, $2) on conflict do nothing',
      [ingredientId, await anIngredientGroup(db, code)],
    );
  for (const synonym of options.synonyms ?? [])
    await db.owner.query(
      `insert into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, source)
       values ($1, $2, $3, 'synonym', 'test') on conflict (synonym_folded) do nothing`,
      [ingredientId, synonym, foldText(synonym)],
    );
  return ingredientId;
}

/** Identity of the ingredient group of this code, made when new. */
export async function anIngredientGroup(
  db: TestDatabase,
  code: string,
  options: { kind?: string; parentGroupId?: number } = {},
): Promise<number> {
  return idOf(
    db,
    `insert into reference.ingredient_groups (code, name, kind, parent_group_id) values ($1, $1, $2, $3)
     on conflict (code) do update set name = excluded.name returning group_id as id`,
    [code, options.kind ?? 'allergy', options.parentGroupId ?? null],
  );
}

/** Puts a product into the catalogue, with its ingredients, form, route, company and category. */
export async function aDrug(db: TestDatabase, values: DrugValues = {}): Promise<BuiltDrug> {
  const name = values.name ?? `Testadol ${randomBytes(4).toString('hex')} 500 mg`;
  const lines = (values.ingredients ?? []).map((line) => (typeof line === 'string' ? { name: line } : line));
  const price = values.price ?? '20.00';
  const unitsPerPack = values.unitsPerPack ?? '20';
  const form = values.dosageForm ?? 'tablet';
  const route = values.route ?? 'oral';
  await db.owner.query(
    'insert into reference.dosage_forms (name, form_family) values ($1, $2) on conflict (name) do nothing',
    [form, values.formFamily ?? 'solid-oral'],
  );
  await db.owner.query('insert into reference.routes (name) values ($1) on conflict (name) do nothing', [
    route,
  ]);
  const drugId = await idOf(
    db,
    `insert into reference.drugs (name, name_folded, name_ar, active_raw, strength, dosage_form, route, company_id, category_id,
       atc_code, price, price_ceiling, base_unit, units_per_strip, units_per_pack, rx_only, controlled_schedule, status, ingredient_status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) returning drug_id as id`,
    [
      name,
      foldText(name),
      values.nameAr ?? null,
      values.activeRaw === undefined ? lines.map((line) => line.name).join('+') || null : values.activeRaw,
      values.strength ?? null,
      form,
      route,
      values.company ? await namedRow(db, 'company', values.company) : null,
      values.category ? await namedRow(db, 'category', values.category) : null,
      values.atcCode ?? null,
      price,
      values.priceCeiling ?? null,
      values.baseUnit ?? 'tablet',
      values.unitsPerStrip ?? null,
      unitsPerPack,
      values.rxOnly ?? false,
      values.controlledSchedule ?? null,
      values.status ?? 'active',
      lines.length > 0 ? 'linked' : 'unlinked',
    ],
  );
  const ingredientIds: number[] = [];
  for (const [index, line] of lines.entries()) {
    const ingredientId = await anIngredient(db, line.name);
    ingredientIds.push(ingredientId);
    await db.owner.query(
      `insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        drugId,
        index + 1,
        ingredientId,
        line.name,
        line.amount ?? null,
        line.unit ?? (line.amount ? 'mg' : null),
        line.perAmount ?? null,
        line.perUnit ?? null,
      ],
    );
  }
  if (values.barcode)
    await db.owner.query(
      `insert into reference.drug_barcodes (drug_id, code, gtin, kind) values ($1, $2, lpad($2, 14, '0'), 'ean13')`,
      [drugId, values.barcode],
    );
  return { drugId, name, ingredientIds, price, unitsPerPack };
}

async function namedRow(db: TestDatabase, list: 'company' | 'category', name: string): Promise<number> {
  const statement =
    list === 'company'
      ? `insert into reference.companies (name, name_folded) values ($1, $2)
         on conflict (name_folded) do update set name = excluded.name returning company_id as id`
      : `insert into reference.therapeutic_categories (name, name_folded) values ($1, $2)
         on conflict (name_folded) do update set name = excluded.name returning category_id as id`;
  return idOf(db, statement, [name, foldText(name)]);
}

async function idOf(db: TestDatabase, statement: string, values: unknown[]): Promise<number> {
  const { rows } = await db.owner.query<{ id: number }>(statement, values);
  if (!rows[0]) throw new Error('an insert that answers its row answered none');
  return rows[0].id;
}
