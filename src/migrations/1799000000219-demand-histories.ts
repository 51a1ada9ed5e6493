import type { MigrationInterface, QueryRunner } from 'typeorm';

import { branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';

/** What the ledger says of the demand at a branch that moves much is read once a day, not with every list of what to buy. */
export class DemandHistories1799000000219 implements MigrationInterface {
  name = 'DemandHistories1799000000219';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.demand_histories ( -- What the ledger said of the demand for a product, on a day of a branch that moves much; made from the ledger, and made again.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  drug_id integer not null references reference.drugs (drug_id), -- The product.
  day date not null, -- The day of the branch it was made on; weeks end the day before.
  season_group text, -- Products that share a season: ATC class or category.
  pack_units float8 not null, -- Base units of a pack.
  sale_size float8, -- Mean base units of a sale; null: none.
  first_day integer not null, -- Days ago it was first seen.
  empty_days jsonb not null, -- Days without stock, as [from, to] days ago.
  used_weeks integer[] not null, -- Weeks ago something was used; 0 ended yesterday.
  used float8[] not null, -- Base units used in each.
  lost_weeks integer[] not null, -- Weeks ago something was noted as lost.
  lost float8[] not null, -- Base units lost in each.
  constraint demand_histories_pkey primary key (branch_id, drug_id)
);
grant select, insert, delete on operational.demand_histories to pharmacy_app;
${branchScope('demand_histories')}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table operational.demand_histories');
  }
}
