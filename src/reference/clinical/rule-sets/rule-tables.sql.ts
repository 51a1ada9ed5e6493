import type { RuleKindName } from './rule-sets.types.js';

/** A rule table: what a version of a rule says, by column and type; identity, validity and set left out. */
export interface RuleTable {
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Names of the subjects of a row `t`. */
  readonly label: string;
  /** True for a current row `o` of the pharmacy's own that stands in the way of row `r`; undefined: nothing does. */
  readonly ownInTheWay?: string;
}

/** A subject with its columns. The names are constants of this file. */
const nameOf = (drug: string, ingredient: string, group: string): string =>
  `reference.rule_subject_name(${drug}, ${ingredient}, ${group})`;

export const RULE_TABLES: Readonly<Record<RuleKindName, RuleTable>> = {
  interactions: {
    table: 'drug_interactions',
    columns: {
      drug_a_id: 'int',
      ingredient_a_id: 'int',
      group_a_id: 'int',
      drug_b_id: 'int',
      ingredient_b_id: 'int',
      group_b_id: 'int',
      routes_a: 'text[]',
      routes_b: 'text[]',
      severity: 'text',
      mechanism: 'text',
      description: 'text',
      management: 'text',
      evidence: 'text',
      source: 'text',
    },
    label: `${nameOf('t.drug_a_id', 't.ingredient_a_id', 't.group_a_id')} || ' + ' || ${nameOf('t.drug_b_id', 't.ingredient_b_id', 't.group_b_id')}`,
    ownInTheWay: `coalesce('group:' || r.group_a_id, 'ingredient:' || r.ingredient_a_id) = o.subject_a collate "C"
    and coalesce('group:' || r.group_b_id, 'ingredient:' || r.ingredient_b_id) = o.subject_b collate "C"`,
  },
  allergies: {
    table: 'allergy_rules',
    columns: {
      allergen_ingredient_id: 'int',
      allergen_group_id: 'int',
      cross_ingredient_id: 'int',
      cross_group_id: 'int',
      severity: 'text',
      evidence: 'text',
      message: 'text',
      management: 'text',
      source: 'text',
    },
    label: `${nameOf('null', 't.allergen_ingredient_id', 't.allergen_group_id')} || ' > ' || ${nameOf('null', 't.cross_ingredient_id', 't.cross_group_id')}`,
  },
  contraindications: {
    table: 'contraindications',
    columns: {
      ingredient_id: 'int',
      group_id: 'int',
      kind: 'text',
      icd10: 'text',
      condition_name: 'text',
      sex: 'text',
      age_min_months: 'int',
      age_max_months: 'int',
      egfr_below: 'numeric',
      child_pugh_from: 'text',
      trimesters: 'smallint[]',
      weight_min_kg: 'numeric',
      weight_max_kg: 'numeric',
      routes: 'text[]',
      forms: 'text[]',
      severity: 'text',
      evidence: 'text',
      message: 'text',
      management: 'text',
      source: 'text',
    },
    label: `${nameOf('null', 't.ingredient_id', 't.group_id')} || ': ' || coalesce(t.condition_name, t.icd10, t.kind)`,
  },
  dosage: {
    table: 'dosage_guidelines',
    columns: {
      ingredient_id: 'int',
      route: 'text',
      form: 'text',
      indication_icd10: 'text',
      indication_name: 'text',
      age_min_months: 'int',
      age_max_months: 'int',
      weight_min_kg: 'numeric',
      weight_max_kg: 'numeric',
      egfr_below: 'numeric',
      max_single_dose: 'numeric',
      max_single_per_kg: 'numeric',
      max_daily_dose: 'numeric',
      max_daily_per_kg: 'numeric',
      max_course_dose: 'numeric',
      max_frequency_per_day: 'numeric',
      unit: 'text',
      max_duration_days: 'int',
      evidence: 'text',
      message: 'text',
      management: 'text',
      source: 'text',
    },
    label: `${nameOf('null', 't.ingredient_id', 'null')} || coalesce(', ' || t.route, '')`,
  },
};

/** Columns of a table in a row, each behind a prefix. */
export const columnList = ({ columns }: RuleTable, prefix: string): string =>
  Object.keys(columns)
    .map((name) => `${prefix}${name}`)
    .join(', ');

/** Columns of a table with their types, for rows out of JSON. */
export const columnTypes = ({ columns }: RuleTable): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
