import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import { balanceOf, recallCommands } from './recall-balance.domain.js';

const KINDS = [
  'receipt',
  'dispense',
  'sale',
  'return',
  'reversal',
  'adjustment',
  'count',
  'transfer_in',
  'transfer_out',
  'destruction',
  'expiry',
];

describe('the balance of a recall', () => {
  it('says where all of it is', () => {
    const moved = {
      receipt: '100',
      dispense: '-30',
      sale: '-20.5',
      return: '4',
      reversal: '10',
      transfer_out: '-15',
      destruction: '-8',
      count: '-1',
    };
    expect(balanceOf(moved, '39.5', '5')).toEqual({
      received: '100',
      transferredIn: '0',
      transferredOut: '15',
      corrected: '-1',
      onShelf: '39.5',
      inTransit: '5',
      handedOut: '50.5',
      cameBack: '14',
      withPatients: '36.5',
      destroyed: '8',
      outstanding: '81',
    });
  });

  it('adds up to what the ledger holds, whatever moved', () => {
    const moved = fc.dictionary(
      fc.constantFrom(...KINDS),
      fc.bigInt(-(10n ** 9n), 10n ** 9n).map((value) => Quantity.ofThousandths(value).toString()),
    );
    fc.assert(
      fc.property(moved, (kinds) => {
        const shelf = Object.values(kinds).reduce(
          (sum, quantity) => sum.plus(Quantity.of(quantity)),
          Quantity.zero,
        );
        const of = balanceOf(kinds, shelf.toString(), '0');
        const [received, came, corrected, went, with_, gone] = [
          of.received,
          of.transferredIn,
          of.corrected,
          of.transferredOut,
          of.withPatients,
          of.destroyed,
        ].map((text) => Quantity.of(text)) as [Quantity, Quantity, Quantity, Quantity, Quantity, Quantity];
        expect(received.plus(came).plus(corrected).minus(went).minus(with_).minus(gone).toString()).toBe(
          of.onShelf,
        );
        expect(Quantity.of(of.onShelf).plus(with_).toString()).toBe(of.outstanding);
      }),
    );
  });

  it('ends: what is withdrawn stays so, what is closed may still be applied or withdrawn', () => {
    expect(recallCommands('withdrawn', false)).toEqual([]);
    expect(recallCommands('open', false)).toEqual(['apply', 'close', 'withdraw']);
    expect(recallCommands('open', true)).toEqual(['close', 'withdraw']);
    expect(recallCommands('closed', true)).toEqual(['withdraw']);
  });
});
