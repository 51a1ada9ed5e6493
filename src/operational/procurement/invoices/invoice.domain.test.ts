import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../../platform/errors/domain-error.js';
import { matchInvoice, type ChargedLine } from './invoice-match.domain.js';
import {
  assertInvoiceCommand,
  INVOICE_COMMAND_NAMES,
  INVOICE_COMMANDS,
  INVOICE_KINDS,
  INVOICE_STATUSES,
  invoiceCommands,
  type InvoiceStatus,
} from './invoice-status.domain.js';

const terms = { tolerance: '0', landedCost: '0', decimals: 2 };
const ordered = {
  purchaseOrderItemId: 7,
  net: '300.00',
  taxRate: '0.14',
  quantityOrdered: '300',
  quantityReceived: '300',
  chargedBefore: '0',
};
const line = (more: Partial<ChargedLine> = {}): ChargedLine => ({
  ...{ lineNo: 1, drugId: 5, quantity: '300', net: '300.00', tax: '42.00', ordered },
  ...more,
});
const codes = (lines: ChargedLine[], more: Partial<typeof terms> = {}) =>
  matchInvoice(lines, { ...terms, ...more }).map(({ code }) => code);

describe('an invoice matched with order and receipt', () => {
  it.each<[string, ChargedLine[], Partial<typeof terms>, string[]]>([
    ['as ordered and received', [line()], {}, []],
    ['a part', [line({ quantity: '100', net: '100.00', tax: '14.00' })], {}, []],
    ['rounded by a cent', [line({ net: '300.01' })], {}, []],
    ['two cents too dear', [line({ net: '300.02' })], {}, ['price']],
    ['too cheap', [line({ net: '250.00', tax: '35.00' })], {}, ['price']],
    ['within the tolerance', [line({ net: '306.00', tax: '42.84' })], { tolerance: '0.02' }, []],
    ['above the tolerance', [line({ net: '306.02', tax: '42.84' })], { tolerance: '0.02' }, ['price']],
    ['another tax', [line({ tax: '30.00' })], {}, ['tax']],
    ['more than came', [line({ ordered: { ...ordered, quantityReceived: '299' } })], {}, ['quantity']],
    ['nothing came', [line({ ordered: { ...ordered, quantityReceived: '0' } })], {}, ['not-received']],
    ['charged before', [line({ ordered: { ...ordered, chargedBefore: '1' } })], {}, ['quantity']],
    [
      'twice on one invoice',
      [1, 2].map((lineNo) => line({ lineNo, quantity: '200', net: '200.00', tax: '28.00' })),
      {},
      ['quantity'],
    ],
    ['not ordered', [line({ ordered: null })], {}, ['not-ordered']],
    [
      'freight as ordered',
      [line({ drugId: null, quantity: null, ordered: null })],
      { landedCost: '300' },
      [],
    ],
    ['freight not ordered', [line({ drugId: null, quantity: null, ordered: null })], {}, ['charges']],
  ])('%s', (_, lines, more, expected) => {
    expect(codes(lines, more)).toEqual(expected);
  });

  it('says what was expected and what is charged', () => {
    expect(matchInvoice([line({ net: '310.00', tax: '43.40' })], terms)).toEqual([
      { lineNo: 1, code: 'price', expected: '300.00', charged: '310.00' },
    ]);
  });
});

describe('the steps of an invoice', () => {
  it.each(INVOICE_STATUSES.flatMap((status) => INVOICE_KINDS.map((kind) => [status, kind] as const)))(
    'from %s of a %s are those of the table, and any other is refused with them',
    (status, kind) => {
      const allowed = invoiceCommands(status, kind);
      for (const command of INVOICE_COMMAND_NAMES) {
        const isPossible =
          Object.hasOwn(INVOICE_COMMANDS[status], command) && !(command === 'pay' && kind === 'credit_note');
        expect(allowed.includes(command)).toBe(isPossible);
        const doing = () => assertInvoiceCommand({ status, kind }, command);
        if (isPossible) expect(doing).not.toThrow();
        else expect(doing).toThrow(InvalidTransition);
      }
    },
  );

  it('reach every state', () => {
    const reached = new Set<InvoiceStatus>(['entered']);
    for (const status of reached)
      for (const next of Object.values<readonly InvoiceStatus[]>(INVOICE_COMMANDS[status]).flat())
        reached.add(next);
    expect([...reached].sort()).toEqual([...INVOICE_STATUSES].sort());
  });
});
