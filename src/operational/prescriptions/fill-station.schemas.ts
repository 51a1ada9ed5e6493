import { z } from 'zod';

import { Id, Instant, text } from '../../platform/http/schemas.js';
import { BYPASS_REASONS } from './scan-match.domain.js';
import { FillView } from './prescriptions.schemas.js';

const Day = z.string().meta({ format: 'date' });
const Lot = z.object({ lotId: Id, lotNumber: z.string(), expiryDate: Day.nullable() });

export const FillStationView = z
  .object({
    fill: FillView,
    /** What the branch asks of its fills; see docs/dispensing.md. */
    policy: z.object({
      dispensingPolicy: z.enum(['counter', 'station']),
      twoPersonRule: z.boolean(),
      scanPolicy: z.enum(['off', 'product', 'lot']),
      pickUpIdentifiers: z.boolean(),
      counsellingPolicy: z.enum(['optional', 'first_fill', 'always']),
    }),
    /** Packs proven and scans bypassed, in order. */
    scans: z.array(
      z.object({
        scanId: Id,
        stage: z.enum(['fill', 'verify']),
        result: z.enum(['matched', 'bypassed']),
        lot: Lot.nullable(),
        bypassReason: z.enum(BYPASS_REASONS).nullable(),
        bypassNote: z.string().nullable(),
        userName: z.string(),
        scannedAt: Instant,
      }),
    ),
    /** Lots still to be scanned: in filling, and by whoever asks in verifying. */
    missing: z.object({ fill: z.array(Lot), verify: z.array(Lot) }),
    /** Lots of the product that may be dispensed, first expiry first, at most 20; quantities in base units. */
    shelf: z.array(
      Lot.extend({
        /** Where it lies. */
        bin: z.string().nullable(),
        /** Kept for this fill. */
        quantityKept: z.string(),
        quantityFree: z.string(),
        /** The pack of it that is opened, and what is left of it: it is taken from first. */
        openedPack: z.object({ serial: z.string(), remaining: z.string() }).nullable(),
      }),
    ),
    /** Labels printed, copies too. */
    labelsPrinted: z.int(),
    /** Advice is still to be given or declined before it is handed over. */
    needsCounselling: z.boolean(),
  })
  .meta({ id: 'FillStation' });

export const ChooseLot = z.strictObject({ lotId: Id, reason: text(500, 5) }).meta({ id: 'ChooseLot' });
