import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES: readonly (readonly [table: string, keys: string])[] = [
  ['beyond_use_limits', 'preparation_type'],
  ['controlled_schedules', 'jurisdiction,schedule'],
  ['controlled_rest_limits', 'jurisdiction,schedule,reason'],
  ['installation', 'singleton'],
];

/** Limits the database itself keeps to, and facts of the installation, are audited as all else: who changes one changes what is allowed. */
export class AuditedRules1799000000252 implements MigrationInterface {
  name = 'AuditedRules1799000000252';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, keys] of TABLES)
      await queryRunner.query('call operational.attach_row_audit($1, $2)', [table, keys]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table] of TABLES)
      await queryRunner.query(`drop trigger ${table}_audit on operational.${table}`);
  }
}
