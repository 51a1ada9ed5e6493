import { randomUUID } from 'node:crypto';

import { z } from 'zod';

/** The patient of every call a test makes. */
export const PATIENT_ID = 'pat-1';
const SUBJECT = { reference: `Patient/${PATIENT_ID}` };

export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const SNOMED = 'http://snomed.info/sct';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10';

type Fhir = Record<string, unknown> & { resourceType: string };

/** A medicine by its words, or by a code. */
export const concept = (text: string, code?: [system: string, code: string]) => ({
  ...(code ? { coding: [{ system: code[0], code: code[1], display: text }] } : {}),
  text,
});

/** Directions: "500 mg", three times a day, for ten days. */
export function dosage(dose: string, timesADay?: number, days?: number) {
  const [value, unit = ''] = dose.split(' ');
  return [
    {
      doseAndRate: [{ doseQuantity: { value: Number(value), unit } }],
      ...(timesADay === undefined
        ? {}
        : {
            timing: {
              repeat: {
                frequency: timesADay,
                period: 1,
                periodUnit: 'd',
                ...(days === undefined ? {} : { boundsDuration: { value: days, code: 'd' } }),
              },
            },
          }),
    },
  ];
}

/** A draft order of a medicine. */
export const order = (id: string, medicine: object, more: object = {}): Fhir => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'draft',
  intent: 'order',
  subject: SUBJECT,
  medicationCodeableConcept: medicine,
  ...more,
});

/** A record of this patient. */
export const record = (resourceType: string, more: object): Fhir => ({
  resourceType,
  ...(resourceType === 'AllergyIntolerance' ? { patient: SUBJECT } : { subject: SUBJECT }),
  ...more,
});

export const bundle = (...resources: object[]): Fhir => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
});

export const observation = (loinc: string, value: object, more: object = {}): Fhir =>
  record('Observation', {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    ...value,
    ...more,
  });

/** A man of forty without allergies or illness, of whom everything that rules ask was sent; say what is different. */
export function prefetch(values: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    patient: { resourceType: 'Patient', id: PATIENT_ID, gender: 'male', birthDate: '1986-01-15' },
    medications: bundle(),
    allergies: bundle(
      record('AllergyIntolerance', { code: concept('No known allergy', [SNOMED, '716186003']) }),
    ),
    conditions: bundle(),
    observations: bundle(
      observation('29463-7', { valueQuantity: { value: 80, unit: 'kg' } }),
      observation('98979-8', { valueQuantity: { value: 95, unit: 'mL/min/{1.73_m2}' } }),
    ),
    ...values,
  };
}

/** A call of order-sign with these drafts. */
export function signing(drafts: readonly object[], sent: Record<string, unknown> | null = prefetch()) {
  return {
    hook: 'order-sign',
    hookInstance: randomUUID(),
    context: { userId: 'Practitioner/1', patientId: PATIENT_ID, draftOrders: bundle(...drafts) },
    ...(sent === null ? {} : { prefetch: sent }),
  };
}

/** A call of order-select with these drafts, some of them selected ('MedicationRequest/1'). */
export function selecting(
  drafts: readonly object[],
  selections: readonly string[],
  sent: Record<string, unknown> | null = prefetch(),
) {
  const call = signing(drafts, sent);
  return { ...call, hook: 'order-select', context: { ...call.context, selections } };
}

/** Neither null nor empty: the specification prohibits `null`, `""`, `[]` and `{}` as values. */
const filled = z.string().min(1);
const SpecCoding = z.strictObject({ code: filled, system: filled, display: filled.optional() });
const ReasonCoding = SpecCoding.required();

const SpecAction = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('delete'),
    description: filled,
    resourceId: z.string().regex(/^[A-Za-z]+\/.+$/),
  }),
  z.strictObject({
    type: z.enum(['create', 'update']),
    description: filled,
    resource: z.looseObject({ resourceType: filled }),
  }),
]);

/** A card as the specification describes it ("Card Attributes"), written from its tables. */
const SpecCard = z
  .strictObject({
    uuid: z.uuid().optional(),
    summary: filled.refine(
      (text) => [...text].length < 140 && text.length < 140,
      'must be below 140 characters',
    ),
    detail: filled.optional(),
    indicator: z.enum(['info', 'warning', 'critical']),
    source: z.strictObject({
      label: filled,
      url: z.url().optional(),
      icon: z.url().optional(),
      topic: SpecCoding.optional(),
    }),
    suggestions: z
      .array(
        z.strictObject({
          label: filled,
          uuid: filled.optional(),
          isRecommended: z.boolean().optional(),
          actions: z.array(SpecAction).min(1).optional(),
        }),
      )
      .min(1)
      .optional(),
    selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
    overrideReasons: z.array(ReasonCoding).min(1).optional(),
    links: z
      .array(z.strictObject({ label: filled, url: z.url(), type: z.enum(['absolute', 'smart']) }))
      .min(1)
      .optional(),
  })
  .refine((card) => (card.suggestions === undefined) === (card.selectionBehavior === undefined), {
    message: 'suggestions and selectionBehavior go together',
  });

/** The answer of a service: cards may be empty, nothing else may. */
export const SpecResponse = z.strictObject({
  cards: z.array(SpecCard),
  systemActions: z.array(SpecAction).min(1).optional(),
});

export type SpecCard = z.output<typeof SpecCard>;
