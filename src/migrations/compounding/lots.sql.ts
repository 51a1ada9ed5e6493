const movement = (checked: string, compounded: string): string => `
create or replace function operational.post_movement() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_lot operational.inventory_lots%rowtype;
  v_today date;
  v_reversed operational.stock_movements%rowtype;
begin
  update operational.inventory_lots set quantity = quantity + new.quantity
  where lot_id = new.lot_id and branch_id = new.branch_id returning * into v_lot;
  if not found then
    raise exception 'no lot % at branch %', new.lot_id, new.branch_id using errcode = 'foreign_key_violation', constraint = 'stock_movements_lot_fkey';
  end if;
  if new.movement_type in (${checked}) then
    select (new.effective_at at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = new.branch_id;
    if v_lot.status <> 'available' or v_lot.expiry_date < v_today then
      raise exception 'lot % is % and expires %: it may not leave to a patient', v_lot.lot_id, v_lot.status, v_lot.expiry_date using errcode = 'MD003';
    end if;
  end if;${compounded}
  if new.sale_item_id is not null and not exists (select from operational.sale_items i where i.sale_item_id = new.sale_item_id and i.xmin = pg_current_xact_id()::xid) then
    raise exception 'sale line % was posted before: stock for it moved then', new.sale_item_id using errcode = 'MD004';
  end if;
  if new.movement_type = 'reversal' then
    select * into v_reversed from operational.stock_movements where movement_id = new.reverses_movement_id;
    if v_reversed.movement_type = 'reversal' or v_reversed.quantity <> - new.quantity or v_reversed.drug_id <> v_lot.drug_id then
      raise exception 'movement % is not the opposite of movement %', new.quantity, new.reverses_movement_id using errcode = 'check_violation', constraint = 'stock_movements_reversal_check';
    end if;
  end if;
  new.drug_id := v_lot.drug_id;
  new.unit_cost := v_lot.unit_cost;
  new.balance_after := v_lot.quantity;
  new.user_id := coalesce(new.user_id, operational.current_user_id());
  return new;
end $$;
`;

const reservation = (update: string, compounded: string): string => `
create or replace function operational.post_reservation() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_old numeric := case when tg_op = 'UPDATE' and old.status = 'open' then old.quantity else 0 end;
  v_new numeric := case when new.status = 'open' then new.quantity else 0 end;${compounded}
begin
  if v_old <> v_new then
    update operational.inventory_lots set quantity_reserved = quantity_reserved + v_new - v_old where lot_id = new.lot_id${update}
  end if;
  return null;
end $$;
`;

/** The ledger as it was before there were batches. */
export const LOTS_BEFORE = `${movement("'dispense', 'sale'", '')}${reservation(';', '')}`;

/** What is compounded comes by its batch alone, goes to whom it was made for, and does not come back to the shelf. */
export const LOTS = `
create function operational.is_kept_for_another(p_batch_id integer, p_fill_id integer) returns boolean language sql stable
  set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from operational.compound_batches b where b.batch_id = p_batch_id and b.prescription_id is not null
    and not exists (select from operational.fills f where f.fill_id = p_fill_id and f.prescription_id = b.prescription_id));
end;
comment on function operational.is_kept_for_another(integer, integer) is 'True where a batch was made for another prescription than that of the fill.';
${movement(
  "'dispense', 'sale', 'compounding_out'",
  `
  if v_lot.compound_batch_id is not null then
    if new.movement_type in ('receipt', 'transfer_in') then
      raise exception 'lot % was compounded here: it is not received', v_lot.lot_id using errcode = 'MD091';
    elsif new.movement_type = 'return' and v_lot.status = 'available' then
      raise exception 'lot % was compounded: what comes back is set aside', v_lot.lot_id using errcode = 'MD096';
    elsif new.movement_type in ('dispense', 'sale') and operational.is_kept_for_another(v_lot.compound_batch_id, new.fill_id) then
      raise exception 'lot % was made for another prescription', v_lot.lot_id using errcode = 'MD095';
    end if;
  end if;`,
)}${reservation(
  `
    returning compound_batch_id into v_batch_id;
    if v_batch_id is not null and v_new > v_old and new.fill_id is not null and operational.is_kept_for_another(v_batch_id, new.fill_id) then
      raise exception 'lot % was made for another prescription', new.lot_id using errcode = 'MD095';
    end if;`,
  `
  v_batch_id integer;`,
)}
create function operational.guard_compounded_lot() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from reference.drugs d where d.drug_id = new.drug_id and d.source = 'compounded') and new.compound_batch_id is null then
    return new;
  end if;
  -- Beside the lot of a batch there may be one of what came back of it.
  if new.status <> 'quarantined' or not exists (select from operational.inventory_lots l join operational.compound_batches b on b.lot_id = l.lot_id
    where b.batch_id = new.compound_batch_id and (l.branch_id, l.drug_id, l.lot_number, l.expiry_date, l.unit_cost)
      = (new.branch_id, new.drug_id, new.lot_number, new.expiry_date, new.unit_cost)) then
    raise exception 'product % is compounded here: a lot of it comes of a batch', new.drug_id using errcode = 'MD091';
  end if;
  return new;
end $$;
comment on function operational.guard_compounded_lot() is 'Refuses a lot of a preparation that no batch made.';
create trigger inventory_lots_compounded before insert on operational.inventory_lots
  for each row when (pg_trigger_depth() = 0) execute function operational.guard_compounded_lot();

create function operational.check_kept_lot() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from operational.inventory_lots l join operational.compound_batches b on b.batch_id = l.compound_batch_id
    where l.lot_id = new.lot_id and b.prescription_id is not null and l.status = 'available' and l.quantity > l.quantity_reserved) then
    raise exception 'lot % was made for a prescription: none of it is free', new.lot_id using errcode = 'MD095';
  end if;
  return null;
end $$;
comment on function operational.check_kept_lot() is 'At commit: nothing of a lot made for a prescription is free for others.';
create constraint trigger inventory_lots_kept_insert after insert on operational.inventory_lots
  deferrable initially deferred for each row when (new.compound_batch_id is not null) execute function operational.check_kept_lot();
create constraint trigger inventory_lots_kept_update after update on operational.inventory_lots
  deferrable initially deferred for each row when (new.compound_batch_id is not null) execute function operational.check_kept_lot();

create function operational.guard_lot_batch() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'a lot stays what it was made of' using errcode = 'MD004';
end $$;
comment on function operational.guard_lot_batch() is 'Refuses another batch, product, number, expiry or cost for a compounded lot.';
create trigger inventory_lots_batch_stays before update on operational.inventory_lots
  for each row when (old.compound_batch_id is distinct from new.compound_batch_id or (old.compound_batch_id is not null
    and (old.drug_id, old.lot_number, old.expiry_date, old.unit_cost) is distinct from (new.drug_id, new.lot_number, new.expiry_date, new.unit_cost)))
  execute function operational.guard_lot_batch();

create function operational.set_compounded_aside() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_back record;
  v_aside integer;
  v_reason text := 'fill ' || new.fill_id || ' came back: compounded';
begin
  -- now() is when the transaction began: what the fill gave up in it.
  for v_back in
    select l.lot_id, sum(g.quantity) as quantity from (
      select r.lot_id, r.quantity from operational.stock_reservations r where r.fill_id = new.fill_id and r.status = 'released' and r.closed_at = now()
      union all
      select m.lot_id, m.quantity from operational.stock_movements m where m.fill_id = new.fill_id and m.movement_type = 'reversal'
    ) g join operational.inventory_lots l using (lot_id)
    where l.compound_batch_id is not null and l.status = 'available' group by l.lot_id order by l.lot_id
  loop
    perform 1 from operational.inventory_lots l where l.lot_id = v_back.lot_id for update;
    select q.lot_id into v_aside from operational.inventory_lots l join operational.inventory_lots q on q.compound_batch_id = l.compound_batch_id and q.status = 'quarantined'
    where l.lot_id = v_back.lot_id order by q.lot_id limit 1;
    if v_aside is null then
      insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, status, status_reason, received_at, compound_batch_id)
      select l.branch_id, l.drug_id, l.lot_number, l.expiry_date, l.unit_cost, 'quarantined', v_reason, l.received_at, l.compound_batch_id
      from operational.inventory_lots l where l.lot_id = v_back.lot_id returning lot_id into v_aside;
    end if;
    insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, fill_id, balance_after, unit_cost)
    values (new.branch_id, v_back.lot_id, new.drug_id, 'adjustment', - v_back.quantity, v_reason, new.fill_id, 0, 0),
      (new.branch_id, v_aside, new.drug_id, 'adjustment', v_back.quantity, v_reason, new.fill_id, 0, 0);
  end loop;
  return null;
end $$;
comment on function operational.set_compounded_aside() is 'What was compounded for a fill that is taken back goes into quarantine, never to the shelf.';
create trigger fills_set_compounded_aside after update of status on operational.fills
  for each row when (old.status <> new.status and new.status in ('returned_to_stock', 'reversed')) execute function operational.set_compounded_aside();
`;
