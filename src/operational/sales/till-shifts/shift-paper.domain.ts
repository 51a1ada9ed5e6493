import {
  escapeHtml,
  ltr,
  own,
  printablePage,
  said,
  type PageLanguage,
} from '../../../platform/text/print-html.js';
import type { Report } from './till-shifts.types.js';

/** The branch as it stands at the head of the paper. */
export interface ShiftPaperHead {
  readonly name: string;
  readonly nameAr: string | null;
  readonly code: string;
  readonly timeZone: string;
}

const WORDS = {
  en: {
    X: 'X report',
    Z: 'Z report',
    running: 'The shift is open: figures of this moment',
    cashier: 'Cashier',
    day: 'Business day',
    opened: 'Opened',
    closed: 'Closed',
    closedBy: 'Closed by',
    sales: 'Sales',
    returns: 'Returns and voids',
    net: 'Net sales',
    discounts: 'Discounts',
    tax: 'Tax',
    taxRate: 'Tax rate',
    rounding: 'Cash rounding',
    receipts: 'Receipts',
    openingFloat: 'Float',
    paidIn: 'Paid in',
    paidOut: 'Paid out',
    dropped: 'Dropped to the safe',
    expectedCash: 'Cash expected',
    tender: 'Tender',
    expected: 'Expected',
    counted: 'Counted',
    overShort: 'Over / short',
    recount: 'Counted again',
    pieces: 'Notes and coins',
    movements: 'Cash movements',
    pay_in: 'In',
    pay_out: 'Out',
    drop: 'Drop',
    bag: 'Bag',
    witness: 'Witness',
    previous: 'Report before',
    hash: 'This report',
    auditSeal: 'Audit trail, seal',
    cash: 'Cash',
    card: 'Card',
    mobile: 'Mobile wallet',
    insurance: 'Insurance',
    signature: 'Signature',
  },
  ar: {
    X: 'تقرير X',
    Z: 'تقرير Z',
    running: 'الوردية مفتوحة: أرقام هذه اللحظة',
    cashier: 'الكاشير',
    day: 'يوم العمل',
    opened: 'الفتح',
    closed: 'الإغلاق',
    closedBy: 'أغلقها',
    sales: 'المبيعات',
    returns: 'المرتجعات والإلغاءات',
    net: 'صافي المبيعات',
    discounts: 'الخصومات',
    tax: 'الضريبة',
    taxRate: 'نسبة الضريبة',
    rounding: 'تقريب النقد',
    receipts: 'الإيصالات',
    openingFloat: 'رصيد البداية',
    paidIn: 'إيداعات',
    paidOut: 'مصروفات',
    dropped: 'مُرحَّل إلى الخزنة',
    expectedCash: 'النقد المتوقع',
    tender: 'وسيلة الدفع',
    expected: 'المتوقع',
    counted: 'المعدود',
    overShort: 'زيادة / عجز',
    recount: 'أُعيد العد',
    pieces: 'الأوراق والعملات',
    movements: 'حركات النقد',
    pay_in: 'داخل',
    pay_out: 'خارج',
    drop: 'ترحيل',
    bag: 'كيس',
    witness: 'شاهد',
    previous: 'التقرير السابق',
    hash: 'هذا التقرير',
    auditSeal: 'سجل التدقيق، ختم',
    cash: 'نقدًا',
    card: 'بطاقة',
    mobile: 'محفظة إلكترونية',
    insurance: 'التأمين',
    signature: 'التوقيع',
  },
} as const satisfies Record<PageLanguage, Record<string, string>>;

type Words = Readonly<Record<string, string>>;

const STYLE = {
  '80mm': '@page { size: 80mm auto; margin: 3mm; } body { width: 72mm; font-size: 11px; }',
  a4: '@page { size: A4; margin: 14mm; } body { max-width: 180mm; font-size: 14px; }',
} as const;

const COMMON = `
body { margin: 0 auto; font-family: system-ui, 'Noto Sans', 'Noto Sans Arabic', Tahoma, sans-serif; color: #000; background: #fff; }
h1, h2, p { margin: 3px 0; } h1 { font-size: 1.4em; text-align: center; } h2 { font-size: 1.05em; margin-top: 8px; border-bottom: 1px solid #000; }
.head { text-align: center; } table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: 2px 0; vertical-align: top; } .n { text-align: end; white-space: nowrap; } td + td.n, th + th.n { padding-inline-start: 6px; }
.strong td { font-weight: bold; border-top: 1px solid #000; } .hash { font-family: ui-monospace, monospace; font-size: 0.8em; word-break: break-all; }
.sign { margin-top: 24px; border-top: 1px solid #000; padding-top: 2px; }`;

/** The X or Z report of a shift as a printable page without scripts; every text of the database is escaped. */
export function renderShiftReport(
  report: Report,
  head: ShiftPaperHead,
  options: { readonly paper: '80mm' | 'a4'; readonly lang: PageLanguage },
): string {
  const words: Words = WORDS[options.lang];
  const word = (key: string): string => words[key] ?? key;
  const number = report.zNumber === null ? '' : ` ${report.zNumber}`;
  const title = `${word(report.kind)}${number}`;
  const name = options.lang === 'ar' ? (head.nameAr ?? head.name) : head.name;
  const at = (instant: string): string => localTime(instant, head.timeZone);
  // Labels are words of ours, or made safe by who gives them.
  const rows = (list: readonly (readonly [string, string, ('strong' | undefined)?])[]): string =>
    `<table>${list.map(([label, value, kind]) => `<tr${kind ? ` class="${kind}"` : ''}><td>${label}</td><td class="n">${value}</td></tr>`).join('')}</table>`;
  return printablePage({
    language: options.lang,
    title,
    style: STYLE[options.paper] + COMMON,
    body: [
      `<div class="head"><p>${own(name)} · ${ltr(head.code)}</p></div><h1>${escapeHtml(word(report.kind))}${number && ` ${ltr(number.trim())}`}</h1>`,
      report.kind === 'X' ? `<p class="head">${said(word('running'), options.lang)}</p>` : '',
      rows([
        [word('cashier'), own(report.cashierName)],
        [word('day'), ltr(report.businessDate)],
        [word('opened'), ltr(at(report.openedAt))],
        ...(report.closedAt === null ? [] : [[word('closed'), ltr(at(report.closedAt))] as const]),
        ...(report.closedByName === null || report.closedByName === report.cashierName
          ? []
          : [[word('closedBy'), own(report.closedByName)] as const]),
      ]),
      `<h2>${escapeHtml(word('sales'))}</h2>`,
      rows([
        [`${word('sales')} (${report.salesCount})`, ltr(report.salesTotal)],
        [`${word('returns')} (${report.returnsCount})`, ltr(report.refundsTotal)],
        [word('net'), ltr(`${report.netTotal} ${report.currency}`), 'strong'],
        [word('discounts'), ltr(report.discountTotal)],
        [word('tax'), ltr(report.taxTotal)],
        ...report.taxes
          .filter(({ tax }) => /[1-9]/.test(tax))
          .map(
            ({ rate, net, tax }) =>
              [`${word('taxRate')} ${ltr(percent(rate))}`, ltr(`${tax} / ${net}`)] as const,
          ),
        [word('rounding'), ltr(report.roundingTotal)],
        ...(report.firstSaleNumber === null
          ? []
          : [[word('receipts'), ltr(`${report.firstSaleNumber} – ${report.lastSaleNumber ?? ''}`)] as const]),
      ]),
      `<h2>${escapeHtml(word('tender'))}</h2>`,
      tenders(report, word),
      rows([
        [word('openingFloat'), ltr(report.openingFloat)],
        [word('paidIn'), ltr(report.paidIn)],
        [word('paidOut'), ltr(report.paidOut)],
        [word('dropped'), ltr(report.dropped)],
        [word('expectedCash'), ltr(report.expectedCash)],
        ...(report.overShort === null ? [] : [[word('overShort'), ltr(report.overShort), 'strong'] as const]),
      ]),
      report.recountReason === null
        ? ''
        : `<p>${escapeHtml(word('recount'))}: ${own(report.recountReason)}</p>`,
      report.pieces.length === 0
        ? ''
        : `<h2>${escapeHtml(word('pieces'))}</h2>${rows(report.pieces.map(({ denomination, pieces }) => [ltr(denomination), ltr(`× ${pieces}`)]))}`,
      movements(report, word, at),
      report.hash === null
        ? ''
        : `<p>${escapeHtml(word('hash'))}</p><p class="hash" dir="ltr">${report.hash}</p><p>${escapeHtml(word('previous'))}</p><p class="hash" dir="ltr">${report.previousHash ?? '–'}</p>${auditSeal(report, word)}<p class="sign">${escapeHtml(word('signature'))}</p>`,
    ].join('\n'),
  });
}

/** Head of the audit trail: enough of it to compare with the file of anchors. */
function auditSeal(report: Report, word: (key: string) => string): string {
  if (report.auditSealNo === null) return '';
  const start = `${(report.auditSealHash ?? '').slice(0, 16)}…`;
  return `<p>${escapeHtml(word('auditSeal'))} ${ltr(String(report.auditSealNo))}</p><p class="hash" dir="ltr">${start}</p>`;
}

function tenders(report: Report, word: (key: string) => string): string {
  const isCounted = report.kind === 'Z';
  const cells = (list: readonly string[], tag: 'td' | 'th'): string =>
    `<tr>${list.map((cell, index) => `<${tag}${index === 0 ? '' : ' class="n"'}>${cell}</${tag}>`).join('')}</tr>`;
  const heads = ['tender', 'expected', ...(isCounted ? ['counted', 'overShort'] : [])].map((key) =>
    escapeHtml(word(key)),
  );
  return `<table><thead>${cells(heads, 'th')}</thead><tbody>${report.tenders
    .map((tender) =>
      cells(
        [
          escapeHtml(word(tender.method)),
          ltr(tender.expected),
          ...(isCounted ? [ltr(tender.counted ?? '–'), ltr(tender.overShort ?? '–')] : []),
        ],
        'td',
      ),
    )
    .join('')}</tbody></table>`;
}

function movements(report: Report, word: (key: string) => string, at: (instant: string) => string): string {
  if (report.cashMovements.length === 0) return '';
  const rows = report.cashMovements.map(({ kind, amount, reason, bagNumber, witnessName, occurredAt }) => {
    const proof = [
      bagNumber === null ? '' : `${escapeHtml(word('bag'))} ${own(bagNumber)}`,
      witnessName === null ? '' : `${escapeHtml(word('witness'))} ${own(witnessName)}`,
    ].filter((part) => part !== '');
    const said = [kind === 'drop' && reason === 'drop' ? '' : own(reason), ...proof].filter(
      (part) => part !== '',
    );
    return `<tr><td>${escapeHtml(word(kind))} · ${ltr(at(occurredAt))}<br>${said.join(' · ')}</td><td class="n">${ltr(amount)}</td></tr>`;
  });
  return `<h2>${escapeHtml(word('movements'))}</h2><table>${rows.join('')}</table>`;
}

/** "0.1400" as "14%"; digits of a decimal string alone, so that nothing is rounded. */
function percent(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const hundredths = Number(`${whole}${fraction.padEnd(4, '0').slice(0, 4)}`);
  return `${hundredths / 100}%`;
}

/** Date and time at the branch, in digits every printer has. */
function localTime(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    numberingSystem: 'latn',
  }).format(new Date(instant));
}
