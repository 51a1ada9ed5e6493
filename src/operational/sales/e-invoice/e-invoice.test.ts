// The codes authorities ask for, byte by byte.
import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { InvoiceFacts } from './e-invoice.types.js';
import { eta, serialized } from './eta.domain.js';
import { zatca } from './zatca.domain.js';

const facts: InvoiceFacts = {
  kind: 'sale',
  documentNumber: 'S000000009',
  issuedAt: new Date('2022-04-25T15:30:00.123Z'),
  sellerName: 'صيدلية النيل',
  taxNumber: '310122393500003',
  branchCode: 'MAIN',
  currency: 'SAR',
  lines: [
    {
      code: '7',
      description: 'Handrub "500"',
      quantity: '2',
      amount: '1000.00',
      discount: '130.50',
      tax: '130.50',
      total: '1000.00',
    },
  ],
  ...{ discount: '130.50', tax: '150.00', total: '1150.00', isCash: true },
};

/** Tag, length and value one after the other. */
function fields(code: string): [number, string][] {
  const bytes = Buffer.from(code, 'base64');
  const out: [number, string][] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at + 1] ?? 0;
    out.push([bytes[at] ?? 0, bytes.subarray(at + 2, at + 2 + length).toString('utf8')]);
    at += 2 + length;
  }
  return out;
}

describe('the Saudi code', () => {
  it('has five fields in order, lengths in bytes, whatever the script', () => {
    expect(fields(zatca.make(facts).code)).toEqual([
      [1, 'صيدلية النيل'],
      [2, '310122393500003'],
      [3, '2022-04-25T15:30:00Z'],
      [4, '1150.00'],
      [5, '150.00'],
    ]);
  });

  it('is this text for the example of the guide', () => {
    const { code } = zatca.make({ ...facts, sellerName: 'Bobs Records' });
    expect(code).toBe(
      'AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMUMjAyMi0wNC0yNVQxNTozMDowMFoEBzExNTAuMDAFBjE1MC4wMA==',
    );
  });

  it('cuts a name that is too long between letters', () => {
    const [first] = fields(zatca.make({ ...facts, sellerName: 'ص'.repeat(200) }).code);
    expect(first).toEqual([1, 'ص'.repeat(127)]);
  });
});

describe('the Egyptian e-receipt', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('is hashed from names in capitals and values, a list named before each of its entries', () => {
    expect(serialized({ header: { total: { digits: '12.5' } }, items: [{ a: 'x' }, { a: 'y' }] })).toBe(
      '"HEADER""TOTAL""12.5""ITEMS""ITEMS""A""x""ITEMS""A""y"',
    );
  });

  it('names itself by the hash of itself without its name, and leads to where it is shown', () => {
    const { code, document } = eta(sha256).make({ ...facts, taxNumber: '123456789' });
    const parsed = JSON.parse(document ?? '') as {
      header: { uuid: string };
      itemData: { totalSale: number }[];
    };
    expect(parsed.header.uuid).toMatch(/^[0-9a-f]{64}$/);
    expect(parsed.itemData[0]?.totalSale).toBe(1000);
    expect(code).toBe(
      `https://invoicing.eta.gov.eg/receipts/search/${parsed.header.uuid}/share/2022-04-25T15:30:00Z#Total:1150.00,IssuerRIN:123456789`,
    );
    expect(eta(sha256).make({ ...facts, taxNumber: '123456789' }).code).toBe(code);
    expect(eta(sha256).make({ ...facts, taxNumber: '123456788' }).code).not.toBe(code);
  });
});
