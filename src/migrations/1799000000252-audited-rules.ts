import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits the database itself keeps to, and facts of the installation, are audited as all else: who changes one changes what is allowed. */
export class AuditedRules1799000000252 implements MigrationInterface {
  name = 'AuditedRules1799000000252';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
call operational.attach_row_audit('beyond_use_limits', 'preparation_type');
call operational.attach_row_audit('controlled_schedules', 'jurisdiction,schedule');
call operational.attach_row_audit('controlled_rest_limits', 'jurisdiction,schedule,reason');
call operational.attach_row_audit('installation', 'singleton');
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger beyond_use_limits_audit on operational.beyond_use_limits;
drop trigger controlled_schedules_audit on operational.controlled_schedules;
drop trigger controlled_rest_limits_audit on operational.controlled_rest_limits;
drop trigger installation_audit on operational.installation;
`);
  }
}
