import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import type { BranchSettings } from '../../auth/branches/branches.types.js';
import type { ReorderFacts } from './reorder.domain.js';
import type { Rule, RuleQuery, SetReorderRule } from './reorder.schemas.js';
import type { Delivered } from './safety-for.domain.js';
import * as sql from './reorder.sql.js';

/** A branch on its day of today. */
export type OrderingBranch = Pick<
  BranchSettings,
  'branchId' | 'timeZone' | 'today' | 'currencyDecimals' | 'serviceLevel'
>;

/** Who delivered a product in the last year, and what a pack cost. */
export interface Offer {
  readonly supplierId: number;
  readonly supplierName: string;
  readonly price: string | null;
}

/** A product with what its suggestion needs besides the forecast, and what is told with it. */
export interface Product extends Omit<ReorderFacts, 'demand' | 'safety'>, Delivered {
  readonly drugId: number;
  readonly drugName: string;
  readonly drugNameAr: string | null;
  readonly baseUnit: string;
  readonly supplierId: number | null;
  readonly supplierName: string | null;
  readonly offers: readonly Offer[];
  readonly price: string | null;
  readonly lastSupplierId: number | null;
  readonly ruleVersion: number | null;
}

@Injectable()
export class ReorderRepository {
  /** Products that have a rule. */
  async ruled(tx: Tx, branchId: number): Promise<number[]> {
    return (await tx.query<{ drugId: number }>(sql.RULED, [branchId])).map(({ drugId }) => drugId);
  }

  products(tx: Tx, branch: OrderingBranch, drugIds: readonly number[]): Promise<Product[]> {
    const { branchId, timeZone, today, currencyDecimals } = branch;
    return tx.query<Product>(sql.PRODUCTS, [branchId, drugIds, timeZone, today, currencyDecimals]);
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
    { min, max, supplierId, serviceLevel, version }: z.output<typeof SetReorderRule>,
  ): Promise<boolean> {
    const values = [branchId, drugId, min, max, supplierId, serviceLevel];
    const written =
      version === undefined
        ? await tx.execute(sql.SET_RULE, values)
        : await tx.execute(sql.UPDATE_RULE, [...values, version]);
    return written === 1;
  }
}
