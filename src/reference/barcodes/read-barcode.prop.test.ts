// bwip-js draws a symbol, symbol-reader.fixture reads its bars and modules, and the module under test must find what
// went in. What bwip-js refuses to draw for its data, we refuse to read.
import bwipjs from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BarcodeReading, Gs1Element } from './barcodes.types.js';
import { withCheckDigit } from './check-digit.domain.js';
import { checkElements } from './gs1-elements.domain.js';
import { AI_RULES, type AiPart, type AiRule } from './gs1-table.domain.js';
import { readBarcode } from './read-barcode.domain.js';
import { readCode128, readDataMatrix, readEan, readItf } from './symbol-reader.fixture.js';

const TODAY = '2026-11-24';
const read = (text: string): BarcodeReading => readBarcode(text, { today: TODAY });

interface Symbol {
  sbs?: number[];
  pixs?: number[];
  pixx?: number;
}

/** The symbol, or the name of the fault bwip-js finds in the data. */
function draw(bcid: string, text: string): Symbol | string {
  try {
    return (bwipjs.raw(bcid, text, { parse: false }) as Symbol[])[0] ?? 'nothing drawn';
  } catch (error) {
    return String(error);
  }
}

const bars = (symbol: Symbol | string): number[] => {
  if (typeof symbol === 'string') throw new Error(symbol);
  return symbol.sbs ?? [];
};
const matrix = (symbol: Symbol | string): string => {
  if (typeof symbol === 'string') throw new Error(symbol);
  return readDataMatrix(symbol.pixs ?? [], symbol.pixx ?? 0);
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const gtin14 = digits(13).map(withCheckDigit);
/** Brackets are left out: bwip-js reads its input by them. */
const CSET_82 = '!"%&\'*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const textOf = (characters: string, min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: min, maxLength: max });
const x = (max: number) => textOf(CSET_82, 1, max);
const n = (max: number) => textOf('0123456789', 1, max);
const date = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 28 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));

const PACK: Readonly<Record<string, fc.Arbitrary<string>>> = {
  '10': x(20),
  '11': date,
  '13': date,
  '15': date,
  '17': date,
  '20': digits(2),
  '21': x(20),
  '22': x(20),
  '240': x(30),
  '30': n(8),
  '3103': digits(6),
  '7003': date.filter((text) => !text.endsWith('00')).map((text) => `${text}1359`),
  '710': x(20),
  '715': x(20),
  '8008': date.filter((text) => !text.endsWith('00')).map((text) => `${text}07`),
  '8200': x(40),
  '91': x(30),
};
const element = fc
  .constantFrom(...Object.keys(PACK))
  .chain((ai) => (PACK[ai] ?? fc.constant('')).map((value): Gs1Element => ({ ai, value })));
/** The GTIN and some others, each once, in any order. */
const pack = fc
  .tuple(gtin14, fc.uniqueArray(element, { maxLength: 5, selector: ({ ai }) => ai }))
  .map(([value, rest]) => [{ ai: '01', value }, ...rest])
  .chain((elements) => fc.shuffledSubarray(elements, { minLength: elements.length }))
  // Two expiry dates that differ are refused on purpose.
  .filter(
    (elements) => !(elements.some(({ ai }) => ai === '17') && elements.some(({ ai }) => ai === '7003')),
  );

const bracketed = (elements: readonly Gs1Element[]): string =>
  elements.map(({ ai, value }) => `(${ai})${value}`).join('');

/** That is what was drawn; where a separator may have been lost, it is among the readings. */
function expectElements(reading: BarcodeReading, elements: readonly Gs1Element[]): void {
  if (reading.kind === 'ambiguous')
    expect(reading.readings.map((one) => one.elements)).toContainEqual(elements);
  else expect(reading).toMatchObject({ kind: 'product', elements });
}

describe('a GS1 symbol drawn by bwip-js', () => {
  it('is read back from Data Matrix, whatever the elements and their order', () => {
    fc.assert(
      fc.property(pack, (elements) => {
        expectElements(read(matrix(draw('gs1datamatrix', bracketed(elements)))), elements);
      }),
      { numRuns: 150 },
    );
  });

  it('is read back from GS1-128, with its fixed-length fields anywhere', () => {
    fc.assert(
      fc.property(pack, (elements) => {
        const symbol = draw('gs1-128', bracketed(elements));
        if (typeof symbol === 'string') expect(symbol).toMatch(/TooLong/);
        else expectElements(read(readCode128(bars(symbol))), elements);
      }),
      { numRuns: 150 },
    );
  });

  it('is read alike with any separator, and without symbology identifier', () => {
    const shapes = [
      '\u001d',
      '<GS>',
      '{GS}',
      '\\x1d',
      '\u241d',
      '{FNC1}',
      '\u00e8',
      '\ufffd',
      '^]',
      '\\u001d',
    ];
    fc.assert(
      fc.property(pack, fc.constantFrom(...shapes), (elements, shape) => {
        const sent = matrix(draw('gs1datamatrix', bracketed(elements)));
        const data = sent.slice(3);
        const other = read(data.replaceAll('\u001d', shape));
        expect(other).toEqual(read(sent));
        expect(read(`${shape}${data}`.replaceAll('\u001d', shape))).toEqual(read(sent));
      }),
      { numRuns: 100 },
    );
  });

  it('is read with its brackets as its human-readable text has them', () => {
    fc.assert(
      fc.property(pack, (elements) => {
        expect(read(bracketed(elements))).toMatchObject({ kind: 'product', elements });
      }),
    );
  });

  it('is read from a Digital Link', () => {
    const qualifiers = fc.tuple(fc.option(x(20)), fc.option(x(20)), fc.option(date));
    fc.assert(
      fc.property(gtin14, qualifiers, fc.constantFrom('id.gs1.org', 'x.example/a/b'), (gtin, given, host) => {
        const [lot, serial, expiry] = given;
        const enc = encodeURIComponent;
        const path = `${lot === null ? '' : `/10/${enc(lot)}`}${serial === null ? '' : `/21/${enc(serial)}`}`;
        const uri = `https://${host}/01/${gtin}${path}${expiry === null ? '' : `?17=${expiry}&linkType=all`}`;
        const sent = draw('gs1dldatamatrix', uri);
        const reading = read(typeof sent === 'string' ? uri : matrix(sent));
        expect(reading).toMatchObject({
          kind: 'product',
          form: 'digital-link',
          gtin,
          lotNumber: lot,
          serialNumber: serial,
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('a linear symbol drawn by bwip-js', () => {
  const cases = [
    ['ean13', 12, readEan, 'ean13'],
    ['ean8', 7, readEan, 'ean8'],
    ['upca', 11, (symbol: number[]) => readEan(symbol).slice(1), 'upca'],
    ['itf14', 13, readItf, 'gtin14'],
  ] as const;

  it.each(cases)(
    '%s is read back, and with another check digit refused by both',
    (bcid, length, reader, form) => {
      fc.assert(
        fc.property(digits(length), fc.integer({ min: 1, max: 9 }), (body, off) => {
          const code = reader(bars(draw(bcid, body)));
          expect(code).toBe(withCheckDigit(body));
          expect(read(code)).toMatchObject({ kind: 'product', form, code, gtin: code.padStart(14, '0') });
          const wrong = `${body}${(Number(code.at(-1)) + off) % 10}`;
          expect(draw(bcid, wrong)).toMatch(/badCheckDigit/);
          expect(read(wrong).kind).toBe('unreadable');
        }),
      );
    },
  );

  it('upce is expanded where the symbology says so, and refused with another check digit', () => {
    fc.assert(
      fc.property(fc.constantFrom('0', '1'), digits(6), (system, body) => {
        const symbol = draw('upce', `${system}${body}`);
        // bwip-js draws no UPC-E whose shorter form another last digit has.
        if (typeof symbol === 'string') return;
        const code = readEan(bars(symbol));
        const reading = read(`]E0${code}`);
        expect(reading).toMatchObject({ kind: 'product', form: 'upce' });
        const full = reading.kind === 'product' ? (reading.gtin ?? '') : '';
        expect(readEan(bars(draw('upca', full.slice(2)))).slice(1)).toBe(full.slice(2));
        const wrong = `${code.slice(0, 7)}${(Number(code.at(-1)) + 1) % 10}`;
        expect(draw('upce', wrong)).toMatch(/badCheckDigit/);
        expect(read(`]E0${wrong}`).kind).toBe('unreadable');
      }),
    );
  });
});

/** Faults against lists this system does not hold: countries, currencies, coupons, company prefixes. */
const NOT_OURS = /Unknown(?:Country|Currency|MediaType)|unknownPackageType|coupon|gcp|GCP/;
/** bwip-js looks at the company of elements after it has found the data of each in order. */
const COMPANY = /exclusiveAIs|missingAIs/;

/** Data of one part: of its characters and length, now and then not. */
function partData(part: AiPart): fc.Arbitrary<string> {
  const set = { N: '0123456789', X: `${CSET_82}`, Y: '#-/0123456789ABCXYZ', Z: 'AZaz09-_' }[part.set];
  const right = textOf(set, part.min, part.max);
  const likely = part.checks.includes('mod10') ? digits(part.max - 1).map(withCheckDigit) : right;
  const dated = part.checks.some((name) => name.startsWith('date')) && part.max === 6 ? date : likely;
  const wrong = textOf(`${set}{`, 1, part.max + 1);
  return fc.oneof(
    { weight: 6, arbitrary: dated },
    { weight: 3, arbitrary: right },
    { weight: 1, arbitrary: wrong },
  );
}

const dataOf = (rule: AiRule): fc.Arbitrary<Gs1Element> =>
  fc
    .tuple(
      ...rule.parts.map((part) =>
        part.isOptional ? fc.oneof(fc.constant(''), partData(part)) : partData(part),
      ),
    )
    .map((values) => ({ ai: rule.ai, value: values.join('') }));

describe('the data of every identifier', () => {
  it('is taken and refused as bwip-js takes and refuses it', () => {
    const counts = { taken: 0, refused: 0 };
    const rules = [...AI_RULES.values()].filter(({ ai }) => !/^3[1-6]\d[1-9]$|^39\d[1-9]$/.test(ai));
    for (const rule of rules)
      fc.assert(
        fc.property(dataOf(rule), (one) => {
          const symbol = draw('gs1datamatrix', bracketed([one]));
          if (typeof symbol === 'string' && NOT_OURS.test(symbol)) return;
          const answer = checkElements([one], TODAY);
          const isTaken = typeof symbol !== 'string' || COMPANY.test(symbol);
          counts[isTaken ? 'taken' : 'refused'] += 1;
          expect(
            !('problem' in answer),
            `(${one.ai})${one.value}: ${isTaken ? 'drawn' : String(symbol)}`,
          ).toBe(isTaken);
        }),
        { numRuns: 12 },
      );
    expect(counts.taken).toBeGreaterThan(500);
    expect(counts.refused).toBeGreaterThan(200);
  });
});

describe('any text', () => {
  it('is answered, never thrown at, and in time', () => {
    const pieces = fc.constantFrom(
      ...[
        '01',
        '10',
        '17',
        '21',
        '\u001d',
        ']d2',
        '(01)',
        '(',
        ')',
        'https://a/',
        '/01/',
        '?17=',
        '%',
        '-',
        '*',
      ],
      ...['09521234543213', '261231', 'NDC', '3', '8', '00', '٣', '\u200e', '<GS>', '\ud800', '11', '240'],
    );
    const soup = fc.array(fc.oneof(pieces, n(6)), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), soup), (text) => {
        const started = performance.now();
        expect(['product', 'ambiguous', 'no-product', 'unreadable']).toContain(read(text).kind);
        expect(performance.now() - started).toBeLessThan(500);
      }),
      { numRuns: 1000 },
    );
    for (const text of [
      '21'.repeat(499),
      `0109521234543213${'10'.repeat(40)}`,
      `10${'7'.repeat(900)}`,
      '1'.repeat(100_000),
    ])
      expect(['ambiguous', 'unreadable']).toContain(read(text).kind);
  });
});
