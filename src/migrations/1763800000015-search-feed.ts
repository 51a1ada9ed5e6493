import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';

/**
 * The change feed of the catalogue: what search indexes held by server processes follow. A statement that changes the
 * catalogue adds one row with the identities it touched; the transaction's rows get their place in the order of commits
 * when it commits, so a reader that has seen place n will never meet a smaller one later.
 */
export class SearchFeed1763800000015 implements MigrationInterface {
  name = 'SearchFeed1763800000015';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table reference.catalogue_changes ( -- What changed in the catalogue, in the order of commits; every search index follows it. Derived, so not audited.
  change_id bigint generated always as identity primary key, -- Identity; given before the commit, so it says nothing about the order.
  place bigint, -- Place in the order of commits, one for a transaction; null only inside the transaction that made the row.
  kind text not null check (kind in ('drug', 'ingredient', 'group', 'company', 'category', 'form', 'route', 'rebuild')), -- What sort of row changed; rebuild: more than is worth listing, read everything anew.
  keys integer[] not null, -- Identities of the rows; empty for rebuild.
  changed_at timestamptz not null default now() -- When it happened; old rows are folded into one rebuild mark.
);
create index catalogue_changes_place_idx on reference.catalogue_changes (place);
create sequence reference.catalogue_place_seq;

create function reference.record_catalogue_change() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  most_keys constant integer := 1000;
  v_kind text := tg_argv[0];
  v_tables text[] := case tg_op when 'INSERT' then array['new_rows'] when 'DELETE' then array['old_rows'] when 'UPDATE' then array['old_rows', 'new_rows'] end;
  v_keys integer[] := '{}';
  v_more integer[];
  v_table text;
begin
  foreach v_table in array coalesce(v_tables, '{}') loop
    execute format('select array_agg(k) from (select %I as k from %I limit %s) t', tg_argv[1], v_table, most_keys + 1) into v_more;
    v_keys := v_keys || coalesce(v_more, '{}');
  end loop;
  select coalesce(array_agg(distinct k order by k), '{}') into v_keys from unnest(v_keys) k where k is not null;
  if tg_op = 'TRUNCATE' or cardinality(v_keys) > most_keys then
    v_kind := 'rebuild';
    v_keys := '{}';
  elsif v_keys = '{}' then
    return null;
  end if;
  insert into reference.catalogue_changes (kind, keys) values (v_kind, v_keys);
  return null;
end $$;
comment on function reference.record_catalogue_change() is 'Statement trigger: notes which rows a statement changed, or that it changed too many to list. Arguments: kind, key column.';

create function reference.place_catalogue_changes() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_place bigint;
begin
  if new.place is not null or not exists (select from reference.catalogue_changes where change_id = new.change_id and place is null) then
    return null; -- placed with the first row of its transaction
  end if;
  perform pg_advisory_xact_lock(1178944836); -- "FEED": held from here to the end of the commit, so places are in its order
  v_place := nextval('reference.catalogue_place_seq');
  update reference.catalogue_changes set place = v_place where place is null;
  perform pg_notify('meditory_catalogue', v_place::text);
  return null;
end $$;
comment on function reference.place_catalogue_changes() is 'Runs when a transaction commits: gives its changes their place and wakes the listeners.';

create constraint trigger catalogue_changes_place after insert on reference.catalogue_changes
  deferrable initially deferred for each row execute function reference.place_catalogue_changes();

create function reference.prune_catalogue_changes(p_keep interval default interval '1 day') returns bigint language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_through bigint := (select max(place) from reference.catalogue_changes where changed_at < now() - p_keep);
  v_pruned bigint := (select count(*) from reference.catalogue_changes where place <= v_through);
begin
  if v_pruned < 2 then
    return 0;
  end if;
  delete from reference.catalogue_changes where place <= v_through;
  insert into reference.catalogue_changes (place, kind, keys, changed_at) values (v_through, 'rebuild', '{}', now() - p_keep);
  return v_pruned - 1;
end $$;
comment on function reference.prune_catalogue_changes(interval) is 'Folds changes older than the interval into one rebuild mark at the last of their places; answers how many rows went.';

create procedure reference.attach_search_feed(p_table text, p_kind text, p_key text) language plpgsql as $$
begin
  execute format('create trigger %I after insert on reference.%I referencing new table as new_rows for each statement execute function reference.record_catalogue_change(%L, %L)', p_table || '_feed_insert', p_table, p_kind, p_key);
  execute format('create trigger %I after update on reference.%I referencing old table as old_rows new table as new_rows for each statement execute function reference.record_catalogue_change(%L, %L)', p_table || '_feed_update', p_table, p_kind, p_key);
  execute format('create trigger %I after delete on reference.%I referencing old table as old_rows for each statement execute function reference.record_catalogue_change(%L, %L)', p_table || '_feed_delete', p_table, p_kind, p_key);
  execute format('create trigger %I after truncate on reference.%I for each statement execute function reference.record_catalogue_change(%L, %L)', p_table || '_feed_truncate', p_table, p_kind, p_key);
end $$;
comment on procedure reference.attach_search_feed(text, text, text) is 'Puts the triggers of the change feed on a table of the catalogue. Arguments: table, kind of the key, key column.';

call reference.attach_search_feed('drugs', 'drug', 'drug_id');
call reference.attach_search_feed('drug_ingredients', 'drug', 'drug_id');
call reference.attach_search_feed('drug_barcodes', 'drug', 'drug_id');
call reference.attach_search_feed('ingredients', 'ingredient', 'ingredient_id');
call reference.attach_search_feed('ingredient_synonyms', 'ingredient', 'ingredient_id');
call reference.attach_search_feed('ingredient_group_members', 'ingredient', 'ingredient_id');
call reference.attach_search_feed('ingredient_groups', 'group', 'group_id');
call reference.attach_search_feed('companies', 'company', 'company_id');
call reference.attach_search_feed('therapeutic_categories', 'category', 'category_id');
call reference.attach_search_feed('dosage_forms', 'form', 'id');
call reference.attach_search_feed('routes', 'route', 'id');

revoke insert, update, delete on reference.catalogue_changes from pharmacy_admin;
grant select on reference.catalogue_changes to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant execute on function reference.prune_catalogue_changes(interval) to pharmacy_admin;

insert into reference.catalogue_changes (place, kind, keys) values (nextval('reference.catalogue_place_seq'), 'rebuild', '{}');
`),
    );
  }

  /** Drops no record of the pharmacy: the feed is derived, and whoever follows it reads everything anew. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop function reference.record_catalogue_change() cascade;
drop procedure reference.attach_search_feed(text, text, text);
drop table reference.catalogue_changes;
drop function reference.place_catalogue_changes();
drop function reference.prune_catalogue_changes(interval);
drop sequence reference.catalogue_place_seq;
`);
  }
}
