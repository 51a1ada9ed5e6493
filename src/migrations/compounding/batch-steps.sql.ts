/** The steps of a batch: the one door by which ingredients become a preparation. */
export const BATCH_STEPS = `
create function operational.begin_batch() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_today date;
  v_no integer;
  v_formula operational.compound_formulas%rowtype;
begin
  if new.status <> 'in_preparation' then
    raise exception 'a batch begins in preparation' using errcode = 'MD093';
  end if;
  select * into v_formula from operational.compound_formulas f where f.formula_id = new.formula_id for share;
  if v_formula.status <> 'active' or v_formula.version <> new.formula_version
    or exists (select from reference.drugs d where d.drug_id = v_formula.drug_id and d.status <> 'active')
    or exists (select from operational.compound_formula_items i join reference.drugs d using (drug_id)
      where i.formula_id = new.formula_id and i.version = new.formula_version and (d.status <> 'active' or d.base_unit <> i.base_unit)) then
    raise exception 'version % of formula % is not to be made', new.formula_version, new.formula_id using errcode = 'MD098';
  end if;
  if new.prescription_id is not null and not exists (select from operational.prescriptions p
    where p.prescription_id = new.prescription_id and p.branch_id = new.branch_id and p.drug_id = v_formula.drug_id and p.status in ('pending', 'filled')) then
    raise exception 'prescription % is not one for this preparation', new.prescription_id using errcode = 'MD099';
  end if;
  select (now() at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = new.branch_id;
  insert into operational.compound_batch_numbers as n (branch_id, day, last_no) values (new.branch_id, v_today, 1)
  on conflict (branch_id, day) do update set last_no = n.last_no + 1 returning n.last_no into v_no;
  new.batch_number := 'C' || to_char(v_today, 'YYMMDD') || '-' || lpad(v_no::text, 3, '0');
  new.started_by := coalesce(operational.current_user_id(), new.started_by);
  return new;
end $$;
comment on function operational.begin_batch() is 'Numbers a batch within branch and day; refuses a formula that is not in force, and a prescription for something else.';
create trigger compound_batches_begin before insert on operational.compound_batches
  for each row execute function operational.begin_batch();

create function operational.check_batch_plan() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from (
      select x.position, x.drug_id, round(x.quantity * new.quantity / v.yield_quantity, 3) as due
      from operational.compound_formula_items x join operational.compound_formula_versions v using (formula_id, version)
      where x.formula_id = new.formula_id and x.version = new.formula_version) i
    full join (select c.position, c.drug_id, sum(c.quantity_planned) as planned from operational.compound_batch_items c where c.batch_id = new.batch_id group by 1, 2) p
      using (position, drug_id)
    where i.due is distinct from p.planned
  ) then
    raise exception 'batch % does not take what its formula says', new.batch_id using errcode = 'MD004';
  end if;
  return null;
end $$;
comment on function operational.check_batch_plan() is 'At commit: a batch takes of every ingredient what the formula says for its quantity, rounded to a thousandth of the base unit.';
create constraint trigger compound_batches_plan after insert on operational.compound_batches
  deferrable initially deferred for each row execute function operational.check_batch_plan();

create function operational.guard_batch_item() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_batch record;
  v_today date;
begin
  select b.status, b.xmin = pg_current_xact_id()::xid as is_new, v.tolerance_percent, n.time_zone into v_batch
  from operational.compound_batches b join operational.compound_formula_versions v on v.formula_id = b.formula_id and v.version = b.formula_version
  join operational.branches n on n.branch_id = b.branch_id where b.batch_id = new.batch_id;
  if tg_op = 'INSERT' then
    if not v_batch.is_new or new.quantity_used is not null
      or not exists (select from operational.inventory_lots l where l.lot_id = new.lot_id and l.drug_id = new.drug_id) then
      raise exception 'what batch % takes is planned with it', new.batch_id using errcode = 'MD004';
    end if;
    return new;
  end if;
  if v_batch.status <> 'in_preparation' then
    raise exception 'batch % is %: nothing is weighed for it', new.batch_id, v_batch.status using errcode = 'MD093';
  end if;
  if (new.batch_id, new.branch_id, new.position, new.drug_id, new.lot_id, new.quantity_planned)
    is distinct from (old.batch_id, old.branch_id, old.position, old.drug_id, old.lot_id, old.quantity_planned) or new.quantity_used is null then
    raise exception 'what batch % takes is planned once', new.batch_id using errcode = 'MD004';
  end if;
  if abs(new.quantity_used - new.quantity_planned) * 100 > new.quantity_planned * v_batch.tolerance_percent then
    raise exception 'weighed % of %, % percent are allowed', new.quantity_used, new.quantity_planned, v_batch.tolerance_percent using errcode = 'MD097';
  end if;
  v_today := (now() at time zone v_batch.time_zone)::date;
  if exists (select from operational.inventory_lots l where l.lot_id = new.lot_id and (l.status <> 'available' or l.expiry_date < v_today)) then
    raise exception 'lot % is not to be used', new.lot_id using errcode = 'MD003';
  end if;
  new.weighed_by := coalesce(operational.current_user_id(), new.weighed_by);
  new.weighed_at := now();
  return new;
end $$;
comment on function operational.guard_batch_item() is 'What a batch takes is planned with it; it is weighed in preparation, within the tolerance of the formula, from lots that may be used.';
create trigger compound_batch_items_guard before insert or update on operational.compound_batch_items
  for each row execute function operational.guard_batch_item();

create function operational.keep_for_batch() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    perform 1 from operational.inventory_lots l where l.lot_id = new.lot_id for update;
    update operational.stock_reservations r set status = 'released', closed_at = now() where r.compound_batch_item_id = new.batch_item_id and r.status = 'open';
  end if;
  insert into operational.stock_reservations (branch_id, lot_id, compound_batch_item_id, quantity)
  values (new.branch_id, new.lot_id, new.batch_item_id, coalesce(new.quantity_used + new.waste, new.quantity_planned));
  return null;
end $$;
comment on function operational.keep_for_batch() is 'Keeps of a lot what a batch is to take, or has weighed and wasted.';
create trigger compound_batch_items_keep after insert or update on operational.compound_batch_items
  for each row execute function operational.keep_for_batch();

create function operational.step_batch() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_made operational.compound_formula_versions%rowtype;
  v_branch operational.branches%rowtype;
  v_today date;
  v_user integer := operational.current_user_id();
  v_drug_id integer;
  v_last_day date;
begin
  if old.status = new.status then
    raise exception 'batch % changes by its steps alone', new.batch_id using errcode = 'MD004';
  end if;
  if not (case old.status when 'in_preparation' then new.status in ('made', 'discarded') when 'made' then new.status in ('released', 'discarded') else false end)
    or (new.batch_id, new.branch_id, new.formula_id, new.formula_version, new.batch_number, new.quantity, new.prescription_id, new.started_by, new.started_at)
      is distinct from (old.batch_id, old.branch_id, old.formula_id, old.formula_version, old.batch_number, old.quantity, old.prescription_id, old.started_by, old.started_at)
    or (old.status = 'made' and (new.made_by, new.made_at, new.beyond_use_date) is distinct from (old.made_by, old.made_at, old.beyond_use_date)) then
    raise exception 'batch % is %: % is not possible', new.batch_id, old.status, new.status using errcode = 'MD093';
  end if;
  select * into v_branch from operational.branches b where b.branch_id = new.branch_id;
  v_today := (now() at time zone v_branch.time_zone)::date;
  select * into v_made from operational.compound_formula_versions v where v.formula_id = new.formula_id and v.version = new.formula_version;
  new.version := old.version + 1;
  -- The order of all stock locks.
  perform 1 from operational.inventory_lots l where l.lot_id in (select i.lot_id from operational.compound_batch_items i where i.batch_id = new.batch_id)
  order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update;

  if new.status = 'made' then
    if exists (select from operational.compound_batch_items i where i.batch_id = new.batch_id and i.quantity_used is null) then
      raise exception 'batch % has ingredients that were not weighed', new.batch_id using errcode = 'MD094';
    end if;
    new.made_by := coalesce(v_user, new.made_by);
    new.made_at := now();
    select least(v_today + v_made.beyond_use_days, min(l.expiry_date)) into v_last_day
    from operational.compound_batch_items i join operational.inventory_lots l using (lot_id) where i.batch_id = new.batch_id;
    if new.beyond_use_date is null or new.beyond_use_date > v_last_day or new.beyond_use_date < v_today then
      raise exception 'batch % may be used to % at the most', new.batch_id, v_last_day using errcode = 'MD092', detail = v_last_day::text;
    end if;

  elsif new.status = 'released' then
    if old.beyond_use_date < v_today then
      raise exception 'batch % could be used to %', new.batch_id, old.beyond_use_date using errcode = 'MD092', detail = old.beyond_use_date::text;
    end if;
    select f.drug_id into v_drug_id from operational.compound_formulas f where f.formula_id = new.formula_id;
    new.checked_by := coalesce(v_user, new.checked_by);
    new.released_at := now();
    new.second_person := v_branch.two_person_rule or v_made.requires_check or exists (
      select from operational.compound_batch_items i join reference.drugs d using (drug_id)
      join operational.controlled_schedules s on s.jurisdiction = v_branch.jurisdiction and s.schedule = d.controlled_schedule and s.two_persons
      where i.batch_id = new.batch_id);
    -- First the reservation, then the movement: a lot never holds less than is reserved on it.
    update operational.stock_reservations r set status = 'consumed', closed_at = now()
    from operational.compound_batch_items i where i.batch_id = new.batch_id and r.compound_batch_item_id = i.batch_item_id and r.status = 'open';
    insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, compound_batch_id)
    select new.branch_id, i.lot_id, i.drug_id, 'compounding_out', - (i.quantity_used + i.waste), 0, 0, new.batch_id
    from operational.compound_batch_items i join operational.inventory_lots l using (lot_id)
    where i.batch_id = new.batch_id order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id;
    insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, compound_batch_id)
    select new.branch_id, v_drug_id, new.batch_number, new.beyond_use_date, round(sum(- m.quantity * m.unit_cost) / new.quantity, 6), new.batch_id
    from operational.stock_movements m where m.compound_batch_id = new.batch_id
    returning lot_id into new.lot_id;
    insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, compound_batch_id)
    values (new.branch_id, new.lot_id, v_drug_id, 'compounding_in', new.quantity, 0, 0, new.batch_id);

  else
    if old.status = 'made' and new.weighed_back then
      raise exception 'batch % is mixed: nothing of it goes back', new.batch_id using errcode = 'MD093';
    end if;
    new.discarded_by := coalesce(v_user, new.discarded_by);
    new.discarded_at := now();
    update operational.stock_reservations r
    set status = case when i.quantity_used is null or new.weighed_back then 'released' else 'consumed' end, closed_at = now()
    from operational.compound_batch_items i where i.batch_id = new.batch_id and r.compound_batch_item_id = i.batch_item_id and r.status = 'open';
    -- What was lost in weighing is lost, also where the rest went back.
    insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, compound_batch_id, user_id, witness_id)
    select new.branch_id, i.lot_id, i.drug_id, 'destruction', - case when new.weighed_back then i.waste else i.quantity_used + i.waste end,
      'batch ' || new.batch_number || ' discarded: ' || new.discard_reason, 0, 0, new.batch_id, new.discarded_by,
      case when exists (select from reference.drugs d join operational.controlled_schedules s on s.schedule = d.controlled_schedule
        where d.drug_id = i.drug_id and s.jurisdiction = v_branch.jurisdiction and s.two_persons) then new.witness_id end
    from operational.compound_batch_items i join operational.inventory_lots l using (lot_id)
    where i.batch_id = new.batch_id and case when new.weighed_back then i.waste else i.quantity_used + i.waste end > 0
    order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id;
  end if;
  return new;
end $$;
comment on function operational.step_batch() is 'The steps of a batch and the stock they move, in one: released, its ingredients leave their lots and the preparation comes; discarded, what was weighed is written off.';
create trigger compound_batches_step before update on operational.compound_batches
  for each row execute function operational.step_batch();

create function operational.refuse_compounding_by_hand() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'stock is compounded by the steps of a batch alone' using errcode = 'MD004';
end $$;
comment on function operational.refuse_compounding_by_hand() is 'Refuses what only the steps of a batch write, the owner''s too.';
create trigger stock_movements_compounding_by_hand before insert on operational.stock_movements
  for each row when (pg_trigger_depth() = 0 and (new.compound_batch_id is not null or new.movement_type in ('compounding_out', 'compounding_in')))
  execute function operational.refuse_compounding_by_hand();
create trigger stock_reservations_compounding_by_hand before insert on operational.stock_reservations
  for each row when (pg_trigger_depth() = 0 and new.compound_batch_item_id is not null) execute function operational.refuse_compounding_by_hand();
create trigger stock_reservations_compounding_step before update on operational.stock_reservations
  for each row when (pg_trigger_depth() = 0 and old.compound_batch_item_id is not null) execute function operational.refuse_compounding_by_hand();
create trigger compound_batch_numbers_by_hand before insert or update on operational.compound_batch_numbers
  for each row when (pg_trigger_depth() = 0) execute function operational.refuse_compounding_by_hand();
`;
