import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Nobody takes the second factors of another away without saying how he made sure who asked for it. */
export class IdentityChecks1799000000390 implements MigrationInterface {
  name = 'IdentityChecks1799000000390';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.identity_checks ( -- How it was made sure who a user is, before his second factors were taken away for him.
  identity_check_id bigint generated always as identity primary key, -- Identity.
  user_id integer not null references operational.users (user_id), -- Whose factors.
  checked_by integer not null references operational.users (user_id), -- Who made sure.
  checked_at timestamptz not null default now(), -- When.
  method text not null check (method in ('in-person', 'document', 'call-back', 'vouched-for')), -- Known by sight, by a document, called back at a number on file, or by the word of somebody else.
  note text check (length(btrim(note)) between 1 and 500), -- What else is to be said; of a word, whose.
  tx_id text not null default operational.current_tx_id(), -- Transaction in which they were taken away.
  constraint identity_checks_another_check check (checked_by <> user_id),
  constraint identity_checks_voucher_check check (method <> 'vouched-for' or note is not null)
);
create index identity_checks_user_idx on operational.identity_checks (user_id, identity_check_id);
call operational.attach_row_audit('identity_checks', 'identity_check_id', '');
create trigger identity_checks_append_only before update or delete on operational.identity_checks
  for each row execute function operational.refuse_change();
create trigger identity_checks_no_truncate before truncate on operational.identity_checks
  for each statement execute function operational.refuse_change();
grant select, insert on operational.identity_checks to pharmacy_app;

create function operational.guard_factor_removal() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if operational.current_user_id() <> old.user_id and not exists (
    select from operational.identity_checks c where c.user_id = old.user_id and c.tx_id = operational.current_tx_id()) then
    raise exception 'the second factors of user % are taken away without a word on who asked for it', old.user_id using errcode = 'MD480';
  end if;
  return old;
end $$;
comment on function operational.guard_factor_removal() is 'Second factors of another are taken away only with an identity check of the same transaction.';
create trigger mfa_factors_identity before delete on operational.mfa_factors
  for each row execute function operational.guard_factor_removal();
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.identity_checks']);
    await queryRunner.query(`
drop trigger mfa_factors_identity on operational.mfa_factors;
drop function operational.guard_factor_removal();
drop table operational.identity_checks;
`);
  }
}
