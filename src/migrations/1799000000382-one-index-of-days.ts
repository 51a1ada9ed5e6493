import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The journal and the reports of sales asked for the same index under two names: every sale wrote both. */
export class OneIndexOfDays1799000000382 implements MigrationInterface {
  name = 'OneIndexOfDays1799000000382';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index operational.sales_journal_idx');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create index sales_journal_idx on operational.sales (branch_id, business_date)');
  }
}
