// Whatever the rules: shares are never below zero and add up, no deductible or cap is exceeded, a dearer medicine never costs anybody less.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { adjudicate, type Adjudicated, type CoverFacts } from './adjudication.domain.js';
import { aClaim, aCover, aRule } from './adjudication.fixture.js';
import { nextStep, type ClaimInLine } from './coordination.domain.js';

const decimals = fc.constantFrom(0, 2, 3);
const amountOf = (places: number, max = 100_000): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max }).map((units) => (units / 10 ** places).toFixed(places));

/** A cover of any limits, in amounts of the currency. */
const coverOf = (places: number): fc.Arbitrary<CoverFacts> => {
  const amount = amountOf(places);
  const limit = fc.option(amount);
  return fc
    .record({
      percent: fc.option(fc.integer({ min: 0, max: 10_000 }).map((x) => (x / 100).toFixed(2))),
      copay: amount,
      claimCap: limit,
      maxUnitPrice: fc.option(
        fc.integer({ min: 1, max: 9_000 }).map((x) => (x / 10 ** places).toFixed(places)),
      ),
      deductible: amount,
      periodCap: limit,
      planCap: limit,
      usedDeductible: amount,
      usedPayer: amount,
    })
    .map((x) =>
      aCover(
        [
          aRule({
            payerPercent: x.percent,
            copay: x.percent === null ? x.copay : null,
            claimCap: x.claimCap,
            maxUnitPrice: x.maxUnitPrice,
          }),
        ],
        {
          plan: { deductible: x.deductible, periodCap: x.periodCap, claimCap: x.planCap },
          used: { deductible: x.usedDeductible, payer: x.usedPayer },
        },
      ),
    );
};

const answered = (amount: string, places: number, cover: CoverFacts): Adjudicated => {
  const answer = adjudicate(aClaim({ amount, currencyDecimals: places }), cover);
  if (answer.outcome !== 'adjudicated') throw new Error(`rejected: ${answer.code}`);
  return answer;
};
const most = (a: Money, b: Money): Money => (a.compare(b) > 0 ? a : b);

describe('any claim under any plan', () => {
  it('is shared exactly, within every limit', () => {
    fc.assert(
      fc.property(
        decimals.chain((places) => fc.tuple(fc.constant(places), amountOf(places), coverOf(places))),
        ([places, amount, cover]) => {
          const answer = answered(amount, places, cover);
          const [payer, patient] = [Money.of(answer.payerShare), Money.of(answer.patientShare)];
          expect(payer.isNegative() || patient.isNegative()).toBe(false);
          expect(payer.plus(patient).toString()).toBe(Money.of(amount).toString());
          const deductible = Money.of(cover.used.deductible).plus(Money.of(answer.deductibleApplied));
          const own = most(Money.of(cover.plan.deductible), Money.of(cover.used.deductible));
          expect(deductible.compare(own)).toBeLessThanOrEqual(0);
          const { claimCap, periodCap } = cover.plan;
          if (claimCap !== null) expect(payer.compare(Money.of(claimCap))).toBeLessThanOrEqual(0);
          const ruleCap = cover.rules[0]?.claimCap;
          if (ruleCap) expect(payer.compare(Money.of(ruleCap))).toBeLessThanOrEqual(0);
          if (periodCap !== null) {
            const [used, cap] = [Money.of(cover.used.payer), Money.of(periodCap)];
            expect(used.plus(payer).compare(most(cap, used))).toBeLessThanOrEqual(0);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('costs neither payer nor patient less when the price is higher', () => {
    fc.assert(
      fc.property(
        decimals.chain((places) =>
          fc.tuple(fc.constant(places), amountOf(places), amountOf(places, 1000), coverOf(places)),
        ),
        ([places, amount, more, cover]) => {
          const dearer = Money.of(amount).plus(Money.of(more)).toString();
          const [low, high] = [answered(amount, places, cover), answered(dearer, places, cover)];
          expect(Money.of(high.payerShare).compare(Money.of(low.payerShare))).toBeGreaterThanOrEqual(0);
          expect(Money.of(high.patientShare).compare(Money.of(low.patientShare))).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('any line of payers', () => {
  it('asks each once for what the ones before left, until nothing is left, and adds up', () => {
    fc.assert(
      fc.property(
        amountOf(2).filter((price) => /[1-9]/.test(price)),
        fc.array(coverOf(2), { minLength: 1, maxLength: 4 }),
        (price, covers) => {
          const ids = covers.map((_, index) => index + 1);
          const claims: ClaimInLine[] = [];
          const shares: Money[] = [];
          let left = Money.of(price);
          for (;;) {
            const step = nextStep(price, ids, claims);
            if (step.do !== 'ask') {
              expect(step.do).toBe('nothing');
              break;
            }
            expect(Money.of(step.amount).compare(left)).toBe(0);
            const cover = covers[step.insuranceId - 1];
            if (!cover) throw new Error('asked a cover there is not');
            const answer = answered(step.amount, 2, cover);
            shares.push(Money.of(answer.payerShare));
            left = Money.of(answer.patientShare);
            const { insuranceId } = step;
            const { patientShare } = answer;
            claims.push({ claimId: claims.length + 1, insuranceId, status: 'adjudicated', patientShare });
          }
          expect(Money.sum(shares).plus(left).toString()).toBe(Money.of(price).toString());
          expect(new Set(claims.map((claim) => claim.insuranceId)).size).toBe(claims.length);
          expect(claims.length === covers.length || left.isZero()).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
