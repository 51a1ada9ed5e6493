// Whatever is asked for in whatever order, no more is given than prescribed: Σ fills ≤ quantity × (1 + refills).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import { addDays } from '../../platform/time/local-date.js';
import { isOpen, stands, type FillStatus } from './fill-status.domain.js';
import { decideFill, remainingAuthority, statusByFills, type EarlierFill } from './refill.domain.js';

const command = fc.oneof(
  fc.record({
    do: fc.constant('fill' as const),
    kind: fc.constantFrom('fill' as const, 'refill' as const),
    thousandths: fc.option(fc.bigInt({ min: 1n, max: 40_000n }), { nil: undefined }),
    days: fc.nat({ max: 40 }),
  }),
  fc.record({ do: fc.constant('undo' as const), index: fc.nat({ max: 9 }) }),
);

describe('any sequence of fills, refills and reversals', () => {
  it('stays within the authority and numbers every part once', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 40_000n }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 90 }),
        fc.array(command, { maxLength: 25 }),
        (thousandths, refillsAuthorized, daysSupply, commands) => {
          const quantity = Quantity.ofThousandths(thousandths);
          const limit = quantity.times(Quantity.of(String(1 + refillsAuthorized)));
          const fills: (EarlierFill & { status: FillStatus })[] = [];
          let today = '2026-01-01';
          for (const step of commands) {
            const status = statusByFills({ quantity, refillsAuthorized, fills });
            if (step.do === 'undo') {
              const fill = fills[step.index];
              if (fill)
                fills[step.index] = {
                  ...fill,
                  status: isOpen(fill.status) ? 'returned_to_stock' : 'reversed',
                };
              continue;
            }
            today = addDays(today, step.days);
            try {
              const decision = decideFill(
                {
                  status,
                  quantity,
                  daysSupply,
                  refillsAuthorized,
                  expiresOn: '2099-01-01',
                  controlledMaxRefills: undefined,
                  fills,
                },
                {
                  kind: step.kind,
                  quantity:
                    step.thousandths === undefined ? undefined : Quantity.ofThousandths(step.thousandths),
                },
                { today, earlyRefillShare: 0.75 },
              );
              expect(
                fills.some(
                  (fill) =>
                    fill.fillNumber === decision.fillNumber && fill.partNumber === decision.partNumber,
                ),
              ).toBe(false);
              expect(decision.fillNumber).toBeLessThanOrEqual(refillsAuthorized);
              expect(decision.daysSupply).toBeGreaterThanOrEqual(1);
              fills.push({ ...decision, status: 'dispensed', suppliedOn: today });
            } catch (error) {
              if (!(error instanceof DomainError)) throw error;
            }
            const given = fills
              .filter((fill) => stands(fill.status))
              .reduce((sum, fill) => sum.plus(fill.quantity), Quantity.zero);
            expect(given.compare(limit)).toBeLessThanOrEqual(0);
            const left = remainingAuthority({ quantity, refillsAuthorized, fills });
            expect(left.quantity.plus(given).toString()).toBe(limit.toString());
            expect(left.owed.thousandths >= 0n).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
