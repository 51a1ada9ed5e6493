import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import {
  ChangedVersion,
  changesSomething,
  EgfrText,
  EvidenceField,
  Icd10,
  isBand,
  isWeightBand,
  LimitText,
  Months,
  RuleCode,
  RuleFields,
  Source,
  SubjectView,
  WeightText,
  Words,
} from '../rules/rule.schemas.js';

const Unit = z.enum(['mg', 'mcg', 'g', 'ml', 'iu']);

export const DosageGuidelineView = z
  .object({
    ...RuleFields,
    subject: SubjectView,
    route: z.string().nullable(),
    ageMinMonths: z.int().nullable(),
    ageMaxMonths: z.int().nullable(),
    form: z.string().nullable(),
    indicationIcd10: z.string().nullable(),
    indicationName: z.string().nullable(),
    weightMinKg: z.string().nullable(),
    weightMaxKg: z.string().nullable(),
    egfrBelow: z.string().nullable(),
    maxSingleDose: z.string().nullable(),
    maxSinglePerKg: z.string().nullable(),
    maxDailyDose: z.string().nullable(),
    maxDailyPerKg: z.string().nullable(),
    maxCourseDose: z.string().nullable(),
    maxFrequencyPerDay: z.string().nullable(),
    unit: Unit,
    maxDurationDays: z.int().nullable(),
    evidence: EvidenceField,
    message: z.string(),
    management: z.string().nullable(),
  })
  .meta({ id: 'DosageGuideline' });

export const DosageGuidelinePage = pageOf(DosageGuidelineView).meta({ id: 'DosageGuidelinePage' });

export const DosageGuidelineVersions = z
  .object({ data: z.array(DosageGuidelineView) })
  .meta({ id: 'DosageGuidelineVersions' });

/** Dose limits are of ingredients; a group has no common dose. */
const DoseSubject = z.strictObject({ ingredientId: Id });

const Limits = {
  route: text(100).nullish(),
  ageMinMonths: Months.nullish(),
  ageMaxMonths: Months.nullish(),
  form: text(100).nullish(),
  /** The limit is for patients with this condition. */
  indicationIcd10: Icd10.nullish(),
  indicationName: text(300).nullish(),
  weightMinKg: WeightText.nullish(),
  weightMaxKg: WeightText.nullish(),
  /** Renal adjustment: the limit is for patients below this. */
  egfrBelow: EgfrText.nullish(),
  maxSingleDose: LimitText.nullish(),
  maxSinglePerKg: LimitText.nullish(),
  maxDailyDose: LimitText.nullish(),
  maxDailyPerKg: LimitText.nullish(),
  maxCourseDose: LimitText.nullish(),
  maxFrequencyPerDay: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a number of doses such as "4"')
    .refine((value) => /[1-9]/.test(value), 'must be more than zero')
    .nullish(),
  management: Words.nullish(),
  maxDurationDays: z.int().min(1).max(3660).nullish(),
};

export const CreateDosageGuideline = z
  .strictObject({
    code: RuleCode.optional(),
    subject: DoseSubject,
    ...Limits,
    unit: Unit,
    evidence: EvidenceField.default('established'),
    message: Words,
    source: Source,
  })
  .refine(
    (rule) =>
      Boolean(
        rule.maxSingleDose ??
        rule.maxSinglePerKg ??
        rule.maxDailyDose ??
        rule.maxDailyPerKg ??
        rule.maxCourseDose ??
        rule.maxFrequencyPerDay ??
        rule.maxDurationDays,
      ),
    { path: ['maxDailyDose'], message: 'at least one limit is needed' },
  )
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .refine(isWeightBand, { path: ['weightMaxKg'], message: 'must be above weightMinKg' })
  .refine(({ indicationIcd10, indicationName }) => !indicationName || indicationIcd10, {
    path: ['indicationIcd10'],
    message: 'an indication in words needs its code',
  })
  .meta({ id: 'CreateDosageGuideline' });

export const UpdateDosageGuideline = z
  .strictObject({
    version: ChangedVersion,
    ...Limits,
    unit: Unit.optional(),
    evidence: EvidenceField.optional(),
    message: Words.optional(),
    source: Source.optional(),
  })
  .refine(changesSomething, 'must change something')
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .refine(isWeightBand, { path: ['weightMaxKg'], message: 'must be above weightMinKg' })
  .meta({ id: 'UpdateDosageGuideline' });
