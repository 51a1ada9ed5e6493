import { z } from 'zod';

import { Id } from '../../platform/http/schemas.js';

/** A rest that is owed: of which fill, to whom, since when, and whether stock completes it. Quantities in base units. */
const owedFields = {
  prescriptionId: Id,
  rxNumber: z.string(),
  patientId: Id,
  patientName: z.string(),
  patientNameAr: z.string().nullable(),
  /** The product the part before was given in. */
  drugId: Id,
  drugName: z.string(),
  drugNameAr: z.string().nullable(),
  strength: z.string().nullable(),
  baseUnit: z.string(),
  fillNumber: z.int(),
  quantityOwed: z.string(),
  owedSince: z.string().meta({ format: 'date' }),
  daysOwed: z.int(),
  expiresOn: z.string().meta({ format: 'date' }),
  stockOnHand: z.string(),
  /** True when the free stock of now covers it whole. */
  completable: z.boolean(),
};

export const OwedFill = z.object(owedFields).meta({ id: 'OwedFill' });
export type OwedFill = z.output<typeof OwedFill>;
