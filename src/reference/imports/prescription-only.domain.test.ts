import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readMapping } from './mapping.domain.js';
import { isPrescriptionOnly, readAtcEntry } from './prescription-only.domain.js';
import type { RouteName } from './route-class.domain.js';

function egyptList() {
  const text = readFileSync(new URL('../../../db/mappings/egypt.json', import.meta.url), 'utf8');
  const result = readMapping(JSON.parse(text));
  if (!('ok' in result)) throw new Error(result.problems.join('; '));
  return result.ok.prescriptionOnly;
}

describe('the prescription-only list shipped for Egypt', () => {
  const list = egyptList();

  it.each<[string, boolean, RouteName | undefined, Array<string | undefined>]>([
    ['amoxicillin capsules', true, 'oral', ['J01CA04']],
    ['a combination with one antibiotic', true, 'topical', ['D11AX', 'J01FA01']],
    ['warfarin', true, 'oral', ['B01AA03']],
    ['low-dose aspirin', false, 'oral', ['B01AC06']],
    ['clopidogrel', true, 'oral', ['B01AC04']],
    ['paracetamol tablets', false, 'oral', ['N02BE01']],
    ['paracetamol by infusion', true, 'intravenous', ['N02BE01']],
    ['ibuprofen tablets', false, 'oral', ['M01AE01']],
    ['diclofenac tablets', true, 'oral', ['M01AB05']],
    ['diclofenac gel', false, 'topical', ['M01AB05']],
    ['tramadol', true, 'oral', ['N02AX02']],
    ['pregabalin', true, 'oral', ['N02BF02']],
    ['melatonin', false, 'oral', ['N05CH01']],
    ['diazepam', true, 'oral', ['N05BA01']],
    ['omega-3', false, 'oral', ['C10AX06']],
    ['atorvastatin', true, 'oral', ['C10AA05']],
    ['betamethasone cream', true, 'topical', ['H02AB01']],
    ['semaglutide', true, 'subcutaneous', ['A10BJ06']],
    ['antacid', false, 'oral', ['A02AB01', 'A02AA04']],
    ['nothing known', false, undefined, [undefined]],
  ])('%s: %s', (_name, expected, route, codes) => {
    expect(isPrescriptionOnly(list, route, codes)).toBe(expected);
  });
});

describe('the closest entry', () => {
  const entry = (text: string) => readAtcEntry(text) ?? { prefix: '?' };

  it('decides, and a tie is prescription only', () => {
    const list = {
      atc: [entry('M01'), entry('M01AB05/oral')],
      exceptAtc: [entry('M01AB'), entry('M01')],
      routes: [],
    };
    expect(isPrescriptionOnly(list, 'oral', ['M01AB05'])).toBe(true);
    expect(isPrescriptionOnly(list, 'topical', ['M01AB05'])).toBe(false);
    expect(isPrescriptionOnly(list, 'topical', ['M01AC01'])).toBe(true);
  });

  it.each(['', 'm01', 'M0', 'M01A1', 'M01/by mail', 'M01/oral/oral', 'M01AB055'])(
    'is not read from %j',
    (text) => {
      expect(readAtcEntry(text)).toBeUndefined();
    },
  );
});
