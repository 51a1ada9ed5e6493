import { escapeHtml, own, printablePage, type PageLanguage } from '../../platform/text/print-html.js';
import type { PrintedNote } from './credit-notes.types.js';

const WORDS = {
  en: {
    title: 'Credit note',
    number: 'No.',
    amount: 'Amount',
    balance: 'Left',
    issued: 'Given on',
    expires: 'Redeem until',
    for: 'For return',
    terms: 'Whoever brings this note redeems it at this pharmacy, at once or in parts.',
  },
  ar: {
    title: 'إشعار دائن',
    number: 'رقم',
    amount: 'القيمة',
    balance: 'المتبقي',
    issued: 'تاريخ الإصدار',
    expires: 'صالح حتى',
    for: 'عن المرتجع',
    terms: 'يُصرف هذا الإشعار لحامله من هذه الصيدلية دفعةً واحدة أو على دفعات.',
  },
} as const;

const PAPER = {
  '80mm': { page: '80mm auto', margin: '3mm', body: 'width:72mm;font-size:12px' },
  a4: { page: 'A4', margin: '12mm', body: 'max-width:120mm;font-size:15px' },
} as const;

/** A credit note as a printable page; its number is a barcode the till reads. `barcode` is SVG of ours. */
export function renderCreditNote(
  note: PrintedNote,
  options: { readonly format: '80mm' | 'a4'; readonly lang: PageLanguage },
  barcode: string,
): string {
  const words = WORDS[options.lang];
  const paper = PAPER[options.format];
  const shop = options.lang === 'ar' ? (note.shopAr ?? note.shop) : note.shop;
  const row = (label: string, value: string) => `<tr><td>${label}</td><td>${own(value)}</td></tr>`;
  return printablePage({
    language: options.lang,
    title: `${words.title} ${note.number}`,
    style: `@page{size:${paper.page};margin:${paper.margin}}
body{${paper.body};margin:0 auto;font-family:system-ui,'Noto Sans','Noto Sans Arabic',Tahoma,sans-serif;color:#000;background:#fff;text-align:center}
h1{font-size:1.2em;margin:2px 0}h2{font-size:1.5em;margin:4px 0}table{width:100%;border-collapse:collapse;margin:6px 0;text-align:start}
td{padding:2px 0}td+td{text-align:end}.left td{font-weight:bold;font-size:1.3em;border-block:1px solid #000}svg{height:14mm;max-width:66mm}`,
    body: `<h1>${own(shop)}</h1>
<h2>${escapeHtml(words.title)}</h2>
<table>
${row(words.number, note.number)}
${row(words.issued, note.issuedOn)}
${row(words.for, note.returnNumber)}
${row(words.amount, `${note.amount} ${note.currency}`)}
<tr class="left"><td>${words.balance}</td><td>${own(`${note.balance} ${note.currency}`)}</td></tr>
${note.expiresOn === null ? '' : row(words.expires, note.expiresOn)}
</table>
<div>${barcode}</div>
<p>${escapeHtml(words.terms)}</p>`,
  });
}
