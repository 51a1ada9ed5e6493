import { expect } from 'vitest';

import type { aCaller } from './station-world.js';

/** Something in stock that is sold over the counter for 12.50 a pack of one, with a barcode of its own. */
export async function aProductWithCode(
  boss: Awaited<ReturnType<typeof aCaller>>,
  name: string,
): Promise<{ drugId: number; code: string; name: string }> {
  const serial = String(Date.now()).slice(-9) + String(Math.floor(Math.random() * 10));
  const digits = `62${serial}`;
  const sum = [...digits.slice(0, 12)].reduce((all, digit, at) => all + Number(digit) * (at % 2 ? 3 : 1), 0);
  const code = `${digits.slice(0, 12)}${(10 - (sum % 10)) % 10}`;
  const made = await boss.call<{ drugId: number }>('POST', '/drugs', {
    name: `${name} ${serial}`,
    nameAr: `معقم يدين ${serial}`,
    price: '12.50',
    baseUnit: 'piece',
    unitsPerPack: '1',
    ingredients: [],
    barcodes: [{ code, packLevel: 'pack' }],
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const { drugId } = made.body;
  const items = [{ drugId, lotNumber: 'HR-1', expiryDate: '2031-01-31', quantity: '50', unitCost: '4' }];
  expect((await boss.call('POST', '/inventory/receive', { items })).status).toBe(201);
  return { drugId, code, name: `${name} ${serial}` };
}
