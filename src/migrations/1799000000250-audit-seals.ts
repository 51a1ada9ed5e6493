import type { MigrationInterface, QueryRunner } from 'typeorm';

import { REMOVALS, REMOVALS_DOWN, SEALS, SEALS_DOWN } from './audit-chain/seals.sql.js';
import { Z_HEAD, Z_HEAD_DOWN } from './audit-chain/z-head.sql.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** The audit trail is sealed by a chain of hashes after its rows are committed; Z reports name its head; old rows may leave it, their seals stay. */
export class AuditSeals1799000000250 implements MigrationInterface {
  name = 'AuditSeals1799000000250';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql([SEALS, REMOVALS, Z_HEAD].join('\n')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.audit_removals', 'operational.audit_seals']);
    await queryRunner.query([Z_HEAD_DOWN, REMOVALS_DOWN, SEALS_DOWN].join('\n'));
  }
}
