import { z } from 'zod';

import { pageOf, text } from '../../../platform/http/schemas.js';
import {
  ChangedVersion,
  changesSomething,
  IngredientSubject,
  isBand,
  LimitText,
  Months,
  RuleCode,
  RuleFields,
  SeverityField,
  Source,
  SubjectView,
  Words,
} from '../rules/rule.schemas.js';

const Kind = z.enum(['condition', 'age', 'pregnancy', 'lactation', 'sex', 'renal', 'hepatic']);
const Sex = z.enum(['male', 'female']);
/** ICD-10 code; a rule covers the code and those below it. */
const Icd10 = z.string().regex(/^[A-Z]\d{2}(\.[0-9A-Z]{1,4})?$/, 'must be an ICD-10 code such as "K25.4"');
const Egfr = LimitText.refine((value) => value.length <= 6, 'must be an eGFR such as "30"');

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
    severity: SeverityField,
    message: z.string(),
    management: z.string(),
  })
  .meta({ id: 'Contraindication' });

export const ContraindicationPage = pageOf(ContraindicationView).meta({ id: 'ContraindicationPage' });

const Criteria = {
  icd10: Icd10.nullish(),
  conditionName: text(300).nullish(),
  sex: Sex.nullish(),
  ageMinMonths: Months.nullish(),
  ageMaxMonths: Months.nullish(),
  egfrBelow: Egfr.nullish(),
};

/** What a rule of each kind cannot do without: a rule that can never be judged is not taken. */
const isJudgeable = (rule: {
  kind: z.output<typeof Kind>;
  icd10?: string | null;
  sex?: string | null;
  ageMinMonths?: number | null;
  ageMaxMonths?: number | null;
  egfrBelow?: string | null;
}): boolean => {
  switch (rule.kind) {
    case 'condition':
    case 'hepatic':
      return Boolean(rule.icd10);
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
    message: Words,
    management: Words,
    source: Source,
  })
  .refine(isJudgeable, {
    path: ['kind'],
    message: 'a rule of this kind must say for whom: icd10, sex, age or egfrBelow',
  })
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .meta({ id: 'CreateContraindication' });

/** The kind of a rule stays; another kind is another rule. */
export const UpdateContraindication = z
  .strictObject({
    version: ChangedVersion,
    subject: IngredientSubject.optional(),
    ...Criteria,
    severity: SeverityField.optional(),
    message: Words.optional(),
    management: Words.optional(),
    source: Source.optional(),
  })
  .refine(changesSomething, 'must change something')
  .refine(isBand, { path: ['ageMaxMonths'], message: 'must be above ageMinMonths' })
  .meta({ id: 'UpdateContraindication' });
