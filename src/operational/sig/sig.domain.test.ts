import { describe, expect, it } from 'vitest';

import { amountsOf, daysOfQuantity, type MedicineUnits } from './sig-amounts.domain.js';
import { toArabic } from './sig-arabic.domain.js';
import { CODES } from './sig-codes.fixture.js';
import { toEnglish } from './sig-english.domain.js';
import { readSig } from './sig-reading.domain.js';
import { toShorthand } from './sig-shorthand.domain.js';

const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

describe('codes of the trade', () => {
  it('are at least 80', () => {
    expect(new Set(CODES.map(([typed]) => typed)).size).toBeGreaterThanOrEqual(80);
  });

  it.each(CODES)('%s', (typed, english, arabic) => {
    const { sig, unread } = readSig(typed);
    expect(unread).toEqual([]);
    expect(toEnglish(sig)).toBe(english);
    expect(withoutIsolates(toArabic(sig))).toBe(arabic);
  });

  it('are read in any case, with points, with Arabic digits', () => {
    for (const typed of [
      '1 TAB P.O. B.I.D. P.C.',
      '1 Tab po bid pc.',
      '١ tab po bid pc',
      '(1 tab) po, bid; pc',
    ])
      expect(toShorthand(readSig(typed).sig)).toBe('1 tab po bid after meals');
  });
});

describe('Arabic counting', () => {
  it.each([
    ['1 tab', 'يؤخذ قرص واحد.'],
    ['2 tab', 'يؤخذ قرصان.'],
    ['3 tab', 'تؤخذ 3 أقراص.'],
    ['10 tab', 'تؤخذ 10 أقراص.'],
    ['11 tab', 'يؤخذ 11 قرصًا.'],
    ['99 tab', 'يؤخذ 99 قرصًا.'],
    ['100 tab', 'يؤخذ 100 قرص.'],
    ['103 tab', 'تؤخذ 103 أقراص.'],
    ['0.25 tab', 'يؤخذ ربع قرص.'],
    ['2.5 tab', 'يؤخذ قرصان ونصف.'],
    ['3.5 tab', 'يؤخذ 3 أقراص ونصف.'],
    ['1.2 tab', 'يؤخذ 1.2 قرص.'],
    ['2-3 cap', 'تؤخذ من كبسولتين إلى 3 كبسولات.'],
    ['1 tab for 11 days', 'يؤخذ قرص واحد لمدة 11 يومًا.'],
    ['1 tab for 1-2 days', 'يؤخذ قرص واحد لمدة من يوم إلى يومين.'],
  ])('%s', (typed, arabic) => {
    expect(withoutIsolates(toArabic(readSig(typed).sig))).toBe(arabic);
  });

  it('isolates figures and foreign words', () => {
    expect(toArabic(readSig('500 mg tid "see leaflet 2"').sig)).toBe(
      'يُستعمل \u2066500\u2069 ملجم \u20663\u2069 مرات يوميًا. \u2068see leaflet 2\u2069',
    );
  });
});

const TABLET: MedicineUnits = { baseUnit: 'tablet', holds: [{ unit: 'mg', amount: '5' }] };
const SYRUP: MedicineUnits = { baseUnit: 'ml' };
const INHALER: MedicineUnits = { baseUnit: 'piece', holds: [{ unit: 'puff', amount: '200' }] };
const PEN: MedicineUnits = { baseUnit: 'ml', holds: [{ unit: 'iu', amount: '100' }] };

describe('quantity and days', () => {
  it.each<[string, MedicineUnits, string | null, number | null]>([
    ['1 tab bid x7d', TABLET, '14', 7],
    ['1-2 tab q4-6h prn for 3 days', TABLET, '36', 3],
    ['1-2 tab q4-6h prn for 3 days mdd 8', TABLET, '24', 3],
    ['1 tab q5h for 7 days', TABLET, '34', 7],
    ['1 tab qod for 7 days', TABLET, '4', 7],
    ['1 tab mwf for 2 weeks', TABLET, '6', 14],
    ['1 tab weekly for 3 months', TABLET, '13', 90],
    ['1 tab q2w on mon for 4 weeks', TABLET, '2', 28],
    ['1 tab bid mon thu for 2 weeks', TABLET, '8', 14],
    ['1/2 tab daily for 7 days', TABLET, '3.5', 7],
    ['2 tab stat then 1 tab daily x4d', TABLET, '6', 5],
    ['20 mg daily x3d then 10 mg daily x3d then 5 mg daily x3d', TABLET, '21', 9],
    ['1 tab am 2 tab pm x7d', TABLET, '21', 7],
    ['1 tab at 08:00, 14:00, 22:00 for 5 days', TABLET, '15', 5],
    ['1 tab before breakfast and before dinner for 10 days', TABLET, '20', 10],
    ['2 tab tid for 10 doses', TABLET, '20', 4],
    ['5 ml tid x7d', SYRUP, '105', 7],
    ['2.5 ml bid x5d', SYRUP, '25', 5],
    ['1 tsp tid x7d', SYRUP, '105', 7],
    ['1 tbsp bid for 10 days', SYRUP, '300', 10],
    ['2 gtt both eyes qid for 10 days', SYRUP, '8', 10],
    ['1 gtt left eye bid for 7 days', SYRUP, '0.7', 7],
    ['2 puffs qid for 30 days', INHALER, '1.2', 30],
    ['10 units subcut bid for 30 days', PEN, '6', 30],
    ['7 units subcut daily for 1 month', PEN, '2.1', 30],
    ['1 tab bid', TABLET, null, null],
    ['1 tab for 7 days', TABLET, null, null],
    ['bid for 7 days', TABLET, null, null],
    ['1 tab bid for 7 days with something', TABLET, null, null],
    ['1 patch weekly for 2 weeks', TABLET, null, 14],
  ])('%s', (typed, medicine, baseUnits, days) => {
    const amounts = amountsOf(readSig(typed).sig, medicine);
    expect([amounts.quantity?.baseUnits ?? null, amounts.days]).toEqual([baseUnits, days]);
  });

  it.each<[string, string, MedicineUnits, number | null]>([
    ['1 tab bid', '30', TABLET, 15],
    ['1-2 tab q4-6h prn', '30', TABLET, 2],
    ['1-2 tab q4-6h mdd 8', '30', TABLET, 3],
    ['1 tab qod', '15', TABLET, 30],
    ['1 tab weekly', '4', TABLET, 28],
    ['10 mg daily', '30', TABLET, 15],
    ['5 ml tid', '100', SYRUP, 6],
    ['2 puffs bid', '1', INHALER, 50],
    ['4 tab q1h', '30', TABLET, null],
    ['1 tab stat', '30', TABLET, null],
    ['1 tab bid then 1 tab daily', '30', TABLET, null],
  ])('%s lasts %s base units for so many days', (typed, quantity, medicine, days) => {
    expect(daysOfQuantity(readSig(typed).sig, quantity, medicine)).toBe(days);
  });

  it('never lets the highest dose and its rate pass the stated maximum', () => {
    expect(amountsOf(readSig('1-2 tab q4-6h mdd 8').sig).perDay).toEqual({ min: '4', max: '4' });
  });
});

describe('dangerous spellings', () => {
  it.each([
    ['1 tab qd', 'daily'],
    ['1 tab q.o.d.', 'every other day'],
    ['10 U subcut', 'units'],
    ['10 IU im', 'units'],
    ['5 cc bid', 'ml'],
    ['50 µg daily', 'mcg'],
    ['1 tab hs', 'at bedtime'],
    ['1.0 mg daily', '1'],
    ['.5 mg daily', '0.5'],
    ['1 gtt AD bid', 'in the right ear'],
    ['1 gtt os bid', 'in the left eye'],
    ['1 tab od', 'daily'],
    ['1 gtt od bid', 'in the right eye'],
    ['1 tab q4°', 'every 4 hours'],
    ['1 tab per os', 'by mouth'],
    ['1 tab q6pm', 'at 6 pm'],
    ['1 tab bid x3d', 'for 3 days'],
  ])('%s is read and reported', (typed, readAs) => {
    const { warnings, unread } = readSig(typed);
    expect(warnings.map((warning) => warning.readAs)).toEqual([readAs]);
    expect(unread).toEqual([]);
  });

  it.each([
    ['1 gtt od', 'od'],
    ['apply od', 'od'],
    ['1 tab od bid', 'od'],
    ['1 tab os bid', 'os'],
    ['10k units daily', '10k units'],
    ['ms 10 mg', 'ms'],
    ['1 tab d/c', 'd/c'],
    ['ss tab', 'ss'],
    ['1,5 ml bid', '1,5 ml'],
    ['1 tab cc', 'cc'],
    ['1 tab i/d', 'i/d'],
  ])('%s has two meanings and is not read', (typed, left) => {
    const { warnings, unread } = readSig(typed);
    expect(warnings.filter((warning) => warning.readAs === null)).toHaveLength(1);
    expect(unread.join(' ')).toContain(left);
  });

  it('knows the right eye of a medicine for the eye without drops being said', () => {
    expect(toShorthand(readSig('1 appl od bid', { organ: 'eye' }).sig)).toBe('1 appl right eye bid');
  });
});

describe('what is not understood', () => {
  it('stays, in order, and is reported', () => {
    const { sig, unread } = readSig('1 tab bid rub gently on zebra tid');
    expect(unread).toEqual(['gently on zebra tid']);
    expect(toEnglish(sig)).toContain('gently on zebra tid');
  });

  it.each([
    ['do not take with food', 'not take with food'],
    ['1 tab bid, avoid milk', 'avoid milk'],
    ['1 tab daily except on fridays', 'except on fridays'],
    ['1 tab bid, may repeat in 2 weeks', 'may repeat in 2 weeks'],
    ['1 tab if pain persists', 'if pain persists'],
    ['increase to 2 tab bid', 'increase to 2 tab bid'],
  ])('%s does not become its opposite', (typed, left) => {
    expect(readSig(typed).unread.join(' ')).toContain(left);
  });

  it('does not cut a strength into a dose', () => {
    expect(readSig('500 mg/5 ml bid').sig.steps[0]).toMatchObject({
      dose: null,
      texts: ['500 mg/5 ml'],
    });
  });

  it('keeps a bare number unless the medicine says what it counts', () => {
    expect(readSig('2 bid').unread).toEqual(['2']);
    expect(toShorthand(readSig('2 bid', { unit: 'tablet' }).sig)).toBe('2 tab bid');
  });

  it.each(['id', 'ad', 'onetab', 'iid', 'a'])('does not find a number inside the word %s', (word) => {
    const { sig } = readSig(`1 tab ${word} bid`);
    expect(sig.steps[0]).toMatchObject({ dose: { min: '1' }, duration: null });
  });

  it('leaves no blank where a comma stood alone', () => {
    expect(readSig('if ,').unread).toEqual(['if']);
  });

  it('keeps steps beyond the twelfth as text', () => {
    const { sig } = readSig(
      Array.from({ length: 14 }, (_, index) => `${index + 1} tab daily`).join(' then '),
    );
    expect(sig.steps).toHaveLength(12);
    expect(sig.steps[11]?.texts.join(' ')).toContain('14 tab daily');
  });
});
