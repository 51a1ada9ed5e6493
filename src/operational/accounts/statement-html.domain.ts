import { own, ltr, printablePage, type PageLanguage } from '../../platform/text/print-html.js';
import { AGES } from './accounts.domain.js';

/** Whose statement it is: printed at its top. */
export interface StatementHead {
  readonly name: string;
  readonly nameAr: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly currency: string;
}

/** What is printed of a statement. Amounts are decimal strings. */
export interface PrintedStatement {
  readonly account: {
    readonly accountNumber: string;
    readonly name: string;
    readonly nameAr: string | null;
    readonly phone: string | null;
    readonly creditLimit: string;
  };
  readonly from: string;
  readonly to: string;
  readonly openingBalance: string;
  readonly closingBalance: string;
  readonly entries: readonly {
    readonly businessDate: string;
    readonly kind: 'charge' | 'refund' | 'payment' | 'payout' | 'correction';
    readonly method: 'cash' | 'card' | 'mobile' | 'account' | 'deposit' | null;
    readonly saleNumber: string | null;
    readonly reference: string | null;
    readonly reason: string | null;
    readonly amount: string;
    readonly balanceAfter: string;
  }[];
  readonly ages: Readonly<Record<(typeof AGES)[number] | 'paidAhead', string>>;
}

const WORDS = {
  en: {
    title: 'Statement of account',
    account: 'Account',
    period: 'Period',
    limit: 'Credit limit',
    date: 'Date',
    what: 'Entry',
    amount: 'Amount',
    balance: 'Balance',
    opening: 'Balance before',
    closing: 'Balance to pay',
    ahead: 'Paid ahead',
    nothing: 'No entries in this period.',
    open: 'Open by age',
    charge: 'Bought',
    refund: 'Returned',
    payment: 'Payment',
    payout: 'Paid out',
    correction: 'Correction',
    cash: 'cash',
    card: 'card',
    mobile: 'mobile wallet',
    account_: 'on account',
    deposit: 'paid ahead',
    days0to30: '0–30 days',
    days31to60: '31–60 days',
    days61to90: '61–90 days',
    daysOver90: 'over 90 days',
    paidAhead: 'paid ahead',
  },
  ar: {
    title: 'كشف حساب',
    account: 'حساب',
    period: 'الفترة',
    limit: 'حد الائتمان',
    date: 'التاريخ',
    what: 'البيان',
    amount: 'المبلغ',
    balance: 'الرصيد',
    opening: 'الرصيد السابق',
    closing: 'الرصيد المستحق',
    ahead: 'رصيد مدفوع مقدمًا',
    nothing: 'لا توجد حركات في هذه الفترة.',
    open: 'المستحق حسب العمر',
    charge: 'مشتريات',
    refund: 'مرتجع',
    payment: 'دفعة',
    payout: 'رد مبلغ',
    correction: 'تسوية',
    cash: 'نقدًا',
    card: 'بطاقة',
    mobile: 'محفظة إلكترونية',
    account_: 'على الحساب',
    deposit: 'من المدفوع مقدمًا',
    days0to30: 'حتى 30 يومًا',
    days31to60: 'من 31 إلى 60 يومًا',
    days61to90: 'من 61 إلى 90 يومًا',
    daysOver90: 'أكثر من 90 يومًا',
    paidAhead: 'مدفوع مقدمًا',
  },
} as const;

const STYLE = `@page { size: A4; margin: 12mm; }
body { max-width: 180mm; margin: 0 auto; padding: 10mm; font: 14px system-ui, 'Noto Sans', 'Noto Sans Arabic', Tahoma, sans-serif; color: #000; background: #fff; }
h1 { font-size: 1.4em; margin: 0 0 8px; }
p { margin: 2px 0; }
table { width: 100%; border-collapse: collapse; margin: 10px 0; }
th, td { text-align: start; padding: 3px 4px; vertical-align: top; border-bottom: 1px solid #bbb; }
.n { text-align: end; white-space: nowrap; }
.sum td { font-weight: bold; border-top: 2px solid #000; }
tr { break-inside: avoid; } thead { display: table-header-group; }`;

/** A printable page without scripts; every text of the database is escaped. */
export function renderStatement(
  statement: PrintedStatement,
  head: StatementHead,
  language: PageLanguage,
): string {
  const words = WORDS[language];
  const named = ({ name, nameAr }: { name: string; nameAr: string | null }): string =>
    own(language === 'ar' ? (nameAr ?? name) : name);
  const { account, from, to, entries, closingBalance } = statement;
  const isAhead = closingBalance.startsWith('-');
  const ages = [...AGES, 'paidAhead' as const];
  return printablePage({
    language,
    title: `${words.title} ${account.accountNumber}`,
    style: STYLE,
    body: `<h1>${words.title}</h1>
<p><strong>${named(head)}</strong></p>
${[head.address, head.phone].map((line) => (line ? `<p>${own(line)}</p>` : '')).join('\n')}
<p>${words.account} ${ltr(account.accountNumber)}: <strong>${named(account)}</strong>${account.phone ? ` · ${ltr(account.phone)}` : ''}</p>
<p>${words.period}: ${ltr(from)} – ${ltr(to)} · ${words.limit}: ${ltr(`${account.creditLimit} ${head.currency}`)}</p>
<table>
<thead><tr><th>${words.date}</th><th>${words.what}</th><th class="n">${words.amount}</th><th class="n">${words.balance}</th></tr></thead>
<tbody>
<tr><td>${ltr(from)}</td><td>${words.opening}</td><td></td><td class="n">${ltr(statement.openingBalance)}</td></tr>
${entries.map((entry) => entryRow(entry, words)).join('\n')}
${entries.length === 0 ? `<tr><td></td><td colspan="3">${words.nothing}</td></tr>` : ''}
<tr class="sum"><td>${ltr(to)}</td><td>${isAhead ? words.ahead : words.closing}</td><td></td><td class="n">${ltr(`${isAhead ? closingBalance.slice(1) : closingBalance} ${head.currency}`)}</td></tr>
</tbody>
</table>
<table>
<thead><tr><th>${words.open}</th>${ages.map((age) => `<th class="n">${words[age]}</th>`).join('')}</tr></thead>
<tbody><tr><td></td>${ages.map((age) => `<td class="n">${ltr(statement.ages[age])}</td>`).join('')}</tr></tbody>
</table>`,
  });
}

type Words = (typeof WORDS)[PageLanguage];

function entryRow(entry: PrintedStatement['entries'][number], words: Words): string {
  const { kind, method, saleNumber, reference, reason } = entry;
  const tender = method === null ? '' : words[method === 'account' ? 'account_' : method];
  const details = [
    tender,
    ...[saleNumber, reference, reason].map((text) => (text === null ? '' : own(text))),
  ].filter((text) => text !== '');
  return `<tr><td>${ltr(entry.businessDate)}</td><td>${[words[kind], ...details].join(' · ')}</td><td class="n">${ltr(entry.amount)}</td><td class="n">${ltr(entry.balanceAfter)}</td></tr>`;
}
