import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { LateReads } from '../../platform/database/replicas/late-reads.js';
import type { LateTx } from '../../platform/database/tx.js';
import { RuleViolation } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { daysBetween } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { fullFigures, type SalesSums } from './sales-figures.domain.js';
import { SalesReportsRepository } from './sales-reports.repository.js';
import type {
  PrescribersQuery,
  ReturnFigures,
  ReturnsQuery,
  SalesFigures,
  SalesQuery,
  TenderFigures,
  TendersQuery,
  TopDrugsQuery,
} from './sales-reports.schemas.js';
import { BY_PRESCRIBER, RETURNS_BY, SALES, TENDERS_BY, TOP_DRUGS } from './sales-reports.sql.js';
import type { Periods, Report, ReportRow } from './sales-reports.types.js';

/** Days of a period at the most: ten years. */
const MOST_DAYS = 3_660;

/** Rows a file holds at most: more products than a branch has. */
const MOST_ROWS = 50_000;

interface Query {
  readonly page: number;
  readonly limit: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly compareFrom?: string | undefined;
  readonly compareTo?: string | undefined;
  readonly format: 'json' | 'csv';
}

type Read<Figures> = (row: ReportRow, suffix: '' | 'Before', decimals: number) => Figures;

const moneyAt = (row: ReportRow, name: string): string => Money.of(String(row[name])).toString();

const FIGURES = ['sales', 'returns', 'discounted', 'gross', 'discount', 'returned', 'net', 'tax', 'rounding', 'cost'] as const; // prettier-ignore

/** Figures of what was sold; base units only where rows are products. */
const salesOf =
  (isProduct: boolean): Read<SalesFigures> =>
  (row, suffix, decimals) =>
    fullFigures(
      {
        ...(Object.fromEntries(FIGURES.map((name) => [name, row[`${name}${suffix}`]])) as unknown as Omit<
          SalesSums,
          'quantity'
        >),
        quantity: isProduct && !row.isTotal ? ((row[`quantity${suffix}`] as string | null) ?? '0') : null,
      },
      decimals,
    );

const tendersOf: Read<TenderFigures> = (row, suffix) => ({
  payments: Number(row[`payments${suffix}`]),
  refunds: Number(row[`refunds${suffix}`]),
  taken: moneyAt(row, `taken${suffix}`),
  refunded: moneyAt(row, `refunded${suffix}`),
  net: moneyAt(row, `net${suffix}`),
});

const returnsOf: Read<ReturnFigures> = (row, suffix) => ({
  returns: Number(row[`returns${suffix}`]),
  voids: Number(row[`voids${suffix}`]),
  returned: moneyAt(row, `returned${suffix}`),
  voided: moneyAt(row, `voided${suffix}`),
  total: moneyAt(row, `total${suffix}`),
});

/** What was sold, taken back, paid and earned in any period, beside another one. What is not summed yet is read; read late, the answer says as of when it is. */
@Injectable()
export class SalesReportsService {
  constructor(
    private readonly lateReads: LateReads,
    private readonly reports: SalesReportsRepository,
    private readonly branches: BranchesService,
  ) {}

  /** Sales by day, week, month, hour, weekday, cashier, product, category or tax rate. */
  sales(ctx: RequestContext, query: z.output<typeof SalesQuery>): Promise<Report<SalesFigures> | string> {
    return this.answer(ctx, query, SALES[query.by], salesOf(query.by === 'drug'));
  }

  /** Products: those that bring in, go or earn most; or those in stock that go least. */
  topDrugs(
    ctx: RequestContext,
    query: z.output<typeof TopDrugsQuery>,
  ): Promise<Report<SalesFigures> | string> {
    return this.answer(ctx, query, TOP_DRUGS[query.order], salesOf(true));
  }

  /** What was sold of fills by who prescribed them. */
  prescribers(
    ctx: RequestContext,
    query: z.output<typeof PrescribersQuery>,
  ): Promise<Report<SalesFigures> | string> {
    return this.answer(ctx, query, BY_PRESCRIBER, salesOf(false));
  }

  /** What was taken and refunded by tender, payer, cashier or day. */
  tenders(
    ctx: RequestContext,
    query: z.output<typeof TendersQuery>,
  ): Promise<Report<TenderFigures> | string> {
    return this.answer(ctx, query, TENDERS_BY[query.by], tendersOf);
  }

  /** What was returned and voided by reason, cashier or day. */
  returns(
    ctx: RequestContext,
    query: z.output<typeof ReturnsQuery>,
  ): Promise<Report<ReturnFigures> | string> {
    return this.answer(ctx, query, RETURNS_BY[query.by], returnsOf);
  }

  /** A page as JSON, or the whole as CSV. Throws RuleViolation for a file of more than MOST_ROWS, and for a period of more than MOST_DAYS. */
  private answer<Figures extends object>(
    ctx: RequestContext,
    query: Query,
    statement: string,
    figures: Read<Figures>,
  ): Promise<Report<Figures> | string> {
    return this.lateReads.read(ctx, async (tx) => {
      if (query.format === 'json') return this.make(tx, ctx, query, statement, figures);
      const whole = await this.make(tx, ctx, { ...query, page: 1, limit: MOST_ROWS }, statement, figures);
      if (whole.meta.total > MOST_ROWS)
        throw new RuleViolation(`More than ${MOST_ROWS} rows: ask for a shorter period.`);
      return csvOf(whole);
    });
  }

  private async make<Figures>(
    tx: LateTx,
    ctx: RequestContext,
    { page, limit, ...query }: Query,
    statement: string,
    figures: Read<Figures>,
  ): Promise<Report<Figures>> {
    const { today, currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
    const periods = periodsOf(query, today);
    const rows = await this.reports.read(tx, ctx.branchId, statement, periods, limit, (page - 1) * limit);
    const [total, ...lines] = rows;
    if (!total?.isTotal) throw new Error('a report has a row of totals, always');
    const before = (row: ReportRow): Figures | null =>
      periods.compareFrom === null ? null : figures(row, 'Before', currencyDecimals);
    return {
      ...periods,
      data: lines.map((row) => ({
        key: row.key,
        name: row.name,
        nameAr: row.nameAr,
        figures: figures(row, '', currencyDecimals),
        compared: before(row),
      })),
      meta: { total: total.rowTotal, page, limit },
      totals: figures(total, '', currencyDecimals),
      comparedTotals: before(total),
    };
  }
}

/** The periods asked for; this month up to today unless they are said. Throws RuleViolation for one of more than MOST_DAYS. */
function periodsOf(query: Partial<Query>, today: string): Periods {
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
  const from = query.from ?? `${to.slice(0, 8)}01`;
  const { compareFrom = null, compareTo = null } = query;
  const isLong = (first: string, last: string): boolean => daysBetween(first, last) >= MOST_DAYS;
  if (isLong(from, to) || (compareFrom !== null && compareTo !== null && isLong(compareFrom, compareTo)))
    throw new RuleViolation(`A period has ${MOST_DAYS} days at the most.`);
  return { from, to, compareFrom, compareTo };
}

/** A text that begins like a formula must stay a text where the file is opened as a table; our negative numbers must stay numbers. */
const asText = (text: string | null): string | null =>
  text !== null && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;

/** The lines of a report as a file; figures of the period compared with have `compared_` before their names. */
function csvOf<Figures extends object>({ data }: Report<Figures>): string {
  const rows = data.map(({ key, name, nameAr, figures, compared }) => ({
    key: asText(key),
    name: asText(name),
    nameAr: asText(nameAr),
    ...figures,
    ...(compared === null
      ? {}
      : Object.fromEntries(Object.entries(compared).map(([figure, value]) => [`compared_${figure}`, value]))),
  }));
  return stringify(rows, { header: true, bom: true });
}
