/**
 * Statement triggers, so that an import of half a million products pays for what it changes only. What joins the changed
 * rows is run by execute: a plan kept from an edit of one row would compare half a million with half a million.
 */
export const TRIGGERS = `
create function reference.date_price() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.price_effective_from := current_date;
  return new;
end $$;
comment on function reference.date_price() is 'Row trigger, met only by a change of price that forgets to say since when: it is since today.';
create trigger drugs_date_price before update of price on reference.drugs for each row
  when (new.price <> old.price and new.price_effective_from = old.price_effective_from) execute function reference.date_price();

create function reference.record_price_changes() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  execute $q$
    with changed as materialized (
      select n.drug_id, o.price as previous_price, o.price_effective_from as previous_from, n.price, n.price_effective_from, n.source,
        case when n.release_id is distinct from o.release_id then n.release_id end as release_id, n.release_id is distinct from o.release_id as is_release
      from new_rows n join old_rows o using (drug_id)
      where n.price <> o.price
    ), last as (
      select c.drug_id, max(c.effective_from) as since from reference.drug_price_changes c join changed using (drug_id) group by c.drug_id
    )
    insert into reference.drug_price_changes (drug_id, previous_price, previous_from, price, effective_from, source, release_id, set_by)
    select c.drug_id, c.previous_price, c.previous_from, c.price,
      greatest(c.previous_from, l.since, case when c.price_effective_from >= greatest(c.previous_from, l.since) then least(c.price_effective_from, current_date + 1) else current_date end),
      case when c.is_release then c.source else coalesce(nullif(current_setting('app.price_source', true), ''), 'manual') end,
      c.release_id, nullif(current_setting('app.user_id', true), '')::integer
    from changed c
    left join last l using (drug_id)
    order by c.drug_id
  $q$;
  return null;
end $$;
comment on function reference.record_price_changes() is 'Statement trigger: one row for each price that changed. A price restored by a revert holds from today, whatever day it first took effect; a branch may be a day ahead of the server.';
create trigger drugs_price_changes after update on reference.drugs referencing old table as old_rows new table as new_rows
  for each statement execute function reference.record_price_changes();

create trigger drug_price_changes_append_only before update or delete on reference.drug_price_changes
  for each row when (pg_trigger_depth() = 0) execute function operational.refuse_change();
create trigger drug_price_changes_no_truncate before truncate on reference.drug_price_changes
  for each statement execute function operational.refuse_change();

create function reference.check_handling_flags() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_unknown text;
begin
  select f into v_unknown
  from new_rows n cross join unnest(n.handling_flags) f
  where not exists (select from reference.handling_flags h where h.code = f)
  limit 1;
  if v_unknown is not null then
    raise exception '% is no handling flag', v_unknown using errcode = '23503', constraint = 'drugs_handling_flags_fkey';
  end if;
  return null;
end $$;
comment on function reference.check_handling_flags() is 'Statement trigger: products bear only flags of the controlled list, which arrays cannot say with a foreign key.';
create trigger drugs_handling_flags_insert after insert on reference.drugs referencing new table as new_rows
  for each statement execute function reference.check_handling_flags();
create trigger drugs_handling_flags_update after update on reference.drugs referencing new table as new_rows
  for each statement execute function reference.check_handling_flags();

create function reference.carry_default_packs() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from reference.drug_packs where is_default) then
    return null;
  end if;
  execute $q$
    update reference.drug_packs p set is_default = false
    from new_rows n
    where p.drug_id = n.drug_id and p.is_default
      and (p.level = 'strip' and n.units_per_strip is null
        or exists (select from reference.drug_packs o
          where o.drug_id = p.drug_id and o.level = p.level and not o.is_default
            and o.base_units = case p.level when 'pack' then n.units_per_pack else n.units_per_strip end
            and p.base_units <> o.base_units))
  $q$;
  execute $q$
    update reference.drug_packs p set is_default = true
    from (
      select min(o.pack_id) as pack_id
      from new_rows n
      join reference.drug_packs o on o.drug_id = n.drug_id and o.base_units = case o.level when 'pack' then n.units_per_pack when 'strip' then n.units_per_strip end
      where not exists (select from reference.drug_packs x where x.drug_id = o.drug_id and x.level = o.level and x.is_default)
      group by o.drug_id, o.level
    ) f
    where p.pack_id = f.pack_id
  $q$;
  execute $q$
    update reference.drug_packs p set base_units = case p.level when 'pack' then n.units_per_pack else n.units_per_strip end
    from new_rows n
    where p.drug_id = n.drug_id and p.is_default
      and p.base_units <> case p.level when 'pack' then n.units_per_pack else n.units_per_strip end
  $q$;
  return null;
end $$;
comment on function reference.carry_default_packs() is 'Statement trigger: when units_per_pack or units_per_strip of a product changes, the row of that size becomes the default one, or the default row takes the new size.';
create trigger drugs_carry_packs after update on reference.drugs referencing new table as new_rows
  for each statement execute function reference.carry_default_packs();

create function reference.check_default_packs() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_drug integer;
begin
  execute $q$
    select count(*) from (
      select d.drug_id from reference.drugs d
      where d.drug_id in (select n.drug_id from new_rows n where n.is_default)
      order by d.drug_id for share) held
  $q$;
  execute $q$
    select n.drug_id
    from new_rows n
    join reference.drugs d using (drug_id)
    where n.is_default and n.base_units is distinct from case n.level when 'pack' then d.units_per_pack else d.units_per_strip end
    limit 1
  $q$ into v_drug;
  if v_drug is not null then
    raise exception 'the default pack of product % is not the one its units_per_pack or units_per_strip says', v_drug
      using errcode = '23514', constraint = 'drug_packs_default_check';
  end if;
  return null;
end $$;
comment on function reference.check_default_packs() is 'Statement trigger: a default pack holds as many base units as the product says, whose row is locked so that both stay so.';
create trigger drug_packs_default_insert after insert on reference.drug_packs referencing new table as new_rows
  for each statement execute function reference.check_default_packs();
create trigger drug_packs_default_update after update on reference.drug_packs referencing new table as new_rows
  for each statement execute function reference.check_default_packs();

call operational.attach_statement_audit('ingredient_codes', 'system,code');
call operational.attach_statement_audit('ingredient_links', 'link_id');
call operational.attach_statement_audit('handling_flags', 'id');
call operational.attach_statement_audit('drug_packs', 'pack_id');
call operational.attach_statement_audit('scheduled_prices', 'scheduled_price_id');
`;
