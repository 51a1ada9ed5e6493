import { Injectable } from '@nestjs/common';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import { foldText } from '../../platform/text/fold.js';
import { availableOf, paidAheadOf, type Standing } from './accounts.domain.js';
import './accounts.errors.js';
import type { AccountRow, AgeRow, AgeSums, EntryRow } from './accounts.schemas.js';
import * as sql from './accounts.sql.js';
import { worth } from './loyalty.domain.js';

/** What a list of accounts may be narrowed by. */
export interface AccountFilter {
  readonly q?: string | undefined;
  readonly status?: 'open' | 'blocked' | undefined;
  readonly patientId?: number | undefined;
  readonly standing?: 'owing' | 'ahead' | undefined;
  readonly page: number;
  readonly limit: number;
}

/** What is written of an account by hand. */
export type AccountValues = Pick<
  AccountRow,
  'kind' | 'name' | 'nameAr' | 'phone' | 'patientId' | 'creditLimit' | 'status'
>;

/** Something paid at the till (below zero) or given back there. */
export interface TillPosting {
  readonly kind: 'payment' | 'payout';
  readonly amount: string;
  readonly method: 'cash' | 'card' | 'mobile';
  readonly reference: string | null;
  readonly reason: string | null;
  readonly settles: readonly number[] | null;
}

type StoredAccount = Omit<AccountRow, 'available' | 'paidAhead' | 'pointsWorth'>;
type Counted = { rowTotal: number };
type Sums = Record<'sum0to30' | 'sum31to60' | 'sum61to90' | 'sumOver90' | 'sumAhead' | 'sumTotal', string>;

const money = (text: string): string => Money.of(text).toString();

const asAccount = (row: StoredAccount): AccountRow => ({
  ...row,
  creditLimit: money(row.creditLimit),
  balance: money(row.balance),
  available: availableOf(row).toString(),
  paidAhead: paidAheadOf(row).toString(),
  pointValue: row.pointValue === null ? null : money(row.pointValue),
  pointsWorth: row.pointValue === null ? null : worth(row.points, row.pointValue).toString(),
});

const asEntry = (row: EntryRow): EntryRow => ({
  ...row,
  amount: money(row.amount),
  balanceAfter: money(row.balanceAfter),
  openAmount: money(row.openAmount),
});

const folded = ({ name, nameAr }: Pick<AccountValues, 'name' | 'nameAr'>): string =>
  foldText([name, nameAr].filter(Boolean).join(' '));

function withoutTotal<Row extends Counted>(rows: readonly Row[]): [Omit<Row, 'rowTotal'>[], number] {
  return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
}

/** Accounts of customers and the ledger of each. Entries are added and never changed: the database would refuse. */
@Injectable()
export class AccountsRepository {
  async find(tx: Tx, branchId: number, accountId: number): Promise<AccountRow | undefined> {
    const row = await tx.maybeOne<StoredAccount>(sql.FIND, [accountId, branchId]);
    return row && asAccount(row);
  }

  /** Locks an account until the end of the transaction. */
  async lock(
    tx: Tx,
    branchId: number,
    accountId: number,
  ): Promise<(Standing & { points: number }) | undefined> {
    return tx.maybeOne(sql.LOCK, [accountId, branchId]);
  }

  async findPage(tx: Tx, branchId: number, filter: AccountFilter): Promise<[AccountRow[], number]> {
    const { q, page, limit } = filter;
    const name = q === undefined ? '' : foldText(q);
    const rows = await tx.query<StoredAccount & Counted>(sql.FIND_PAGE, [
      branchId,
      name === '' ? null : `%${escapeLike(name)}%`,
      q === undefined ? null : `%${escapeLike(q)}%`,
      filter.status ?? null,
      filter.patientId ?? null,
      filter.standing ?? null,
      limit,
      (page - 1) * limit,
    ]);
    const [data, total] = withoutTotal(rows);
    return [data.map(asAccount), total];
  }

  async insert(
    tx: Tx,
    branchId: number,
    values: Omit<AccountValues, 'creditLimit' | 'status'>,
  ): Promise<number> {
    const { kind, name, nameAr, phone, patientId } = values;
    const row = await tx.one<{ accountId: number }>(sql.INSERT, [
      branchId,
      kind,
      name,
      nameAr,
      folded(values),
      phone,
      patientId,
    ]);
    return row.accountId;
  }

  /** False: it has another version by now. */
  async update(
    tx: Tx,
    branchId: number,
    key: { readonly accountId: number; readonly version: number },
    values: AccountValues,
  ): Promise<boolean> {
    const { kind, name, nameAr, phone, patientId, creditLimit, status } = values;
    const changed = await tx.execute(sql.UPDATE, [
      key.accountId,
      branchId,
      key.version,
      kind,
      name,
      nameAr,
      folded(values),
      phone,
      patientId,
      creditLimit,
      status,
    ]);
    return changed === 1;
  }

  /** Posts in the open shift of a user; the database refuses where there is none. Answers the entry. */
  async postAtTill(
    tx: Tx,
    branchId: number,
    accountId: number,
    userId: number,
    posting: TillPosting,
  ): Promise<number> {
    const { kind, amount, method, reference, reason, settles } = posting;
    const values = [branchId, accountId, kind, amount, method, reference, reason, settles, userId];
    return (await tx.one<{ entryId: number }>(sql.POST_AT_TILL, values)).entryId;
  }

  async postCorrection(
    tx: Tx,
    branchId: number,
    accountId: number,
    correction: { readonly amount: string; readonly reason: string },
  ): Promise<number> {
    const values = [branchId, accountId, correction.amount, correction.reason];
    return (await tx.one<{ entryId: number }>(sql.POST_CORRECTION, values)).entryId;
  }

  async findSettled(tx: Tx, entryId: number): Promise<{ entryId: number; amount: string }[]> {
    const rows = await tx.query<{ entryId: number; amount: string }>(sql.FIND_SETTLED, [entryId]);
    return rows.map((row) => ({ ...row, amount: money(row.amount) }));
  }

  /** A page of entries, newest first; `isOpen`: of those something is owed of, oldest first. */
  async findEntries(
    tx: Tx,
    branchId: number,
    accountId: number,
    asked: { readonly isOpen: boolean; readonly page: number; readonly limit: number },
  ): Promise<[EntryRow[], number]> {
    const { isOpen, page, limit } = asked;
    const values = [accountId, branchId, isOpen, limit, (page - 1) * limit];
    const [data, total] = withoutTotal(await tx.query<EntryRow & Counted>(sql.FIND_ENTRIES, values));
    return [data.map(asEntry), total];
  }

  /** Entries of some days in their order, at most `limit`. */
  async findStatement(
    tx: Tx,
    branchId: number,
    accountId: number,
    days: { readonly from: string; readonly to: string; readonly limit: number },
  ): Promise<EntryRow[]> {
    const values = [accountId, branchId, days.from, days.to, days.limit];
    return (await tx.query<EntryRow>(sql.FIND_STATEMENT, values)).map(asEntry);
  }

  /** What was owed before a day. */
  async openingBalance(tx: Tx, branchId: number, accountId: number, day: string): Promise<string> {
    return money((await tx.one<{ balance: string }>(sql.FIND_OPENING, [accountId, branchId, day])).balance);
  }

  /** What is open by age: of one account, or of a page of those that have something open. `sums` are of all of them. */
  async findAges(
    tx: Tx,
    branchId: number,
    asked: { readonly accountId?: number; readonly limit: number; readonly offset: number },
  ): Promise<{ rows: AgeRow[]; total: number; sums: AgeSums }> {
    const values = [branchId, asked.accountId ?? null, asked.limit, asked.offset];
    const found = await tx.query<AgeRow & Counted & Sums>(sql.FIND_AGES, values);
    const first = found[0];
    return {
      rows: found.map((row) => ({
        accountId: row.accountId,
        accountNumber: row.accountNumber,
        name: row.name,
        nameAr: row.nameAr,
        phone: row.phone,
        status: row.status,
        ...moneyOf(row),
      })),
      total: first?.rowTotal ?? 0,
      sums: moneyOf({
        days0to30: first?.sum0to30 ?? '0',
        days31to60: first?.sum31to60 ?? '0',
        days61to90: first?.sum61to90 ?? '0',
        daysOver90: first?.sumOver90 ?? '0',
        paidAhead: first?.sumAhead ?? '0',
        total: first?.sumTotal ?? '0',
      }),
    };
  }

  /** The account a sale is charged to or has points of. */
  async findOfSale(tx: Tx, saleId: number): Promise<number | undefined> {
    return (await tx.maybeOne<{ accountId: number }>(sql.FIND_OF_SALE, [saleId]))?.accountId;
  }
}

const moneyOf = (row: AgeSums): AgeSums => ({
  days0to30: money(row.days0to30),
  days31to60: money(row.days31to60),
  days61to90: money(row.days61to90),
  daysOver90: money(row.daysOver90),
  paidAhead: money(row.paidAhead),
  total: money(row.total),
});
