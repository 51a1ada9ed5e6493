import { z } from 'zod';

import { DateText, Id, text } from '../../platform/http/schemas.js';
import { BYPASS_REASONS } from './scan-match.domain.js';

/** `both`: at the counter, where one person fills and verifies, one scan counts for both. */
const Stage = z.enum(['fill', 'verify', 'both']);

/** As a scanner sends it: separators and other control characters belong to a GS1 code. */
const ScannedText = z
  .string()
  .min(1)
  .max(500)
  .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'must be well-formed Unicode');

/** A pack: its code as scanned, and what a person read from it where the code does not say. */
export const packFields = {
  code: ScannedText,
  lotNumber: text(60).optional(),
  expiryDate: DateText.optional(),
};

export const ScanFill = z
  .strictObject({ ...packFields, stage: Stage.default('fill') })
  .meta({ id: 'ScanFill' });

export const BypassScan = z
  .strictObject({ stage: Stage, reason: z.enum(BYPASS_REASONS), note: text(500, 0) })
  .meta({ id: 'BypassScan' });

const Lot = z.object({
  lotId: Id,
  lotNumber: z.string(),
  expiryDate: z.string().meta({ format: 'date' }).nullable(),
});

export const FillScanned = z
  .object({
    fillId: Id,
    stage: Stage,
    result: z.enum(['matched', 'bypassed']),
    /** The lot it proved; null where it proved the product alone. */
    lot: Lot.nullable(),
    /** Lots still to be scanned in this stage. */
    missing: z.array(Lot),
  })
  .meta({ id: 'FillScanned' });
