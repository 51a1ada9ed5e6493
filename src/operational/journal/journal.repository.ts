import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './journal.sql.js';
import type { DayBookRow, JournalAccount, JournalLine, VatRow } from './journal.types.js';

/** What may be said of an account. */
export interface AccountChange {
  readonly code?: string | undefined;
  readonly path?: string | undefined;
  readonly name?: string | undefined;
  readonly nameAr?: string | undefined;
}

/** The journal is derived by the database: what is read here is written nowhere. */
@Injectable()
export class JournalRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    asked: { from: string; to: string; account?: string | undefined; page: number; limit: number },
  ): Promise<[JournalLine[], number]> {
    const { from, to, account, page, limit } = asked;
    const rows = await tx.query<JournalLine & { rowTotal: number }>(sql.FIND_PAGE, [
      branchId,
      from,
      to,
      account ?? null,
      limit,
      (page - 1) * limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  async findDay(tx: Tx, branchId: number, day: string): Promise<JournalLine[]> {
    return tx.query<JournalLine>(sql.FIND_DAY, [branchId, day]);
  }

  async findDayBook(tx: Tx, branchId: number, from: string, to: string): Promise<DayBookRow[]> {
    return tx.query<DayBookRow>(sql.FIND_DAY_BOOK, [branchId, from, to]);
  }

  async findVat(tx: Tx, branchId: number, from: string, to: string, by: 'day' | 'month'): Promise<VatRow[]> {
    return tx.query<VatRow>(sql.FIND_VAT, [branchId, from, to, by]);
  }

  async findAccounts(tx: Tx): Promise<JournalAccount[]> {
    return tx.query<JournalAccount>(sql.FIND_ACCOUNTS);
  }

  /** Undefined when there is no such account of this version. */
  async updateAccount(
    tx: Tx,
    accountKey: string,
    version: number,
    change: AccountChange,
  ): Promise<JournalAccount | undefined> {
    const { code, path, name, nameAr } = change;
    const values = [accountKey, version, code ?? null, path ?? null, name ?? null, nameAr ?? null];
    return tx.maybeOne<JournalAccount>(sql.UPDATE_ACCOUNT, values);
  }
}
