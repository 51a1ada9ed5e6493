import type { MigrationInterface, QueryRunner } from 'typeorm';

import { dropRight, newRight } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';
import { DRAWER } from './till/drawer.sql.js';
import { FIGURES } from './till/figures.sql.js';
import { Z_REPORTS } from './till/z-reports.sql.js';

const SUPERVISE = 'See what is expected in the drawer of an open shift, and all shifts of the branch';

/** Notes and coins, blind counts, drops, and Z reports that are numbered without a gap and chained. */
export class TillDrawer1799000000230 implements MigrationInterface {
  name = 'TillDrawer1799000000230';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql([DRAWER, FIGURES, Z_REPORTS].join('\n')));
    await queryRunner.query(`
grant execute on function operational.money_text(numeric), operational.instant_text(timestamptz), operational.till_tenders(integer), operational.till_entries(integer),
  operational.is_counted_tender(text), operational.till_figures(integer), operational.z_report_hash(operational.z_reports)
  to pharmacy_app, pharmacy_admin, pharmacy_reporting;
`);
    await queryRunner.query(newRight('SuperviseTill', SUPERVISE, ['Refund']));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.z_reports', 'operational.till_drawer_counts']);
    await queryRunner.query(`
drop trigger till_counts_check on operational.till_counts;
drop trigger till_shifts_close_guard on operational.till_shifts;
drop trigger till_shifts_z on operational.till_shifts;
drop function operational.check_till_count(), operational.guard_shift_close(), operational.close_till_shift(), operational.issue_z_report(integer),
  operational.z_report_hash(operational.z_reports), operational.till_figures(integer), operational.is_counted_tender(text), operational.till_tenders(integer),
  operational.instant_text(timestamptz), operational.money_text(numeric);
drop table operational.z_reports, operational.till_drawer_pieces, operational.till_drawer_counts, operational.cash_denominations;
drop function operational.check_drawer_pieces(), operational.note_drawer_count(), operational.till_entries(integer);
drop trigger till_cash_movements_witness on operational.till_cash_movements;
drop function operational.guard_drop_witness();
alter table operational.till_cash_movements drop column kind, drop column witness_id, drop column bag_number;
`);
    await queryRunner.query(dropRight('SuperviseTill'));
  }
}
