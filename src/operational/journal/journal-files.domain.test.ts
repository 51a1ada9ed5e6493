import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { entriesOf, journalWriter, type JournalHead } from './journal-files.domain.js';
import type { JournalAccount, JournalLine } from './journal.types.js';

const head: JournalHead = {
  branchCode: 'MAIN',
  branchName: 'Main "street"\npharmacy',
  currency: 'EGP',
  from: '2026-12-01',
  to: '2026-12-31',
};
const account = (accountKey: string, code: string, path: string, name: string): JournalAccount => ({
  accountKey,
  code,
  path,
  type: path.startsWith('Assets') ? 'asset' : 'income',
  tender: null,
  name,
  nameAr: 'حساب',
  version: 1,
});
const accounts = [
  account('cash_drawer', '1010', 'Assets:Cash:Drawer', 'Cash in drawers'),
  account('sales', '4010', 'Income:Sales', 'Sales'),
];
const line = (
  entryId: string,
  lineNo: number,
  accountKey: string,
  amount: string,
  memo?: string,
): JournalLine => ({
  postedOn: '2026-12-01',
  postedAt: '2026-12-01T08:00:00.000Z',
  entryId,
  document: 'sale',
  documentNumber: 'S000000001',
  lineNo,
  accountKey,
  amount,
  memo: memo ?? null,
});
const sale = [line('sale:1', 1, 'cash_drawer', '12.50', '=cmd()'), line('sale:1', 1001, 'sales', '-12.50')];

describe('the journal as a file', () => {
  it('is CSV with debit and credit apart, and nothing a spreadsheet would run', () => {
    const writer = journalWriter('csv', head, accounts);
    expect(writer.begin).toBe(
      'date,entry,document,number,line,account,accountName,debit,credit,currency,memo\r\n',
    );
    expect(writer.entry(sale)).toBe(
      "2026-12-01,sale:1,sale,S000000001,1,1010,Cash in drawers,12.50,,EGP,'=cmd()\r\n" +
        '2026-12-01,sale:1,sale,S000000001,1001,4010,Sales,,12.50,EGP,\r\n',
    );
  });

  it('is Beancount with its accounts opened on the first day', () => {
    const writer = journalWriter('beancount', head, accounts);
    expect(writer.begin).toBe(
      [
        `option "title" "Main 'street' pharmacy (MAIN), 2026-12-01 to 2026-12-31"`,
        'option "operating_currency" "EGP"',
        '2026-12-01 open Assets:Cash:Drawer EGP',
        '2026-12-01 open Income:Sales EGP',
        '',
        '',
      ].join('\n'),
    );
    expect(writer.entry(sale)).toBe(
      '2026-12-01 * "sale" "S000000001"\n  id: "sale:1"\n  Assets:Cash:Drawer  12.50 EGP\n  Income:Sales  -12.50 EGP\n\n',
    );
  });

  it('is text for Ledger', () => {
    const writer = journalWriter('ledger', head, accounts);
    expect(writer.begin).toContain('account Income:Sales\n');
    expect(writer.entry(sale)).toBe(
      '2026-12-01 * (sale:1) sale S000000001\n    Assets:Cash:Drawer  12.50 EGP\n    Income:Sales  -12.50 EGP\n\n',
    );
  });

  it('keeps every entry whole and in order, and its sum', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10_000_000n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, (cents) => {
        const lines = cents.flatMap((amount, index) => [
          line(`sale:${index}`, 1, 'cash_drawer', Money.ofThousandths(amount).toString()),
          line(`sale:${index}`, 2, 'sales', Money.ofThousandths(-amount).toString()),
        ]);
        const entries = entriesOf(lines);
        expect(entries.flat()).toEqual(lines);
        expect(entries).toHaveLength(cents.length);
        const writer = journalWriter('beancount', head, accounts);
        const written = entries.map(writer.entry).join('');
        const sum = [...written.matchAll(/(-?\d+\.\d+) EGP/g)].map(([, amount]) => Money.of(amount ?? '0'));
        expect(Money.sum(sum).isZero()).toBe(true);
        expect(sum).toHaveLength(lines.length);
      }),
    );
  });
});
