import type { MigrationInterface, QueryRunner } from 'typeorm';

import { NO_STOCK_MONTHS, STOCK_MONTHS } from './ledger/stock-months.sql.js';
import { commentedSql } from './support/commented-sql.js';

/** What came, left to patients, and was worth what at the end of each month: made ahead of being asked. */
export class StockMonths1799000000182 implements MigrationInterface {
  name = 'StockMonths1799000000182';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(STOCK_MONTHS));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(NO_STOCK_MONTHS);
  }
}
