import { describe, expect, it } from 'vitest';

import { chooseBarcode, lookupKeys, type StoredBarcode } from './barcode-match.domain.js';
import type { BarcodeKind } from './barcodes.types.js';
import { barcodeProblem, toProductCode } from './product-code.domain.js';
import { readBarcode } from './read-barcode.domain.js';

const read = (text: string) => readBarcode(text, { today: '2026-11-24' });

/** Products 1, 2, … stored under these codes. */
const store = (...codes: [string, BarcodeKind?][]): StoredBarcode[] =>
  codes.map(([text, kind], index) => {
    const code = toProductCode(text, kind);
    if (typeof code === 'string') throw new Error(code);
    return { drugId: index + 1, ...code };
  });

/** What a scan finds: the product, `~` before it where a shape is assumed, or the candidates. */
function find(text: string, rows: readonly StoredBarcode[]): string {
  const reading = read(text);
  const keys = lookupKeys(reading);
  const choice = chooseBarcode(
    reading,
    rows.filter(({ gtin }) => keys.includes(gtin)),
  );
  if (choice === undefined) return 'none';
  if ('candidates' in choice) return choice.candidates.map(({ drugId }) => drugId).join(' or ');
  return `${choice.isShapeAssumed ? '~' : ''}${choice.found.drugId}`;
}

describe('a code finds the product', () => {
  it.each([
    ['6221001000019', [['6221001000019']], '1'],
    ['(01)06221001000019(10)A', [['6221001000019']], '1'],
    ['16221001000016', [['6221001000019']], 'none'],
    ['6221001000017', [['6221001000017', 'in_store']], '1'],
    ['6221001000017', [['6221001000019']], 'none'],
    ['2001', [['2001', 'in_store']], '1'],
    ['12345067890', [['12345067890', 'in_store']], '1'],
    ['12345-0678-90', [['12345067890', 'in_store']], 'none'],
  ] as [string, [string, BarcodeKind?][], string][])('%s among %j: %s', (text, codes, found) => {
    expect(find(text, store(...codes))).toBe(found);
  });

  it('stored as an NDC by its GTIN and UPC-A, and the other way round', () => {
    const gtin = '00312345678906';
    const hyphenated = store(['12345-678-90', 'ndc']);
    const upc = store(['312345678906', 'upca']);
    const ten = store(['1234567890', 'ndc']);
    for (const scan of [gtin, '312345678906', `(01)${gtin}(10)A`]) {
      expect(find(scan, hyphenated), scan).toBe('~1');
      expect(find(scan, ten), scan).toBe('1');
      expect(find(scan, upc), scan).toBe('1');
    }
    for (const scan of ['12345-678-90', '*12345-678-90'.slice(1), '12345-*678-90', 'NDC 12345-678-90']) {
      expect(find(scan, hyphenated), scan).toBe('1');
      expect(find(scan, upc), scan).toBe('1');
      expect(find(scan, ten), scan).toBe('~1');
    }
    expect(find('12345067890', upc)).toBe('1');
    expect(find('12345-6789-0', upc)).toBe('1');
    expect(find('12345-6789-0', hyphenated)).toBe('none');
  });

  it('by ten digits only where one product fits, else names those that do', () => {
    const rows = store(['12345-678-90', 'ndc'], ['1234-5678-90', 'ndc'], ['55555-444-33', 'ndc']);
    expect(find('1234567890', rows)).toBe('1 or 2');
    expect(find('312345678906', rows)).toBe('1 or 2');
    expect(find('5555544433', rows)).toBe('~3');
    expect(find('1234567890', store(['1234567890', 'ndc']))).toBe('1');
    expect(find('1234567890', store(['1234567890', 'in_store'], ['12345-678-90', 'ndc']))).toBe('1 or 2');
  });

  it('by a GTIN stored as such rather than by an NDC in it', () => {
    expect(find('312345678906', store(['12345-678-90', 'ndc'], ['312345678906', 'upca']))).toBe('2');
  });

  it('by a twelve-digit NDC, but never takes it for a UPC-A of the same digits', () => {
    expect(find('012345-0678-90', store(['12345-678-90', 'ndc']))).toBe('1');
    expect(find('123456-7890-12', store(['123456-7890-12', 'ndc']))).toBe('1');
    expect(find('123456-7890-12', store(['123456789012', 'upca']))).toBe('none');
    expect(find('123456789012', store(['123456-7890-12', 'ndc']))).toBe('none');
  });

  it('by a code whose separator may be lost, since its product is certain', () => {
    expect(find('010622100100001910AB21XY', store(['6221001000019']))).toBe('1');
  });
});

describe('a code that is to be stored', () => {
  it('needs its check digit, unless it is the label of the shop or an NDC', () => {
    expect(toProductCode('6221001000017')).toContain('check digit');
    expect(toProductCode('96385074', 'ean13')).toContain('8 digits');
    expect(toProductCode('2001', 'in_store')).toMatchObject({ gtin: '00000000002001', kind: 'in_store' });
    expect(toProductCode('6221001000017', 'in_store')).toMatchObject({ kind: 'in_store' });
    expect(toProductCode('ABC')).toContain('not a product code');
    expect(toProductCode('(01)06221001000019')).toContain('not a product code');
  });

  it.each([
    ['0071-0155-23', undefined, '00071015523'],
    ['12345-678-90', 'ndc', '12345067890'],
    ['1234567890', 'ndc', '1234567890'],
    ['00071015523', undefined, '00071015523'],
    ['123456-7890-12', 'ndc', '123456789012'],
  ] as [string, BarcodeKind | undefined, string][])(
    '%s (%s) keeps what its hyphens say',
    (text, kind, code) => {
      expect(toProductCode(text, kind)).toEqual({ code, gtin: code.padStart(14, '0'), kind: 'ndc' });
    },
  );

  it('is refused by an import with the end of a sentence', () => {
    expect(barcodeProblem('6221001000019')).toBeUndefined();
    expect(barcodeProblem('6221001000017')).toContain('check digit');
    expect(barcodeProblem('12345')).toContain('8, 12, 13 or 14');
  });
});
