import { escapeHtml, ltr, own, printablePage, type PageLanguage } from '../../../platform/text/print-html.js';
import type { Return, ReturnWithLines } from './returns.types.js';

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
.sign { display: flex; gap: 12mm; margin-top: 16mm }
.sign p { flex: 1; border-top: 1px solid #000; padding-top: 2mm }
`;

type Reason = ReturnWithLines['lines'][number]['reason'];

interface Texts {
  readonly title: string;
  readonly marks: Partial<Record<Return['status'], string>>;
  readonly to: string;
  readonly date: string;
  readonly columns: readonly string[];
  readonly expected: string;
  readonly none: string;
  readonly reasons: Record<Reason, string>;
  readonly sentBy: string;
  readonly witness: string;
  readonly takenBy: string;
}

const TEXTS: Record<PageLanguage, Texts> = {
  en: {
    title: 'Return to supplier',
    marks: { draft: 'Draft: nothing has been sent', cancelled: 'Cancelled' },
    to: 'To',
    date: 'Date',
    columns: ['No.', 'Product', 'Lot', 'Expiry', 'Quantity', 'Why', 'Credit expected'],
    expected: 'Credit expected, before tax',
    none: 'none stated',
    reasons: {
      expired: 'Expired',
      near_expiry: 'Near expiry',
      damaged: 'Damaged',
      recalled: 'Recalled',
      quality: 'Quality',
      wrong_delivery: 'Wrongly delivered',
      overstock: 'Too much in stock',
      other: 'Other',
    },
    sentBy: 'Sent by',
    witness: 'Second person',
    takenBy: 'Taken over by (name, date)',
  },
  ar: {
    title: 'مرتجع إلى المورد',
    marks: { draft: 'مسودة: لم يُرسل شيء بعد', cancelled: 'ملغى' },
    to: 'إلى',
    date: 'التاريخ',
    columns: ['م', 'الصنف', 'رقم التشغيلة', 'الصلاحية', 'الكمية', 'السبب', 'القيمة المنتظرة'],
    expected: 'القيمة المنتظرة قبل الضريبة',
    none: 'غير مذكورة',
    reasons: {
      expired: 'منتهي الصلاحية',
      near_expiry: 'قارب الانتهاء',
      damaged: 'تالف',
      recalled: 'مسحوب',
      quality: 'الجودة',
      wrong_delivery: 'سُلِّم خطأ',
      overstock: 'فائض في المخزون',
      other: 'سبب آخر',
    },
    sentBy: 'أرسله',
    witness: 'الشخص الثاني',
    takenBy: 'استلمه (الاسم والتاريخ)',
  },
};

/** Where it is sent from. */
interface At {
  readonly name: string;
  readonly nameAr: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly timeZone: string;
  readonly currency: string;
}

/** The paper that goes with returned goods, as an A4 page without scripts; both sides sign it. */
export function printReturn(sent: ReturnWithLines, at: At, language: PageLanguage): string {
  const t = TEXTS[language];
  const cell = (text: string): string => `<td class="n">${ltr(text)}</td>`;
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: at.timeZone }).format(
    new Date(sent.shippedAt ?? sent.createdAt),
  );
  const lines = sent.lines.map(
    (line) =>
      `<tr>${cell(String(line.lineNo))}<td>${own(line.drugName)}</td><td>${ltr(line.lotNumber)}</td><td>${
        line.expiryDate === null ? escapeHtml(t.none) : ltr(line.expiryDate)
      }</td>${cell(`${line.quantity} ${line.baseUnit}`)}<td>${escapeHtml(t.reasons[line.reason])}</td>${cell(line.creditExpected)}</tr>`,
  );
  const mark = t.marks[sent.status];
  const witness = sent.lines.find(({ witnessedBy }) => witnessedBy !== null)?.witnessedBy;
  const branch = language === 'ar' ? (at.nameAr ?? at.name) : at.name;
  return printablePage({
    language,
    title: `${t.title} ${sent.returnNumber}`,
    style: STYLE,
    body: `<h1>${escapeHtml(t.title)} ${ltr(sent.returnNumber)}</h1>${mark === undefined ? '' : `<p><strong>${escapeHtml(mark)}</strong></p>`}
<div class="head"><div>${own(branch)}<br>${own(at.address ?? '')}<br>${ltr(at.phone ?? '')}</div>
<div>${escapeHtml(t.to)}: ${own(sent.supplierName)}<br>${escapeHtml(t.date)}: ${ltr(day)}</div></div>
<table><thead><tr>${t.columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table>
<p>${escapeHtml(t.expected)}: <strong>${ltr(`${sent.creditExpected} ${at.currency}`)}</strong></p><p>${own(sent.notes ?? '')}</p>
<div class="sign"><p>${escapeHtml(t.sentBy)}: ${own(sent.shippedBy ?? '')}</p>${
      witness === undefined || witness === null ? '' : `<p>${escapeHtml(t.witness)}: ${own(witness)}</p>`
    }<p>${escapeHtml(t.takenBy)}:</p></div>`,
  });
}
