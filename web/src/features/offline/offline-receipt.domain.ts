import type { OfflineLine, OfflineSale } from './offline-sale.domain';

const WORDS = {
  en: {
    receipt: 'Receipt',
    offline: 'Offline receipt',
    note: 'Sold while the system was out of reach. It is entered under this number.',
    copy: 'COPY',
    number: 'No.',
    date: 'Date',
    cashier: 'Cashier',
    item: 'Item',
    quantity: 'Qty',
    amount: 'Amount',
    subtotal: 'Subtotal',
    discount: 'Discount',
    rounding: 'Rounding',
    total: 'Total',
    cash: 'Cash',
    change: 'Change',
    strip: 'strip',
    pack: 'pack',
    thanks: 'Get well soon',
  },
  ar: {
    receipt: 'إيصال',
    offline: 'إيصال دون اتصال',
    note: 'بيع أثناء انقطاع الاتصال بالنظام، ويُقيَّد بهذا الرقم.',
    copy: 'نسخة',
    number: 'رقم',
    date: 'التاريخ',
    cashier: 'الكاشير',
    item: 'الصنف',
    quantity: 'الكمية',
    amount: 'المبلغ',
    subtotal: 'المجموع الفرعي',
    discount: 'الخصم',
    rounding: 'التقريب',
    total: 'الإجمالي',
    cash: 'نقدًا',
    change: 'الباقي',
    strip: 'شريط',
    pack: 'عبوة',
    thanks: 'مع تمنياتنا بالشفاء العاجل',
  },
} as const;

type Words = (typeof WORDS)[keyof typeof WORDS];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
const own = (text: string): string => `<bdi>${escaped(text)}</bdi>`;
const ltr = (text: string): string => `<bdi dir="ltr">${escaped(text)}</bdi>`;

const STYLE = `
@page { size: 80mm auto; margin: 3mm; }
body { width: 72mm; font-size: 12px; margin: 0 auto; font-family: system-ui, 'Noto Sans', 'Noto Sans Arabic', Tahoma, sans-serif; color: #000; background: #fff; }
h1, p { text-align: center; margin: 2px 0; }
h1 { font-size: 1.3em; }
table { width: 100%; border-collapse: collapse; margin: 6px 0; }
th, td { text-align: start; padding: 2px 0; vertical-align: top; }
.n { text-align: end; white-space: nowrap; }
.copy { font-size: 1.6em; font-weight: bold; letter-spacing: 0.2em; border: 2px solid #000; }
.offline { font-weight: bold; border: 1px dashed #000; padding: 2px; }
.total { font-weight: bold; font-size: 1.15em; }
.total td { border-top: 1px solid #000; }`;

/** Date and time at the branch, in digits every printer has. */
const localTime = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  }).format(new Date(instant));

function lineRow(line: OfflineLine, words: Words, isArabic: boolean): string {
  const unit = line.unit === 'unit' ? line.baseUnit : words[line.unit];
  const name =
    isArabic && line.nameAr ? `${own(line.nameAr)}<br>${ltr(line.description)}` : own(line.description);
  return `<tr><td>${name}</td><td class="n">${ltr(line.quantity)} ${own(unit)}</td><td class="n">${ltr(line.amount)}</td></tr>`;
}

/** The receipt of an offline sale for an 80 mm roll, as a whole page without scripts; its number is marked as an offline one. */
export function renderOfflineReceipt(
  sale: OfflineSale,
  { language, isCopy }: { language: 'en' | 'ar'; isCopy: boolean },
): string {
  const words = WORDS[language];
  const isArabic = language === 'ar';
  const { branch } = sale;
  const row = (label: string, amount: string, kind = ''): string =>
    `<tr${kind && ` class="${kind}"`}><td>${label}</td><td class="n">${ltr(amount)}</td></tr>`;
  const unlessZero = (label: string, amount: string): string[] =>
    /[1-9]/.test(amount) ? [row(label, amount)] : [];
  return `<!doctype html>
<html lang="${language}" dir="${isArabic ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<title>${words.receipt} ${escaped(sale.number)}</title>
<style>${STYLE}</style>
</head>
<body>
${isCopy ? `<p class="copy">${words.copy}</p>` : ''}
<h1>${own(isArabic ? (branch.nameAr ?? branch.name) : branch.name)}</h1>
${[branch.address, branch.phone].map((line) => (line ? `<p>${own(line)}</p>` : '')).join('\n')}
<p class="offline">${words.offline} ${words.number} ${ltr(sale.number)}</p>
<p>${words.date}: ${ltr(localTime(sale.soldAt, branch.timeZone))} · ${words.cashier}: ${own(sale.sellerName)}</p>
<table>
<thead><tr><th>${words.item}</th><th class="n">${words.quantity}</th><th class="n">${words.amount}</th></tr></thead>
<tbody>
${sale.lines.map((line) => lineRow(line, words, isArabic)).join('\n')}
</tbody>
</table>
<table>
${[
  row(words.subtotal, sale.subtotal),
  ...unlessZero(words.discount, sale.discount),
  ...unlessZero(words.rounding, sale.rounding),
  row(words.total, `${sale.total} ${branch.currency}`, 'total'),
  row(words.cash, sale.cash),
  ...unlessZero(words.change, sale.change),
].join('\n')}
</table>
<p>${words.note}</p>
<p>${words.thanks}</p>
</body>
</html>
`;
}
