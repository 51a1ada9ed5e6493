import { describe, expect, it } from 'vitest';

import { renderShiftReport } from './shift-paper.domain.js';
import type { Report } from './till-shifts.types.js';

const report: Report = {
  shiftId: 1,
  userId: 1,
  status: 'closed',
  kind: 'Z',
  cashierName: 'Mona <Adel>',
  closedByName: 'Omar',
  openingFloat: '100.00',
  openedAt: '2026-12-01T21:59:59.000Z',
  closedAt: '2026-12-01T22:00:01.000Z',
  zNumber: 17,
  hash: 'ab'.repeat(32),
  previousHash: null,
  auditSealNo: null,
  auditSealHash: null,
  businessDate: '2026-12-01',
  currency: 'EGP',
  salesCount: 2,
  returnsCount: 0,
  salesTotal: '114.00',
  refundsTotal: '0.00',
  netTotal: '114.00',
  discountTotal: '0.00',
  taxTotal: '14.00',
  roundingTotal: '0.00',
  firstSaleNumber: 'S1',
  lastSaleNumber: 'S2',
  taxes: [
    { rate: '0.0000', net: '0.00', tax: '0.00' },
    { rate: '0.1450', net: '100.00', tax: '14.00' },
  ],
  tenders: [
    {
      method: 'cash',
      taken: '114.00',
      refunded: '0.00',
      net: '114.00',
      expected: '214.00',
      counted: '213.50',
      overShort: '-0.50',
    },
    {
      method: 'voucher',
      taken: '1.00',
      refunded: '0.00',
      net: '1.00',
      expected: '1.00',
      counted: null,
      overShort: null,
    },
  ],
  paidIn: '0.00',
  paidOut: '0.00',
  dropped: '5.00',
  expectedCash: '214.00',
  overShort: '-0.50',
  recountReason: 'a & b',
  pieces: [{ denomination: '200.00', pieces: 1 }],
  cashMovements: [
    {
      kind: 'drop',
      amount: '-5.00',
      reason: 'drop',
      bagNumber: 'B-1',
      witnessName: null,
      occurredAt: '2026-12-01T22:00:00.000Z',
    },
  ],
};
const head = { name: 'Nile', nameAr: 'النيل', code: 'MAIN', timeZone: 'Africa/Cairo' };

describe('the paper of a shift', () => {
  it('says times as the branch counts them, on either side of midnight', () => {
    const page = renderShiftReport(report, head, { paper: '80mm', lang: 'en' });
    expect(page).toContain('01/12/2026, 23:59');
    expect(page).toContain('02/12/2026, 00:00');
  });

  it('shows the head of the audit trail, where there was one', () => {
    const sealed = { ...report, auditSealNo: 4711, auditSealHash: '0123456789abcdef'.repeat(4) };
    const page = renderShiftReport(sealed, head, { paper: '80mm', lang: 'en' });
    expect(page).toContain('Audit trail, seal <bdi dir="ltr">4711</bdi>');
    expect(page).toContain('>0123456789abcdef…<');
    expect(renderShiftReport(report, head, { paper: '80mm', lang: 'en' })).not.toContain('Audit trail');
  });

  it('runs no name as HTML, and names a tender it has no word for as it is', () => {
    const page = renderShiftReport(report, head, { paper: 'a4', lang: 'en' });
    expect(page).toContain('Mona &lt;Adel&gt;');
    expect(page).toContain('a &amp; b');
    expect(page).toContain('<td>voucher</td>');
    expect(page).toContain('size: A4');
    expect(page).toContain('Tax rate <bdi dir="ltr">14.5%</bdi>');
    expect(page).not.toContain('0%</bdi>');
  });

  it('is Arabic with the name of the branch in Arabic, and an X report has no seal', () => {
    const x = { ...report, kind: 'X' as const, zNumber: null, hash: null, closedAt: null, overShort: null };
    const page = renderShiftReport(x, head, { paper: '80mm', lang: 'ar' });
    expect(page).toContain('dir="rtl"');
    expect(page).toContain('النيل');
    expect(page).toContain('تقرير X');
    expect(page).not.toContain('class="hash"');
    expect(page).not.toContain('المعدود');
  });
});
