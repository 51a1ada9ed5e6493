import { describe, expect, it } from 'vitest';

import {
  ageOn,
  isAboutBuyer,
  judgeLimit,
  mayPass,
  type Buyer,
  type LimitUsage,
} from './purchase-limits.domain.js';

const usage = (values: Partial<LimitUsage> = {}): LimitUsage => ({
  limitId: 1,
  drugId: 1,
  ingredientId: null,
  name: 'Testadol',
  nameAr: null,
  unit: 'tablet',
  maxPerSale: null,
  maxPerPeriod: null,
  periodDays: null,
  minimumAge: null,
  idRequired: false,
  reason: 'house rule',
  inSale: '30',
  boughtBefore: '0',
  ...values,
});
const nobody: Buyer = { isKnown: false, ageYears: null, hasShownDocument: false };
const known: Buyer = { isKnown: true, ageYears: 30, hasShownDocument: true };

describe('a purchase limit', () => {
  it('lets pass what is within it, to the last unit', () => {
    expect(judgeLimit(usage({ maxPerSale: '30' }), nobody)).toEqual([]);
    expect(judgeLimit(usage({ maxPerSale: '29.999' }), nobody)).toEqual(['over-sale']);
  });

  it('counts what the person bought before', () => {
    const weekly = { maxPerPeriod: '60', periodDays: 7 };
    expect(judgeLimit(usage({ ...weekly, boughtBefore: '30' }), known)).toEqual([]);
    expect(judgeLimit(usage({ ...weekly, boughtBefore: '30.5' }), known)).toEqual(['over-period']);
    expect(judgeLimit(usage(weekly), nobody)).toEqual(['person-needed']);
  });

  it('asks for age and document', () => {
    const grown = usage({ minimumAge: 18, idRequired: true });
    expect(judgeLimit(grown, nobody)).toEqual(['age-unknown', 'document-needed']);
    expect(judgeLimit(grown, { ...known, ageYears: 17 })).toEqual(['too-young']);
    expect(judgeLimit(grown, { ...known, ageYears: 18 })).toEqual([]);
  });

  it('does not take an amount that is not known for none', () => {
    expect(judgeLimit(usage({ maxPerSale: '30', inSale: null }), nobody)).toEqual(['amount-unknown']);
    expect(judgeLimit(usage({ minimumAge: 18, inSale: null }), known)).toEqual([]);
  });

  it('lets somebody with the right pass amounts, never age', () => {
    expect((['over-sale', 'over-period', 'amount-unknown'] as const).every(mayPass)).toBe(true);
    expect((['too-young', 'age-unknown', 'document-needed', 'person-needed'] as const).some(mayPass)).toBe(
      false,
    );
    expect(isAboutBuyer('too-young')).toBe(false);
  });

  it('counts years completed', () => {
    expect(ageOn('2008-12-01', '2026-11-30')).toBe(17);
    expect(ageOn('2008-12-01', '2026-12-01')).toBe(18);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
  });
});
