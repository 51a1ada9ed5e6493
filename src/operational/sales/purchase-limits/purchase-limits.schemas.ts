import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  QuantityText,
  QueryFlag,
  SignedQuantityText,
  text,
} from '../../../platform/http/schemas.js';
import { DOCUMENT_KINDS } from './purchase-limits.domain.js';

/** The document a seller looked at. Of its number a digest is kept alone. */
export const IdentityCheck = z.strictObject({
  documentKind: z.enum(DOCUMENT_KINDS),
  documentNumber: text(50, 3).optional(),
  birthDate: DateText.optional(),
});

/** Why limits are let pass. */
export const LimitReasons = z
  .array(z.strictObject({ limitId: Id, reason: text(500, 3) }))
  .max(50)
  .refine(
    (all) => new Set(all.map(({ limitId }) => limitId)).size === all.length,
    'must name a limit once only',
  );

const limit = {
  limitId: Id,
  drugId: Id.nullable(),
  ingredientId: Id.nullable(),
  name: z.string(),
  nameAr: z.string().nullable(),
  /** Unit of the amounts: the base unit of the product, or mg of the ingredient. */
  unit: z.string(),
  maxPerSale: QuantityText.nullable(),
  maxPerPeriod: QuantityText.nullable(),
  periodDays: z.int().nullable(),
  minimumAge: z.int().nullable(),
  idRequired: z.boolean(),
  reason: z.string(),
};

/** A limit on a basket. */
export const LimitJudged = z
  .object({
    ...limit,
    inSale: SignedQuantityText.nullable(),
    boughtBefore: SignedQuantityText,
    /** What stands in the way; none: it may be sold. */
    findings: z.array(
      z.enum([
        'too-young',
        'age-unknown',
        'document-needed',
        'person-needed',
        'amount-unknown',
        'over-sale',
        'over-period',
      ]),
    ),
  })
  .meta({ id: 'LimitJudged' });

export const PurchaseLimitView = z
  .object({ ...limit, endedAt: Instant.nullable(), version: z.int() })
  .meta({ id: 'PurchaseLimit' });
export const PurchaseLimitPage = pageOf(PurchaseLimitView).meta({ id: 'PurchaseLimitPage' });

export const PurchaseLimitQuery = z.strictObject({ ...Paging, ended: QueryFlag.optional() });

const terms = {
  maxPerSale: QuantityText.nullish(),
  maxPerPeriod: QuantityText.nullish(),
  periodDays: z.int().min(1).max(366).nullish(),
  minimumAge: z.int().min(1).max(120).nullish(),
  idRequired: z.boolean().default(false),
  reason: text(300, 3),
};

interface Terms {
  readonly maxPerSale?: string | null | undefined;
  readonly maxPerPeriod?: string | null | undefined;
  readonly periodDays?: number | null | undefined;
  readonly minimumAge?: number | null | undefined;
  readonly idRequired: boolean;
}
const isSaid = (value: string | number | null | undefined): boolean => value !== null && value !== undefined;
const hasPeriod = (input: Terms): boolean => isSaid(input.maxPerPeriod) === isSaid(input.periodDays);
const limitsSomething = (input: Terms): boolean =>
  input.idRequired || [input.maxPerSale, input.maxPerPeriod, input.minimumAge].some(isSaid);
const PERIOD = { error: 'goes with maxPerPeriod', path: ['periodDays'] };
const SOMETHING = 'must limit an amount or ask for an age or a document';

/** A limit on a product or on an ingredient. */
export const CreatePurchaseLimit = z
  .strictObject({ drugId: Id.optional(), ingredientId: Id.optional(), ...terms })
  .refine(
    (input) => (input.drugId === undefined) !== (input.ingredientId === undefined),
    'must be on a product or on an ingredient',
  )
  .refine(hasPeriod, PERIOD)
  .refine(limitsSomething, SOMETHING)
  .meta({ id: 'CreatePurchaseLimit' });

/** All terms anew; what it is on stays. */
export const UpdatePurchaseLimit = z
  .strictObject({ version: z.int().min(1), ...terms })
  .refine(hasPeriod, PERIOD)
  .refine(limitsSomething, SOMETHING)
  .meta({ id: 'UpdatePurchaseLimit' });

export const EndPurchaseLimit = z.strictObject({ version: z.int().min(1) }).meta({ id: 'EndPurchaseLimit' });

export type PurchaseLimit = z.output<typeof PurchaseLimitView>;
