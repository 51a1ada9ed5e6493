import type { ReceiptModel } from '../sales/receipt.types.js';
import type { PaperRow } from './receipt-printing.types.js';

/** The rows of a receipt on a roll. `code` is the text an authority asks for as a QR code; null: none. */
export function receiptRows(model: ReceiptModel, code: string | null): PaperRow[] {
  const direction = model.language === 'ar' ? 'rtl' : 'ltr';
  const plain = { kind: 'text', direction, isCentred: false, isBold: false, isBig: false } as const;
  const centred = (start: string, more: { isBold?: boolean; isBig?: boolean } = {}): PaperRow => ({
    ...plain,
    start,
    isCentred: true,
    ...more,
  });
  const pair = (start: string, end: string, isBold = false): PaperRow => ({ ...plain, start, end, isBold });
  return [
    ...(model.copy === null ? [] : [centred(model.copy, { isBold: true, isBig: true })]),
    centred(model.shop, { isBold: true }),
    ...model.contact.map((line) => centred(line)),
    centred(model.title),
    ...model.facts.map(({ label, value }) => pair(label, value)),
    { kind: 'rule' },
    ...model.lines.flatMap((line) => [
      { ...plain, start: line.mark === '' ? line.name : `${line.name} (${line.mark})` },
      pair(`  ${line.quantity} ${line.unit}`.trimEnd(), line.amount),
      ...line.lots.map(({ label, value }) => ({ ...plain, start: `  ${label} ${value}` })),
    ]),
    { kind: 'rule' },
    ...model.totals.map(({ label, value, payer, isTotal }) =>
      pair(payer === null ? label : `${label} ${payer}`, value, isTotal),
    ),
    { kind: 'rule' },
    ...(model.footer === '' ? [] : [centred(model.footer)]),
    { kind: 'barcode', text: model.barcode },
    ...(code === null ? [] : [{ kind: 'qr' as const, text: code }]),
  ];
}

/** What a printer prints to show that it works, in both scripts. */
export function testRows(name: string): PaperRow[] {
  const row = { kind: 'text', isCentred: true, isBold: false, isBig: false } as const;
  return [
    { ...row, start: 'Meditory', direction: 'ltr', isBold: true, isBig: true },
    { ...row, start: name, direction: 'ltr' },
    { ...row, start: 'الطابعة تعمل', direction: 'rtl' },
    { ...row, isCentred: false, start: 'باراسيتامول 500 mg', end: '12.50', direction: 'rtl' },
    { ...row, isCentred: false, start: 'Paracetamol 500 mg', end: '12.50', direction: 'ltr' },
    { kind: 'barcode', text: 'S000000000' },
    { kind: 'qr', text: 'MEDITORY' },
  ];
}
