import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readMapping, type SourceMapping } from '../mapping.domain.js';
import type { SourceProduct } from '../source.types.js';
import { csvSource } from './csv.js';
import { MappedRows } from './mapped-row.domain.js';
import { readSource, type SourceReading } from './source-files.fixture.js';

function mapping(settings: Record<string, unknown>): SourceMapping {
  const result = readMapping({
    source: 'shop',
    title: 'A shop',
    licence: 'none',
    format: { kind: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"' },
    columns: { name: 'name', price: 'price' },
    idFields: ['name'],
    price: { maximum: '100000' },
    ...settings,
  });
  if (!('ok' in result)) throw new Error(result.problems.join('; '));
  return result.ok;
}

function read(settings: Record<string, unknown>, content: string | Buffer): Promise<SourceReading> {
  return readSource(csvSource(mapping(settings)), { 'list.csv': content });
}

async function oneProduct(
  settings: Record<string, unknown>,
  content: string | Buffer,
): Promise<SourceProduct> {
  const { products, reasons } = await read(settings, content);
  const [product] = products;
  if (product === undefined) throw new Error(reasons.join('; '));
  return product;
}

const format = (more: object): object => ({
  kind: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  ...more,
});

describe('the Egyptian file', () => {
  const egypt = readMapping(
    JSON.parse(readFileSync(new URL('../../../../db/mappings/egypt.json', import.meta.url), 'utf8')),
  );
  if (!('ok' in egypt)) throw new Error(egypt.problems.join('; '));
  const rows = new MappedRows(egypt.ok);
  const RECORD = {
    commercial_name_en: 'ANALGEX  500 MG 20*10 F.C. TABS. (CANCELLED)',
    commercial_name_ar: 'أنالجيكس',
    scientific_name: 'PARACETAMOL(ACETAMINOPHEN)',
    manufacturer: 'EL NILE. > LIPTIS',
    drug_class: 'ANALGESIC.NON-OPIOID',
    route: 'ORAL.SOLID',
    price_egp: '64.50',
  };
  const take = (change: Partial<typeof RECORD>) => {
    const record: Record<string, string> = { ...RECORD, ...change };
    return rows.read(
      0,
      7,
      rows.columns.map((column) => record[column] ?? ''),
    );
  };
  const reasons = (change: Partial<typeof RECORD>): string[] => {
    const record = take(change);
    return record.kind === 'reject' ? record.reasons.map(({ column, reason }) => `${column}: ${reason}`) : [];
  };

  it('is read in every field of a good row', () => {
    expect(take({})).toMatchObject({
      kind: 'product',
      line: 7,
      sourceId: 'ANALGEX 500 MG 20*10 F.C. TABS. (CANCELLED) | EL NILE. > LIPTIS',
      name: 'ANALGEX 500 MG 20*10 F.C. TABS. (CANCELLED)',
      nameAr: 'أنالجيكس',
      activeRaw: 'PARACETAMOL(ACETAMINOPHEN)',
      strength: '500 mg',
      dosageForm: 'film-coated tablet',
      formFamily: 'solid-oral',
      baseUnit: 'tablet',
      unitsPerPack: '200',
      unitsPerStrip: '10',
      route: 'oral',
      company: 'EL NILE',
      marketer: 'LIPTIS',
      category: ['ANALGESIC', 'NON-OPIOID'],
      price: '64.50',
      status: 'discontinued',
    });
  });

  it.each([
    [{ price_egp: '' }, 'price_egp: is empty'],
    [{ price_egp: '-1' }, 'price_egp: is negative'],
    [{ price_egp: '1e3' }, 'price_egp: is not an amount with at most three decimals'],
    [{ price_egp: '1.2345' }, 'price_egp: is not an amount with at most three decimals'],
    [{ price_egp: 'NaN' }, 'price_egp: is not an amount with at most three decimals'],
    [{ price_egp: '10000000.001' }, 'price_egp: is above 10000000'],
    [{ commercial_name_en: '  ' }, 'commercial_name_en: is empty'],
    [{ commercial_name_en: '***' }, 'commercial_name_en: holds no letter or digit'],
    [{ commercial_name_en: 'x'.repeat(501) }, 'commercial_name_en: is longer than 500 characters'],
    [{ commercial_name_en: 'A\u0000B' }, 'commercial_name_en: holds characters that are not text'],
    [{ scientific_name: 'A\ufffdB' }, 'scientific_name: holds characters that are not text'],
    [{ manufacturer: '\ud800' }, 'manufacturer: holds characters that are not text'],
    [{ route: 'BY MAIL' }, 'route: is not in the route table of the mapping'],
  ])('refuses %j', (change, reason) => {
    expect(reasons(change)).toEqual([reason]);
  });

  it('is told everything that is wrong with a row, and which product it is', () => {
    expect(reasons({ price_egp: 'x', commercial_name_en: '' })).toHaveLength(2);
    expect(take({ price_egp: 'x' })).toHaveProperty('sourceId', (take({}) as SourceProduct).sourceId);
  });

  it('takes a price of nothing and the highest price', () => {
    expect(take({ price_egp: '0' })).toHaveProperty('price', '0');
    expect(take({ price_egp: '10000000' })).toHaveProperty('price', '10000000');
  });

  it('leaves out what is empty, and takes the route of the form where none is stated', () => {
    expect(take({ scientific_name: '', manufacturer: '-', drug_class: '.', route: 'UNKNOWN' })).toMatchObject(
      {
        activeRaw: undefined,
        company: undefined,
        category: undefined,
        route: 'oral',
      },
    );
  });

  it('never throws: any record is taken or refused with reasons', () => {
    const value = fc.string({ unit: 'binary' });
    const record = fc.record({
      commercial_name_en: value,
      commercial_name_ar: value,
      scientific_name: value,
      manufacturer: value,
      drug_class: value,
      route: fc.constantFrom('EYE', 'UNKNOWN', '__proto__', 'toString', ''),
      price_egp: fc.oneof(value, fc.constantFrom('1', '2.5', '0.001')),
    });
    fc.assert(
      fc.property(record, (any) => {
        const result = take(any);
        if (result.kind === 'product') expect(result.price).toMatch(/^\d{1,8}(\.\d{1,3})?$/);
        else expect(result.reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('how a file is written', () => {
  it.each<[string, Buffer]>([
    ['utf-8', Buffer.from('name;price\nCrème دواء;1,5\n')],
    ['utf-16le', Buffer.from('name;price\nCrème دواء;1,5\n', 'utf16le')],
    ['windows-1252', Buffer.from('name;price\nCr\u00e8me \u0095;1,5\n', 'latin1')],
    ['latin1', Buffer.from('name;price\nCr\u00e8me;1,5\n', 'latin1')],
    [
      'windows-1256',
      Buffer.from([...Buffer.from('name;price\n'), 0xc7, 0xe1, 0xe3, ...Buffer.from(';1,5\n')]),
    ],
  ])('may be in %s', async (encoding, content) => {
    const settings = { format: format({ encoding, delimiter: ';', decimal: ',' }) };
    const product = await oneProduct(settings, content);
    expect(product.price).toBe('1.5');
    expect(product.name).toMatch(/^(?:Crème(?: دواء| •)?|الم)$/);
  });

  it.each([
    ['\t', 'A B\t5\n'],
    [';', 'A B;5\n'],
    ['|', 'A B|5\n'],
  ])('may have the delimiter %j', async (delimiter, row) => {
    const header = `name${delimiter}price\n`;
    expect(await oneProduct({ format: format({ delimiter }) }, header + row)).toMatchObject({
      name: 'A B',
      price: '5',
    });
  });

  it('may take quotes for letters', async () => {
    const settings = { format: format({ delimiter: '\t', quote: null }) };
    expect((await oneProduct(settings, 'name\tprice\n5" "TUBE\t5\n')).name).toBe('5" "TUBE');
  });

  it('may have no header, columns told by their number', async () => {
    const settings = {
      format: format({ header: false }),
      columns: { name: 2, price: '4', sourceId: 1 },
      idFields: ['sourceId'],
    };
    const { products, reasons } = await read(settings, '17,A,x,5\n18,B,x,6\n19,C\n');
    expect(products.map(({ sourceId, name, price }) => [sourceId, name, price])).toEqual([
      ['17', 'A', '5'],
      ['18', 'B', '6'],
    ]);
    expect(reasons).toEqual(['list.csv, line 3: has 2 columns where the header has 4']);
  });

  it.each([
    [{ decimal: ',', thousands: '.' }, '1.234,50', '1234.50'],
    [{ decimal: ',', thousands: '.' }, '1.5', undefined],
    [{ decimal: ',', thousands: ' ' }, '1\u00a0234,5', '1234.5'],
    [{ thousands: ',' }, '12,345.67', '12345.67'],
    [{ thousands: "'" }, "12'345", '12345'],
    [{}, '١٢٫٥', '12.5'],
    [{ decimal: ',' }, '12.5', undefined],
  ])('numbers as %j: %s is %s', async (numbers, written, price) => {
    const { products, reasons } = await read({ format: format(numbers) }, `name,price\nA,"${written}"\n`);
    expect(products.map((product) => product.price)).toEqual(price === undefined ? [] : [price]);
    expect(reasons).toHaveLength(price === undefined ? 1 : 0);
  });

  it('a quote out of place refuses its row alone where rows are lines', async () => {
    const content = 'name,price\n"A "B" C",5\nD,6\n"E,7\nF,8\n';
    const { products, reasons } = await read({ format: format({ rowIsLine: true }) }, content);
    expect(products.map(({ name }) => name)).toEqual(['D', 'F']);
    expect(reasons).toEqual([
      'list.csv, line 2: has a quote out of place',
      'list.csv, line 4: has a quote out of place',
    ]);
    await expect(read({}, content)).rejects.toThrow(/line 2: a quote stands where none may be/);
  });
});

describe('what columns can say', () => {
  it('a price inside a text, and rows without one', async () => {
    const settings = { price: { maximum: '1000', within: 'EGP\\s*([\\d.]+)', mayBeEmpty: true } };
    const { products } = await read(settings, 'name,price\nA,"box of 20, EGP 12.50"\nB,ask\nC,\n');
    expect(products.map(({ price }) => price)).toEqual(['12.50', undefined, undefined]);
  });

  it('everything else a catalogue keeps', async () => {
    const settings = {
      columns: {
        name: ['brand', 'strength'],
        price: 'price',
        oldPrice: 'was',
        priceCeiling: 'max',
        strength: 'strength',
        dosageForm: 'form',
        route: 'route',
        activeRaw: ['gen1', 'gen2'],
        company: 'maker',
        marketer: 'agent',
        atcCode: 'atc',
        barcode: ['ean', 'more'],
        schedule: 'class',
        status: 'state',
        storage: 'keep',
        handlingFlags: 'flags',
        rxOnly: 'rx',
        baseUnit: 'unit',
        unitsPerPack: 'count',
        unitsPerStrip: 'strip',
      },
      barcodeSeparator: ';',
      flagSeparator: '|',
      rxOnlyValues: ['Rx'],
      scheduleValues: { A: 'II' },
      statusValues: { gone: 'discontinued', sold: 'active' },
      storageValues: { '2-8': 'refrigerate' },
      dosageForms: { CP: 'capsule' },
      constants: { category: 'IMPORTED' },
    };
    const header =
      'brand,strength,price,was,max,form,route,gen1,gen2,maker,agent,atc,ean,more,class,state,keep,flags,rx,unit,count,strip\n';
    const row =
      'ULTRA,50 mg,10,9,12,CP,ORAL,tramadol,paracetamol,GSK,ALFA,n02ax02,4006381333931,5000456;5000457,A,gone,2-8,narcotic|light-sensitive,Rx,capsule,30,10\n';
    expect(await oneProduct(settings, header + row)).toMatchObject({
      name: 'ULTRA 50 mg',
      strength: '50 mg',
      price: '10',
      oldPrice: '9',
      priceCeiling: '12',
      dosageForm: 'capsule',
      formFamily: 'solid-oral',
      route: 'oral',
      activeRaw: 'tramadol + paracetamol',
      company: 'GSK',
      marketer: 'ALFA',
      category: ['IMPORTED'],
      atcCode: 'N02AX02',
      barcodes: [{ code: '4006381333931' }, { code: '5000456' }, { code: '5000457' }],
      controlledSchedule: 'II',
      status: 'discontinued',
      storage: 'refrigerate',
      handlingFlags: ['narcotic', 'light-sensitive'],
      rxOnly: true,
      baseUnit: 'capsule',
      unitsPerPack: '30',
      unitsPerStrip: '10',
    });
  });

  it('forms and routes as agencies write them, and words of the source’s own', async () => {
    const settings = { columns: { name: 'name', price: 'price', dosageForm: 'form', route: 'route' } };
    const { products } = await read(
      settings,
      'name,price,form,route\nA,1,Comprimé (à libération prolongée),Orale\nB,1,Collar,"Cutaneous, Otic"\nC 10 TABS,1,,\n',
    );
    expect(products.map(({ dosageForm, formFamily, route }) => [dosageForm, formFamily, route])).toEqual([
      ['modified-release tablet', 'solid-oral-modified', 'oral'],
      ['collar', 'other', 'otic, topical'],
      ['tablet', 'solid-oral', 'oral'],
    ]);
  });

  it('rows that are no products are refused with the reason the mapping gives', async () => {
    const settings = {
      skipRows: [
        { column: 'name', matches: '^TOTAL\\b', reason: 'is a subtotal' },
        { column: 'kind', equals: ['service'] },
      ],
    };
    const { products, reasons } = await read(
      settings,
      'name,price,kind\nA,1,drug\nTOTAL,99,\nB,2,service\nTOTALIX,3,drug\n',
    );
    expect(products.map(({ name }) => name)).toEqual(['A', 'TOTALIX']);
    expect(reasons).toEqual([
      'list.csv, line 3: name: is a subtotal',
      'list.csv, line 4: kind: is left out by the mapping',
    ]);
  });

  it('a value in none of the tables refuses the row', async () => {
    const settings = { columns: { name: 'name', price: 'price', schedule: 's', status: 'st', storage: 'k' } };
    const { reasons } = await read(settings, 'name,price,s,st,k\nA,1,Z,unknown,hot\nB,1,,,\n');
    expect(reasons).toHaveLength(3);
  });

  it('a source without prices says so', async () => {
    const source = csvSource(mapping({ price: null, columns: { name: 'name' } }));
    expect(source.states).toMatchObject({ price: false, pack: false, rxOnly: false });
    const { products } = await readSource(source, { 'a.csv': 'name\nA\n' });
    expect(products).toMatchObject([{ name: 'A', price: undefined }]);
  });
});
