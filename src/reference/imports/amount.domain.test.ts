import { describe, expect, it } from 'vitest';
import { canonicalAmount, findStrengths, withoutStrengths } from './amount.domain.js';

function found(text: string): string[] {
  return findStrengths(text).map(
    ({ amount, unit, per }) =>
      `${amount} ${unit}${per === undefined ? '' : ` per ${per.amount} ${per.unit}`}`,
  );
}

describe('canonicalAmount', () => {
  it.each([
    ['50.000', 'iu', '50000'],
    ['1.500.000', 'iu', '1500000'],
    ['1.500.000', 'mg', '1500000'],
    ['10.000', 'mcg', '10000'],
    ['2.275', 'mg', '2.275'],
    ['10.000', 'mg', '10'],
    ['0.025', '%', '0.025'],
    ['0.625', 'iu', '0.625'],
    ['12.345', 'mcg', '12.345'],
    ['1,000', 'mg', '1000'],
    ['0,5', 'mg', '0.5'],
    ['.5', 'mg', '0.5'],
    ['007.50', 'mg', '7.5'],
  ])('reads %s %s as %s', (written, unit, amount) => {
    expect(canonicalAmount(written, unit)).toBe(amount);
  });

  it.each(['0', '0.000', '1.2.3', '', 'x', '1234567890123', '0.0000001'])('refuses %j', (written) => {
    expect(canonicalAmount(written, 'mg')).toBeUndefined();
  });
});

describe('findStrengths', () => {
  it.each([
    ['AUGMENTIN 1 GM 14 TABS.', ['1 g']],
    ['LINAGLIFLOZIN 25/5 MG 30 TABS.', ['25 mg', '5 mg']],
    ['AVEROTHIAZIDE 10/40/12.5 MG', ['10 mg', '40 mg', '12.5 mg']],
    ['5-FLUOROURACIL-EBEWE 250MG/5ML', ['250 mg per 5 ml']],
    ['ABASAGLAR 100 I.U./ML 5 CARTRIDGES', ['100 iu per 1 ml']],
    ['DUROGESIC 100MCG/HR', ['100 mcg per 1 hour']],
    ['PHESGO 1200MG/600MG/30.000 UNITS', ['1200 mg', '600 mg', '30000 unit']],
    ['TIMOBRIM 0.2%/0.5%', ['0.2 %', '0.5 %']],
    ['BENZYL PENICILLIN 1 M.I.U.', ['1000000 iu']],
    ['REUTERI 100 MILLION CFU', ['100000000 cfu']],
    ['LACTO 2.25 B CFU', ['2250000000 cfu']],
    ['FISH OIL 1085.72 MG', ['1085.72 mg']],
    ['VITAMIN B12 Q10 OMEGA3', []],
    ['SPF 50+', []],
  ])('finds in %s %j', (text, strengths) => {
    expect(found(text)).toEqual(strengths);
  });

  it('leaves the name when strengths are taken away', () => {
    expect(withoutStrengths('VITAMIN B12 500 MCG')).toBe('VITAMIN B12');
    expect(withoutStrengths('25/5 MG EMPAGLIFLOZIN')).toBe('EMPAGLIFLOZIN');
    expect(withoutStrengths('MENTHOL')).toBe('MENTHOL');
  });
});
