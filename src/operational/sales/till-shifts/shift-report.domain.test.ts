import { describe, expect, it } from 'vitest';

import { countsToWrite, expectedByMethod, shiftReport } from './shift-report.domain.js';
import type { Shift, TenderTotal } from './till-shifts.types.js';

const tenders: TenderTotal[] = [
  { method: 'card', taken: '60.000', refunded: '5.000' },
  { method: 'cash', taken: '40.000', refunded: '10.000' },
];
const movements = [
  { amount: '20.000', reason: 'coins', occurredAt: new Date(0) },
  { amount: '-15.000', reason: 'tea', occurredAt: new Date(0) },
];
const shift: Shift = {
  shiftId: 1,
  userId: 1,
  cashierName: 'Mona',
  status: 'open',
  openingFloat: '100.000',
  openedAt: new Date(0),
  closedAt: null,
};
const sales = {
  businessDate: '2026-11-22',
  salesCount: 3,
  returnsCount: 1,
  salesTotal: '100.000',
  refundsTotal: '15.000',
};

describe('what should be in the drawer', () => {
  it('is float, sales less refunds, cash in less cash out', () => {
    const expected = expectedByMethod('100.000', tenders, movements);
    expect([...expected].map(([method, amount]) => `${method} ${amount.toString()}`)).toEqual([
      'cash 135.00',
      'card 55.00',
    ]);
  });

  it('is written down for every tender counted or expected', () => {
    const counts = countsToWrite(
      new Map([
        ['cash', '134.50'],
        ['mobile', '3.00'],
      ]),
      expectedByMethod('100.000', tenders, movements),
    );
    expect(counts).toEqual([
      { method: 'cash', counted: '134.50', expected: '135.00' },
      { method: 'card', counted: '0', expected: '55.00' },
      { method: 'mobile', counted: '3.00', expected: '0.00' },
    ]);
  });
});

describe('the report', () => {
  it('is an X report without counts while the shift is open', () => {
    const report = shiftReport(shift, sales, tenders, movements, []);
    expect(report).toMatchObject({
      kind: 'X',
      netTotal: '85.00',
      paidIn: '20.00',
      paidOut: '15.00',
      expectedCash: '135.00',
      overShort: null,
    });
    expect(report.tenders[0]).toMatchObject({ method: 'cash', counted: null, overShort: null });
  });

  it('is a Z report with over and short once it is closed', () => {
    const report = shiftReport({ ...shift, status: 'closed' }, sales, tenders, movements, [
      { method: 'cash', counted: '134.500', expected: '135.000' },
      { method: 'card', counted: '56.000', expected: '55.000' },
    ]);
    expect(report).toMatchObject({ kind: 'Z', overShort: '0.50' });
    expect(report.tenders.map((tender) => tender.overShort)).toEqual(['-0.50', '1.00']);
  });

  it('tells what payers bear, also where a sale of an earlier shift came back, and counts none of it', () => {
    const insured: TenderTotal[] = [...tenders, { method: 'insurance', taken: '0.000', refunded: '80.000' }];
    expect(
      countsToWrite(new Map([['cash', '135.00']]), expectedByMethod('100.000', insured, movements)),
    ).toHaveLength(2);
    const report = shiftReport({ ...shift, status: 'closed' }, sales, insured, movements, [
      { method: 'cash', counted: '135.000', expected: '135.000' },
      { method: 'card', counted: '55.000', expected: '55.000' },
    ]);
    expect(report.overShort).toBe('0.00');
    expect(report.tenders.at(-1)).toMatchObject({
      method: 'insurance',
      net: '-80.00',
      counted: null,
      overShort: null,
    });
  });
});
