import { z } from 'zod';

/**
 * The part of FHIR R4 that screening can use, and the older spellings of it (DSTU2, STU3) where reading them costs a word.
 * FHIR is open: what is not named here is dropped. A field that is there in another shape counts as absent, since a
 * record with an odd field is better screened in part, and said so, than not at all. Every text and list is bounded.
 */
export const lenient = <Shape extends z.ZodType>(shape: Shape) => shape.optional().catch(undefined);

export const short = lenient(z.string().min(1).max(500));
export const words = lenient(z.string().min(1).max(4000));
export const list = <Item extends z.ZodType>(item: Item, max: number) => lenient(z.array(item).max(max));

export const Coding = z.object({ system: short, code: short, display: words });
export const CodeableConcept = z.object({ coding: list(Coding, 50), text: words });
export const Identifier = z.object({
  use: short,
  type: lenient(CodeableConcept),
  system: short,
  value: short,
});
export const Reference = z.object({
  reference: lenient(z.string().min(1).max(2000)),
  type: short,
  identifier: lenient(Identifier),
  display: words,
});
export const Quantity = z.object({
  value: lenient(z.number()),
  comparator: short,
  unit: short,
  system: short,
  code: short,
});

/** A status was a bare code before R4. */
const Status = lenient(z.union([z.string().max(100), CodeableConcept]));

const Ratio = z.object({ numerator: lenient(Quantity), denominator: lenient(Quantity) });
const Range = z.object({ low: lenient(Quantity), high: lenient(Quantity) });

export const Medication = z.object({
  resourceType: z.literal('Medication'),
  id: short,
  code: lenient(CodeableConcept),
  ingredient: list(
    z.object({
      itemCodeableConcept: lenient(CodeableConcept),
      itemReference: lenient(Reference),
      strength: lenient(Ratio),
    }),
    20,
  ),
});

const Repeat = z.object({
  boundsDuration: lenient(Quantity),
  boundsRange: lenient(Range),
  boundsPeriod: lenient(z.object({ start: short, end: short })),
  frequency: lenient(z.number()),
  frequencyMax: lenient(z.number()),
  period: lenient(z.number()),
  periodUnit: short,
  /** DSTU2. */
  periodUnits: short,
  timeOfDay: list(z.string().max(20), 48),
  when: list(z.string().max(20), 48),
});

const DoseAndRate = z.object({ doseQuantity: lenient(Quantity), doseRange: lenient(Range) });

export const Period = z.object({ start: short, end: short });

export const Dosage = z.object({
  sequence: lenient(z.int()),
  text: words,
  patientInstruction: words,
  asNeededBoolean: lenient(z.boolean()),
  asNeededCodeableConcept: lenient(CodeableConcept),
  route: lenient(CodeableConcept),
  timing: lenient(z.object({ repeat: lenient(Repeat), code: lenient(CodeableConcept) })),
  // A list in R4; examples of the specification have one without the brackets.
  doseAndRate: lenient(z.union([z.array(DoseAndRate).max(20), DoseAndRate])),
  /** STU3 and DSTU2. */
  doseQuantity: lenient(Quantity),
  doseRange: lenient(Range),
  maxDosePerPeriod: lenient(Ratio),
});

/** An order for a medicine, or a record that one is taken. */
export const MedicationUse = z.object({
  resourceType: z.enum(['MedicationRequest', 'MedicationOrder', 'MedicationStatement', 'MedicationDispense']),
  id: short,
  status: short,
  intent: short,
  doNotPerform: lenient(z.boolean()),
  medicationCodeableConcept: lenient(CodeableConcept),
  medicationReference: lenient(Reference),
  contained: list(z.unknown(), 50),
  subject: lenient(Reference),
  patient: lenient(Reference),
  dosageInstruction: list(Dosage, 20),
  dosage: list(Dosage, 20),
  dispenseRequest: lenient(z.object({ expectedSupplyDuration: lenient(Quantity) })),
  priorPrescription: lenient(Reference),
  daysSupply: lenient(Quantity),
  whenPrepared: short,
  whenHandedOver: short,
});

export const Patient = z.object({
  resourceType: z.literal('Patient'),
  id: short,
  gender: short,
  birthDate: short,
});

export const AllergyIntolerance = z.object({
  resourceType: z.literal('AllergyIntolerance'),
  clinicalStatus: Status,
  verificationStatus: Status,
  code: lenient(CodeableConcept),
  patient: lenient(Reference),
  reaction: list(z.object({ substance: lenient(CodeableConcept) }), 50),
});

export const Condition = z.object({
  resourceType: z.literal('Condition'),
  clinicalStatus: Status,
  verificationStatus: Status,
  code: lenient(CodeableConcept),
  subject: lenient(Reference),
  patient: lenient(Reference),
});

export const Observation = z.object({
  resourceType: z.literal('Observation'),
  status: short,
  code: lenient(CodeableConcept),
  subject: lenient(Reference),
  effectiveDateTime: short,
  effectivePeriod: lenient(z.object({ start: short, end: short })),
  issued: short,
  valueQuantity: lenient(Quantity),
  valueCodeableConcept: lenient(CodeableConcept),
  valueBoolean: lenient(z.boolean()),
});
