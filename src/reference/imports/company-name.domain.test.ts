import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCompanies, readCompanyName } from './company-name.domain.js';

function names(raw: string): Array<string | undefined> {
  const { maker, marketer } = readCompanies(raw, '>');
  return [maker?.name, marketer?.name];
}

describe('readCompanies', () => {
  it.each([
    ['HIKMA PHARMA', ['HIKMA PHARMA', undefined]],
    ['ORGANIX > NOVACURE', ['ORGANIX', 'NOVACURE']],
    ['> MERVA PHARM', [undefined, 'MERVA PHARM']],
    ['SANOFI >', ['SANOFI', undefined]],
    ['ORGANIXS > PHENOMENA PHARMA --> BIOELIXIR PHARMA', ['ORGANIXS', 'BIOELIXIR PHARMA']],
    ['EVA PHARMA > Eva  Pharma.', ['EVA PHARMA', undefined]],
    ['EL NILE. > LIPTIS', ['EL NILE', 'LIPTIS']],
    [
      'EGYPTIAN COMPANY FOR COSMETICS ( ECC ) > BIOTREATS',
      ['EGYPTIAN COMPANY FOR COSMETICS (ECC)', 'BIOTREATS'],
    ],
    ['BRISTOL-MYERS SQUIBB >', ['BRISTOL-MYERS SQUIBB', undefined]],
    ['-', [undefined, undefined]],
    ['.', [undefined, undefined]],
    ['', [undefined, undefined]],
    ['N/A > -', [undefined, undefined]],
  ])('reads %j as %j', (raw, expected) => {
    expect(names(raw)).toEqual(expected);
  });

  it('unifies case, blanks and punctuation and nothing else', () => {
    expect(readCompanyName('Apex  pharma.')?.folded).toBe(readCompanyName('APEX PHARMA')?.folded);
    expect(readCompanyName('PHARMA EGYPT')?.folded).not.toBe(readCompanyName('EGYPT PHARMA')?.folded);
    expect(readCompanyName('EVA')?.folded).not.toBe(readCompanyName('EVA PHARMA')?.folded);
  });

  it('reads a tidied name again to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AB c.,-()/> '.split('')) }), (raw) => {
        const company = readCompanyName(raw);
        if (company !== undefined) expect(readCompanyName(company.name)).toEqual(company);
      }),
    );
  });
});
