import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import {
  ChangedVersion,
  changesSomething,
  isBand,
  LimitText,
  Months,
  RuleCode,
  RuleFields,
  Source,
  SubjectView,
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
    maxSingleDose: z.string().nullable(),
    maxDailyDose: z.string().nullable(),
    maxDailyPerKg: z.string().nullable(),
    unit: Unit,
    maxDurationDays: z.int().nullable(),
    message: z.string(),
  })
  .meta({ id: 'DosageGuideline' });

export const DosageGuidelinePage = pageOf(DosageGuidelineView).meta({ id: 'DosageGuidelinePage' });

/** Dose limits are of ingredients; a group has no common dose. */
const DoseSubject = z.strictObject({ ingredientId: Id });

const Limits = {
  route: text(100).nullish(),
  ageMinMonths: Months.nullish(),
  ageMaxMonths: Months.nullish(),
  maxSingleDose: LimitText.nullish(),
  maxDailyDose: LimitText.nullish(),
  maxDailyPerKg: LimitText.nullish(),
  maxDurationDays: z.int().min(1).max(3660).nullish(),
};

export const CreateDosageGuideline = z
  .strictObject({
    code: RuleCode.optional(),
    subject: DoseSubject,
    ...Limits,
    unit: Unit,
    message: Words,
    source: Source,
  })
  .refine(
    (rule) => Boolean(rule.maxSingleDose ?? rule.maxDailyDose ?? rule.maxDailyPerKg ?? rule.maxDurationDays),
    { path: ['maxDailyDose'], message: 'at least one limit is needed' },
  )
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .meta({ id: 'CreateDosageGuideline' });

export const UpdateDosageGuideline = z
  .strictObject({
    version: ChangedVersion,
    ...Limits,
    unit: Unit.optional(),
    message: Words.optional(),
    source: Source.optional(),
  })
  .refine(changesSomething, 'must change something')
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .meta({ id: 'UpdateDosageGuideline' });
