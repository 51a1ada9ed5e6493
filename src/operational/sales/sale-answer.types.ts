import type { NotChecked } from '../../reference/clinical/clinical.types.js';
import type { LotPick } from '../inventory/inventory.types.js';
import type { FillForSale } from '../prescriptions/prescriptions.types.js';
import type { AlertShown, RememberedOverride } from '../screening/screening.types.js';
import type { BasketLine, PayerShare, TillRules } from './basket.domain.js';
import type { ShownLine, ShownTotals } from './pricing/priced-view.domain.js';
import type { PostedSale } from './sales.types.js';

/** A posted sale as the till shows it. Amounts and quantities are decimal strings. */
export interface SaleAnswer extends Omit<PostedSale, 'saleItemIds'>, ShownTotals {
  readonly saleType: 'sale';
  readonly shiftId: number;
  readonly patientId: number | null;
  readonly businessDate: string;
  readonly rounding: string;
  readonly total: string;
  readonly paid: string;
  readonly change: string;
  readonly items: readonly SaleAnswerLine[];
  /** What screening found in spite of which it was sold; of a patient who is known. */
  readonly alerts: readonly AlertShown[];
  readonly notChecked: readonly NotChecked[];
  readonly rememberedOverrides: readonly RememberedOverride[];
}

type SaleAnswerLine = ShownLine & {
  readonly saleItemId: number;
  readonly lots: readonly LotPick[];
};

/** Lines priced as they would be sold now, with what the rest of a sale must know. */
export interface PricedSale {
  /** 0: priced to be quoted. */
  readonly shiftId: number;
  readonly businessDate: string;
  readonly rules: TillRules;
  readonly itemIds: readonly number[];
  readonly fills: ReadonlyMap<number, FillForSale>;
  readonly lines: readonly BasketLine[];
  readonly payers: readonly PayerShare[];
  /** Products of the lines that have purchase limits. */
  readonly limited: ReadonlySet<number>;
  /** Who sells. */
  readonly sellerId: number;
}
