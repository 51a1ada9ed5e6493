import type { MigrationInterface, QueryRunner } from 'typeorm';

import { branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Rates of the day, to show a price in a second currency beside that of the branch. */
export class ExchangeRates1799000000233 implements MigrationInterface {
  name = 'ExchangeRates1799000000233';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.exchange_rates ( -- Rates by day, for showing prices in another currency; nothing is paid or posted in it.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  currency text not null check (currency ~ '^[A-Z]{3}$'), -- The other currency, ISO 4217.
  rate_date date not null, -- Day of the branch it is of.
  rate numeric(18, 6) not null check (rate > 0), -- What one unit of the other currency is worth in that of the branch.
  decimals smallint not null check (decimals between 0 and 3), -- Decimals of its smallest unit.
  entered_by integer references operational.users (user_id), -- Who entered it last; set by trigger.
  entered_at timestamptz not null default now(), -- When.
  primary key (branch_id, currency, rate_date)
);
call operational.attach_row_audit('exchange_rates', 'branch_id,currency,rate_date');

create function operational.note_exchange_rate() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  new.entered_by := coalesce(operational.current_user_id(), new.entered_by);
  new.entered_at := now();
  return new;
end $$;
comment on function operational.note_exchange_rate() is 'Writes down who entered a rate, and when.';
create trigger exchange_rates_note before insert or update on operational.exchange_rates
  for each row execute function operational.note_exchange_rate();
${branchScope('exchange_rates')}
grant select, delete, insert (branch_id, currency, rate_date, rate, decimals), update (rate, decimals) on operational.exchange_rates to pharmacy_app;
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.exchange_rates']);
    await queryRunner.query(`
drop table operational.exchange_rates;
drop function operational.note_exchange_rate();
`);
  }
}
