// Box, strip and unit in one basket: base units exact, and prices that add up to the price of all of it together.
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { priceCounterLine, type BasketLine, type Product, type SaleUnit } from './basket.domain.js';
import { PACK_CASES } from './pack-cases.fixture.js';

describe('packs, strips and units', () => {
  it.each(PACK_CASES)('$name', (one) => {
    const product: Product = {
      drugId: 1,
      name: 'Testadol',
      strength: null,
      status: 'active',
      price: one.price,
      priceCeiling: null,
      unitsPerStrip: one.unitsPerStrip,
      unitsPerPack: one.unitsPerPack,
      rxOnly: false,
      controlledSchedule: null,
    };
    const rules = { currencyDecimals: one.decimals, cashRounding: Money.zero, anyDiscount: true };
    const lines: BasketLine[] = [];
    let before = Quantity.zero;
    for (const [index, text] of one.lines.entries()) {
      const [quantity = '', unit] = text.split(' ') as [string, SaleUnit];
      const line = priceCounterLine({ product, quantity, unit, discount: '0' }, index + 1, rules, before);
      before = before.plus(line.quantity);
      lines.push(line);
    }
    expect(lines.map(({ quantity }) => quantity.toString())).toEqual(one.units);
    expect(before.toString()).toBe(one.baseUnits);
    expect(lines.map(({ amount }) => amount.toString())).toEqual(one.amounts);
    expect(Money.sum(lines.map(({ amount }) => amount)).toString()).toBe(one.total);
  });

  it('are sixty cases at the least', () => {
    expect(new Set(PACK_CASES.map(({ name }) => name)).size).toBeGreaterThanOrEqual(60);
  });
});
