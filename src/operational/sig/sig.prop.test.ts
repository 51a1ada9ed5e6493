import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { amountsOf, daysOfQuantity } from './sig-amounts.domain.js';
import { toArabic } from './sig-arabic.domain.js';
import { toEnglish } from './sig-english.domain.js';
import { LEXICON } from './sig-lexicon.domain.js';
import { LONGEST_SIG, readSig } from './sig-reading.domain.js';
import { toShorthand } from './sig-shorthand.domain.js';
import { anySig, computable } from './sig.fixture.js';

const RUNS = { numRuns: 500 };

/** Texts made of words of the trade, numbers and signs: they reach further into the reader than random letters. */
const tradeText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...LEXICON.keys()) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          ...'od os ou as ad au hs qd u iu cc ss ms d/c ½ 1½ 1/3 .5 1.0 1,5 1,000 x3d q4-6h q2° 7/7 mdd 8 max " ( ) , ; . then also not if'.split(
            ' ',
          ),
        ),
      },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 5000 }).map(String) },
      { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    ),
    { maxLength: 25 },
  )
  .map((words) => words.join(' '));
const anyText = fc.oneof(
  tradeText,
  fc.string({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

describe('directions for use', () => {
  it('are read back from their shorthand as they were, with nothing unread and nothing dangerous in it', () => {
    fc.assert(
      fc.property(
        anySig.filter((sig) => toShorthand(sig).length <= LONGEST_SIG),
        (sig) => {
          const { sig: again, unread, warnings } = readSig(toShorthand(sig));
          expect(again).toEqual(sig);
          expect(unread).toEqual([]);
          expect(warnings).toEqual([]);
        },
      ),
      RUNS,
    );
  });

  it('have one shorthand: to read and print it again changes nothing, whatever was typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const printed = toShorthand(readSig(text).sig);
        fc.pre(printed.length <= LONGEST_SIG);
        expect(toShorthand(readSig(printed).sig)).toBe(printed);
      }),
      { ...RUNS, examples: [['max ,'], ['not ;'], ['1 tab max , then']] },
    );
  });

  it('never throw and stay bounded in every form, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ maxLength: 5000 })), (text) => {
        const { sig, unread, warnings } = readSig(text);
        expect(sig.steps.length).toBeLessThanOrEqual(12);
        amountsOf(sig, { baseUnit: 'tablet' });
        for (const form of [toShorthand(sig), toEnglish(sig), toArabic(sig)])
          expect(form.length).toBeLessThanOrEqual(40 * text.length + 40);
        expect(unread.join('').length).toBeLessThanOrEqual(2 * text.length + 100);
        expect(warnings.length).toBeLessThanOrEqual(text.length);
      }),
      RUNS,
    );
  });

  it('need a quantity that lasts at least as long as they say', () => {
    fc.assert(
      fc.property(computable, (step) => {
        const sig = { steps: [step] };
        const medicine = { baseUnit: step.dose?.unit ?? '' };
        const { quantity, days } = amountsOf(sig, medicine);
        fc.pre(quantity !== null && days !== null && step.duration?.unit !== 'dose');
        const lasts = daysOfQuantity(sig, quantity?.baseUnits ?? '', medicine);
        // Ten years and more is not told.
        if (lasts !== null) expect(lasts).toBeGreaterThanOrEqual(days ?? 0);
      }),
      RUNS,
    );
  });

  it('keep every word that is not theirs', () => {
    const foreign = fc.stringMatching(/^zq[a-z]{3,9}$/);
    fc.assert(
      fc.property(tradeText, foreign, tradeText, (before, word, after) => {
        const { sig } = readSig(`${before} ${word} ${after}`);
        expect(sig.steps.flatMap((step) => step.texts).join(' ')).toContain(word);
      }),
      RUNS,
    );
  });

  it('keep the direction of figures in Arabic: every isolate that opens closes', () => {
    fc.assert(
      fc.property(anySig, (sig) => {
        let depth = 0;
        for (const sign of toArabic(sig)) {
          if (sign === '\u2066' || sign === '\u2068') depth++;
          if (sign === '\u2069') depth--;
          expect(depth).toBeGreaterThanOrEqual(0);
          if (/[0-9]/.test(sign)) expect(depth).toBeGreaterThan(0);
        }
        expect(depth).toBe(0);
      }),
      RUNS,
    );
  });
});
