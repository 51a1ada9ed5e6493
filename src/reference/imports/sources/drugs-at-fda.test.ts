import { describe, expect, it } from 'vitest';

import { DRUGS_AT_FDA } from './drugs-at-fda.js';
import { readSource } from './source-files.fixture.js';

const table = (...lines: string[]): string =>
  lines.map((line) => line.replaceAll('|', '\t')).join('\r\n') + '\r\n';
const PRODUCTS = 'ApplNo|ProductNo|Form|Strength|ReferenceDrug|DrugName|ActiveIngredient|ReferenceStandard';

const FILES = {
  'Products.txt': table(
    PRODUCTS,
    '000001|001|TABLET;ORAL|10MG|1|ZESTRIL|LISINOPRIL|1',
    '000001|002|TABLET;ORAL|20MG|1|ZESTRIL|LISINOPRIL|1',
    '000002|001|SOLUTION/DROPS;OPHTHALMIC, OTIC|1%;EQ 2MG BASE/ML **note**|0|DROPPY "X"|NEOMYCIN; DEXAMETHASONE|0',
    '000003|001|GEL;TOPICAL|5%|0|GELLY|BENZOYL PEROXIDE|0',
    '000004|001|UNKNOWN|N/A|0|OLD|THING|0',
    '000001|001|TABLET;ORAL|10MG|1|ZESTRIL|LISINOPRIL|1',
    '000005|001|TABLET;ORAL|1MG|0|TRAIL|X|0|',
    'xx|001|TABLET;ORAL|1MG|0|BAD|X|0',
  ),
  'Applications.txt': table(
    'ApplNo|ApplType|ApplPublicNotes|SponsorName',
    '000001|NDA||ASTRA',
    '000002|ANDA||EYECO',
    '000009|NDA||NOBODY',
  ),
  'MarketingStatus.txt': table(
    'MarketingStatusID|ApplNo|ProductNo',
    '1|000001|001',
    '3|000001|002',
    '1|000002|001',
    '2|000002|001',
    '2|000003|001',
    '4|000004|001',
    '1|000009|001',
  ),
  'MarketingStatus_Lookup.txt': table(
    'MarketingStatusID|MarketingStatusDescription',
    '1|Prescription',
    '2|Over-the-counter',
    '3|Discontinued',
    '4|None (Tentative Approval)',
    '5|Never used',
  ),
  'TE.txt': table('ApplNo|ProductNo|MarketingStatusID|TECode', '000001|001|1|AB'),
};

describe('Drugs@FDA', () => {
  it('is joined into products with names of their own, and every row is accounted for', async () => {
    const { products, reasons } = await readSource(DRUGS_AT_FDA, FILES);
    expect(products).toMatchObject([
      {
        sourceId: '000001-001',
        name: 'ZESTRIL 10 MG TABLET',
        composition: [{ text: 'LISINOPRIL', amount: '10', unit: 'mg' }],
        dosageForm: 'tablet',
        route: 'oral',
        company: 'ASTRA',
        status: 'active',
        rxOnly: true,
      },
      { sourceId: '000001-002', name: 'ZESTRIL 20 MG TABLET', company: 'ASTRA', status: 'discontinued' },
      {
        name: 'DROPPY "X" 1 % / 2 MG/ML EYE DROPS',
        dosageForm: 'eye drops',
        route: 'ophthalmic, otic',
        rxOnly: true,
      },
      { name: 'GELLY 5 % GEL', rxOnly: false, status: 'active' },
      { name: 'OLD', status: 'discontinued', rxOnly: true },
    ]);
    expect(products[4]).not.toHaveProperty('dosageForm');
    expect(reasons).toEqual([
      'Products.txt, line 7: ProductNo: repeats line 2',
      'Products.txt, line 8: has 9 columns where the header has 8',
      'Products.txt, line 9: ApplNo: is not an application with a product',
      'Applications.txt, line 4: ApplNo: belongs to no product of Products.txt',
      'MarketingStatus.txt, line 8: ProductNo: belongs to no product of Products.txt',
      'MarketingStatus_Lookup.txt, line 6: MarketingStatusID: is the status of no product',
    ]);
  });

  it('says which product a broken row was, so that it is not taken for gone', async () => {
    const { rejects } = await readSource(DRUGS_AT_FDA, FILES);
    expect(rejects.find(({ line }) => line === 8)).toHaveProperty('sourceId', '000005-001');
  });

  it('knows the usual status numbers where the lookup is not given', async () => {
    const { 'MarketingStatus_Lookup.txt': _lookup, 'TE.txt': _te, ...files } = FILES;
    const { products } = await readSource(DRUGS_AT_FDA, files);
    expect(products.map(({ status }) => status)).toEqual([
      'active',
      'discontinued',
      'active',
      'active',
      'discontinued',
    ]);
  });
});
