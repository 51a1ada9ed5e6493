/**
 * What a comparison finds out is kept for the apply, so that half a million products are matched once and not nine times.
 * The tables of staging know their size: the planner else takes them for empty, and hashes the wider side of each join.
 */
export const STAGING = `
drop table reference.staged_targets;
create unlogged table reference.staged_targets ( -- What a release does to which product, as the comparison found; what it leaves alone has no row.
  release_id integer not null, -- Release.
  row_no integer, -- Staged row; null: the source lists the product no more.
  drug_id integer not null, -- The product; of a new one its number among the new ones, from 1, until the apply gives it an identity.
  kind text not null -- new, changed or missing.
);
grant select on reference.staged_targets to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update, delete on reference.staged_targets to pharmacy_admin;
-- Releases that wait were compared without it: the apply compares them again.
update reference.import_releases set compared_with = null where status = 'staged';

-- The number of rows is all the planner needs to know; a few hundred rows tell it.
do $$
declare
  c record;
begin
  for c in
    select a.attrelid::regclass as tab, a.attname from pg_attribute a
    where a.attrelid in ('reference.drug_staging'::regclass, 'reference.staged_ingredients'::regclass, 'reference.staged_barcodes'::regclass,
      'reference.staged_packs'::regclass, 'reference.staged_names'::regclass, 'reference.staged_targets'::regclass) and a.attnum > 0 and not a.attisdropped
  loop
    execute format('alter table %s alter column %I set statistics 1', c.tab, c.attname);
  end loop;
end $$;

create function reference.count_staging() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  analyze reference.drug_staging, reference.staged_ingredients, reference.staged_barcodes, reference.staged_packs, reference.staged_names, reference.staged_targets;
end $$;
comment on function reference.count_staging() is 'Tells the planner how many rows are staged.';

create function reference.clear_staging() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  -- Below it deleting is quicker than new files, and a truncate is not worth its lock.
  few_bytes constant bigint := 8 * 1024 * 1024;
  v_waits boolean := exists (select from reference.import_releases where status in ('reading', 'staged', 'applying'));
  v_table regclass;
begin
  foreach v_table in array array['reference.drug_staging', 'reference.staged_ingredients', 'reference.staged_barcodes', 'reference.staged_packs',
    'reference.staged_names', 'reference.staged_targets', 'reference.import_progress']::regclass[]
  loop
    if not v_waits and pg_relation_size(v_table) > few_bytes then
      execute format('truncate %s', v_table);
    else
      execute format('delete from %s s where not exists (select from reference.import_releases r where r.release_id = s.release_id and r.status in (''reading'', ''staged'', ''applying''))', v_table);
    end if;
  end loop;
end $$;
comment on function reference.clear_staging() is 'Empties staging of releases that wait no more.';
revoke execute on function reference.count_staging(), reference.clear_staging() from public;
grant execute on function reference.count_staging(), reference.clear_staging() to pharmacy_admin;
`;
