import { createHash } from 'node:crypto';

import type { z } from 'zod';

import { CreateAllergyRule } from '../allergies/allergy-rules.schemas.js';
import { CreateContraindication } from '../contraindications/contraindications.schemas.js';
import { CreateDosageGuideline } from '../dosage/dosage-guidelines.schemas.js';
import { inOrder, isInOrder, subjectKey } from '../interactions/interaction-order.domain.js';
import { CreateInteraction } from '../interactions/interactions.schemas.js';
import { RuleCode } from '../rules/rule.schemas.js';
import type { SubjectIds } from '../rules/versioned-rule.types.js';
import type { CheckedRule, FoundSubject, ImportedRule, RuleFault, RuleKindName } from './rule-sets.types.js';

/** Longest code of a rule. */
const LONGEST_CODE = 200;

/** What a kind makes of a rule whose fields are in order. */
interface Made {
  /** What it is about, where the file gives no code. */
  readonly about: string;
  readonly label: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

type Checked = { readonly ok: CheckedRule } | { readonly faults: readonly RuleFault[] };

const idsOf = ({ ingredientId, groupId }: FoundSubject): SubjectIds => ({
  drugId: null,
  ingredientId,
  groupId,
});

/** A subject as a request names it. */
const asked = ({ ingredientId, groupCode }: FoundSubject): object =>
  groupCode === null ? { ingredientId } : { groupCode };

/** What is stated of a list of criteria, as one text. */
const told = (
  ...criteria: readonly (string | number | readonly (string | number)[] | null | undefined)[]
): string =>
  criteria
    .map((one) => (typeof one === 'object' && one !== null ? one.join(',') : String(one ?? '')))
    .join('|');

/**
 * Checks a rule by the very schema the API checks a new rule by, and makes its row: the sides of an interaction in the one
 * order they are kept in, so that the same rule is the same row however it was written.
 */
export function checkRule(kind: RuleKindName, set: string, rule: ImportedRule): Checked {
  const made = KINDS[kind](rule);
  if ('faults' in made) return made;
  const { about, label, columns } = made.ok;
  const isNamed = rule.code !== undefined && rule.code !== '';
  const name = RuleCode.optional().safeParse(isNamed ? rule.code : undefined);
  if (!name.success) return { faults: [{ field: 'code', reason: 'is no code of at most 200 characters' }] };
  const identity = isNamed && kind !== 'interactions' ? `code:${rule.code}` : about;
  return { ok: { code: codeOf(set, isNamed ? (rule.code ?? '') : about), identity, label, columns } };
}

/** The code of a rule of a set; what is too long is told by its hash. */
function codeOf(set: string, name: string): string {
  const code = `${set}/${name}`;
  return code.length <= LONGEST_CODE ? code : `${set}/${createHash('sha256').update(name).digest('hex')}`;
}

/**
 * The code of a rule that was refused, so that the one in force is not taken for one the file no longer lists. Where only
 * its subject is known it is the beginning of the codes it may have, ending in "@"; undefined: nothing is known.
 */
export function refusedCode(
  kind: RuleKindName,
  set: string,
  { code, subjects }: Pick<ImportedRule, 'code' | 'subjects'>,
): string | undefined {
  if (code !== undefined && code !== '') return codeOf(set, code);
  const [first, second] = subjects.map((subject) => subjectKey(idsOf(subject)));
  switch (kind) {
    case 'interactions':
      return first === undefined || second === undefined
        ? undefined
        : codeOf(set, first <= second ? `${first}+${second}` : `${second}+${first}`);
    case 'allergies':
      return first === undefined || second === undefined ? undefined : codeOf(set, `${first}>${second}`);
    case 'contraindications':
    case 'dosage':
      return first === undefined ? undefined : `${set}/${first}@`;
  }
}

type Making = { readonly ok: Made } | { readonly faults: readonly RuleFault[] };

/** Reads the fields by a schema; faults are told by the field, or the subject, they are in. */
function read<Schema extends z.ZodType>(
  schema: Schema,
  input: object,
  make: (rule: z.output<Schema>) => Made,
): Making {
  const result = schema.safeParse(input);
  if (result.success) return { ok: make(result.data) };
  return {
    faults: result.error.issues.map((issue) => ({
      field: String(issue.path[0] ?? ''),
      reason: `is not usable: ${issue.message}`,
    })),
  };
}

const KINDS: Readonly<Record<RuleKindName, (rule: ImportedRule) => Making>> = {
  interactions({ subjects: [a, b], fields }) {
    if (!a || !b) return { faults: [{ field: 'b', reason: 'is missing' }] };
    if (a.ingredientId !== null && a.ingredientId === b.ingredientId)
      return { faults: [{ field: 'b', reason: 'is the same ingredient as the other side' }] };
    return read(CreateInteraction, { ...fields, a: asked(a), b: asked(b) }, (rule) => {
      const sides = inOrder(
        { ...idsOf(a), routes: rule.aRoutes ?? null },
        { ...idsOf(b), routes: rule.bRoutes ?? null },
      );
      const [first, second] = isInOrder(idsOf(a), idsOf(b)) ? [a, b] : [b, a];
      return {
        about: `${subjectKey(idsOf(first))}+${subjectKey(idsOf(second))}`,
        label: `${first.name} + ${second.name}`,
        columns: {
          drug_a_id: null,
          ingredient_a_id: sides.ingredientAId,
          group_a_id: sides.groupAId,
          drug_b_id: null,
          ingredient_b_id: sides.ingredientBId,
          group_b_id: sides.groupBId,
          routes_a: sides.routesA,
          routes_b: sides.routesB,
          severity: rule.severity,
          mechanism: rule.mechanism,
          description: rule.description,
          management: rule.management,
          evidence: rule.evidence,
          source: rule.source,
        },
      };
    });
  },

  allergies({ subjects: [allergen, cross], fields }) {
    if (!allergen || !cross) return { faults: [{ field: 'cross', reason: 'is missing' }] };
    return read(CreateAllergyRule, { ...fields, allergen: asked(allergen), cross: asked(cross) }, (rule) => ({
      about: `${subjectKey(idsOf(allergen))}>${subjectKey(idsOf(cross))}`,
      label: `${allergen.name} > ${cross.name}`,
      columns: {
        allergen_ingredient_id: allergen.ingredientId,
        allergen_group_id: allergen.groupId,
        cross_ingredient_id: cross.ingredientId,
        cross_group_id: cross.groupId,
        severity: rule.severity,
        evidence: rule.evidence,
        message: rule.message,
        management: rule.management,
        source: rule.source,
      },
    }));
  },

  contraindications({ subjects: [subject], fields }) {
    if (!subject) return { faults: [{ field: 'subject', reason: 'is missing' }] };
    return read(CreateContraindication, { ...fields, subject: asked(subject) }, (rule) => ({
      about: `${subjectKey(idsOf(subject))}@${told(
        rule.kind,
        rule.icd10,
        rule.sex,
        rule.ageMinMonths,
        rule.ageMaxMonths,
        rule.egfrBelow,
        rule.childPughFrom,
        rule.trimesters,
        rule.weightMinKg,
        rule.weightMaxKg,
        rule.routes,
        rule.forms,
      )}`,
      label: `${subject.name}: ${rule.conditionName ?? rule.icd10 ?? rule.kind}`,
      columns: {
        ingredient_id: subject.ingredientId,
        group_id: subject.groupId,
        kind: rule.kind,
        icd10: rule.icd10 ?? null,
        condition_name: rule.conditionName ?? null,
        sex: rule.sex ?? null,
        age_min_months: rule.ageMinMonths ?? null,
        age_max_months: rule.ageMaxMonths ?? null,
        egfr_below: rule.egfrBelow ?? null,
        child_pugh_from: rule.childPughFrom ?? null,
        trimesters: rule.trimesters ?? null,
        weight_min_kg: rule.weightMinKg ?? null,
        weight_max_kg: rule.weightMaxKg ?? null,
        routes: rule.routes ?? null,
        forms: rule.forms ?? null,
        severity: rule.severity,
        evidence: rule.evidence,
        message: rule.message,
        management: rule.management,
        source: rule.source,
      },
    }));
  },

  dosage({ subjects: [subject], fields }) {
    if (!subject) return { faults: [{ field: 'subject', reason: 'is missing' }] };
    if (subject.ingredientId === null)
      return { faults: [{ field: 'subject', reason: 'is a group: a dose limit is of one ingredient' }] };
    return read(CreateDosageGuideline, { ...fields, subject: asked(subject) }, (rule) => ({
      about: `${subjectKey(idsOf(subject))}@${told(
        rule.route,
        rule.form,
        rule.indicationIcd10,
        rule.ageMinMonths,
        rule.ageMaxMonths,
        rule.weightMinKg,
        rule.weightMaxKg,
        rule.egfrBelow,
      )}`,
      label: `${subject.name}${rule.route ? `, ${rule.route}` : ''}`,
      columns: {
        ingredient_id: subject.ingredientId,
        route: rule.route ?? null,
        form: rule.form ?? null,
        indication_icd10: rule.indicationIcd10 ?? null,
        indication_name: rule.indicationName ?? null,
        age_min_months: rule.ageMinMonths ?? null,
        age_max_months: rule.ageMaxMonths ?? null,
        weight_min_kg: rule.weightMinKg ?? null,
        weight_max_kg: rule.weightMaxKg ?? null,
        egfr_below: rule.egfrBelow ?? null,
        max_single_dose: rule.maxSingleDose ?? null,
        max_single_per_kg: rule.maxSinglePerKg ?? null,
        max_daily_dose: rule.maxDailyDose ?? null,
        max_daily_per_kg: rule.maxDailyPerKg ?? null,
        max_course_dose: rule.maxCourseDose ?? null,
        max_frequency_per_day: rule.maxFrequencyPerDay ?? null,
        unit: rule.unit,
        max_duration_days: rule.maxDurationDays ?? null,
        evidence: rule.evidence,
        message: rule.message,
        management: rule.management ?? null,
        source: rule.source,
      },
    }));
  },
};
