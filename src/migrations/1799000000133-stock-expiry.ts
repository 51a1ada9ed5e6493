import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a lot is expired, in one place: the job that marks lots asks it, and a table of cases tests it. */
export class StockExpiry1799000000133 implements MigrationInterface {
  name = 'StockExpiry1799000000133';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.is_expired(p_expiry_date date, p_at timestamptz, p_time_zone text) returns boolean language sql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_expiry_date < (p_at at time zone p_time_zone)::date, false)
$$;
comment on function operational.is_expired(date, timestamptz, text) is 'A lot may be used up to the end of its last day, by the calendar of the branch; one without a date does not expire.';
grant execute on function operational.is_expired(date, timestamptz, text) to pharmacy_app, pharmacy_reporting;
create index inventory_lots_expiring_idx on operational.inventory_lots (branch_id, expiry_date) where status = 'available' and expiry_date is not null;
create index stock_movements_effective_brin on operational.stock_movements using brin (effective_at);
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop index operational.stock_movements_effective_brin, operational.inventory_lots_expiring_idx;
drop function operational.is_expired(date, timestamptz, text);
`);
  }
}
