import type { MigrationInterface, QueryRunner } from 'typeorm';

import { DETACH, NO_DETACH } from './months/detach.sql.js';

/** Old months leave the audit trail whole, once a file of them has proved itself (docs/audit.md, ADR 60). */
export class DetachedMonths1799000000381 implements MigrationInterface {
  name = 'DetachedMonths1799000000381';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(DETACH);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(NO_DETACH);
  }
}
