/** How packs follow the ledger of stock, whoever writes it. */
export const PACK_FOLLOWING = `
create function operational.take_pack(p_pack_serial_id integer, p_movement_id bigint, p_units numeric) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  insert into operational.pack_movements (branch_id, pack_serial_id, movement_id, kind, units, delta, remaining_after, lot_id, is_scanned)
  select m.branch_id, p.pack_serial_id, m.movement_id, operational.pack_movement_kind(m), p_units, - p_units, 0, p.lot_id, true
  from operational.stock_movements m join operational.pack_serials p on p.pack_serial_id = p_pack_serial_id
  where m.movement_id = p_movement_id and (operational.current_user_id() is null or m.branch_id = any (operational.current_branches()));
$$;
comment on function operational.take_pack(integer, bigint, numeric) is 'A scanned pack gives so many base units to a movement that takes from its lot.';

create function operational.move_pack(p_pack_serial_id integer, p_movement_id bigint, p_lot_id integer) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  insert into operational.pack_movements (branch_id, pack_serial_id, movement_id, kind, units, delta, remaining_after, lot_id, is_scanned)
  select m.branch_id, p.pack_serial_id, m.movement_id, operational.pack_movement_kind(m), p.remaining, 0, 0, p_lot_id, true
  from operational.stock_movements m join operational.pack_serials p on p.pack_serial_id = p_pack_serial_id
  where m.movement_id = p_movement_id and (operational.current_user_id() is null or m.branch_id = any (operational.current_branches()));
$$;
comment on function operational.move_pack(integer, bigint, integer) is 'A scanned pack goes with all that is left in it into another lot, with the movement that takes it out of its own.';

create function operational.take_whole_packs(p_movement_id bigint, p_left numeric) returns numeric language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  m operational.stock_movements%rowtype;
  v_kind text;
  v_left numeric := p_left;
  v_excess numeric;
  v_to integer;
  v_pack record;
begin
  select * into m from operational.stock_movements x where x.movement_id = p_movement_id;
  v_kind := operational.pack_movement_kind(m);
  if v_kind = 'move' then
    select min(o.lot_id) into v_to from operational.stock_movements o
    where o.drug_id = m.drug_id and o.movement_id > m.movement_id - 100000 and o.tx_id = m.tx_id and o.movement_type = 'repack' and o.quantity > 0 and o.branch_id = m.branch_id;
  end if;
  select coalesce(sum(p.remaining), 0) - (select l.quantity from operational.inventory_lots l where l.lot_id = m.lot_id) into v_excess
  from operational.pack_serials p where p.lot_id = m.lot_id and p.remaining > 0;
  for v_pack in select p.pack_serial_id, p.remaining, p.duplicate_of from operational.pack_serials p where p.lot_id = m.lot_id and p.remaining > 0
    order by p.status = 'in_stock' desc, p.pack_serial_id loop
    exit when v_excess <= 0;
    continue when v_pack.remaining > v_left;
    if v_to is not null and v_pack.duplicate_of is not null and exists (select from operational.inventory_lots l where l.lot_id = v_to and l.status = 'available') then
      raise exception 'pack % is set aside: its serial was seen twice', v_pack.pack_serial_id using errcode = 'MD195';
    end if;
    insert into operational.pack_movements (branch_id, pack_serial_id, movement_id, kind, units, delta, remaining_after, lot_id)
    values (m.branch_id, v_pack.pack_serial_id, m.movement_id, v_kind, v_pack.remaining, case when v_to is null then - v_pack.remaining else 0 end, 0, coalesce(v_to, m.lot_id));
    v_left := v_left - v_pack.remaining;
    v_excess := v_excess - v_pack.remaining;
  end loop;
  return v_left;
end $$;
comment on function operational.take_whole_packs(bigint, numeric) is 'Whole packs leave with stock that goes to a supplier, a branch or another lot; answers what is left to take.';

create function operational.take_known_packs(p_movement_id bigint, p_left numeric) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  m operational.stock_movements%rowtype;
  v_left numeric := p_left;
  v_excess numeric;
  v_take numeric;
  v_pack record;
begin
  select * into m from operational.stock_movements x where x.movement_id = p_movement_id;
  select coalesce(sum(p.remaining), 0) - (select l.quantity from operational.inventory_lots l where l.lot_id = m.lot_id) into v_excess
  from operational.pack_serials p where p.lot_id = m.lot_id and p.remaining > 0;
  if v_excess <= 0 or v_left <= 0 then return; end if;
  if m.movement_type in ('dispense', 'sale') and exists (select from operational.trace_policies t where t.branch_id = m.branch_id and t.format <> 'none' and t.demand_scan) then
    raise exception 'lot % holds packs with serials: they are scanned', m.lot_id using errcode = 'MD196', detail = m.lot_id::text;
  end if;
  for v_pack in select p.pack_serial_id, p.remaining from operational.pack_serials p where p.lot_id = m.lot_id and p.remaining > 0
    order by p.status = 'opened' desc, p.duplicate_of is not null, p.pack_serial_id loop
    v_take := least(v_left, v_excess, v_pack.remaining);
    exit when v_take <= 0;
    insert into operational.pack_movements (branch_id, pack_serial_id, movement_id, kind, units, delta, remaining_after, lot_id)
    values (m.branch_id, v_pack.pack_serial_id, m.movement_id, operational.pack_movement_kind(m), v_take, - v_take, 0, m.lot_id);
    v_left := v_left - v_take;
    v_excess := v_excess - v_take;
  end loop;
end $$;
comment on function operational.take_known_packs(bigint, numeric) is 'Where a lot holds less than its known packs, the rest comes out of them: the opened one first, then the one received first.';

create function operational.restore_packs(p_movement_id bigint) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  m operational.stock_movements%rowtype;
  v_kind text;
  v_left numeric;
  v_units numeric;
  v_taken record;
begin
  select * into m from operational.stock_movements x where x.movement_id = p_movement_id;
  v_kind := operational.pack_movement_kind(m);
  v_left := m.quantity;
  -- What took, the last first, each with what is not back yet.
  for v_taken in
    with source as (
      select m.reverses_movement_id as movement_id where m.movement_type = 'reversal'
      union all
      select o.movement_id from operational.sale_items r join operational.sale_items s on s.sale_item_id = r.original_sale_item_id
      join operational.stock_movements o on o.sale_item_id = s.sale_item_id or (s.fill_id is not null and o.fill_id = s.fill_id and o.movement_type = 'dispense')
      where m.movement_type = 'return' and r.sale_item_id = m.sale_item_id
      union all
      select o.movement_id from operational.stock_transit_movements a join operational.stock_transit_movements o on o.transit_lot_id = a.transit_lot_id and o.kind = 'issue'
      where m.movement_type = 'transfer_in' and a.movement_id = m.movement_id)
    select t.pack_movement_id, t.pack_serial_id, p.status, p.remaining, p.lot_id,
      - t.delta - (select coalesce(sum(b.units), 0) from operational.pack_movements b where b.restores_id = t.pack_movement_id) as units
    from source s join operational.pack_movements t on t.movement_id = s.movement_id and t.delta < 0 join operational.pack_serials p using (pack_serial_id)
    order by t.pack_movement_id desc
  loop
    exit when v_left <= 0;
    -- A pack on its way arrives whole or as loose goods.
    continue when v_kind = 'arrive' and (v_taken.status <> 'shipped' or v_taken.units > v_left);
    v_units := least(v_left, v_taken.units);
    continue when v_units <= 0;
    insert into operational.pack_movements (branch_id, pack_serial_id, movement_id, kind, units, delta, remaining_after, lot_id, restores_id)
    values (m.branch_id, v_taken.pack_serial_id, m.movement_id, v_kind, v_units, 0, 0, m.lot_id, v_taken.pack_movement_id);
    v_left := v_left - v_units;
  end loop;
end $$;
comment on function operational.restore_packs(bigint) is 'Brings back into their packs what a return, a reversal or an arrival brings back into stock.';

create function operational.follow_packs() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_left numeric;
  v_scan record;
begin
  if new.quantity > 0 then
    perform operational.restore_packs(new.movement_id);
    return null;
  end if;
  if not exists (select from operational.pack_serials p where p.lot_id = new.lot_id and p.remaining > 0) then return null; end if;
  v_left := - new.quantity - (select coalesce(sum(x.units), 0) from operational.pack_movements x where x.movement_id = new.movement_id);
  if new.fill_id is not null and new.movement_type = 'dispense' then
    for v_scan in
      select p.pack_serial_id, p.remaining from operational.pack_serials p
      join (select s.gtin, s.serial_number, min(s.scan_id) as scan_id from operational.fill_scans s
        where s.fill_id = new.fill_id and s.result = 'matched' and s.serial_number is not null group by 1, 2) s on s.gtin = p.gtin and s.serial_number = p.serial
      where p.lot_id = new.lot_id and p.remaining > 0 order by p.status = 'opened' desc, s.scan_id
    loop
      exit when v_left <= 0;
      perform operational.take_pack(v_scan.pack_serial_id, new.movement_id, least(v_left, v_scan.remaining));
      v_left := v_left - least(v_left, v_scan.remaining);
    end loop;
  end if;
  if new.movement_type in ('transfer_out', 'supplier_return', 'repack') or (new.movement_type = 'reversal' and new.quantity < 0) then
    v_left := operational.take_whole_packs(new.movement_id, v_left);
  end if;
  perform operational.take_known_packs(new.movement_id, v_left);
  return null;
end $$;
comment on function operational.follow_packs() is 'At commit: packs follow the movement. What was scanned gives first; of others only what their lot no longer holds.';
create constraint trigger stock_movements_follow_packs after insert on operational.stock_movements deferrable initially deferred
  for each row when (new.quantity < 0 or new.movement_type in ('return', 'reversal', 'transfer_in')) execute function operational.follow_packs();

create function operational.guard_pack_release() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from operational.pack_serials p where p.lot_id = new.lot_id and p.remaining > 0 and p.duplicate_of is not null) then
    raise exception 'lot % holds a pack whose serial was seen twice', new.lot_id using errcode = 'MD195';
  end if;
  return new;
end $$;
comment on function operational.guard_pack_release() is 'A lot with a pack whose serial was seen twice is given free by nobody.';
create trigger inventory_lots_guard_packs before update of status on operational.inventory_lots
  for each row when (new.status = 'available' and old.status <> 'available') execute function operational.guard_pack_release();

create function operational.free_packs() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  update operational.pack_serials p set status = case when p.remaining < p.base_units then 'opened' else 'in_stock' end, version = p.version + 1
  where p.lot_id = new.lot_id and p.remaining > 0 and p.status = 'quarantined' and p.duplicate_of is null;
  return null;
end $$;
comment on function operational.free_packs() is 'Packs of a lot that is given free are free.';
create trigger inventory_lots_free_packs after update of status on operational.inventory_lots
  for each row when (new.status = 'available' and old.status <> 'available') execute function operational.free_packs();

create function operational.pack_standing(p_branch_id integer, p_gtin text, p_serial text)
returns table (pack_serial_id integer, lot_id integer, remaining numeric, standing text) language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  with one as (
    select p.*, l.status as lot_status, l.expiry_date < (now() at time zone b.time_zone)::date as is_past,
      exists (select from operational.pack_serials d where d.gtin = p.gtin and d.serial = p.serial and d.duplicate_of is not null and d.remaining > 0) as is_doubled
    from operational.pack_serials p join operational.inventory_lots l on l.lot_id = p.lot_id join operational.branches b on b.branch_id = p.branch_id
    where p.gtin = p_gtin and p.serial = p_serial
    -- One that went back to its supplier may have come again.
    order by p.status = 'returned', p.duplicate_of is not null, p.pack_serial_id desc limit 1
  )
  select case when o.branch_id = p_branch_id then o.pack_serial_id end, case when o.branch_id = p_branch_id then o.lot_id end, case when o.branch_id = p_branch_id then o.remaining end,
    case when o.is_doubled then 'seen-twice' when o.status not in ('in_stock', 'opened') then replace(o.status, '_', '-') when o.branch_id <> p_branch_id then 'elsewhere'
      when o.lot_status <> 'available' then replace(o.lot_status, '_', '-') when o.is_past then 'expired' else 'free' end
  from one o
$$;
comment on function operational.pack_standing(integer, text, text) is 'Whether a pack may leave to a patient from this branch: free, or why not; no row: nobody received it. Of a pack at another branch nothing else is told.';

revoke execute on function operational.pack_standing(integer, text, text), operational.take_pack(integer, bigint, numeric), operational.move_pack(integer, bigint, integer), operational.take_whole_packs(bigint, numeric),
  operational.take_known_packs(bigint, numeric), operational.restore_packs(bigint) from public;
grant execute on function operational.pack_standing(integer, text, text), operational.take_pack(integer, bigint, numeric), operational.move_pack(integer, bigint, integer) to pharmacy_app;
`;
