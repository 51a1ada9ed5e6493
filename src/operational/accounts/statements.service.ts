import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { shownTo } from '../../platform/security/person-mask.domain.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { addMonths } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { AccountsRepository } from './accounts.repository.js';
import type { AgeRow, EntryRow, Receivables, ReceivablesQuery, Statement } from './accounts.schemas.js';
import type { StatementQuery } from './accounts.schemas.js';
import { renderStatement } from './statement-html.domain.js';

type StatementView = z.output<typeof Statement>;
type StatementInput = z.output<typeof StatementQuery>;

/** Months a statement goes back unless it is said otherwise. */
const MONTHS_BACK = 3;
/** Most lines of a statement, and most accounts of a file: more is asked for in parts. */
const MOST_ROWS = 5_000;

/** What customers are told of their accounts, and what is owed by its age. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly branches: BranchesService,
  ) {}

  /** An account over some days. Throws NotFound; RuleViolation for days the wrong way round or more than MOST_ROWS entries. */
  async statement(ctx: RequestContext, accountId: number, query: StatementInput): Promise<StatementView> {
    return (await this.read(ctx, accountId, query)).statement;
  }

  /** The same as a file: one row an entry, between the balance before and after. */
  async csv(ctx: RequestContext, accountId: number, query: StatementInput): Promise<string> {
    const { from, to, openingBalance, closingBalance, entries } = await this.statement(ctx, accountId, query);
    const row = (date: string, kind: string, balance: string, entry?: EntryRow) => ({
      date,
      kind,
      number: entry?.saleNumber ?? '',
      method: entry?.method ?? '',
      reference: entry?.reference ?? '',
      reason: entry?.reason ?? '',
      amount: entry?.amount ?? '',
      balance,
    });
    return csvOf([
      row(from, 'opening', openingBalance),
      ...entries.map((entry) => row(entry.businessDate, entry.kind, entry.balanceAfter, entry)),
      row(to, 'closing', closingBalance),
    ]);
  }

  /** The same as a printable page in English or Arabic. */
  async html(ctx: RequestContext, accountId: number, query: StatementInput): Promise<string> {
    const { statement, head } = await this.read(ctx, accountId, query);
    return renderStatement(statement, head, query.lang);
  }

  /** What every customer owes, by its age in days; those who owe most first. */
  receivables(
    ctx: RequestContext,
    { page, limit }: z.output<typeof ReceivablesQuery>,
  ): Promise<z.output<typeof Receivables>> {
    return this.uow.read(ctx, async (tx) => {
      const asked = { limit, offset: (page - 1) * limit };
      const { rows, total, sums } = await this.accounts.findAges(tx, ctx.branchId, asked);
      return { data: rows, meta: { total, page, limit }, totals: sums };
    });
  }

  /** The same of all customers as a file. */
  receivablesCsv(ctx: RequestContext): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const { rows } = await this.accounts.findAges(tx, ctx.branchId, { limit: MOST_ROWS + 1, offset: 0 });
      const shown = shownTo(ctx.actor.permissions, rows);
      return csvOf(shown.map(({ accountId: _, ...row }: AgeRow) => row));
    });
  }

  private read(ctx: RequestContext, accountId: number, query: StatementInput) {
    return this.uow.read(ctx, async (tx) => {
      const account = await this.accounts.find(tx, ctx.branchId, accountId);
      if (!account) throw new NotFound('account');
      const head = await this.branches.settings(tx, ctx.branchId);
      const to = query.to ?? head.today;
      const from = query.from ?? addMonths(to, -MONTHS_BACK);
      if (from > to) throw new RuleViolation('A statement ends on the day it begins or later.');
      const openingBalance = await this.accounts.openingBalance(tx, ctx.branchId, accountId, from);
      const days = { from, to, limit: MOST_ROWS + 1 };
      const entries = await this.accounts.findStatement(tx, ctx.branchId, accountId, days);
      if (entries.length > MOST_ROWS)
        throw new RuleViolation(`More than ${MOST_ROWS} entries: ask for fewer days.`);
      const { sums } = await this.accounts.findAges(tx, ctx.branchId, { accountId, limit: 1, offset: 0 });
      const moved = Money.sum(entries.map((entry) => Money.of(entry.amount)));
      const closingBalance = Money.of(openingBalance).plus(moved).toString();
      return { head, statement: { account, from, to, openingBalance, entries, closingBalance, ages: sums } };
    });
  }
}

/** Rows as a file. Throws RuleViolation for more than MOST_ROWS and the two balances of a statement. */
function csvOf(rows: readonly object[]): string {
  if (rows.length > MOST_ROWS + 2) throw new RuleViolation(`More than ${MOST_ROWS} rows.`);
  return stringify(rows.map(safeRow), { header: true, bom: true });
}

/** A name that begins like a formula must stay a name where the file is opened as a table; an amount below zero is an amount. */
const safeRow = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]: [string, unknown]) => [
      column,
      typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !/^-\d+(\.\d+)?$/.test(value)
        ? `'${value}`
        : value,
    ]),
  );
