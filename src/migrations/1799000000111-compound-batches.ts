import type { MigrationInterface, QueryRunner } from 'typeorm';

import { BATCH_STEPS } from './compounding/batch-steps.sql.js';
import { BATCHES } from './compounding/batches.sql.js';
import { LOTS, LOTS_BEFORE } from './compounding/lots.sql.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Batches of compounded preparations: what they take from stock, their steps, the lot they become and where it may go. See
 * docs/adr/0029-compounding.md.
 */
export class CompoundBatches1799000000111 implements MigrationInterface {
  name = 'CompoundBatches1799000000111';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [BATCHES, BATCH_STEPS, LOTS, RIGHTS]) await queryRunner.query(commentedSql(part));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.compound_batches']);
    await queryRunner.query(LOTS_BEFORE);
    await queryRunner.query(`
drop trigger fills_set_compounded_aside on operational.fills;
drop function operational.set_compounded_aside();
drop trigger inventory_lots_batch_stays on operational.inventory_lots;
drop function operational.guard_lot_batch();
drop trigger inventory_lots_kept_insert on operational.inventory_lots;
drop trigger inventory_lots_kept_update on operational.inventory_lots;
drop function operational.check_kept_lot();
drop trigger inventory_lots_compounded on operational.inventory_lots;
drop function operational.guard_compounded_lot();
drop function operational.is_kept_for_another(integer, integer);
drop trigger stock_movements_compounding_by_hand on operational.stock_movements;
drop trigger stock_reservations_compounding_by_hand on operational.stock_reservations;
drop trigger stock_reservations_compounding_step on operational.stock_reservations;
alter table operational.stock_movements drop constraint stock_movements_sign_check,
  add constraint stock_movements_sign_check check (case when movement_type in ('dispense', 'sale', 'transfer_out', 'expiry', 'destruction') then quantity < 0 when movement_type in ('receipt', 'return', 'transfer_in') then quantity > 0 else true end),
  drop constraint stock_movements_source_check,
  add constraint stock_movements_source_check check (case movement_type when 'dispense' then fill_id is not null when 'sale' then sale_item_id is not null when 'return' then sale_item_id is not null when 'receipt' then goods_receipt_item_id is not null when 'reversal' then reverses_movement_id is not null else reason is not null end),
  drop constraint stock_movements_movement_type_check,
  add constraint stock_movements_movement_type_check check (movement_type in ('receipt', 'dispense', 'sale', 'return', 'adjustment', 'transfer_out', 'transfer_in', 'expiry', 'recall', 'count', 'destruction', 'reversal')),
  drop column compound_batch_id;
alter table operational.stock_reservations drop column compound_batch_item_id, alter column fill_id set not null;
comment on column operational.stock_reservations.fill_id is 'The fill it is kept for.';
alter table operational.compound_batches drop constraint compound_batches_lot_fkey;
alter table operational.inventory_lots drop column compound_batch_id;
drop table operational.compound_batch_events, operational.compound_batch_items, operational.compound_batches, operational.compound_batch_numbers;
drop function operational.refuse_compounding_by_hand();
drop function operational.step_batch();
drop function operational.keep_for_batch();
drop function operational.guard_batch_item();
drop function operational.check_batch_plan();
drop function operational.begin_batch();
drop function operational.note_batch_step();
`);
  }
}

const scoped = (table: string): string => `
alter table operational.${table} enable row level security;
create policy branch_scope on operational.${table} to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.${table} for select to pharmacy_reporting using (true);`;

const TABLES = [
  'compound_batch_numbers',
  'compound_batches',
  'compound_batch_items',
  'compound_batch_events',
];

const RIGHTS = `
grant select on ${TABLES.map((table) => `operational.${table}`).join(', ')} to pharmacy_app, pharmacy_reporting;
grant insert (branch_id, formula_id, formula_version, quantity, prescription_id, started_by),
  update (status, made_by, beyond_use_date, checked_by, discard_reason, discarded_by, weighed_back, witness_id) on operational.compound_batches to pharmacy_app;
grant insert (branch_id, batch_id, position, drug_id, lot_id, quantity_planned),
  update (quantity_used, waste, code, bypass_reason, bypass_note, weighed_by) on operational.compound_batch_items to pharmacy_app;
${TABLES.map(scoped).join('')}
`;
