import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The regulated ceiling holds in the database: whatever the programs say, nothing is sold over the counter above it. */
export class PriceCeiling1799000000223 implements MigrationInterface {
  name = 'PriceCeiling1799000000223';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.check_sale_ceiling() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_drug integer;
begin
  if new.sale_type <> 'sale' then
    return null;
  end if;
  -- Lines of a product add up to the price of all of it, rounded once: at most half a coin above its share of the ceiling.
  select i.drug_id into v_drug from operational.sale_items i join reference.drugs d using (drug_id) join operational.branches b on b.branch_id = new.branch_id
  where i.sale_id = new.sale_id and i.fill_id is null and d.price_ceiling is not null
  group by i.drug_id, d.price_ceiling, d.units_per_pack, b.currency_decimals
  having max(i.pack_price) > d.price_ceiling or sum(i.amount) > round(d.price_ceiling * sum(i.quantity) / d.units_per_pack, b.currency_decimals) limit 1;
  if v_drug is not null then
    raise exception 'drug % is sold above its ceiling', v_drug using errcode = 'MD226';
  end if;
  return null;
end $$;
comment on function operational.check_sale_ceiling() is 'At commit: what is sold over the counter is not above the regulated price.';
create constraint trigger sales_check_ceiling after insert on operational.sales deferrable initially deferred
  for each row execute function operational.check_sale_ceiling();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger sales_check_ceiling on operational.sales;
drop function operational.check_sale_ceiling();
`);
  }
}
