import { describe, expect, it } from 'vitest';
import {
  EMPTY_RULE_MAPPING,
  fieldOfColumn,
  guessRuleColumns,
  isJsonFile,
  missingInRules,
  toRuleMapping,
} from './rule-mapping.domain';

describe('mapping of a file of rules', () => {
  it('knows columns by the names published lists use', () => {
    expect(guessRuleColumns('interactions', ['DDInterID_A', 'Drug_A', 'Drug_B', 'Level'])).toEqual({
      a: 'Drug_A',
      b: 'Drug_B',
      severity: 'Level',
    });
    expect(guessRuleColumns('dosage', ['ingredient', 'max_daily_dose', 'unit', 'message'])).toEqual({
      subject: 'ingredient',
      maxDailyDose: 'max_daily_dose',
      unit: 'unit',
      message: 'message',
    });
  });

  it('says what is missing, and takes a text for all rows in place of a column', () => {
    const columns = { a: 'A', b: 'B', severity: 'S', source: 'From' };
    const draft = { ...EMPTY_RULE_MAPPING, source: 'my-list', columns };
    expect(missingInRules(draft, false)).toEqual(['description', 'management']);
    const constants = { description: 'Harm.', management: 'Ask.', source: 'not used' };
    expect(missingInRules({ ...draft, constants }, false)).toEqual([]);
    expect(missingInRules({ ...draft, source: 'My list' }, true)).toEqual(['sourceName']);
    expect(toRuleMapping({ ...draft, constants, subjects: { a: 'rxcui' } })).toEqual({
      source: 'my-list',
      kind: 'interactions',
      format: { kind: 'csv', encoding: 'utf-8', delimiter: ',' },
      columns,
      subjects: { a: 'rxcui' },
      constants: { description: 'Harm.', management: 'Ask.' },
    });
  });

  it.each([
    ['description', 'description'],
    ['routes_b', 'bRoutes'],
    ['ingredient_a_id', undefined],
    ['constructor', undefined],
  ])('knows the field of the column %s', (column, field) => {
    expect(fieldOfColumn('interactions', column)).toBe(field);
  });

  it.each([
    ['rules.json', true],
    ['RULES.JSONL.gz', true],
    ['rules.csv', false],
  ])('tells JSON by the name of the file: %s', (name, isJson) => {
    expect(isJsonFile({ name })).toBe(isJson);
  });
});
