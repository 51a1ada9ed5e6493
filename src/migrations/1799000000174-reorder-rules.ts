import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Least and most of a product at a branch, and whom it is bought from. */
export class ReorderRules1799000000174 implements MigrationInterface {
  name = 'ReorderRules1799000000174';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.reorder_rules ( -- How a product is reordered at a branch, where usage alone does not say it.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  drug_id integer not null references reference.drugs (drug_id), -- The product.
  min_quantity numeric(14, 3) check (min_quantity >= 0), -- Base units at or below which it is reordered; null: by usage.
  max_quantity numeric(14, 3) check (max_quantity > 0), -- Base units it is filled up to; null: by usage.
  supplier_id integer references operational.suppliers (supplier_id), -- Whom it is bought from; null: the cheapest.
  version integer not null default 1, -- Rises by one with each edit.
  constraint reorder_rules_pkey primary key (branch_id, drug_id),
  constraint reorder_rules_range_check check ((min_quantity is null) = (max_quantity is null) and min_quantity < max_quantity)
);
call operational.attach_row_audit('reorder_rules', 'branch_id,drug_id');
grant select, insert, update (min_quantity, max_quantity, supplier_id, version) on operational.reorder_rules to pharmacy_app;
grant select on operational.reorder_rules to pharmacy_reporting;
alter table operational.reorder_rules enable row level security;
create policy branch_scope on operational.reorder_rules to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.reorder_rules for select to pharmacy_reporting using (true);
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.reorder_rules']);
    await queryRunner.query(' drop table operational.reorder_rules;');
  }
}
