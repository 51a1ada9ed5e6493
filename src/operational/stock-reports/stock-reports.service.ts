import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RuleViolation } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Clock } from '../../platform/time/clock.js';
import { StockReportsRepository, type ExpiringRow } from './stock-reports.repository.js';
import {
  EXPIRY_BANDS,
  type AsOfQuery,
  type DeadStock,
  type DeadStockQuery,
  type ExpiryQuery,
  type ExpiryReport,
  type StockAsOf,
  type StockMonths,
  type StockMonthsQuery,
  type StockValuation,
  type ValuationQuery,
} from './stock-reports.schemas.js';
import { unsoldAtExpiry } from './unsold.domain.js';

/** Lots a file holds at most, and lots the expiry report looks through: more than a branch has. */
const MOST_ROWS = 50_000;

/** Days that usage is looked back over. */
const USED_IN_DAYS = 90;

type AsOf = z.input<typeof StockAsOf>;
type Valuation = z.input<typeof StockValuation>;
type Months = z.input<typeof StockMonths>;
type Dead = z.input<typeof DeadStock>;
type Expiry = z.input<typeof ExpiryReport>;
type ExpiringLine = Expiry['data'][number];

/** What stock is and was worth, and what of it expires. */
@Injectable()
export class StockReportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reports: StockReportsRepository,
    private readonly clock: Clock,
  ) {}

  /** A page of what lots held at a moment, by what counted then or by what was written by then. */
  asOf(ctx: RequestContext, query: z.output<typeof AsOfQuery>): Promise<AsOf> {
    const { page, limit, by, drugId } = query;
    const at = query.at === undefined ? this.clock.now() : new Date(query.at);
    return this.uow.read(ctx, async (tx) => {
      const { rows, total, totalValue } = await this.reports.asOf(
        tx,
        ctx.branchId,
        { at, by, drugId },
        limit,
        (page - 1) * limit,
      );
      return { at: at.toISOString(), by, data: rows, meta: { total, page, limit }, totalValue };
    });
  }

  /** The whole as CSV. Throws RuleViolation for more than MOST_ROWS. */
  asOfCsv(ctx: RequestContext, query: z.output<typeof AsOfQuery>): Promise<string> {
    const at = query.at === undefined ? this.clock.now() : new Date(query.at);
    const asked = { at, by: query.by, drugId: query.drugId };
    return this.uow.read(ctx, async (tx) =>
      csvOf((await this.reports.asOf(tx, ctx.branchId, asked, MOST_ROWS + 1, 0)).rows),
    );
  }

  /** What stock is worth at cost, by product, status, shelf or category; those worth most first. */
  valuation(ctx: RequestContext, { page, limit, by }: z.output<typeof ValuationQuery>): Promise<Valuation> {
    return this.uow.read(ctx, async (tx) => {
      const { rows, total, ...totals } = await this.reports.valuation(
        tx,
        ctx.branchId,
        by,
        limit,
        (page - 1) * limit,
      );
      const inTransitValue = await this.reports.inTransitValue(tx, ctx.branchId);
      return { by, data: rows, meta: { total, page, limit }, ...totals, inTransitValue };
    });
  }

  /** The whole as CSV. Throws RuleViolation for more than MOST_ROWS. */
  valuationCsv(ctx: RequestContext, { by }: z.output<typeof ValuationQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) =>
      csvOf((await this.reports.valuation(tx, ctx.branchId, by, MOST_ROWS + 1, 0)).rows),
    );
  }

  /** What came and left in each month and what stock was worth at its end, newest first, as it was at `refreshedAt`. */
  months(ctx: RequestContext, { page, limit, drugId }: z.output<typeof StockMonthsQuery>): Promise<Months> {
    return this.uow.read(ctx, async (tx) => {
      const [{ rows, total }, refreshedAt] = await Promise.all([
        this.reports.months(tx, ctx.branchId, drugId, limit, (page - 1) * limit),
        this.reports.monthsRefreshedAt(tx),
      ]);
      return { refreshedAt: refreshedAt.toISOString(), data: rows, meta: { total, page, limit } };
    });
  }

  /** The whole as CSV. */
  monthsCsv(ctx: RequestContext, { drugId }: z.output<typeof StockMonthsQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) =>
      csvOf((await this.reports.months(tx, ctx.branchId, drugId, MOST_ROWS + 1, 0)).rows),
    );
  }

  /** What lies in stock and does not go, the most valuable first. */
  deadStock(ctx: RequestContext, { page, limit, days }: z.output<typeof DeadStockQuery>): Promise<Dead> {
    return this.uow.read(ctx, async (tx) => {
      const { rows, total, totalValue } = await this.reports.deadStock(
        tx,
        ctx.branchId,
        days,
        limit,
        (page - 1) * limit,
      );
      return { days, data: rows, meta: { total, page, limit }, totalValue };
    });
  }

  /** The whole as CSV. Throws RuleViolation for more than MOST_ROWS. */
  deadStockCsv(ctx: RequestContext, { days }: z.output<typeof DeadStockQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) =>
      csvOf((await this.reports.deadStock(tx, ctx.branchId, days, MOST_ROWS + 1, 0)).rows),
    );
  }

  /** What is expired or will be within 90 days, with what will be left of it then; first expiry first. */
  expiry(ctx: RequestContext, { page, limit, band }: z.output<typeof ExpiryQuery>): Promise<Expiry> {
    return this.uow.read(ctx, async (tx) => {
      const lines = await this.expiring(tx, ctx.branchId);
      const data = lines.filter((line) => band === undefined || line.band === band);
      return {
        bands: EXPIRY_BANDS.map((one) => totalsOf(one, lines)),
        data: data.slice((page - 1) * limit, page * limit),
        meta: { total: data.length, page, limit },
      };
    });
  }

  /** The whole as CSV. */
  expiryCsv(ctx: RequestContext, { band }: z.output<typeof ExpiryQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const lines = await this.expiring(tx, ctx.branchId);
      return csvOf(lines.filter((line) => band === undefined || line.band === band));
    });
  }

  private async expiring(tx: Tx, branchId: number): Promise<ExpiringLine[]> {
    const rows = await this.reports.expiring(tx, branchId, MOST_ROWS + 1);
    if (rows.length > MOST_ROWS)
      throw new RuleViolation(`More than ${MOST_ROWS} lots: too many for one report.`);
    const byDrug = new Map<number, ExpiringRow[]>();
    for (const row of rows) byDrug.set(row.drugId, [...(byDrug.get(row.drugId) ?? []), row]);
    return [...byDrug.values()]
      .flatMap(linesOf)
      .sort((a, b) => a.daysToExpiry - b.daysToExpiry || a.lotId - b.lotId);
  }
}

/** The lots of one product that expire soon. What may not leave to patients is not used up, and takes nothing from the others. */
function linesOf(rows: readonly ExpiringRow[]): ExpiringLine[] {
  const usable = rows.filter((row) => row.status === 'available');
  const lots = usable.map(({ quantity, daysToExpiry }) => ({
    quantity: Quantity.of(quantity),
    daysToExpiry,
  }));
  const left = unsoldAtExpiry(lots, Quantity.of(rows[0]?.used90 ?? '0'), USED_IN_DAYS);
  const leftOf = new Map(usable.map((row, index) => [row.lotId, left[index]]));
  return rows.flatMap(({ band, expiryDate, daysToExpiry, ...row }) => {
    if (band === null || expiryDate === null || daysToExpiry === null) return [];
    const quantity = Quantity.of(row.quantity);
    const unsold = leftOf.get(row.lotId) ?? quantity;
    const unsoldValue = Money.of(row.value).share(unsold, quantity, 2).toString();
    return [{ ...row, band, expiryDate, daysToExpiry, unsold: unsold.toString(), unsoldValue }];
  });
}

function totalsOf(
  band: (typeof EXPIRY_BANDS)[number],
  lines: readonly ExpiringLine[],
): Expiry['bands'][number] {
  const own = lines.filter((line) => line.band === band);
  const sum = (of: (line: ExpiringLine) => string): string =>
    own.reduce((total, line) => total.plus(Money.of(of(line))), Money.zero).toString();
  return {
    band,
    lots: own.length,
    value: sum((line) => line.value),
    unsoldValue: sum((line) => line.unsoldValue),
  };
}

/** Rows as a file. Throws RuleViolation for more than MOST_ROWS. */
function csvOf(rows: readonly object[]): string {
  if (rows.length > MOST_ROWS) throw new RuleViolation(`More than ${MOST_ROWS} rows: ask for one product.`);
  // A name that begins like a formula must stay a name where the file is opened as a table; numbers of ours are never negative here.
  return stringify([...rows], { header: true, bom: true, escape_formulas: true });
}
