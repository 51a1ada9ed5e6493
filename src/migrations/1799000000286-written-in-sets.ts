import type { MigrationInterface, QueryRunner } from 'typeorm';

import {
  REGISTER_ASKED_FIRST,
  REGISTER_NOT_ASKED_FIRST,
  WRITTEN_IN_SETS,
  WRITTEN_ROW_BY_ROW,
} from './sale-speed/written-in-sets.sql.js';

/** The audit trail of lines and movements is written once for all rows of a statement; the register of controlled products asks first whether any is. */
export class WrittenInSets1799000000286 implements MigrationInterface {
  name = 'WrittenInSets1799000000286';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(WRITTEN_IN_SETS);
    await queryRunner.query(REGISTER_ASKED_FIRST);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(REGISTER_NOT_ASKED_FIRST);
    await queryRunner.query(WRITTEN_ROW_BY_ROW);
  }
}
