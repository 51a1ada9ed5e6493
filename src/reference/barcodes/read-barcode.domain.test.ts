import { describe, expect, it } from 'vitest';

import type { BarcodeReading } from './barcodes.types.js';
import { hasCheckDigit, hasCheckPair } from './check-digit.domain.js';
import { dateOf, fullYear } from './gs1-date.domain.js';
import { expandUpcE } from './plain-code.domain.js';
import { readBarcode } from './read-barcode.domain.js';

const read = (text: string, kind?: 'upce' | 'ndc'): BarcodeReading =>
  readBarcode(text, { today: '2026-11-24', kind });
const GTIN = '(01)09521234543213';
const PLAIN = '0109521234543213';

describe('check digits', () => {
  it('are those of GS1', () => {
    for (const code of ['4006381333931', '036000291452', '96385074', '10614141000415', '106141412345678908'])
      expect(hasCheckDigit(code), code).toBe(true);
    for (let digit = 0; digit < 10; digit++) expect(hasCheckDigit(`400638133393${digit}`)).toBe(digit === 1);
    expect(hasCheckPair('1987654Ad4X4bL5ttr2310c2K')).toBe(true);
    expect(hasCheckPair('1987654Ad4X4bL5ttr2310c2L')).toBe(false);
  });
});

describe('a date of six digits', () => {
  it.each([
    ['261231', '2026-12-31'],
    ['260200', '2026-02-28'],
    ['280200', '2028-02-29'],
    ['761231', '2076-12-31'],
    ['771231', '1977-12-31'],
    ['990101', '1999-01-01'],
    ['260231', undefined],
    ['270229', undefined],
    ['261301', undefined],
    ['260001', undefined],
  ])('%s is %s', (text, day) => {
    expect(dateOf(text, '2026-11-24', true)).toBe(day);
  });

  it('finds its century from the year, over the turn of it too', () => {
    expect([fullYear(49, 2099), fullYear(48, 2099), fullYear(0, 2051), fullYear(1, 2051)]).toEqual([
      2149, 2148, 2100, 2101,
    ]);
    expect([fullYear(50, 2000), fullYear(51, 2000), fullYear(0, 1999)]).toEqual([2050, 1951, 2000]);
  });

  it('has no day 00 where GS1 does not allow it', () => {
    expect(dateOf('260200', '2026-11-24', false)).toBeUndefined();
  });
});

describe('a plain code', () => {
  it.each([
    ['6221001000019', 'ean13', '06221001000019'],
    ['96385074', 'ean8', '00000096385074'],
    ['036000291452', 'upca', '00036000291452'],
    ['10614141000415', 'gtin14', '10614141000415'],
    [' 622 1001-000019\r\n', 'ean13', '06221001000019'],
    ['٦٢٢١٠٠١٠٠٠٠١٩', 'ean13', '06221001000019'],
    ['\u200e6221001000019\u200e', 'ean13', '06221001000019'],
    [']E06221001000019', 'ean13', '06221001000019'],
    [']E496385074', 'ean8', '00000096385074'],
    [']E36221001000019' + '52', 'ean13', '06221001000019'],
    [']I110614141000415', 'gtin14', '10614141000415'],
    ['4006381333931', 'ean13', '04006381333931'],
    ['\u001d4006381333931', 'ean13', '04006381333931'],
    ['2001', 'in-store', null],
  ])('%j is %s', (text, form, gtin) => {
    expect(read(text)).toMatchObject({ kind: 'product', form, gtin, lotNumber: null });
  });

  it('is a UPC-E only where somebody says so', () => {
    expect(expandUpcE('01234565')).toBe('012345000065');
    expect(expandUpcE('04252614')).toBe('042100005264');
    for (const upce of ['01234565', '0123456', '123456'])
      for (const reading of [read(`]E0${upce}`), read(upce, 'upce')])
        expect(reading).toMatchObject({ form: 'upce', gtin: '00012345000065' });
    expect(read('01234565').kind).toBe('product');
    expect(read('01234565')).toMatchObject({ form: 'ean8' });
    expect(read('0123456')).toMatchObject({ form: 'in-store' });
  });

  it('longer than any symbol is not looked at', () => {
    expect(read('0'.repeat(1001))).toMatchObject({ kind: 'unreadable', inStoreKey: null });
  });

  it('with a wrong check digit is unreadable, but may still be a label of the shop', () => {
    expect(read('6221001000017')).toMatchObject({ kind: 'unreadable', inStoreKey: '06221001000017' });
    expect(read(']E06221001000017').kind).toBe('unreadable');
  });

  it.each([
    '',
    '  ',
    'ABC',
    '123456789012345',
    '+A123BJC5D6E71',
    '[)>\u001e06\u001d9N110375286414',
    ']E112',
    '🙂',
  ])('%j is unreadable, with a sentence that says why', (text) => {
    const reading = read(text);
    expect(reading.kind).toBe('unreadable');
    expect(reading.kind === 'unreadable' ? reading.detail : '').toMatch(/\.$/);
  });
});

describe('a GS1 element string', () => {
  it.each([
    `${PLAIN}17261200` + '10AB12\u001d21XYZ',
    `]d2${PLAIN}17261200` + '10AB12\u001d21XYZ',
    `]C1${PLAIN}17261200` + '10AB12<GS>21XYZ',
    `\u001d${PLAIN}17261200` + '10AB12{GS}21XYZ\u001d',
    `\u00e8${PLAIN}` + '21XYZ\u00e817261200\u00e810AB12',
    `${GTIN}(17)261200(10)AB12(21)XYZ`,
    `(10) AB12 (21) XYZ (17) 261200 ${GTIN}`,
    'https://example.com/p/01/9521234543213/10/AB12/21/XYZ?17=261200&linkType=gs1%3Apip#x',
    ']Q1HTTPS://EXAMPLE.COM/01/09521234543213/10/AB12/21/XYZ?17=261200',
  ])('%j names product, lot, expiry and serial', (text) => {
    expect(read(text)).toMatchObject({
      kind: 'product',
      gtin: '09521234543213',
      lotNumber: 'AB12',
      expiryDate: '2026-12-31',
      serialNumber: 'XYZ',
    });
  });

  it('says what else is on the pack', () => {
    expect(read(`${GTIN}(11)260101(15)270100` + '(30)0012(710)12345678(717)X')).toMatchObject({
      quantity: '12',
      productionDate: '2026-01-01',
      bestBeforeDate: '2027-01-31',
    });
    expect(read(`${GTIN}(7003)2612311430(713)DRN1`)).toMatchObject({
      expiryDate: '2026-12-31',
      national: [{ scheme: 'DRN', value: 'DRN1' }],
    });
    expect(read(`${GTIN}(715)0071-0155-23`)).toMatchObject({ ndcs: [{ ndc11: '00071015523' }] });
  });

  it('of a case names what is inside and how many', () => {
    const reading = read('(00)106141412345678908(02)09521234543213(37)24(10)L1');
    expect(reading).toMatchObject({
      gtin: '09521234543213',
      quantity: '24',
      warnings: [{ code: 'contents-of-case' }],
    });
    expect(read('(8006)095212345432130102')).toMatchObject({ warnings: [{ code: 'piece-of-product' }] });
  });

  it('without a product is in order, but names none', () => {
    expect(read('(17)261231(10)AB')).toMatchObject({
      kind: 'no-product',
      lotNumber: 'AB',
      expiryDate: '2026-12-31',
    });
    expect(read(']C1' + '4006381333931')).toMatchObject({ kind: 'no-product', elements: [{ ai: '400' }] });
    expect(read('00106141412345678908').kind).toBe('no-product');
  });

  it.each([
    ['(01)09521234543214(10)A', 'check digit'],
    ['(02)09521234543214(37)2', 'check digit'],
    ['(00)106141412345678909', 'check digit'],
    ['(8006)095212345432140102', 'check digit'],
    [`${GTIN}(17)260231`, 'not a day'],
    [`${GTIN}(17)261301`, 'not a day'],
    [`${GTIN}(7003)2602290000`, 'not a day'],
    [`${GTIN}(17)26123`, 'too short'],
    [`${GTIN}(10)123456789012345678901`, 'longer than 20'],
    [`${GTIN}(10)A{B`, 'does not allow'],
    [`${GTIN}(10)A(10)B`, 'twice'],
    [`${GTIN}(02)09521234543213`, 'more than one product'],
    [`${GTIN}(17)261231(7003)2612300000`, 'two different expiry dates'],
    [`${GTIN}(60)1`, 'not an identifier'],
    [`${GTIN}(10)`, 'too short'],
    [`${PLAIN}60X`, 'no GS1 identifier'],
    [`${PLAIN}17\u001d261231`, 'too short'],
    ['https://example.com/gtin/09521234543213/lot/A', 'no GS1 link'],
    ['https://example.com/01/09521234543213?exp=261231', '“exp”'],
    ['https://example.com/01/09521234543213/21/A/10/B', 'order'],
    ['https://example.com/01/09521234543214', 'check digit'],
    ['https://example.com/01/09521234543213/10/%E0%A4%A', 'broken %'],
    ['https://example.com/', 'no GS1 link'],
  ])('%s is refused', (text, why) => {
    const reading = read(text);
    expect(reading.kind).toBe('unreadable');
    expect(reading.kind === 'unreadable' ? reading.detail : '').toContain(why);
  });

  it('with an identifier GS1 has not assigned is read with a warning where its end is certain', () => {
    for (const text of [
      `${PLAIN}04${'1'.repeat(16)}10AB`,
      `${PLAIN}10AB\u001d7299XY`,
      `${GTIN}(10)AB(7099)Q`,
    ])
      expect(read(text)).toMatchObject({ lotNumber: 'AB', warnings: [{ code: 'unknown-ai' }] });
  });

  it('that lacks a separator behind data of fixed length says so', () => {
    expect(read(`${PLAIN}70032612311430` + '10AB')).toMatchObject({
      lotNumber: 'AB',
      warnings: [{ code: 'separator-missing' }],
    });
  });
});

describe('a separator that may have been lost', () => {
  const lots = (text: string): (string | null)[] => {
    const reading = read(text);
    return reading.kind === 'ambiguous' ? reading.readings.map(({ lotNumber }) => lotNumber) : [];
  };

  it('is asked about, never guessed', () => {
    expect(lots(`${PLAIN}10ABC17261231`)).toEqual(['ABC17261231', 'ABC']);
    expect(lots(`${PLAIN}17261231` + '10AB21XYZ')).toEqual(['AB21XYZ', 'AB']);
    expect(lots(`${PLAIN}10ABC1726123121XYZ99`)).toContain('ABC');
    expect(lots(`${PLAIN}10${'A'.repeat(15)}17261231`)).toEqual(['A'.repeat(15)]);
  });

  it('is no question where the brackets or a link tell the fields apart, or another separator is there', () => {
    for (const text of [
      `${GTIN}(17)261231(10)AB21XYZ`,
      `${PLAIN}17261231` + '710X\u001d10AB21XYZ',
      'https://example.com/01/09521234543213/10/AB21XYZ',
    ])
      expect(read(text)).toMatchObject({ kind: 'product', lotNumber: 'AB21XYZ' });
  });

  it('is asked about even so where a lot ends in what can only be a date', () => {
    expect(lots(`${PLAIN}710X\u001d10ABC17261231`)).toEqual(['ABC17261231', 'ABC']);
    expect(lots(`${PLAIN}17261231` + '10ABC17261231')).toEqual([]);
  });
});

describe('an NDC', () => {
  it.each([
    ['0071-0155-23', ['00071015523']],
    ['12345-678-90', ['12345067890']],
    ['12345-6789-0', ['12345678900']],
    ['12345-0678-90', ['12345067890']],
    ['NDC 12345-678-90', ['12345067890']],
    ['ndc: 12345 - 678 - 90', ['12345067890']],
    ['*0071-0155-23', ['00071015523']],
    ['12345-*678-90', ['12345067890']],
    ['12345*67890', ['12345067890']],
    ['12345-6789-*0', ['12345678900']],
    ['12345067890', ['12345067890']],
    ['012345-0678-90', ['12345067890']],
    ['123456-0678-90', []],
  ])('%s is read', (text, elevens) => {
    const reading = read(text);
    expect(reading).toMatchObject({ kind: 'product', form: 'ndc', gtin: null });
    const ndcs = reading.kind === 'product' ? reading.ndcs : [];
    expect([...new Set(ndcs.map(({ ndc11 }) => ndc11))]).toEqual(elevens);
  });

  it('without hyphens may be three, the likeliest first', () => {
    const elevens = (text: string): (string | undefined)[] => {
      const reading = read(text);
      return reading.kind === 'ambiguous' ? reading.readings.map(({ ndcs }) => ndcs[0]?.ndc11) : [];
    };
    expect(elevens('0071015523')).toEqual(['00071015523', '00710015523', '00710155203']);
    expect(elevens('1234567890')).toEqual(['12345067890', '12345678900', '01234567890']);
  });

  it('of another shape is none', () => {
    for (const text of ['NDC 12', '1*2', 'NDC 1234-56789-0'])
      expect(read(text).kind, text).toBe('unreadable');
    expect(read('hello', 'ndc').kind).toBe('unreadable');
  });
});
