import type { MigrationInterface, QueryRunner } from 'typeorm';

import { MONTH_TOTALS, NO_MONTH_TOTALS } from './ledger/month-totals.sql.js';
import { commentedSql } from './support/commented-sql.js';

/** What moved in months that are over, summed by lot and by both times: stock as of any moment and the check of stock read sums and one month. */
export class MonthTotals1799000000181 implements MigrationInterface {
  name = 'MonthTotals1799000000181';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(MONTH_TOTALS));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(NO_MONTH_TOTALS);
  }
}
