import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Quotations: what a basket would cost, in writing, for some days. */
export class Quotations1799000000243 implements MigrationInterface {
  name = 'Quotations1799000000243';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create sequence operational.quotation_number_seq as bigint;

create table operational.quotations ( -- What a basket would cost, in writing, until a day. It stays as it was given.
  quotation_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  quotation_number text not null default 'Q' || lpad(nextval('operational.quotation_number_seq')::text, 9, '0'), -- Number printed on it.
  patient_id integer, -- Patient, where known.
  customer_name text check (length(btrim(customer_name)) between 1 and 200), -- For whom, in words.
  total numeric(14, 3) not null check (total >= 0), -- What it comes to.
  valid_until date not null, -- Last day it is sold at its prices; set by trigger from the settings of the branch.
  quoted_by integer not null references operational.users (user_id), -- Who gave it; set by trigger.
  quoted_at timestamptz not null default now(), -- When.
  constraint quotations_number_key unique (branch_id, quotation_number),
  constraint quotations_branch_key unique (quotation_id, branch_id),
  constraint quotations_patient_fkey foreign key (patient_id, branch_id) references operational.patients (patient_id, branch_id)
);
create index quotations_branch_idx on operational.quotations (branch_id, quotation_id desc);
create index quotations_patient_idx on operational.quotations (patient_id);

create table operational.quotation_items ( -- Lines of a quotation; append-only.
  quotation_id integer not null, -- The quotation.
  branch_id integer not null, -- Its branch.
  line_no smallint not null check (line_no between 1 and 100), -- Place on it.
  drug_id integer not null references reference.drugs (drug_id), -- The product.
  description text not null, -- Its name as quoted.
  quantity numeric(14, 3) not null check (quantity > 0), -- Base units.
  unit text not null check (unit in ('unit', 'strip', 'pack')), -- Unit it is quoted in.
  unit_quantity numeric(14, 3) not null check (unit_quantity > 0), -- Quantity in that unit.
  pack_price numeric(14, 3) not null check (pack_price >= 0), -- Price of a pack when quoted.
  amount numeric(14, 3) not null check (amount >= 0), -- Price of the line before discount.
  discount numeric(14, 3) not null default 0, -- Discount on the line.
  line_total numeric(14, 3) not null, -- amount - discount.
  primary key (quotation_id, line_no),
  constraint quotation_items_quotation_fkey foreign key (quotation_id, branch_id) references operational.quotations (quotation_id, branch_id),
  constraint quotation_items_total_check check (discount between 0 and amount and line_total = amount - discount)
);
create index quotation_items_drug_idx on operational.quotation_items (drug_id);

create table operational.quotation_sales ( -- The sale a quotation became; append-only.
  quotation_id integer primary key, -- The quotation: it becomes one sale.
  branch_id integer not null, -- Its branch.
  sale_id integer not null constraint quotation_sales_sale_key unique, -- The sale.
  constraint quotation_sales_quotation_fkey foreign key (quotation_id, branch_id) references operational.quotations (quotation_id, branch_id),
  constraint quotation_sales_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id)
);

create function operational.guard_quotation() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  new.quoted_by := coalesce(operational.current_user_id(), new.quoted_by);
  new.quoted_at := now();
  select (now() at time zone b.time_zone)::date + coalesce(s.quotation_days, 7) into new.valid_until
  from operational.branches b left join operational.after_sale_settings s using (branch_id) where b.branch_id = new.branch_id;
  return new;
end $$;
comment on function operational.guard_quotation() is 'A quotation is given now, by who is signed in, for the days of its branch.';
create trigger quotations_guard_merged before insert on operational.quotations
  for each row when (new.patient_id is not null) execute function operational.guard_merged_patient();
create trigger quotations_guard before insert on operational.quotations
  for each row execute function operational.guard_quotation();

create function operational.check_quotation() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select coalesce(sum(i.line_total), -1) from operational.quotation_items i where i.quotation_id = new.quotation_id) <> new.total then
    raise exception 'quotation %: lines do not add up', new.quotation_id using errcode = 'MD448';
  end if;
  return null;
end $$;
comment on function operational.check_quotation() is 'At commit: the lines of a quotation add up to it.';
create constraint trigger quotations_check after insert on operational.quotations deferrable initially deferred
  for each row execute function operational.check_quotation();

call operational.attach_row_audit('quotations', 'quotation_id');
call operational.attach_row_audit('quotation_items', 'quotation_id,line_no');
call operational.attach_row_audit('quotation_sales', 'quotation_id');
grant usage on sequence operational.quotation_number_seq to pharmacy_app;
grant select, insert (branch_id, patient_id, customer_name, total) on operational.quotations to pharmacy_app;
grant select, insert on operational.quotation_items, operational.quotation_sales to pharmacy_app;
${['quotations', 'quotation_items', 'quotation_sales'].map((table) => appendOnly(table) + branchScope(table)).join('\n')}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.quotations']);
    await queryRunner.query(`
drop table operational.quotation_sales;
drop table operational.quotation_items;
drop table operational.quotations;
drop function operational.check_quotation();
drop function operational.guard_quotation();
drop sequence operational.quotation_number_seq;
`);
  }
}
