import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schemas `reference` (master data) and `operational` (the day's work), and who may look into them. */
export class CreateSchemas1763800000001 implements MigrationInterface {
  name = 'CreateSchemas1763800000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create schema reference;
create schema operational;
comment on schema reference is 'Master data: catalogue and clinical rules. Read-heavy; written only through pharmacy_admin.';
comment on schema operational is 'The pharmacy''s daily work: people, prescriptions, stock, sales, audit. Write-heavy.';
grant usage on schema reference to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant usage on schema operational to pharmacy_app, pharmacy_admin, pharmacy_reporting;
alter default privileges in schema reference grant select on tables to pharmacy_app, pharmacy_admin, pharmacy_reporting;
alter default privileges in schema operational revoke execute on functions from public;
alter default privileges in schema reference revoke execute on functions from public;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter default privileges in schema reference revoke select on tables from pharmacy_app, pharmacy_admin, pharmacy_reporting;
drop schema operational;
drop schema reference;
`);
  }
}
