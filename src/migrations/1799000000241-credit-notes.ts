import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** The tenders a table allows, as its constraint says, with those of `added` or without those of `removed`: others add theirs too. */
const tenders = (table: string, added: readonly string[], removed: readonly string[] = []): string => `
do $tenders$
declare
  v_methods text;
begin
  select string_agg(distinct quote_literal(m.method), ', ' order by quote_literal(m.method)) into v_methods
  from (select (regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g'))[1] as method
    from pg_constraint c where c.conrelid = 'operational.${table}'::regclass and c.conname = '${table}_method_check'
    union select unnest(array[${added.map((one) => `'${one}'`).join(', ')}]::text[])) m
  where m.method <> all (array[${removed.map((one) => `'${one}'`).join(', ')}]::text[]);
  execute 'alter table operational.${table} drop constraint ${table}_method_check';
  execute 'alter table operational.${table} add constraint ${table}_method_check check (method in (' || v_methods || '))';
end $tenders$;`;

const DOWN = `
drop trigger payments_exchange on operational.payments;
drop trigger payments_x_credit_note on operational.payments;
drop function operational.check_exchange();
drop function operational.use_credit_note();
alter table operational.payments drop column credit_note_id;
${tenders('payments', [], ['credit_note', 'exchange'])}
drop table operational.exchanges;
drop function operational.guard_exchange();
drop table operational.credit_notes;
drop sequence operational.credit_note_number_seq;
`;

/**
 * Credit notes: given in place of money when something is taken back, redeemed like money, in parts, never beyond what is left.
 * Exchanges: a return and a sale in one act, where what came back pays for what goes out.
 */
export class CreditNotes1799000000241 implements MigrationInterface {
  name = 'CreditNotes1799000000241';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create sequence operational.credit_note_number_seq as bigint;

create table operational.credit_notes ( -- Credit given in place of money; written and drawn on by the payments that name it, by nothing else.
  credit_note_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch that gave it and redeems it.
  credit_note_number text not null, -- Number printed on it: running, with four signs nobody can guess, since whoever holds it redeems it.
  return_sale_id integer not null, -- The return or void it was given for.
  patient_id integer, -- Patient of that return, where known.
  amount numeric(14, 3) not null check (amount > 0), -- What it was given for.
  balance numeric(14, 3) not null, -- What is left of it: amount less what was redeemed.
  issued_by integer not null references operational.users (user_id), -- Who gave it.
  issued_at timestamptz not null default now(), -- When.
  expires_on date, -- Last day it is redeemed; null: none.
  constraint credit_notes_number_key unique (branch_id, credit_note_number),
  constraint credit_notes_branch_key unique (credit_note_id, branch_id),
  constraint credit_notes_balance_check check (balance between 0 and amount),
  constraint credit_notes_sale_fkey foreign key (return_sale_id, branch_id) references operational.sales (sale_id, branch_id)
);
create index credit_notes_branch_idx on operational.credit_notes (branch_id, credit_note_id desc);
create index credit_notes_sale_idx on operational.credit_notes (return_sale_id);
call operational.attach_row_audit('credit_notes', 'credit_note_id');
create trigger credit_notes_guard_merged before insert on operational.credit_notes
  for each row when (new.patient_id is not null) execute function operational.guard_merged_patient();
create trigger credit_notes_stay before delete on operational.credit_notes
  for each row execute function operational.refuse_change();
grant select on operational.credit_notes to pharmacy_app;
${branchScope('credit_notes')}

create table operational.exchanges ( -- A return and a sale in one act; append-only.
  exchange_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  return_sale_id integer not null constraint exchanges_return_key unique, -- What came back.
  sale_id integer not null constraint exchanges_sale_key unique, -- What went out for it.
  exchanged_at timestamptz not null default now(), -- When.
  constraint exchanges_return_fkey foreign key (return_sale_id, branch_id) references operational.sales (sale_id, branch_id),
  constraint exchanges_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id)
);
create index exchanges_branch_idx on operational.exchanges (branch_id);
call operational.attach_row_audit('exchanges', 'exchange_id');
grant select, insert (branch_id, return_sale_id, sale_id) on operational.exchanges to pharmacy_app;
${appendOnly('exchanges')}
${branchScope('exchanges')}

alter table operational.payments add column credit_note_id integer;
comment on column operational.payments.credit_note_id is 'Credit note given (negative) or redeemed (positive); with the tender credit_note alone. Set by trigger from its number.';
${tenders('payments', ['credit_note', 'exchange'])}
alter table operational.payments
  add constraint payments_credit_note_fkey foreign key (credit_note_id, branch_id) references operational.credit_notes (credit_note_id, branch_id),
  add constraint payments_credit_note_check check ((method = 'credit_note') = (credit_note_id is not null));
create index payments_credit_note_idx on operational.payments (credit_note_id) where credit_note_id is not null;

create function operational.use_credit_note() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_sale operational.sales%rowtype;
  v_days smallint;
  c operational.credit_notes%rowtype;
begin
  select * into v_sale from operational.sales s where s.sale_id = new.sale_id;
  if new.amount < 0 then
    select s.credit_note_days into v_days from operational.after_sale_settings s where s.branch_id = new.branch_id;
    insert into operational.credit_notes (branch_id, credit_note_number, return_sale_id, patient_id, amount, balance, issued_by, expires_on)
    values (new.branch_id, 'C' || lpad(nextval('operational.credit_note_number_seq')::text, 9, '0') || '-' || upper(substr(md5(gen_random_uuid()::text), 1, 4)),
      new.sale_id, operational.surviving_patient(v_sale.patient_id), -new.amount, -new.amount, v_sale.user_id, v_sale.business_date + v_days)
    returning * into c;
    new.reference := c.credit_note_number;
  else
    -- The row stays locked until the sale is posted or refused: two tills cannot both take the last of it.
    select * into c from operational.credit_notes n
    where n.branch_id = new.branch_id and n.credit_note_number = upper(btrim(new.reference)) for update;
    if not found then
      raise exception 'there is no credit note of this number at branch %', new.branch_id using errcode = 'MD442';
    end if;
    if c.expires_on < v_sale.business_date then
      raise exception 'credit note % expired on %', c.credit_note_id, c.expires_on using errcode = 'MD443';
    end if;
    if c.balance < new.amount then
      raise exception 'credit note %: % left, % asked', c.credit_note_id, c.balance, new.amount using errcode = 'MD444';
    end if;
    update operational.credit_notes n set balance = n.balance - new.amount where n.credit_note_id = c.credit_note_id;
    new.reference := c.credit_note_number;
  end if;
  new.credit_note_id := c.credit_note_id;
  return new;
end $$;
comment on function operational.use_credit_note() is 'A refund in the tender credit_note writes one; a payment in it draws on the one its reference names, never beyond what is left.';
-- Behind payments_with_sale in the alphabet: a payment that comes too late is refused before it draws on anything.
create trigger payments_x_credit_note before insert on operational.payments
  for each row when (new.method = 'credit_note') execute function operational.use_credit_note();

create function operational.check_exchange() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  e record;
  v_sum numeric;
begin
  select x.return_sale_id, x.sale_id into e from operational.exchanges x where new.sale_id in (x.return_sale_id, x.sale_id);
  select coalesce(sum(p.amount), 0) into v_sum from operational.payments p where p.sale_id in (e.return_sale_id, e.sale_id) and p.method = 'exchange';
  if e.sale_id is null or v_sum <> 0 then
    raise exception 'sale %: what came back and what it paid for differ by %', new.sale_id, v_sum using errcode = 'MD445';
  end if;
  return null;
end $$;
comment on function operational.check_exchange() is 'At commit: what an exchange takes from the return it gives to the sale.';
create constraint trigger payments_exchange after insert on operational.payments deferrable initially deferred
  for each row when (new.method = 'exchange') execute function operational.check_exchange();

create function operational.guard_exchange() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select count(*) from operational.sales s where s.xmin = pg_current_xact_id()::xid
      and (s.sale_id = new.return_sale_id and s.sale_type = 'return' or s.sale_id = new.sale_id and s.sale_type = 'sale')) <> 2 then
    raise exception 'an exchange is a return and a sale of one transaction' using errcode = 'MD445';
  end if;
  return new;
end $$;
comment on function operational.guard_exchange() is 'An exchange joins a return and a sale that are posted with it.';
create trigger exchanges_guard before insert on operational.exchanges
  for each row execute function operational.guard_exchange();
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.credit_notes', 'operational.exchanges']);
    await queryRunner.query(DOWN);
  }
}
