// Precision over the shipped names: whatever one slip of the pen makes of a name, it never becomes another medicine.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ingredientKey } from './ingredient-index.domain.js';
import { IngredientParser } from './ingredient-text.domain.js';
import { seedIndex, seedNames } from './seed-lexicon.fixture.js';

const index = seedIndex();
const parser = new IngredientParser(index);
const standard = [...new Set(seedNames().map(({ ingredient }) => ingredient))].filter((name) =>
  /^[a-z]{7,}$/.test(name),
);
const letters = 'abcdefghijklmnopqrstuvwxyz';

function edit(word: string, kind: number, at: number, letter: string): string {
  const i = at % word.length;
  if (kind === 0) return word.slice(0, i) + word.slice(i + 1);
  if (kind === 1) return word.slice(0, i) + letter + word.slice(i);
  if (kind === 2) return word.slice(0, i) + letter + word.slice(i + 1);
  return word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2);
}

const slip = fc.record({
  name: fc.constantFrom(...standard),
  kind: fc.integer({ min: 0, max: 3 }),
  at: fc.nat({ max: 40 }),
  letter: fc.constantFrom(...letters),
});

describe('a standard name with one letter wrong', () => {
  it('is linked to that ingredient or to none, never to another', () => {
    let right = 0;
    let other = 0;
    const runs = 4000;
    fc.assert(
      fc.property(slip, ({ name, kind, at, letter }) => {
        const wrong = edit(name, kind, at, letter);
        // What is a name of its own, or looks like the stem of one, is no misspelling.
        fc.pre(index.resolve(ingredientKey(wrong)) === undefined);
        const [part] = parser.parse(wrong.toUpperCase());
        if (part?.status !== 'linked') return;
        if (part.ingredient === name) right++;
        else if (part.linkedBy === 'spelling') other++;
      }),
      { numRuns: runs, seed: 20261122 },
    );
    console.info(`one slip in ${runs} names: ${right} corrected, ${other} to another ingredient`);
    expect(right).toBeGreaterThan(runs / 2);
    expect(other).toBe(0);
  });
});

describe('any text', () => {
  it('never throws, and says for every link how it was made', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120, unit: 'grapheme' }), (raw) => {
        for (const part of parser.parse(raw)) {
          expect(part.status === 'linked').toBe(part.ingredient !== undefined);
          expect(part.status === 'linked').toBe(part.linkedBy !== undefined && part.confidence !== undefined);
          if (part.confidence !== undefined) expect(part.confidence).toBeGreaterThan(0.5);
        }
      }),
      { numRuns: 500 },
    );
  });
});
