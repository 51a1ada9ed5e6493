import type { MigrationInterface, QueryRunner } from 'typeorm';

import { PARTITIONS_UNDER_FORCE } from './database-rights/partitions.sql.js';
import { ENSURE } from './ledger/partitions.sql.js';
import { AUDIT_IN_MONTHS, AUDIT_IN_ONE } from './months/audit.sql.js';
import { MONTH_PARTS, ONE_FAMILY, TWO_FAMILIES } from './months/family.sql.js';

/** The audit trail in parts, one for each month, made ahead by what makes those of the ledger (ADR 60). */
export class AuditByMonth1799000000380 implements MigrationInterface {
  name = 'AuditByMonth1799000000380';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(MONTH_PARTS);
    await queryRunner.query(AUDIT_IN_MONTHS);
    await queryRunner.query(ONE_FAMILY);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(AUDIT_IN_ONE);
    await queryRunner.query(PARTITIONS_UNDER_FORCE);
    await queryRunner.query(ENSURE);
    await queryRunner.query(TWO_FAMILIES);
  }
}
