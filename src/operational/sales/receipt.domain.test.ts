import { describe, expect, it } from 'vitest';

import { renderReceipt as render } from './receipt-html.domain.js';
import { receiptModel, type ReceiptHead, type ReceiptOptions } from './receipt.domain.js';
import type { SaleDetail } from './sales.types.js';

const head: ReceiptHead = {
  name: 'Nile & Sons',
  nameAr: 'صيدلية النيل',
  code: 'MAIN',
  address: '1 <b>Tahrir</b> Sq.',
  phone: '+20 2 1234',
  currency: 'EGP',
  timeZone: 'Africa/Cairo',
};
const sale: SaleDetail = {
  saleId: 9,
  saleNumber: 'S000000009',
  saleType: 'sale',
  originalSaleId: null,
  shiftId: 1,
  patientId: null,
  userId: 1,
  cashierName: '"Mona" <script>alert(1)</script>',
  saleDate: new Date('2026-11-22T22:30:00Z'),
  businessDate: '2026-11-23',
  subtotal: '50.00',
  discountTotal: '4.90',
  taxTotal: '5.54',
  taxInPrices: '5.54',
  rounding: '0.00',
  total: '45.10',
  reason: null,
  items: [
    {
      saleItemId: 1,
      lineNo: 1,
      drugId: 1,
      fillId: null,
      originalSaleItemId: null,
      description: "Testadol 500 mg <img src=x onerror='x'>",
      nameAr: 'تستادول',
      baseUnit: 'tablet',
      quantity: '30',
      unit: 'pack',
      unitQuantity: '1',
      packPrice: '50.00',
      amount: '50.00',
      discount: '4.90',
      promotions: [],
      taxClassId: 1,
      taxCode: 'VAT',
      taxRate: '0.14',
      taxIncluded: true,
      tax: '5.54',
      lineTotal: '45.10',
      disposition: null,
      returnedQuantity: '0',
      returnedAmount: '0.00',
      returnedDiscount: '0.00',
      returnedTax: '0.00',
      lots: [{ lotId: 1, lotNumber: 'L1', expiryDate: '2027-01-31', quantity: '30' }],
    },
  ],
  payments: [
    {
      method: 'cash',
      amount: '50.00',
      change: '4.90',
      reference: null,
      claimId: null,
      payerName: null,
      accountId: null,
      accountName: null,
    },
  ],
  taxes: [{ taxClassId: 1, code: 'VAT', rate: '0.14', isIncluded: true, net: '39.56', tax: '5.54' }],
  paid: '50.00',
  change: '4.90',
  rememberedOverrides: [],
  reversals: [],
};

const renderReceipt = (sold: SaleDetail, shop: ReceiptHead, options: ReceiptOptions): string =>
  render(receiptModel(sold, shop, options), options, { barcode: '<svg id="bars"/>', qr: '<svg id="qr"/>' });

describe('a receipt', () => {
  const en = renderReceipt(sale, head, { format: '80mm', lang: 'en', copy: false });
  const ar = renderReceipt(sale, head, { format: 'a4', lang: 'ar', copy: true });

  it('escapes every text and has no script', () => {
    expect(en).not.toMatch(/<script|<img|<b>/i);
    expect(en).toContain('&lt;script&gt;');
    expect(en).toContain('Nile &amp; Sons');
    expect(en).toContain('onerror=&#39;x&#39;');
  });

  it('isolates numbers and names from the direction around them', () => {
    for (const text of ['S000000009', 'S000000009 MAIN', '45.10 EGP', '4.90', 'L1', '2027-01-31'])
      for (const page of [en, ar]) expect(page).toContain(`<bdi>${text}</bdi>`);
  });

  it('tells the tax by rate, and that prices hold it', () => {
    expect(en).toContain('Tax VAT 14% (in prices)');
    expect(ar).toContain('الضريبة VAT 14% (ضمن الأسعار)');
    expect(en).toContain('<bdi>5.54</bdi>');
  });

  it('shows the time of the branch', () => {
    expect(en).toContain('23/11/2026, 00:30');
  });

  it('is right to left in Arabic, with Arabic names and words', () => {
    expect(ar).toContain('<html lang="ar" dir="rtl">');
    expect(ar).toContain('صيدلية النيل');
    expect(ar).toContain('تستادول');
    expect(ar).toContain('الإجمالي');
  });

  it('says COPY on a reprint only, and fits its paper', () => {
    expect(en).not.toContain('class="copy"');
    expect(ar).toContain('<p class="copy">نسخة');
    expect(en).toContain('size: 80mm auto');
    expect(ar).toContain('size: A4');
  });

  it('counts its copies where they are counted', () => {
    const third = { format: '80mm', lang: 'en', copy: true, copyNo: 3 } as const;
    expect(renderReceipt(sale, head, third)).toContain('<p class="copy">COPY 3</p>');
  });

  it('has the number as a barcode, the code of the authority, and the tax number of the seller', () => {
    const taxed = { ...head, taxNumber: '310122393500003' };
    const page = renderReceipt(sale, taxed, { format: '80mm', lang: 'ar', copy: false });
    expect(page).toContain('<svg id="bars"/>');
    expect(page).toContain('<svg id="qr"/>');
    expect(page).toContain('الرقم الضريبي: <bdi>310122393500003</bdi>');
    const plain = render(
      receiptModel(sale, head, { format: '80mm', lang: 'en', copy: false }),
      { format: '80mm' },
      { barcode: '', qr: null },
    );
    expect(plain).not.toContain('class="code qr"');
  });

  it('names the credit note that was given or redeemed', () => {
    const payments = [
      {
        method: 'credit_note' as const,
        amount: '45.10',
        change: '0.00',
        reference: 'C000000001-7F3A',
        claimId: null,
        payerName: null,
        accountId: null,
        accountName: null,
      },
    ];
    const page = renderReceipt({ ...sale, payments }, head, { format: '80mm', lang: 'ar', copy: false });
    expect(page).toContain('إشعار دائن <bdi>C000000001-7F3A</bdi>');
  });
});
