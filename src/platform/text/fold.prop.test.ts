import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, tokenise } from './fold.js';

/** Any text at all, and text dense in the letters folding is about. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(...'أإآٱىةؤئـَّ٠٥۹٫٬٪àéÎßŒİıǅﬁ½㎎aB9 .+/%-(),\u0301\u0345\u200f'.split('')),
  }),
);

describe('foldText over any text', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no blank at the ends, no double blank, no capital letter, no Arabic hamza carrier', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldText(text)).not.toMatch(/^ | $| {2}|[A-ZÀ-Öأإآٱىةؤئـ٠-٩]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no notice of case or accents of Latin names', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aeiouzkt 19.%') }), (text) => {
        expect(foldText(text.toUpperCase())).toBe(foldText(text));
        expect(foldText(text.replace(/[aeiou]/g, '$&\u0301'))).toBe(foldText(text));
      }),
    );
  });

  it('gives words without blanks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of tokenise(text)) expect(word).toMatch(/^[^ ]+$/);
      }),
    );
  });
});
