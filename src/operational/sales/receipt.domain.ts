import type { ReceiptModel } from './receipt.types.js';
import type { SaleDetail, ShownTax } from './sales.types.js';

/** What is printed at the top of a receipt. */
export interface ReceiptHead {
  readonly name: string;
  readonly nameAr: string | null;
  readonly code: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly currency: string;
  readonly timeZone: string;
  /** Tax registration number, where the branch prints one. */
  readonly taxNumber?: string | null;
}

export interface ReceiptOptions {
  readonly format: '80mm' | 'a4';
  readonly lang: 'en' | 'ar';
  /** True: a reprint, marked COPY. */
  readonly copy: boolean;
  /** Which copy it is, where that was counted. */
  readonly copyNo?: number;
}

const WORDS = {
  en: {
    sale: 'Receipt',
    return: 'Return receipt',
    void: 'Void receipt',
    copy: 'COPY',
    number: 'No.',
    date: 'Date',
    cashier: 'Cashier',
    item: 'Item',
    quantity: 'Qty',
    amount: 'Amount',
    subtotal: 'Subtotal',
    discount: 'Discount',
    tax: 'Tax',
    inPrices: 'in prices',
    rounding: 'Rounding',
    total: 'Total',
    change: 'Change',
    cash: 'Cash',
    card: 'Card',
    mobile: 'Mobile wallet',
    insurance: 'Insurance',
    credit_note: 'Credit note',
    exchange: 'Exchange',
    taxNumber: 'Tax number',
    account: 'On account',
    deposit: 'Paid ahead',
    points: 'Points',
    lot: 'Lot',
    prescription: 'Prescription',
    unit: '',
    strip: 'strip',
    pack: 'pack',
    original: 'Takes back',
    thanks: 'Get well soon',
  },
  ar: {
    sale: 'إيصال',
    return: 'إيصال مرتجع',
    void: 'إيصال إلغاء',
    copy: 'نسخة',
    number: 'رقم',
    date: 'التاريخ',
    cashier: 'الكاشير',
    item: 'الصنف',
    quantity: 'الكمية',
    amount: 'المبلغ',
    subtotal: 'المجموع الفرعي',
    discount: 'الخصم',
    tax: 'الضريبة',
    inPrices: 'ضمن الأسعار',
    rounding: 'التقريب',
    total: 'الإجمالي',
    change: 'الباقي',
    cash: 'نقدًا',
    card: 'بطاقة',
    mobile: 'محفظة إلكترونية',
    insurance: 'التأمين',
    credit_note: 'إشعار دائن',
    exchange: 'استبدال',
    taxNumber: 'الرقم الضريبي',
    account: 'على الحساب',
    deposit: 'من الرصيد المدفوع مقدمًا',
    points: 'نقاط',
    lot: 'تشغيلة',
    prescription: 'وصفة طبية',
    unit: '',
    strip: 'شريط',
    pack: 'عبوة',
    original: 'مرتجع عن',
    thanks: 'مع تمنياتنا بالشفاء العاجل',
  },
} as const;

type Words = (typeof WORDS)[keyof typeof WORDS];

/** Puts together what stands on the receipt of a sale, return or void. */
export function receiptModel(sale: SaleDetail, head: ReceiptHead, options: ReceiptOptions): ReceiptModel {
  const words = WORDS[options.lang];
  const isArabic = options.lang === 'ar';
  return {
    language: options.lang,
    title: words[sale.saleType],
    copy: options.copy ? [words.copy, options.copyNo ?? ''].join(' ').trim() : null,
    shop: isArabic ? (head.nameAr ?? head.name) : head.name,
    contact: [head.address, head.phone].flatMap((line) => line ?? []),
    facts: [
      ...(head.taxNumber ? [{ label: words.taxNumber, value: head.taxNumber }] : []),
      { label: words.number, value: `${sale.saleNumber} ${head.code}` },
      { label: words.date, value: localTime(sale.saleDate, head.timeZone) },
      { label: words.cashier, value: sale.cashierName },
      ...(sale.originalSaleId === null ? [] : [{ label: words.original, value: `#${sale.originalSaleId}` }]),
    ],
    columns: { item: words.item, quantity: words.quantity, amount: words.amount },
    lines: sale.items.map((line) => ({
      name: isArabic && line.nameAr ? `${line.nameAr} ${line.description}` : line.description,
      mark: line.fillId === null ? '' : words.prescription,
      quantity: line.unitQuantity,
      unit: line.unit === 'unit' ? line.baseUnit : words[line.unit],
      amount: line.amount,
      lots: line.lots.map((lot) => ({
        label: words.lot,
        value: [lot.lotNumber, lot.expiryDate].filter(Boolean).join(' '),
      })),
    })),
    totals: totalsOf(sale, words, head.currency),
    footer: sale.saleType === 'sale' ? words.thanks : (sale.reason ?? ''),
    barcode: sale.saleNumber,
  };
}

function totalsOf(sale: SaleDetail, words: Words, currency: string): ReceiptModel['totals'] {
  const row = (label: string, value: string) => ({ label, value, payer: null, isTotal: false });
  const unlessZero = (label: string, value: string) => (/[1-9]/.test(value) ? [row(label, value)] : []);
  return [
    row(words.subtotal, sale.subtotal),
    ...unlessZero(words.discount, sale.discountTotal),
    ...sale.taxes.map((tax) => row(taxLabel(tax, words), tax.tax)),
    ...unlessZero(words.rounding, sale.rounding),
    { ...row(words.total, `${sale.total} ${currency}`), isTotal: true },
    ...sale.payments.map(({ method, payerName, reference, amount }) => ({
      ...row(words[method], amount),
      payer: method === 'credit_note' ? reference : payerName,
    })),
    ...unlessZero(words.change, sale.change),
  ];
}

function taxLabel({ code, rate, isIncluded }: ShownTax, words: Words): string {
  const label = `${words.tax} ${code} ${percentText(rate)}`;
  return isIncluded ? `${label} (${words.inPrices})` : label;
}

/** "0.14" as "14%": a rate has at most four places. */
const percentText = (rate: string): string => `${Number((Number(rate) * 100).toFixed(2))}%`;

/** Date and time at the branch, in digits every printer has. */
function localTime(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  }).format(instant);
}
