import type { MigrationInterface, QueryRunner } from 'typeorm';

import { refuseToDropRows } from './support/drop-guard.js';

/** The list of tenders as it stands, whoever extended it before, with `added` and without `removed`. */
const tenders = (added: string, removed: string): string => `
do $$
declare
  v_methods text;
begin
  select string_agg(quote_literal(t.method), ', ' order by t.method) into strict v_methods
  from (
    select x.found[1] as method from pg_constraint c cross join regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g') as x (found)
    where c.conrelid = 'operational.payments'::regclass and c.conname = 'payments_method_check'
    union select unnest('${added}'::text[])) t
  where t.method <> all ('${removed}'::text[]);
  alter table operational.payments drop constraint payments_method_check;
  execute format('alter table operational.payments add constraint payments_method_check check (method in (%s))', v_methods);
end $$;`;

const OURS = '{account,deposit,points}';
const NONE = '{}';

/** What is bought on account, with what was paid ahead or with points is a tender of the sale that names the account. */
export class AccountTenders1799000000226 implements MigrationInterface {
  name = 'AccountTenders1799000000226';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tenders(OURS, NONE));
    await queryRunner.query(`
alter table operational.payments add column account_id integer;
comment on column operational.payments.account_id is 'Account of the customer it is charged to, or credited; with the tenders account, deposit and points alone.';
alter table operational.payments
  add constraint payments_account_fkey foreign key (account_id, branch_id) references operational.customer_accounts (account_id, branch_id),
  add constraint payments_account_check check ((method in ('account', 'deposit', 'points')) = (account_id is not null));
create index payments_account_idx on operational.payments (account_id) where account_id is not null;

create function operational.post_account_tender() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_original integer;
begin
  if new.method <> 'points' then
    insert into operational.account_entries (branch_id, account_id, kind, amount, method, payment_id, sale_id)
    values (new.branch_id, new.account_id, case when new.amount > 0 then 'charge' else 'refund' end, new.amount, new.method, new.payment_id, new.sale_id);
  end if;
  if new.amount < 0 then
    select s.original_sale_id into v_original from operational.sales s where s.sale_id = new.sale_id;
    -- A return queues for the lines it takes back before its tenders are written: nobody else gives back of this sale now.
    if (select coalesce(sum(p.amount), -1) from operational.payments p
      where (p.sale_id = v_original or p.sale_id in (select r.sale_id from operational.sales r where r.original_sale_id = v_original))
        and p.method = new.method and p.account_id = new.account_id) < 0 then
      raise exception 'sale %: more is given back to account % by % than it paid', new.sale_id, new.account_id, new.method using errcode = 'MD325';
    end if;
  end if;
  return null;
end $$;
comment on function operational.post_account_tender() is 'A tender on account is its entry in the ledger; what is given back goes to the account that paid, no more than it paid.';
create trigger payments_post_account after insert on operational.payments
  for each row when (new.account_id is not null) execute function operational.post_account_tender();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.account_entries']);
    await queryRunner.query(`
drop trigger payments_post_account on operational.payments;
drop function operational.post_account_tender();
alter table operational.payments drop column account_id;
`);
    await queryRunner.query(tenders(NONE, OURS));
  }
}
