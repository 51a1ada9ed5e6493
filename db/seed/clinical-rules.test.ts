// Proves that the shipped rules neither repeat nor contradict each other: what a wider rule says already is said once.
import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

type Row = Readonly<Record<string, string>>;

function readCsv(name: string): Row[] {
  return parse<Row>(readFileSync(new URL(`./clinical/${name}`, import.meta.url), 'utf8'), { columns: true });
}

const SEVERITIES = ['contraindicated', 'major', 'moderate', 'minor'];
const groupsOf = new Map(
  readCsv('ingredients.csv').map(({ name = '', groups = '' }) => [name, groups.split('|').filter(Boolean)]),
);
const parents = new Map(
  readCsv('ingredient-groups.csv').map(({ code = '', parent_code = '' }) => [code, parent_code]),
);
const interactions = readCsv('interactions.csv');
const allergyRules = readCsv('allergy-rules.csv');
const contraindications = readCsv('contraindications.csv');
const dosages = readCsv('dosage-guidelines.csv');

/** The subject itself and everything it lies in: a rule on any of these concerns it too. */
function widening(kind = '', name = ''): string[] {
  const found = [`${kind}:${name}`];
  for (const start of kind === 'group' ? [parents.get(name) ?? ''] : (groupsOf.get(name) ?? []))
    for (let at = start; at !== ''; at = parents.get(at) ?? '')
      if (!found.includes(`group:${at}`)) found.push(`group:${at}`);
  return found;
}

/**
 * Rules that a wider one makes idle, as 'narrow <= wide': the wider is at least as grave, so that the narrower only
 * repeats it (same gravity) or contradicts it (milder).
 */
function idle(rules: readonly Row[], keysOf: (rule: Row) => string[]): string[] {
  const byKey = new Map(rules.map((rule) => [keysOf(rule)[0] ?? '', rule]));
  return rules.flatMap((rule) =>
    keysOf(rule)
      .map((key) => byKey.get(key))
      .filter((wide) => wide !== undefined && wide !== rule)
      .filter((wide) => gravity(wide) <= gravity(rule))
      .map((wide) => `${rule.code} <= ${wide?.code}`),
  );
}

const gravity = (rule: Row | undefined): number => SEVERITIES.indexOf(rule?.severity ?? '');

/** Every pair of widened sides; the pair itself comes first. */
const crossed = (a: readonly string[], b: readonly string[]): string[] =>
  a.flatMap((one) => b.map((other) => (one <= other ? `${one} + ${other}` : `${other} + ${one}`)));

/** A narrower rule with a reason and advice of its own, that is not what the wider one says. */
const OWN_REASON = ['aspirin+ibuprofen <= nsaids+aspirin'];

describe('interaction rules', () => {
  it('are 650 or more', () => {
    expect(interactions.length).toBeGreaterThanOrEqual(650);
  });

  it('are not made idle by a wider rule of the same or greater gravity', () => {
    const found = idle(interactions, (rule) =>
      crossed(widening(rule.a_kind, rule.a), widening(rule.b_kind, rule.b)),
    );
    expect(found.filter((fault) => !OWN_REASON.includes(fault))).toEqual([]);
  });
});

describe('allergy rules', () => {
  it('concern 40 groups of allergens or more', () => {
    const groups = allergyRules.filter((rule) => rule.allergen_kind === 'group');
    expect(new Set(groups.map((rule) => rule.allergen)).size).toBeGreaterThanOrEqual(40);
  });

  it('are not made idle by a wider rule of the same or greater gravity', () => {
    expect(
      idle(allergyRules, (rule) =>
        widening(rule.allergen_kind, rule.allergen).flatMap((allergen) =>
          widening(rule.cross_kind, rule.cross).map((cross) => `${allergen} > ${cross}`),
        ),
      ),
    ).toEqual([]);
  });
});

describe('contraindications', () => {
  it('are 330 or more', () => {
    expect(contraindications.length).toBeGreaterThanOrEqual(330);
  });

  it('are not made idle by a rule on a wider group for the same reason', () => {
    expect(
      idle(contraindications, (rule) =>
        widening(rule.subject_kind, rule.subject).map((subject) =>
          [
            subject,
            rule.condition_kind,
            rule.icd10,
            rule.sex,
            rule.age_min_months,
            rule.age_max_months,
            rule.egfr_below,
          ].join('|'),
        ),
      ),
    ).toEqual([]);
  });

  it('grow graver as renal function falls', () => {
    const faults = contraindications.flatMap((rule) =>
      contraindications
        .filter((other) => other.subject === rule.subject && other.condition_kind === 'renal')
        .filter(
          (other) => rule.condition_kind === 'renal' && Number(other.egfr_below) < Number(rule.egfr_below),
        )
        .filter((other) => gravity(other) > gravity(rule))
        .map((other) => `${other.code} is milder than ${rule.code}`),
    );
    expect(faults).toEqual([]);
  });
});

describe('dose limits', () => {
  it('cover 200 ingredients or more', () => {
    expect(new Set(dosages.map((rule) => rule.ingredient)).size).toBeGreaterThanOrEqual(200);
  });

  it('allow a day no less than a single dose, except where a week is shared out', () => {
    const less = dosages.filter(
      (rule) =>
        rule.max_single_dose !== '' &&
        rule.max_daily_dose !== '' &&
        Number(rule.max_single_dose) > Number(rule.max_daily_dose),
    );
    // Methotrexate by mouth is taken once a week; its daily limit refuses a weekly dose taken daily.
    expect(less.map((rule) => rule.ingredient)).toEqual(['methotrexate']);
  });

  it('have no band twice and none that ends before it begins', () => {
    const bands = dosages.map((rule) =>
      [rule.ingredient, rule.route, rule.age_min_months, rule.age_max_months].join('|'),
    );
    expect(bands.filter((band, index) => bands.indexOf(band) !== index)).toEqual([]);
    expect(
      dosages.filter(
        (rule) => rule.age_max_months !== '' && Number(rule.age_min_months) >= Number(rule.age_max_months),
      ),
    ).toEqual([]);
  });
});

describe('the words of a rule', () => {
  const texts = [...interactions, ...allergyRules, ...contraindications, ...dosages].flatMap((rule) =>
    ['effect', 'message', 'management'].flatMap((name) =>
      rule[name] === undefined ? [] : [{ code: rule.code, text: rule[name] }],
    ),
  );

  it('are short sentences that end with a full stop', () => {
    expect(texts.filter(({ text }) => text.length > 240)).toEqual([]);
    expect(texts.filter(({ text }) => !/^[A-Z0-9].*\.$/.test(text) || / {2}/.test(text))).toEqual([]);
  });

  it('give a mechanism without a full stop, since one is added where it is shown', () => {
    expect(interactions.filter(({ mechanism = '' }) => mechanism.endsWith('.'))).toEqual([]);
  });
});
