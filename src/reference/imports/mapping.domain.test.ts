import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mappedColumns, readMapping } from './mapping.domain.js';

function egypt(): Record<string, unknown> {
  const text = readFileSync(new URL('../../../db/mappings/egypt.json', import.meta.url), 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

describe('readMapping', () => {
  it('accepts the mapping shipped for the Egyptian file', () => {
    const result = readMapping(egypt());
    expect(result).toHaveProperty('ok.source', 'egypt');
    expect(result).toHaveProperty('ok.columns.price', 'price_egp');
    expect(result).toHaveProperty('ok.routes.EYE', 'ophthalmic');
  });

  it.each([
    ['a source with blanks', { source: 'My Source' }, 'source'],
    ['the source of preparations', { source: 'compounded' }, 'source'],
    ['an unknown setting', { colour: 'blue' }, 'colour'],
    ['an unknown field', { columns: { name: 'n', price: 'p', strange: 'x' } }, 'columns.strange'],
    ['a missing price column', { columns: { name: 'n', company: 'c' } }, 'columns.price'],
    ['an id field without a column', { idFields: ['barcode'] }, 'barcode has no column'],
    ['no id field', { idFields: [] }, 'idFields'],
    ['an unknown route', { routes: { X: 'by mail' } }, 'routes.X'],
    ['a broken pattern', { price: { pattern: '(', maximum: '10' } }, 'price.pattern'],
    ['a maximum with decimals', { price: { pattern: '.', maximum: '10.5' } }, 'price.maximum'],
    [
      'another file format',
      { format: { kind: 'xlsx', encoding: 'utf-8', delimiter: ',', quote: '"' } },
      'format.kind',
    ],
    [
      'a long delimiter',
      { format: { kind: 'csv', encoding: 'utf-8', delimiter: ';;', quote: '"' } },
      'format.delimiter',
    ],
  ])('refuses %s', (_what, change, problem) => {
    const result = readMapping({ ...egypt(), ...change });
    expect('problems' in result && result.problems.join('\n')).toContain(problem);
  });

  it.each([null, 3, 'text', [], {}])('refuses %j without throwing', (json) => {
    expect(readMapping(json)).toHaveProperty('problems');
  });

  it('names the columns it reads, each once', () => {
    const result = readMapping({
      ...egypt(),
      columns: { name: ['a', 'b'], price: 'p', company: 'a' },
      idFields: ['name'],
      skipRows: [{ column: 'kind', equals: ['x'] }],
    });
    expect('ok' in result && mappedColumns(result.ok)).toEqual(['a', 'b', 'p', 'kind']);
  });

  it('tells every problem in one run', () => {
    const result = readMapping({
      ...egypt(),
      source: 'Bad Name',
      format: {
        kind: 'csv',
        encoding: 'ebcdic',
        delimiter: ',',
        quote: ',',
        decimal: ',',
        thousands: ',',
        header: 1,
      },
      columns: { name: 'n', price: 'p', barcode: [], strange: 'x' },
      constants: { name: 'X', company: 5, price: '1' },
      skipRows: [{ column: 'c' }, { column: 'c', matches: '(' }],
      price: { maximum: '1.5', within: '(' },
      statusValues: { off: 'gone' },
      barcodeKind: 'qr',
    });
    const problems = 'problems' in result ? result.problems : [];
    for (const path of [
      'source:',
      'format.encoding:',
      'format.quote:',
      'format.thousands:',
      'format.header:',
      'columns.barcode:',
      'columns.strange:',
      'constants.name:',
      'constants.company:',
      'constants.price:',
      'skipRows.0:',
      'skipRows.1.matches:',
      'price.maximum:',
      'price.within:',
      'statusValues.off:',
      'barcodeKind:',
    ])
      expect(problems.filter((problem) => problem.startsWith(path))).toHaveLength(1);
  });

  it('takes columns by number where the file has no header, and only there', () => {
    const format = { kind: 'csv', encoding: 'utf-8', delimiter: '\t', quote: null, header: false };
    const columns = { name: 1, price: 2 };
    const headless = { ...egypt(), format, columns, idFields: ['name'] };
    expect(readMapping(headless)).toHaveProperty('ok.columns', { name: '1', price: '2' });
    expect(readMapping({ ...headless, columns: { name: 'n', price: 0 } })).toHaveProperty(
      'problems.length',
      2,
    );
    expect(readMapping({ ...egypt(), columns, idFields: ['name'] })).toHaveProperty('problems.length', 2);
  });

  it('takes a source without prices only where it says so', () => {
    const columns = { name: 'commercial_name_en' };
    expect(readMapping({ ...egypt(), columns, idFields: ['name'], price: null })).toHaveProperty(
      'ok.hasPrices',
      false,
    );
    expect(readMapping({ ...egypt(), price: null })).toHaveProperty('problems.length', 1);
  });
});
