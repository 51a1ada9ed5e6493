import { describe, expect, it } from 'vitest';

import { AUXILIARY } from './auxiliary-labels.domain.js';
import { auxiliaryLabels, screeningCautions } from './cautions.domain.js';

const codesOf = (medicine: {
  atcCodes?: string[];
  ingredients?: string[];
  dosageForm?: string;
}): string[] => {
  const found = auxiliaryLabels({ atcCodes: [], ingredients: [], dosageForm: null, ...medicine });
  return AUXILIARY.filter((label) => found.some((caution) => caution.en === label.en)).map(
    (label) => label.code,
  );
};

describe('auxiliary labels', () => {
  it('have a code, a source and both languages each', () => {
    expect(new Set(AUXILIARY.map((label) => label.code)).size).toBe(AUXILIARY.length);
    for (const label of AUXILIARY) {
      expect(label.source.length).toBeGreaterThan(8);
      expect(label.en).toMatch(/^[A-Z].*\.$/);
      expect(label.ar).toMatch(/[\u0600-\u06ff].*\.$/);
    }
  });

  it.each([
    ['amoxicillin capsules', { atcCodes: ['J01CA04'], dosageForm: 'capsule' }, ['finish-course']],
    [
      'metronidazole tablets',
      { atcCodes: ['P01AB01'], dosageForm: 'tablet' },
      ['no-alcohol', 'finish-course'],
    ],
    [
      'metronidazole gel',
      { atcCodes: ['D06BX01'], ingredients: ['metronidazole'], dosageForm: 'gel' },
      ['external'],
    ],
    [
      'doxycycline',
      { atcCodes: ['J01AA02'], dosageForm: 'capsule' },
      ['finish-course', 'not-with-minerals', 'sun'],
    ],
    ['ibuprofen tablets', { atcCodes: ['M01AE01'], dosageForm: 'film-coated tablet' }, ['with-food']],
    ['diclofenac gel', { atcCodes: ['M02AA15'], dosageForm: 'gel' }, ['external']],
    ['codeine', { atcCodes: ['N02AJ06'], dosageForm: 'tablet' }, ['drowsiness-alcohol']],
    ['loratadine', { atcCodes: ['R06AX13'], dosageForm: 'tablet' }, []],
    [
      'weekly methotrexate',
      { ingredients: ['methotrexate'], dosageForm: 'tablet' },
      ['weekly-methotrexate', 'unborn-child'],
    ],
    ['warfarin', { ingredients: ['warfarin sodium'], dosageForm: 'tablet' }, ['unborn-child']],
    ['eye drops', { atcCodes: ['S01AA11'], dosageForm: 'eye drops' }, ['eye-opened']],
    ['a suspension', { dosageForm: 'suspension' }, ['shake']],
    ['an inhaled steroid', { atcCodes: ['R03BA02'], dosageForm: 'inhaler' }, ['rinse-mouth']],
    ['paracetamol', { ingredients: ['paracetamol'], dosageForm: 'tablet' }, ['paracetamol']],
    ['nothing known', {}, []],
    ['odd names', { ingredients: ['__proto__', 'valueOf'], dosageForm: 'constructor' }, []],
  ])('of %s', (_, medicine, codes) => {
    expect(codesOf(medicine)).toEqual(codes);
  });
});

describe('what the screening found', () => {
  const alert = (kind: string, ...names: string[]) => ({
    kind,
    subjects: names.map((name) => ({ name })),
    message: 'm',
    source: 's',
  });

  it('is said of interactions alone, with what they are with', () => {
    const [caution, ...more] = screeningCautions([
      alert('interaction', 'Warfarin', 'Ibuprofen'),
      alert('dose', 'x', 'y'),
    ]);
    expect(more).toEqual([]);
    expect(caution?.en).toContain('\u2068Warfarin\u2069, \u2068Ibuprofen\u2069');
    expect(caution?.source).toBe('s');
    expect(screeningCautions([alert('dose', 'x', 'y')])).toEqual([]);
  });
});
