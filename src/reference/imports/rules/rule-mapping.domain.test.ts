import { describe, expect, it } from 'vitest';

import { candidatesOf, readRuleMapping, type RuleMapping } from './rule-mapping.domain.js';

const read = (json: unknown, choice: { source?: string; kind?: string } = {}) =>
  readRuleMapping(json, { ...choice, format: 'csv' });

const usable = (json: unknown, choice?: { source?: string; kind?: string }): RuleMapping => {
  const result = read(json, choice);
  if ('ok' in result) return result.ok;
  throw new Error(result.problems.join('; '));
};

describe('a mapping of rules', () => {
  it('may be left out: columns are known by their names', () => {
    const mapping = usable({}, { source: 'list' });
    expect(mapping).toMatchObject({
      source: 'list',
      title: 'list',
      kind: 'interactions',
      format: { kind: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"' },
    });
    expect(candidatesOf(mapping).get('description')).toEqual(['description', 'effect']);
    expect(candidatesOf(mapping).get('aKind')).toEqual(['aKind', 'a_kind']);
  });

  it('names columns, and then takes no others', () => {
    const mapping = usable({
      source: 'ddinter',
      title: 'DDInter',
      kind: 'interactions',
      columns: { a: 'Drug_A', b: 'Drug_B', severity: 'Level' },
      constants: { management: 'Ask.' },
      subjects: { a: 'rxcui' },
      severityValues: { Unknown: 'minor' },
    });
    expect([...candidatesOf(mapping)]).toEqual([
      ['a', ['Drug_A']],
      ['b', ['Drug_B']],
      ['severity', ['Level']],
    ]);
    expect(mapping.severityValues).toEqual(new Map([['unknown', 'minor']]));
    expect(mapping.subjects).toEqual(new Map([['a', 'rxcui']]));
  });

  it('is overruled by what is chosen beside it', () => {
    expect(usable({ source: 'one', kind: 'dosage' }, { source: 'two', kind: 'allergies' })).toMatchObject({
      source: 'two',
      kind: 'allergies',
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['no source', {}, /source: must be a text/],
    ['a source in capitals', { source: 'DDI' }, /source: must be lower-case/],
    ['the name of the starter set', { source: 'starter' }, /is the set the program brings/],
    ['another kind', { source: 'x', kind: 'herbs' }, /kind: must be one of/],
    [
      'a column of another kind',
      { source: 'x', columns: { message: 'M' } },
      /columns.message: is not a field/,
    ],
    ['a code for all', { source: 'x', constants: { code: 'C' } }, /cannot be the same for every row/],
    ['a sort of name there is not', { source: 'x', subjects: { a: 'brand' } }, /subjects.a: must be one of/],
    ['a meaning there is not', { source: 'x', severityValues: { a: 'awful' } }, /severityValues.a/],
    ['a setting there is not', { source: 'x', colums: {} }, /colums: is not a known setting/],
    ['something else', 'text', /mapping: must be an object/],
    ['a key of every object', { source: 'x', columns: { constructor: 'C' } }, /constructor: is not a field/],
  ])('with %s is refused', (_, json, problem) => {
    const result = read(json);
    expect('problems' in result ? result.problems.join('\n') : '').toMatch(problem);
  });
});
