import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A maximum that was entered for the wrong product is taken out again; the audit trail keeps it. */
export class ControlledMaximaEnd1799000000120 implements MigrationInterface {
  name = 'ControlledMaximaEnd1799000000120';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('grant delete on operational.controlled_maxima to pharmacy_app');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('revoke delete on operational.controlled_maxima from pharmacy_app');
  }
}
