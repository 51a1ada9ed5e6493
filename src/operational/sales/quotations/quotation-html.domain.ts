import { escapeHtml, own, printablePage, type PageLanguage } from '../../../platform/text/print-html.js';

/** What stands on a printed quotation. Amounts are decimal strings, dates 'YYYY-MM-DD'. */
export interface PrintedQuotation {
  readonly shop: string;
  readonly shopAr: string | null;
  readonly contact: readonly string[];
  readonly number: string;
  readonly customer: string | null;
  readonly quotedOn: string;
  readonly validUntil: string;
  readonly currency: string;
  readonly total: string;
  readonly lines: readonly {
    readonly description: string;
    readonly nameAr: string | null;
    readonly unit: 'unit' | 'strip' | 'pack';
    readonly baseUnit: string;
    readonly unitQuantity: string;
    readonly lineTotal: string;
  }[];
}

const WORDS = {
  en: {
    ...{
      title: 'Quotation',
      number: 'No.',
      for: 'For',
      date: 'Date',
      valid: 'Valid until',
      item: 'Item',
      quantity: 'Qty',
    },
    ...{ amount: 'Amount', total: 'Total', strip: 'strip', pack: 'pack' },
    terms: 'This is no receipt. Stock is not kept.',
  },
  ar: {
    ...{
      title: 'عرض سعر',
      number: 'رقم',
      for: 'إلى',
      date: 'التاريخ',
      valid: 'صالح حتى',
      item: 'الصنف',
      quantity: 'الكمية',
    },
    ...{ amount: 'المبلغ', total: 'الإجمالي', strip: 'شريط', pack: 'عبوة' },
    terms: 'هذا ليس إيصالًا، ولا تُحجز به بضاعة.',
  },
} as const;

const PAPER = {
  '80mm': { page: '80mm auto', margin: '3mm', body: 'width:72mm;font-size:12px' },
  a4: { page: 'A4', margin: '14mm', body: 'max-width:180mm;font-size:14px' },
} as const;

/** A quotation as a printable page; its number is a barcode the till reads. `barcode` is SVG of ours. */
export function renderQuotation(
  quoted: PrintedQuotation,
  options: { readonly format: '80mm' | 'a4'; readonly lang: PageLanguage },
  barcode: string,
): string {
  const words = WORDS[options.lang];
  const isArabic = options.lang === 'ar';
  const paper = PAPER[options.format];
  const fact = (label: string, value: string) => `<p>${label}: ${own(value)}</p>`;
  const lines = quoted.lines.map(({ description, nameAr, unit, baseUnit, unitQuantity, lineTotal }) => {
    const name = isArabic && nameAr !== null ? `${nameAr} ${description}` : description;
    const unitName = unit === 'unit' ? baseUnit : words[unit];
    return `<tr><td>${own(name)}</td><td class="n">${own(unitQuantity)} ${own(unitName)}</td><td class="n">${own(lineTotal)}</td></tr>`;
  });
  return printablePage({
    language: options.lang,
    title: `${words.title} ${quoted.number}`,
    style: `@page{size:${paper.page};margin:${paper.margin}}
body{${paper.body};margin:0 auto;font-family:system-ui,'Noto Sans','Noto Sans Arabic',Tahoma,sans-serif;color:#000;background:#fff}
h1,h2{text-align:center;margin:2px 0;font-size:1.2em}h2{font-size:1.5em}p{margin:2px 0}table{width:100%;border-collapse:collapse;margin:8px 0}
th,td{text-align:start;padding:3px 0;vertical-align:top}.n{text-align:end;white-space:nowrap}tfoot td{border-top:1px solid #000;font-weight:bold;font-size:1.15em}
.code{text-align:center;margin:8px 0}svg{height:12mm;max-width:60mm}`,
    body: `<h1>${own(quoted.shop)}</h1>
${quoted.contact.map((line) => `<p style="text-align:center">${own(line)}</p>`).join('\n')}
<h2>${escapeHtml(words.title)}</h2>
${fact(words.number, quoted.number)}
${quoted.customer === null ? '' : fact(words.for, quoted.customer)}
${fact(words.date, quoted.quotedOn)}
${fact(words.valid, quoted.validUntil)}
<table>
<thead><tr><th>${words.item}</th><th class="n">${words.quantity}</th><th class="n">${words.amount}</th></tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
<tfoot><tr><td colspan="2">${words.total}</td><td class="n">${own(`${quoted.total} ${quoted.currency}`)}</td></tr></tfoot>
</table>
<p>${escapeHtml(words.terms)}</p>
<div class="code">${barcode}</div>`,
  });
}
