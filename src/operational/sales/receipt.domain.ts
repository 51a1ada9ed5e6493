import { escapeHtml, own } from '../../platform/text/print-html.js';
import type { SaleDetail } from './sales.types.js';

/** What is printed at the top of a receipt. */
export interface ReceiptHead {
  readonly name: string;
  readonly nameAr: string | null;
  readonly code: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly currency: string;
  readonly timeZone: string;
}

export interface ReceiptOptions {
  readonly format: '80mm' | 'a4';
  readonly lang: 'en' | 'ar';
  /** True: a reprint, marked COPY. */
  readonly copy: boolean;
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
    rounding: 'Rounding',
    total: 'Total',
    change: 'Change',
    cash: 'Cash',
    card: 'Card',
    mobile: 'Mobile wallet',
    insurance: 'Insurance',
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
    rounding: 'التقريب',
    total: 'الإجمالي',
    change: 'الباقي',
    cash: 'نقدًا',
    card: 'بطاقة',
    mobile: 'محفظة إلكترونية',
    insurance: 'التأمين',
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

const STYLE = {
  '80mm': 'width:72mm;font-size:12px;',
  a4: 'max-width:180mm;font-size:14px;padding:10mm;',
} as const;

const PAGE = { '80mm': '80mm auto', a4: 'A4' } as const;

/** A printable receipt as a whole HTML page without scripts. Every text of the database is escaped. */
export function renderReceipt(sale: SaleDetail, head: ReceiptHead, options: ReceiptOptions): string {
  const words = WORDS[options.lang];
  const isArabic = options.lang === 'ar';
  const name = isArabic ? (head.nameAr ?? head.name) : head.name;
  const title = `${words[sale.saleType]} ${sale.saleNumber}`;
  return `<!doctype html>
<html lang="${options.lang}" dir="${isArabic ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>
@page { size: ${PAGE[options.format]}; margin: ${options.format === 'a4' ? '12mm' : '3mm'}; }
body { ${STYLE[options.format]} margin: 0 auto; font-family: system-ui, 'Noto Sans', 'Noto Sans Arabic', Tahoma, sans-serif; color: #000; background: #fff; }
h1, p { text-align: center; margin: 2px 0; }
h1 { font-size: 1.3em; }
table { width: 100%; border-collapse: collapse; margin: 6px 0; }
th, td { text-align: start; padding: 2px 0; vertical-align: top; }
.n { text-align: end; white-space: nowrap; }
.lot { font-size: 0.85em; }
.copy { font-size: 1.6em; font-weight: bold; letter-spacing: 0.2em; border: 2px solid #000; }
tfoot td, .total td { border-top: 1px solid #000; }
.total { font-weight: bold; font-size: 1.15em; }
</style>
</head>
<body>
${options.copy ? `<p class="copy">${words.copy}</p>` : ''}
<h1>${own(name)}</h1>
${[head.address, head.phone].map((line) => (line ? `<p>${own(line)}</p>` : '')).join('\n')}
<p>${words[sale.saleType]} ${words.number} ${own(sale.saleNumber)} · ${own(head.code)}</p>
<p>${words.date}: ${own(localTime(sale.saleDate, head.timeZone))} · ${words.cashier}: ${own(sale.cashierName)}</p>
${sale.originalSaleId === null ? '' : `<p>${words.original}: ${own(`#${sale.originalSaleId}`)}</p>`}
<table>
<thead><tr><th>${words.item}</th><th class="n">${words.quantity}</th><th class="n">${words.amount}</th></tr></thead>
<tbody>
${sale.items.map((line) => lineRows(line, words, isArabic)).join('\n')}
</tbody>
</table>
<table>
${totals(sale, words, head.currency)}
</table>
<p>${sale.saleType === 'sale' ? words.thanks : own(sale.reason ?? '')}</p>
</body>
</html>
`;
}

type Words = (typeof WORDS)[keyof typeof WORDS];

function lineRows(line: SaleDetail['items'][number], words: Words, isArabic: boolean): string {
  const name = isArabic && line.nameAr ? `${line.nameAr} ${line.description}` : line.description;
  const unit = line.unit === 'unit' ? line.baseUnit : words[line.unit];
  const mark = line.fillId === null ? '' : ` (${words.prescription})`;
  const lots = line.lots
    .map((lot) => `${words.lot} ${own(lot.lotNumber)}${lot.expiryDate ? ` ${own(lot.expiryDate)}` : ''}`)
    .join(isArabic ? '، ' : ', ');
  return `<tr><td>${own(name)}${mark}${lots ? `<div class="lot">${lots}</div>` : ''}</td>
<td class="n">${own(line.unitQuantity)} ${own(unit)}</td><td class="n">${own(line.amount)}</td></tr>`;
}

function totals(sale: SaleDetail, words: Words, currency: string): string {
  const row = (label: string, amount: string, kind = ''): string =>
    `<tr${kind ? ` class="${kind}"` : ''}><td>${label}</td><td class="n">${own(amount)}</td></tr>`;
  const unlessZero = (label: string, amount: string): string[] =>
    /[1-9]/.test(amount) ? [row(label, amount)] : [];
  return [
    row(words.subtotal, sale.subtotal),
    ...unlessZero(words.discount, sale.discountTotal),
    ...unlessZero(words.tax, sale.taxTotal),
    ...unlessZero(words.rounding, sale.rounding),
    row(words.total, `${sale.total} ${currency}`, 'total'),
    ...sale.payments.map(({ method, payerName, amount }) =>
      row(payerName === null ? words[method] : `${words[method]} ${own(payerName)}`, amount),
    ),
    ...unlessZero(words.change, sale.change),
  ].join('\n');
}

/** Date and time at the branch, in digits every printer has. */
function localTime(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  }).format(instant);
}
