/**
 * The stock core, each step as one statement: lots are locked and shared out to the lines together, what is short is known before
 * anything is written, and a movement asks all it must know with the update of its lot.
 */
export const PLAN_FEFO = `
create function operational.has_opened_pack(p_lot_id integer) returns boolean language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from operational.pack_serials p where p.lot_id = p_lot_id and p.status = 'opened');
end $$;
comment on function operational.has_opened_pack(integer) is 'Whether a pack of the lot is opened; sees what was committed until now, not only until its caller began.';
revoke all on function operational.has_opened_pack(integer) from public;
grant execute on function operational.has_opened_pack(integer) to pharmacy_app;

create or replace function operational.plan_fefo(p_branch_id integer, p_drug_ids integer[], p_quantities numeric[])
returns table (line_no integer, lot_id integer, drug_id integer, lot_number text, expiry_date date, quantity numeric) language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  -- One global lock order (drug, expiry, received, lot) for every caller: no deadlock between baskets. A lot that was waited for comes as it
  -- is then, or not at all when nothing of it is left.
  return query
  with locked as materialized (
    select l.lot_id, l.drug_id, l.lot_number, l.expiry_date, l.received_at, l.quantity - l.quantity_reserved as free
    from operational.inventory_lots l
    where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
      and (l.expiry_date is null or l.expiry_date >= (select (now() at time zone b.time_zone)::date from operational.branches b where b.branch_id = p_branch_id))
    order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update
  ), opened as (
    -- Only where lots expire the same day does it matter which of them has an opened pack.
    select l.*, case when count(*) over (partition by l.drug_id, l.expiry_date) > 1 then operational.has_opened_pack(l.lot_id) else false end as is_opened from locked l
  ), offered as (
    select o.*, sum(o.free) over (partition by o.drug_id order by o.expiry_date nulls last, o.is_opened desc, o.received_at, o.lot_id) as to_qty from opened o
  ), wanted as (
    select u.n::integer as line, u.drug, sum(u.qty) over (partition by u.drug order by u.n) - u.qty as from_qty, sum(u.qty) over (partition by u.drug order by u.n) as to_qty
    from unnest(p_drug_ids, p_quantities) with ordinality as u (drug, qty, n)
  )
  select w.line, o.lot_id, o.drug_id, o.lot_number, o.expiry_date, least(w.to_qty, o.to_qty) - greatest(w.from_qty, o.to_qty - o.free)
  from wanted w join offered o on o.drug_id = w.drug and o.to_qty > w.from_qty and o.to_qty - o.free < w.to_qty
  order by w.line, o.to_qty;
end $$;
`;

export const ISSUE_STOCK = `
create or replace function operational.issue_stock(p_branch_id integer, p_movement_type text, p_drug_ids integer[], p_quantities numeric[], p_fill_ids integer[], p_sale_item_ids integer[])
returns table (line_no integer, lot_id integer, lot_number text, expiry_date date, quantity numeric, movement_id bigint) language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_taken numeric[] := array_fill(0::numeric, array[cardinality(p_quantities)]);
  v_short record;
begin
  for line_no, lot_id, lot_number, expiry_date, quantity, movement_id in
    insert into operational.stock_movements as m (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, sale_item_id, balance_after, unit_cost)
    select p_branch_id, p.lot_id, p.drug_id, p_movement_type, - p.quantity, p_fill_ids[p.line_no], p_sale_item_ids[p.line_no], 0, 0
    from operational.plan_fefo(p_branch_id, p_drug_ids, p_quantities) with ordinality as p (line_no, lot_id, drug_id, lot_number, expiry_date, quantity, n)
    order by p.n
    returning case when m.sale_item_id is null then array_position(p_fill_ids, m.fill_id) else array_position(p_sale_item_ids, m.sale_item_id) end, m.lot_id,
      (select l.lot_number from operational.inventory_lots l where l.lot_id = m.lot_id),
      (select l.expiry_date from operational.inventory_lots l where l.lot_id = m.lot_id), - m.quantity, m.movement_id
  loop
    v_taken[line_no] := v_taken[line_no] + quantity;
    return next;
  end loop;
  if v_taken is distinct from p_quantities then
    select u.drug, sum(u.qty) as requested, sum(u.taken) as available into v_short
    from unnest(p_drug_ids, p_quantities, v_taken) as u (drug, qty, taken)
    group by u.drug having bool_or(u.qty is distinct from u.taken) limit 1;
    raise exception 'insufficient stock of drug %: % requested, % available', v_short.drug, trim_scale(v_short.requested), trim_scale(v_short.available)
      using errcode = 'MD001', detail = v_short.drug::text;
  end if;
end $$;
`;

/**
 * The posting of a movement in one statement. The lot knows the number of its last movement, so that nobody looks for a later one in the
 * ledger. A number drawn from now on is later than all there are: lots begin without one.
 */
export const POST_MOVEMENT = `
alter table operational.inventory_lots add column ledger_position bigint not null default 0;
comment on column operational.inventory_lots.ledger_position is 'Number of its last movement, kept by trigger; 0: none since this is written down.';
drop trigger stock_movements_q_order on operational.stock_movements;
drop function operational.order_movement();

create or replace function operational.post_movement() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_lot record;
  v_reversed operational.stock_movements%rowtype;
begin
  update operational.inventory_lots l set quantity = l.quantity + new.quantity,
    -- The number was drawn before the lot was waited for: whoever held the lot meanwhile may have drawn a later one.
    ledger_position = case when l.ledger_position > new.movement_id then nextval('operational.stock_movements_movement_id_seq') else new.movement_id end
  where l.lot_id = new.lot_id and l.branch_id = new.branch_id
  returning l.lot_id, l.drug_id, l.quantity, l.ledger_position, l.unit_cost, l.status, l.expiry_date, l.compound_batch_id,
    new.movement_type in ('dispense', 'sale', 'compounding_out') and (l.status <> 'available'
      or coalesce(l.expiry_date < (select (new.effective_at at time zone b.time_zone)::date from operational.branches b where b.branch_id = l.branch_id), false)) as may_not_leave,
    new.sale_item_id is not null
      and not exists (select from operational.sale_items i where i.sale_item_id = new.sale_item_id and i.xmin = pg_current_xact_id()::xid) as is_late
  into v_lot;
  if not found then
    raise exception 'no lot % at branch %', new.lot_id, new.branch_id using errcode = 'foreign_key_violation', constraint = 'stock_movements_lot_fkey';
  end if;
  if v_lot.may_not_leave then
    raise exception 'lot % is % and expires %: it may not leave to a patient', v_lot.lot_id, v_lot.status, v_lot.expiry_date using errcode = 'MD003';
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
  if v_lot.is_late then
    raise exception 'sale line % was posted before: stock for it moved then', new.sale_item_id using errcode = 'MD004';
  end if;
  if new.movement_type = 'reversal' then
    select * into v_reversed from operational.stock_movements where movement_id = new.reverses_movement_id;
    if v_reversed.movement_type = 'reversal' or v_reversed.quantity <> - new.quantity or v_reversed.drug_id <> v_lot.drug_id then
      raise exception 'movement % is not the opposite of movement %', new.quantity, new.reverses_movement_id using errcode = 'check_violation', constraint = 'stock_movements_reversal_check';
    end if;
  end if;
  new.movement_id := v_lot.ledger_position;
  new.drug_id := v_lot.drug_id;
  new.unit_cost := v_lot.unit_cost;
  new.balance_after := v_lot.quantity;
  new.user_id := coalesce(new.user_id, operational.current_user_id());
  return new;
end $$;
comment on function operational.post_movement() is 'Posts a ledger row to its lot, in the order of numbers; refuses a negative balance, and dispensing or selling from a lot that is expired or not available.';
`;

/** What came over the counter is looked at with the sums; fills, whose stock moved before, only where there are some. */
export const CHECK_SALE = `
create or replace function operational.check_sale() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_lines record;
  v_item integer;
begin
  select count(*) as n, sum(i.amount) as amount, sum(i.discount) as discount, sum(i.tax) as tax,
    (select coalesce(sum(p.amount - p.change_given), 0) from operational.payments p where p.sale_id = new.sale_id) as paid,
    bool_or(i.fill_id is not null and i.quantity > 0) as has_fills,
    min(i.sale_item_id) filter (where (i.fill_id is null or i.quantity < 0) and i.quantity <> (
      select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.sale_item_id = i.sale_item_id and m.recorded_at >= now() - interval '1 day')) as unmoved
  into v_lines from operational.sale_items i where i.sale_id = new.sale_id;
  if v_lines.n = 0 or v_lines.amount <> new.subtotal or v_lines.discount <> new.discount_total or v_lines.tax <> new.tax_total then
    raise exception 'sale %: lines do not add up to the header', new.sale_id using errcode = 'MD009';
  end if;
  if v_lines.paid <> new.total then
    raise exception 'sale %: % paid, total %', new.sale_id, v_lines.paid, new.total using errcode = 'MD009';
  end if;
  v_item := v_lines.unmoved;
  if v_item is null and v_lines.has_fills then
    select i.sale_item_id into v_item from operational.sale_items i
    where i.sale_id = new.sale_id and i.fill_id is not null and i.quantity > 0 and i.quantity <> (
      select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.fill_id = i.fill_id and m.recorded_at >= operational.sale_moved_since(new.sale_id))
    limit 1;
  end if;
  if v_item is not null then
    raise exception 'sale line %: stock moved differs from quantity sold', v_item using errcode = 'MD009';
  end if;
  return null;
end $$;
`;

/** A sale changes the quantity of a lot: where no index hangs on that, none of the seven is written. */
export const LOT_INDEX = `
drop index operational.inventory_lots_fefo_idx;
create index inventory_lots_fefo_idx on operational.inventory_lots (branch_id, drug_id, expiry_date, received_at, lot_id) where status = 'available';
alter table operational.inventory_lots set (fillfactor = 80);
`;
