import { z } from 'zod';

import { DateText, Id, Instant, QuantityText, text } from '../../platform/http/schemas.js';
import { AtcPrefix } from './payers.schemas.js';

export const AuthorisationView = z
  .object({
    authorisationId: Id,
    insuranceId: Id,
    payerName: z.string(),
    number: z.string(),
    drugId: Id.nullable(),
    ingredientId: Id.nullable(),
    atcPrefix: z.string().nullable(),
    /** Name of the product, ingredient or class. */
    subject: z.string(),
    quantity: z.string().nullable(),
    /** Base units its standing claims took. */
    used: z.string(),
    validFrom: DateText,
    validTo: DateText,
    withdrawn: z.boolean(),
    recordedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'PriorAuthorisation' });

export const AuthorisationList = z
  .object({ data: z.array(AuthorisationView) })
  .meta({ id: 'PriorAuthorisationList' });

export const CreateAuthorisation = z
  .strictObject({
    number: text(100),
    drugId: Id.optional(),
    ingredientId: Id.optional(),
    atcPrefix: AtcPrefix.optional(),
    quantity: QuantityText.nullish(),
    validFrom: DateText,
    validTo: DateText,
  })
  .refine(
    ({ drugId, ingredientId, atcPrefix }) =>
      [drugId, ingredientId, atcPrefix].filter((one) => one !== undefined).length === 1,
    { path: ['drugId'], message: 'must be about one product, ingredient or class' },
  )
  .meta({ id: 'CreatePriorAuthorisation' });

export const UpdateAuthorisation = z
  .strictObject({
    version: z.int().min(1),
    withdrawn: z.boolean().optional(),
    validTo: DateText.optional(),
    quantity: QuantityText.nullish(),
  })
  .meta({ id: 'UpdatePriorAuthorisation' });
