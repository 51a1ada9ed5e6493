import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../ui/money.domain';
import {
  addDrug,
  addFill,
  type CartDrug,
  cartBorne,
  cartTotal,
  changeQuantity,
  cycleUnit,
  emptyCart,
  lineFault,
  lineTotal,
  moveActive,
  productsOf,
  removeLine,
  replaceDrug,
  setDiscount,
  setQuantity,
  settle,
  setUnit,
  toItems,
  unitsOf,
} from './cart.domain';

const fill = {
  fillId: 3,
  name: 'Warfarin 5 mg',
  quantity: '30',
  baseUnit: 'tablet',
  price: '40.00',
  patientShare: '40.00',
  payerNames: [],
};

const amoxicillin: CartDrug = {
  drugId: 7,
  name: 'Amoxicillin 500 mg capsules',
  price: '25.00',
  baseUnit: 'capsule',
  unitsPerStrip: '10',
  unitsPerPack: '30',
};
const syrup: CartDrug = {
  ...amoxicillin,
  drugId: 8,
  unitsPerStrip: null,
  unitsPerPack: '1',
  baseUnit: 'bottle',
};

const EMPTY_CART = emptyCart(2);

describe('the basket', () => {
  it('counts up when the same product is scanned again', () => {
    const cart = addDrug(addDrug(EMPTY_CART, amoxicillin, 'pack'), amoxicillin, 'pack');
    expect(cart.lines).toHaveLength(1);
    expect(toItems(cart)).toEqual([{ drugId: 7, quantity: '2', unit: 'pack' }]);
  });

  it('remembers the packs with serials that were scanned for a line', () => {
    const one = addDrug(EMPTY_CART, amoxicillin, 'pack', 'code 1');
    const cart = addDrug(addDrug(one, amoxicillin, 'pack', 'code 2'), syrup, 'pack');
    expect(toItems(cart)).toEqual([
      { drugId: 7, quantity: '2', unit: 'pack', packs: ['code 1', 'code 2'] },
      { drugId: 8, quantity: '1', unit: 'pack' },
    ]);
  });

  it('keeps a pack and a strip of the same product as two lines', () => {
    const cart = addDrug(addDrug(EMPTY_CART, amoxicillin, 'pack'), amoxicillin, 'strip');
    expect(cart.lines).toHaveLength(2);
    expect(formatMoney(cartTotal(cart))).toBe('33.33');
  });

  it('puts one pack of another product in the place of every line of the first', () => {
    const other = { ...amoxicillin, drugId: 9 };
    let cart = addDrug(addDrug(EMPTY_CART, syrup, 'pack'), amoxicillin, 'pack');
    cart = addDrug(addDrug(cart, amoxicillin, 'strip'), { ...syrup, drugId: 10 }, 'pack');
    const replaced = replaceDrug(cart, amoxicillin.drugId, other);
    expect(toItems(replaced)).toEqual([
      { drugId: 8, quantity: '1', unit: 'pack' },
      { drugId: 9, quantity: '1', unit: 'pack' },
      { drugId: 10, quantity: '1', unit: 'pack' },
    ]);
    expect(replaced.lines.find(({ id }) => id === replaced.active)).toMatchObject({ drug: other });
    expect(productsOf(replaced).map(({ drugId }) => drugId)).toEqual([8, 9, 10]);
  });

  it('does not put in what is in the basket already, and changes nothing for what is not there', () => {
    const cart = addDrug(addDrug(EMPTY_CART, syrup, 'pack'), amoxicillin, 'pack');
    const replaced = replaceDrug(cart, amoxicillin.drugId, syrup);
    expect(toItems(replaced)).toEqual([{ drugId: 8, quantity: '1', unit: 'pack' }]);
    expect(replaced.active).toBe(replaced.lines[0]?.id);
    expect(replaceDrug(cart, 99, syrup)).toBe(cart);
  });

  it('offers only units the pack has', () => {
    expect(unitsOf(amoxicillin)).toEqual(['pack', 'strip', 'unit']);
    expect(unitsOf(syrup)).toEqual(['pack']);
  });

  it('goes through the units and back to the pack', () => {
    let cart = addDrug(EMPTY_CART, amoxicillin, 'pack');
    const units = [1, 2, 3].map(() => {
      cart = cycleUnit(cart, 1);
      return toItems(cart)[0];
    });
    expect(units.map((item) => (item && 'unit' in item ? item.unit : undefined))).toEqual([
      'strip',
      'unit',
      'pack',
    ]);
  });

  it('never lets − take a line below one', () => {
    const cart = changeQuantity(addDrug(EMPTY_CART, amoxicillin, 'pack'), 1, -1000n);
    expect(toItems(cart)).toEqual([{ drugId: 7, quantity: '1', unit: 'pack' }]);
  });

  it('prices single units as a share of the pack, rounded once per line', () => {
    const cart = setQuantity(setUnit(addDrug(EMPTY_CART, amoxicillin, 'pack'), 1, 'unit'), 1, '7');
    expect(formatMoney(cartTotal(cart))).toBe('5.83');
  });

  it('prices a box, a strip and 4 as what they are together, as the server does', () => {
    const box = addDrug(EMPTY_CART, amoxicillin, 'pack');
    const strip = addDrug(box, amoxicillin, 'strip');
    const cart = setQuantity(addDrug(strip, amoxicillin, 'unit'), 3, '4');
    expect(cart.lines.map((line) => formatMoney(lineTotal(line, cart)))).toEqual(['25.00', '8.33', '3.34']);
    expect(formatMoney(cartTotal(cart))).toBe('36.67');
  });

  it('refuses a discount above the line and a quantity of nothing', () => {
    const cart = addDrug(EMPTY_CART, amoxicillin, 'pack');
    const [tooMuch] = setDiscount(cart, 1, '25.01').lines;
    const [nothing] = setQuantity(cart, 1, '0').lines;
    expect(tooMuch && lineFault(tooMuch, cart)).toBe('discount');
    expect(nothing && lineFault(nothing, cart)).toBe('quantity');
  });

  it('holds a fill once, at its own price', () => {
    const cart = addFill(addFill(EMPTY_CART, fill), fill);
    expect(cart.lines).toHaveLength(1);
    expect(toItems(cart)).toEqual([{ fillId: 3 }]);
    expect(formatMoney(cartTotal(cart))).toBe('40.00');
    expect(formatMoney(cartBorne(cart))).toBe('0.00');
  });

  it('takes off what payers bear of fills, beside what is sold over the counter', () => {
    const insured = { ...fill, patientShare: '12.50', payerNames: ['Misr'] };
    const cart = addDrug(addFill(EMPTY_CART, insured), amoxicillin, 'pack');
    expect(formatMoney(cartTotal(cart))).toBe('65.00');
    expect(formatMoney(cartBorne(cart))).toBe('27.50');
  });

  it('makes the neighbour active when a line is taken out', () => {
    const three = addDrug(
      addDrug(addDrug(EMPTY_CART, amoxicillin, 'pack'), syrup, 'pack'),
      amoxicillin,
      'unit',
    );
    expect(moveActive(three, -1).active).toBe(2);
    expect(removeLine(three, 2).active).toBe(3);
    expect(removeLine(removeLine(removeLine(three, 1), 2), 3).active).toBeUndefined();
  });
});

describe('settling the total', () => {
  it('takes an empty cash field for exact cash', () => {
    expect(settle(12_500n, '')).toMatchObject({
      tenders: [{ method: 'cash', amount: '12.50' }],
      change: 0n,
    });
  });

  it('gives change on cash', () => {
    expect(settle(12_500n, '20')).toMatchObject({ change: 7_500n, missing: 0n });
  });

  it('splits between card and the rest in cash', () => {
    expect(settle(12_500n, '', { card: '10' }).tenders).toEqual([
      { method: 'cash', amount: '2.50' },
      { method: 'card', amount: '10.00' },
    ]);
    expect(settle(12_500n, '', { card: '12.50' }).tenders).toEqual([{ method: 'card', amount: '12.50' }]);
  });

  it('takes what goes by the account of the customer before cash, and rounds nothing then', () => {
    expect(settle(12_370n, '', { account: '5', deposit: '2', points: '1' }, 250n)).toMatchObject({
      due: 12_370n,
      change: 0n,
      tenders: [
        { method: 'cash', amount: '4.37' },
        { method: 'account', amount: '5.00' },
        { method: 'deposit', amount: '2.00' },
        { method: 'points', amount: '1.00' },
      ],
    });
    expect(settle(12_370n, '', { account: '12.38' }).isTooMuch).toBe(true);
  });

  it.each([
    [12_370n, '', 250n, 12_250n, '12.25'],
    [12_375n, '', 250n, 12_500n, '12.50'],
    [12_370n, '2', 250n, 12_370n, '10.37'],
    [12_370n, '', 0n, 12_370n, '12.37'],
    // Less than half of the smallest coin is still something that is paid.
    [100n, '', 250n, 100n, '0.10'],
  ])('rounds %s with %s by card to steps of %s: %s due, %s in cash', (total, card, step, due, amount) => {
    const settled = settle(total, '', { card }, step);
    expect(settled).toMatchObject({ due, missing: 0n, change: 0n });
    expect(settled.tenders[0]).toEqual({ method: 'cash', amount });
  });

  it('says what is missing, and that a card is never charged more than the total', () => {
    expect(settle(12_500n, '10').missing).toBe(2_500n);
    expect(settle(12_500n, '', { card: '13' }).isTooMuch).toBe(true);
  });
});
