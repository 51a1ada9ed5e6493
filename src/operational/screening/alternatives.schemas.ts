import { z } from 'zod';

import { Id } from '../../platform/http/schemas.js';
import { NEARNESS, offeredFields } from '../../reference/drugs/offered.types.js';
import { AlertFields, ClinicalCheck, NotCheckedView } from './screening.schemas.js';

/** The same person and medicines as a clinical check, and which of the products is to be given up. */
export const ClinicalAlternatives = ClinicalCheck.safeExtend({
  /** One of `drugs`. */
  insteadOf: Id,
  /** A prescription of the patient for this product: what is about to be replaced is not taken for taken already. */
  prescriptionId: Id.optional(),
  /** Only what is sold without a prescription. */
  otcOnly: z.boolean().optional(),
})
  .refine(({ drugs, insteadOf }) => drugs.some(({ drugId }) => drugId === insteadOf), {
    path: ['insteadOf'],
    message: 'must be the drugId of one of drugs',
  })
  .refine(({ patientId, prescriptionId }) => prescriptionId === undefined || patientId !== undefined, {
    path: ['prescriptionId'],
    message: 'a prescription is of a patient on record: give patientId',
  })
  .meta({ id: 'ClinicalAlternativesQuery' });

export const ClinicalAlternativesResult = z
  .object({
    /** Best choice first. */
    data: z.array(
      z.object({
        ...offeredFields,
        ingredients: z.array(z.string()),
        sameRoute: z.boolean(),
        /** class: same ATC level 4 class; group: same level 3; purpose: another class given for the same purpose. */
        nearness: z.enum(NEARNESS),
        atcCode: z.string(),
        atcName: z.string().nullable(),
        /** What it would raise that does not stop. */
        alerts: z.array(z.object(AlertFields)),
        /** What could not be checked about it or about the patient. */
        notChecked: z.array(NotCheckedView),
      }),
    ),
    meta: z.object({
      /** Products screened, one of each content and route. */
      screened: z.int(),
      /** Of these: would stop as well. */
      stopping: z.int(),
      /** Of these: could not be judged, their ingredients not being known. */
      unjudged: z.int(),
      /** False: there were more than are screened or shown. */
      isComplete: z.boolean(),
      /** False: no ATC class is known of the product, so nothing could be looked for. */
      classIsKnown: z.boolean(),
    }),
  })
  .meta({ id: 'ClinicalAlternatives' });
export type ClinicalAlternativesResult = z.output<typeof ClinicalAlternativesResult>;
