import type { MigrationInterface, QueryRunner } from 'typeorm';

import { PACK_FOLLOWING } from './serials/pack-following.sql.js';
import { PACK_SERIALS } from './serials/pack-serials.sql.js';
import { TRACE } from './serials/trace.sql.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Packs by GTIN and serial: what is left of each, what took from it, and the events told of it. A pack follows the ledger of stock: what
 * leaves a lot leaves the packs that were scanned, and others only where the lot holds less than its known packs.
 */
export class PackSerials1799000000190 implements MigrationInterface {
  name = 'PackSerials1799000000190';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(PACK_SERIALS + PACK_FOLLOWING + TRACE));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, [
      'operational.pack_serials',
      'operational.trace_policies',
      'operational.dscsa_statements',
    ]);
    await queryRunner.query(`
drop trigger goods_receipt_items_dscsa on operational.goods_receipt_items;
drop table operational.dscsa_statements;
alter table operational.goods_receipts drop column transaction_statement;
drop trigger inventory_lots_free_packs on operational.inventory_lots;
drop trigger inventory_lots_guard_packs on operational.inventory_lots;
drop trigger stock_movements_follow_packs on operational.stock_movements;
drop table operational.trace_outbox, operational.trace_batch_events, operational.trace_batches, operational.trace_events;
drop table operational.pack_movements, operational.pack_serials, operational.trace_policies;
drop function operational.keep_dscsa(), operational.guard_trace_outbox(), operational.post_trace_batch_event(), operational.guard_trace_batch(), operational.queue_trace_event(),
  operational.guard_trace_event(), operational.tell_pack_movement(), operational.late_trace_branch(integer);
drop function operational.free_packs(), operational.guard_pack_release(), operational.follow_packs(), operational.restore_packs(bigint),
  operational.take_known_packs(bigint, numeric), operational.take_whole_packs(bigint, numeric), operational.move_pack(integer, bigint, integer), operational.pack_standing(integer, text, text),
  operational.take_pack(integer, bigint, numeric);
drop function operational.check_packs_of_lot(), operational.post_pack_movement(), operational.pack_movement_kind(operational.stock_movements), operational.guard_pack(),
  operational.note_pack_received(), operational.receive_pack(), operational.known_serials(text[], text[]), operational.has_check_digit(text);
`);
  }
}
