/** The functions as they were before, as PostgreSQL tells them. */
export const AS_BEFORE = `
CREATE OR REPLACE FUNCTION operational.plan_fefo(p_branch_id integer, p_drug_ids integer[], p_quantities numeric[])
 RETURNS TABLE(line_no integer, lot_id integer, drug_id integer, lot_number text, expiry_date date, quantity numeric)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_today date;
begin
  select (now() at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = p_branch_id;
  -- One global lock order (drug, expiry, received, lot) for every caller: no deadlock between baskets.
  perform 1 from operational.inventory_lots l
  where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
    and (l.expiry_date is null or l.expiry_date >= v_today)
  order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update;
  -- A second statement: it sees what the ones we waited for have left.
  return query
  with wanted as (
    select u.n::integer as line, u.drug as drug, u.qty as qty,
      sum(u.qty) over (partition by u.drug order by u.n) - u.qty as from_qty, sum(u.qty) over (partition by u.drug order by u.n) as to_qty
    from unnest(p_drug_ids, p_quantities) with ordinality as u (drug, qty, n)
  ), offered as (
    select l.lot_id, l.drug_id, l.lot_number, l.expiry_date, l.received_at, x.opened, l.quantity - l.quantity_reserved as free,
      sum(l.quantity - l.quantity_reserved) over (partition by l.drug_id order by l.expiry_date nulls last, x.opened desc, l.received_at, l.lot_id) as to_qty
    from operational.inventory_lots l
    cross join lateral (select exists (select from operational.pack_serials p where p.lot_id = l.lot_id and p.status = 'opened') as opened) x
    where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
      and (l.expiry_date is null or l.expiry_date >= v_today)
  )
  select w.line, o.lot_id, o.drug_id, o.lot_number, o.expiry_date, least(w.to_qty, o.to_qty) - greatest(w.from_qty, o.to_qty - o.free)
  from wanted w join offered o on o.drug_id = w.drug and o.to_qty > w.from_qty and o.to_qty - o.free < w.to_qty
  order by w.line, o.expiry_date nulls last, o.opened desc, o.received_at, o.lot_id;
end $function$;

CREATE OR REPLACE FUNCTION operational.issue_stock(p_branch_id integer, p_movement_type text, p_drug_ids integer[], p_quantities numeric[], p_fill_ids integer[], p_sale_item_ids integer[])
 RETURNS TABLE(line_no integer, lot_id integer, lot_number text, expiry_date date, quantity numeric, movement_id bigint)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_short record;
begin
  return query
  with plan as materialized (
    select p.* from operational.plan_fefo(p_branch_id, p_drug_ids, p_quantities) with ordinality as p (line_no, lot_id, drug_id, lot_number, expiry_date, quantity, n)
  ), posted as (
    insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, sale_item_id, balance_after, unit_cost)
    select p_branch_id, p.lot_id, p.drug_id, p_movement_type, - p.quantity, p_fill_ids[p.line_no], p_sale_item_ids[p.line_no], 0, 0
    from plan p order by p.n
    returning stock_movements.movement_id, stock_movements.lot_id, stock_movements.fill_id, stock_movements.sale_item_id
  )
  select p.line_no, p.lot_id, p.lot_number, p.expiry_date, p.quantity, m.movement_id
  from plan p join posted m on m.lot_id = p.lot_id and m.fill_id is not distinct from p_fill_ids[p.line_no] and m.sale_item_id is not distinct from p_sale_item_ids[p.line_no]
  order by p.n;
  select w.drug, sum(w.qty) as requested, sum(w.taken) as available into v_short
  from (
    select u.drug, u.qty, coalesce((select - sum(m.quantity) from operational.stock_movements m
      where m.branch_id = p_branch_id and m.recorded_at >= now() - interval '1 day' and (m.sale_item_id = u.item or (u.item is null and m.fill_id = u.fill and m.movement_type = p_movement_type))), 0) as taken
    from unnest(p_drug_ids, p_quantities, p_fill_ids, p_sale_item_ids) as u (drug, qty, fill, item)) w
  group by w.drug having bool_or(w.qty <> w.taken)
  limit 1;
  if found then
    raise exception 'insufficient stock of drug %: % requested, % available', v_short.drug, trim_scale(v_short.requested), trim_scale(v_short.available)
      using errcode = 'MD001', detail = v_short.drug::text;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION operational.post_movement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
  if new.movement_type in ('dispense', 'sale', 'compounding_out') then
    select (new.effective_at at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = new.branch_id;
    if v_lot.status <> 'available' or v_lot.expiry_date < v_today then
      raise exception 'lot % is % and expires %: it may not leave to a patient', v_lot.lot_id, v_lot.status, v_lot.expiry_date using errcode = 'MD003';
    end if;
  end if;
  if v_lot.compound_batch_id is not null then
    if new.movement_type in ('receipt', 'transfer_in') then
      raise exception 'lot % was compounded here: it is not received', v_lot.lot_id using errcode = 'MD091';
    elsif new.movement_type = 'return' and v_lot.status = 'available' then
      raise exception 'lot % was compounded: what comes back is set aside', v_lot.lot_id using errcode = 'MD096';
    elsif new.movement_type in ('dispense', 'sale') and operational.is_kept_for_another(v_lot.compound_batch_id, new.fill_id) then
      raise exception 'lot % was made for another prescription', v_lot.lot_id using errcode = 'MD095';
    end if;
  end if;
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
end $function$;

CREATE OR REPLACE FUNCTION operational.check_sale()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lines record;
  v_paid numeric;
  v_item integer;
begin
  select count(*) as n, coalesce(sum(amount), 0) as amount, coalesce(sum(discount), 0) as discount, coalesce(sum(tax), 0) as tax
  into v_lines from operational.sale_items where sale_id = new.sale_id;
  select coalesce(sum(amount - change_given), 0) into v_paid from operational.payments where sale_id = new.sale_id;
  if v_lines.n = 0 or v_lines.amount <> new.subtotal or v_lines.discount <> new.discount_total or v_lines.tax <> new.tax_total then
    raise exception 'sale %: lines do not add up to the header', new.sale_id using errcode = 'MD009';
  end if;
  if v_paid <> new.total then
    raise exception 'sale %: % paid, total %', new.sale_id, v_paid, new.total using errcode = 'MD009';
  end if;
  select i.sale_item_id into v_item from operational.sale_items i
  where i.sale_id = new.sale_id and i.quantity <> case
    when i.fill_id is not null and i.quantity > 0
      then (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.fill_id = i.fill_id and m.recorded_at >= operational.sale_moved_since(new.sale_id))
    else (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.sale_item_id = i.sale_item_id and m.recorded_at >= now() - interval '1 day') end
  limit 1;
  if v_item is not null then
    raise exception 'sale line %: stock moved differs from quantity sold', v_item using errcode = 'MD009';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION operational.audit_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  redacted text[] := string_to_array(coalesce(tg_argv[1], ''), ',');
  v_before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - redacted end;
  v_after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - redacted end;
  v_row jsonb := coalesce(v_after, v_before);
begin
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
  values (
    operational.current_tx_id(),
    operational.current_user_id(),
    coalesce((v_row ->> 'branch_id')::integer, nullif(current_setting('app.branch_id', true), '')::integer),
    nullif(current_setting('app.request_id', true), ''),
    tg_table_schema, coalesce(tg_argv[2], tg_table_name),
    (select string_agg(v_row ->> k, ',' order by n) from unnest(string_to_array(tg_argv[0], ',')) with ordinality as u (k, n)),
    lower(tg_op), v_before, v_after);
  return null;
end $function$;

comment on function operational.post_movement() is 'Posts a ledger row to its lot; refuses a negative balance, and dispensing or selling from a lot that is expired or not available.';
CREATE OR REPLACE FUNCTION operational.order_movement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The number was drawn before the lot was waited for: whoever held the lot meanwhile may have drawn a later one.
  if exists (select from operational.stock_movements m where m.lot_id = new.lot_id and m.movement_id > new.movement_id and m.recorded_at >= now() - interval '1 day') then
    new.movement_id := nextval(pg_get_serial_sequence('operational.stock_movements', 'movement_id'));
  end if;
  return new;
end $function$;
comment on function operational.order_movement() is 'The movements of a lot are numbered in the order they were posted, so that a number says what the lot held.';
create trigger stock_movements_q_order before insert on operational.stock_movements
  for each row execute function operational.order_movement();
alter table operational.inventory_lots drop column ledger_position;
drop function operational.has_opened_pack(integer);
alter function operational.current_tx_id() set search_path = pg_catalog, pg_temp;
drop index operational.inventory_lots_fefo_idx;
create index inventory_lots_fefo_idx on operational.inventory_lots (branch_id, drug_id, expiry_date, received_at, lot_id) where status = 'available' and quantity > 0;
alter table operational.inventory_lots reset (fillfactor);
`;
