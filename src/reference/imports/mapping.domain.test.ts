import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingColumns, readMapping } from './mapping.domain.js';

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

  it('names the columns a file lacks', () => {
    const result = readMapping(egypt());
    if (!('ok' in result)) throw new Error('the shipped mapping is refused');
    expect(
      missingColumns(result.ok, [
        'commercial_name_en',
        'scientific_name',
        'manufacturer',
        'drug_class',
        'route',
      ]),
    ).toEqual(['commercial_name_ar', 'price_egp']);
  });
});
