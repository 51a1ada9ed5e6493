import { describe, expect, it } from 'vitest';
import {
  columnNames,
  EMPTY_MAPPING,
  guessColumns,
  likelyDelimiter,
  missingIn,
  toMapping,
  valuesOf,
} from './mapping.domain';

describe('mapping of a delimited file', () => {
  it('tells the delimiter from the headings', () => {
    expect(likelyDelimiter('name;price;company, ltd')).toBe(';');
    expect(likelyDelimiter('name\tprice\tcompany')).toBe('\t');
    expect(likelyDelimiter('name')).toBe(',');
  });

  it('takes quoted values whole', () => {
    expect(valuesOf('1,"Panadol ""Extra"", 24",30.00,', ',')).toEqual([
      '1',
      'Panadol "Extra", 24',
      '30.00',
      '',
    ]);
  });

  it('names columns by number where there is no heading', () => {
    expect(columnNames('Panadol;30', { delimiter: ';', hasHeader: false })).toEqual(['1', '2']);
  });

  it('guesses what columns hold, none of them twice', () => {
    expect(guessColumns(['code', 'Trade name', 'name_ar', 'Price EGP', 'Manufacturer', 'notes'])).toEqual({
      sourceId: 'code',
      name: 'Trade name',
      nameAr: 'name_ar',
      price: 'Price EGP',
      company: 'Manufacturer',
    });
  });

  it('says what is missing', () => {
    expect(missingIn(EMPTY_MAPPING)).toEqual(['source', 'title', 'licence', 'name']);
    expect(
      missingIn({
        ...EMPTY_MAPPING,
        source: 'my-list',
        title: 'List',
        licence: 'own',
        columns: { name: 'n' },
      }),
    ).toEqual([]);
  });

  it('is identified by its id column, else by name and company', () => {
    const draft = { ...EMPTY_MAPPING, columns: { name: 'n', company: 'c', price: 'p' } };
    expect(toMapping(draft)).toMatchObject({ idFields: ['name', 'company'], price: { maximum: '1000000' } });
    expect(toMapping({ ...draft, columns: { name: 'n', sourceId: 'id' } })).toMatchObject({
      idFields: ['sourceId'],
      price: null,
    });
  });
});
