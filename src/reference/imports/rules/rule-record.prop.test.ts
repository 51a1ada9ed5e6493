import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkRule } from '../../clinical/rule-sets/rule-check.js';
import { RULE_KINDS, type RuleKindName } from '../../clinical/rule-sets/rule-sets.types.js';
import { mappableNames, RULE_LAYOUTS } from './rule-fields.domain.js';
import { readRule, type RuleReadingBasis } from './rule-record.domain.js';
import { RuleSubjects } from './rule-subjects.domain.js';

const NAMES = ['warfarin', 'aspirin', 'lithium', 'digoxin', 'ibuprofen'];

const basis: RuleReadingBasis = {
  subjects: new RuleSubjects({
    names: NAMES.map((name, index) => ({ alias: name, isOwn: true, ingredientId: index + 1, name })),
    codes: [],
    ids: [],
    groups: [{ groupId: 1, code: 'nsaids', name: 'NSAIDs' }],
  }),
  products: new Map(),
  severityWords: new Map(),
  routes: new Set(['oral']),
};

const read = (kind: RuleKindName, values: Record<string, string>) =>
  readRule(kind, new Map(Object.entries(values)), basis);

describe('rows of rules', () => {
  it('of an interaction are the same rule in either order', () => {
    const subject = fc.constantFrom(...NAMES, 'nsaids');
    const routes = fc.constantFrom('', 'oral', 'oral|local');
    fc.assert(
      fc.property(subject, subject, routes, routes, (a, b, aRoutes, bRoutes) => {
        const rest = { severity: 'High', description: 'Bleeding.', management: 'Avoid.', source: 'List' };
        const check = (values: Record<string, string>) =>
          checkRule('interactions', 'set', read('interactions', { ...rest, ...values }).rule);
        const one = check({ a, b, aRoutes, bRoutes });
        const other = check({ a: b, b: a, aRoutes: bRoutes, bRoutes: aRoutes });
        // A group beside itself has two sides that no order tells apart.
        if (a !== b) expect(one).toEqual(other);
        expect('faults' in one).toBe(a === b && a !== 'nsaids');
      }),
    );
  });

  it('of any text are a rule or a list of faults, and never an error', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        ...NAMES,
        'nsaids',
        'X',
        'oral',
        '12',
        '1|2',
        '4000',
        '__proto__',
        'K25.4',
        'age',
        'mg',
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...RULE_KINDS).chain((kind) =>
          fc.record({
            kind: fc.constant(kind),
            values: fc.dictionary(fc.constantFrom(...mappableNames(RULE_LAYOUTS[kind])), value),
          }),
        ),
        ({ kind, values }) => {
          const { rule, faults } = read(kind, values);
          if (faults.length > 0) return;
          const checked = checkRule(kind, 'set', rule);
          if ('faults' in checked) expect(checked.faults.length).toBeGreaterThan(0);
          else expect(checked.ok.code.length).toBeLessThanOrEqual(200);
        },
      ),
    );
  });
});

describe('a row', () => {
  const row = {
    a: 'warfarin',
    b: 'aspirin',
    severity: 'D',
    description: 'D.',
    management: 'M.',
    source: 'S',
  };

  it('without a word on evidence is suspected', () => {
    expect(read('interactions', row).rule.fields).toMatchObject({ severity: 'major', evidence: 'suspected' });
  });

  it.each<[RuleKindName, Record<string, string>, string]>([
    [
      'interactions',
      { ...row, severity: 'A' },
      'severity says that there is no interaction: nothing to warn of',
    ],
    [
      'interactions',
      { ...row, severity: 'grim' },
      'severity is no severity; give it a meaning in the mapping',
    ],
    ['interactions', { ...row, b: '' }, 'b is missing'],
    ['dosage', { subject: 'warfarin', ageMinMonths: '1.5' }, 'ageMinMonths is not a whole number'],
    ['dosage', { subject: 'warfarin', route: 'sideways' }, 'route is no route of the catalogue'],
    [
      'contraindications',
      { subject: 'warfarin', trimesters: 'first' },
      'trimesters is not a list such as 1|2',
    ],
  ])('of %s is refused with the field and the reason', (kind, values, fault) => {
    expect(read(kind, values).faults.map(({ field, reason }) => `${field} ${reason}`)).toContain(fault);
  });

  it('that the API would refuse is refused by the same schema', () => {
    const check = (kind: RuleKindName, values: Record<string, string>): string => {
      const checked = checkRule(kind, 'set', read(kind, values).rule);
      return 'faults' in checked
        ? checked.faults.map(({ field, reason }) => `${field} ${reason}`).join()
        : 'ok';
    };
    expect(check('interactions', row)).toBe('ok');
    expect(check('interactions', { ...row, b: 'warfarin' })).toMatch(/^b is the same ingredient/);
    expect(check('interactions', { ...row, code: 'a\u0007b' })).toMatch(/^code is no code/);
    expect(check('interactions', { ...row, management: '' })).toMatch(/^management is not usable/);
    expect(check('dosage', { subject: 'nsaids' })).toMatch(/^subject is a group/);
    expect(check('dosage', { subject: 'warfarin', unit: 'mg', message: 'M.', source: 'S' })).toMatch(
      /at least one limit is needed/,
    );
  });
});
