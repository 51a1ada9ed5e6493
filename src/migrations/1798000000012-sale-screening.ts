import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A sale over the counter to a known patient stands only with a screening of exactly its products, made in its transaction,
 * and with every stop of that overridden for it: checked when the transaction commits, as lines and payments are.
 */
export class SaleScreening1798000000012 implements MigrationInterface {
  name = 'SaleScreening1798000000012';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create index alert_overrides_sale_idx on operational.alert_overrides (sale_id) where sale_id is not null;

create function operational.require_sale_screening() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_sold integer[];
  v_screening bigint;
  v_judged integer[];
begin
  select array_agg(distinct i.drug_id order by i.drug_id) into v_sold
  from operational.sale_items i where i.sale_id = new.sale_id and i.fill_id is null;
  -- Fills were screened when they were dispensed.
  if v_sold is null then
    return null;
  end if;
  select s.screening_id, array(select distinct (p ->> 'drugId')::integer from jsonb_array_elements(s.facts -> 'proposed') p order by 1)
  into v_screening, v_judged
  from operational.screenings s
  where s.sale_id = new.sale_id and s.purpose = 'sale' and s.tx_id = pg_current_xact_id() and s.patient_id = new.patient_id and s.branch_id = new.branch_id
  order by s.screening_id desc limit 1;
  if v_screening is null or v_judged is distinct from v_sold then
    raise exception 'sale % has no screening of what is sold', new.sale_id using errcode = 'MD010';
  end if;
  if exists (
    select from operational.screenings s, jsonb_array_elements(s.verdict -> 'alerts') a
    where s.screening_id = v_screening and (a ->> 'stops')::boolean
      and not exists (
        select from operational.alert_overrides o join operational.clinical_alerts c using (alert_id)
        where o.sale_id = new.sale_id and c.patient_id = s.patient_id and c.identity = a ->> 'identity')
  ) then
    raise exception 'an alert stops sale % and nobody has overridden it', new.sale_id using errcode = 'MD010';
  end if;
  return null;
end $$;
comment on function operational.require_sale_screening() is 'At commit: refuses a sale over the counter to a known patient without a screening of exactly what is sold, or over a stop that nobody has overridden.';
-- What the owner loads (a restore, a move from another system) was sold before; the programs are held to this. The role is
-- looked at when the sale is written: the function runs with the rights of its owner, so that no branch hides a line from it.
create constraint trigger sales_require_screening after insert on operational.sales deferrable initially deferred
  for each row when (new.sale_type = 'sale' and new.patient_id is not null and current_user in ('pharmacy_app', 'pharmacy_admin'))
  execute function operational.require_sale_screening();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger sales_require_screening on operational.sales;
drop function operational.require_sale_screening();
drop index operational.alert_overrides_sale_idx;
`);
  }
}
