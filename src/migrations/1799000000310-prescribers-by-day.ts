import type { MigrationInterface, QueryRunner } from 'typeorm';

import { OF_LINES } from './sales-reports/live.sql.js';

const VIEW = 'create or replace view operational.live_sales_prescribers with (security_invoker = true) as';

/**
 * Lines of fills alone. Said of a value that is there, it leaves the joins to fills and prescriptions outer ones, which begin with the sales
 * of the day that is asked for; "is not null" lets PostgreSQL begin with every fill of the branch, a second of five million sales.
 */
const ASKED_BY_DAY = `${VIEW}
select l.branch_id, l.business_date, l.prescriber_id, l.is_return, count(*) as lines, sum(l.amount) as amount, sum(l.discount) as discount,
  sum(l.tax) as tax, sum(l.cost) as cost
from operational.live_sale_lines l where coalesce(l.prescriber_id, 0) <> 0 group by 1, 2, 3, 4`;

const AS_BEFORE = `${VIEW}${OF_LINES.prescribers('operational.live_sale_lines')}`;

/** What prescribers brought on a day that is not summed is read from the sales of that day. */
export class PrescribersByDay1799000000310 implements MigrationInterface {
  name = 'PrescribersByDay1799000000310';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(ASKED_BY_DAY);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(AS_BEFORE);
  }
}
