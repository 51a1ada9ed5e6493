import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Purchase orders in full: lines in any unit with their money, approval above a limit by somebody else, the steps and their
 * history. What is received moves an order by itself; nobody writes that status.
 */
export class PurchaseOrders1799000000170 implements MigrationInterface {
  name = 'PurchaseOrders1799000000170';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
alter table operational.branches
  add column purchase_approval_limit numeric(14, 3) check (purchase_approval_limit >= 0),
  add column over_receipt_tolerance numeric(4, 3) not null default 0 check (over_receipt_tolerance between 0 and 1);
comment on column operational.branches.purchase_approval_limit is 'Purchase orders of a higher total are approved by another user; null: none needs it.';
comment on column operational.branches.over_receipt_tolerance is 'Share that may be received above an order, where the supplier has none of his own.';
alter table operational.suppliers
  add column over_receipt_tolerance numeric(4, 3) check (over_receipt_tolerance between 0 and 1),
  add column min_shelf_life_days smallint not null default 0 check (min_shelf_life_days between 0 and 3650),
  add column payment_days smallint not null default 30 check (payment_days between 0 and 365);
comment on column operational.suppliers.over_receipt_tolerance is 'Share that may be received above an order; null: as the branch has it.';
comment on column operational.suppliers.min_shelf_life_days is 'Goods that expire sooner after delivery are warned of.';
comment on column operational.suppliers.payment_days is 'Days after its date until an invoice is due.';

alter table operational.purchase_orders
  add column expected_on date,
  add column submitted_by integer references operational.users (user_id),
  add column approved_at timestamptz,
  add column needs_approval boolean not null default false,
  add column approval_limit numeric(14, 3),
  add column status_reason text check (length(status_reason) <= 500),
  add column discount numeric(14, 3) not null default 0 check (discount >= 0),
  add column landed_cost numeric(14, 3) not null default 0 check (landed_cost >= 0),
  add column net_total numeric(14, 3) not null default 0 check (net_total >= 0),
  add column tax_total numeric(14, 3) not null default 0 check (tax_total >= 0),
  add column total numeric(14, 3) not null default 0;
comment on column operational.purchase_orders.expected_on is 'Day the delivery is expected.';
comment on column operational.purchase_orders.submitted_by is 'Who submitted it.';
comment on column operational.purchase_orders.approved_at is 'When it was approved.';
comment on column operational.purchase_orders.needs_approval is 'True: its total was above the limit of the branch when it was submitted, so another user approves it; set by trigger.';
comment on column operational.purchase_orders.approval_limit is 'The limit of the branch when it was submitted; set by trigger.';
comment on column operational.purchase_orders.status_reason is 'What was said with the last step.';
comment on column operational.purchase_orders.discount is 'Discount on the whole order; shared over its lines.';
comment on column operational.purchase_orders.landed_cost is 'Freight, customs and other cost of getting it here; shared over its lines.';
comment on column operational.purchase_orders.net_total is 'Sum of the lines after all discounts, before tax.';
comment on column operational.purchase_orders.tax_total is 'Sum of the tax of the lines.';
comment on column operational.purchase_orders.total is 'Net total, tax and landed cost.';
create index purchase_orders_branch_idx on operational.purchase_orders (branch_id, status, purchase_order_id desc);

alter table operational.purchase_order_items
  add column level text not null default 'unit' check (level in ('unit', 'strip', 'pack', 'case')),
  add column unit_base_units numeric(14, 3) not null default 1 check (unit_base_units > 0),
  add column quantity numeric(14, 3) check (quantity > 0),
  add column bonus numeric(14, 3) not null default 0 check (bonus >= 0),
  add column quantity_bonus numeric(14, 3) not null default 0,
  add column quantity_bonus_received numeric(14, 3) not null default 0 check (quantity_bonus_received >= 0),
  add column price numeric(14, 3) check (price >= 0),
  add column gross numeric(14, 3) not null default 0 check (gross >= 0),
  add column discount numeric(14, 3) not null default 0 check (discount >= 0),
  add column header_discount numeric(14, 3) not null default 0 check (header_discount >= 0),
  add column net numeric(14, 3) check (net >= 0),
  add column landed_cost numeric(14, 3) not null default 0 check (landed_cost >= 0),
  add column tax_rate numeric(5, 4) not null default 0 check (tax_rate between 0 and 1),
  add column tax numeric(14, 3) not null default 0 check (tax >= 0);
update operational.purchase_orders set approved_at = created_at where approved_by is not null;
update operational.purchase_order_items set quantity = quantity_ordered, price = round(unit_cost, 3), gross = round(unit_cost * quantity_ordered, 3),
  net = round(unit_cost * quantity_ordered, 3), unit_cost = round(round(unit_cost * quantity_ordered, 3) / quantity_ordered, 6);
update operational.purchase_orders o set net_total = i.net, total = i.net
from (select purchase_order_id, sum(net) as net from operational.purchase_order_items group by 1) i where i.purchase_order_id = o.purchase_order_id;
alter table operational.purchase_orders
  add constraint purchase_orders_total_check check (total = net_total + tax_total + landed_cost),
  add constraint purchase_orders_approved_check check ((approved_by is null) = (approved_at is null) and (not needs_approval or approved_by is distinct from created_by)
    and (not needs_approval or approved_by is distinct from submitted_by) and (not needs_approval or approved_by is not null or status in ('submitted', 'cancelled')));
alter table operational.purchase_order_items
  alter column quantity set not null, alter column price set not null, alter column net set not null,
  add constraint purchase_order_items_units_check check (quantity_ordered = quantity * unit_base_units and quantity_bonus = bonus * unit_base_units),
  add constraint purchase_order_items_net_sum_check check (net = gross - discount - header_discount),
  add constraint purchase_order_items_cost_check check (abs(unit_cost - (net + landed_cost) / (quantity_ordered + quantity_bonus)) <= 0.000001);
comment on column operational.purchase_order_items.level is 'What it is ordered in: case, pack, strip or unit.';
comment on column operational.purchase_order_items.unit_base_units is 'Base units in one of that.';
comment on column operational.purchase_order_items.quantity is 'How many of that are paid for.';
comment on column operational.purchase_order_items.bonus is 'How many of that come free.';
comment on column operational.purchase_order_items.quantity_bonus is 'Base units that come free.';
comment on column operational.purchase_order_items.quantity_bonus_received is 'Base units received free; kept by trigger.';
comment on column operational.purchase_order_items.price is 'Price of one of that, before discount and tax.';
comment on column operational.purchase_order_items.gross is 'Price times quantity, rounded to the currency.';
comment on column operational.purchase_order_items.discount is 'Discount on the line.';
comment on column operational.purchase_order_items.header_discount is 'Its share of the discount on the order.';
comment on column operational.purchase_order_items.net is 'Gross less both discounts, before tax.';
comment on column operational.purchase_order_items.landed_cost is 'Its share of the landed cost of the order.';
comment on column operational.purchase_order_items.tax_rate is 'Tax rate.';
comment on column operational.purchase_order_items.tax is 'Tax on net.';
comment on column operational.purchase_order_items.unit_cost is 'Net and landed cost of a base unit, free ones counted, to the millionth.';

create table operational.purchase_order_events ( -- Every step of a purchase order: who, when, why; written by trigger, append-only.
  event_id bigint generated always as identity primary key, -- Identity of the event.
  branch_id integer not null, -- Branch of the order.
  purchase_order_id integer not null references operational.purchase_orders (purchase_order_id), -- The order.
  from_status text, -- State before; null: it was made.
  to_status text not null, -- State after.
  reason text, -- What was said with it.
  user_id integer references operational.users (user_id), -- Who; null: the system.
  occurred_at timestamptz not null default clock_timestamp() -- When.
);
create index purchase_order_events_order_idx on operational.purchase_order_events (purchase_order_id, event_id);
insert into operational.purchase_order_events (branch_id, purchase_order_id, to_status, user_id, occurred_at)
select o.branch_id, o.purchase_order_id, o.status, o.created_by, o.created_at from operational.purchase_orders o order by o.purchase_order_id;
create trigger purchase_order_events_append_only before update or delete on operational.purchase_order_events
  for each row execute function operational.refuse_change();

create function operational.guard_purchase_order() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'draft' or new.approved_by is not null or new.submitted_by is not null then
      raise exception 'an order begins as a draft' using errcode = 'MD270';
    end if;
    new.created_by := coalesce(new.created_by, operational.current_user_id());
    return new;
  end if;
  if (new.branch_id, new.order_number, new.created_by, new.created_at) is distinct from (old.branch_id, old.order_number, old.created_by, old.created_at)
    or (old.status <> 'draft' and (new.supplier_id, new.discount, new.landed_cost, new.net_total, new.tax_total, new.total, new.needs_approval, new.approval_limit,
          new.submitted_by, new.ordered_at, new.over_receipt_tolerance)
        is distinct from (old.supplier_id, old.discount, old.landed_cost, old.net_total, old.tax_total, old.total, old.needs_approval, old.approval_limit,
          old.submitted_by, old.ordered_at, old.over_receipt_tolerance))
    or (old.approved_by is not null and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at)) then
    raise exception 'order %: what was submitted or approved stays', old.purchase_order_id using errcode = 'MD004';
  end if;
  if new.status = old.status then
    if old.approved_by is null and new.approved_by is not null then
      raise exception 'order %: approving is a step', old.purchase_order_id using errcode = 'MD270';
    end if;
    return new;
  end if;
  if (old.status || '>' || new.status) not in ('draft>submitted', 'draft>cancelled', 'submitted>approved', 'submitted>cancelled', 'approved>cancelled',
      'partially_received>closed', 'received>closed')
    -- What comes in, or is taken back, moves an order; only the triggers of receipts and their reversals do that.
    and not (pg_trigger_depth() > 1 and old.status in ('submitted', 'approved', 'partially_received', 'received')
      and new.status in ('submitted', 'approved', 'partially_received', 'received') and (new.status <> 'approved' or new.approved_by is not null)) then
    raise exception 'order % is %: it cannot become %', old.purchase_order_id, old.status, new.status using errcode = 'MD270';
  end if;
  if new.status = 'submitted' and old.status = 'draft' then
    if not exists (select from operational.purchase_order_items i where i.purchase_order_id = new.purchase_order_id) then
      raise exception 'order % has no line', new.purchase_order_id using errcode = 'MD273';
    end if;
    new.submitted_by := operational.current_user_id();
    new.ordered_at := now();
    select b.purchase_approval_limit, coalesce(new.total > b.purchase_approval_limit, false), coalesce(s.over_receipt_tolerance, b.over_receipt_tolerance)
    into new.approval_limit, new.needs_approval, new.over_receipt_tolerance
    from operational.branches b, operational.suppliers s where b.branch_id = new.branch_id and s.supplier_id = new.supplier_id;
  end if;
  if new.status = 'approved' and old.status = 'submitted' and old.approved_by is null then
    new.approved_by := operational.current_user_id();
    new.approved_at := now();
    if new.approved_by is null or (new.needs_approval and new.approved_by in (coalesce(new.created_by, 0), coalesce(new.submitted_by, 0))) then
      raise exception 'order % is approved by somebody else than who wrote it', new.purchase_order_id using errcode = 'MD272';
    end if;
  end if;
  return new;
end $$;
comment on function operational.guard_purchase_order() is 'The steps of a purchase order, kept a second time; above the limit of the branch who wrote or submitted it does not approve it.';
create trigger purchase_orders_guard before insert or update on operational.purchase_orders
  for each row execute function operational.guard_purchase_order();
create trigger purchase_orders_stay before delete on operational.purchase_orders
  for each row execute function operational.refuse_change();

create function operational.note_purchase_order_step() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into operational.purchase_order_events (branch_id, purchase_order_id, to_status, user_id)
    values (new.branch_id, new.purchase_order_id, new.status, operational.current_user_id());
  elsif new.status <> old.status then
    insert into operational.purchase_order_events (branch_id, purchase_order_id, from_status, to_status, reason, user_id)
    values (new.branch_id, new.purchase_order_id, old.status, new.status, new.status_reason, operational.current_user_id());
  end if;
  return null;
end $$;
comment on function operational.note_purchase_order_step() is 'Writes the history of purchase orders.';
create trigger purchase_orders_note_step after insert or update on operational.purchase_orders
  for each row execute function operational.note_purchase_order_step();

create function operational.guard_purchase_order_item() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  -- Lines are locked with their order: nobody changes one while it is submitted.
  if not exists (select from operational.purchase_orders o where o.purchase_order_id = coalesce(new.purchase_order_id, old.purchase_order_id) and o.status = 'draft' for share) then
    raise exception 'lines of an order change only while it is a draft' using errcode = 'MD270';
  end if;
  if tg_op <> 'DELETE' and (new.quantity_received <> 0 or new.quantity_bonus_received <> 0) then
    raise exception 'what was received comes from receipts' using errcode = 'MD004';
  end if;
  return coalesce(new, old);
end $$;
comment on function operational.guard_purchase_order_item() is 'Lines of an order change only while it is a draft; what was received comes from receipts.';
create trigger purchase_order_items_guard before insert or update or delete on operational.purchase_order_items
  for each row when (pg_trigger_depth() = 0) execute function operational.guard_purchase_order_item();

create function operational.check_purchase_order() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_order integer := coalesce(new.purchase_order_id, old.purchase_order_id);
begin
  if exists (select from operational.purchase_orders o
    left join lateral (select coalesce(sum(i.net), 0) as net, coalesce(sum(i.tax), 0) as tax, coalesce(sum(i.header_discount), 0) as discount, coalesce(sum(i.landed_cost), 0) as landed, count(*) as n
      from operational.purchase_order_items i where i.purchase_order_id = o.purchase_order_id) s on true
    where o.purchase_order_id = v_order and (o.net_total, o.tax_total, o.discount, o.landed_cost) is distinct from (s.net, s.tax, s.discount, s.landed)) then
    raise exception 'order %: its lines do not add up to it', v_order using errcode = 'MD274';
  end if;
  return null;
end $$;
comment on function operational.check_purchase_order() is 'At commit: lines add up to their order, and the shares of discount and landed cost to the whole.';
create constraint trigger purchase_orders_check after insert or update of discount, landed_cost, net_total, tax_total on operational.purchase_orders
  deferrable initially deferred for each row execute function operational.check_purchase_order();
create constraint trigger purchase_order_items_check after insert or delete or update of net, tax, header_discount, landed_cost on operational.purchase_order_items
  deferrable initially deferred for each row execute function operational.check_purchase_order();

revoke insert, update on operational.purchase_orders, operational.purchase_order_items from pharmacy_app;
grant insert (branch_id, supplier_id, expected_on, notes, discount, landed_cost, net_total, tax_total, total) on operational.purchase_orders to pharmacy_app;
grant update (supplier_id, expected_on, notes, discount, landed_cost, net_total, tax_total, total, status, status_reason, version) on operational.purchase_orders to pharmacy_app;
grant insert (branch_id, purchase_order_id, line_no, drug_id, level, unit_base_units, quantity, bonus, quantity_ordered, quantity_bonus, price, gross, discount,
  header_discount, net, landed_cost, tax_rate, tax, unit_cost) on operational.purchase_order_items to pharmacy_app;
grant select on operational.purchase_order_events to pharmacy_app, pharmacy_reporting;
alter table operational.purchase_order_events enable row level security;
create policy branch_scope on operational.purchase_order_events to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.purchase_order_events for select to pharmacy_reporting using (true);
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.purchase_orders']);
    await queryRunner.query(`
drop trigger purchase_order_items_check on operational.purchase_order_items;
drop trigger purchase_orders_check on operational.purchase_orders;
drop trigger purchase_order_items_guard on operational.purchase_order_items;
drop trigger purchase_orders_note_step on operational.purchase_orders;
drop trigger purchase_orders_stay on operational.purchase_orders;
drop trigger purchase_orders_guard on operational.purchase_orders;
drop function operational.check_purchase_order();
drop function operational.guard_purchase_order_item();
drop function operational.note_purchase_order_step();
drop function operational.guard_purchase_order();
drop table operational.purchase_order_events;
drop index operational.purchase_orders_branch_idx;
alter table operational.purchase_order_items drop column level, drop column unit_base_units, drop column quantity, drop column bonus,
  drop column quantity_bonus, drop column quantity_bonus_received, drop column price, drop column gross, drop column discount,
  drop column header_discount, drop column net, drop column landed_cost, drop column tax_rate, drop column tax;
comment on column operational.purchase_order_items.unit_cost is 'Net cost of a base unit.';
alter table operational.purchase_orders drop constraint purchase_orders_approved_check, drop constraint purchase_orders_total_check,
  drop column expected_on, drop column submitted_by, drop column approved_at, drop column needs_approval, drop column approval_limit,
  drop column status_reason, drop column discount, drop column landed_cost, drop column net_total, drop column tax_total, drop column total;
alter table operational.suppliers drop column over_receipt_tolerance, drop column min_shelf_life_days, drop column payment_days;
alter table operational.branches drop column purchase_approval_limit, drop column over_receipt_tolerance;
revoke insert, update on operational.purchase_orders, operational.purchase_order_items from pharmacy_app;
grant insert, update on operational.purchase_orders to pharmacy_app;
grant insert, update (line_no, drug_id, quantity_ordered, unit_cost) on operational.purchase_order_items to pharmacy_app;
`);
  }
}
