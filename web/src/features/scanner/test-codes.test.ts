import bwipjs from 'bwip-js/node';
import { describe, expect, it } from 'vitest';
import {
  readCode128,
  readDataMatrix,
  readEan,
} from '../../../../src/reference/barcodes/symbol-reader.fixture.js';
import { GS } from '../../ui/scan/scan-burst.domain';
import { TEST_CODES } from './test-codes';

/* The symbols of the scanner's page are what bwip-js draws, and are read back as what is expected of the scanner. */

interface Drawn {
  sbs?: number[];
  pixs?: number[];
  pixx?: number;
}

const draw = (bcid: string, text: string): Drawn =>
  (bwipjs.raw(bcid, text, { parse: false }) as Drawn[])[0] ?? {};

const codeOf = (id: string) => {
  const code = TEST_CODES.find((one) => one.id === id);
  if (!code) throw new Error(id);
  return code;
};

describe('the symbols a scanner is set up with', () => {
  it('are a GS1 DataMatrix with a separator', () => {
    const code = codeOf('datamatrix');
    const elements = '(01)09521234543213(17)300930(10)Lot-Zy7(21)Aq5w';
    const { pixs = [], pixx = 0 } = draw('gs1datamatrix', elements);
    const pixels = [...(code.rows?.join('') ?? '')].map(Number);
    expect(pixels).toEqual([...pixs]);
    expect(readDataMatrix(pixels, pixx)).toBe(`]d2${code.text}`);
    expect(code.text).toContain(GS);
  });

  it('are an EAN-13', () => {
    const code = codeOf('ean13');
    expect(code.bars).toEqual([...(draw('ean13', code.text).sbs ?? [])]);
    expect(readEan([...(code.bars ?? [])])).toBe(code.text);
  });

  it('are a Code 128 with letters that layouts swap', () => {
    const code = codeOf('code128');
    expect(code.bars).toEqual([...(draw('code128', code.text).sbs ?? [])]);
    expect(readCode128(code.bars ?? [])).toBe(`]C0${code.text}`);
    for (const letter of 'ZyaqwM') expect(code.text).toContain(letter);
  });
});
