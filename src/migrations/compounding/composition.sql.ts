/** The composition of a preparation: what its ingredients contain, kept so by triggers. */
export const COMPOSITION = `
create function operational.composition_of(p_formula_id integer)
returns table (line integer, ingredient_id integer, raw_text text, amount numeric, unit text, per_amount numeric, per_unit text) language sql stable
  set search_path = pg_catalog, pg_temp
begin atomic
  with item as (
    select i.position, i.drug_id, i.quantity, v.yield_quantity, d.name,
      case when i.base_unit = d.base_unit then lower(d.base_unit) end as base_unit,
      lower(v.base_unit) in ('g', 'ml') as is_measured, v.base_unit as made_unit
    from operational.compound_formulas f
    join operational.compound_formula_versions v using (formula_id, version)
    join operational.compound_formula_items i using (formula_id, version)
    join reference.drugs d on d.drug_id = i.drug_id
    where f.formula_id = p_formula_id
  ), part as (
    -- What a base unit of the product holds of an ingredient, as a fraction: nothing is divided before the end.
    select i.position, l.position as line, l.ingredient_id, coalesce(g.name, l.raw_text, i.name) as raw_text, i.quantity, i.yield_quantity,
      i.is_measured, i.made_unit,
      case when l.unit = '%' and i.base_unit in ('g', 'ml') then 'mg' when lower(l.unit) in ('mg', 'g', 'mcg', 'ug', 'µg') then 'mg' else lower(l.unit) end as unit,
      case
        when l.unit = '%' then case when i.base_unit in ('g', 'ml') then l.amount * 10 end
        when l.per_unit is null and i.base_unit not in ('g', 'ml', 'kg', 'l') or lower(l.per_unit) = i.base_unit then
          l.amount * case lower(l.unit) when 'g' then 1000 when 'mcg' then 0.001 when 'ug' then 0.001 when 'µg' then 0.001 else 1 end
      end as amount,
      coalesce(l.per_amount, 1) as per
    from item i
    left join reference.drug_ingredients l on l.drug_id = i.drug_id
    left join reference.ingredients g on g.ingredient_id = l.ingredient_id
  ), whole as (
    select coalesce(p.ingredient_id::text, lower(p.raw_text)) as key, min(p.position * 1000 + coalesce(p.line, 0)) as place, min(p.ingredient_id) as ingredient_id,
      min(p.raw_text) as raw_text, min(p.unit) as unit, bool_and(p.is_measured) as is_measured, min(p.made_unit) as made_unit, min(p.yield_quantity) as yield,
      case when bool_and(p.amount is not null and round(p.amount * p.quantity / p.per, 6) * p.per = p.amount * p.quantity)
        and min(p.unit) = max(p.unit) and count(p.unit) = count(*) then sum(round(p.amount * p.quantity / p.per, 6)) end as total
    from part p group by coalesce(p.ingredient_id::text, lower(p.raw_text))
  ), told as (
    select w.*, round(w.total / w.yield, 6) * w.yield = w.total as is_even, w.total between 0.000001 and 999999999999 as fits
    from whole w
  )
  select row_number() over (order by t.place)::integer, t.ingredient_id, t.raw_text,
    case when t.fits then case when t.is_even then round(t.total / t.yield, 6) when t.is_measured then t.total end end,
    case when t.fits and (t.is_even or t.is_measured) then t.unit end,
    case when t.fits and t.is_measured then case when t.is_even then 1 else t.yield end end,
    case when t.fits and t.is_measured then t.made_unit end
  from told t order by t.place;
end;
comment on function operational.composition_of(integer) is 'What the preparation of a formula contains: the union of its ingredients, with amounts in a base unit, or in the yield, where they are exact; null where they are not, or not known.';

create function operational.compose_preparation(p_formula_id integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_drug_id integer;
  v_schedule text;
  v_status text;
  v_raw text;
begin
  select f.drug_id into v_drug_id from operational.compound_formulas f where f.formula_id = p_formula_id;
  if exists (
    (select c.line, c.ingredient_id, c.raw_text, c.amount, c.unit, c.per_amount, c.per_unit from operational.composition_of(p_formula_id) c
     except select l.position, l.ingredient_id, l.raw_text, l.amount, l.unit, l.per_amount, l.per_unit from reference.drug_ingredients l where l.drug_id = v_drug_id)
    union all
    (select l.position, l.ingredient_id, l.raw_text, l.amount, l.unit, l.per_amount, l.per_unit from reference.drug_ingredients l where l.drug_id = v_drug_id
     except select c.line, c.ingredient_id, c.raw_text, c.amount, c.unit, c.per_amount, c.per_unit from operational.composition_of(p_formula_id) c)
  ) then
    -- One statement: the triggers on the composition see it whole, and what contains this one follows once.
    with gone as (delete from reference.drug_ingredients l where l.drug_id = v_drug_id returning 1)
    insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
    select v_drug_id, c.line, c.ingredient_id, c.raw_text, c.amount, c.unit, c.per_amount, c.per_unit
    from operational.composition_of(p_formula_id) c where (select count(*) from gone) >= 0;
  end if;
  select case when count(*) filter (where g.verified) = 0 then 'unlinked' when count(*) filter (where g.verified) = count(*) then 'linked' else 'partial' end,
    left(string_agg(l.raw_text, '+' order by l.position), 5000)
  into v_status, v_raw
  from reference.drug_ingredients l left join reference.ingredients g using (ingredient_id) where l.drug_id = v_drug_id;
  -- II is the strictest: the preparation is as strict as the strictest of its ingredients.
  select min(d.controlled_schedule collate "C") into v_schedule
  from operational.compound_formulas f join operational.compound_formula_items i using (formula_id, version)
  join reference.drugs d on d.drug_id = i.drug_id where f.formula_id = p_formula_id;
  update reference.drugs d set ingredient_status = v_status, active_raw = v_raw, controlled_schedule = v_schedule, version = d.version + 1, updated_at = now()
  where d.drug_id = v_drug_id and (d.ingredient_status, d.active_raw, d.controlled_schedule) is distinct from (v_status, v_raw, v_schedule);
end $$;
comment on function operational.compose_preparation(integer) is 'Writes the composition of a preparation, whether all of it is known, and its controlled schedule, where they are not what its ingredients say.';

create function operational.compose_items() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_formula_id integer;
begin
  for v_formula_id in select distinct w.formula_id from written w order by 1 loop
    perform operational.compose_preparation(v_formula_id);
  end loop;
  return null;
end $$;
comment on function operational.compose_items() is 'Composes the preparations whose formulas were written.';
create trigger compound_formula_items_compose after insert on operational.compound_formula_items
  referencing new table as written for each statement execute function operational.compose_items();

create function operational.follow_composition() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_formula_id integer;
begin
  if not exists (select from operational.compound_formulas) then
    return null;
  end if;
  for v_formula_id in
    select f.formula_id from operational.compound_formulas f join changed c using (drug_id)
    union
    select f.formula_id from operational.compound_formulas f join operational.compound_formula_items i using (formula_id, version) join changed c on c.drug_id = i.drug_id
    order by 1
  loop
    perform operational.compose_preparation(v_formula_id);
  end loop;
  return null;
end $$;
comment on function operational.follow_composition() is 'Composes anew what contains a product whose composition changed, and what was written by hand.';
create trigger drug_ingredients_compose_insert after insert on reference.drug_ingredients
  referencing new table as changed for each statement execute function operational.follow_composition();
create trigger drug_ingredients_compose_update after update on reference.drug_ingredients
  referencing new table as changed for each statement execute function operational.follow_composition();
create trigger drug_ingredients_compose_delete after delete on reference.drug_ingredients
  referencing old table as changed for each statement execute function operational.follow_composition();

create function operational.follow_products() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_formula_id integer;
begin
  if not exists (select from operational.compound_formulas) then
    return null;
  end if;
  for v_formula_id in
    with changed as materialized (
      select a.drug_id from after_it a join before_it b using (drug_id)
      where (a.controlled_schedule, a.base_unit, a.name, a.ingredient_status) is distinct from (b.controlled_schedule, b.base_unit, b.name, b.ingredient_status))
    select f.formula_id from operational.compound_formulas f join changed c using (drug_id)
    union
    select f.formula_id from operational.compound_formulas f join operational.compound_formula_items i using (formula_id, version) join changed c on c.drug_id = i.drug_id
    order by 1
  loop
    perform operational.compose_preparation(v_formula_id);
  end loop;
  return null;
end $$;
comment on function operational.follow_products() is 'Composes anew what contains a product whose schedule, unit or name changed.';
create trigger drugs_compose_update after update on reference.drugs
  referencing old table as before_it new table as after_it for each statement execute function operational.follow_products();
-- A release of a catalogue is written without the checks of foreign keys; these go on all the same.
alter table reference.drug_ingredients enable always trigger drug_ingredients_compose_insert;
alter table reference.drug_ingredients enable always trigger drug_ingredients_compose_update;
alter table reference.drug_ingredients enable always trigger drug_ingredients_compose_delete;
alter table reference.drugs enable always trigger drugs_compose_update;
`;
