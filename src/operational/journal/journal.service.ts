import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { addDays } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { entriesOf, journalWriter, type JournalFormat } from './journal-files.domain.js';
import './journal.errors.js';
import { JournalRepository } from './journal.repository.js';
import type {
  DayBook,
  DayBookQuery,
  JournalQuery,
  UpdateJournalAccount,
  VatQuery,
  VatReport,
} from './journal.schemas.js';
import type { JournalAccount, JournalLine } from './journal.types.js';

const sumOf = (amounts: readonly string[]): Money => Money.sum(amounts.map((amount) => Money.of(amount)));

/** The double-entry journal: day by day what the posted documents did to the accounts, with the reports drawn from it. */
@Injectable()
export class JournalService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: JournalRepository,
    private readonly branches: BranchesService,
  ) {}

  /** A page of lines between two days of the branch, the oldest first. */
  findPage(ctx: RequestContext, query: z.output<typeof JournalQuery>): Promise<Page<JournalLine>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.journal.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** The same as a file, sent a day at a time: no day is held longer than it takes to write it. */
  async file(
    ctx: RequestContext,
    format: JournalFormat,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<Readable> {
    const [branch, accounts] = await this.uow.read(ctx, async (tx) => [
      await this.branches.settings(tx, ctx.branchId),
      await this.journal.findAccounts(tx),
    ]);
    const head = { branchCode: branch.code, branchName: branch.name, currency: branch.currency, from, to };
    const writer = journalWriter(format, head, accounts);
    const [uow, journal] = [this.uow, this.journal];
    async function* days(): AsyncGenerator<string> {
      yield writer.begin;
      for (let day = from; day <= to; day = addDays(day, 1)) {
        const lines = await uow.read(ctx, (tx) => journal.findDay(tx, ctx.branchId, day));
        for (const entry of entriesOf(lines)) yield writer.entry(entry);
      }
    }
    return Readable.from(days(), { objectMode: false });
  }

  /** Debit and credit of each account by day. */
  dayBook(ctx: RequestContext, query: z.output<typeof DayBookQuery>): Promise<z.output<typeof DayBook>> {
    return this.uow.read(ctx, async (tx) => {
      const data = await this.journal.findDayBook(tx, ctx.branchId, query.from, query.to);
      const accounts = await this.journal.findAccounts(tx);
      const totals = {
        debit: sumOf(data.map((row) => row.debit)).toString(),
        credit: sumOf(data.map((row) => row.credit)).toString(),
      };
      return { data, accounts, totals };
    });
  }

  async dayBookCsv(ctx: RequestContext, query: z.output<typeof DayBookQuery>): Promise<string> {
    const { data, accounts } = await this.dayBook(ctx, query);
    const byKey = new Map(accounts.map((account) => [account.accountKey, account]));
    const rows = data.map((row) => {
      const account = byKey.get(row.accountKey);
      return [row.postedOn, account?.code, account?.name, row.entries, row.debit, row.credit];
    });
    return stringify([['date', 'account', 'accountName', 'entries', 'debit', 'credit'], ...rows], {
      record_delimiter: 'windows',
      escape_formulas: true,
    });
  }

  /** Tax on sales by rate and tax of suppliers, by period. */
  vat(ctx: RequestContext, query: z.output<typeof VatQuery>): Promise<z.output<typeof VatReport>> {
    return this.uow.read(ctx, async (tx) => {
      const data = await this.journal.findVat(tx, ctx.branchId, query.from, query.to, query.by);
      const of = (side: string): Money =>
        sumOf(data.filter((row) => row.side === side).map((row) => row.tax));
      const [output, input] = [of('output'), of('input')];
      const totals = {
        output: output.toString(),
        input: input.toString(),
        due: output.minus(input).toString(),
      };
      return { data, totals };
    });
  }

  async vatCsv(ctx: RequestContext, query: z.output<typeof VatQuery>): Promise<string> {
    const { data } = await this.vat(ctx, query);
    const rows = data.map(({ period, side, rate, documents, net, tax }) => [
      period,
      side,
      rate,
      documents,
      net,
      tax,
    ]);
    return stringify([['period', 'side', 'rate', 'documents', 'net', 'tax'], ...rows], {
      record_delimiter: 'windows',
      cast: { string: (value) => value },
    });
  }

  accounts(ctx: RequestContext): Promise<{ data: JournalAccount[] }> {
    return this.uow.read(ctx, async (tx) => ({ data: await this.journal.findAccounts(tx) }));
  }

  /** Renames an account. Throws StaleVersion, Duplicate for a number or path in use, RuleViolation for a path on another side. */
  updateAccount(
    ctx: RequestContext,
    accountKey: string,
    { version, ...change }: z.output<typeof UpdateJournalAccount>,
  ): Promise<JournalAccount> {
    return this.uow.run(ctx, async (tx) => {
      const account = await this.journal.updateAccount(tx, accountKey, version, change);
      if (!account) throw new StaleVersion('account');
      return account;
    });
  }
}
