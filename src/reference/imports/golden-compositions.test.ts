import { describe, expect, it } from 'vitest';
import { GOLDEN_KINDS } from './golden-kinds.fixture.js';
import { GOLDEN_NAMES } from './golden-names.fixture.js';
import { IngredientParser } from './ingredient-text.domain.js';
import { seedIndex, written } from './seed-lexicon.fixture.js';

describe('compositions as sources write them', () => {
  const parser = new IngredientParser(seedIndex());

  it.each([...GOLDEN_NAMES, ...GOLDEN_KINDS])('reads %s', (raw, expected) => {
    expect(parser.parse(raw).map(written)).toEqual(expected);
  });

  it('are at least 250, none of them twice', () => {
    const texts = [...GOLDEN_NAMES, ...GOLDEN_KINDS].map(([raw]) => raw);
    expect(texts.length).toBeGreaterThanOrEqual(250);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each([
    ['AMLODIPINE BESYLATE 5 MG', 'besylate'],
    ['SODIUM VALPROATE', 'sodium'],
    ['HYDROCORTISONE SODIUM SUCCINATE', 'sodium succinate'],
    ['METFORMIN HCL', 'hcl'],
    ['ZINC SULFATE', undefined],
    ['CALCIUM CARBONATE', undefined],
    ['PARACETAMOL', undefined],
  ])('keep the salt of %s', (raw, salt) => {
    expect(parser.parse(raw)[0]?.salt).toBe(salt);
  });

  it('say how sure a link is: a name surest, a correction least', () => {
    const confidence = (raw: string): number => parser.parse(raw)[0]?.confidence ?? 0;
    expect(confidence('OMEPRAZOLE')).toBe(1);
    expect(confidence('OMEPRASOLE')).toBeLessThan(confidence('UNHEARDOF (OMEPRAZOLE)'));
    expect(confidence('UNHEARDOF (OMEPRAZOLE)')).toBeLessThan(1);
    expect(parser.parse('UNHEARDOFOL')[0]?.confidence).toBeUndefined();
  });
});
