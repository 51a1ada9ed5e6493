// Pack arithmetic over random packs: nothing is lost between sizes, prices and the order people read them in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { packKey, priceOfPack, readablePacks, settlePacks, type GivenPack } from './drug-packs.domain.js';

const decimal = (thousandths: number): string => Quantity.ofThousandths(BigInt(thousandths)).toString();
const packSize = fc.integer({ min: 1, max: 1_000_000 });
const price = fc.integer({ min: 1, max: 50_000_000 }).map(decimal);

describe('packs', () => {
  it('cost together what the whole costs, within half a thousandth each', () => {
    fc.assert(
      fc.property(price, fc.array(packSize, { minLength: 1, maxLength: 10 }), (whole, parts) => {
        const unitsPerPack = decimal(parts.reduce((sum, part) => sum + part, 0));
        const figures = { price: whole, unitsPerPack, unitsPerStrip: null };
        const sum = parts
          .map((part) => priceOfPack({ baseUnits: decimal(part), price: null }, figures))
          .reduce((total, part) => total + (part?.thousandths ?? 0n), 0n);
        const off = sum - Money.of(whole).thousandths;
        expect(2n * (off < 0n ? -off : off) <= BigInt(parts.length)).toBe(true);
      }),
    );
  });

  it('settle to exactly what was given, with one default of a level at most, which has the size of the product', () => {
    const given = fc.uniqueArray(
      fc.record({
        level: fc.constantFrom('case' as const, 'pack' as const),
        baseUnits: packSize.map(decimal),
        description: fc.constantFrom('', 'bottle', 'blister'),
      }),
      { maxLength: 8, selector: packKey },
    );
    fc.assert(
      fc.property(given, packSize, (packs: GivenPack[], size) => {
        const figures = { price: '1', unitsPerPack: decimal(size), unitsPerStrip: null };
        const fitting = packs.filter(
          (one) =>
            one.level === 'pack' || Quantity.of(one.baseUnits).compare(Quantity.of(decimal(size))) >= 0,
        );
        const settled = settlePacks(fitting, figures);
        expect(settled.map(packKey)).toEqual(fitting.map(packKey));
        const defaults = settled.filter(({ isDefault }) => isDefault);
        expect(defaults.length).toBe(
          fitting.some((one) => one.level === 'pack' && one.baseUnits === figures.unitsPerPack) ? 1 : 0,
        );
        expect(defaults.every(({ baseUnits }) => baseUnits === figures.unitsPerPack)).toBe(true);
      }),
    );
  });

  it('are told in an order that does not depend on the order they come in', () => {
    const row = fc.record({
      packId: fc.integer({ min: 1, max: 1000 }),
      level: fc.constantFrom('case' as const, 'pack' as const, 'strip' as const, 'unit' as const),
      baseUnits: packSize.map(decimal),
      isDefault: fc.boolean(),
    });
    const rows = fc.uniqueArray(row, { selector: ({ packId }) => packId, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.integer()), (given, random) => {
        const shuffled = given
          .map((one) => ({ one, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(readablePacks(shuffled)).toEqual(readablePacks(given));
        expect(readablePacks(given)).toHaveLength(given.length);
      }),
    );
  });
});
