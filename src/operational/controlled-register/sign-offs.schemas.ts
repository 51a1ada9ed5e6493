import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';

const Scope = z.enum(['moved', 'all']);

export const SheetQuery = z.strictObject({
  /** Today unless said otherwise. */
  day: DateText.optional(),
  scope: Scope.default('moved'),
});

export const CountSheet = z
  .object({
    businessDay: DateText,
    today: DateText,
    scope: Scope,
    lastDay: DateText.nullable(),
    /** True: in the last seven days not everything was counted. */
    isAllDue: z.boolean(),
    /** Days gone by with movements that nobody signed off, the oldest first, at most 60. */
    overdue: z.array(z.object({ day: DateText, products: z.int() })),
    drugs: z.array(
      z.object({
        drugId: Id,
        drugName: z.string(),
        drugNameAr: z.string().nullable(),
        strength: z.string().nullable(),
        baseUnit: z.string(),
        schedule: z.string().nullable(),
        lots: z.array(
          z.object({ lotNumber: z.string(), expiryDate: DateText.nullable(), status: z.string() }),
        ),
        countId: Id.nullable(),
        counted: SignedQuantityText.nullable(),
        countedAt: Instant.nullable(),
        differs: z.boolean(),
        isStale: z.boolean().nullable(),
        attempts: z.int(),
      }),
    ),
  })
  .meta({ id: 'ControlledCountSheet' });

export const CountControlled = z
  .strictObject({
    drugId: Id,
    /** Base units found; zero where nothing is there. */
    counted: z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "30"'),
  })
  .meta({ id: 'CountControlled' });

export const ControlledCounted = z
  .object({ countId: Id, drugId: Id, counted: SignedQuantityText, differs: z.boolean() })
  .meta({ id: 'ControlledCounted' });

export const SignOffDay = z
  .strictObject({
    businessDay: DateText,
    scope: Scope.default('moved'),
    explanations: z
      .array(z.strictObject({ drugId: Id, text: text(1000, 5) }))
      .max(1000)
      .default([]),
    note: text(1000).optional(),
  })
  .meta({ id: 'SignOffDay' });

export const SignOffQuery = z.strictObject(Paging);

export const SignOffView = z
  .object({
    signOffId: Id,
    businessDay: DateText,
    scope: Scope,
    note: z.string().nullable(),
    signedBy: z.string(),
    signedAt: Instant,
    counts: z.array(
      z.object({
        drugId: Id,
        drugName: z.string(),
        counted: SignedQuantityText,
        expected: SignedQuantityText,
        difference: SignedQuantityText,
        explanation: z.string().nullable(),
        /** The last entry of the register that the count covers. */
        entryNo: Id,
        countedBy: z.string(),
        countedAt: Instant,
      }),
    ),
  })
  .meta({ id: 'ControlledSignOff' });

export const SignOffPage = pageOf(SignOffView).meta({ id: 'ControlledSignOffPage' });
