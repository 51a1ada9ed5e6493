import { z } from 'zod';

import { Id } from '../../platform/http/schemas.js';

const Severity = z.enum(['contraindicated', 'major', 'moderate', 'minor']);
const rule = { id: Id, code: z.string(), version: z.int(), source: z.string() };
/** Through what a rule concerns the product: itself, an ingredient of it, or a group one lies in. */
const Through = z.object({ kind: z.enum(['drug', 'ingredient', 'group']), id: Id, name: z.string() });

/** The current clinical rules that concern a product, gravest first; at most a hundred of each sort. */
export const DrugRules = z
  .object({
    interactions: z.array(
      z.object({
        ...rule,
        severity: Severity,
        through: Through,
        with: Through,
        description: z.string(),
        management: z.string(),
      }),
    ),
    allergies: z.array(
      z.object({
        ...rule,
        severity: Severity,
        through: Through,
        allergen: Through,
        message: z.string(),
        management: z.string(),
      }),
    ),
    contraindications: z.array(
      z.object({
        ...rule,
        severity: Severity,
        through: Through,
        kind: z.string(),
        icd10: z.string().nullable(),
        conditionName: z.string().nullable(),
        message: z.string(),
        management: z.string(),
      }),
    ),
    dosage: z.array(
      z.object({
        ...rule,
        through: Through,
        route: z.string().nullable(),
        ageMinMonths: z.int().nullable(),
        ageMaxMonths: z.int().nullable(),
        maxSingleDose: z.string().nullable(),
        maxDailyDose: z.string().nullable(),
        maxDailyPerKg: z.string().nullable(),
        unit: z.string(),
        maxDurationDays: z.int().nullable(),
        message: z.string(),
      }),
    ),
    meta: z.object({
      /** How many there are of each sort, also beyond those answered. */
      interactions: z.int(),
      allergies: z.int(),
      contraindications: z.int(),
      dosage: z.int(),
      /** What could not be looked up: lines linked to nothing, and mixtures, which no rule can know. */
      notCovered: z.array(z.string()),
    }),
  })
  .meta({ id: 'DrugRules' });
export type DrugRules = z.output<typeof DrugRules>;
