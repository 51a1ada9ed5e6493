import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A row of a file with where it stands, for refusals. */
export type Placed<Row> = Row & { readonly at: string };

/** A starter rule file that cannot be loaded: each fault names file and line. */
export class StarterRulesFault extends Error {
  constructor(readonly faults: readonly string[]) {
    const more = faults.length > 20 ? ` (and ${faults.length - 20} more)` : '';
    super(`The starter rules cannot be loaded: ${faults.slice(0, 20).join('; ')}${more}`);
    this.name = 'StarterRulesFault';
  }
}

const Words = z.string().trim().min(1);
const Optional = z
  .string()
  .trim()
  .transform((value) => (value === '' ? null : value));
const Count = z
  .string()
  .trim()
  .regex(/^\d{0,5}$/, 'must be a whole number')
  .transform((value) => (value === '' ? null : Number(value)));
const Limit = z
  .string()
  .trim()
  .regex(/^(\d{1,12}(\.\d{1,6})?)?$/, 'must be a number')
  .transform((value) => (value === '' ? null : value));
const Kind = z.enum(['ingredient', 'group']);
const Severity = z.enum(['contraindicated', 'major', 'moderate', 'minor']);
const Evidence = z.enum(['established', 'probable', 'suspected']);
/** Columns a file may leave out. */
const List = z
  .string()
  .transform((value) => (value.trim() === '' ? null : value.split('|').map((entry) => entry.trim())))
  .default(null);
const OptionalEvidence = z
  .enum(['', 'established', 'probable', 'suspected'])
  .transform((value) => (value === '' ? 'established' : value))
  .default('established');
const MayLack = Optional.default(null);
const MayLackLimit = Limit.default(null);

const FILES = {
  'ingredient-groups.csv': z.object({
    code: z.string().regex(/^[a-z0-9-]{1,80}$/),
    name: Words,
    name_ar: Optional,
    kind: z.enum(['chemical', 'therapeutic', 'allergy', 'pharmacological']),
    parent_code: Optional,
  }),
  'ingredients.csv': z.object({
    name: Words,
    name_ar: Optional,
    groups: z.string().transform((value) => value.split('|').filter((code) => code !== '')),
    synonyms: z.string().transform((value) =>
      value
        .split('|')
        .filter((entry) => entry !== '')
        .map((entry) => {
          const [synonym = '', kind = 'synonym'] = entry.split('~');
          return { synonym: synonym.trim(), kind };
        }),
    ),
    atc_code: Optional,
    // A mixture (multivitamins, milk formula) cannot be screened; not_medicinal (water, flavour) has nothing to screen.
    kind: z
      .enum(['', 'substance', 'mixture', 'not_medicinal'])
      .default('')
      .transform((value) => (value === '' ? 'substance' : value)),
  }),
  'interactions.csv': z.object({
    code: Words,
    a_kind: Kind,
    a: Words,
    b_kind: Kind,
    b: Words,
    severity: Severity,
    mechanism: z.string().trim(),
    effect: Words,
    management: Words,
    evidence: Evidence,
    source: Words,
  }),
  'allergy-rules.csv': z.object({
    code: Words,
    allergen_kind: Kind,
    allergen: Words,
    cross_kind: Kind,
    cross: Words,
    severity: Severity,
    evidence: Evidence,
    message: Words,
    management: Words,
    source: Words,
  }),
  'contraindications.csv': z.object({
    code: Words,
    subject_kind: Kind,
    subject: Words,
    condition_kind: z.enum(['condition', 'age', 'pregnancy', 'lactation', 'sex', 'renal', 'hepatic']),
    icd10: Optional,
    condition_name: Optional,
    sex: z.enum(['male', 'female', '']).transform((value) => (value === '' ? null : value)),
    age_min_months: Count,
    age_max_months: Count,
    egfr_below: MayLackLimit,
    child_pugh_from: z
      .enum(['', 'A', 'B', 'C'])
      .transform((value) => (value === '' ? null : value))
      .default(null),
    trimesters: List,
    weight_min_kg: MayLackLimit,
    weight_max_kg: MayLackLimit,
    routes: List,
    forms: List,
    evidence: OptionalEvidence,
    severity: Severity,
    message: Words,
    management: Words,
    source: Words,
  }),
  'dosage-guidelines.csv': z.object({
    code: Words,
    ingredient: Words,
    route: Optional,
    age_min_months: Count,
    age_max_months: Count,
    max_single_dose: Limit,
    max_daily_dose: Limit,
    max_daily_per_kg: Limit,
    unit: z.enum(['mg', 'mcg', 'g', 'ml', 'iu']),
    max_duration_days: Count,
    form: MayLack,
    indication_icd10: MayLack,
    indication_name: MayLack,
    weight_min_kg: MayLackLimit,
    weight_max_kg: MayLackLimit,
    egfr_below: MayLackLimit,
    max_single_per_kg: MayLackLimit,
    max_course_dose: MayLackLimit,
    max_frequency_per_day: MayLackLimit,
    evidence: OptionalEvidence,
    management: MayLack,
    message: Words,
    source: Words,
  }),
  // For which routes a rule holds, where that is not "whatever acts on the whole body".
  'rule-routes.csv': z.object({ code: Words, subject: Words, routes: List }),
} as const;

type Files = typeof FILES;
type RowOf<File extends keyof Files> = Placed<z.output<Files[File]>>;

/** The starter rules as the files say them, every row in the right shape. */
export interface StarterRules {
  readonly groups: readonly RowOf<'ingredient-groups.csv'>[];
  readonly ingredients: readonly RowOf<'ingredients.csv'>[];
  readonly interactions: readonly RowOf<'interactions.csv'>[];
  readonly allergyRules: readonly RowOf<'allergy-rules.csv'>[];
  readonly contraindications: readonly RowOf<'contraindications.csv'>[];
  readonly dosageGuidelines: readonly RowOf<'dosage-guidelines.csv'>[];
  readonly routes: readonly RowOf<'rule-routes.csv'>[];
  /** Of all files together, in hex: the same rules have the same hash. */
  readonly sha256: string;
}

/** Where the shipped rules lie: db/seed/clinical of the package, whether run from src or from dist. */
export function starterRulesFolder(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); dirname(at) !== at; at = dirname(at)) {
    const folder = join(at, 'db', 'seed', 'clinical');
    if (existsSync(folder)) return folder;
  }
  throw new Error('the package has no folder db/seed/clinical');
}

/** Reads the seven files of a folder; throws StarterRulesFault when a row has the wrong shape. */
export async function readStarterRules(folder: string): Promise<StarterRules> {
  const hash = createHash('sha256');
  const faults: string[] = [];
  const read = async <File extends keyof Files>(file: File): Promise<RowOf<File>[]> => {
    const content = await readFile(join(folder, file), 'utf8');
    hash.update(`${file}\n${content}\n`);
    const records = parse(content, { columns: true, bom: true, info: true, skip_empty_lines: true });
    const rows: RowOf<File>[] = [];
    for (const { record, info } of records as unknown as { record: object; info: { lines: number } }[]) {
      const at = `${file} line ${info.lines}`;
      const result = FILES[file].safeParse(record);
      if (result.success) rows.push({ ...result.data, at } as unknown as RowOf<File>);
      else
        faults.push(
          ...result.error.issues.map(
            (issue) => `${at}: ${issue.path.map(String).join('.')} ${issue.message}`,
          ),
        );
    }
    return rows;
  };
  const rules = {
    groups: await read('ingredient-groups.csv'),
    ingredients: await read('ingredients.csv'),
    interactions: await read('interactions.csv'),
    allergyRules: await read('allergy-rules.csv'),
    contraindications: await read('contraindications.csv'),
    dosageGuidelines: await read('dosage-guidelines.csv'),
    routes: await read('rule-routes.csv'),
  };
  if (faults.length > 0) throw new StarterRulesFault(faults);
  return { ...rules, sha256: hash.digest('hex') };
}
