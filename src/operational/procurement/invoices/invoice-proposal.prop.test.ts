import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { matchInvoice } from './invoice-match.domain.js';
import { proposeCharge, proposeCharges } from './invoice-proposal.domain.js';

const thousandths = (max: number) => fc.integer({ min: 0, max });
/** Thousandths as a decimal, by their digits. */
const text = (value: number): string =>
  String(value)
    .padStart(4, '0')
    .replace(/(\d{3})$/u, '.$1');

describe('what an invoice is proposed to charge', () => {
  it('is what came less what was charged, and a match finds no difference in it', () => {
    fc.assert(
      fc.property(
        fc.record({
          ordered: fc.integer({ min: 1, max: 10_000_000 }),
          receivedShare: thousandths(3000),
          chargedShare: thousandths(3000),
          net: thousandths(50_000_000),
          rate: fc.constantFrom('0', '0.05', '0.14', '0.1'),
          decimals: fc.constantFrom(0, 2, 3),
        }),
        ({ ordered, receivedShare, chargedShare, net, rate, decimals }) => {
          // The database lets no more than the tolerance come above the order: thrice as much is plenty.
          const received = Math.floor((ordered * receivedShare) / 1000);
          const charged = Math.floor((ordered * chargedShare) / 1000);
          const line = {
            orderedNet: text(net),
            taxRate: rate,
            quantityOrdered: text(ordered),
            quantityReceived: text(received),
            quantityCharged: text(charged),
          };
          const { quantity, ...money } = proposeCharge(line, decimals);
          expect(Quantity.of(quantity).thousandths).toBe(BigInt(Math.max(0, received - charged)));
          if (received <= charged) {
            expect([Money.of(money.net).thousandths, Money.of(money.tax).thousandths]).toEqual([0n, 0n]);
            return;
          }
          const found = matchInvoice(
            [
              {
                lineNo: 1,
                drugId: 1,
                quantity,
                ...money,
                ordered: {
                  purchaseOrderItemId: 1,
                  net: line.orderedNet,
                  taxRate: rate,
                  quantityOrdered: line.quantityOrdered,
                  quantityReceived: line.quantityReceived,
                  chargedBefore: line.quantityCharged,
                },
              },
            ],
            { tolerance: '0', landedCost: '0', decimals },
          );
          expect(found).toEqual([]);
        },
      ),
    );
  });

  it('is of freight what the order has and nobody has charged yet', () => {
    expect(proposeCharges('5.00', '2.00')).toBe('3.00');
    expect(proposeCharges('5.00', '7.00')).toBe('0.00');
  });
});
