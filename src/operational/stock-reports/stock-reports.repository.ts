import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { DeadStockRow, EXPIRY_BANDS, VALUATION_KEYS } from './stock-reports.schemas.js';
import * as sql from './stock-reports.sql.js';

/** What a lot held at a moment. */
export interface AsOfRow {
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly quantity: string;
  readonly unitCost: string;
  readonly value: string;
}

export interface ValuationRow {
  readonly key: string | null;
  readonly name: string | null;
  readonly lots: number;
  readonly quantity: string | null;
  readonly value: string;
  readonly availableValue: string;
}

/** A lot of a product of which something expires soon; `band` null: this lot does not. */
export interface ExpiringRow {
  readonly lotId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly daysToExpiry: number | null;
  readonly band: (typeof EXPIRY_BANDS)[number] | null;
  readonly status: string;
  readonly bin: string | null;
  readonly supplierName: string | null;
  readonly quantity: string;
  readonly value: string;
  readonly used90: string;
}

/** What moved in a month (`YYYY-MM`, UTC) and what stock was worth at its end; base units of one product only. */
export interface MonthRow {
  readonly month: string;
  readonly received: string | null;
  readonly toPatients: string | null;
  readonly closing: string | null;
  readonly receivedValue: string;
  readonly toPatientsValue: string;
  readonly otherValue: string;
  readonly closingValue: string;
}

@Injectable()
export class StockReportsRepository {
  async asOf(
    tx: Tx,
    branchId: number,
    asked: { readonly at: Date; readonly by: 'effective' | 'recorded'; readonly drugId: number | undefined },
    limit: number,
    offset: number,
  ): Promise<{ rows: AsOfRow[]; total: number; totalValue: string }> {
    const values = [branchId, asked.at, asked.drugId ?? null, limit, offset];
    const rows = await tx.query<AsOfRow & { rowTotal: number; totalValue: string }>(
      sql.AS_OF[asked.by],
      values,
    );
    return {
      rows: rows.map(({ rowTotal: _, totalValue: __, ...row }) => row),
      total: rows[0]?.rowTotal ?? 0,
      totalValue: rows[0]?.totalValue ?? '0.00',
    };
  }

  async valuation(
    tx: Tx,
    branchId: number,
    by: (typeof VALUATION_KEYS)[number],
    limit: number,
    offset: number,
  ): Promise<{ rows: ValuationRow[]; total: number; totalValue: string; totalAvailableValue: string }> {
    const rows = await tx.query<
      ValuationRow & { rowTotal: number; totalValue: string; totalAvailableValue: string }
    >(sql.VALUATION, [branchId, by, limit, offset]);
    return {
      rows: rows.map(({ rowTotal: _, totalValue: __, totalAvailableValue: ___, ...row }) => row),
      total: rows[0]?.rowTotal ?? 0,
      totalValue: rows[0]?.totalValue ?? '0.00',
      totalAvailableValue: rows[0]?.totalAvailableValue ?? '0.00',
    };
  }

  async inTransitValue(tx: Tx, branchId: number): Promise<string> {
    return (await tx.one<{ value: string }>(sql.IN_TRANSIT_VALUE, [branchId])).value;
  }

  async months(
    tx: Tx,
    branchId: number,
    drugId: number | undefined,
    limit: number,
    offset: number,
  ): Promise<{ rows: MonthRow[]; total: number }> {
    const rows = await tx.query<MonthRow & { rowTotal: number }>(sql.MONTHS, [
      branchId,
      drugId ?? null,
      limit,
      offset,
    ]);
    return { rows: rows.map(({ rowTotal: _, ...row }) => row), total: rows[0]?.rowTotal ?? 0 };
  }

  async monthsRefreshedAt(tx: Tx): Promise<Date> {
    return (await tx.one<{ refreshedAt: Date }>(sql.REFRESHED_AT)).refreshedAt;
  }

  async deadStock(
    tx: Tx,
    branchId: number,
    days: number,
    limit: number,
    offset: number,
  ): Promise<{ rows: DeadStockRow[]; total: number; totalValue: string }> {
    const rows = await tx.query<DeadStockRow & { rowTotal: number; totalValue: string }>(sql.DEAD_STOCK, [
      branchId,
      days,
      limit,
      offset,
    ]);
    return {
      rows: rows.map(({ rowTotal: _, totalValue: __, ...row }) => row),
      total: rows[0]?.rowTotal ?? 0,
      totalValue: rows[0]?.totalValue ?? '0.00',
    };
  }

  expiring(tx: Tx, branchId: number, most: number): Promise<ExpiringRow[]> {
    return tx.query<ExpiringRow>(sql.EXPIRING, [branchId, most]);
  }

  /** Answers how many lots were marked; `most` at the most. `at` undefined: now. */
  markExpired(tx: Tx, at: Date | undefined, most: number): Promise<number> {
    return tx.execute(sql.MARK_EXPIRED, [at ?? null, most]);
  }

  async branchIds(tx: Tx): Promise<number[]> {
    return (await tx.query<{ branchId: number }>(sql.BRANCH_IDS)).map((row) => row.branchId);
  }
}
