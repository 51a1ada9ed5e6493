import { z } from 'zod';

import { pageOf, text } from '../../../platform/http/schemas.js';
import {
  AnySubject,
  ChangedVersion,
  changesSomething,
  EvidenceField,
  RuleCode,
  RuleFields,
  Routes,
  SeverityField,
  Source,
  SubjectView,
  Words,
} from '../rules/rule.schemas.js';

export const InteractionView = z
  .object({
    ...RuleFields,
    a: SubjectView,
    b: SubjectView,
    aRoutes: z.array(z.string()).nullable(),
    bRoutes: z.array(z.string()).nullable(),
    severity: SeverityField,
    mechanism: z.string(),
    description: z.string(),
    management: z.string(),
    evidence: EvidenceField,
  })
  .meta({ id: 'Interaction' });

export const InteractionPage = pageOf(InteractionView).meta({ id: 'InteractionPage' });

export const InteractionVersions = z
  .object({ data: z.array(InteractionView) })
  .meta({ id: 'InteractionVersions' });

export const CreateInteraction = z
  .strictObject({
    code: RuleCode.optional(),
    a: AnySubject,
    b: AnySubject,
    aRoutes: Routes.nullish(),
    bRoutes: Routes.nullish(),
    severity: SeverityField,
    mechanism: text(1000, 0).default(''),
    description: Words,
    management: Words,
    evidence: EvidenceField,
    source: Source,
  })
  .meta({ id: 'CreateInteraction' });

export const UpdateInteraction = z
  .strictObject({
    version: ChangedVersion,
    a: AnySubject.optional(),
    b: AnySubject.optional(),
    aRoutes: Routes.nullish(),
    bRoutes: Routes.nullish(),
    severity: SeverityField.optional(),
    mechanism: text(1000, 0).optional(),
    description: Words.optional(),
    management: Words.optional(),
    evidence: EvidenceField.optional(),
    source: Source.optional(),
  })
  .refine(changesSomething, 'must change something')
  .refine(({ a, b }) => (a === undefined) === (b === undefined), {
    path: ['b'],
    message: 'both sides change together',
  })
  .meta({ id: 'UpdateInteraction' });
