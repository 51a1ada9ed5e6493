import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Points of customers as a ledger: what a sale earned, what was spent, expired and taken back, each with what caused it (ADR 39). */
export class LoyaltyPoints1799000000227 implements MigrationInterface {
  name = 'LoyaltyPoints1799000000227';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.loyalty_rules ( -- How points are earned and spent at a branch; no row: there are none.
  branch_id integer primary key references operational.branches (branch_id), -- Branch.
  is_active boolean not null default true, -- False: none are earned and none are spent; those there are stay.
  amount_per_point numeric(14, 3) not null check (amount_per_point > 0), -- Money spent that earns one point.
  point_value numeric(14, 3) not null check (point_value > 0), -- What one point pays.
  minimum_points integer not null default 0 check (minimum_points between 0 and 1000000), -- Fewest points spent at once.
  expiry_months integer check (expiry_months between 1 and 120), -- Months a point lives; null: for good.
  earns_on_prescriptions boolean not null default false, -- True: what the patient pays of prescriptions earns too.
  version integer not null default 1 -- Counts changes.
);
call operational.attach_row_audit('loyalty_rules', 'branch_id');
grant select, insert, update (is_active, amount_per_point, point_value, minimum_points, expiry_months, earns_on_prescriptions, version)
  on operational.loyalty_rules to pharmacy_app;

alter table operational.customer_accounts
  add column points integer not null default 0 constraint customer_accounts_points_check check (points >= 0),
  add column points_due integer not null default 0 constraint customer_accounts_points_due_check check (points_due >= 0),
  add constraint customer_accounts_points_side_check check (points = 0 or points_due = 0);
comment on column operational.customer_accounts.points is 'Points there are: sum of the entries, kept by trigger.';
comment on column operational.customer_accounts.points_due is 'Points that were to be taken back when they had been spent; the next ones go there.';

create table operational.points_entries ( -- What changed the points of a customer; append-only, the balance is their sum.
  points_entry_id integer generated always as identity primary key, -- Identity; entries of an account in the order they were made.
  branch_id integer not null, -- Branch of the account.
  account_id integer not null, -- The account.
  kind text not null check (kind in ('earn', 'redeem', 'take_back', 'give_back', 'expire')), -- Earned, spent, taken back or given back with a return, expired.
  points integer not null, -- What the balance changed by; positive: more.
  missing integer not null default 0, -- Positive: to be taken back and not there any more; negative: kept back for such. Set by trigger; points less missing is what the sale says.
  balance_after integer not null check (balance_after >= 0), -- Points after it; set by trigger.
  sale_id integer, -- The sale or return that caused it; null: it expired.
  money numeric(14, 3), -- What points paid of the sale; below zero: what was given back to them.
  amount_per_point numeric(14, 3) check (amount_per_point > 0), -- Money that earned a point; a return is judged by it.
  on_prescriptions boolean, -- Whether prescriptions earned.
  expires_on date, -- Last day these points can be spent; null: for good; set by trigger.
  business_date date not null, -- Day at the branch; set by trigger.
  entered_at timestamptz not null default now(), -- When.
  constraint points_entries_account_fkey foreign key (account_id, branch_id) references operational.customer_accounts (account_id, branch_id),
  constraint points_entries_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id),
  constraint points_entries_sign_check check (case when kind = 'earn' then points - missing > 0 and points >= 0 and missing <= 0
    when kind = 'give_back' then points - missing >= 0 and points >= 0 and missing <= 0
    when kind = 'take_back' then points - missing < 0 and points <= 0 and missing >= 0 else points < 0 and missing = 0 end),
  constraint points_entries_sale_check check ((kind = 'expire') = (sale_id is null)),
  constraint points_entries_money_check check (case kind when 'redeem' then coalesce(money > 0, false) when 'give_back' then coalesce(money < 0, false) else money is null end),
  constraint points_entries_rate_check check ((kind = 'earn') = (amount_per_point is not null) and (kind = 'earn') = (on_prescriptions is not null))
);
create index points_entries_account_idx on operational.points_entries (account_id, points_entry_id);
create unique index points_entries_sale_key on operational.points_entries (sale_id, kind) where sale_id is not null;
call operational.attach_row_audit('points_entries', 'points_entry_id');

create function operational.points_expired(p_account_id integer, p_day date) returns integer language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select greatest(coalesce(sum(e.points) filter (where e.points < 0 or e.expires_on < p_day), 0), 0)::integer
  from operational.points_entries e where e.account_id = p_account_id
$$;
comment on function operational.points_expired(integer, date) is 'Points that have expired by a day and are still in the balance: those that ran out less all that were ever taken, since the ones that run out first are spent first.';

create function operational.post_points_entry() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_account operational.customer_accounts%rowtype;
  v_rule operational.loyalty_rules%rowtype;
  v_sale operational.sales%rowtype;
  v_before record;
  v_expired integer;
  v_asked integer := new.points;
begin
  select * into v_account from operational.customer_accounts a where a.account_id = new.account_id and a.branch_id = new.branch_id for no key update;
  if not found then
    raise exception 'there is no account % at branch %', new.account_id, new.branch_id using errcode = 'MD320';
  end if;
  select (now() at time zone b.time_zone)::date into new.business_date from operational.branches b where b.branch_id = new.branch_id;
  v_expired := operational.points_expired(new.account_id, new.business_date);
  if new.kind = 'expire' then
    if new.points <> - v_expired then
      raise exception 'account %: % points have expired', new.account_id, v_expired using errcode = 'MD329';
    end if;
  elsif v_expired > 0 then
    insert into operational.points_entries (branch_id, account_id, kind, points) values (new.branch_id, new.account_id, 'expire', - v_expired);
    v_account.points := v_account.points - v_expired;
  end if;
  -- Numbered under the lock and after what expired: entries of an account stand in the order they were made.
  new.points_entry_id := nextval('operational.points_entries_points_entry_id_seq');
  if new.kind <> 'expire' then
    select * into v_rule from operational.loyalty_rules r where r.branch_id = new.branch_id;
    select * into v_sale from operational.sales s where s.sale_id = new.sale_id and s.xmin = pg_current_xact_id()::xid;
    select coalesce(sum(e.points - e.missing) filter (where e.kind = 'earn'), 0) as earned,
      coalesce(- sum(e.points - e.missing) filter (where e.kind = 'take_back'), 0) as taken,
      coalesce(- sum(e.points) filter (where e.kind = 'redeem'), 0) as redeemed,
      coalesce(sum(e.points - e.missing) filter (where e.kind = 'give_back'), 0) as given
    into v_before
    from operational.points_entries e
    where e.account_id = new.account_id and (e.sale_id = v_sale.original_sale_id
      or e.sale_id in (select r.sale_id from operational.sales r where r.original_sale_id = v_sale.original_sale_id));
    if v_sale.sale_id is null
      or (new.kind in ('earn', 'redeem') and (v_sale.sale_type <> 'sale' or v_rule.is_active is not true))
      or (new.kind in ('take_back', 'give_back') and v_sale.sale_type = 'sale')
      or (new.kind = 'earn' and (new.amount_per_point <> v_rule.amount_per_point or v_asked * new.amount_per_point > v_sale.total - v_sale.rounding))
      or (new.kind = 'redeem' and (- v_asked * v_rule.point_value <> new.money or - v_asked < v_rule.minimum_points))
      or (new.kind = 'take_back' and v_before.taken - v_asked > v_before.earned)
      or (new.kind = 'give_back' and v_before.given + v_asked > v_before.redeemed) then
      raise exception 'sale %: % points do not follow from it', new.sale_id, v_asked using errcode = 'MD329';
    end if;
  end if;
  if new.kind = 'redeem' then
    if v_account.status = 'blocked' then
      raise exception 'account % is blocked', new.account_id using errcode = 'MD321';
    end if;
    if v_account.points + v_asked < 0 then
      raise exception 'account %: % points there, % asked for', new.account_id, v_account.points, - v_asked using errcode = 'MD328';
    end if;
  end if;
  -- What is not there any more is kept in mind, and the next points go there.
  new.missing := case when new.kind = 'take_back' then greatest(- v_asked - v_account.points, 0)
    when v_asked > 0 then - least(v_asked, v_account.points_due) else 0 end;
  new.points := v_asked + new.missing;
  new.balance_after := v_account.points + new.points;
  if new.points > 0 then
    new.expires_on := (new.business_date + make_interval(months => v_rule.expiry_months))::date;
  end if;
  update operational.customer_accounts set points = new.balance_after, points_due = points_due + new.missing where account_id = new.account_id;
  return new;
end $$;
comment on function operational.post_points_entry() is 'The only way points change: under the lock of their account, after what has expired is gone; never below zero, and only as the sale of this transaction has it.';
create trigger points_entries_post before insert on operational.points_entries
  for each row execute function operational.post_points_entry();

create function operational.check_points_tender() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if new.sale_id is not null and exists (
    select from (select p.account_id, p.amount from operational.payments p where p.sale_id = new.sale_id and p.method = 'points'
      union all select e.account_id, - e.money from operational.points_entries e where e.sale_id = new.sale_id and e.money is not null) x
    group by x.account_id having sum(x.amount) <> 0) then
    raise exception 'sale %: the tender points and the points spent do not agree', new.sale_id using errcode = 'MD329';
  end if;
  return null;
end $$;
comment on function operational.check_points_tender() is 'At commit: what points paid of a sale, or got back, is what the ledger of points says.';
create constraint trigger payments_check_points after insert on operational.payments
  deferrable initially deferred for each row when (new.method = 'points') execute function operational.check_points_tender();
create constraint trigger points_entries_check_tender after insert on operational.points_entries
  deferrable initially deferred for each row when (new.money is not null) execute function operational.check_points_tender();

grant select, insert (branch_id, account_id, kind, points, sale_id, money, amount_per_point, on_prescriptions) on operational.points_entries to pharmacy_app;
revoke all on function operational.points_expired(integer, date) from public;
grant execute on function operational.points_expired(integer, date) to pharmacy_app, pharmacy_reporting;
${appendOnly('points_entries')}
${['loyalty_rules', 'points_entries'].map(branchScope).join('')}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.points_entries']);
    await queryRunner.query(`
drop trigger payments_check_points on operational.payments;
drop table operational.points_entries, operational.loyalty_rules;
drop function operational.check_points_tender();
drop function operational.post_points_entry();
drop function operational.points_expired(integer, date);
alter table operational.customer_accounts drop column points, drop column points_due;
`);
  }
}
