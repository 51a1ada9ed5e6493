import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is owed under a prescription stands on it, kept by the trigger that keeps what was filled, so that it is found at once. */
export class OwedFills1798000000041 implements MigrationInterface {
  name = 'OwedFills1798000000041';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.prescriptions add column quantity_owed numeric(14, 3) not null default 0;
comment on column operational.prescriptions.quantity_owed is 'Base units still owed of fills begun; kept by trigger.';
update operational.prescriptions p set quantity_owed = p.quantity * f.begun - p.quantity_filled
from (select x.prescription_id, count(distinct x.fill_number) as begun from operational.fills x
      where x.status not in ('reversed', 'returned_to_stock') group by x.prescription_id) f
where f.prescription_id = p.prescription_id and p.quantity * f.begun <> p.quantity_filled;
alter table operational.prescriptions add constraint prescriptions_owed_check check (quantity_owed >= 0);
create index prescriptions_owed_idx on operational.prescriptions (branch_id, prescription_id) where quantity_owed > 0;

create or replace function operational.post_fill() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_old numeric := case when tg_op = 'UPDATE' and old.status not in ('reversed', 'returned_to_stock') then old.quantity else 0 end;
  v_new numeric := case when new.status not in ('reversed', 'returned_to_stock') then new.quantity else 0 end;
  v_rx operational.prescriptions%rowtype;
begin
  if v_old <> v_new then
    update operational.prescriptions p set quantity_filled = p.quantity_filled + v_new - v_old,
      quantity_owed = p.quantity * (select count(distinct x.fill_number) from operational.fills x
        where x.prescription_id = new.prescription_id and x.status not in ('reversed', 'returned_to_stock')) - p.quantity_filled - v_new + v_old
    where p.prescription_id = new.prescription_id;
  end if;
  if new.status = 'dispensed' and (tg_op = 'INSERT' or old.status <> 'dispensed') then
    select * into v_rx from operational.prescriptions where prescription_id = new.prescription_id;
    if v_rx.status in ('cancelled', 'transferred', 'on_hold', 'draft') or new.dispensed_on > v_rx.expires_on then
      raise exception 'prescription % is % and valid to %: nothing may be dispensed under it', v_rx.prescription_id, v_rx.status, v_rx.expires_on
        using errcode = 'MD005';
    end if;
  end if;
  return null;
end $$;
comment on function operational.post_fill() is 'Keeps prescriptions.quantity_filled and quantity_owed, and refuses dispensing under a dead prescription.';

drop trigger prescriptions_guard_quantity on operational.prescriptions;
create trigger prescriptions_guard_quantity before update of quantity_filled, quantity_owed on operational.prescriptions
  for each row when (pg_trigger_depth() = 0) execute function operational.guard_quantity_filled();
comment on function operational.guard_quantity_filled() is 'Refuses a change of quantity_filled or quantity_owed that does not come from a fill.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create or replace function operational.post_fill() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_old numeric := case when tg_op = 'UPDATE' and old.status not in ('reversed', 'returned_to_stock') then old.quantity else 0 end;
  v_new numeric := case when new.status not in ('reversed', 'returned_to_stock') then new.quantity else 0 end;
  v_rx operational.prescriptions%rowtype;
begin
  if v_old <> v_new then
    update operational.prescriptions set quantity_filled = quantity_filled + v_new - v_old
    where prescription_id = new.prescription_id;
  end if;
  if new.status = 'dispensed' and (tg_op = 'INSERT' or old.status <> 'dispensed') then
    select * into v_rx from operational.prescriptions where prescription_id = new.prescription_id;
    if v_rx.status in ('cancelled', 'transferred', 'on_hold', 'draft') or new.dispensed_on > v_rx.expires_on then
      raise exception 'prescription % is % and valid to %: nothing may be dispensed under it', v_rx.prescription_id, v_rx.status, v_rx.expires_on
        using errcode = 'MD005';
    end if;
  end if;
  return null;
end $$;
comment on function operational.post_fill() is 'Keeps prescriptions.quantity_filled and refuses dispensing under a dead prescription.';
drop trigger prescriptions_guard_quantity on operational.prescriptions;
create trigger prescriptions_guard_quantity before update of quantity_filled on operational.prescriptions
  for each row when (pg_trigger_depth() = 0) execute function operational.guard_quantity_filled();
comment on function operational.guard_quantity_filled() is 'Refuses a change of quantity_filled that does not come from a fill.';
alter table operational.prescriptions drop column quantity_owed;
`);
  }
}
