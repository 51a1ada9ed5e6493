import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What must hold of a sale when its transaction commits, checked by the database: lines, tenders and ledger agree to
 * the smallest unit; nothing is added to a sale posted before; never more is returned than was sold.
 */
export class SaleIntegrity1763800000011 implements MigrationInterface {
  name = 'SaleIntegrity1763800000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.guard_sale_part() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from operational.sales s where s.sale_id = new.sale_id and s.xmin = pg_current_xact_id()::xid) then
    raise exception 'sale % is posted: nothing can be added to it', new.sale_id using errcode = 'MD004';
  end if;
  return new;
end $$;
comment on function operational.guard_sale_part() is 'Lines and payments are written in the transaction of their sale or not at all.';
create trigger sale_items_with_sale before insert on operational.sale_items
  for each row execute function operational.guard_sale_part();
create trigger payments_with_sale before insert on operational.payments
  for each row execute function operational.guard_sale_part();

create function operational.guard_return() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_original operational.sale_items%rowtype;
  v_returned numeric;
begin
  -- Returns of one line queue here, so that two cannot both take back the last unit.
  select * into v_original from operational.sale_items where sale_item_id = new.original_sale_item_id for update;
  select coalesce(-sum(i.quantity), 0) into v_returned from operational.sale_items i where i.original_sale_item_id = new.original_sale_item_id;
  if v_original.quantity < 0 or v_original.drug_id <> new.drug_id or v_returned - new.quantity > v_original.quantity
     or not exists (select from operational.sales s where s.sale_id = new.sale_id and s.original_sale_id = v_original.sale_id) then
    raise exception 'sale line %: % sold, % returned before, % more refused', new.original_sale_item_id, v_original.quantity, v_returned, -new.quantity
      using errcode = 'MD008';
  end if;
  return new;
end $$;
comment on function operational.guard_return() is 'Never more is returned than was sold on the line.';
create trigger sale_items_return before insert on operational.sale_items
  for each row when (new.original_sale_item_id is not null) execute function operational.guard_return();

create function operational.check_sale() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
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
      then (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.fill_id = i.fill_id)
    else (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.sale_item_id = i.sale_item_id) end
  limit 1;
  if v_item is not null then
    raise exception 'sale line %: stock moved differs from quantity sold', v_item using errcode = 'MD009';
  end if;
  return null;
end $$;
comment on function operational.check_sale() is 'At commit: lines, payments and ledger of the sale agree exactly.';
create constraint trigger sales_check after insert on operational.sales deferrable initially deferred
  for each row execute function operational.check_sale();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger sales_check on operational.sales;
drop trigger sale_items_return on operational.sale_items;
drop trigger payments_with_sale on operational.payments;
drop trigger sale_items_with_sale on operational.sale_items;
drop function operational.check_sale();
drop function operational.guard_return();
drop function operational.guard_sale_part();
`);
  }
}
