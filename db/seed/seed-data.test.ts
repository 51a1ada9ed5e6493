// Proves that the data shipped with Meditory holds together: references resolve, names are unique, codes are valid.
import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import { foldText } from '../../src/platform/text/fold.js';

type Row = Readonly<Record<string, string>>;

const HERE = new URL('./', import.meta.url);

function readCsv(path: string): Row[] {
  return parse<Row>(readFileSync(new URL(path, HERE), 'utf8'), { columns: true });
}

function readJson(path: string): Array<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(path, HERE), 'utf8')) as Array<Record<string, unknown>>;
}

const field = (row: Row, name: string): string => {
  const value = row[name];
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
};

const column = (rows: readonly Row[], name: string): string[] => rows.map((row) => field(row, name));

/** Values that occur more than once, for a message that names them. */
function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

const groups = readCsv('clinical/ingredient-groups.csv');
const ingredients = readCsv('clinical/ingredients.csv');
const interactions = readCsv('clinical/interactions.csv');
const allergyRules = readCsv('clinical/allergy-rules.csv');
const contraindications = readCsv('clinical/contraindications.csv');
const dosages = readCsv('clinical/dosage-guidelines.csv');
const drugs = readCsv('sample/drugs.csv');
const patients = readJson('sample/patients.json');
const prescribers = readJson('sample/prescribers.json');
const suppliers = readJson('sample/suppliers.json');

const groupCodes = new Set(column(groups, 'code'));
const ingredientNames = new Set(column(ingredients, 'name'));
const resolves = (kind: string, name: string): boolean =>
  kind === 'group' ? groupCodes.has(name) : kind === 'ingredient' && ingredientNames.has(name);

const SEVERITIES = ['contraindicated', 'major', 'moderate', 'minor'];
const EVIDENCE = ['established', 'probable', 'suspected'];
const ICD10 = /^[A-Z][0-9]{2}(\.[0-9A-Z]{1,4})?$/;
const ATC = /^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$/;
const RULE_FILES: ReadonlyArray<readonly [string, readonly Row[]]> = [
  ['interactions', interactions],
  ['allergy rules', allergyRules],
  ['contraindications', contraindications],
  ['dosage guidelines', dosages],
];

describe('ingredient groups', () => {
  it('have unique codes in the form the catalogue accepts', () => {
    expect(repeated(column(groups, 'code'))).toEqual([]);
    expect(column(groups, 'code').filter((code) => !/^[a-z0-9-]{1,80}$/.test(code))).toEqual([]);
  });

  it('are of a known kind and named in both languages', () => {
    const kinds = ['chemical', 'therapeutic', 'allergy', 'pharmacological'];
    expect(groups.filter((group) => !kinds.includes(field(group, 'kind')))).toEqual([]);
    expect(groups.filter((group) => field(group, 'name') === '' || field(group, 'name_ar') === '')).toEqual(
      [],
    );
  });

  it('list every parent before its children, so that there is no cycle', () => {
    const listed = new Set<string>();
    for (const group of groups) {
      const parent = field(group, 'parent_code');
      if (parent !== '') expect(listed).toContain(parent);
      listed.add(field(group, 'code'));
    }
  });
});

describe('ingredients', () => {
  const synonymsOf = (row: Row): Array<readonly [string, string]> =>
    field(row, 'synonyms')
      .split('|')
      .filter(Boolean)
      .map((entry) => {
        const [text = '', kind = ''] = entry.split('~');
        return [text, kind] as const;
      });

  it('are at least 4,000, lower case, each in groups that exist', () => {
    expect(ingredients.length).toBeGreaterThanOrEqual(4_000);
    for (const row of ingredients) {
      expect(field(row, 'name')).toBe(field(row, 'name').toLowerCase().trim());
      for (const code of field(row, 'groups').split('|').filter(Boolean)) expect(groupCodes).toContain(code);
    }
  });

  it('have synonyms of a known kind', () => {
    const kinds = ['synonym', 'salt', 'abbreviation', 'misspelling', 'arabic', 'brand_generic'];
    const bad = ingredients
      .flatMap(synonymsOf)
      .filter(([text, kind]) => text.trim() === '' || !kinds.includes(kind));
    expect(bad).toEqual([]);
  });

  it('share no name or synonym, compared as the catalogue folds them', () => {
    const names = ingredients.flatMap((row) => [
      field(row, 'name'),
      ...synonymsOf(row).map(([text]) => text),
    ]);
    expect(repeated(names.map(foldText))).toEqual([]);
    expect(names.filter((name) => foldText(name) === '')).toEqual([]);
  });

  it('have ATC codes in the form of ATC codes', () => {
    const codes = column([...ingredients, ...drugs], 'atc_code').filter(Boolean);
    expect(codes.filter((code) => !ATC.test(code))).toEqual([]);
  });

  it('are substances unless told to be a mixture or no medicine, and neither of those is in a group', () => {
    expect([...new Set(column(ingredients, 'kind'))].sort()).toEqual(['', 'mixture', 'not_medicinal']);
    const grouped = ingredients.filter((row) => field(row, 'kind') !== '' && field(row, 'groups') !== '');
    expect(grouped.map((row) => field(row, 'name'))).toEqual([]);
  });

  it('bear their Arabic name where they are among the commonest', () => {
    expect(column(ingredients, 'name_ar').filter(Boolean).length).toBeGreaterThanOrEqual(1_400);
  });

  it('are named once in the sense of a rule: no code is both an ingredient and a group', () => {
    expect([...ingredientNames].filter((name) => groupCodes.has(name))).toEqual([]);
  });
});

describe.each(RULE_FILES)('%s', (_name, rules) => {
  it('have unique codes and a source each', () => {
    expect(repeated(column(rules, 'code'))).toEqual([]);
    expect(rules.filter((rule) => field(rule, 'code').length > 200)).toEqual([]);
    expect(rules.filter((rule) => field(rule, 'source').trim().length < 5)).toEqual([]);
  });

  it('use only the known severities and grades of evidence', () => {
    for (const rule of rules) {
      if (rule.severity !== undefined) expect(SEVERITIES).toContain(rule.severity);
      if (rule.evidence !== undefined) expect(EVIDENCE).toContain(rule.evidence);
    }
  });

  it('say what to do in words', () => {
    const texts = ['message', 'effect', 'management'].filter((name) => rules[0]?.[name] !== undefined);
    expect(texts.length).toBeGreaterThan(0);
    for (const name of texts) expect(column(rules, name).filter((text) => text.trim() === '')).toEqual([]);
  });
});

describe('interactions', () => {
  it('name ingredients or groups that exist', () => {
    expect(interactions.length).toBeGreaterThan(0);
    const bad = interactions.filter(
      (rule) =>
        !resolves(field(rule, 'a_kind'), field(rule, 'a')) ||
        !resolves(field(rule, 'b_kind'), field(rule, 'b')),
    );
    expect(bad).toEqual([]);
  });

  it('list no pair twice, in either order', () => {
    expect(
      repeated(interactions.map((rule) => [field(rule, 'a'), field(rule, 'b')].sort().join(' + '))),
    ).toEqual([]);
  });

  it('pair an ingredient with another one, never with itself', () => {
    const self = interactions.filter((rule) => rule.a === rule.b && rule.a_kind === 'ingredient');
    expect(self).toEqual([]);
  });
});

describe('allergy rules', () => {
  it('name ingredients or groups that exist', () => {
    expect(allergyRules.length).toBeGreaterThan(0);
    const bad = allergyRules.filter(
      (rule) =>
        !resolves(field(rule, 'allergen_kind'), field(rule, 'allergen')) ||
        !resolves(field(rule, 'cross_kind'), field(rule, 'cross')),
    );
    expect(bad).toEqual([]);
  });

  it('list no pair twice and leave allergy to the same ingredient to the engine', () => {
    expect(
      repeated(allergyRules.map((rule) => `${field(rule, 'allergen')} > ${field(rule, 'cross')}`)),
    ).toEqual([]);
    expect(
      allergyRules.filter((rule) => rule.allergen_kind === 'ingredient' && rule.allergen === rule.cross),
    ).toEqual([]);
  });
});

describe('contraindications', () => {
  it('name subjects that exist', () => {
    expect(contraindications.length).toBeGreaterThan(0);
    expect(
      contraindications.filter((rule) => !resolves(field(rule, 'subject_kind'), field(rule, 'subject'))),
    ).toEqual([]);
  });

  it('state what their kind needs: a code, an age, a sex or a renal limit', () => {
    for (const rule of contraindications) {
      const [kind, icd10] = [field(rule, 'condition_kind'), field(rule, 'icd10')];
      expect(['condition', 'age', 'pregnancy', 'lactation', 'sex', 'renal', 'hepatic']).toContain(kind);
      if (icd10 !== '') expect(icd10).toMatch(ICD10);
      if (kind === 'condition' || kind === 'hepatic') expect(icd10).not.toBe('');
      if (kind === 'age') expect(`${rule.age_min_months}${rule.age_max_months}`).toMatch(/^\d+$/);
      if (kind === 'sex') expect(['male', 'female']).toContain(rule.sex);
      if (kind === 'renal') expect(rule.egfr_below).toMatch(/^\d+$/);
      expect(['', 'male', 'female']).toContain(rule.sex);
    }
  });
});

describe('dosage guidelines', () => {
  it('name ingredients that exist', () => {
    const names = column(dosages, 'ingredient');
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !ingredientNames.has(name))).toEqual([]);
  });

  it('state at least one limit as an exact decimal, with a unit', () => {
    for (const rule of dosages) {
      const limits = ['max_single_dose', 'max_daily_dose', 'max_daily_per_kg', 'max_duration_days'].map(
        (name) => field(rule, name),
      );
      expect(limits.join('')).not.toBe('');
      for (const limit of limits.filter(Boolean)) expect(limit).toMatch(/^\d+(\.\d+)?$/);
      expect(['mg', 'mcg', 'g', 'ml', 'iu']).toContain(field(rule, 'unit'));
    }
  });
});

describe('sample products', () => {
  const PART = /^(.+?) (\d+(?:\.\d+)?) (mg|mcg|g|iu)(?:\/(?:\d+(?:\.\d+)? )?(?:ml|g|dose|h))?$/;
  const FORMS =
    'tablet|film-coated tablet|capsule|syrup|suspension|drops|cream|ointment|gel|eye drops|ear drops|nasal spray|inhaler|injection|suppository|sachet|effervescent tablet|lozenge|patch|powder|solution|shampoo|vaginal tablet|mouthwash|lotion|spray';
  const ROUTES =
    'oral|topical|ophthalmic|otic|nasal|inhalation|intramuscular|intravenous|subcutaneous|rectal|vaginal|transdermal|oromucosal';
  const UNITS = 'tablet|capsule|ml|g|sachet|ampoule|vial|suppository|piece|dose';

  it('are at least 300, of 20 makers or more, with unique names', () => {
    expect(drugs.length).toBeGreaterThanOrEqual(300);
    expect(new Set(column(drugs, 'company')).size).toBeGreaterThanOrEqual(20);
    expect(repeated(column(drugs, 'name').map(foldText))).toEqual([]);
  });

  it('consist of known ingredients, each with an amount', () => {
    for (const drug of drugs) {
      for (const part of field(drug, 'ingredients').split(' + ')) {
        const match = PART.exec(part);
        expect(match, part).not.toBeNull();
        expect(ingredientNames).toContain(match?.[1]);
      }
    }
  });

  it('use the agreed forms, routes, units and schedules', () => {
    const allowed = (name: string, list: string): string[] =>
      column(drugs, name).filter((value) => !list.split('|').includes(value));
    expect(allowed('dosage_form', FORMS)).toEqual([]);
    expect(allowed('route', ROUTES)).toEqual([]);
    expect(allowed('base_unit', UNITS)).toEqual([]);
    expect(allowed('storage', 'room|refrigerate')).toEqual([]);
    expect(allowed('rx_only', 'true|false')).toEqual([]);
    expect(allowed('controlled_schedule', '|II|III|IV|V')).toEqual([]);
  });

  it('are prescription-only where controlled', () => {
    expect(drugs.filter((drug) => drug.controlled_schedule !== '' && drug.rx_only !== 'true')).toEqual([]);
  });

  it('have prices with two decimals and packs that hold whole strips', () => {
    expect(column(drugs, 'price').filter((price) => !/^\d+\.\d{2}$/.test(price))).toEqual([]);
    for (const drug of drugs) {
      expect(drug.units_per_pack).toMatch(/^[1-9]\d*$/);
      if (drug.units_per_strip === '') continue;
      expect(drug.units_per_strip).toMatch(/^[1-9]\d*$/);
      expect(BigInt(field(drug, 'units_per_pack')) % BigInt(field(drug, 'units_per_strip'))).toBe(0n);
    }
  });

  it('have unique in-store EAN-13 codes with the right check digit', () => {
    const codes = column(drugs, 'barcode');
    expect(repeated(codes)).toEqual([]);
    for (const code of codes) {
      expect(code).toMatch(/^2\d{12}$/);
      let sum = 0;
      for (const [index, digit] of [...code].entries()) {
        sum += (digit.charCodeAt(0) - 48) * (index % 2 === 0 ? 1 : 3);
      }
      expect(sum % 10, code).toBe(0);
    }
  });

  it('offer equivalents: the same composition, form and route from two makers', () => {
    const makers = new Map<string, Set<string>>();
    for (const drug of drugs) {
      const key = `${drug.ingredients}|${drug.dosage_form}|${drug.route}`;
      makers.set(key, (makers.get(key) ?? new Set()).add(field(drug, 'company')));
    }
    expect([...makers.values()].filter((set) => set.size > 1).length).toBeGreaterThanOrEqual(50);
  });
});

describe('sample people', () => {
  it('are at least 12 patients, all marked as samples, with invented phone numbers', () => {
    expect(patients.length).toBeGreaterThanOrEqual(12);
    for (const patient of patients) {
      expect(patient.sample).toBe(true);
      expect(patient.phone).toMatch(/^\+20 100 555 01\d{2}$/);
      expect(patient.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(repeated(patients.map((patient) => String(patient.phone)))).toEqual([]);
  });

  it('have allergies and conditions that can be screened', () => {
    for (const patient of patients) {
      const allergies = (patient.allergies ?? []) as Array<Record<string, string>>;
      for (const { allergenKind = '', allergen = '' } of allergies) {
        expect(resolves(allergenKind, allergen), allergen).toBe(true);
      }
      for (const { icd10 } of patient.conditions as Array<Record<string, string>>)
        expect(icd10).toMatch(ICD10);
      if (patient.pregnant !== undefined) expect(patient.sex).toBe('female');
    }
  });

  it('cover allergies recorded, none known, and not asked', () => {
    expect(patients.some((patient) => Array.isArray(patient.allergies))).toBe(true);
    expect(patients.some((patient) => patient.noKnownAllergies === true)).toBe(true);
    const notAsked = patients.filter(
      (patient) => patient.allergies === undefined && patient.noKnownAllergies === undefined,
    );
    expect(notAsked.length).toBeGreaterThan(0);
  });

  it('come with six prescribers of unique licence and four suppliers at example.com', () => {
    expect(prescribers).toHaveLength(6);
    expect(repeated(prescribers.map((prescriber) => String(prescriber.licenceNumber)))).toEqual([]);
    expect(suppliers).toHaveLength(4);
    for (const supplier of suppliers) expect(supplier.email).toMatch(/@[a-z.-]*example\.com$/);
  });
});
