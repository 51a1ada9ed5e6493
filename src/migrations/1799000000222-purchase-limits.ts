import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope, dropRight, newRight } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** How much of a product or ingredient a person may buy over the counter, and from what age; who was looked at, and who let it pass. */
export class PurchaseLimits1799000000222 implements MigrationInterface {
  name = 'PurchaseLimits1799000000222';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.purchase_limits ( -- What may be bought over the counter of a product or an ingredient.
  limit_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  drug_id integer constraint purchase_limits_drug_id_fkey references reference.drugs (drug_id), -- The product; amounts are base units.
  ingredient_id integer constraint purchase_limits_ingredient_fkey references reference.ingredients (ingredient_id), -- The ingredient, with its salts; amounts are mg.
  max_per_sale numeric(14, 3) check (max_per_sale > 0), -- Most in one sale.
  max_per_period numeric(14, 3) check (max_per_period > 0), -- Most for a person in the last days.
  period_days smallint check (period_days between 1 and 366), -- So many days, today the last.
  minimum_age smallint check (minimum_age between 1 and 120), -- Years the buyer must have.
  id_required boolean not null default false, -- True: a document is looked at.
  reason text not null check (length(btrim(reason)) between 3 and 300), -- Rule it comes from, as the seller is told.
  created_by integer not null references operational.users (user_id), -- Who made it.
  created_at timestamptz not null default now(), -- When.
  ended_at timestamptz, -- When it was ended.
  ended_by integer references operational.users (user_id), -- By whom.
  version integer not null default 1, -- Rises by one with each edit.
  constraint purchase_limits_branch_key unique (limit_id, branch_id),
  constraint purchase_limits_one_check check (num_nonnulls(drug_id, ingredient_id) = 1),
  constraint purchase_limits_period_check check ((max_per_period is null) = (period_days is null)),
  constraint purchase_limits_some_check check (num_nonnulls(max_per_sale, max_per_period, minimum_age) > 0 or id_required),
  constraint purchase_limits_ended_check check ((ended_at is null) = (ended_by is null))
);
create unique index purchase_limits_drug_key on operational.purchase_limits (branch_id, drug_id) where drug_id is not null and ended_at is null;
create unique index purchase_limits_ingredient_key on operational.purchase_limits (branch_id, ingredient_id) where ingredient_id is not null and ended_at is null;

create table operational.sale_identity_checks ( -- Who looked at whom before a sale: a document or a known record, never its number in clear; append-only.
  sale_id integer primary key, -- The sale.
  branch_id integer not null, -- Branch of the sale.
  document_kind text not null check (document_kind in ('national_id', 'passport', 'driving_licence', 'residence_permit', 'other', 'patient_record')), -- What was looked at.
  age_years smallint check (age_years between 0 and 150), -- Full years of the buyer; null: not asked.
  identity_key bytea check (length(identity_key) = 32), -- Keyed digest of kind and number, to find what the same person bought; null: no number was taken.
  checked_by integer not null references operational.users (user_id), -- Who looked; set by trigger.
  checked_at timestamptz not null default now(), -- When.
  constraint sale_identity_checks_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id)
);
create index sale_identity_checks_key_idx on operational.sale_identity_checks (identity_key) where identity_key is not null;

create table operational.sale_limit_overrides ( -- A limit that somebody with the right let pass, and why; append-only.
  sale_id integer not null, -- The sale.
  limit_id integer not null, -- The limit.
  branch_id integer not null, -- Branch of both.
  reason text not null check (length(btrim(reason)) between 3 and 500), -- Why.
  user_id integer not null references operational.users (user_id), -- Who; set by trigger.
  overridden_at timestamptz not null default now(), -- When.
  primary key (sale_id, limit_id),
  constraint sale_limit_overrides_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id),
  constraint sale_limit_overrides_limit_fkey foreign key (limit_id, branch_id) references operational.purchase_limits (limit_id, branch_id)
);

create table operational.identity_secret ( -- The key of identity digests; nobody but the function reads it.
  is_only boolean primary key default true check (is_only), -- There is one.
  secret bytea not null check (length(secret) = 32) -- Random.
);
insert into operational.identity_secret (secret) values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

create function operational.identity_key(p_kind text, p_number text) returns bytea language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select sha256(s.secret || sha256(s.secret || convert_to(p_kind || ':' || upper(regexp_replace(p_number, '[^[:alnum:]]', '', 'g')), 'UTF8')))
  from operational.identity_secret s
$$;
comment on function operational.identity_key(text, text) is 'Digest of a document under the key of this installation: spaces, dashes and case do not count; nobody reads the number from it.';

create function operational.ingredient_mg(p_drug integer, p_ingredient integer) returns numeric language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select case when bool_and(x.mg is not null) then sum(x.mg) end from (
    select l.amount * case lower(l.unit) when 'mg' then 1 when 'g' then 1000 when 'mcg' then 0.001 when 'ug' then 0.001 when 'µg' then 0.001 end
      / case when l.per_unit is null then case when d.base_unit in ('tablet', 'capsule', 'sachet', 'suppository', 'ampoule', 'vial', 'patch', 'lozenge', 'piece') then 1 end
        when lower(l.per_unit) = lower(d.base_unit) then coalesce(l.per_amount, 1) end as mg
    from reference.drug_ingredients l join reference.drugs d using (drug_id) join reference.ingredients i using (ingredient_id)
    where l.drug_id = p_drug and p_ingredient in (i.ingredient_id, i.base_ingredient_id)) x
$$;
comment on function operational.ingredient_mg(integer, integer) is 'Milligrams of an ingredient, with its salts, in a base unit of a product; null: it cannot be told.';

create function operational.is_limited(p_drug integer, p_limit_drug integer, p_limit_ingredient integer) returns boolean language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select p_drug = p_limit_drug or (p_limit_ingredient is not null and exists (
    select from reference.drug_ingredients l join reference.ingredients i using (ingredient_id)
    where l.drug_id = p_drug and p_limit_ingredient in (i.ingredient_id, i.base_ingredient_id)))
$$;
comment on function operational.is_limited(integer, integer, integer) is 'True: a limit on that product or ingredient is on this product.';

create function operational.limit_usage(p_branch integer, p_drugs integer[], p_quantities numeric[], p_patient integer, p_identity bytea, p_today date, p_but_sale integer)
returns table (limit_id integer, in_sale numeric, bought_before numeric) language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  with limits as (
    select l.limit_id, l.drug_id, l.ingredient_id, l.period_days, case when bool_and(f.factor is not null) then sum(u.quantity * f.factor) end as in_sale
    from operational.purchase_limits l
    join unnest(p_drugs, p_quantities) as u (drug_id, quantity) on operational.is_limited(u.drug_id, l.drug_id, l.ingredient_id)
    cross join lateral (select case when l.drug_id is not null then 1 else operational.ingredient_mg(u.drug_id, l.ingredient_id) end as factor) f
    where l.branch_id = p_branch and l.ended_at is null
    group by l.limit_id
  ), bought as (
    select i.drug_id, s.business_date, i.quantity + coalesce((select sum(r.quantity) from operational.sale_items r where r.original_sale_item_id = i.sale_item_id), 0) as quantity
    from operational.sales s join operational.sale_items i using (sale_id)
    where s.sale_type = 'sale' and i.fill_id is null and s.sale_id is distinct from p_but_sale
      and s.business_date > p_today - (select max(l.period_days) from limits l)
      and (s.patient_id in (select operational.patient_family(p_patient))
        or s.sale_id in (select c.sale_id from operational.sale_identity_checks c where c.identity_key = p_identity))
  )
  select l.limit_id, l.in_sale, coalesce((
    select sum(b.quantity * case when l.drug_id is not null then 1 else operational.ingredient_mg(b.drug_id, l.ingredient_id) end)
    from bought b where b.business_date > p_today - l.period_days and operational.is_limited(b.drug_id, l.drug_id, l.ingredient_id)), 0)
  from limits l
$$;
comment on function operational.limit_usage(integer, integer[], numeric[], integer, bytea, date, integer) is 'Limits on products about to be sold: how much is in the sale (null: it cannot be told) and what the person bought in the days of the limit, less what came back.';

create function operational.lock_purchaser(p_patient integer, p_identity bytea) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  -- Always the document before the record, so that two sales cannot wait for each other.
  if p_identity is not null then
    perform pg_advisory_xact_lock(hashtextextended('purchaser ' || encode(p_identity, 'hex'), 0));
  end if;
  if p_patient is not null then
    perform operational.lock_person(p_patient);
  end if;
end $$;
comment on function operational.lock_purchaser(integer, bytea) is 'Locks a person, by document and record, so that what he buys is judged one sale after the other.';

create function operational.stamp_sale_check() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_user integer := operational.current_user_id();
begin
  if not exists (select from operational.sales s where s.sale_id = new.sale_id and s.xmin = pg_current_xact_id()::xid) then
    raise exception 'sale % is posted: nothing can be added to it', new.sale_id using errcode = 'MD004';
  end if;
  if tg_table_name = 'sale_identity_checks' then
    new.checked_by := coalesce(v_user, new.checked_by);
  else
    new.user_id := coalesce(v_user, new.user_id);
    if not exists (select from operational.user_roles ur join operational.role_permissions rp using (role_id) join operational.permissions p using (permission_id)
      where ur.user_id = new.user_id and p.name = 'OverridePurchaseLimit') then
      raise exception 'user % may not let limits pass', new.user_id using errcode = 'MD225';
    end if;
  end if;
  return new;
end $$;
comment on function operational.stamp_sale_check() is 'Checks and exceptions are written in the transaction of their sale by who is signed in; an exception needs the right.';
create trigger sale_identity_checks_stamp before insert on operational.sale_identity_checks
  for each row execute function operational.stamp_sale_check();
create trigger sale_limit_overrides_stamp before insert on operational.sale_limit_overrides
  for each row execute function operational.stamp_sale_check();

create function operational.check_sale_limits() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_check operational.sale_identity_checks%rowtype;
  v_drugs integer[];
  v_quantities numeric[];
  v_limit record;
begin
  if new.sale_type <> 'sale' or not exists (select from operational.purchase_limits l where l.branch_id = new.branch_id and l.ended_at is null) then
    return null;
  end if;
  select array_agg(i.drug_id), array_agg(i.quantity) into v_drugs, v_quantities from operational.sale_items i where i.sale_id = new.sale_id and i.fill_id is null;
  select * into v_check from operational.sale_identity_checks c where c.sale_id = new.sale_id;
  perform operational.lock_purchaser(new.patient_id, v_check.identity_key);
  for v_limit in
    select l.*, u.in_sale, u.bought_before from operational.limit_usage(new.branch_id, v_drugs, v_quantities, new.patient_id, v_check.identity_key, new.business_date, new.sale_id) u
    join operational.purchase_limits l using (limit_id)
  loop
    if (v_limit.minimum_age is not null and coalesce(v_check.age_years < v_limit.minimum_age, true))
      or (v_limit.id_required and coalesce(v_check.document_kind = 'patient_record', true))
      or (v_limit.max_per_period is not null and new.patient_id is null and v_check.identity_key is null) then
      raise exception 'sale %: limit % asks who buys', new.sale_id, v_limit.limit_id using errcode = 'MD224';
    end if;
    if ((v_limit.in_sale is null and num_nonnulls(v_limit.max_per_sale, v_limit.max_per_period) > 0) or v_limit.in_sale > v_limit.max_per_sale
        or v_limit.in_sale + v_limit.bought_before > v_limit.max_per_period)
      and not exists (select from operational.sale_limit_overrides o where o.sale_id = new.sale_id and o.limit_id = v_limit.limit_id) then
      raise exception 'sale %: more than limit % allows', new.sale_id, v_limit.limit_id using errcode = 'MD223';
    end if;
  end loop;
  return null;
end $$;
comment on function operational.check_sale_limits() is 'At commit: nobody buys more over the counter than the limits of the branch allow, and who buys was looked at where they ask it.';
create constraint trigger sales_check_limits after insert on operational.sales deferrable initially deferred
  for each row execute function operational.check_sale_limits();

call operational.attach_row_audit('purchase_limits', 'limit_id');
call operational.attach_row_audit('sale_identity_checks', 'sale_id');
call operational.attach_row_audit('sale_limit_overrides', 'sale_id,limit_id');
grant select, insert, update on operational.purchase_limits to pharmacy_app;
grant select, insert on operational.sale_identity_checks, operational.sale_limit_overrides to pharmacy_app;
${appendOnly('sale_identity_checks')}
${appendOnly('sale_limit_overrides')}
${branchScope('purchase_limits')}
${branchScope('sale_identity_checks')}
${branchScope('sale_limit_overrides')}
revoke all on function operational.identity_key(text, text), operational.limit_usage(integer, integer[], numeric[], integer, bytea, date, integer),
  operational.lock_purchaser(integer, bytea) from public;
grant execute on function operational.identity_key(text, text), operational.limit_usage(integer, integer[], numeric[], integer, bytea, date, integer),
  operational.lock_purchaser(integer, bytea) to pharmacy_app;
${newRight('OverridePurchaseLimit', 'Sell more over the counter than a limit allows, with a reason', ['OverrideClinicalAlert'])}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.purchase_limits']);
    await queryRunner.query(dropRight('OverridePurchaseLimit'));
    await queryRunner.query(`
drop trigger sales_check_limits on operational.sales;
drop table operational.sale_limit_overrides, operational.sale_identity_checks, operational.purchase_limits, operational.identity_secret;
drop function operational.check_sale_limits();
drop function operational.stamp_sale_check();
drop function operational.lock_purchaser(integer, bytea);
drop function operational.limit_usage(integer, integer[], numeric[], integer, bytea, date, integer);
drop function operational.is_limited(integer, integer, integer);
drop function operational.ingredient_mg(integer, integer);
drop function operational.identity_key(text, text);
`);
  }
}
