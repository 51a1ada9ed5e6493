import { z } from 'zod';

import { Id, SignedQuantityText } from '../../platform/http/schemas.js';
import { PACK_STATUSES } from './serials.types.js';

/** Shapes of packs that deliveries and sales use too. */

/** A code as a scanner sends it: separators and other control characters belong to a GS1 code. */
export const ScannedCode = z
  .string()
  .min(1)
  .max(500)
  .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'must be well-formed Unicode');

/** Codes of the packs of one line, as scanned. */
export const ScannedCodes = z.array(ScannedCode).max(500);

/** Packs scanned in, as they stand now. */
export const PacksTaken = z.array(
  z
    .object({
      packSerialId: Id,
      goodsReceiptItemId: Id.nullable(),
      gtin: z.string(),
      serial: z.string(),
      lotId: Id,
      baseUnits: SignedQuantityText,
      status: z.enum(PACK_STATUSES),
      /** True: it was known already, and is set aside in quarantine. */
      isDuplicate: z.boolean(),
    })
    .meta({ id: 'PackTaken' }),
);
