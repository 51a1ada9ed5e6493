import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DelimitedFault, DelimitedScanner, LONGEST_ROW, type DelimitedFormat } from './delimited.domain.js';

const COMMA: DelimitedFormat = { delimiter: ',', quote: '"' };

/** Rows of a text handed over in pieces of the sizes given. */
function scan(text: string | Buffer, sizes: readonly number[] = [], format = COMMA): string[][] {
  const bytes = Buffer.from(text as string);
  const scanner = new DelimitedScanner(format);
  const rows: string[][] = [];
  let at = 0;
  for (let n = 0; at < bytes.length; n++) {
    const size = sizes.length === 0 ? bytes.length : Math.max(1, sizes[n % sizes.length] ?? 1);
    rows.push(...scanner.push(bytes.subarray(at, at + size)).map(({ fields }) => fields));
    at += size;
  }
  rows.push(...scanner.end().map(({ fields }) => fields));
  return rows;
}

const value = fc.string({
  unit: fc.constantFrom('a', 'é', 'دواء', '"', ',', ';', '\n', '\r\n', ' ', '😀', ''),
});
const row = fc.array(value, { minLength: 2, maxLength: 5 });

describe('rows of delimited text', () => {
  it('are what was written, whatever the values hold and wherever the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, sizes, ending) => {
          const text = stringify(rows, { record_delimiter: ending, quoted_match: /[\r\n]/ });
          expect(scan(text, sizes)).toEqual(rows);
          expect(scan(text.slice(0, -ending.length), sizes)).toEqual(rows);
        },
      ),
    );
  });

  it('are the same whether lines end in LF, CRLF or CR, and empty lines say nothing', () => {
    for (const ending of ['\n', '\r\n', '\r'])
      expect(scan(['a,b', '', 'c,"d, e"', '', ''].join(ending), [3])).toEqual([
        ['a', 'b'],
        ['c', 'd, e'],
      ]);
  });

  it('tell the line each begins at, quoted line ends counted', () => {
    const scanner = new DelimitedScanner(COMMA);
    const rows = [...scanner.push(Buffer.from('a\n\n"b\nb\r\nb"\r\nc\rd')), ...scanner.end()];
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 6, 7]);
  });

  it('take quotes as letters where the format has none', () => {
    expect(scan('5" tube\t"x\n', [], { delimiter: '\t', quote: null })).toEqual([['5" tube', '"x']]);
  });
});

describe('text that is no table', () => {
  it.each<[string, DelimitedFault['fault'], number]>([
    ['a,b\n"c', 'quote-open', 2],
    ['a,b\nc" d,e\n', 'quote-misplaced', 2],
    ['a\n"b" c,d\n', 'quote-misplaced', 2],
    ['a\n5" and 6",d\n', 'quote-misplaced', 2],
    [`a\n"${'x'.repeat(LONGEST_ROW + 10)}`, 'too-long', 2],
    [`a\n${'x'.repeat(LONGEST_ROW + 10)}\n`, 'too-long', 2],
    [`a\n"${'x\n'.repeat(LONGEST_ROW)}`, 'quote-open', 2],
  ])('%#: says what is wrong and where', (text, fault, line) => {
    const failure = (() => {
      try {
        scan(text, [65536]);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(failure).toBeInstanceOf(DelimitedFault);
    expect(failure).toMatchObject({ fault, line });
  });
});
