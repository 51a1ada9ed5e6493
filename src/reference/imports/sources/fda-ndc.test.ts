import { describe, expect, it } from 'vitest';

import { fdaNdc } from './fda-ndc.js';
import { readSource } from './source-files.fixture.js';

const table = (...lines: string[]): string =>
  lines.map((line) => line.replaceAll('|', '\t')).join('\r\n') + '\r\n';
const source = fdaNdc(() => '2026-11-22');

const FINISHED =
  'PRODUCTID|PRODUCTNDC|PRODUCTTYPENAME|PROPRIETARYNAME|PROPRIETARYNAMESUFFIX|NONPROPRIETARYNAME|DOSAGEFORMNAME|ROUTENAME|STARTMARKETINGDATE|ENDMARKETINGDATE|MARKETINGCATEGORYNAME|APPLICATIONNUMBER|LABELERNAME|SUBSTANCENAME|ACTIVE_NUMERATOR_STRENGTH|ACTIVE_INGRED_UNIT|PHARM_CLASSES|DEASCHEDULE|NDC_EXCLUDE_FLAG|LISTING_RECORD_CERTIFIED_THROUGH';
const UNFINISHED =
  'PRODUCTID|PRODUCTNDC|PRODUCTTYPENAME|NONPROPRIETARYNAME|DOSAGEFORMNAME|STARTMARKETINGDATE|ENDMARKETINGDATE|MARKETINGCATEGORYNAME|LABELERNAME|SUBSTANCENAME|ACTIVE_NUMERATOR_STRENGTH|ACTIVE_INGRED_UNIT|DEASCHEDULE|LISTING_RECORD_CERTIFIED_THROUGH';
const FINISHED_PACKAGES =
  'PRODUCTID|PRODUCTNDC|NDCPACKAGECODE|PACKAGEDESCRIPTION|STARTMARKETINGDATE|ENDMARKETINGDATE|NDC_EXCLUDE_FLAG|SAMPLE_PACKAGE';
const UNFINISHED_PACKAGES = 'PRODUCTID|PRODUCTNDC|NDCPACKAGECODE|PACKAGEDESCRIPTION';

const FILES = {
  'product.txt': table(
    FINISHED,
    'a|0093-0001|HUMAN PRESCRIPTION DRUG|Vicodin|HP|Hydrocodone and Acetaminophen|TABLET|ORAL|1990||ANDA|A1|Teva|HYDROCODONE BITARTRATE; ACETAMINOPHEN|10; 660|mg/1; mg/1|Opioid Agonist [EPC],Full Opioid Agonists [MoA]|CII|N|2026',
    'b|0093-0002|HUMAN OTC DRUG|Aspirin||aspirin|TABLET, DELAYED RELEASE|ORAL|1990|20200101|OTC|A2|Teva|ASPIRIN|81|mg/1|||N|2026',
  ),
  'package.txt': table(
    FINISHED_PACKAGES,
    'a|0093-0001|0093-0001-10|10 BLISTER PACK in 1 CARTON (0093-0001-10)  > 10 TABLET in 1 BLISTER PACK (0093-0001-11)|2000||N|N',
    'a|0093-0001|0093-0001-01|30 TABLET in 1 BOTTLE (0093-0001-01) |2000||N|N',
  ),
  'unfinished_product.txt': Buffer.from(
    table(
      UNFINISHED,
      'u1|49452-100|BULK INGREDIENT|Menthol|CRYSTAL|2010||BULK INGREDIENT|M\u00fcller|MENTHOL|1|kg/kg||2018',
      'u2|49452-100|BULK INGREDIENT|menthol (L)|CRYSTAL|2012||BULK INGREDIENT|Muller|MENTHOL|25|kg/25kg||2018',
      'u3|49452-100|BULK INGREDIENT|Menthol|POWDER|2012||BULK INGREDIENT|Muller|MENTHOL|1|kg/kg||2018',
      'u4|49452-200|BULK INGREDIENT|X|POWDER|2012||BULK INGREDIENT|<text xmlns="urn:hl7-org:v3"> <par|X|1|kg/kg||2018',
    ),
    'latin1',
  ),
  'unfinished_package.txt': table(
    UNFINISHED_PACKAGES,
    'u1|49452-100|49452-100-01|25 kg in 1 DRUM (49452-100-01) ',
    'u2|49452-100|49452-100-02|2 BAG in 1 BOX (49452-100-02)  > 1 kg in 1 BAG (49452-777-01)',
    'u2|49452-100|02|1 kg in 1 BAG (49452-100-02)',
    'u3|49452-100|49452-100-03|1 kg in 1 BAG (49452-100-03) ',
    'u4|49452-200|49452-200-01|1 kg in 1 BAG (49452-200-01) ',
    'u9|49452-999|49452-999-01|1 kg in 1 BAG (49452-999-01) ',
  ),
};

describe('the NDC directory', () => {
  it('is read in both layouts, and every row is accounted for', async () => {
    const { products, reasons } = await readSource(source, FILES);
    expect(products).toMatchObject([
      {
        sourceId: '0093-0001',
        name: 'Vicodin HP 10 mg / 660 mg tablet',
        composition: [
          { text: 'HYDROCODONE BITARTRATE', amount: '10', unit: 'mg' },
          { text: 'ACETAMINOPHEN', amount: '660', unit: 'mg' },
        ],
        dosageForm: 'tablet',
        route: 'oral',
        company: 'Teva',
        category: ['Opioid Agonist'],
        baseUnit: 'tablet',
        unitsPerPack: '30',
        unitsPerStrip: '10',
        controlledSchedule: 'II',
        rxOnly: true,
        status: 'active',
      },
      {
        name: 'Aspirin 81 mg enteric-coated tablet',
        dosageForm: 'enteric-coated tablet',
        rxOnly: false,
        status: 'discontinued',
      },
      {
        sourceId: '49452-100',
        name: 'Menthol crystal',
        company: 'Müller',
        composition: [{ text: 'MENTHOL' }],
      },
    ]);
    expect(
      products[0]?.barcodes?.map(({ code, kind, packLevel, baseUnits }) => [
        code,
        kind,
        packLevel,
        baseUnits,
      ]),
    ).toEqual([
      ['0093-0001-10', 'ndc10', 'pack', '100'],
      ['300930001109', 'gtin', 'pack', '100'],
      ['0093-0001-11', 'ndc10', 'strip', '10'],
      ['300930001116', 'gtin', 'strip', '10'],
      ['0093-0001-01', 'ndc10', 'pack', '30'],
      ['300930001017', 'gtin', 'pack', '30'],
    ]);
    expect(products[2]?.barcodes?.map(({ code }) => code)).toEqual(['49452-100-01', '49452-100-02']);
    expect([...reasons].sort()).toEqual([
      'unfinished_package.txt, line 4: NDCPACKAGECODE: is not an NDC of three parts',
      'unfinished_package.txt, line 5: belongs to a refused product',
      'unfinished_package.txt, line 6: belongs to a refused product',
      'unfinished_package.txt, line 7: PRODUCTNDC: belongs to no product of the product files',
      'unfinished_product.txt, line 4: PRODUCTNDC: names the same product as line 2 with other content',
      'unfinished_product.txt, line 5: LABELERNAME: holds markup instead of a name',
    ]);
  });

  it('tells product and package files by their header, whatever their name', () => {
    const roleOf = (header: string) =>
      source.files.find((role) => role.recognise('any.txt', header.replaceAll('|', '\t')))?.role;
    expect([FINISHED, UNFINISHED, FINISHED_PACKAGES, UNFINISHED_PACKAGES].map(roleOf)).toEqual([
      'products',
      'products',
      'packages',
      'packages',
    ]);
    expect(roleOf('PRODUCTNDC|OTHER')).toBeUndefined();
  });
});
