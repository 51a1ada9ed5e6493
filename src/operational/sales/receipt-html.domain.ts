import { escapeHtml, own } from '../../platform/text/print-html.js';
import type { ReceiptOptions } from './receipt.domain.js';
import type { ReceiptModel } from './receipt.types.js';

const STYLE = {
  '80mm': 'width:72mm;font-size:12px;',
  a4: 'max-width:180mm;font-size:14px;padding:10mm;',
} as const;

const PAGE = { '80mm': '80mm auto', a4: 'A4' } as const;

/** Pictures of codes, SVG of ours. */
export interface ReceiptPictures {
  readonly barcode: string;
  /** The code an authority asks for; null: none. */
  readonly qr: string | null;
}

/** A printable receipt as a whole HTML page without scripts. Every text of the database is escaped. */
export function renderReceipt(
  model: ReceiptModel,
  { format }: Pick<ReceiptOptions, 'format'>,
  pictures: ReceiptPictures,
): string {
  const isArabic = model.language === 'ar';
  return `<!doctype html>
<html lang="${model.language}" dir="${isArabic ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(`${model.title} ${model.barcode}`)}</title>
<style>
@page { size: ${PAGE[format]}; margin: ${format === 'a4' ? '12mm' : '3mm'}; }
body { ${STYLE[format]} margin: 0 auto; font-family: system-ui, 'Noto Sans', 'Noto Sans Arabic', Tahoma, sans-serif; color: #000; background: #fff; }
h1, p { text-align: center; margin: 2px 0; }
h1 { font-size: 1.3em; }
table { width: 100%; border-collapse: collapse; margin: 6px 0; }
th, td { text-align: start; padding: 2px 0; vertical-align: top; }
.n { text-align: end; white-space: nowrap; }
.lot { font-size: 0.85em; }
.copy { font-size: 1.6em; font-weight: bold; letter-spacing: 0.1em; border: 2px solid #000; }
tfoot td, .total td { border-top: 1px solid #000; }
.total { font-weight: bold; font-size: 1.15em; }
.code { text-align: center; margin: 6px 0; }
.code svg { display: inline-block; vertical-align: middle; }
.bars svg { height: 12mm; max-width: 60mm; }
.qr svg { width: 30mm; height: 30mm; }
</style>
</head>
<body>
${model.copy === null ? '' : `<p class="copy">${escapeHtml(model.copy)}</p>`}
<h1>${own(model.shop)}</h1>
${model.contact.map((line) => `<p>${own(line)}</p>`).join('\n')}
<p>${escapeHtml(model.title)}</p>
${model.facts.map(({ label, value }) => `<p>${label}: ${own(value)}</p>`).join('\n')}
<table>
<thead><tr><th>${model.columns.item}</th><th class="n">${model.columns.quantity}</th><th class="n">${model.columns.amount}</th></tr></thead>
<tbody>
${model.lines.map((line) => lineRow(line, isArabic)).join('\n')}
</tbody>
</table>
<table>
${model.totals.map(totalRow).join('\n')}
</table>
<p>${own(model.footer)}</p>
<div class="code bars">${pictures.barcode}<div>${own(model.barcode)}</div></div>
${pictures.qr === null ? '' : `<div class="code qr">${pictures.qr}</div>`}
</body>
</html>
`;
}

function lineRow(line: ReceiptModel['lines'][number], isArabic: boolean): string {
  const lots = line.lots.map(({ label, value }) => `${label} ${value.split(' ').map(own).join(' ')}`);
  const lot = lots.length > 0 ? `<div class="lot">${lots.join(isArabic ? '، ' : ', ')}</div>` : '';
  return `<tr><td>${own(line.name)}${line.mark ? ` (${line.mark})` : ''}${lot}</td>
<td class="n">${own(line.quantity)} ${own(line.unit)}</td><td class="n">${own(line.amount)}</td></tr>`;
}

const totalRow = ({ label, value, payer, isTotal }: ReceiptModel['totals'][number]): string =>
  `<tr${isTotal ? ' class="total"' : ''}><td>${label}${payer === null ? '' : ` ${own(payer)}`}</td><td class="n">${own(value)}</td></tr>`;
