import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stock that is set aside (quarantined, on hold, recalled, expired) leaves by destruction, by a return to its supplier or by a count;
 * a correction takes only what was never there or is gone, and another person approves it.
 */
export class SetAsideStock1799000000215 implements MigrationInterface {
  name = 'SetAsideStock1799000000215';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.is_set_aside(p_lot_id integer) returns boolean language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select l.status <> 'available' or coalesce(l.expiry_date < (now() at time zone b.time_zone)::date, false)
  from operational.inventory_lots l join operational.branches b using (branch_id) where l.lot_id = p_lot_id
$$;
comment on function operational.is_set_aside(integer) is 'True: the lot may not leave to a patient, by its status or by its expiry at the branch; null: there is none.';

create function operational.guard_set_aside() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if not operational.is_set_aside(new.lot_id) then
    return new;
  end if;
  -- The reason is the one that was approved, not the one that is posted.
  if new.movement_type <> 'adjustment' or not exists (
    select from operational.stock_adjustments a where a.adjustment_id = new.adjustment_id and a.reason_code in ('missing', 'theft', 'entry_error')) then
    raise exception 'lot % is set aside: it leaves by destruction, return to its supplier or count', new.lot_id using errcode = 'MD215';
  end if;
  return new;
end $$;
comment on function operational.guard_set_aside() is 'What is set aside does not leave by a correction, unless it is gone or never was there, and another person says so.';
-- After the posting, which locks the lot: its status is the one of this moment. What the owner loads left before.
create trigger stock_movements_s_aside before insert on operational.stock_movements
  for each row when (new.quantity < 0 and new.movement_type in ('adjustment', 'expiry', 'recall') and current_user in ('pharmacy_app', 'pharmacy_admin'))
  execute function operational.guard_set_aside();
revoke all on function operational.is_set_aside(integer) from public;
grant execute on function operational.is_set_aside(integer) to pharmacy_app, pharmacy_admin, pharmacy_reporting;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger stock_movements_s_aside on operational.stock_movements;
drop function operational.guard_set_aside();
drop function operational.is_set_aside(integer);
`);
  }
}
