import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import * as sql from './pricing.sql.js';
import type { Promotion, PromotionTerms } from './promotions.domain.js';
import type { TaxRule } from './tax.domain.js';

/** Products over the counter, and fills. */
export interface BasketProducts {
  readonly drugIds: readonly number[];
  readonly fillIds: readonly number[];
}

interface PromotionRow {
  readonly promotionId: number;
  readonly version: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly kind: PromotionTerms['kind'];
  readonly percent: string | null;
  readonly amountOff: string | null;
  readonly buyPacks: number | null;
  readonly payPacks: number | null;
  readonly bundlePrice: string | null;
  readonly onPrescriptions: boolean;
  readonly drugIds: readonly number[];
  readonly packs: Readonly<Record<string, number>> | null;
}

/** What prices depend on beside the catalogue: taxes and promotions of today. */
@Injectable()
export class PricingRepository {
  /** Tax by product on a day of the branch; without one, of today. */
  async findTaxes(tx: Tx, branchId: number, of: BasketProducts, day?: string): Promise<Map<number, TaxRule>> {
    const rows = await tx.query<TaxRule & { drugId: number }>(sql.FIND_TAXES, [
      branchId,
      of.drugIds,
      of.fillIds,
      day ?? null,
    ]);
    return new Map(rows.map(({ drugId, ...rule }) => [drugId, rule]));
  }

  async findPromotions(tx: Tx, branchId: number, of: BasketProducts): Promise<Promotion[]> {
    const rows = await tx.query<PromotionRow>(sql.FIND_PROMOTIONS, [branchId, of.drugIds, of.fillIds]);
    return rows.map(({ promotionId, version, name, nameAr, onPrescriptions, drugIds, ...row }) => ({
      promotionId,
      version,
      name,
      nameAr,
      onPrescriptions,
      drugIds: new Set(drugIds),
      terms: termsOf(row),
    }));
  }
}

function termsOf(
  row: Omit<PromotionRow, 'drugIds' | 'name' | 'nameAr' | 'promotionId' | 'version' | 'onPrescriptions'>,
): PromotionTerms {
  // The database keeps exactly the terms of each kind (promotions_terms_check).
  switch (row.kind) {
    case 'percent':
      return { kind: 'percent', percent: row.percent ?? '0' };
    case 'amount':
      return { kind: 'amount', amountOff: row.amountOff ?? '0' };
    case 'n_for_m':
      return { kind: 'n_for_m', buyPacks: row.buyPacks ?? 2, payPacks: row.payPacks ?? 2 };
    case 'bundle':
      return {
        kind: 'bundle',
        bundlePrice: row.bundlePrice ?? '0',
        packs: new Map(Object.entries(row.packs ?? {}).map(([drugId, packs]) => [Number(drugId), packs])),
      };
  }
}
