import { z } from 'zod';

import { Id, Instant, Paging, text } from '../../../platform/http/schemas.js';

/** Pieces the four rule resources share. */

const GroupCode = z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be a group code such as "nsaids"');

/** What an ingredient rule is about. */
export const IngredientSubject = z.union([
  z.strictObject({ ingredientId: Id }),
  z.strictObject({ groupCode: GroupCode }),
]);

/** What an interaction is about: also one product. */
export const AnySubject = z.union([
  z.strictObject({ drugId: Id }),
  z.strictObject({ ingredientId: Id }),
  z.strictObject({ groupCode: GroupCode }),
]);
export type RuleSubject = z.output<typeof AnySubject>;

export const SubjectView = z.object({
  kind: z.enum(['drug', 'ingredient', 'group']),
  id: Id,
  name: z.string(),
  groupCode: z.string().nullable(),
});

export const SeverityField = z.enum(['contraindicated', 'major', 'moderate', 'minor']);
export const EvidenceField = z.enum(['established', 'probable', 'suspected']);

/** Current rules, or those that were closed and have no current version. */
const listed = {
  ...Paging,
  q: text(100).optional(),
  status: z.enum(['current', 'ended']).default('current'),
};
/** Dose limits have no severity. */
export const DoseRuleQuery = z.strictObject(listed);
export const RuleQuery = z.strictObject({ ...listed, severity: SeverityField.optional() });

/** Stable name of a rule over its versions; made up by the server when left out. */
export const RuleCode = text(200);

export const Words = text(1000);
/** Where a rule comes from: a rule without a source is not taken. */
export const Source = text(500);

/** Age in months, up to 150 years. */
export const Months = z.int().min(0).max(1800);

/** A limit as a decimal string, more than zero. */
export const LimitText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be a number such as "4000"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');

/** Body weight in kg, up to 700, two places. */
export const WeightText = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a weight in kg such as "12.5"')
  .refine((value) => Number(value) <= 700, 'must be at most 700');

/** eGFR in mL/min/1.73 m². */
export const EgfrText = LimitText.refine(
  (value) => /^\d{1,3}(\.\d{1,2})?$/.test(value),
  'must be an eGFR such as "30"',
);

/** ICD-10 code; a rule covers the code and those below it. */
export const Icd10 = z
  .string()
  .regex(/^[A-Z]\d{2}(\.[0-9A-Z]{1,4})?$/, 'must be an ICD-10 code such as "K25.4"');

/** Routes a rule holds for: names of routes, or any, systemic, local. */
export const Routes = z
  .array(text(100).transform((route) => route.toLowerCase()))
  .min(1)
  .max(20);

/** Fields every rule is shown with. */
export const RuleFields = {
  id: Id,
  code: z.string(),
  version: z.int(),
  source: z.string(),
  validFrom: Instant,
  /** Null: it is the current version. */
  validTo: Instant.nullable(),
};

/** A change names the version it is of. */
export const ChangedVersion = z.int().min(1);

/** Ends a rule: names the version that is thought to be the last. */
export const CloseRule = z.strictObject({ version: ChangedVersion }).meta({ id: 'CloseClinicalRule' });

/** True when a change changes something: the version alone does not. */
export const changesSomething = (input: object): boolean =>
  Object.entries(input).some(([name, value]) => name !== 'version' && value !== undefined);

/** True when the weights are a band: the lower end below the upper. */
export const isWeightBand = (input: { weightMinKg?: string | null; weightMaxKg?: string | null }): boolean =>
  !input.weightMinKg || !input.weightMaxKg || Number(input.weightMinKg) < Number(input.weightMaxKg);

/** True when the band is one: the lower end below the upper. */
export const isBand = (input: { ageMinMonths?: number | null; ageMaxMonths?: number | null }): boolean =>
  input.ageMinMonths === null ||
  input.ageMinMonths === undefined ||
  input.ageMaxMonths === null ||
  input.ageMaxMonths === undefined ||
  input.ageMinMonths < input.ageMaxMonths;

const Firings = z.object({ screenings: z.int(), patients: z.int(), stops: z.int() });

/** What a change of a rule would have fired. */
export const RulePreviewView = z
  .object({
    months: z.int(),
    judged: z.int(),
    isComplete: z.boolean(),
    before: Firings.nullable(),
    after: Firings,
    examples: z.array(z.string()),
  })
  .meta({ id: 'RulePreview' });
