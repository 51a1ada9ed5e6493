/**
 * Who may change master data where. MD460: it is managed by the hub. MD461: branches may be using a row that is to be deleted. MD462: this branch
 * does use one that the hub deleted.
 */
export const GUARDS = `
create function reference.refuse_beside_hub() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_role text := (select role from reference.hub_links);
begin
  if v_role is null or operational.is_maintenance() then
    return null;
  elsif v_role = 'branch' or tg_table_schema = 'operational' then
    raise exception '%.% is managed by the hub: % refused', tg_table_schema, tg_table_name, tg_op using errcode = 'MD460';
  elsif tg_op = 'TRUNCATE' then
    raise exception '%.% is published: % refused', tg_table_schema, tg_table_name, tg_op using errcode = 'MD461';
  end if;
  return null;
end $$;
comment on function reference.refuse_beside_hub() is 'A branch takes master data from its hub and changes none; nobody in a network has formulas, whose products would be master data.';

create function reference.keep_published_row() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_role text := (select role from reference.hub_links);
  v_is_free boolean;
begin
  if v_role = 'hub' and not operational.is_maintenance() then
    raise exception 'a row of % was published and stays: a branch may use it', tg_relid::regclass using errcode = 'MD461';
  elsif v_role = 'branch' and current_setting('session_replication_role') = 'replica' then
    -- It comes from the hub, and foreign keys are not checked then.
    execute format('select %s from (select ($1).*) t', reference.unreferenced(tg_relid, array(select reference.published_tables()))) into v_is_free using old;
    if not v_is_free then
      raise exception 'the hub deleted a row of % that is in use here', tg_relid::regclass using errcode = 'MD462', detail = to_jsonb(old)::text;
    end if;
  end if;
  return old;
end $$;

do $$
declare
  t text;
begin
  for t in select c.relname from reference.published_tables() p join pg_class c on c.oid = p
    where c.relname <> all (array['catalogue_changes', 'rule_changes', 'hub_beats'])
  loop
    execute format('create trigger %I before insert or update or delete or truncate on reference.%I for each statement execute function reference.refuse_beside_hub()', t || '_beside_hub', t);
  end loop;
  -- What rows of branches refer to.
  foreach t in array array['drugs', 'ingredients', 'ingredient_groups', 'companies', 'therapeutic_categories'] loop
    execute format('create trigger %I before delete on reference.%I for each row execute function reference.keep_published_row()', t || '_published', t);
    execute format('alter table reference.%I enable always trigger %I', t, t || '_published');
  end loop;
end $$;
-- Of these, and of what their triggers write, every trigger fires always, also while a release is written set by set.
alter table reference.drugs enable always trigger drugs_beside_hub;
alter table reference.drug_ingredients enable always trigger drug_ingredients_beside_hub;
alter table reference.drug_barcodes enable always trigger drug_barcodes_beside_hub;
alter table reference.drug_price_changes enable always trigger drug_price_changes_beside_hub;
create trigger compound_formulas_beside_hub before insert on operational.compound_formulas for each statement execute function reference.refuse_beside_hub();
`;

/**
 * What comes from the hub is applied row by row without triggers of statements: the feeds come along as rows, with the places the hub gave them. Here
 * they only have to be told to who follows them, the rules behind the lock that dispensing holds while it judges.
 */
export const ARRIVALS = `
create function reference.tell_catalogue_arrival() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('meditory_catalogue', new.place::text);
  return null;
end $$;
create trigger catalogue_changes_arrival after insert or update on reference.catalogue_changes for each row when (new.place is not null)
  execute function reference.tell_catalogue_arrival();
alter table reference.catalogue_changes enable always trigger catalogue_changes_arrival;

create function reference.tell_rules_arrival() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(1381321797); -- "RULE", as in place_rule_changes
  perform pg_notify('meditory_rules', new.place::text);
  return null;
end $$;
create trigger rule_changes_arrival after insert or update on reference.rule_changes for each row when (new.place is not null)
  execute function reference.tell_rules_arrival();
alter table reference.rule_changes enable replica trigger rule_changes_arrival;
`;

const NOT_AT_A_BRANCH = `(select role from reference.hub_links) = 'branch'`;

const datePrice = (unless: string): string => `
create or replace function reference.date_price() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin${unless}
  new.price_effective_from := current_date;
  return new;
end $$;`;

const pruneChanges = (unless: string): string => `
create or replace function reference.prune_catalogue_changes(p_keep interval default '1 day'::interval) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_through bigint := (select max(place) from reference.catalogue_changes where changed_at < now() - p_keep);
  v_pruned bigint := (select count(*) from reference.catalogue_changes where place <= v_through);
begin
  if v_pruned < 2${unless} then
    return 0;
  end if;
  delete from reference.catalogue_changes where place <= v_through;
  insert into reference.catalogue_changes (place, kind, keys, changed_at) values (v_through, 'rebuild', '{}', now() - p_keep);
  return v_pruned - 1;
end $$;`;

const applyDuePrices = (unless: string): string => `
create or replace function reference.apply_due_prices(p_today date) returns integer language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_applied integer;
begin
  if ${unless}not exists (select from reference.scheduled_prices where status = 'waiting' and effective_from <= p_today) then
    return 0;
  end if;
  perform pg_advisory_xact_lock(hashtext('reference.apply_due_prices'));
  perform set_config('app.price_source', 'scheduled', true);
  with due as (
    select distinct on (s.drug_id) s.drug_id, s.price, s.effective_from
    from reference.scheduled_prices s
    join reference.drugs d using (drug_id)
    where s.status = 'waiting' and s.effective_from <= p_today and (d.price_ceiling is null or s.price <= d.price_ceiling)
    order by s.drug_id, s.effective_from desc
  )
  update reference.drugs d
  set old_price = case when d.price <> due.price then d.price else d.old_price end,
    price = due.price, price_effective_from = due.effective_from, version = d.version + 1, updated_at = now()
  from due
  where d.drug_id = due.drug_id;
  get diagnostics v_applied = row_count;
  perform set_config('app.price_source', '', true);
  update reference.scheduled_prices s
  set status = case when d.price_ceiling is null or s.price <= d.price_ceiling then 'applied' else 'refused' end, settled_at = now()
  from reference.drugs d
  where d.drug_id = s.drug_id and s.status = 'waiting' and s.effective_from <= p_today;
  return v_applied;
end $$;`;

const unreferenced = (unless: string): string => `
create or replace function reference.unreferenced(p_table regclass, p_except regclass[]) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select ${unless}coalesce(string_agg(format('not exists (select from %s c where %s)', x.child, x.matches), ' and '), 'true')${unless === '' ? '' : ' end'}
  from (
    select k.conrelid::regclass as child, string_agg(format('c.%I = t.%I', a.attname, f.attname), ' and ' order by u.n) as matches
    from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) with ordinality as u (child, parent, n)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.parent
    where k.contype = 'f' and k.confrelid = p_table and not k.conrelid = any (p_except) and k.conparentid = 0
    group by k.oid, k.conrelid
  ) x
$$;`;

/** Nobody at a hub can know what branches refer to: a release that is taken back discontinues what it brought. Prices come due at the hub. */
export const IN_A_NETWORK = [
  datePrice(`
  -- What comes from the hub was dated there.
  if current_setting('session_replication_role') = 'replica' and coalesce(current_setting('app.release_id', true), '') = '' then
    return new;
  end if;`),
  pruneChanges(` or ${NOT_AT_A_BRANCH}`),
  applyDuePrices(`${NOT_AT_A_BRANCH} or `),
  unreferenced(`case when (select role from reference.hub_links) = 'hub' and exists (select from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.confrelid = p_table and c.relnamespace = 'operational'::regnamespace) then 'false' else `),
].join('\n');

export const ALONE = [datePrice(''), pruneChanges(''), applyDuePrices(''), unreferenced('')].join('\n');
