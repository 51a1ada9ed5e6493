import { escapeHtml, ltr, own, printablePage, type PageLanguage } from '../../../platform/text/print-html.js';
import { dayOf, named, TEXTS, type At } from './order-words.domain.js';
import type { OrderWithLines } from './orders.types.js';

const STYLE = `
@page { size: A4; margin: 14mm }
body { font: 10pt system-ui, sans-serif }
h1 { font-size: 14pt; margin: 0 0 4mm }
.head { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 6mm }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 1px solid #555; padding: 1.5mm; text-align: start; vertical-align: top }
.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
.total { margin: 4mm 0 14mm; margin-inline-start: auto; width: 70mm }
.sign { border-top: 1px solid #000; padding-top: 2mm; width: 70mm }
`;

/** "1 pack = 30 tablet", where it is not the base unit itself. */
function unitText(line: OrderWithLines['lines'][number], language: PageLanguage): string {
  const level = escapeHtml(TEXTS[language].levels[line.level]);
  return line.level === 'unit' ? level : `${level} ${ltr(`× ${line.unitBaseUnits} ${line.baseUnit}`)}`;
}

/** An order as an A4 page without scripts. */
export function printOrder(order: OrderWithLines, at: At, language: PageLanguage): string {
  const t = TEXTS[language];
  const cell = (text: string): string => `<td class="n">${ltr(text)}</td>`;
  const lines = order.lines.map(
    (line) =>
      `<tr>${cell(String(line.lineNo))}<td>${own(named(line.drugName, line.drugNameAr, language))}</td><td>${unitText(line, language)}</td>` +
      `${cell(line.quantity)}${cell(line.bonus)}${cell(line.price)}${cell(line.discount)}${cell(line.net)}</tr>`,
  );
  const totals = [
    [t.net, order.netTotal],
    [t.tax, order.taxTotal],
    [t.landed, order.landedCost],
    [t.total, `${order.total} ${at.currency}`],
  ] as const;
  const title = `${t.order} ${order.orderNumber}`;
  const mark = order.status === 'draft' ? t.draft : order.status === 'cancelled' ? t.cancelled : undefined;
  const approved = order.approvedBy === null ? '' : own(order.approvedBy);
  return printablePage({
    language,
    title,
    style: STYLE,
    body: `<h1>${escapeHtml(t.order)} ${ltr(order.orderNumber)}</h1>${mark === undefined ? '' : `<p><strong>${escapeHtml(mark)}</strong></p>`}
<div class="head"><div>${own(named(at.name, at.nameAr, language))}<br>${own(at.address ?? '')}<br>${ltr(at.phone ?? '')}</div>
<div>${escapeHtml(t.to)}: ${own(named(order.supplierName, order.supplierNameAr, language))}<br>${escapeHtml(t.date)}: ${ltr(dayOf(order.orderedAt ?? order.createdAt, at.timeZone))}${
      order.expectedOn === null ? '' : `<br>${escapeHtml(t.expected)}: ${ltr(order.expectedOn)}`
    }</div></div>
<table><thead><tr>${t.columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table>
<table class="total">${totals.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th>${cell(value)}</tr>`).join('')}</table>
<p>${own(order.notes ?? '')}</p><p class="sign">${escapeHtml(t.approved)}: ${approved}</p>`,
  });
}

/** Lines a mail link holds at the most: programs cut longer links. */
const MAIL_LINES = 40;

/** An order as a mail: the text in full, and a link that opens it with as many lines as a link can hold. */
export function mailOrder(
  order: OrderWithLines,
  at: At,
  to: string | null,
  language: PageLanguage,
): { to: string | null; subject: string; body: string; href: string } {
  const t = TEXTS[language];
  const subject = `${t.subject} ${order.orderNumber} – ${named(at.name, at.nameAr, language)}`;
  const rows = order.lines.map((line) => {
    const free = /[1-9]/.test(line.bonus) ? ` + ${line.bonus} ${t.free}` : '';
    const name = named(line.drugName, line.drugNameAr, language);
    return `${line.lineNo}. ${name}: ${line.quantity} ${t.levels[line.level]}${free}`;
  });
  const textOf = (some: readonly string[]): string =>
    [t.greeting, '', ...some, '', named(at.name, at.nameAr, language), at.phone ?? ''].join('\n');
  const short = rows.length > MAIL_LINES ? [...rows.slice(0, MAIL_LINES), '…'] : rows;
  const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(textOf(short))}`;
  return { to, subject, body: textOf(rows), href: `mailto:${encodeURIComponent(to ?? '')}?${query}` };
}
