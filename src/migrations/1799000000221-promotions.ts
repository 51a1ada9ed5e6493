import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Promotions of a branch and what they took off which line. One that was used is never changed: it is ended, another follows. */
export class Promotions1799000000221 implements MigrationInterface {
  name = 'Promotions1799000000221';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.promotions ( -- What a branch takes off prices by itself, between two days.
  promotion_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  name text not null check (length(btrim(name)) between 1 and 100), -- Name in English, as the till and the receipt show it.
  name_ar text check (length(btrim(name_ar)) between 1 and 100), -- Name in Arabic.
  kind text not null check (kind in ('percent', 'amount', 'n_for_m', 'bundle')), -- Share off; amount off each pack; of so many packs the cheapest free; some packs together for one price.
  percent numeric(6, 4) check (percent > 0 and percent <= 1), -- Share off, 0.1 is 10 %.
  amount_off numeric(14, 3) check (amount_off > 0), -- Off each whole pack.
  buy_packs smallint check (buy_packs between 2 and 100), -- Packs taken.
  pay_packs smallint check (pay_packs >= 1), -- Packs paid of them.
  bundle_price numeric(14, 3) check (bundle_price >= 0), -- Price of the packs together.
  starts_on date not null, -- First day, by the calendar of the branch.
  ends_on date, -- Last day; null: until it is ended.
  on_prescriptions boolean not null default false, -- True: it counts for fills too, where no payer bears a part of them.
  created_by integer not null references operational.users (user_id), -- Who made it.
  created_at timestamptz not null default now(), -- When.
  ended_at timestamptz, -- When it was ended by hand.
  ended_by integer references operational.users (user_id), -- By whom.
  version integer not null default 1, -- Rises by one with each edit.
  constraint promotions_branch_key unique (promotion_id, branch_id),
  constraint promotions_days_check check (ends_on >= starts_on),
  constraint promotions_ended_check check ((ended_at is null) = (ended_by is null)),
  constraint promotions_pay_check check (pay_packs < buy_packs),
  constraint promotions_terms_check check (
    (percent is not null) = (kind = 'percent') and (amount_off is not null) = (kind = 'amount') and (bundle_price is not null) = (kind = 'bundle')
    and (buy_packs is not null) = (kind = 'n_for_m') and (pay_packs is not null) = (kind = 'n_for_m'))
);
create index promotions_branch_idx on operational.promotions (branch_id, starts_on desc, promotion_id desc);

create table operational.promotion_targets ( -- What a promotion is on: products, categories with those below them, companies; of a bundle its products.
  promotion_target_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null, -- Branch of the promotion.
  promotion_id integer not null, -- The promotion.
  drug_id integer constraint promotion_targets_drug_id_fkey references reference.drugs (drug_id), -- A product.
  category_id integer constraint promotion_targets_category_fkey references reference.therapeutic_categories (category_id), -- A therapeutic category.
  company_id integer constraint promotion_targets_company_fkey references reference.companies (company_id), -- A company.
  packs smallint not null default 1 check (packs between 1 and 100), -- Packs in a bundle; 1 otherwise.
  constraint promotion_targets_promotion_fkey foreign key (promotion_id, branch_id) references operational.promotions (promotion_id, branch_id),
  constraint promotion_targets_one_check check (num_nonnulls(drug_id, category_id, company_id) = 1)
);
create unique index promotion_targets_once_key on operational.promotion_targets (promotion_id, drug_id, category_id, company_id) nulls not distinct;
create index promotion_targets_drug_idx on operational.promotion_targets (drug_id) where drug_id is not null;

create table operational.sale_item_promotions ( -- What a promotion took off a line, and off how much of it; append-only.
  sale_item_id integer not null, -- The line.
  promotion_id integer not null, -- The promotion.
  branch_id integer not null, -- Branch of both.
  promotion_version integer not null, -- Its version when it was reckoned by.
  quantity numeric(14, 3) not null check (quantity > 0), -- Base units of the line it was on.
  amount numeric(14, 3) not null check (amount > 0), -- What it took off; a part of the discount of the line.
  primary key (sale_item_id, promotion_id),
  constraint sale_item_promotions_line_fkey foreign key (sale_item_id, branch_id) references operational.sale_items (sale_item_id, branch_id),
  constraint sale_item_promotions_promotion_fkey foreign key (promotion_id, branch_id) references operational.promotions (promotion_id, branch_id)
);
create index sale_item_promotions_promotion_idx on operational.sale_item_promotions (promotion_id);

create function operational.is_promotion_used(p_promotion integer) returns boolean language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select exists (select from operational.sale_item_promotions s where s.promotion_id = p_promotion)
$$;
comment on function operational.is_promotion_used(integer) is 'True: something was sold by it.';

create function operational.guard_promotion() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended_at is not null or (to_jsonb(new) - '{ended_at,ended_by,version}'::text[] <> to_jsonb(old) - '{ended_at,ended_by,version}'::text[]
    and operational.is_promotion_used(old.promotion_id)) then
    raise exception 'promotion % was used or has ended', old.promotion_id using errcode = 'MD221';
  end if;
  return new;
end $$;
comment on function operational.guard_promotion() is 'A promotion that was used can be ended and nothing else; one that was ended stays so.';
create trigger promotions_guard before update on operational.promotions
  for each row execute function operational.guard_promotion();

create function operational.guard_promotion_target() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_promotion integer := case when tg_op = 'DELETE' then old.promotion_id else new.promotion_id end;
begin
  perform 1 from operational.promotions p where p.promotion_id = v_promotion for no key update;
  if operational.is_promotion_used(v_promotion) then
    raise exception 'promotion % was used', v_promotion using errcode = 'MD221';
  end if;
  return coalesce(new, old);
end $$;
comment on function operational.guard_promotion_target() is 'What a promotion is on stays as it is once it was used.';
create trigger promotion_targets_guard before insert or update or delete on operational.promotion_targets
  for each row execute function operational.guard_promotion_target();

create function operational.guard_line_promotion() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_day date;
begin
  select s.business_date into v_day from operational.sale_items i join operational.sales s using (sale_id)
  where i.sale_item_id = new.sale_item_id and s.sale_type = 'sale' and s.xmin = pg_current_xact_id()::xid;
  if not found then
    raise exception 'sale line % is posted: nothing can be added to it', new.sale_item_id using errcode = 'MD004';
  end if;
  -- Edits and ends wait until the sale is posted, or the sale for them.
  perform 1 from operational.promotions p where p.promotion_id = new.promotion_id and p.version = new.promotion_version and p.ended_at is null
    and v_day >= p.starts_on and v_day <= coalesce(p.ends_on, v_day) for share;
  if not found then
    raise exception 'promotion % is another now, or over', new.promotion_id using errcode = 'MD222';
  end if;
  return new;
end $$;
comment on function operational.guard_line_promotion() is 'A promotion is kept with a line in the transaction of its sale, on a day it holds, as it was reckoned by.';
create trigger sale_item_promotions_with_sale before insert on operational.sale_item_promotions
  for each row execute function operational.guard_line_promotion();

create function operational.check_line_promotions() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from operational.sale_items i cross join lateral (
      select sum(p.amount) as amount, sum(p.quantity) as quantity from operational.sale_item_promotions p where p.sale_item_id = i.sale_item_id) p
    where i.sale_item_id = new.sale_item_id and (p.amount > i.discount or p.quantity > i.quantity)) then
    raise exception 'sale line %: promotions take off more than its discount, or a unit twice', new.sale_item_id using errcode = 'MD009';
  end if;
  return null;
end $$;
comment on function operational.check_line_promotions() is 'At commit: what promotions took off a line is in its discount, each unit once.';
create constraint trigger sale_item_promotions_check after insert on operational.sale_item_promotions deferrable initially deferred
  for each row execute function operational.check_line_promotions();

call operational.attach_row_audit('promotions', 'promotion_id');
call operational.attach_row_audit('promotion_targets', 'promotion_target_id');
call operational.attach_row_audit('sale_item_promotions', 'sale_item_id,promotion_id');
grant select, insert, update on operational.promotions to pharmacy_app;
grant select, insert, delete on operational.promotion_targets to pharmacy_app;
grant select, insert on operational.sale_item_promotions to pharmacy_app;
${appendOnly('sale_item_promotions')}
${branchScope('promotions')}
${branchScope('promotion_targets')}
${branchScope('sale_item_promotions')}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.promotions']);
    await queryRunner.query(`
drop table operational.sale_item_promotions, operational.promotion_targets, operational.promotions;
drop function operational.check_line_promotions();
drop function operational.guard_line_promotion();
drop function operational.guard_promotion_target();
drop function operational.guard_promotion();
drop function operational.is_promotion_used(integer);
`);
  }
}
