import type { MigrationInterface, QueryRunner } from 'typeorm';

import { DROP_PARTITIONS, KEYS, PARTITIONS } from './ledger/partitions.sql.js';
import { NOT_PRUNED, PRUNED } from './ledger/pruned.sql.js';
import { INTO_MONTHS, INTO_ONE } from './ledger/rebuild.sql.js';
import { commentedSql } from './support/commented-sql.js';

/**
 * The ledger in parts, one for each month it was recorded in, so that what asks of a time reads that time. What was unique in it, and what
 * names a movement, is kept by a table and a trigger, since an index of a table in parts must name the month.
 */
export class LedgerByMonth1799000000180 implements MigrationInterface {
  name = 'LedgerByMonth1799000000180';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(KEYS));
    await queryRunner.query(PARTITIONS);
    await queryRunner.query(INTO_MONTHS);
    await queryRunner.query(PRUNED);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(NOT_PRUNED);
    await queryRunner.query(INTO_ONE);
    await queryRunner.query(DROP_PARTITIONS);
  }
}
