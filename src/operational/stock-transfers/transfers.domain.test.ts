import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import { judgeArrival } from './arrival.domain.js';
import { DISCREPANCY_KINDS, RESOLUTIONS, TRANSFER_STATUSES } from './stock-transfers.types.js';
import { commandsFor, waysOf } from './transfer-status.domain.js';

const judged = (expected: string, usable: string, damaged: string, isAll: boolean): string => {
  const {
    received,
    damaged: broken,
    lost,
    over,
  } = judgeArrival(Quantity.of(expected), {
    usable: Quantity.of(usable),
    damaged: Quantity.of(damaged),
    isAll,
  });
  return [received, broken, lost, over].map(String).join(' ');
};

describe('what arrived of a lot', () => {
  it.each([
    ['10', '10', '0', true, '10 0 0 0'],
    ['10', '10', '0', false, '10 0 0 0'],
    ['10', '4', '0', false, '4 0 0 0'],
    ['10', '4', '0', true, '4 0 6 0'],
    ['10', '4', '2', true, '4 2 4 0'],
    ['10', '4', '2', false, '4 2 0 0'],
    ['10', '12', '0', true, '10 0 0 2'],
    ['10', '9', '3', true, '9 1 0 2'],
    ['10', '0', '0', true, '0 0 10 0'],
    ['0', '1.5', '0', true, '0 0 0 1.5'],
    ['10', '0', '12.5', true, '0 10 0 2.5'],
  ])(
    'of %s on its way, %s usable and %s damaged (all: %s): %s',
    (expected, usable, damaged, isAll, result) => {
      expect(judged(expected, usable, damaged, isAll)).toBe(result);
    },
  );

  it('adds up to what was on its way, and to what is in hand, whatever it is', () => {
    const quantity = fc.bigInt(0n, 10n ** 9n).map((value) => Quantity.ofThousandths(value));
    fc.assert(
      fc.property(quantity, quantity, quantity, fc.boolean(), (expected, usable, damaged, isAll) => {
        const arrival = judgeArrival(expected, { usable, damaged, isAll });
        const inHand = arrival.received.plus(arrival.damaged);
        expect(inHand.plus(arrival.over)).toEqual(usable.plus(damaged));
        const rest = expected.minus(inHand).minus(arrival.lost);
        expect(rest.compare(Quantity.zero)).toBeGreaterThanOrEqual(0);
        if (isAll) expect(rest).toEqual(Quantity.zero);
        if (arrival.over.isPositive()) expect(inHand).toEqual(expected);
        for (const part of Object.values(arrival) as Quantity[])
          expect(part.compare(Quantity.zero)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the steps of a transfer', () => {
  it('are each of one side but for settling and calling off, and end', () => {
    for (const status of TRANSFER_STATUSES) {
      const both = commandsFor('from', status).filter((command) =>
        commandsFor('to', status).includes(command),
      );
      expect(both.every((command) => command === 'resolve' || command === 'cancel')).toBe(true);
    }
    expect(commandsFor('to', 'requested')).not.toContain('approve');
    expect(commandsFor('from', 'in_transit')).not.toContain('receive');
    expect([...commandsFor('from', 'closed'), ...commandsFor('to', 'cancelled')]).toEqual([]);
  });

  it('settle each kind of discrepancy in ways that one side has', () => {
    for (const kind of DISCREPANCY_KINDS) {
      const [from, to] = [waysOf(kind, 'from'), waysOf(kind, 'to')];
      expect(from.length).toBeGreaterThan(0);
      expect(from.filter((way) => to.includes(way))).toEqual([]);
      expect([...from, ...to].every((way) => RESOLUTIONS.includes(way))).toBe(true);
    }
    expect(waysOf('lost', 'to')).toEqual(['receive']);
  });
});
