import type { MigrationInterface, QueryRunner } from 'typeorm';

import { ALL_BRANCHES } from './database-rights/all-branches.js';
import { HAND_BACK, HAND_OVER } from './database-rights/functions.sql.js';
import { PARTITIONS_BEFORE, PARTITIONS_UNDER_FORCE } from './database-rights/partitions.sql.js';
import { REFERRERS_BEFORE, REFERRERS_BY_LEDGER } from './database-rights/referrers.sql.js';
import { FORCE, UNFORCE } from './database-rights/tables.sql.js';

/**
 * Row-level security binds the owner of the tables as well. What must see all branches does so by being owned by meditory_definer:
 * triggers, which keep the invariants, and the functions of a list with a reason each. Everything else, a function somebody adds and
 * a hand at psql included, sees the branches of its transaction, and none where it has none.
 */
export class ForcedRowSecurity1799000000290 implements MigrationInterface {
  name = 'ForcedRowSecurity1799000000290';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(FORCE);
    await queryRunner.query(PARTITIONS_UNDER_FORCE);
    await queryRunner.query(REFERRERS_BY_LEDGER);
    await queryRunner.query(HAND_OVER(Object.keys(ALL_BRANCHES)));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(HAND_BACK);
    await queryRunner.query(PARTITIONS_BEFORE);
    await queryRunner.query(REFERRERS_BEFORE);
    await queryRunner.query(UNFORCE);
  }
}
