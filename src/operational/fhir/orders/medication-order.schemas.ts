import { z } from 'zod';

import { CodeableConcept, Dosage, Identifier, list, Quantity, Reference } from '../reading/fhir.schemas.js';

const text = (max: number) => z.string().max(max);

/**
 * A MedicationRequest that asks for a prescription to be entered. FHIR is open: what is not named is passed over, but
 * for what changes the meaning (modifierExtension, doNotPerform, implicitRules), which is looked at to be refused.
 */
export const MedicationOrder = z
  .looseObject({
    resourceType: z.literal('MedicationRequest'),
    implicitRules: z.unknown().optional(),
    modifierExtension: z.array(z.unknown()).optional(),
    status: text(100),
    intent: text(100),
    doNotPerform: z.boolean().optional(),
    subject: Reference,
    requester: Reference.optional(),
    medicationCodeableConcept: CodeableConcept.optional(),
    medicationReference: Reference.optional(),
    identifier: list(Identifier, 20),
    authoredOn: text(40).optional(),
    dosageInstruction: z.array(Dosage).max(20).optional(),
    dispenseRequest: z
      .object({
        quantity: Quantity.optional(),
        expectedSupplyDuration: Quantity.optional(),
        numberOfRepeatsAllowed: z.int().min(0).max(99).optional(),
      })
      .optional(),
    substitution: z.object({ allowedBoolean: z.boolean().optional() }).optional(),
    note: z
      .array(z.object({ text: text(2000).optional() }))
      .max(20)
      .optional(),
  })
  .meta({ id: 'FhirMedicationRequest' });

export type MedicationOrder = z.output<typeof MedicationOrder>;
