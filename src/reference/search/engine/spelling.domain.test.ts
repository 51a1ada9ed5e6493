import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measured, measureEdits } from './edit-distance.domain.js';
import { everydayFormWords, withoutArticle } from './everyday-words.domain.js';
import { Lexicon } from './lexicon.domain.js';
import { derivedNumberWords, measureWord, shiftDecimal } from './measures.domain.js';
import { fitsPattern } from './query.domain.js';
import { skeletonOf, soundOf, vowelDistance } from './sound.domain.js';
import { buildSpelling, SpellingIndex } from './spelling-index.domain.js';

const codesOf = (text: string): Uint16Array => Uint16Array.from(text, (letter) => letter.charCodeAt(0));
const edits = (typed: string, word: string, limit = 2, mayBeUnfinished = false): number | null =>
  measureEdits(typed, codesOf(word), 0, word.length, limit, mayBeUnfinished) ? measured.edits : null;

/** The textbook distance with swaps of neighbours. */
function plainDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      (table[i] ?? [])[j] = least;
    }
  return at(a.length, b.length);
}

describe('typing errors', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 1, maxLength: 9 });

  it('are counted like in the textbook', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const expected = plainDistance(a, b);
        expect(edits(a, b)).toBe(expected <= 2 ? expected : null);
      }),
      { numRuns: 3000 },
    );
  });

  it('of an unfinished word are those of the best beginning', () => {
    expect(edits('pnad', 'panadol', 1, true)).toBe(1);
    expect(edits('augmrn', 'augmentin', 1, true)).toBe(1);
    expect(edits('xyz', 'panadol', 1, true)).toBeNull();
  });

  it('weigh less where people err', () => {
    const weight = (typed: string, wanted: string): number =>
      edits(typed, wanted) === null ? 999 : measured.weight;
    expect(weight('panadoll', 'panadol')).toBeLessThan(weight('panadolk', 'panadol'));
    expect(weight('zitromax', 'zithromax')).toBeLessThan(weight('zihromax', 'zithromax'));
    expect(weight('kataflam', 'cataflam')).toBeLessThan(weight('mataflam', 'cataflam'));
    expect(weight('panafol', 'panadol')).toBeLessThan(weight('panakol', 'panadol'));
  });
});

describe('a spelling index', () => {
  it('finds every word within the limit, and no other', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 30 }), word, (words, typed) => {
        const lexicon = Lexicon.fromSorted([...words].sort());
        const index = new SpellingIndex(lexicon, buildSpelling(lexicon));
        const limit = typed.length >= 7 ? 2 : 1;
        const found = index.near(typed, limit, false).map(({ token }) => lexicon.word(token));
        const expected = words.filter((other) => plainDistance(typed, other) <= limit);
        expect([...new Set(found)].sort()).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });
});

describe('sounds', () => {
  it.each([
    ['بنادول', 'panadol'],
    ['اوجمنتين', 'augmentin'],
    ['كونجستال', 'congestal'],
    ['زيثروماكس', 'zithromax'],
    ['فولتارين', 'voltaren'],
    ['سيبروفار', 'ciprofar'],
    ['amoksisilin', 'amoxicillin'],
    ['zitromaks', 'zithromax'],
    ['fenobarbital', 'phenobarbital'],
  ])('of %s and %s are alike', (a, b) => {
    expect(skeletonOf(soundOf(a))).toBe(skeletonOf(soundOf(b)));
    expect(vowelDistance(soundOf(a), soundOf(b), true, false)).toBeLessThanOrEqual(6);
  });

  it('tell words apart', () => {
    expect(skeletonOf(soundOf('brufen'))).not.toBe(skeletonOf(soundOf('panadol')));
    expect(vowelDistance(soundOf('brufen'), soundOf('paraffin'), false, false)).toBeGreaterThan(
      vowelDistance(soundOf('brufin'), soundOf('brufen'), false, false),
    );
    expect(skeletonOf(soundOf('a'))).toBe('');
  });
});

describe('numbers with units', () => {
  it.each([
    ['0.5', 'g', '=500mg'],
    ['500', 'mg', '=500mg'],
    ['500000', 'mcg', '=500mg'],
    ['1', 'gm', '=1000mg'],
    ['62.5', 'mcg', '=0.0625mg'],
    ['5', 'ml', '=5ml'],
    ['1.5', 'مجم', '=1.5mg'],
  ])('%s %s is %s', (number, unit, word) => {
    expect(measureWord(number, unit)).toBe(word);
  });

  it('move the point exactly', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: -6, max: 6 }),
        (number, places) => {
          const there = shiftDecimal(String(number), places);
          expect(shiftDecimal(there, -places)).toBe(String(number));
        },
      ),
    );
    expect(measureWord('5', 'sheep')).toBeNull();
  });

  it('stand for their parts', () => {
    expect(derivedNumberWords('500/125', 'mg')).toEqual(['500', '=500mg', '125', '=125mg']);
    expect(derivedNumberWords('500', 'tabs')).toEqual(['~500']);
    expect(derivedNumberWords('5%', undefined)).toEqual([]);
    expect(derivedNumberWords('mg', '5')).toEqual([]);
  });
});

describe('words', () => {
  it('fit patterns', () => {
    const fits = (pattern: string, text: string): boolean =>
      fitsPattern(pattern, codesOf(text), 0, text.length);
    expect(fits('pan*', 'panadol')).toBe(true);
    expect(fits('*dol', 'panadol')).toBe(true);
    expect(fits('p?n*o?', 'panadol')).toBe(true);
    expect(fits('p?l', 'panadol')).toBe(false);
    expect(fits('*', '')).toBe(true);
    expect(fits('?', '')).toBe(false);
  });

  it('of every day name forms', () => {
    expect(everydayFormWords('capsule')).toEqual(expect.arrayContaining(['cap', 'caps', 'كبسول']));
    expect(everydayFormWords('film-coated tablet')).toEqual(expect.arrayContaining(['tab', 'اقراص', 'fct']));
    expect(everydayFormWords('eye drops')).toEqual(expect.arrayContaining(['نقط', 'عين']));
    expect(everydayFormWords('gel')).not.toContain('tab');
  });

  it('lose the Arabic article', () => {
    expect(withoutArticle('الباراسيتامول')).toBe('باراسيتامول');
    expect(withoutArticle('الم')).toBeNull();
  });
});
