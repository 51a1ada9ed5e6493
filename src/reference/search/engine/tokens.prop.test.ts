import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, tokenise } from '../../../platform/text/fold.js';
import { literalWordsOf, wordsOf } from './tokens.domain.js';

/** Characters of names: where the table, the regular expressions and their special cases meet. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abcxyzABC 0123456789  ') },
  { weight: 3, arbitrary: fc.constantFrom(...'+/.%-()*&_,;\'"') },
  { weight: 2, arbitrary: fc.constantFrom(...'أإآاىيةهؤئءبتثمن٠١٢٫٪ـًّ') },
  { weight: 1, arbitrary: fc.constantFrom(...'éèüßøæçñıİœÅ½²µ\u0301\u200f\u00ad\u00a0…–’™') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);
const text = fc.array(character, { maxLength: 24 }).map((characters) => characters.join(''));
const TIDIED_NUMBER = /\p{Nd},|[.٫]\p{Nd}|\p{Nd} +[%٪]/u;
/** As written and as folded: a mark that cannot be seen may stand between the point and its digit. */
const hasTidiedNumbers = (value: string): boolean =>
  TIDIED_NUMBER.test(value) || TIDIED_NUMBER.test(foldText(value));

describe('words of a text', () => {
  it('are those of the common tokeniser, but for numbers that are tidied', () => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(!hasTidiedNumbers(value));
        expect(wordsOf(value)).toEqual(tokenise(value));
      }),
      { numRuns: 3000, examples: [['0.\u200f0'], ['1.\u064b50']] },
    );
  });

  it('never contain a blank or capital, and fold to themselves', () => {
    fc.assert(
      fc.property(text, (value) => {
        for (const word of wordsOf(value)) {
          expect(word).not.toMatch(/\s|[A-Z]/);
          expect(wordsOf(word).join(' ')).toBe(word);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('numbers', () => {
  it.each([
    ['500mg', ['500', 'mg']],
    ['Panadol 1,000 mg', ['panadol', '1000', 'mg']],
    ['0,5 mg', ['0.5', 'mg']],
    ['.5 mg', ['0.5', 'mg']],
    ['1.50 g', ['1.5', 'g']],
    ['1.0', ['1']],
    ['100', ['100']],
    ['5 % cream', ['5%', 'cream']],
    ['٥٠٠ مجم', ['500', 'مجم']],
    ['B1,B6,B12', ['b1', 'b6', 'b12']],
    ['F.C.5', ['f', 'c', '5']],
    ['5 mg/5 ml', ['5', 'mg', '5', 'ml']],
    ['500/125 mg', ['500/125', 'mg']],
  ])('of %s are %j', (value, words) => {
    expect(wordsOf(value)).toEqual(words);
  });
});

describe('punctuation as written', () => {
  it('is noted where it is unusual, or where a name has nothing else', () => {
    expect(literalWordsOf('100% pure (new).', false)).toEqual(['\u0001%', '\u0001).']);
    expect(literalWordsOf('Plain name - 5 mg', false)).toEqual([]);
    expect(literalWordsOf('-', true)).toEqual(['\u0001-']);
    expect(literalWordsOf('*** %', true)).toEqual(['\u0001***', '\u0001%']);
  });
});
