import { z } from 'zod';

import { DateText, Id, Instant, Paging, QueryId, SignedQuantityText } from '../../platform/http/schemas.js';

const Kind = z.enum([
  'opening',
  'receipt',
  'dispense',
  'sale',
  'return',
  'adjustment',
  'transfer_out',
  'transfer_in',
  'expiry',
  'recall',
  'count',
  'destruction',
  'supplier_return',
  'reversal',
  'compounding_out',
  'compounding_in',
  'repack',
]);

/** `csv` and `html` answer the whole selection as a file or a page to print; paging does not apply to them. */
export const RegisterQuery = z
  .strictObject({
    drugId: QueryId.optional(),
    kind: Kind.optional(),
    from: DateText.optional(),
    to: DateText.optional(),
    cursor: z
      .string()
      .regex(/^[1-9]\d{0,8}-[1-9]\d{0,8}$/, 'must be a cursor of an earlier answer')
      .optional(),
    limit: Paging.limit,
    format: z.enum(['json', 'csv', 'html']).default('json'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  });

export const RegisterEntry = z
  .object({
    drugId: Id,
    drugName: z.string(),
    /** Of today; null: no longer controlled. */
    schedule: z.string().nullable(),
    /** Number within product and branch, from 1 without a gap. */
    entryNo: Id,
    recordedAt: Instant,
    /** The same as a day at the branch. */
    day: DateText,
    kind: Kind,
    /** Base units; positive in, negative out. */
    quantity: SignedQuantityText,
    /** Base units of the product at the branch after it. */
    balanceAfter: SignedQuantityText,
    lotNumber: z.string().nullable(),
    expiryDate: DateText.nullable(),
    reason: z.string().nullable(),
    rxNumber: z.string().nullable(),
    /** Null for who may not read patients, as is the collector. */
    patientName: z.string().nullable(),
    patientId: z.int().nullable(),
    collectorName: z.string().nullable(),
    /** Kind and number of the document he showed. */
    collectorDocument: z.string().nullable(),
    prescriberName: z.string().nullable(),
    prescriberLicence: z.string().nullable(),
    supplierName: z.string().nullable(),
    supplierDocument: z.string().nullable(),
    userName: z.string().nullable(),
    /** Who signed as the second person. */
    witnessName: z.string().nullable(),
    /** The movement in the ledger; null for the opening entry. */
    movementId: z.int().nullable(),
    /** Number of the entry it corrects or takes back. */
    correctsEntryNo: Id.nullable(),
  })
  .meta({ id: 'ControlledRegisterEntry' });

export const RegisterPage = z
  .object({ data: z.array(RegisterEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'ControlledRegisterPage' });
