import type { MigrationInterface, QueryRunner } from 'typeorm';

import { DAY_SUMS, NO_DAY_SUMS } from './sales-reports/day-sums.sql.js';
import { LIVE, NO_LIVE } from './sales-reports/live.sql.js';
import { commentedSql } from './support/commented-sql.js';

/** What was sold, by day, for reports: views that read the sales, and sums of days that are over, made of them by a job. */
export class SalesDaySums1799000000245 implements MigrationInterface {
  name = 'SalesDaySums1799000000245';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(LIVE);
    await queryRunner.query(commentedSql(DAY_SUMS));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(NO_DAY_SUMS);
    await queryRunner.query(NO_LIVE);
  }
}
