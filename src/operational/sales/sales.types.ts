import type { z } from 'zod';

import type { Disposition, LotPick } from '../inventory/inventory.types.js';
import type { SaleUnit, TenderMethod } from './basket.domain.js';
import type { SaleView } from './sales.schemas.js';

export type SaleType = 'sale' | 'return' | 'void';

/** The branch's way with money, its business day, and the seller's open shift (null: none). */
export interface Till {
  readonly currencyDecimals: number;
  readonly cashRounding: string;
  readonly businessDate: string;
  readonly shiftId: number | null;
}

/** A sale that happened before it is posted: a till sold while the server was out of reach. */
export interface SoldEarlier {
  /** Who sold it. */
  readonly soldBy: number;
  /** Shift and business day it belongs to. */
  readonly till: Pick<Till, 'shiftId' | 'businessDate'>;
  /** What a pack of each product cost then, decimal strings. */
  readonly packPrices: ReadonlyMap<number, string>;
  /** Somebody with the right decided that it stands as it was sold. */
  readonly isAccepted: boolean;
}

/** A line as it is written. Quantities and amounts are negative on returns and voids. */
export interface NewSaleItem {
  /** Asked for beforehand, so that its stock moves with the same message; else the database gives it one. */
  readonly saleItemId?: number | undefined;
  readonly drugId: number;
  readonly fillId: number | null;
  readonly originalSaleItemId: number | null;
  readonly description: string;
  readonly quantity: string;
  readonly unit: SaleUnit;
  readonly unitQuantity: string;
  readonly packPrice: string;
  readonly amount: string;
  readonly discount: string;
  /** Its tax; left out: it is not taxed. */
  readonly tax?: NewTax | undefined;
  /** What promotions took off; a part of the discount. Only with `saleItemId`. */
  readonly promotions?: readonly NewLinePromotion[] | undefined;
  readonly disposition: Disposition | null;
}

/** Tax of a line as it is written. */
export interface NewTax {
  readonly taxClassId: number | null;
  readonly rate: string;
  readonly isIncluded: boolean;
  readonly amount: string;
}

/** What a promotion took off a line, as it is written. */
export interface NewLinePromotion {
  readonly promotionId: number;
  readonly version: number;
  /** Base units. */
  readonly quantity: string;
  readonly amount: string;
}

export interface NewPayment {
  readonly method: TenderMethod | 'insurance';
  /** The claim whose payer bears it; with `insurance` alone. */
  readonly claimId: number | null;
  readonly amount: string;
  readonly change: string;
  readonly reference: string | null;
}

/** A sale, return or void as it is written. */
export interface NewSale {
  readonly saleType: SaleType;
  readonly originalSaleId: number | null;
  readonly shiftId: number;
  readonly patientId: number | null;
  readonly businessDate: string;
  readonly subtotal: string;
  readonly discountTotal: string;
  readonly rounding: string;
  readonly total: string;
  readonly reason: string | null;
  /** Account of the customer: tenders on it name it. */
  readonly accountId: number | null;
  readonly items: readonly NewSaleItem[];
  readonly payments: readonly NewPayment[];
}

export interface PostedSale {
  readonly saleId: number;
  readonly saleNumber: string;
  readonly saleDate: Date;
  /** In the order of the lines. */
  readonly saleItemIds: readonly number[];
}

export interface SaleHeader {
  readonly saleId: number;
  readonly saleNumber: string;
  readonly saleType: SaleType;
  readonly originalSaleId: number | null;
  readonly shiftId: number;
  readonly patientId: number | null;
  readonly userId: number;
  readonly cashierName: string;
  readonly saleDate: Date;
  readonly businessDate: string;
  readonly subtotal: string;
  readonly discountTotal: string;
  readonly taxTotal: string;
  readonly taxInPrices: string;
  readonly rounding: string;
  readonly total: string;
  readonly reason: string | null;
}

export interface SaleLine {
  readonly saleItemId: number;
  readonly lineNo: number;
  readonly drugId: number;
  readonly fillId: number | null;
  readonly originalSaleItemId: number | null;
  readonly description: string;
  readonly nameAr: string | null;
  readonly baseUnit: string;
  readonly quantity: string;
  readonly unit: SaleUnit;
  readonly unitQuantity: string;
  readonly packPrice: string;
  readonly amount: string;
  readonly discount: string;
  readonly promotions: readonly ShownPromotion[];
  readonly taxClassId: number | null;
  readonly taxCode: string | null;
  readonly taxRate: string;
  readonly taxIncluded: boolean;
  readonly tax: string;
  readonly lineTotal: string;
  readonly disposition: Disposition | null;
  readonly returnedQuantity: string;
  readonly returnedAmount: string;
  readonly returnedDiscount: string;
  readonly returnedTax: string;
}

/** What a promotion took off a line, as it is shown. */
export interface ShownPromotion {
  readonly promotionId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly amount: string;
}

/** Taxes of a sale by class and rate, as they are shown. */
export interface ShownTax {
  readonly taxClassId: number;
  readonly code: string;
  readonly rate: string;
  readonly isIncluded: boolean;
  readonly net: string;
  readonly tax: string;
}

export type SaleLot = LotPick & { readonly saleItemId: number };

/** A posted sale with everything that belongs to it. Amounts are decimal strings as the API shows them. */
export interface SaleDetail extends SaleHeader {
  readonly items: readonly (SaleLine & { readonly lots: readonly LotPick[] })[];
  readonly payments: readonly (NewPayment & {
    readonly payerName: string | null;
    /** The account it was set against. */
    readonly accountId: number | null;
    readonly accountName: string | null;
  })[];
  readonly taxes: readonly ShownTax[];
  readonly paid: string;
  readonly change: string;
  readonly rememberedOverrides: z.output<typeof SaleView>['rememberedOverrides'];
  readonly reversals: readonly {
    readonly saleId: number;
    readonly saleNumber: string;
    readonly saleType: SaleType;
    readonly total: string;
  }[];
}
