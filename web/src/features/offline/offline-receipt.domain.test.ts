import { describe, expect, it } from 'vitest';
import { renderOfflineReceipt } from './offline-receipt.domain';
import type { OfflineSale } from './offline-sale.domain';
import { FRESH } from './queue.domain';

const SALE = {
  ...FRESH,
  id: 'x',
  number: 'OFF-7KQ2-12',
  branch: {
    branchId: 1,
    code: 'MAIN',
    name: 'Nile <Pharmacy>',
    nameAr: 'صيدلية النيل',
    address: '1 Nile St',
    phone: null,
    timeZone: 'Africa/Cairo',
    currency: 'EGP',
    currencyDecimals: 2,
    cashRounding: '0',
  },
  sellerName: 'Mona',
  soldAt: '2026-12-01T10:00:00.000Z',
  lines: [
    {
      drugId: 1,
      description: 'Panadol & Co 24 tab',
      nameAr: 'بنادول',
      quantity: '2',
      unit: 'pack',
      baseUnit: 'tablet',
      packPrice: '10.00',
      amount: '20.00',
      discount: '1.00',
    },
  ],
  subtotal: '20.00',
  discount: '1.00',
  rounding: '0.00',
  total: '19.00',
  cash: '20.00',
  change: '1.00',
} as unknown as OfflineSale;

describe('the receipt of an offline sale', () => {
  it('says its offline number, the time at the branch, lines, cash and change, and is inert', () => {
    const html = renderOfflineReceipt(SALE, { language: 'en', isCopy: false });
    for (const text of [
      'Offline receipt No.',
      'OFF-7KQ2-12',
      '01/12/2026, 12:00',
      '19.00 EGP',
      'Discount',
      'Change',
    ])
      expect(html).toContain(text);
    expect(html).toContain('Nile &lt;Pharmacy&gt;');
    expect(html).toContain('Panadol &amp; Co');
    expect(html).not.toContain('Rounding');
    expect(html).not.toContain('COPY');
    expect(html).not.toContain('<script');
  });

  it('is Arabic from right to left, and a copy says so', () => {
    const html = renderOfflineReceipt(SALE, { language: 'ar', isCopy: true });
    expect(html).toContain('<html lang="ar" dir="rtl">');
    for (const text of [
      'نسخة',
      'إيصال دون اتصال',
      'صيدلية النيل',
      'بنادول',
      '<bdi dir="ltr">OFF-7KQ2-12</bdi>',
    ])
      expect(html).toContain(text);
  });
});
