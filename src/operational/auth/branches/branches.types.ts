import { z } from 'zod';

/** Share of the times between two orders that a product is to be there until the next. */
export const ServiceLevel = z.string().regex(/^0\.[5-9]\d{0,2}$/, 'must be a share from "0.5" to "0.999"');

/** What the daily work asks of its branch. */
export interface BranchSettings {
  readonly branchId: number;
  /** Printed on receipts. */
  readonly code: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  /** IANA zone. */
  readonly timeZone: string;
  /** The branch's calendar date at this moment, 'YYYY-MM-DD', judged by the database. */
  readonly today: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly currencyDecimals: number;
  /** Cash totals are rounded to a multiple of this decimal amount; '0.000': not. */
  readonly cashRounding: string;
  /** counter: one call from entry to dispensed; station: every step by itself. */
  readonly dispensingPolicy: 'counter' | 'station';
  /** Who verifies must not be who filled. */
  readonly twoPersonRule: boolean;
  /** A pharmacist reviews each fill number before anything is filled under it. */
  readonly clinicalReview: boolean;
  /** What must be scanned before a fill is verified: nothing, the product, or a pack of every lot. */
  readonly scanPolicy: 'off' | 'product' | 'lot';
  /** Near misses keep who, which fill and when; false: nobody is named. */
  readonly nearMissNames: boolean;
  /** Nothing is handed over without two identifiers of the patient. */
  readonly pickUpIdentifiers: boolean;
  /** Before which fills counselling is given or declined. */
  readonly counsellingPolicy: 'optional' | 'first_fill' | 'always';
  /** Share of the times between two orders that a product is to be there until the next, 0.5 to 0.999. */
  readonly serviceLevel: number;
  /** Share of the days' supply that must be used before a refill, 0 to 1. */
  readonly earlyRefillShare: number;
  /** Minutes from entry to the time promised, where no other is given. */
  readonly promiseMinutes: number;
  /** Who brings a prescription waits in the shop, unless it is said otherwise. */
  readonly waitingByDefault: boolean;
  readonly prescriptionValidMonths: number;
  /** Whose controlled-drug rules apply. */
  readonly jurisdiction: 'none' | 'EG' | 'US';
  /** False: closed. */
  readonly active: boolean;
}
