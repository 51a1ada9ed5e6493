import type { JournalAccount, JournalLine } from './journal.types.js';

/** Of whom a file of the journal is. */
export interface JournalHead {
  readonly branchCode: string;
  readonly branchName: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
}

export type JournalFormat = 'csv' | 'beancount' | 'ledger';

/** How a file begins, and what each entry adds to it. */
export interface JournalWriter {
  readonly begin: string;
  readonly entry: (lines: readonly JournalLine[]) => string;
}

const CSV_COLUMNS = [
  'date',
  'entry',
  'document',
  'number',
  'line',
  'account',
  'accountName',
  'debit',
  'credit',
  'currency',
  'memo',
] as const;

/** One line; what a spreadsheet would take for a formula is made text. */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Text that neither ends a line nor a quotation. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('"', "'").trim();

const isDebit = (amount: string): boolean => !amount.startsWith('-');
const unsigned = (amount: string): string => amount.replace(/^-/, '');

/**
 * Writes the journal as CSV, as Beancount, or in the language of Ledger and hledger. The same lines give the same bytes, so that two
 * exports of a period can be compared. Amounts stay the decimal strings they are.
 */
export function journalWriter(
  format: JournalFormat,
  head: JournalHead,
  accounts: readonly JournalAccount[],
): JournalWriter {
  const byKey = new Map(accounts.map((account) => [account.accountKey, account]));
  const pathOf = (key: string): string => byKey.get(key)?.path ?? 'Equity:Suspense';
  const posting = (line: JournalLine, indent: string): string =>
    `${indent}${pathOf(line.accountKey)}  ${line.amount} ${head.currency}\n`;

  if (format === 'csv')
    return {
      begin: csvRow(CSV_COLUMNS),
      entry: (lines) =>
        lines
          .map((line) => {
            const account = byKey.get(line.accountKey);
            return csvRow([
              line.postedOn,
              line.entryId,
              line.document,
              line.documentNumber,
              String(line.lineNo),
              account?.code ?? line.accountKey,
              account?.name ?? line.accountKey,
              isDebit(line.amount) ? line.amount : '',
              isDebit(line.amount) ? '' : unsigned(line.amount),
              head.currency,
              line.memo ?? '',
            ]);
          })
          .join(''),
    };

  const title = plain(`${head.branchName} (${head.branchCode}), ${head.from} to ${head.to}`);
  if (format === 'beancount')
    return {
      begin: [
        `option "title" "${title}"`,
        `option "operating_currency" "${head.currency}"`,
        ...accounts.map((account) => `${head.from} open ${account.path} ${head.currency}`),
        '',
        '',
      ].join('\n'),
      entry: (lines) => {
        const [first] = lines;
        if (!first) return '';
        return `${first.postedOn} * "${plain(first.document)}" "${plain(first.documentNumber)}"\n  id: "${plain(first.entryId)}"\n${lines
          .map((line) => posting(line, '  '))
          .join('')}\n`;
      },
    };

  return {
    begin: `; ${title}\n${accounts.map((account) => `account ${account.path}\n`).join('')}\n`,
    entry: (lines) => {
      const [first] = lines;
      if (!first) return '';
      return `${first.postedOn} * (${plain(first.entryId)}) ${plain(first.document)} ${plain(first.documentNumber)}\n${lines
        .map((line) => posting(line, '    '))
        .join('')}\n`;
    },
  };
}

/** Lines in order, an entry at a time. */
export function entriesOf(lines: readonly JournalLine[]): JournalLine[][] {
  const entries: JournalLine[][] = [];
  for (const line of lines) {
    const last = entries.at(-1);
    if (last?.[0]?.entryId === line.entryId) last.push(line);
    else entries.push([line]);
  }
  return entries;
}
