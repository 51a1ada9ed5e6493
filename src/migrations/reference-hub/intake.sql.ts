import { asLogin } from '../support/forced-row-security.js';

/**
 * How the catalogue of a hub is taken over as a whole: copied beside, compared, and brought in by one transaction of a superuser. Rows that are the
 * same stay as they are, so that who sells meanwhile waits for what differs alone.
 */
export const INTAKE = `
create function reference.open_intake() returns table (name text, columns text) language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  t regclass;
begin
  for t, name, columns in
    select p, c.relname::text, (select string_agg(quote_ident(u), ', ' order by n) from unnest(reference.published_columns(p)) with ordinality u (u, n))
    from reference.published_tables() with ordinality p (p, n) join pg_class c on c.oid = p order by p.n
  loop
    execute format('create temporary table %I on commit drop as select %s from %s with no data', 'intake_' || name, columns, t);
    return next;
  end loop;
end $$;

create function reference.intake_differences() returns table (name text, fresh bigint, changed bigint, gone bigint) language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  t regclass;
  v_key text;
  v_matches text;
  v_mine text;
  v_theirs text;
begin
  for t, name in select p, c.relname::text from reference.published_tables() p join pg_class c on c.oid = p loop
    select string_agg(format('i.%1$I = t.%1$I', k), ' and ') into v_matches from unnest(reference.key_columns(t)) k;
    select string_agg(format('t.%I', u), ', ' order by n), string_agg(format('i.%I', u), ', ' order by n) into v_mine, v_theirs
      from unnest(reference.published_columns(t)) with ordinality u (u, n);
    v_key := (reference.key_columns(t))[1];
    execute format('analyze pg_temp.%I', 'intake_' || name);
    execute format('select count(*) filter (where t.%6$I is null), count(*) filter (where t.%6$I = i.%6$I and row(%3$s) is distinct from row(%4$s)), count(*) filter (where i.%6$I is null)
      from %1$s t full join pg_temp.%2$I i on %5$s', t, 'intake_' || name, v_mine, v_theirs, v_matches, v_key) into fresh, changed, gone;
    return next;
  end loop;
end $$;

create function reference.intake_conflicts(p_is_same_hub boolean) returns setof text language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  k record;
begin
  for k in
    select c.conrelid::regclass as child, r.relname as parent, a.attname as child_column, f.attname as parent_column
    from pg_constraint c
    join reference.published_tables() p on p = c.confrelid
    join pg_class r on r.oid = c.confrelid
    join pg_class o on o.oid = c.conrelid and o.relnamespace = 'operational'::regnamespace
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
    where c.contype = 'f' and c.conparentid = 0
    order by 1, 3
  loop
    return query execute format('select format(''%%s %%s "%%s", used by %%s'', %2$L, t.%4$I, t.name, %1$L)
      from reference.%2$I t left join pg_temp.%5$I i using (%4$I)
      where exists (select from %1$s c where c.%3$I = t.%4$I) and (i.%4$I is null or not $1 and lower(i.name) <> lower(t.name)) order by t.%4$I limit 3',
      k.child, k.parent, k.child_column, k.parent_column, 'intake_' || k.parent) using p_is_same_hub;
  end loop;
  if not p_is_same_hub and exists (select from operational.screenings) then
    -- A verdict is given again by the numbers of the rules it was given by.
    foreach k.parent in array array['drug_interactions', 'allergy_rules', 'contraindications', 'dosage_guidelines'] loop
      return query execute format('select format(''%1$s rule %%s version %%s, by which screenings judged'', t.code, t.version) from reference.%1$I t
        left join pg_temp.%2$I i using (id) where i.id is null or (i.code, i.version) is distinct from (t.code, t.version) order by t.id limit 3', k.parent, 'intake_' || k.parent);
    end loop;
  end if;
end $$;

create function reference.take_intake_over() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  t record;
  v_command text;
  v_off text[];
  v_on text[];
  v_matches text;
  v_mine text;
  v_theirs text;
  v_columns text;
begin
  perform set_config('session_replication_role', 'replica', true);
  for t in select p as id, c.relname as name from reference.published_tables() p join pg_class c on c.oid = p loop
    -- Sales wait here, and find a product that differs as it is afterwards.
    execute format('lock table %s in exclusive mode', t.id);
  end loop;
  for t in select p as id, c.relname as name from reference.published_tables() p join pg_class c on c.oid = p loop
    -- Some triggers fire always: the feed, the audit and the rest of them were at work at the hub.
    select coalesce(array_agg(format('alter table %s disable trigger %I', t.id, tgname)), '{}'),
      coalesce(array_agg(format('alter table %s enable %s trigger %I', t.id, case tgenabled when 'A' then 'always' else 'replica' end, tgname)), '{}') into v_off, v_on
      from pg_trigger where tgrelid = t.id and not tgisinternal and tgenabled in ('A', 'R');
    foreach v_command in array v_off loop
      execute v_command;
    end loop;
    select string_agg(format('i.%1$I = t.%1$I', k), ' and ') into v_matches from unnest(reference.key_columns(t.id)) k;
    select string_agg(format('t.%I', u), ', ' order by n), string_agg(format('i.%I', u), ', ' order by n), string_agg(quote_ident(u), ', ' order by n)
      into v_mine, v_theirs, v_columns from unnest(reference.published_columns(t.id)) with ordinality u (u, n);
    execute format('delete from %s t where not exists (select from pg_temp.%I i where %s and row(%s) is not distinct from row(%s))',
      t.id, 'intake_' || t.name, v_matches, v_theirs, v_mine);
    execute format('insert into %s (%s) overriding system value select %2$s from pg_temp.%3$I i where not exists (select from %1$s t where %4$s)',
      t.id, v_columns, 'intake_' || t.name, v_matches);
    foreach v_command in array v_on loop
      execute v_command;
    end loop;
  end loop;
  -- Of releases of its own: what was staged, and how to take them back.
  delete from reference.release_images;
  delete from reference.release_changes;
  delete from reference.rule_release_changes;
  delete from reference.import_rejects;
  delete from reference.import_files;
  delete from reference.import_progress;
  delete from reference.drug_edits;
  perform set_config('session_replication_role', 'origin', true);
  perform reference.clear_staging();
end $$;

create function reference.continue_counting() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  c record;
begin
  for c in
    select r.relname as name, a.attname as key from reference.published_tables() p join pg_class r on r.oid = p
    join pg_attribute a on a.attrelid = p and a.attidentity <> ''
  loop
    perform reference.advance_ids(c.name, c.key);
  end loop;
  -- How to take them back is known at the hub alone: they are like those of before there was a way.
  update reference.import_releases set compared_at = null where status = 'applied';
  perform setval('reference.catalogue_place_seq', greatest((select last_value from reference.catalogue_place_seq), (select coalesce(max(place), 1) from reference.catalogue_changes)));
  perform setval('reference.rule_place_seq', greatest((select last_value from reference.rule_place_seq), (select coalesce(max(place), 1) from reference.rule_changes)));
end $$;
comment on function reference.continue_counting() is 'Numbers go on after those of the hub, where a branch leaves it.';
`;

/** Foreign keys are not checked while rows come from the hub, which checked its own: this finds what would break them here. */
export const BROKEN_REFERENCES = `
create function reference.broken_references() returns setof text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  k record;
begin
  if not exists (select from reference.hub_links where role = 'branch') then
    return; -- every row was checked as it was written
  end if;
  for k in
    select c.conrelid::regclass as child, c.confrelid::regclass as parent,
      string_agg(format('c.%I = p.%I', a.attname, f.attname), ' and ' order by u.n) as matches,
      string_agg(format('c.%I is not null', a.attname), ' and ' order by u.n) as stated,
      string_agg(format('c.%I', a.attname), ', ' order by u.n) as columns
    from pg_constraint c
    cross join lateral unnest(c.conkey, c.confkey) with ordinality as u (child, parent, n)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = u.child
    join pg_attribute f on f.attrelid = c.confrelid and f.attnum = u.parent
    where c.contype = 'f' and c.conparentid = 0 and c.confrelid in (select reference.published_tables())
    group by c.oid, c.conrelid, c.confrelid
    order by 1, 2
  loop
    return query execute format('select format(''%1$s refers to %2$s %%s, which is not there'', row(%3$s)) from (select distinct %3$s from %1$s c where %4$s) c
      where not exists (select from %2$s p where %5$s) limit 5', k.child, k.parent, k.columns, k.stated, k.matches);
  end loop;
end $$;
comment on function reference.broken_references() is 'Rows of a branch that refer to master data the hub does not have.';
grant execute on function reference.broken_references() to pharmacy_app;
${asLogin(`grant create on schema reference to meditory_definer;
alter function reference.broken_references() owner to meditory_definer;
grant execute on function reference.broken_references() to meditory_owner;
revoke create on schema reference from meditory_definer;`)}
`;

export const DROP = `
drop trigger compound_formulas_beside_hub on operational.compound_formulas;
do $$
declare
  t record;
begin
  for t in select tgrelid::regclass as name, tgname from pg_trigger
    where not tgisinternal and tgfoid = any (array['reference.refuse_beside_hub()', 'reference.keep_published_row()', 'reference.tell_catalogue_arrival()', 'reference.tell_rules_arrival()']::regprocedure[])
  loop
    execute format('drop trigger %I on %s', t.tgname, t.name);
  end loop;
end $$;
drop function reference.refuse_beside_hub(), reference.keep_published_row(), reference.tell_catalogue_arrival(), reference.tell_rules_arrival(),
  reference.open_intake(), reference.intake_differences(), reference.intake_conflicts(boolean), reference.take_intake_over(), reference.continue_counting(),
  reference.published_columns(regclass), reference.key_columns(regclass), reference.published_tables();
${asLogin('drop function reference.broken_references();')}
drop table reference.hub_beats, reference.hub_links;
`;
