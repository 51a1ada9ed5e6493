import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOrZero } from '../../ui/money.domain';
import {
  addEntry,
  changeEntry,
  type Delivery,
  deliveryBody,
  dropEntry,
  isCountedTwice,
  lackingOf,
  lineSums,
  multiplied,
  NO_DELIVERY,
  type OrderedLine,
  type PackSaid,
  refuseGoods,
  splitFree,
  takePack,
} from './delivery.domain';
import { readDelivery } from './delivery-draft.domain';

const line = (change: Partial<OrderedLine> = {}): OrderedLine => ({
  purchaseOrderItemId: 7,
  drugId: 3,
  unitBaseUnits: '30',
  quantityBonus: '30',
  quantityBonusReceived: '0',
  quantityOpen: '300',
  ...change,
});
const pack = (change: Partial<PackSaid> = {}): PackSaid => ({
  lotNumber: 'A1',
  expiryDate: '2031-05-31',
  serialNumber: null,
  packUnits: '30',
  isShort: false,
  isRecalled: false,
  ...change,
});
const scans = (...said: PackSaid[]): Delivery =>
  said.reduce((delivery, one) => takePack(delivery, line(), one), NO_DELIVERY);
const first = ({ entries }: Delivery) => entries[0] ?? expect.unreachable();

describe('counting a delivery by scans', () => {
  it('counts packs of a lot together, and another lot apart', () => {
    const { entries } = scans(pack(), pack(), pack({ lotNumber: 'B2' }));
    expect(entries.map(({ lotNumber, quantity }) => [lotNumber, quantity])).toEqual([
      ['A1', '2'],
      ['B2', '1'],
    ]);
  });

  it('keeps lots of one number and two expiries apart', () => {
    expect(scans(pack(), pack({ expiryDate: '2032-05-31' })).entries).toHaveLength(2);
  });

  it('adds a pack whose code has no lot to the one in hand, and to no other', () => {
    const bare = pack({ lotNumber: null, expiryDate: null });
    expect(scans(bare, bare).entries.map(({ quantity }) => quantity)).toEqual(['2']);
    expect(scans(bare, pack(), bare).entries).toHaveLength(3);
  });

  it('counts in base units once a pack of another size comes', () => {
    const delivery = scans(pack(), pack({ packUnits: '20' }));
    expect(first(delivery)).toMatchObject({ quantity: '50', inBaseUnits: true });
    expect(first(takePack(delivery, line(), pack({ packUnits: '10' })))).toMatchObject({
      quantity: '2',
      inBaseUnits: false,
    });
  });

  it('counts one of what was ordered where nobody knows what the pack holds', () => {
    expect(first(scans(pack({ packUnits: null })))).toMatchObject({ quantity: '1', inBaseUnits: false });
  });

  it('knows a pack by its serial number', () => {
    const delivery = scans(pack({ serialNumber: 'S1' }));
    expect(isCountedTwice(delivery, line(), pack({ serialNumber: 'S1' }))).toBe(true);
    expect(isCountedTwice(delivery, line(), pack({ serialNumber: 'S2' }))).toBe(false);
  });

  it('multiplies the last scan, once, and nothing else', () => {
    const delivery = scans(pack({ lotNumber: 'B2' }), pack(), pack());
    const made = multiplied(delivery, '*24', [line()]) ?? expect.unreachable();
    expect(made.entries.map(({ quantity }) => quantity)).toEqual(['1', '25']);
    expect(multiplied(made, '*24', [line()])).toBeUndefined();
    expect(multiplied(NO_DELIVERY, '*24', [line()])).toBeUndefined();
    for (const text of ['*', '*0', '24', '*12345', '4006381333931'])
      expect(multiplied(delivery, text, [line()]), text).toBeUndefined();
    expect(multiplied(dropEntry(delivery, 2), '*3', [line()])).toBeUndefined();
  });

  it('asks for what a code lacks, and before goods are taken that expire soon', () => {
    const today = '2030-01-01';
    const entry = first(scans(pack({ isShort: true })));
    expect(lackingOf(entry, today)).toBe('short');
    expect(lackingOf({ ...entry, asksShort: false }, today)).toBeUndefined();
    expect(lackingOf({ ...entry, lotNumber: ' ' }, today)).toBe('lot');
    expect(lackingOf({ ...entry, expiryDate: '' }, today)).toBe('expiry');
    expect(
      lackingOf({ ...entry, expiryDate: '', hasNoExpiry: true, asksShort: false }, today),
    ).toBeUndefined();
    expect(lackingOf({ ...entry, expiryDate: '2029-12-31' }, today)).toBe('expired');
    expect(lackingOf({ ...entry, quantity: '0' }, today)).toBe('quantity');
  });

  it('takes what is paid for first, then what was promised free, and what is above as paid for', () => {
    const one = line();
    const of = (quantity: string, free = '') => {
      const delivery = addEntry(NO_DELIVERY, 7, { lotNumber: 'A1', quantity, free });
      return splitFree(delivery.entries, [one]).get(1);
    };
    expect(of('10')).toEqual({ paid: 300_000n, free: 0n });
    expect(of('11')).toEqual({ paid: 300_000n, free: 30_000n });
    expect(of('12')).toEqual({ paid: 330_000n, free: 30_000n });
    expect(of('3', '1')).toEqual({ paid: 60_000n, free: 30_000n });
    expect(of('3', '9')).toEqual({ paid: 0n, free: 90_000n });
  });

  it('never loses or makes goods by the split, and keeps free goods within what was promised', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 10 }),
        (packs, open, promised) => {
          const one = line({ quantityOpen: String(open * 30), quantityBonus: String(promised * 30) });
          const delivery = packs.reduce(
            (so, quantity) => addEntry(so, 7, { lotNumber: 'A', quantity: String(quantity) }),
            NO_DELIVERY,
          );
          const counted = [...splitFree(delivery.entries, [one]).values()];
          const sum = (of: 'paid' | 'free') => counted.reduce((so, each) => so + each[of], 0n);
          const all = BigInt(packs.reduce((so, each) => so + each, 0)) * 30_000n;
          expect(sum('paid') + sum('free')).toBe(all);
          expect(sum('free') <= BigInt(promised) * 30_000n).toBe(true);
          const sums = lineSums(one, delivery.entries, splitFree(delivery.entries, [one]));
          expect(sums.now).toBe(all);
          expect(sums.short - sums.over).toBe(decimalOrZero(one.quantityOpen) - sum('paid'));
        },
      ),
    );
  });

  it('is posted in base units, with what is refused', () => {
    const counted = multiplied(scans(pack()), '*11', [line()]) ?? expect.unreachable();
    const delivery = refuseGoods(counted, {
      purchaseOrderItemId: 7,
      drugId: 3,
      drugName: 'A',
      quantity: '1',
      reason: 'damaged',
      note: ' ',
      lotNumber: '',
      expiryDate: '',
    });
    expect(deliveryBody(delivery, [line()], { supplierDocument: ' N 1 ', landedCost: '' })).toEqual({
      supplierDocument: 'N 1',
      landedCost: '0',
      lines: [
        {
          purchaseOrderItemId: 7,
          lotNumber: 'A1',
          expiryDate: '2031-05-31',
          quantity: '300',
          bonus: '30',
          inBaseUnits: true,
        },
      ],
      refused: [{ purchaseOrderItemId: 7, quantity: '1', reason: 'damaged' }],
    });
  });
});

describe('a delivery kept in the tab', () => {
  it('comes back as it was, without lines the order has not', () => {
    const delivery = changeEntry(scans(pack({ serialNumber: 'S1' }), pack({ lotNumber: 'B2' })), 2, {
      quantity: '4',
    });
    const read = readDelivery(JSON.stringify(delivery), new Set([7]));
    expect(read).toEqual({ ...delivery, last: null });
    expect(readDelivery(JSON.stringify(delivery), new Set([8]))?.entries).toEqual([]);
  });

  it('is nothing where it cannot be read', () => {
    for (const text of [null, 'x', '[]', '7']) expect(readDelivery(text, new Set([7]))).toBeUndefined();
    expect(readDelivery('{"entries":[{"key":"1"}],"refused":[{}]}', new Set([7]))).toEqual({
      entries: [],
      refused: [],
      last: null,
      nextKey: 1,
    });
  });
});
