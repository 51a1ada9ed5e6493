import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that may be of one person are found by the end of the telephone number. */
export class DuplicatePatients1799000000083 implements MigrationInterface {
  name = 'DuplicatePatients1799000000083';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.phone_tail(p_phone text) returns text language sql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select case when length(d.digits) >= 8 then right(d.digits, 8) end
  from (select regexp_replace(translate(p_phone, '٠١٢٣٤٥٦٧٨٩', '0123456789'), '\\D', '', 'g') as digits) d
$$;
comment on function operational.phone_tail(text) is 'Last eight digits of a telephone number, which country and trunk prefixes do not change; null: fewer.';
grant execute on function operational.phone_tail(text) to pharmacy_app, pharmacy_reporting;
create index patients_phone_tail_idx on operational.patients (branch_id, operational.phone_tail(phone));
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop index operational.patients_phone_tail_idx;
drop function operational.phone_tail(text);
`);
  }
}
