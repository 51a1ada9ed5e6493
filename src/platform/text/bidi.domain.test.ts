import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { directionOf, visualRuns, type Direction } from './bidi.domain.js';

/** What stands on paper from left to right, character by character. */
const onPaper = (line: string, base: Direction): string =>
  visualRuns(line, base)
    .map(({ text, direction }) => (direction === 'ltr' ? text : [...text].reverse().join('')))
    .join('');

describe('the order of characters on paper', () => {
  // Right-to-left letters as they stand from left to right: אבג is drawn גבא.
  it.each<[string, Direction, string]>([
    ['Paracetamol 500 mg', 'ltr', 'Paracetamol 500 mg'],
    ['אבג', 'rtl', 'גבא'],
    ['אבג 500', 'rtl', '500 גבא'],
    ['אבג 500 דהו', 'rtl', 'והד 500 גבא'],
    ['אבג Augmentin 1 g דהו', 'rtl', 'והד Augmentin 1 g גבא'],
    ['Augmentin אבג דהו 1 g', 'ltr', 'Augmentin 1 והד גבא g'],
    ['אבג (דהו)', 'rtl', '(והד) גבא'],
    // As the standard has it, and so every browser: a number after such letters is read before the unit after it.
    ['אבג (1 g)', 'rtl', '(g 1) גבא'],
    ['אבג 500/125', 'rtl', '500/125 גבא'],
    ['אבג 12.5%', 'rtl', '12.5% גבא'],
    ['אבג.', 'rtl', '.גבא'],
    ['A אבג.', 'ltr', 'A גבא.'],
    ['1. אבג', 'rtl', 'גבא .1'],
  ])('%s, read %s', (line, base, expected) => {
    expect(onPaper(line, base)).toBe(expected);
  });

  it('keeps numbers after Arabic letters from left to right, Arabic digits too', () => {
    expect(visualRuns('دواء ٥٠٠ مجم', 'rtl')).toEqual([
      { text: ' مجم', direction: 'rtl' },
      { text: '٥٠٠', direction: 'ltr' },
      { text: 'دواء ', direction: 'rtl' },
    ]);
    expect(visualRuns('دواء 500/125', 'rtl').map(({ text }) => text)).toEqual(['500/125', 'دواء ']);
  });

  it('keeps marks with their letters, and leaves out characters that only steer', () => {
    expect(visualRuns('مجاناً', 'rtl')).toEqual([{ text: 'مجاناً', direction: 'rtl' }]);
    expect(visualRuns('\u2067ab\u2069\u200f', 'ltr')).toEqual([{ text: 'ab', direction: 'ltr' }]);
    expect(visualRuns('', 'rtl')).toEqual([]);
  });

  it('reads a text as its first letter is read', () => {
    expect(directionOf('(دواء) A', 'ltr')).toBe('rtl');
    expect(directionOf('12 Augmentin دواء', 'rtl')).toBe('ltr');
    expect(directionOf('12', 'rtl')).toBe('rtl');
  });

  it('never loses a character, whatever stands beside what', () => {
    const character = fc.constantFrom(...'ab אבجم٥0129.,/+-%() [«»]:\u0301\u064b');
    fc.assert(
      fc.property(fc.array(character), fc.constantFrom<Direction>('ltr', 'rtl'), (line, base) => {
        const sorted = (text: string): string => [...text.replace(/[()[\]«»]/g, '|')].sort().join('');
        expect(sorted(onPaper(line.join(''), base))).toBe(sorted(line.join('')));
      }),
    );
  });

  it('leaves text of one direction as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'ab c019.,()'), { minLength: 1 }), (line) => {
        expect(onPaper(line.join(''), 'ltr')).toBe(line.join(''));
      }),
    );
  });
});
