import { describe, expect, it } from 'vitest';

import { readPdf, seenLines } from '../../../../test/support/pdf.js';
import { orderPdf } from './order-pdf.js';
import type { OrderLine, OrderWithLines } from './orders.types.js';

const AT = {
  name: 'Tahrir Pharmacy',
  nameAr: 'صيدلية التحرير',
  address: '12 Tahrir Street',
  phone: '+20 2 2345 6789',
  timeZone: 'Africa/Cairo',
  currency: 'EGP',
};

const line = (lineNo: number, change: Partial<OrderLine> = {}): OrderLine => ({
  ...{ purchaseOrderItemId: lineNo, lineNo, drugId: lineNo, drugName: `Productine ${lineNo} mg` },
  ...{ drugNameAr: `دواء ${lineNo} Productine`, level: 'pack', packId: null, unitBaseUnits: '30' },
  ...{ baseUnit: 'tablet', quantity: '10', bonus: '1', price: '42.50', discount: '0.00' },
  ...{ discountRate: null, net: '425.00', tax: '59.50', taxRate: '0.14', landedCost: '0.00' },
  ...{ quantityOrdered: '300', quantityBonus: '30', quantityReceived: '0', quantityBonusReceived: '0' },
  ...{ quantityOpen: '300', unitCost: '1.29', gross: '425.00', headerDiscount: '0.00' },
  ...change,
});

const order = (lines: readonly OrderLine[], change: Partial<OrderWithLines> = {}): OrderWithLines =>
  ({
    ...{ purchaseOrderId: 1, orderNumber: 'PO00000042', status: 'submitted', lines },
    ...{ supplierName: 'Nile Medical (Cairo)', supplierNameAr: 'النيل الطبية (القاهرة)' },
    ...{ orderedAt: '2030-01-31T23:30:00Z', createdAt: '2030-01-30T10:00:00Z', expectedOn: null },
    ...{ netTotal: '425.00', taxTotal: '59.50', landedCost: '25.00', total: '509.50' },
    ...{ notes: 'Call first.', approvedBy: 'Łukasz Hassan' },
    ...change,
  }) as OrderWithLines;

/** The font draws dots and hamzas apart from letters, so that those of one shape read as one: they are compared by their shape. */
const SHAPES = ['بتثنيىئ', 'جحخ', 'دذ', 'رز', 'سش', 'صض', 'طظ', 'عغ', 'فق', 'اأإآ', 'هة', 'وؤ'];
const withoutDots = (text: string): string =>
  [...text].map((letter) => SHAPES.find((shape) => shape.includes(letter))?.[0] ?? letter).join('');
const seen = async (pdf: Promise<Buffer>): Promise<string[]> =>
  seenLines(readPdf(await pdf)).map(withoutDots);

/** As letters stand from left to right, without white space. */
const turned = (text: string): string => [...withoutDots(text).replace(/\s/g, '')].reverse().join('');

describe('an order as a PDF', () => {
  it('says all that the page says, in English', async () => {
    const pdf = readPdf(await orderPdf(order([line(1), line(2)]), AT, 'en'));
    expect(pdf.version).toMatch(/^1\.\d$/);
    expect(pdf.pages).toBe(1);
    const lines = seenLines(pdf);
    for (const text of [
      'PurchaseorderPO00000042',
      '1Productine1mgpack×30tablet10142.500.00425.00',
      '2Productine2mgpack×30tablet10142.500.00425.00',
      'Total509.50EGP',
      'Callfirst.',
      'ŁukaszHassan',
      'PO000000421/1',
    ])
      expect(lines).toContain(text);
    // The day of the branch, not of Greenwich.
    expect(lines.join('|')).toContain('2030-02-01');
    expect(lines.join('|')).toContain('TahrirPharmacy');
    expect(lines.join('|')).toContain('NileMedical(Cairo)');
  });

  it('is read from the right in Arabic, numbers and Latin names from the left', async () => {
    const lines = await seen(orderPdf(order([line(1)]), AT, 'ar'));
    expect(lines).toContain(`PO00000042${turned('أمر شراء')}`);
    expect(lines).toContain(`425.000.0042.50110tablet30×${turned('عبوة')}Productine1${turned('دواء')}1`);
    expect(lines).toContain(`509.50EGP${turned('الإجمالي')}`);
    const text = lines.join('|');
    expect(text).toContain(`(${turned('القاهرة')})${turned('النيل الطبية')}`);
    expect(text).not.toContain('\ufffd');
  });

  it('keeps Arabic digits in their order', async () => {
    const name = 'دواء ٥٠١ مجم';
    const lines = await seen(orderPdf(order([line(1, { drugNameAr: name })]), AT, 'ar'));
    expect(lines.join('|')).toContain(`${turned('مجم')}٥٠١${turned('دواء')}`);
  });

  it('draws signs of pharmacy the typeface has not, and a question mark for letters of other scripts', async () => {
    const name = 'Vitamin µg ½ ± 漢';
    const lines = seenLines(readPdf(await orderPdf(order([line(1, { drugName: name })]), AT, 'en')));
    expect(lines.join('|')).toContain('Vitaminµg½±?');
  });

  it('breaks what is too long for its place, and leaves nothing out', async () => {
    const word = 'Abcdefghij'.repeat(12);
    const lines = seenLines(readPdf(await orderPdf(order([line(1, { drugName: word })]), AT, 'en')));
    const text = lines.join('').replace(/pack×30tablet10142\.500\.00425\.00/, '');
    expect(text).toContain(word);
  });

  it('marks what is no order yet or none any more', async () => {
    const said = async (status: OrderWithLines['status']) =>
      (await seen(orderPdf(order([line(1)], { status }), AT, 'en'))).join('|');
    expect(await said('draft')).toContain('Draft:notanorderyet');
    expect(await said('cancelled')).toContain('Cancelled');
    expect(await said('approved')).not.toContain('Draft');
  });

  it('holds as many lines as an order may have, the head of the table on every page', async () => {
    const many = Array.from({ length: 500 }, (_, index) => line(index + 1));
    const pdf = readPdf(await orderPdf(order(many), AT, 'en'));
    const lines = seenLines(pdf);
    for (const { lineNo } of many)
      expect(lines).toContain(`${lineNo}Productine${lineNo}mgpack×30tablet10142.500.00425.00`);
    expect(lines.filter((text) => text.startsWith('No.Product')).length).toBeGreaterThanOrEqual(
      pdf.pages - 1,
    );
    expect(lines).toContain(`PO00000042${pdf.pages}/${pdf.pages}`);
    for (const { y } of pdf.texts) expect(y).toBeLessThan(842 - 30);
    const rows = pdf.texts.filter(({ text }) => text.includes('425.00'));
    expect(Math.max(...rows.map(({ y }) => y))).toBeLessThan(842 - 60);
  });
});
