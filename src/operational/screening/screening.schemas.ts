import { z } from 'zod';

import { DateText, Id, text } from '../../platform/http/schemas.js';

/** A decimal as JSON number or string, at most `max`. Zero is refused unless allowed. */
const decimal = (max: number, example: string, zeroAllowed = false) =>
  z
    .union([z.string().trim(), z.number()])
    .transform(String)
    .refine((value) => {
      const [, whole] = /^(\d{1,9})(?:\.\d{1,6})?$/.exec(value) ?? [];
      return whole !== undefined && BigInt(whole) < max && (zeroAllowed || /[1-9]/.test(value));
    }, `must be a number such as "${example}", below ${max}`);

const ICD10 = /^[A-Z]\d{2}(\.[0-9A-Z]{1,4})?$/;

/** An allergy by ingredient id, by name (of an ingredient or group), by group code, or in words; a bare string is a name. */
const Allergy = z.union([
  text(300),
  z
    .strictObject({
      ingredientId: Id.optional(),
      groupCode: text(80).optional(),
      ingredient: text(300).optional(),
      text: text(300).optional(),
    })
    .refine((allergy) => Object.values(allergy).filter((value) => value !== undefined).length === 1, {
      message: 'name one of ingredientId, groupCode, ingredient, text',
    }),
]);

/** A condition by ICD-10 code, with or without words, or in words alone; a bare string is either. */
const Condition = z.union([
  text(300),
  z
    .strictObject({
      icd10: z.string().regex(ICD10, 'must be an ICD-10 code such as "K25.4"').nullish(),
      name: text(300).optional(),
    })
    .refine(({ icd10, name }) => Boolean(icd10 ?? name), 'name the condition by icd10 or name'),
]);

const Person = z.strictObject({
  birthDate: DateText.nullish(),
  sex: z.enum(['male', 'female', 'unknown']).nullish(),
  weightKg: decimal(700, '72.5').nullish(),
  /** mL/min/1.73 m². */
  egfr: decimal(300, '60', true).nullish(),
  /** Serum creatinine of today, from which renal function is computed where no measurement is given. */
  creatinine: z.strictObject({ value: decimal(10_000, '88.4'), unit: z.enum(['umol/L', 'mg/dL']) }).nullish(),
  /** Hepatic function. */
  childPugh: z.enum(['A', 'B', 'C']).nullish(),
  pregnant: z.boolean().nullish(),
  /** Of the pregnancy; follows from the due date where that is given. */
  trimester: z.int().min(1).max(3).nullish(),
  /** Day the birth is expected. */
  dueDate: DateText.nullish(),
  lactating: z.boolean().nullish(),
  /** Left out: nobody asked, which is reported. An empty list: asked, none known. */
  allergies: z.array(Allergy).max(100).optional(),
  conditions: z.array(Condition).max(100).default([]),
});

const Medicine = z
  .strictObject({
    drugId: Id.optional(),
    /** Name, synonym or id. A name nobody knows is reported as not checked. */
    ingredient: z.union([Id, text(300)]).optional(),
    ingredientId: Id.optional(),
    dose: decimal(1_000_000_000, '500').optional(),
    unit: text(30).optional(),
    frequencyPerDay: decimal(100, '3').optional(),
    days: z.int().min(1).max(3660).optional(),
  })
  .refine(
    ({ drugId, ingredient, ingredientId }) =>
      [drugId, ingredient, ingredientId].filter((value) => value !== undefined).length === 1,
    'name one of drugId, ingredient, ingredientId',
  )
  .refine(({ dose, unit }) => (dose === undefined) === (unit === undefined), {
    path: ['unit'],
    message: 'dose and unit go together',
  });

/** A clinical check on demand: a patient on record, a person described, or nobody in particular. */
export const ClinicalCheck = z
  .strictObject({
    patientId: Id.optional(),
    patient: Person.optional(),
    drugs: z.array(Medicine).min(1).max(100),
    /** What a person described takes already; of a patient on record it is known. */
    current: z.array(Medicine).max(100).optional(),
  })
  .refine(({ patientId, patient }) => patientId === undefined || patient === undefined, {
    path: ['patient'],
    message: 'give patientId or patient, not both',
  })
  .refine(({ patientId, current }) => patientId === undefined || current === undefined, {
    path: ['current'],
    message: 'what a patient on record takes is known',
  })
  .meta({ id: 'ClinicalCheck' });

const Subject = z.object({
  kind: z.enum(['drug', 'ingredient', 'group', 'allergy', 'condition', 'patient']),
  id: z.int().nullable(),
  name: z.string(),
});

const Kind = z.enum([
  'interaction',
  'allergy',
  'duplicate_ingredient',
  'duplicate_therapy',
  'contraindication',
  'dose',
  'early_refill',
  'look_alike',
]);

export const AlertFields = {
  fingerprint: z.string(),
  kind: Kind,
  severity: z.enum(['contraindicated', 'major', 'moderate', 'minor']),
  subjects: z.array(Subject),
  message: z.string(),
  management: z.string(),
  source: z.string(),
  ruleId: z.int().nullable(),
  ruleCode: z.string().nullable(),
  ruleVersion: z.int().nullable(),
  stops: z.boolean(),
};

export const NotCheckedView = z.object({
  rule: z.union([Kind, z.literal('all')]),
  reason: z.string(),
  subjects: z.array(Subject),
});

export const ClinicalCheckResult = z
  .object({
    alerts: z.array(z.object(AlertFields)),
    notChecked: z.array(NotCheckedView),
  })
  .meta({ id: 'ClinicalCheckResult' });

/** True for a text that is an ICD-10 code. */
export const isIcd10 = (value: string): boolean => ICD10.test(value);
