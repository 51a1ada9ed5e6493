import type pg from 'pg';

/** A product of an older catalogue; every value as text, as such databases hold it. */
export interface LegacyProduct {
  readonly name: string | null;
  readonly price?: string | null;
  readonly oldprice?: string | null;
  readonly active_raw?: string | null;
  readonly company?: string | null;
  readonly dosage_form?: string | null;
  readonly route?: string | null;
  readonly units?: string | null;
  readonly barcode?: string | null;
  readonly pharmacology?: string | null;
  readonly description?: string | null;
  readonly date_updated?: string | null;
}

const COLUMNS = [
  ...['name', 'oldprice', 'price', 'active_raw', 'company', 'dosage_form', 'route', 'units', 'barcode'],
  ...['pharmacology', 'description', 'date_updated'],
] as const;

/** A table of a list with ids from 1, some of them left out as deletions do. */
async function aList(client: pg.Pool, table: string, names: readonly string[]): Promise<void> {
  await client.query(`create table public.${table} (id serial primary key, name varchar(300) not null)`);
  await client.query(
    `insert into public.${table} (id, name) select n * 3, name from unnest($1::text[]) with ordinality as t (name, n)`,
    [names],
  );
  await client.query(`select setval('public.${table}_id_seq', (select max(id) from public.${table}))`);
}

export interface LegacyLists {
  readonly companies?: readonly string[];
  readonly dosage_forms?: readonly string[];
  readonly routes?: readonly string[];
  readonly therapeutic_categories?: readonly string[];
}

/**
 * The catalogue of the specification's "current state": every table in public, ids with gaps, serial columns, a foreign
 * key, an index, a view and a column of its own.
 */
export async function aLegacyCatalogue(
  client: pg.Pool,
  products: readonly LegacyProduct[],
  lists: LegacyLists = {},
): Promise<void> {
  for (const [table, names] of Object.entries(lists)) await aList(client, table, names as readonly string[]);
  await client.query(`
    create table public.drugs (drug_id serial primary key, name text, oldprice numeric(10,2), price numeric(10,2), active_raw text, company text,
      dosage_form text, route text, units text, barcode text, pharmacology text, description text, date_updated timestamp, shelf_note text)`);
  await client.query("create index drugs_name_idx on public.drugs using gin (to_tsvector('english', name))");
  const values = COLUMNS.map((column) => products.map((product) => product[column] ?? null));
  await client.query(
    `insert into public.drugs (drug_id, ${COLUMNS.join(', ')}, shelf_note)
     select n * 2 + 100, t.name, t.oldprice::numeric, t.price::numeric, t.active_raw, t.company, t.dosage_form, t.route, t.units, t.barcode,
       t.pharmacology, t.description, t.date_updated::timestamp, 'shelf ' || n
     from unnest(${COLUMNS.map((_, index) => `$${index + 1}::text[]`).join(', ')}) with ordinality as t (${COLUMNS.join(', ')}, n)`,
    values,
  );
  await client.query("select setval('public.drugs_drug_id_seq', (select max(drug_id) from public.drugs))");
  await client.query(
    'create view public.priced_drugs as select drug_id, name, price from public.drugs where price > 0',
  );
  await client.query(
    'create table public.favourites (id serial primary key, drug_id integer references public.drugs (drug_id))',
  );
  await client.query(
    'insert into public.favourites (drug_id) select drug_id from public.drugs order by drug_id limit 3',
  );
}

/** Standards, groups and synonyms of ingredients. */
export async function aLegacyIngredientList(
  client: pg.Pool,
  groups: readonly string[],
  standards: readonly (readonly [name: string, group: string | null])[],
  synonyms: readonly (readonly [synonym: string, standard: string])[],
): Promise<void> {
  await aList(client, 'ingredient_groups', groups);
  await client.query(
    'create table public.ingredient_standards (id serial primary key, name text not null, group_id integer references public.ingredient_groups (id))',
  );
  await client.query(
    `insert into public.ingredient_standards (name, group_id) select t.name, g.id from unnest($1::text[], $2::text[]) with ordinality as t (name, grp, n)
     left join public.ingredient_groups g on g.name = t.grp order by n`,
    [standards.map(([name]) => name), standards.map(([, group]) => group)],
  );
  await client.query(
    'create table public.ingredient_synonyms (id serial primary key, standard_id integer references public.ingredient_standards (id), synonym text)',
  );
  await client.query(
    `insert into public.ingredient_synonyms (standard_id, synonym) select s.id, t.synonym from unnest($1::text[], $2::text[]) with ordinality as t (synonym, standard, n)
     left join public.ingredient_standards s on s.name = t.standard order by n`,
    [synonyms.map(([synonym]) => synonym), synonyms.map(([, standard]) => standard)],
  );
}

const SHAPE = `
select c.relname as name, c.relkind as kind, pg_get_userbyid(c.relowner) as owner, c.relacl::text as rights,
  (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ', ' order by a.attnum)
   from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0) as columns,
  (select string_agg(pg_get_constraintdef(k.oid), '; ' order by k.conname) from pg_constraint k where k.conrelid = c.oid) as constraints,
  case c.relkind when 'S' then (select s.last_value::text from pg_sequences s where s.schemaname = 'public' and s.sequencename = c.relname) end as place,
  pg_get_viewdef(c.oid) as view
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'S', 'v', 'i') and c.relname not like 'meditory%'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by 1`;

/** All that can be told of the schema public: shape, rights, sequences, and every row of every table. */
export async function publicSchema(
  client: pg.Pool,
): Promise<{ shape: unknown[]; rows: Record<string, unknown> }> {
  const { rows: shape } = await client.query<{ name: string; kind: string }>(SHAPE);
  const rows: Record<string, unknown> = {};
  for (const { name, kind } of shape)
    if (kind === 'r') {
      const found = await client.query<{ print: string }>(
        `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from public."${name}" t`,
      );
      rows[name] = found.rows[0]?.print;
    }
  return { shape, rows };
}
