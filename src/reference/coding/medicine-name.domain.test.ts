import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readAllergenName, readMedicineName } from './medicine-name.domain.js';

/** Names and strengths of a name, in short: "amoxicillin 120 mg/1 ml". */
const brief = (text: string): string[] =>
  readMedicineName(text).map(({ names, strength }) => {
    const per = strength?.perUnit ? `/${strength.perAmount} ${strength.perUnit}` : '';
    return `${names.at(-1)}${strength ? ` ${strength.amount} ${strength.unit}${per}` : ''}`;
  });

describe('the name of a medicine', () => {
  it.each([
    [
      'Amoxicillin 120 MG/ML / clavulanate potassium 8.58 MG/ML Oral Suspension',
      ['amoxicillin 120 mg/1 ml', 'clavulanate 8.58 mg/1 ml'],
    ],
    ['Azithromycin 20 MG/ML Oral Suspension [Zithromax]', ['azithromycin 20 mg/1 ml']],
    ['24 HR diltiazem hydrochloride 300 MG Extended Release Oral Capsule', ['diltiazem 300 mg']],
    ['Prednisone 5mg tablet (Product)', ['prednisone 5 mg']],
    ['Oral Form Oxycodone (product)', ['oxycodone']],
    ['Capecitabine (product)', ['capecitabine']],
    ['Nystatin 100,000 units/ml oral suspension', ['nystatin 100000 iu/1 ml']],
    ['amoxicillin/clavulanate 500 mg/125 mg', ['amoxicillin', 'clavulanate']],
    ['paracetamol + codeine', ['paracetamol', 'codeine']],
    ['hydrocortisone 1 % Topical Cream', ['hydrocortisone']],
    ['albuterol 0.09 MG/ACTUAT Metered Dose Inhaler', ['albuterol 0.09 mg/1 puff']],
    ['ibuprofen tablets', ['ibuprofen']],
    ['Abuse-Deterrent 12 HR oxycodone hydrochloride 20 MG Extended Release Oral Tablet', ['oxycodone 20 mg']],
    ['meperidine hydrochloride 50 MG Oral Tablet', ['meperidine 50 mg']],
    ['sodium acetate 2 MEQ/ML Injectable Solution', ['sodium acetate 2 meq/1 ml']],
    ['insulin aspart, human 100 UNT/ML Injectable Solution', ['insulin aspart 100 iu/1 ml']],
    ['risankizumab-rzaa 150 MG/ML Prefilled Syringe', ['risankizumab 150 mg/1 ml']],
    ['thyroid (USP) 60 MG Oral Tablet', ['thyroid 60 mg']],
    [
      '{21 (ethinyl estradiol 0.03 MG / levonorgestrel 0.15 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } Pack [Portia 28 Day]',
      ['ethinyl estradiol', 'levonorgestrel'],
    ],
    [
      '{1 (bisacodyl 5 MG Delayed Release Oral Tablet) / 1 (2000 ML) (polyethylene glycol 3350 210000 MG / potassium chloride 740 MG Powder for Oral Solution) } Pack',
      ['bisacodyl', 'polyethylene glycol 3350', 'potassium chloride'],
    ],
    ['iron 2 gummies', ['iron 2 gummies']],
    ['', []],
    ['[brand only]', []],
  ])('%s', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  it('never throws, gives no empty name, and takes no long time, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000, unit: 'binary' }), (text) => {
        for (const { names } of readMedicineName(text)) for (const name of names) expect(name).not.toBe('');
        readAllergenName(text);
      }),
    );
    const started = performance.now();
    for (const nasty of [
      'a '.repeat(500),
      '1 '.repeat(500),
      ' / '.repeat(300),
      `${'x,'.repeat(499)}1 mg`,
      `{${'1 ('.repeat(300)}`,
    ])
      readMedicineName(nasty);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('the name of an allergen', () => {
  it.each([
    ['Penicillin allergy', 'Penicillin'],
    ['Allergy to penicillin (disorder)', 'penicillin'],
    ['ALLERGENIC EXTRACT, PENICILLIN', 'PENICILLIN'],
    ['Amoxicillin (substance)', 'Amoxicillin'],
  ])('%s', (text, bare) => {
    expect(readAllergenName(text).at(-1)).toBe(bare);
  });
});
