// The bytes of a receipt as an ESC/POS printer gets them: each command explained, and the whole against what was looked at on paper.
import { describe, expect, it } from 'vitest';

import { TextRaster } from '../../platform/pdf/text-raster.js';
import { escpos, OPEN_DRAWER, twoColumns, wrapped } from './escpos.domain.js';
import { paperBytes } from './paper-bytes.js';
import { afterTry, MOST_TRIES } from './print-queue.domain.js';
import type { TextRow } from './receipt-printing.types.js';
import { receiptRows } from './receipt-rows.domain.js';

const text = (start: string, more: Partial<TextRow> = {}): TextRow => ({
  ...{ kind: 'text', start, direction: 'ltr', isCentred: false, isBold: false, isBig: false },
  ...more,
});
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const nothingDrawn = () => [];

/** Commands that stand at both ends of a paper. */
const INIT = '1b40'; // ESC @: forget what was set before
const CUT = '1d564200'; // GS V B 0: feed to the knife and cut

describe('a paper for an ESC/POS printer', () => {
  it('sends plain letters as text', () => {
    // ESC a 0: from the left; ESC E 0: not bold; GS ! 0: as they are; the letters; line feed; size and weight back.
    expect(hex(escpos([text('Hi')], 576, nothingDrawn))).toBe(
      `${INIT}1b61001b45001d210048690a1d21001b4500${CUT}`,
    );
  });

  it('sets weight and size, and puts what is big in the middle', () => {
    // ESC a 1: in the middle; ESC E 1: bold; GS ! 0x11: twice as wide and high.
    const row = text('COPY', { isCentred: true, isBold: true, isBig: true });
    expect(hex(escpos([row], 576, nothingDrawn))).toBe(
      `${INIT}1b61011b45011d2111434f50590a1d21001b4500${CUT}`,
    );
  });

  it('lets the printer draw barcode and QR code', () => {
    // GS h 64: height; GS w 2: width of a bar; GS H 2: text below; GS k 73 n {B …: Code 128, set B.
    expect(hex(escpos([{ kind: 'barcode', text: 'S1' }], 576, nothingDrawn))).toBe(
      `${INIT}1b61011d68401d77021d48021d6b49047b4253310a${CUT}`,
    );
    // GS ( k: model 2, size 5, correction M, store, print.
    expect(hex(escpos([{ kind: 'qr', text: 'AB' }], 576, nothingDrawn))).toBe(
      `${INIT}1b61011d286b0400314132001d286b0300314305` +
        `1d286b03003145311d286b05003150304142` +
        `1d286b03003151300a${CUT}`,
    );
  });

  it('opens the drawer by the pulse every drawer takes', () => {
    expect(hex(OPEN_DRAWER)).toBe('1b700019fa'); // ESC p 0 25 250: pin 2, 50 ms on, 500 ms off
  });

  it('sends a picture in bands where the printer has no letters for a line', () => {
    const raster = { width: 16, height: 130, rows: new Uint8Array(260).fill(0xaa) };
    const bytes = hex(escpos([text('صيدلية', { direction: 'rtl' })], 576, () => [raster]));
    // GS v 0: two bytes across, 128 rows; then the two that are left.
    expect(bytes.startsWith(`${INIT}1b61001d763000020080` + '00aa')).toBe(true);
    expect(bytes).toContain('1d7630000200020' + '0aaaaaaaa');
  });

  it('keeps amounts at the end of a line and never beyond it', () => {
    expect(twoColumns('Total', '45.10', 16)).toEqual(['Total      45.10']);
    expect(twoColumns('A name that is far too long', '45.10', 16)).toEqual([
      'A name that is',
      'far too long',
      '           45.10',
    ]);
    for (const line of twoColumns('A name that is far too long', '45.10', 16))
      expect(line.length).toBeLessThanOrEqual(16);
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapped('', 4)).toEqual(['']);
  });
});

describe('a line that is drawn', () => {
  const draw = (start: string, base: 'ltr' | 'rtl'): string[] => {
    const { width, height, rows } = new TextRaster().line({ start }, 120, { size: 18, base });
    const stride = Math.ceil(width / 8);
    return Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (__, dot) =>
        ((rows[row * stride + (dot >> 3)] ?? 0) & (0x80 >> (dot & 7))) === 0 ? ' ' : '#',
      ).join(''),
    );
  };
  const black = (lines: string[]): number => lines.join('').replaceAll(' ', '').length;

  it('stands at the side it is read from', () => {
    const arabic = draw('دواء', 'rtl');
    expect(black(arabic)).toBeGreaterThan(60);
    expect(black(arabic.map((line) => line.slice(0, 40)))).toBe(0);
    const latin = draw('Rx', 'ltr');
    expect(black(latin.map((line) => line.slice(60)))).toBe(0);
  });

  it('reads an amount or a telephone number from the left on an Arabic paper too', () => {
    for (const own of ['25.00 EGP', '+20 2 1234', '23/11/2026, 00:30']) {
      const line = (base: 'ltr' | 'rtl') =>
        new TextRaster().line({ start: own, centred: true }, 200, { size: 18, base });
      expect(line('rtl')).toEqual(line('ltr'));
    }
  });

  it('joins Arabic letters: the word is narrower than its letters, and other dots', () => {
    const raster = new TextRaster();
    const style = { size: 22, base: 'rtl' } as const;
    const apart = [...'صيدلية'].reduce((sum, letter) => sum + raster.widthOf(letter, style), 0);
    expect(raster.widthOf('صيدلية', style)).toBeLessThan(apart * 0.85);
  });
});

describe('a whole receipt', () => {
  const model = {
    ...{ language: 'ar' as const, title: 'إيصال', copy: null, shop: 'صيدلية النيل', contact: ['+20 2 1234'] },
    facts: [{ label: 'رقم', value: 'S000000009 MAIN' }],
    columns: { item: 'الصنف', quantity: 'الكمية', amount: 'المبلغ' },
    lines: [{ name: 'معقم يدين 500 ml', mark: '', quantity: '2', unit: 'عبوة', amount: '25.00', lots: [] }],
    totals: [{ label: 'الإجمالي', value: '25.00 EGP', payer: null, isTotal: true }],
    ...{ footer: 'مع تمنياتنا بالشفاء العاجل', barcode: 'S000000009' },
  };

  it('in Arabic is drawn line by line, ends with its codes and is cut', () => {
    const bytes = hex(paperBytes(receiptRows(model, 'CODE'), 576));
    expect(bytes.startsWith(INIT)).toBe(true);
    expect(bytes.endsWith(CUT)).toBe(true);
    // Seven lines of words, each 576 dots across: 72 bytes, 32 rows.
    expect(bytes.split('1d763000480020').length - 1).toBe(8);
    expect(bytes).toContain(Buffer.from('{BS000000009').toString('hex'));
    expect(bytes).toContain(Buffer.from('CODE').toString('hex'));
    expect(bytes.length / 2).toBeLessThan(40_000);
  });
});

describe('the queue of a printer', () => {
  it('waits longer after each try and gives up in the end', () => {
    expect(afterTry(1, undefined)).toEqual({ status: 'printed', failure: null, waitSeconds: 0 });
    const waits = Array.from({ length: MOST_TRIES }, (_, n) => afterTry(n + 1, 'unreachable'));
    expect(waits.map(({ waitSeconds }) => waitSeconds)).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60, 0]);
    expect(waits.at(-1)?.status).toBe('failed');
  });
});
