import type { DrugFilters, DrugListQuery } from './drug-list.schemas.js';

const COLUMNS = `
  d.drug_id as "drugId", d.name, d.name_ar as "nameAr", d.strength, d.dosage_form as "dosageForm", d.route, c.name as company,
  d.price, d.base_unit as "baseUnit", d.units_per_pack as "unitsPerPack", d.rx_only as "rxOnly", d.status,
  d.ingredient_status as "ingredientStatus", d.version`;

const CSV_COLUMNS = `${COLUMNS}, m.name as marketer, t.name as category, d.atc_code as "atcCode", d.active_raw as "activeRaw",
  d.old_price as "oldPrice", d.price_effective_from as "priceEffectiveFrom", d.price_ceiling as "priceCeiling",
  d.units_per_strip as "unitsPerStrip", d.controlled_schedule as "controlledSchedule", d.storage, d.handling_flags as "handlingFlags",
  d.source, d.source_id as "sourceId", d.release_id as "releaseId", d.updated_at as "updatedAt",
  (select string_agg(b.code, ' ' order by b.barcode_id) from reference.drug_barcodes b where b.drug_id = d.drug_id) as barcodes`;

/** Orders by index: idx_drugs_name via its operator class, drugs_pkey; price and time sort the matches. */
const ORDERS: Readonly<Record<DrugListQuery['sort'], string>> = {
  name: 'd.name_folded using ~<~, d.drug_id',
  '-name': 'd.name_folded using ~>~, d.drug_id desc',
  price: 'd.price, d.drug_id',
  '-price': 'd.price desc, d.drug_id',
  updatedAt: 'd.updated_at, d.drug_id',
  '-updatedAt': 'd.updated_at desc, d.drug_id',
  drugId: 'd.drug_id',
  '-drugId': 'd.drug_id desc',
};

type Condition = (parameter: string) => string;

/** One constant condition for each filter; what is not asked for is not in the statement, so that its plan fits the rest. */
const CONDITIONS: { readonly [Name in Exclude<keyof DrugFilters, 'q'>]-?: Condition } = {
  status: (p) => `d.status = ${p}`,
  dosageForm: (p) => `d.dosage_form = ${p}`,
  route: (p) => `d.route = ${p}`,
  companyId: (p) => `(d.company_id = ${p} or d.marketer_company_id = ${p})`,
  categoryId: (p) =>
    `d.category_id in (with recursive under as (select ${p}::integer as id union select t.category_id from reference.therapeutic_categories t join under u on t.parent_category_id = u.id) select id from under)`,
  ingredientId: (p) =>
    `d.drug_id in (select l.drug_id from reference.drug_ingredients l join reference.ingredients i using (ingredient_id) where ${p} in (i.ingredient_id, i.base_ingredient_id))`,
  atc: (p) => `(d.atc_code ~>=~ ${p} and d.atc_code ~<~ (${p} || '~'))`,
  ingredientStatus: (p) => `d.ingredient_status = ${p}`,
  source: (p) => `d.source = ${p}`,
  releaseId: (p) => `d.release_id = ${p}`,
  rxOnly: (p) => `d.rx_only = ${p}`,
  controlledSchedule: (p) => `d.controlled_schedule = ${p}`,
  storage: (p) => `d.storage = ${p}`,
  handlingFlag: (p) => `d.handling_flags @> array[${p}]::text[]`,
  hasPrice: (p) => `(d.price > 0) = ${p}`,
};

/** The statements of a list and their parameters. */
export interface ListStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What to look for: the folded beginning of a name, and the text as given (an identity at the source, a barcode). */
export interface Sought {
  readonly prefix: string;
  readonly exact: string;
  readonly gtin: string | null;
}

/** A page of the list. */
export function pageStatement(
  filters: DrugFilters,
  sought: Sought | undefined,
  sort: DrugListQuery['sort'],
  offset: number,
  limit: number,
): ListStatement {
  const { where, values } = whereOf(filters, sought);
  const from = `from reference.drugs d left join reference.companies c on c.company_id = d.company_id`;
  const [o, l] = [`$${values.length + 1}`, `$${values.length + 2}`];
  return {
    text: `select /* drugs.findPage */ ${COLUMNS} ${from} where ${where} order by ${ORDERS[sort]} offset ${o} limit ${l}`,
    values: [...values, offset, limit],
  };
}

/** How many products the list has. */
export function countStatement(filters: DrugFilters, sought: Sought | undefined): ListStatement {
  const { where, values } = whereOf(filters, sought);
  return {
    text: `select /* drugs.count */ count(*)::integer as total from reference.drugs d where ${where}`,
    values,
  };
}

/** The next products of the list after an identity, in order of identity, with what a file shows. */
export function exportStatement(
  filters: DrugFilters,
  sought: Sought | undefined,
  afterId: number,
  limit: number,
): ListStatement {
  const { where, values } = whereOf(filters, sought);
  const [a, l] = [`$${values.length + 1}`, `$${values.length + 2}`];
  return {
    text: `select /* drugs.export */ ${CSV_COLUMNS} from reference.drugs d
left join reference.companies c on c.company_id = d.company_id
left join reference.companies m on m.company_id = d.marketer_company_id
left join reference.therapeutic_categories t on t.category_id = d.category_id
where ${where} and d.drug_id > ${a} order by d.drug_id limit ${l}`,
    values: [...values, afterId, limit],
  };
}

function whereOf(
  { q: _, ...filters }: DrugFilters,
  sought: Sought | undefined,
): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = (Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[]).flatMap((name) =>
    filters[name] === undefined ? [] : [CONDITIONS[name](parameter(filters[name]))],
  );
  if (sought) {
    const { prefix, exact, gtin } = sought;
    const ways = [`d.source_id = ${parameter(exact)}`];
    if (prefix !== '')
      ways.push(
        `(d.name_folded ~>=~ ${parameter(prefix)} and d.name_folded ~<~ ${parameter(`${prefix}\u{10FFFF}`)})`,
      );
    if (gtin !== null)
      ways.push(
        `d.drug_id in (select b.drug_id from reference.drug_barcodes b where b.gtin = ${parameter(gtin)})`,
      );
    conditions.push(`(${ways.join(' or ')})`);
  }
  return { where: conditions.join(' and ') || 'true', values };
}
