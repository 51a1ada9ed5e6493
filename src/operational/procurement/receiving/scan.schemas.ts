import { z } from 'zod';

import { DateText, Id, SignedQuantityText } from '../../../platform/http/schemas.js';

/** As a scanner sends it: separators and other control characters belong to a GS1 code. */
const ScannedText = z
  .string()
  .min(1)
  .max(500)
  .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'must be well-formed Unicode');

export const ScanDelivery = z.strictObject({ code: ScannedText }).meta({ id: 'ScanDelivery' });

const Warning = z.enum([
  'unknown-product',
  'not-ordered',
  'nothing-open',
  'lot-missing',
  'expiry-missing',
  'expired',
  'short-expiry',
  'recalled',
  'other-pack-size',
]);

const lineShape = {
  /** Null: of no line of this order. */
  purchaseOrderItemId: Id.nullable(),
  lineNo: z.int().nullable(),
  drugId: Id.nullable(),
  drugName: z.string().nullable(),
  lotNumber: z.string().nullable(),
  expiryDate: DateText.nullable(),
  warnings: z.array(Warning),
};

/** A line of a delivery as one scan fills it; nothing is stored. */
export const DeliveryScanned = z
  .object({
    ...lineShape,
    serialNumber: z.string().nullable(),
    /** Base units this pack holds, where that is known. */
    packUnits: SignedQuantityText.nullable(),
    /** What to receive: all that is open of the line, in its unit; one pack where nothing is. Null: nobody can tell. */
    quantity: SignedQuantityText.nullable(),
    /** True: `quantity` is in base units. */
    inBaseUnits: z.boolean(),
    /** Base units paid for that are still to come. */
    quantityOpen: SignedQuantityText.nullable(),
  })
  .meta({ id: 'DeliveryScanned' });

/** A notice of what a supplier has sent: CSV with a header line. */
export const ShipNotice = z
  .strictObject({ content: z.string().min(1).max(200_000) })
  .meta({ id: 'ShipNotice' });

/** A notice read against its order: lines that can be sent to be received as they are, and what is wrong. Nothing is stored. */
export const ShipNoticeRead = z
  .object({
    lines: z.array(
      z.object({
        ...lineShape,
        row: z.int(),
        purchaseOrderItemId: Id,
        quantity: SignedQuantityText,
        bonus: SignedQuantityText,
        inBaseUnits: z.boolean(),
      }),
    ),
    problems: z.array(z.object({ row: z.int(), column: z.string(), reason: z.string() })),
    /** Ordered, still to come and not in the notice. Base units. */
    missing: z.array(z.object({ lineNo: z.int(), drugId: Id, quantityOpen: SignedQuantityText })),
  })
  .meta({ id: 'ShipNoticeRead' });

export type ScanWarning = z.output<typeof Warning>;
