import { describe, expect, it } from 'vitest';

import { adjudicate } from './adjudication.domain.js';
import { aClaim, aCover, aRule } from './adjudication.fixture.js';
import { fitsFormat, periodOf, ruleFor } from './coverage.domain.js';

const MEDICINE = aClaim().medicine;

describe('the rule that decides', () => {
  const everything = aRule({ ruleId: 1 });
  const analgesics = aRule({ ruleId: 2, atcPrefix: 'N02' });
  const anilides = aRule({ ruleId: 3, atcPrefix: 'N02BE' });
  const ingredient = aRule({ ruleId: 4, ingredientId: 70 });
  const product = aRule({ ruleId: 5, drugId: 7 });

  it('says most about the medicine: product, ingredient, longest class, everything', () => {
    const all = [everything, analgesics, anilides, ingredient, product];
    const chosen = all.map((_, index) => ruleFor(all.slice(0, index + 1), MEDICINE)?.ruleId);
    expect(chosen).toEqual([1, 2, 3, 4, 5]);
  });

  it('is none where no rule is about the medicine', () => {
    expect(ruleFor([aRule({ drugId: 8 }), aRule({ atcPrefix: 'C' })], MEDICINE)).toBeUndefined();
  });

  it('excludes before it asks for an authorisation, and that before it pays, where two say as much', () => {
    const other = aRule({ ruleId: 6, ingredientId: 71 });
    const asks = aRule({ ruleId: 7, ingredientId: 71, needsAuthorisation: true });
    const excludes = aRule({ ruleId: 8, ingredientId: 71, covered: false, payerPercent: null });
    expect(ruleFor([other, ingredient], MEDICINE)?.ruleId).toBe(4);
    expect(ruleFor([ingredient, asks], MEDICINE)?.ruleId).toBe(7);
    expect(ruleFor([ingredient, asks, excludes], MEDICINE)?.ruleId).toBe(8);
  });
});

describe('a claim is refused', () => {
  const rejected = (code: string, ruleId: number | null = 1, notBefore: string | null = null) => ({
    outcome: 'rejected',
    code,
    ruleId,
    notBefore,
  });

  it.each([
    ['the plan has ended', { plan: { validTo: '2026-11-29' } }],
    ['the plan has not begun', { plan: { validFrom: '2026-12-01' } }],
    ['the plan is no longer used', { plan: { active: false } }],
    ['the cover has ended', { validTo: '2026-11-29' }],
  ])('because %s', (_, values) => {
    expect(adjudicate(aClaim(), aCover([aRule()], values))).toEqual(rejected('cover_ended', null));
  });

  it('because the payer has no such member', () => {
    expect(adjudicate(aClaim(), aCover([aRule()], { memberNumber: '1234567' }))).toEqual(
      rejected('member_unknown', null),
    );
  });

  it('because it is not covered, or excluded', () => {
    expect(adjudicate(aClaim(), aCover([]))).toEqual(rejected('not_covered', null));
    const excluded = aRule({ covered: false, payerPercent: null });
    expect(adjudicate(aClaim(), aCover([excluded]))).toEqual(rejected('not_covered'));
  });

  it('because it is more than the plan gives at once', () => {
    expect(adjudicate(aClaim(), aCover([aRule({ maxQuantity: '29.999' })]))).toEqual(rejected('plan_limit'));
    expect(adjudicate(aClaim(), aCover([aRule({ maxDaysSupply: 29 })]))).toEqual(rejected('plan_limit'));
    const enough = aRule({ maxQuantity: '30', maxDaysSupply: 30 });
    expect(adjudicate(aClaim(), aCover([enough]))).toMatchObject({ outcome: 'adjudicated' });
  });

  it('because nobody allowed it beforehand, on that day, for that much', () => {
    const rules = [aRule({ needsAuthorisation: true })];
    const allowed = {
      authorisationId: 9,
      drugId: 7,
      ingredientId: null,
      atcPrefix: null,
      validFrom: '2026-11-01',
      validTo: '2026-12-31',
      quantity: '60',
      used: '30',
    };
    const by = (values: Partial<typeof allowed>) =>
      adjudicate(aClaim(), aCover(rules, { authorisations: [{ ...allowed, ...values }] }));
    expect(adjudicate(aClaim(), aCover(rules))).toEqual(rejected('prior_authorisation'));
    expect(by({ used: '31' })).toEqual(rejected('prior_authorisation'));
    expect(by({ validTo: '2026-11-29' })).toEqual(rejected('prior_authorisation'));
    expect(by({ drugId: 8 })).toEqual(rejected('prior_authorisation'));
    expect(by({})).toMatchObject({ outcome: 'adjudicated', authorisationId: 9 });
  });

  it('because the last supply is not used up, and says from when', () => {
    const cover = (serviceDate: string) =>
      aCover([aRule({ refillAfterShare: '0.75' })], { lastSupply: { serviceDate, daysSupply: 30 } });
    // 22.5 of 30 days: due on the 23rd day.
    expect(adjudicate(aClaim(), cover('2026-11-08'))).toEqual(rejected('refill_too_soon', 1, '2026-12-01'));
    expect(adjudicate(aClaim(), cover('2026-11-07'))).toMatchObject({ outcome: 'adjudicated' });
  });
});

describe('a claim is shared', () => {
  const shares = (...args: Parameters<typeof adjudicate>) => {
    const answer = adjudicate(...args);
    return answer.outcome === 'adjudicated'
      ? [answer.payerShare, answer.patientShare, answer.deductibleApplied]
      : answer.code;
  };

  it.each([
    ['by percentage', aClaim(), aCover([aRule()]), ['80.00', '20.00', '0.00']],
    [
      'rounded half up once',
      aClaim({ amount: '0.05' }),
      aCover([aRule({ payerPercent: '50' })]),
      ['0.03', '0.02', '0.00'],
    ],
    [
      'in a currency of three decimals',
      aClaim({ amount: '0.005', currencyDecimals: 3 }),
      aCover([aRule({ payerPercent: '50' })]),
      ['0.003', '0.002', '0.00'],
    ],
    [
      'in a currency without decimals',
      aClaim({ amount: '5', currencyDecimals: 0 }),
      aCover([aRule({ payerPercent: '50' })]),
      ['3.00', '2.00', '0.00'],
    ],
    ['by copay', aClaim(), aCover([aRule({ copay: '15' })]), ['85.00', '15.00', '0.00']],
    [
      'by a copay above the price',
      aClaim({ amount: '10' }),
      aCover([aRule({ copay: '15' })]),
      ['0.00', '10.00', '0.00'],
    ],
    [
      'after what is left of the deductible',
      aClaim(),
      aCover([aRule()], { plan: { deductible: '50' }, used: { deductible: '20', payer: '0' } }),
      ['56.00', '44.00', '30.00'],
    ],
    [
      'up to the highest price counted',
      aClaim(),
      aCover([aRule({ maxUnitPrice: '2' })]),
      ['48.00', '52.00', '0.00'],
    ],
    ['up to the cap of the rule', aClaim(), aCover([aRule({ claimCap: '30' })]), ['30.00', '70.00', '0.00']],
    [
      'up to the cap of the plan',
      aClaim(),
      aCover([aRule()], { plan: { claimCap: '25' } }),
      ['25.00', '75.00', '0.00'],
    ],
    [
      'up to what the period leaves',
      aClaim(),
      aCover([aRule()], { plan: { periodCap: '500' }, used: { deductible: '0', payer: '490' } }),
      ['10.00', '90.00', '0.00'],
    ],
    [
      'with nothing, when the period is used up',
      aClaim(),
      aCover([aRule()], { plan: { periodCap: '500' }, used: { deductible: '0', payer: '600' } }),
      ['0.00', '100.00', '0.00'],
    ],
  ])('%s', (_, claim, cover, expected) => {
    expect(shares(claim, cover)).toEqual(expected);
  });

  it('saying how it came about', () => {
    const cover = aCover([aRule({ maxUnitPrice: '3', claimCap: '40' })], { plan: { deductible: '20' } });
    expect(adjudicate(aClaim(), cover)).toMatchObject({
      payerShare: '40.00',
      periodFrom: '2026-01-01',
      periodDeductible: '20.00',
      breakdown: { eligible: '90.00', deductible: '20.00', memberPart: '14.00', capped: '16.00' },
    });
  });
});

describe('a member number', () => {
  it.each([
    ['A1234567', 'A9999999', true],
    [' b1234567 ', 'A9999999', true],
    ['11234567', 'A9999999', false],
    ['A123456', 'A9999999', false],
    ['EG-12-x', 'EG-99-X', true],
    ['EG/12-x', 'EG-99-X', false],
    ['anything', null, true],
  ])('%s of the format %s: %s', (number, format, fits) => {
    expect(fitsFormat(number, format)).toBe(fits);
  });
});

it('counts a day in its calendar period', () => {
  expect([periodOf('2026-11-30', 'year'), periodOf('2026-11-30', 'month')]).toEqual([
    '2026-01-01',
    '2026-11-01',
  ]);
});
