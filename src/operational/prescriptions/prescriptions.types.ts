import type { FillStatus } from './fill-status.domain.js';

/** What a sale must know of a fill. Quantity in base units and price of the whole fill as decimal strings. */
export interface FillForSale {
  readonly fillId: number;
  readonly branchId: number;
  readonly prescriptionId: number;
  readonly patientId: number;
  readonly drugId: number;
  readonly quantity: string;
  readonly price: string;
  readonly status: FillStatus;
  /** Name as it goes on the receipt. */
  readonly description: string;
}
