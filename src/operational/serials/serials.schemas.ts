import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  QuantityText,
  QueryId,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';
import { PacksTaken, ScannedCode, ScannedCodes } from './serials-shapes.types.js';
import { PACK_MOVEMENT_KINDS, PACK_STATUSES } from './serials.types.js';

const Status = z.enum(PACK_STATUSES);
const Serial = z.string().regex(/^[!"%-?A-Z_a-z]{1,20}$/, 'must be a serial of 1 to 20 characters');
const Gtin = z.string().regex(/^\d{14}$/, 'must be 14 digits');

export const PackQuery = z.strictObject({
  ...Paging,
  drugId: QueryId.optional(),
  lotId: QueryId.optional(),
  status: Status.optional(),
  serial: Serial.optional(),
  gtin: Gtin.optional(),
});

const packShape = {
  packSerialId: Id,
  gtin: z.string(),
  serial: z.string(),
  drugId: Id,
  drugName: z.string(),
  baseUnit: z.string(),
  lotId: Id,
  lotNumber: z.string(),
  expiryDate: DateText.nullable(),
  lotStatus: z.string(),
  /** Base units of the whole pack, and what is left of them. */
  baseUnits: SignedQuantityText,
  remaining: SignedQuantityText,
  status: Status,
  /** True: a pack with the same GTIN and serial was there before. */
  isDuplicate: z.boolean(),
  receivedAt: Instant,
  receivedBy: z.string().nullable(),
  version: z.int(),
};

export const PackPage = pageOf(z.object(packShape)).meta({ id: 'PackPage' });

export const PackLife = z
  .object({
    ...packShape,
    /** What happened to it, first to last. */
    movements: z.array(
      z.object({
        packMovementId: z.int(),
        kind: z.enum(PACK_MOVEMENT_KINDS),
        units: SignedQuantityText,
        delta: SignedQuantityText,
        remainingAfter: SignedQuantityText,
        lotId: Id,
        movementId: z.int().nullable(),
        fillId: Id.nullable(),
        saleId: Id.nullable(),
        /** False: it follows from what the lot holds; nobody scanned this pack for it. */
        isScanned: z.boolean(),
        userName: z.string().nullable(),
        recordedAt: Instant,
      }),
    ),
    /** What was told of it. */
    events: z.array(
      z.object({
        traceEventId: z.int(),
        kind: z.string(),
        quantity: SignedQuantityText,
        occurredAt: Instant,
        state: z.enum(['pending', 'exported', 'accepted']),
      }),
    ),
    commands: z.array(z.enum(['report', 'quarantine', 'release'])),
  })
  .meta({ id: 'PackLife' });

export const LookUpPack = z.strictObject({ code: ScannedCode }).meta({ id: 'LookUpPack' });

export const PackFound = z
  .object({
    drugId: Id.nullable(),
    drugName: z.string().nullable(),
    gtin: z.string().nullable(),
    serial: z.string().nullable(),
    /** free, unknown, or why it may not leave to a patient. */
    standing: z.string(),
    /** Packs of the branch with this code, the one received last first. */
    packs: z.array(z.object(packShape)),
  })
  .meta({ id: 'PackFound' });

export const RegisterPacks = z
  .strictObject({ lotId: Id, packs: ScannedCodes.min(1) })
  .meta({ id: 'RegisterPacks' });

export const PacksRegistered = z.object({ data: PacksTaken }).meta({ id: 'PacksRegistered' });

export const ReportPack = z
  .strictObject({
    kind: z.enum(['stolen', 'missing', 'sample', 'damaged']),
    reason: text(500),
    version: z.int().min(1),
  })
  .meta({ id: 'ReportPack' });

export const JudgePack = z
  .strictObject({ reason: text(300), version: z.int().min(1) })
  .meta({ id: 'JudgePack' });

export const NextPacksQuery = z.strictObject({ drugId: QueryId, quantity: QuantityText });

export const NextPacks = z
  .object({
    data: z.array(
      z.object({
        lotId: Id,
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        bin: z.string().nullable(),
        free: SignedQuantityText,
        /** To take from the lot; what its packs do not say is taken from the rest of it. */
        quantity: SignedQuantityText,
        packs: z.array(
          z.object({
            packSerialId: Id,
            lotId: Id,
            gtin: z.string(),
            serial: z.string(),
            status: z.enum(['in_stock', 'opened']),
            remaining: SignedQuantityText,
            take: SignedQuantityText,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'NextPacks' });
