import { describe, expect, it } from 'vitest';

import { directionRuns } from './mixed-text.domain';

/** The text with what is isolated in brackets. */
const shown = (text: string): string =>
  directionRuns(text)
    .map((run) => (run.isLtr ? `[${run.text}]` : run.text))
    .join('');

describe('direction of mixed text', () => {
  it.each([
    ['أموكسابيل 500 mg 16 كبسولات', 'أموكسابيل [500 mg] [16] كبسولات'],
    ['باراسيتامول أمارنيا 120 mg/5 ml شراب', 'باراسيتامول أمارنيا [120 mg/5 ml] شراب'],
    ['باراسيتامول 120 mg / 5 ml شراب', 'باراسيتامول [120 mg / 5 ml] شراب'],
    ['بانادول Panadol Extra 500 mg أقراص', 'بانادول [Panadol Extra 500 mg] أقراص'],
    ['كريم 5%', 'كريم [5%]'],
    ['دواء ١٠ مجم', 'دواء ١٠ مجم'],
    ['بحد أقصى 1000 mg في اليوم', 'بحد أقصى [1000 mg] في اليوم'],
    ['16–18 سنة', '[16–18] سنة'],
    ['0.5 g كل 6 ساعات', '[0.5 g] كل [6] ساعات'],
  ])('keeps what belongs together in %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('leaves a text of one direction whole', () => {
    expect(shown('AUGMENTIN 1 GM 14 F.C.TABS.')).toBe('AUGMENTIN 1 GM 14 F.C.TABS.');
    expect(directionRuns('')).toEqual([]);
  });

  it('loses and adds nothing', () => {
    for (const text of ['أ 1 b 2', ' 5 mg ', 'أ (5 mg) ب 7', '1 2 3 واحد اتنين 4 5', 'x أ 5', '5 أ'])
      expect(
        directionRuns(text)
          .map((run) => run.text)
          .join(''),
      ).toBe(text);
  });
});
