import { commentedSql } from '../support/commented-sql.js';

export const TABLES = commentedSql(`
create table reference.hub_links ( -- What this database is among several: the hub of their master data, or a branch that takes it from one. No row: it stands alone.
  link_id integer primary key default 1 check (link_id = 1), -- One row.
  role text not null check (role in ('hub', 'branch')), -- hub: publishes its master data; branch: takes it from a hub and changes none itself.
  hub_id uuid not null, -- The hub, as it named itself.
  address text, -- Where the branch finds the hub: host:port/database.
  slot_name text, -- Replication slot of the branch at the hub.
  linked_at timestamptz not null default clock_timestamp(), -- Since when; with it the feeds of changes are counted anew.
  tidied_until timestamptz, -- When the last release was applied or taken back for which statistics and text indexes were brought up to date here.
  constraint hub_links_branch_check check ((role = 'branch') = (address is not null) and (address is null) = (slot_name is null))
);
create table reference.hub_beats ( -- Signs of life of the hub. They reach branches as the catalogue does, after all that was committed before.
  hub_id uuid primary key, -- The hub.
  beat_at timestamptz not null, -- When the hub last wrote this, by its clock.
  schema_level text not null -- Its last migration.
);
`);

export const RIGHTS = `
grant update (tidied_until) on reference.hub_links to pharmacy_admin;
grant update (beat_at, schema_level) on reference.hub_beats to pharmacy_admin;
call operational.attach_statement_audit('hub_links', 'link_id');
`;

/**
 * Master data, parents first. Not among it: staging, files, refused rows and before-images of releases, which are of the import at the hub; legacy_moves,
 * legacy_rows and drug_edits likewise. The feeds are among it: they carry the order of the hub's commits to whoever keeps an index or a rulebook.
 */
export const PUBLISHED = `
create function reference.published_tables() returns setof regclass language sql stable set search_path = pg_catalog, pg_temp as $$
  select unnest(array['reference.import_releases', 'reference.companies', 'reference.dosage_forms', 'reference.routes', 'reference.handling_flags',
    'reference.therapeutic_categories', 'reference.ingredient_groups', 'reference.ingredients', 'reference.ingredient_synonyms',
    'reference.ingredient_group_members', 'reference.ingredient_codes', 'reference.ingredient_links', 'reference.drugs', 'reference.drug_ingredients',
    'reference.drug_packs', 'reference.drug_barcodes', 'reference.drug_texts', 'reference.drug_price_changes', 'reference.scheduled_prices',
    'reference.drug_interactions', 'reference.allergy_rules', 'reference.contraindications', 'reference.dosage_guidelines',
    'reference.catalogue_changes', 'reference.rule_changes', 'reference.hub_beats']::regclass[])
$$;
comment on function reference.published_tables() is 'Tables a hub publishes and a branch takes from it.';

create function reference.published_columns(p_table regclass) returns text[] language sql stable set search_path = pg_catalog, pg_temp as $$
  -- Who decided is a number of a user of the hub, and another person at a branch. What is generated is generated there.
  select array_agg(a.attname::text order by a.attnum) from pg_attribute a
  where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and a.attname <> all (array['applied_by', 'created_by', 'reverted_by', 'made_by', 'undone_by', 'set_by'])
$$;

create function reference.key_columns(p_table regclass) returns text[] language sql stable set search_path = pg_catalog, pg_temp as $$
  select array_agg(a.attname::text order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
  where i.indrelid = p_table and i.indisprimary
$$;
`;
