import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import type { BranchSettings } from '../../auth/branches/branches.types.js';
import type { ReorderFacts } from './reorder.domain.js';
import type { Rule, RuleQuery, SetReorderRule } from './reorder.schemas.js';
import * as sql from './reorder.sql.js';

/** Days of the ledger a forecast looks back on: a quarter, so that a week of holidays does not decide. */
const WINDOW_DAYS = 90;

/** What was used of a product, and on how many days there was any. */
interface Usage {
  readonly used: string;
  readonly stockOutDays: number;
  readonly daysInStock: number;
}
const UNUSED: Usage = { used: '0', stockOutDays: 0, daysInStock: 1 };

/** A branch on its day of today. */
export type BranchDay = Pick<BranchSettings, 'branchId' | 'timeZone' | 'today' | 'currencyDecimals'>;

/** A product with all that its suggestion needs, and what is told with it. */
export interface Product extends ReorderFacts {
  readonly drugId: number;
  readonly drugName: string;
  readonly drugNameAr: string | null;
  readonly baseUnit: string;
  readonly stockOutDays: number;
  readonly supplierId: number | null;
  readonly supplierName: string | null;
  readonly price: string | null;
  readonly lastSupplierId: number | null;
}

@Injectable()
export class ReorderRepository {
  /** Products that were used in the window or have a rule; of those named alone, where any are. */
  async facts(tx: Tx, branch: BranchDay, drugIds?: readonly number[]): Promise<Product[]> {
    const { branchId, timeZone, today, currencyDecimals } = branch;
    const named = drugIds ?? null;
    // Compiling the two statements costs more than running them.
    await tx.execute('set local jit = off');
    const [usages, ruled] = await Promise.all([
      tx.query<Usage & { drugId: number }>(sql.USAGE, [branchId, timeZone, today, WINDOW_DAYS, named]),
      tx.query<{ drugId: number }>(sql.RULED, [branchId, named]),
    ]);
    const usageOf = new Map(usages.map(({ drugId, ...usage }) => [drugId, usage]));
    const ids = [...new Set([...usageOf.keys(), ...ruled.map(({ drugId }) => drugId)])];
    const rows = await tx.query<Omit<Product, keyof Usage>>(sql.PRODUCTS, [
      branchId,
      ids,
      timeZone,
      today,
      currencyDecimals,
    ]);
    return rows.map((row) => ({ ...row, ...(usageOf.get(row.drugId) ?? UNUSED) }));
  }

  async findRules(
    tx: Tx,
    branchId: number,
    { drugId, page, limit }: z.output<typeof RuleQuery>,
  ): Promise<[Rule[], number]> {
    const values = [branchId, drugId ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<Rule & { rowTotal: number }>(sql.FIND_RULES, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  /** False: there is one of another version, or none of this. */
  async setRule(
    tx: Tx,
    branchId: number,
    drugId: number,
    { min, max, supplierId, version }: z.output<typeof SetReorderRule>,
  ): Promise<boolean> {
    const values = [branchId, drugId, min, max, supplierId];
    const written =
      version === undefined
        ? await tx.execute(sql.SET_RULE, values)
        : await tx.execute(sql.UPDATE_RULE, [...values, version]);
    return written === 1;
  }
}
