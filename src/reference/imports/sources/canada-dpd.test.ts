import { describe, expect, it } from 'vitest';

import { CANADA_DPD } from './canada-dpd.js';
import { readSource } from './source-files.fixture.js';

/** Rows as Health Canada writes them: every value quoted, no header. */
const rows = (...lines: ReadonlyArray<readonly string[]>): string =>
  lines.map((values) => values.map((value) => `"${value}"`).join(',')).join('\r\n') + '\r\n';
const drug = (code: string, din: string, name: string, productClass = 'Human', descriptor = ''): string[] => [
  code,
  '',
  productClass,
  din,
  name,
  descriptor,
  'N',
  '1',
  '1',
  '05-MAY-2015',
  '0100000001',
  '',
  '',
  '',
];
const comp = (code: string, name: string): string[] => [
  code,
  '',
  '1',
  name,
  'DIN OWNER',
  'Y',
  'Y',
  'Y',
  '',
  '',
  '',
  '',
  '',
  'CANADA',
  '',
  '',
  '',
  'CANADA',
];
const ingred = (
  code: string,
  name: string,
  strength: string,
  unit: string,
  value = '',
  per = '',
): string[] => [code, '9', name, 'I', strength, unit, '', value, 'N', per, '', '', unit, '', per];
const pack = (code: string, upc: string, information: string): string[] => [
  code,
  upc,
  '',
  '',
  '',
  information,
  '',
  '',
];
const status = (code: string, flag: string, text: string): string[] => [
  code,
  flag,
  text,
  '01-JAN-2020',
  '',
  '',
  '',
];
const ther = (code: string, atc: string, ahfs: string): string[] => [code, atc, '', '10:00', ahfs, '', ''];

const FILES = {
  'drug.txt': rows(
    drug('10', '00000001', 'APO-AMOXI'),
    drug('11', '00000002', 'OCUTIC', 'Veterinary'),
    drug('12', 'Not Applicable/non applicable', 'XENON', 'Radiopharmaceutical'),
  ),
  'comp.txt': rows(comp('10', 'APOTEX INC'), comp('11', 'VETCO'), comp('12', 'ISOTOPES')),
  'form.txt': rows(
    ['10', '1', 'POWDER FOR SUSPENSION', 'Poudre pour suspension'],
    ['11', '2', 'DROPS', 'Gouttes'],
    ['12', '3', '', 'Gaz'],
  ),
  'ingred.txt': rows(
    ingred('10', 'AMOXICILLIN (AMOXICILLIN TRIHYDRATE)', '250', 'MG', '5', 'ML'),
    ingred('11', 'NEOMYCIN', '0.5', '%', '', 'W/V'),
    ingred('11', 'NEOMYCIN', '0.5', '%', '', 'W/V'),
    ingred('12', 'XENON XE-133', '370', 'MBq', '', 'VIAL'),
  ),
  'route.txt': rows(
    ['10', '56', 'ORAL', 'Orale'],
    ['11', '55', 'OPHTHALMIC', 'Ophtalmique'],
    ['11', '57', 'OTIC', 'Otique'],
    ['12', '45', 'INHALATION', 'Inhalation'],
  ),
  'schedule.txt': rows(['10', 'Prescription', ''], ['11', 'OTC', ''], ['12', 'Schedule C', '']),
  'status.txt': rows(
    status('10', 'N', 'APPROVED'),
    status('10', 'Y', 'MARKETED'),
    status('11', 'Y', 'MARKETED'),
    status('12', 'Y', 'DORMANT'),
  ),
  'package.txt': rows(pack('10', '', '100ML'), pack('11', '4006381333931', '5ML'), pack('99', '', '30')),
  'ther.txt': rows(ther('10', 'J01CA04', 'PENICILLINS'), ther('11', 'QS01AA', 'ANTIBACTERIALS')),
  'pharm.txt': rows(['10', 'USP']),
  'vet.txt': rows(['11', 'DOGS', '', 'Chiens']),
};

describe('the Drug Product Database', () => {
  it('is joined into products by drug code, and every row is accounted for', async () => {
    const { products, reasons } = await readSource(CANADA_DPD, FILES);
    expect(reasons).toEqual(['package.txt, line 3: DRUG_CODE: belongs to no product of the drug files']);
    expect(products).toMatchObject([
      {
        sourceId: '00000001-10',
        name: 'APO-AMOXI 250 MG/5 ML SUSPENSION',
        composition: [
          {
            text: 'AMOXICILLIN (AMOXICILLIN TRIHYDRATE)',
            amount: '250',
            unit: 'mg',
            perAmount: '5',
            perUnit: 'ml',
          },
        ],
        strength: '250 mg/5 ml',
        dosageForm: 'suspension',
        route: 'oral',
        company: 'APOTEX INC',
        category: ['PENICILLINS'],
        atcCode: 'J01CA04',
        rxOnly: true,
        status: 'active',
      },
      {
        sourceId: '00000002-11',
        composition: [{ text: 'NEOMYCIN', amount: '0.5', unit: '%' }],
        dosageForm: 'eye drops',
        route: 'ophthalmic, otic',
        category: ['VETERINARY', 'ANTIBACTERIALS'],
        barcodes: [{ code: '4006381333931', kind: 'gtin' }],
        rxOnly: false,
      },
      {
        sourceId: 'none-12',
        composition: [{ text: 'XENON XE-133', amount: '370', unit: 'mbq' }],
        dosageForm: 'medicinal gas',
        status: 'discontinued',
      },
    ]);
    expect(products[1]).not.toHaveProperty('atcCode');
  });

  it('is the same whatever the order of the files', async () => {
    const backwards = Object.fromEntries(Object.entries(FILES).reverse());
    const [one, other] = [await readSource(CANADA_DPD, FILES), await readSource(CANADA_DPD, backwards)];
    const plain = (reading: typeof one) =>
      reading.products.map(({ file: _file, rows: _rows, barcodes: _barcodes, ...product }) => product);
    expect(plain(other)).toEqual(plain(one));
  });

  it('takes the approved, cancelled and dormant products beside the marketed ones', async () => {
    const { products } = await readSource(CANADA_DPD, {
      ...FILES,
      'DRUG_AP.TXT': rows(drug('20', '00000020', 'NEWDRUG')),
      'status_ap.txt': rows(status('20', 'Y', 'APPROVED')),
    });
    expect(products.map(({ sourceId, status: state }) => [sourceId, state]).at(-1)).toEqual([
      '00000020-20',
      'discontinued',
    ]);
  });

  it.each([
    ['Prescription', true, undefined],
    ['Narcotic (CDSA I)', true, 'II'],
    ['Schedule G (CDSA III)', true, 'III'],
    ['Targeted (CDSA IV)', true, 'IV'],
    ['OTC', false, undefined],
    ['Ethical', false, undefined],
  ])('reads the schedule %s', async (schedule, rxOnly, controlledSchedule) => {
    const { products } = await readSource(CANADA_DPD, {
      ...FILES,
      'schedule.txt': rows(['10', 'OTC', ''], ['10', schedule, '']),
    });
    expect(products[0]).toMatchObject({ rxOnly });
    expect(products[0]?.controlledSchedule).toBe(controlledSchedule);
  });

  it('counts packs of what is counted, the smallest first', async () => {
    const { products } = await readSource(CANADA_DPD, {
      ...FILES,
      'form.txt': rows(['10', '1', 'TABLET', '']),
      'package.txt': rows(pack('10', '', '100/500/30'), pack('10', '', '2X10 BLISTER')),
    });
    expect(products[0]).toMatchObject({ baseUnit: 'tablet', unitsPerPack: '30' });
    expect(products[0]?.packs?.map(({ baseUnits }) => baseUnits)).toEqual(['30', '100', '500']);
  });

  it('refuses broken rows alone, and says which product a broken one was', async () => {
    const { products, rejects, reasons } = await readSource(CANADA_DPD, {
      ...FILES,
      'drug.txt':
        rows(drug('10', '00000001', 'A "QUOTED" NAME'), drug('11', '00000002', 'GOOD')) +
        rows(drug('11', '00000002', 'AGAIN'), ['12', 'short']) +
        rows(drug('x', '00000003', 'NO CODE')),
    });
    expect(products.map(({ sourceId }) => sourceId)).toEqual(['00000002-11']);
    expect(reasons.filter((reason) => reason.startsWith('drug.txt'))).toEqual([
      'drug.txt, line 1: has a quote out of place',
      'drug.txt, line 3: DRUG_CODE: repeats line 2',
      'drug.txt, line 4: has 2 columns where the header has 14',
      'drug.txt, line 5: DRUG_CODE: is not a drug code',
    ]);
    expect(rejects[0]).toHaveProperty('sourceId', '00000001-10');
  });

  it('reads each line as UTF-8 or windows-1252', async () => {
    const mixed = Buffer.concat([
      Buffer.from(rows(comp('10', 'MÉDIC')), 'utf8'),
      Buffer.from(rows(comp('11', 'M\u00c9DIC')), 'latin1'),
    ]);
    const { products } = await readSource(CANADA_DPD, { ...FILES, 'comp.txt': mixed });
    expect(products.map(({ company }) => company)).toEqual(['MÉDIC', 'MÉDIC', undefined]);
  });
});
