// Points over random purchases and returns: whatever is brought back in whatever parts, nobody wins or loses a point by it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { earningBase, pointsEarned, pointsToGiveBack, pointsToTakeBack } from './loyalty.domain.js';

const amount = (most: bigint) => fc.bigInt({ min: 0n, max: most });
const rate = fc.bigInt({ min: 10n, max: 50_000n }).map((value) => Money.ofThousandths(value).toString());

describe('points given back', () => {
  it('are in the end exactly those that were spent, and never more on the way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 12 }),
        (points, parts) => {
          const money = Money.ofThousandths(parts.reduce((sum, part) => sum + part, 0n));
          let spent = { points, money, pointsGivenBack: 0, moneyGivenBack: Money.zero };
          for (const part of parts) {
            const back = pointsToGiveBack(spent, Money.ofThousandths(part));
            expect(back).toBeGreaterThanOrEqual(0);
            spent = {
              ...spent,
              pointsGivenBack: spent.pointsGivenBack + back,
              moneyGivenBack: spent.moneyGivenBack.plus(Money.ofThousandths(part)),
            };
            expect(spent.pointsGivenBack).toBeLessThanOrEqual(points);
          }
          expect(spent.pointsGivenBack).toBe(points);
        },
      ),
    );
  });
});

describe('points taken back', () => {
  it('leave what the rest of the purchase earns, and none when all of it came back', () => {
    fc.assert(
      fc.property(
        rate,
        fc.boolean(),
        fc.array(fc.tuple(amount(50_000n), amount(50_000n)), { minLength: 1, maxLength: 8 }),
        amount(100n),
        (amountPerPoint, onPrescriptions, lines, pointsShare) => {
          const sum = (pick: (line: readonly [bigint, bigint]) => bigint, from: typeof lines) =>
            from.reduce((total, line) => total + pick(line), 0n);
          const whole = sum((line) => line[0], lines) + sum((line) => line[1], lines);
          const withPoints = (whole * pointsShare) / 100n;
          // Points come back last: a return goes to them only when all other tenders have theirs again.
          const left = (from: typeof lines) => {
            const rest = sum((line) => line[0], from) + sum((line) => line[1], from);
            return {
              overTheCounter: Money.ofThousandths(sum((line) => line[0], from)),
              prescriptions: Money.ofThousandths(sum((line) => line[1], from)),
              insured: Money.zero,
              withPoints: Money.ofThousandths(rest < withPoints ? rest : withPoints),
            };
          };
          const points = pointsEarned(earningBase(left(lines), onPrescriptions), amountPerPoint);
          let takenBack = 0;
          for (let n = 1; n <= lines.length; n++) {
            const base = earningBase(left(lines.slice(n)), onPrescriptions);
            const more = pointsToTakeBack({ points, takenBack, amountPerPoint }, base);
            takenBack += more;
            expect(points - takenBack).toBe(pointsEarned(base, amountPerPoint));
          }
          expect(takenBack).toBe(points);
        },
      ),
    );
  });
});
