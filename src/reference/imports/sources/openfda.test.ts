import { describe, expect, it } from 'vitest';

import { openFda } from './openfda.js';
import { readSource } from './source-files.fixture.js';

const source = openFda(() => '2026-11-22');
const ENTRY = {
  product_ndc: '0781-1506',
  generic_name: 'Atenolol',
  brand_name: 'Atenolol',
  labeler_name: 'Sandoz Inc',
  active_ingredients: [{ name: 'ATENOLOL', strength: '50 mg/1' }],
  packaging: [{ package_ndc: '0781-1506-10', description: '1000 TABLET in 1 BOTTLE (0781-1506-10)' }],
  dosage_form: 'TABLET',
  route: ['ORAL'],
  product_type: 'HUMAN PRESCRIPTION DRUG',
  pharm_class: ['Adrenergic beta1-Antagonists [MoA]', 'beta-Adrenergic Blocker [EPC]'],
  marketing_end_date: '20300101',
  openfda: { rxcui: ['197380'], unii: ['50VV3VW0TI'] },
};
const read = (name: string, content: string) => readSource(source, { [name]: content });

describe('openFDA', () => {
  it.each([
    ['a dump', 'drug-ndc.json', JSON.stringify({ meta: { disclaimer: 'x' }, results: [ENTRY, ENTRY] })],
    ['a dump in many lines', 'drug-ndc.json', JSON.stringify({ meta: {}, results: [ENTRY, ENTRY] }, null, 2)],
    ['an array', 'list.json', JSON.stringify([ENTRY, ENTRY])],
    ['one entry in each line', 'list.ndjson', `${JSON.stringify(ENTRY)}\r\n\n${JSON.stringify(ENTRY)}`],
  ])('is read as %s', async (_what, name, content) => {
    const { products, reasons } = await read(name, content);
    expect(reasons).toEqual([]);
    expect(products).toHaveLength(2);
    expect(products[0]).toMatchObject({
      sourceId: '0781-1506',
      name: 'Atenolol 50 mg tablet',
      composition: [{ text: 'ATENOLOL', amount: '50', unit: 'mg', codes: { unii: '50VV3VW0TI' } }],
      dosageForm: 'tablet',
      route: 'oral',
      company: 'Sandoz Inc',
      category: ['beta-Adrenergic Blocker'],
      baseUnit: 'tablet',
      unitsPerPack: '1000',
      barcodes: [
        { code: '0781-1506-10', kind: 'ndc10', baseUnits: '1000' },
        { code: '307811506104', kind: 'gtin', baseUnits: '1000' },
      ],
      rxOnly: true,
      status: 'active',
    });
  });

  it('refuses entries alone, with their number and what they would have been', async () => {
    const results = [
      3,
      null,
      {},
      { product_ndc: 'x' },
      { ...ENTRY, packaging: [{ package_ndc: '1', description: '' }] },
      {
        product_ndc: '0781-1507',
        route: 'ORAL',
        packaging: 'none',
        generic_name: 'Only a name',
        openfda: [],
      },
    ];
    const { products, rejects, reasons } = await read('dump.json', JSON.stringify({ results }));
    expect(products).toMatchObject([{ sourceId: '0781-1507', name: 'Only a name' }]);
    expect(reasons).toEqual([
      'dump.json, line 1: is not an object',
      'dump.json, line 2: is not an object',
      'dump.json, line 3: product_ndc: is missing',
      'dump.json, line 4: product_ndc: is not an NDC of two parts',
      'dump.json, line 5: packaging: has a pack without an NDC of three parts',
    ]);
    expect(rejects.at(-1)).toHaveProperty('sourceId', '0781-1506');
  });

  it('refuses a line that is no JSON alone', async () => {
    const { products, reasons } = await read('a.ndjson', `${JSON.stringify(ENTRY)}\n{"product_ndc": \n`);
    expect(products).toHaveLength(1);
    expect(reasons).toEqual(['a.ndjson, line 2: is not a JSON object']);
  });

  it.each([
    ['cut off', JSON.stringify({ results: [ENTRY] }).slice(0, -20), /ends in the middle/],
    ['not JSON', '{"results": [oops', /is not JSON/],
    ['followed by more', `${JSON.stringify({ results: [ENTRY] })} {"x": 1}`, /is not JSON/],
    ['nested without end', `{"results": [${'['.repeat(100)}`, /nested deeper than 16/],
    ['one entry without end', `{"results": [{"a": "${'x'.repeat(3_000_000)}`, /an entry of more than/],
    ['a meta without end', `{"meta": "${'x'.repeat(3_000_000)}"}`, /outside of its entries/],
    [
      'keys without end',
      `{${Array.from({ length: 400_000 }, (_, i) => `"k${i}":1`).join(',')}}`,
      /outside of its entries/,
    ],
  ])('refuses a file that is %s', async (_what, content, reason) => {
    await expect(read('a.json', content)).rejects.toThrow(reason);
  });

  it('gives an object no prototype of the file’s choosing', async () => {
    const content = `{"results": [{"__proto__": {"product_ndc": "0781-1506"}, "constructor": 1}]}`;
    expect((await read('a.json', content)).reasons).toEqual(['a.json, line 1: product_ndc: is missing']);
    expect({}).not.toHaveProperty('product_ndc');
  });
});
