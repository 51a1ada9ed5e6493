import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOrZero } from '../../ui/money.domain';
import {
  addEntry,
  changeEntry,
  deliveryBody,
  dropEntry,
  isCountedTwice,
  isLotFull,
  lackingOf,
  lineSums,
  multiplied,
  NO_DELIVERY,
  refuseGoods,
  splitFree,
  takePack,
} from './delivery.domain';
import type { Delivery, OrderedLine, PackSaid } from './delivery.types';
import { readDelivery } from './delivery-draft.domain';
import { freeBeyond, giveFreeReason } from './delivery-free.domain';
import { MOST_CODES } from './delivery-packs.domain';

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
  code: '',
  packUnits: '30',
  isShort: false,
  isRecalled: false,
  ...change,
});
const serialised = (serialNumber: string, change: Partial<PackSaid> = {}): PackSaid =>
  pack({ serialNumber, code: `code of ${serialNumber}`, ...change });
const posted = (delivery: Delivery, tolerance = '0', one = line()) =>
  deliveryBody(delivery, [one], { supplierDocument: '', landedCost: '', tolerance }).lines;
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
    expect(lackingOf(entry, today, '30')).toBe('short');
    expect(lackingOf({ ...entry, asksShort: false }, today, '30')).toBeUndefined();
    expect(lackingOf({ ...entry, lotNumber: ' ' }, today, '30')).toBe('lot');
    expect(lackingOf({ ...entry, expiryDate: '' }, today, '30')).toBe('expiry');
    expect(
      lackingOf({ ...entry, expiryDate: '', hasNoExpiry: true, asksShort: false }, today, '30'),
    ).toBeUndefined();
    expect(lackingOf({ ...entry, expiryDate: '2029-12-31' }, today, '30')).toBe('expired');
    expect(lackingOf({ ...entry, quantity: '0' }, today, '30')).toBe('quantity');
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
    expect(
      deliveryBody(delivery, [line()], { supplierDocument: ' N 1 ', landedCost: '', tolerance: '0' }),
    ).toEqual({
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

describe('packs with serial numbers', () => {
  it('go with the line of their lot, as scanned', () => {
    const delivery = scans(serialised('S1'), pack(), serialised('S2'), serialised('S3', { lotNumber: 'B2' }));
    expect(posted(delivery).map(({ packs }) => packs)).toEqual([
      ['code of S1', 'code of S2'],
      ['code of S3'],
    ]);
    expect(posted(scans(pack()))[0]).not.toHaveProperty('packs');
  });

  it('come in without their serial where nobody knows what they hold, or the number is none', () => {
    const delivery = scans(serialised('S1', { packUnits: null }), serialised('123456789012345678901'));
    expect(first(delivery).quantity).toBe('2');
    expect(posted(delivery)[0]).not.toHaveProperty('packs');
  });

  it('keep a line from being posted that has fewer, or another lot or expiry', () => {
    const entry = first(scans(serialised('S1'), serialised('S2')));
    expect(lackingOf(entry, '2030-01-01', '30')).toBeUndefined();
    expect(lackingOf({ ...entry, quantity: '1' }, '2030-01-01', '30')).toBe('fewer');
    expect(lackingOf({ ...entry, quantity: '60', inBaseUnits: true }, '2030-01-01', '30')).toBeUndefined();
    expect(lackingOf({ ...entry, lotNumber: ' a1' }, '2030-01-01', '30')).toBeUndefined();
    expect(lackingOf({ ...entry, lotNumber: 'A2' }, '2030-01-01', '30')).toBe('other-pack');
    expect(lackingOf({ ...entry, expiryDate: '2031-06-01' }, '2030-01-01', '30')).toBe('other-pack');
  });

  it('are as many of a lot as a delivery takes', () => {
    const packs = Array.from({ length: MOST_CODES }, (_, index) => serialised(`S${index}`));
    const full = scans(...packs);
    expect(isLotFull(full, line(), serialised('T'))).toBe(true);
    expect(isLotFull(full, line(), pack())).toBe(false);
    expect(isLotFull(full, line(), serialised('T', { lotNumber: 'B2' }))).toBe(false);
  });
});

describe('free goods beyond what was ordered', () => {
  const free = (packs: string, tolerance = '0', change: Partial<OrderedLine> = {}) => {
    const delivery = addEntry(NO_DELIVERY, 7, { lotNumber: 'A1', quantity: packs, free: packs });
    const one = line(change);
    return freeBeyond(delivery, one, splitFree(delivery.entries, [one]), tolerance);
  };

  it('are what is free above the ordered free ones with the tolerance, less what came', () => {
    expect(free('1')).toBe(0n);
    expect(free('2')).toBe(30_000n);
    expect(free('2', '0.1')).toBe(27_000n);
    expect(free('2', '1.000')).toBe(0n);
    expect(free('1', '0.1', { quantityBonusReceived: '30' })).toBe(27_000n);
    expect(free('1', '0', { quantityBonusReceived: '90' })).toBe(30_000n);
  });

  it('never are there where nobody typed what is free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 90 }), (packs, open) => {
        const one = line({ quantityOpen: String(open) });
        const delivery = addEntry(NO_DELIVERY, 7, { lotNumber: 'A1', quantity: String(packs) });
        expect(freeBeyond(delivery, one, splitFree(delivery.entries, [one]), '0')).toBe(0n);
      }),
    );
  });

  it('are posted with the reason, and the reason with them alone', () => {
    const two = addEntry(addEntry(NO_DELIVERY, 7, { quantity: '3' }), 7, { quantity: '2', free: '2' });
    const said = giveFreeReason(two, 7, ' launch offer ');
    expect(posted(said).map(({ bonusReason }) => bonusReason)).toEqual([undefined, 'launch offer']);
    expect(posted(said, '1').map(({ bonusReason }) => bonusReason)).toEqual([undefined, undefined]);
    expect(posted(giveFreeReason(two, 7, ' '))[1]).not.toHaveProperty('bonusReason');
  });
});

describe('a delivery kept in the tab', () => {
  it('comes back as it was, without lines the order has not', () => {
    const counted = changeEntry(scans(serialised('S1'), pack({ lotNumber: 'B2' })), 2, { quantity: '4' });
    const delivery = giveFreeReason(counted, 7, 'launch offer');
    const read = readDelivery(JSON.stringify(delivery), new Set([7]));
    expect(read).toEqual({ ...delivery, last: null });
    expect(readDelivery(JSON.stringify(delivery), new Set([8]))).toMatchObject({
      entries: [],
      freeReasons: {},
    });
  });

  it('is nothing where it cannot be read', () => {
    for (const text of [null, 'x', '[]', '7']) expect(readDelivery(text, new Set([7]))).toBeUndefined();
    expect(readDelivery('{"entries":[{"key":"1"}],"refused":[{}]}', new Set([7]))).toEqual({
      entries: [],
      refused: [],
      last: null,
      nextKey: 1,
      freeReasons: {},
    });
  });
});
