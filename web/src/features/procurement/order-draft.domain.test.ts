import { describe, expect, it } from 'vitest';
import { addLine, changeLine, draftOf, dropLine, lackingLine, orderBody } from './order-draft.domain';
import { readSupplier, supplierFields } from './supplier-fields.domain';

const kept = {
  lines: [
    {
      ...{ drugId: 3, drugName: 'Paravelin 500', baseUnit: 'tablet', level: 'case' as const, packId: 12 },
      ...{ unitBaseUnits: '300', quantity: '2.000', bonus: '0', price: '425.500', discount: '0.000' },
      taxRate: '0.14',
    },
  ],
  ...{ discount: '10.000', landedCost: '0.000', expectedOn: null, notes: null },
};

describe('an order while it is written', () => {
  it('is sent as it was kept, with the size each line is ordered in', () => {
    expect(orderBody(draftOf(kept), 4)).toEqual({
      ...{ version: 4, expectedOn: null, notes: null, landedCost: '0', discount: '10' },
      lines: [
        {
          ...{ drugId: 3, level: 'case', packId: 12, quantity: '2', bonus: '0' },
          ...{ price: '425.5', taxRate: '0.14' },
        },
      ],
    });
  });

  it('says which field of which line is missing, the first first', () => {
    const product = { drugId: 4, name: 'Amoxabel', baseUnit: 'capsule', unitsPerPack: '20' };
    const draft = addLine(draftOf(kept), product);
    expect(lackingLine(draft)).toEqual({ key: 2, field: 'price' });
    expect(lackingLine(changeLine(draft, 1, { quantity: '0' }))).toEqual({ key: 1, field: 'quantity' });
    const priced = changeLine(draft, 2, { price: '61' });
    expect(lackingLine(priced)).toBeUndefined();
    expect(lackingLine(changeLine(priced, 2, { tax: '140' }))).toEqual({ key: 2, field: 'tax' });
    expect(lackingLine(changeLine(priced, 2, { discount: '%' }))).toEqual({ key: 2, field: 'discount' });
    expect(lackingLine(dropLine(draft, 2))).toBeUndefined();
  });
});

describe('the terms of a supplier', () => {
  const fields = { ...supplierFields(undefined), name: ' Nile ' };

  it('are sent as they are typed; what is empty is not known', () => {
    expect(readSupplier({ ...fields, tolerance: '5', leadTimeDays: '3', returnsUntilDays: '-10' })).toEqual({
      ...{ name: 'Nile', nameAr: null, phone: null, email: null, leadTimeDays: 3 },
      ...{ overReceiptTolerance: '0.05', returnsFromDays: null, returnsUntilDays: -10 },
    });
  });

  it('cannot be sent while one of them is none', () => {
    for (const change of [
      { name: ' ' },
      { tolerance: '101' },
      { tolerance: '0.01' },
      { leadTimeDays: '1.5' },
    ])
      expect(readSupplier({ ...fields, ...change }), JSON.stringify(change)).toBeUndefined();
  });
});
