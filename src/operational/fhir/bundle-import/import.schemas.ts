import { z } from 'zod';

import {
  AllergyIntolerance,
  CodeableConcept,
  Condition,
  Identifier,
  lenient,
  MedicationUse,
  Period,
  short,
  words,
} from '../reading/fhir.schemas.js';

/** Resources as the import reads them: a field in another shape counts as absent, and the report says what was not kept. */

/** A list of which the readable items count, the first `max` of them. */
const each = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(z.unknown())
    .transform((items) =>
      items.slice(0, max).flatMap((one): z.output<Item>[] => {
        const read = item.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    )
    .optional()
    .catch(undefined);

export const HumanName = z.object({
  use: short,
  text: words,
  family: words,
  given: each(z.string().min(1).max(500), 10),
});
const ContactPoint = z.object({ system: short, use: short, value: short });

export const PersonResource = z.object({
  id: short,
  identifier: each(Identifier, 100),
  active: lenient(z.boolean()),
  name: each(HumanName, 50),
  telecom: each(ContactPoint, 50),
  gender: short,
  birthDate: short,
  deceasedBoolean: lenient(z.boolean()),
  deceasedDateTime: short,
  address: each(z.looseObject({}), 50),
  communication: each(z.object({ language: lenient(CodeableConcept), preferred: lenient(z.boolean()) }), 20),
  qualification: each(z.object({ identifier: each(Identifier, 20), code: lenient(CodeableConcept) }), 20),
});

export const AllergyResource = AllergyIntolerance.extend({
  identifier: each(Identifier, 50),
  criticality: short,
  reaction: each(
    z.object({
      substance: lenient(CodeableConcept),
      manifestation: each(CodeableConcept, 20),
      description: words,
      severity: short,
    }),
    50,
  ),
});

export const ConditionResource = Condition.extend({
  identifier: each(Identifier, 50),
  onsetDateTime: short,
  onsetPeriod: lenient(Period),
  abatementDateTime: short,
  abatementPeriod: lenient(Period),
  abatementString: words,
  abatementBoolean: lenient(z.boolean()),
  abatementAge: lenient(z.looseObject({})),
});

export const MedicineResource = MedicationUse.extend({
  identifier: each(Identifier, 50),
  authoredOn: short,
  dateWritten: short,
  effectiveDateTime: short,
  effectivePeriod: lenient(Period),
  authorizingPrescription: each(z.looseObject({}), 20),
});

export type PersonResource = z.output<typeof PersonResource>;
export type AllergyResource = z.output<typeof AllergyResource>;
export type ConditionResource = z.output<typeof ConditionResource>;
export type MedicineResource = z.output<typeof MedicineResource>;
export type HumanName = z.output<typeof HumanName>;
