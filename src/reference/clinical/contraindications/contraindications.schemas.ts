import { z } from 'zod';

import { pageOf, text } from '../../../platform/http/schemas.js';
import {
  ChangedVersion,
  changesSomething,
  EgfrText,
  EvidenceField,
  Icd10,
  IngredientSubject,
  isBand,
  isWeightBand,
  Months,
  RuleCode,
  Routes,
  RuleFields,
  SeverityField,
  Source,
  SubjectView,
  WeightText,
  Words,
} from '../rules/rule.schemas.js';

const Kind = z.enum(['condition', 'age', 'pregnancy', 'lactation', 'sex', 'renal', 'hepatic']);
const Sex = z.enum(['male', 'female']);
const ChildPugh = z.enum(['A', 'B', 'C']);
const Trimesters = z.array(z.int().min(1).max(3)).min(1).max(3);
const Forms = z.array(text(100)).min(1).max(20);

export const ContraindicationView = z
  .object({
    ...RuleFields,
    subject: SubjectView,
    kind: Kind,
    icd10: z.string().nullable(),
    conditionName: z.string().nullable(),
    sex: Sex.nullable(),
    ageMinMonths: z.int().nullable(),
    ageMaxMonths: z.int().nullable(),
    egfrBelow: z.string().nullable(),
    childPughFrom: ChildPugh.nullable(),
    trimesters: z.array(z.int()).nullable(),
    weightMinKg: z.string().nullable(),
    weightMaxKg: z.string().nullable(),
    routes: z.array(z.string()).nullable(),
    forms: z.array(z.string()).nullable(),
    severity: SeverityField,
    evidence: EvidenceField,
    message: z.string(),
    management: z.string(),
  })
  .meta({ id: 'Contraindication' });

export const ContraindicationPage = pageOf(ContraindicationView).meta({ id: 'ContraindicationPage' });

export const ContraindicationVersions = z
  .object({ data: z.array(ContraindicationView) })
  .meta({ id: 'ContraindicationVersions' });

const Criteria = {
  icd10: Icd10.nullish(),
  conditionName: text(300).nullish(),
  sex: Sex.nullish(),
  ageMinMonths: Months.nullish(),
  ageMaxMonths: Months.nullish(),
  egfrBelow: EgfrText.nullish(),
  childPughFrom: ChildPugh.nullish(),
  trimesters: Trimesters.nullish(),
  weightMinKg: WeightText.nullish(),
  weightMaxKg: WeightText.nullish(),
  routes: Routes.nullish(),
  forms: Forms.nullish(),
};

/** What a rule of each kind cannot do without: a rule that can never be judged is not taken. */
const isJudgeable = (rule: {
  kind: z.output<typeof Kind>;
  icd10?: string | null;
  sex?: string | null;
  ageMinMonths?: number | null;
  ageMaxMonths?: number | null;
  egfrBelow?: string | null;
  childPughFrom?: string | null;
  trimesters?: readonly number[] | null;
}): boolean => {
  if (rule.trimesters && rule.kind !== 'pregnancy') return false;
  if (rule.childPughFrom && rule.kind !== 'hepatic') return false;
  switch (rule.kind) {
    case 'condition':
      return Boolean(rule.icd10);
    case 'hepatic':
      return Boolean(rule.icd10 ?? rule.childPughFrom);
    case 'renal':
      return Boolean(rule.icd10 ?? rule.egfrBelow);
    case 'age':
      return (rule.ageMinMonths ?? rule.ageMaxMonths ?? null) !== null;
    case 'sex':
      return Boolean(rule.sex);
    case 'pregnancy':
    case 'lactation':
      return true;
  }
};

export const CreateContraindication = z
  .strictObject({
    code: RuleCode.optional(),
    subject: IngredientSubject,
    kind: Kind,
    ...Criteria,
    severity: SeverityField,
    evidence: EvidenceField.default('established'),
    message: Words,
    management: Words,
    source: Source,
  })
  .refine(isJudgeable, {
    path: ['kind'],
    message:
      'a rule of this kind must say for whom: icd10, sex, age, egfrBelow or childPughFrom, and trimesters are of pregnancy',
  })
  .refine(isWeightBand, { path: ['weightMaxKg'], message: 'must be above weightMinKg' })
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .meta({ id: 'CreateContraindication' });

/** The kind of a rule stays; another kind is another rule. */
export const UpdateContraindication = z
  .strictObject({
    version: ChangedVersion,
    subject: IngredientSubject.optional(),
    ...Criteria,
    severity: SeverityField.optional(),
    evidence: EvidenceField.optional(),
    message: Words.optional(),
    management: Words.optional(),
    source: Source.optional(),
  })
  .refine(changesSomething, 'must change something')
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .refine(isWeightBand, { path: ['weightMaxKg'], message: 'must be above weightMinKg' })
  .meta({ id: 'UpdateContraindication' });
