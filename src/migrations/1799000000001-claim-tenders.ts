import type { MigrationInterface, QueryRunner } from 'typeorm';

import { refuseToDropRows } from './support/drop-guard.js';

/**
 * What payers bear is a tender of the sale that names its claim. At commit the tenders of a sold fill are exactly the shares its
 * claims were answered with; of one that came back, or was not sold, they add up to nothing.
 */
export class ClaimTenders1799000000001 implements MigrationInterface {
  name = 'ClaimTenders1799000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.payments add column claim_id integer;
comment on column operational.payments.claim_id is 'Claim whose payer bears this; with the tender insurance alone.';
alter table operational.payments
  add constraint payments_claim_fkey foreign key (claim_id, branch_id) references operational.claims (claim_id, branch_id),
  add constraint payments_claim_check check ((method = 'insurance') = (claim_id is not null));
create unique index payments_claim_once_key on operational.payments (claim_id) where claim_id is not null and amount > 0;
create unique index payments_claim_back_once_key on operational.payments (claim_id) where claim_id is not null and amount < 0;
create index sale_items_fill_idx on operational.sale_items (fill_id) where fill_id is not null;

create or replace function operational.check_claims_of_fill(p_fill integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_rest numeric;
  v_sold numeric;
  v_tendered numeric;
  c record;
begin
  select f.price into v_rest from operational.fills f where f.fill_id = p_fill;
  select coalesce(sum(i.quantity), 0) into v_sold from operational.sale_items i where i.fill_id = p_fill;
  for c in select * from operational.claims where fill_id = p_fill order by claim_id loop
    if c.status in ('submitted', 'adjudicated', 'paid') then
      if c.amount_claimed <> v_rest then
        raise exception 'claim %: % claimed, % left of fill %', c.claim_id, c.amount_claimed, v_rest, p_fill using errcode = 'MD244';
      end if;
      v_rest := coalesce(c.patient_share, v_rest);
    end if;
    if v_sold > 0 and c.status in ('submitted', 'rejected') then
      raise exception 'fill % is sold while claim % is not settled', p_fill, c.claim_id using errcode = 'MD245';
    end if;
    select coalesce(sum(p.amount), 0) into v_tendered from operational.payments p where p.claim_id = c.claim_id;
    if v_tendered <> (case when v_sold > 0 and c.status in ('adjudicated', 'paid') then c.payer_share else 0 end) then
      raise exception 'claim % of fill %: % tendered, it bears %', c.claim_id, p_fill, v_tendered, c.payer_share using errcode = 'MD245';
    end if;
  end loop;
end $$;
comment on function operational.check_claims_of_fill(integer) is 'What payers bear and what the patient bears is the price of the fill: each payer is asked for what the ones before him left, and tenders exactly that while the fill is sold.';

create function operational.check_sale_claims() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_claim integer;
begin
  perform operational.check_claims_of_fill(i.fill_id) from operational.sale_items i where i.sale_id = new.sale_id and i.fill_id is not null;
  select p.claim_id into v_claim from operational.payments p join operational.claims c using (claim_id)
  where p.sale_id = new.sale_id and (sign(p.amount) <> case when new.sale_type = 'sale' then 1 else -1 end
    or not exists (select from operational.sale_items i where i.sale_id = new.sale_id and i.fill_id = c.fill_id)) limit 1;
  if v_claim is not null then
    raise exception 'sale %: claim % is of a fill that is not in it', new.sale_id, v_claim using errcode = 'MD245';
  end if;
  return null;
end $$;
comment on function operational.check_sale_claims() is 'At commit: the tenders of payers are the shares of the claims of the fills in the sale.';
create constraint trigger sales_check_claims after insert on operational.sales deferrable initially deferred
  for each row execute function operational.check_sale_claims();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.claims']);
    await queryRunner.query(`
drop trigger sales_check_claims on operational.sales;
drop function operational.check_sale_claims();
drop index operational.sale_items_fill_idx;
create or replace function operational.check_claims_of_fill(p_fill integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_rest numeric;
  c record;
begin
  select f.price into v_rest from operational.fills f where f.fill_id = p_fill;
  for c in select * from operational.claims where fill_id = p_fill and status in ('submitted', 'adjudicated', 'paid') order by claim_id loop
    if c.amount_claimed <> v_rest then
      raise exception 'claim %: % claimed, % left of fill %', c.claim_id, c.amount_claimed, v_rest, p_fill using errcode = 'MD244';
    end if;
    v_rest := coalesce(c.patient_share, v_rest);
  end loop;
end $$;
comment on function operational.check_claims_of_fill(integer) is 'What payers bear and what the patient bears is the price of the fill: each payer is asked for what the ones before him left.';
alter table operational.payments drop column claim_id;
`);
  }
}
