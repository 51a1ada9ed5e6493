import type { MigrationInterface, QueryRunner } from 'typeorm';

import { newRight, dropRight } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Tax of sales: classes with rates by date, which product has which, and what the database checks of the tax on a line. */
export class TaxClasses1799000000220 implements MigrationInterface {
  name = 'TaxClasses1799000000220';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.tax_classes ( -- How a kind of product is taxed when it is sold.
  tax_class_id integer generated always as identity primary key, -- Identity.
  code text not null constraint tax_classes_code_key unique check (code ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'), -- Short code, as tax reports print it.
  name text not null check (length(btrim(name)) between 1 and 100), -- Name in English.
  name_ar text check (length(btrim(name_ar)) between 1 and 100), -- Name in Arabic.
  prices_include_tax boolean not null, -- True: the price on the shelf holds the tax; false: tax is added at the till. Never changed.
  version integer not null default 1 -- Rises by one with each edit.
);
create table operational.tax_rates ( -- Rate of a tax class from a day on, until the next.
  tax_class_id integer not null references operational.tax_classes (tax_class_id), -- The class.
  valid_from date not null, -- First day, by the calendar of each branch.
  rate numeric(6, 4) not null check (rate between 0 and 1), -- Share of the net price, 0.14 is 14 %.
  set_by integer not null references operational.users (user_id), -- Who set it last.
  set_at timestamptz not null default now(), -- When.
  primary key (tax_class_id, valid_from)
);
create table operational.drug_tax_classes ( -- Products with a tax class of their own; others have that of their branch.
  drug_id integer primary key constraint drug_tax_classes_drug_id_fkey references reference.drugs (drug_id), -- The product.
  tax_class_id integer not null constraint drug_tax_classes_class_fkey references operational.tax_classes (tax_class_id) -- Its class.
);
create index drug_tax_classes_class_idx on operational.drug_tax_classes (tax_class_id);

alter table operational.branches
  add column tax_class_id integer constraint branches_tax_class_fkey references operational.tax_classes (tax_class_id),
  add column rx_tax_class_id integer constraint branches_rx_tax_class_fkey references operational.tax_classes (tax_class_id);
comment on column operational.branches.tax_class_id is 'Tax class of products without one of their own; null: they are not taxed.';
comment on column operational.branches.rx_tax_class_id is 'The same of products on prescription only; null: as of the others.';

alter table operational.sale_items
  add column tax_class_id integer references operational.tax_classes (tax_class_id),
  add column tax_included boolean not null default false,
  drop constraint sale_items_total_check,
  add constraint sale_items_total_check check (line_total = amount - discount + case when tax_included then 0 else tax end),
  add constraint sale_items_tax_check check (sign(tax) in (0, sign(quantity)) and (tax_class_id is not null or (tax = 0 and tax_rate = 0 and not tax_included)));
comment on column operational.sale_items.tax_class_id is 'Tax class when it was sold; null: not taxed.';
comment on column operational.sale_items.tax_included is 'True: the tax is a part of the price and is not added to it.';
comment on column operational.sale_items.line_total is 'amount - discount, and the tax where prices do not include it.';
alter table operational.sales
  add column tax_in_prices numeric(14, 3) not null default 0,
  drop constraint sales_total_check,
  add constraint sales_total_check check (total = subtotal - discount_total + tax_total - tax_in_prices + rounding);
comment on column operational.sales.tax_total is 'Sum of taxes of the lines, in the prices or added to them.';
comment on column operational.sales.tax_in_prices is 'The part of tax_total that prices hold already.';
comment on column operational.sales.total is 'What was to be paid: subtotal - discounts + tax that prices do not hold + rounding.';

create function operational.tax_class_of(p_branch integer, p_drug integer) returns integer language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(o.tax_class_id, case when d.rx_only then b.rx_tax_class_id end, b.tax_class_id)
  from reference.drugs d join operational.branches b on b.branch_id = p_branch
  left join operational.drug_tax_classes o on o.drug_id = d.drug_id where d.drug_id = p_drug
$$;
comment on function operational.tax_class_of(integer, integer) is 'Tax class of a product sold at a branch: its own, else that of the branch; null: not taxed.';

create function operational.tax_rate(p_class integer, p_day date) returns numeric language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce((select r.rate from operational.tax_rates r where r.tax_class_id = p_class and r.valid_from <= p_day order by r.valid_from desc limit 1), 0)
$$;
comment on function operational.tax_rate(integer, date) is 'Rate of a tax class on a day; 0 before its first.';

create function operational.tax_of(p_base numeric, p_rate numeric, p_included boolean, p_decimals integer) returns numeric language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  -- Whole numbers throughout: half a coin is decided exactly.
  select div(2 * (p_base * 10::numeric ^ p_decimals) * (p_rate * 10000) + w.whole, 2 * w.whole) / 10::numeric ^ p_decimals
  from (select case when p_included then 10000 + p_rate * 10000 else 10000::numeric end as whole) w
$$;
comment on function operational.tax_of(numeric, numeric, boolean, integer) is 'Tax of a line: of its price less discount (not negative), in it or on top of it, rounded half up to the smallest coin.';

create function operational.guard_tax_rate() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  -- The day has begun where days begin first.
  if old.valid_from <= (now() at time zone 'Pacific/Kiritimati')::date then
    raise exception 'the rate of class % from % is in effect', old.tax_class_id, old.valid_from using errcode = 'MD220';
  end if;
  return coalesce(new, old);
end $$;
comment on function operational.guard_tax_rate() is 'A rate whose day has begun stays as it is: another follows it.';
create trigger tax_rates_guard before update or delete on operational.tax_rates
  for each row execute function operational.guard_tax_rate();

create function operational.check_sale_tax() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_item integer;
  v_decimals integer;
begin
  if new.tax_in_prices <> (select coalesce(sum(i.tax), 0) from operational.sale_items i where i.sale_id = new.sale_id and i.tax_included) then
    raise exception 'sale %: tax in prices does not add up', new.sale_id using errcode = 'MD009';
  end if;
  if new.sale_type = 'sale' then
    select b.currency_decimals into v_decimals from operational.branches b where b.branch_id = new.branch_id;
    select i.sale_item_id into v_item from operational.sale_items i join operational.tax_classes c using (tax_class_id)
    where i.sale_id = new.sale_id and (i.tax_included <> c.prices_include_tax or i.tax_rate <> operational.tax_rate(i.tax_class_id, new.business_date)
      or i.tax <> operational.tax_of(i.amount - i.discount, i.tax_rate, i.tax_included, v_decimals)) limit 1;
  else
    select i.sale_item_id into v_item from operational.sale_items i join operational.sale_items o on o.sale_item_id = i.original_sale_item_id
    cross join lateral (select -sum(r.tax) as tax, -sum(r.quantity) as quantity from operational.sale_items r where r.original_sale_item_id = o.sale_item_id) r
    where i.sale_id = new.sale_id and (i.tax_class_id is distinct from o.tax_class_id or i.tax_rate <> o.tax_rate or i.tax_included <> o.tax_included
      or r.tax > o.tax or (r.quantity = o.quantity and r.tax <> o.tax)) limit 1;
  end if;
  if v_item is not null then
    raise exception 'sale line %: its tax is not that of its class and price', v_item using errcode = 'MD009';
  end if;
  return null;
end $$;
comment on function operational.check_sale_tax() is 'At commit: the tax of each line is that of its class on the day; what comes back of it adds up to what was taken, never to more.';
create constraint trigger sales_check_tax after insert on operational.sales deferrable initially deferred
  for each row execute function operational.check_sale_tax();

call operational.attach_row_audit('tax_classes', 'tax_class_id');
call operational.attach_row_audit('tax_rates', 'tax_class_id,valid_from');
call operational.attach_row_audit('drug_tax_classes', 'drug_id');
grant select, insert (code, name, name_ar, prices_include_tax), update (name, name_ar, version) on operational.tax_classes to pharmacy_app;
grant select, insert (tax_class_id, valid_from, rate, set_by), update (rate, set_by, set_at), delete on operational.tax_rates to pharmacy_app;
grant select, insert, update, delete on operational.drug_tax_classes to pharmacy_app;
grant select on operational.tax_classes, operational.tax_rates, operational.drug_tax_classes to pharmacy_reporting;
${newRight('ManagePricing', 'Keep tax classes, promotions and purchase limits', ['ManageDrugCatalog'])}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.tax_classes']);
    await queryRunner.query(dropRight('ManagePricing'));
    await queryRunner.query(`
drop trigger sales_check_tax on operational.sales;
drop function operational.check_sale_tax();
drop function operational.tax_of(numeric, numeric, boolean, integer);
drop function operational.tax_rate(integer, date);
drop function operational.tax_class_of(integer, integer);
alter table operational.sales drop constraint sales_total_check, drop column tax_in_prices,
  add constraint sales_total_check check (total = subtotal - discount_total + tax_total + rounding);
alter table operational.sale_items drop constraint sale_items_total_check, drop constraint sale_items_tax_check,
  drop column tax_included, drop column tax_class_id,
  add constraint sale_items_total_check check (line_total = amount - discount + tax);
alter table operational.branches drop column rx_tax_class_id, drop column tax_class_id;
drop table operational.drug_tax_classes, operational.tax_rates, operational.tax_classes;
drop function operational.guard_tax_rate();
comment on column operational.sale_items.line_total is 'amount - discount + tax.';
comment on column operational.sales.tax_total is 'Sum of taxes.';
comment on column operational.sales.total is 'What was to be paid: subtotal - discounts + tax + rounding.';
`);
  }
}
