import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { deliveredCosts, mayStillCome, type OrderedSoFar } from './receipt-figures.domain.js';

const cents = (max: number) =>
  fc.integer({ min: 0, max }).map((n) => Money.ofThousandths(BigInt(n) * 10n).toString());

describe('what a delivery costs', () => {
  it('adds up to the cost of the order line over any number of deliveries, with reversals in between', () => {
    fc.assert(
      fc.property(
        cents(10_000_000),
        fc.array(fc.record({ paid: fc.integer({ min: 1, max: 500 }), reversed: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        (cost, deliveries) => {
          const standing = deliveries.filter((each) => !each.reversed);
          const total = standing.reduce((sum, each) => sum + each.paid, 0);
          fc.pre(total > 0);
          let received = 0;
          let costReceived = Money.zero;
          const last = deliveries.lastIndexOf(standing[standing.length - 1] ?? { paid: 0, reversed: false });
          for (const [index, { paid, reversed }] of deliveries.entries()) {
            if (index > last) break;
            const line: OrderedSoFar = {
              purchaseOrderItemId: 1,
              cost,
              quantityOrdered: String(total),
              quantityReceived: String(received),
              costReceived: costReceived.toString(),
            };
            const delivered = {
              purchaseOrderItemId: 1,
              paid: Quantity.of(String(paid)),
              bonus: Quantity.zero,
            };
            const [one] = deliveredCosts(new Map([[1, line]]), [delivered], '0', 2);
            if (reversed) continue;
            received += paid;
            costReceived = costReceived.plus(Money.of(one?.netCost ?? '0'));
          }
          expect(costReceived.toString()).toBe(cost);
        },
      ),
    );
  });

  it('shares the cost of the delivery exactly, and a base unit costs net and share over all units', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(cents(100_000), fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 90 })),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        cents(50_000),
        (given, landed) => {
          const ordered = new Map(
            given.map(([cost, paid], id) => [
              id,
              {
                purchaseOrderItemId: id,
                cost,
                quantityOrdered: String(paid),
                quantityReceived: '0',
                costReceived: '0',
              },
            ]),
          );
          const lines = given.map(([, paid, bonus], id) => ({
            purchaseOrderItemId: id,
            paid: Quantity.of(String(paid)),
            bonus: Quantity.of(String(bonus)),
          }));
          const costs = deliveredCosts(ordered, lines, landed, 2);
          expect(Money.sum(costs.map((each) => Money.of(each.landedCost))).toString()).toBe(landed);
          costs.forEach(({ netCost, landedCost, unitCost }, index) => {
            expect(netCost).toBe(given[index]?.[0]);
            const units = (given[index]?.[1] ?? 0) + (given[index]?.[2] ?? 0);
            const exact = (Number(netCost) + Number(landedCost)) / units;
            expect(Math.abs(Number(unitCost) - exact)).toBeLessThanOrEqual(0.00000051);
          });
        },
      ),
    );
  });

  it('costs free goods nothing but their share', () => {
    const line = {
      purchaseOrderItemId: 1,
      cost: '90',
      quantityOrdered: '30',
      quantityReceived: '30',
      costReceived: '90',
    };
    const free = { purchaseOrderItemId: 1, paid: Quantity.zero, bonus: Quantity.of('10') };
    expect(deliveredCosts(new Map([[1, line]]), [free], '5', 2)).toEqual([
      { netCost: '0.00', landedCost: '5.00', unitCost: '0.5' },
    ]);
  });

  it.each([
    ['100', '0', '0', '100'],
    ['100', '90', '0.1', '20'],
    ['10', '0', '0.05', '10.5'],
    ['0.001', '0', '0.5', '0.001'],
    ['100', '120', '0.1', '0'],
  ])('of %s ordered and %s received, tolerance %s: %s may come', (ordered, received, tolerance, left) => {
    const line = { quantityOrdered: ordered, quantityReceived: received };
    expect(mayStillCome(line, tolerance).toString()).toBe(left);
  });
});
