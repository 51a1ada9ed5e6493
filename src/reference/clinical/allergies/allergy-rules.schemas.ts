import { z } from 'zod';

import { pageOf } from '../../../platform/http/schemas.js';
import {
  ChangedVersion,
  changesSomething,
  EvidenceField,
  IngredientSubject,
  RuleCode,
  RuleFields,
  SeverityField,
  Source,
  SubjectView,
  Words,
} from '../rules/rule.schemas.js';

export const AllergyRuleView = z
  .object({
    ...RuleFields,
    allergen: SubjectView,
    cross: SubjectView,
    severity: SeverityField,
    evidence: EvidenceField,
    message: z.string(),
    management: z.string(),
  })
  .meta({ id: 'AllergyRule' });

export const AllergyRulePage = pageOf(AllergyRuleView).meta({ id: 'AllergyRulePage' });

export const AllergyRuleVersions = z
  .object({ data: z.array(AllergyRuleView) })
  .meta({ id: 'AllergyRuleVersions' });

export const CreateAllergyRule = z
  .strictObject({
    code: RuleCode.optional(),
    allergen: IngredientSubject,
    cross: IngredientSubject,
    severity: SeverityField,
    evidence: EvidenceField,
    message: Words,
    management: Words,
    source: Source,
  })
  .meta({ id: 'CreateAllergyRule' });

export const UpdateAllergyRule = z
  .strictObject({
    version: ChangedVersion,
    allergen: IngredientSubject.optional(),
    cross: IngredientSubject.optional(),
    severity: SeverityField.optional(),
    evidence: EvidenceField.optional(),
    message: Words.optional(),
    management: Words.optional(),
    source: Source.optional(),
  })
  .refine(changesSomething, 'must change something')
  .meta({ id: 'UpdateAllergyRule' });
