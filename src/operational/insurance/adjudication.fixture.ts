import type { ClaimFacts, CoverFacts } from './adjudication.domain.js';
import type { CoverageRule } from './coverage.domain.js';

/** A rule about everything that pays 80 %, but for what a test says. */
export const aRule = (values: Partial<CoverageRule> = {}): CoverageRule => ({
  ruleId: 1,
  drugId: null,
  ingredientId: null,
  atcPrefix: null,
  covered: true,
  payerPercent: values.copay === undefined || values.copay === null ? '80' : null,
  copay: null,
  claimCap: null,
  maxUnitPrice: null,
  maxQuantity: null,
  maxDaysSupply: null,
  refillAfterShare: null,
  needsAuthorisation: false,
  ...values,
});

/** A claim of 100.00 for thirty tablets of product 7, but for what a test says. */
export const aClaim = (values: Partial<ClaimFacts> = {}): ClaimFacts => ({
  amount: '100.00',
  quantity: '30',
  daysSupply: 30,
  serviceDate: '2026-11-30',
  medicine: { drugId: 7, ingredientIds: [70, 71], atcCodes: ['N02BE01', 'N02AA59'] },
  currencyDecimals: 2,
  ...values,
});

/** A cover with a plan without limits and `rules`, but for what a test says. */
export const aCover = (
  rules: readonly CoverageRule[],
  { plan, ...values }: Partial<Omit<CoverFacts, 'plan'>> & { plan?: Partial<CoverFacts['plan']> } = {},
): CoverFacts => ({
  memberNumber: 'A1234567',
  memberFormat: 'A9999999',
  validFrom: null,
  validTo: null,
  rules,
  authorisations: [],
  used: { deductible: '0', payer: '0' },
  lastSupply: null,
  ...values,
  plan: {
    validFrom: '2026-01-01',
    validTo: null,
    period: 'year',
    deductible: '0',
    periodCap: null,
    claimCap: null,
    active: true,
    ...plan,
  },
});
