import type { MigrationInterface, QueryRunner } from 'typeorm';

import { JOURNAL_ACCOUNTS } from './journal/accounts.sql.js';
import { JOURNAL_LINES } from './journal/lines.sql.js';
import { commentedSql } from './support/commented-sql.js';

/** A double-entry journal over the posted documents, with the chart of accounts it posts to. */
export class Journal1799000000232 implements MigrationInterface {
  name = 'Journal1799000000232';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(JOURNAL_ACCOUNTS + JOURNAL_LINES));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop function operational.journal_lines(integer, date, date), operational.movement_account(text);
drop index operational.account_entries_journal_idx, operational.supplier_payments_journal_idx, operational.supplier_invoices_journal_idx, operational.till_shifts_journal_idx,
  operational.till_cash_movements_journal_idx, operational.sales_journal_idx;
drop table operational.journal_accounts;
`);
  }
}
