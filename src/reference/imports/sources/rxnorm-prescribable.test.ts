import { describe, expect, it } from 'vitest';

import { readRxNormName } from './rxnorm-name.domain.js';
import { RXNORM_PRESCRIBABLE } from './rxnorm-prescribable.js';
import { readSource } from './source-files.fixture.js';

const mg = (text: string, amount: string, more: object = {}) => ({ text, amount, unit: 'mg', ...more });

describe('a name of RxNorm', () => {
  it.each<[string, object]>([
    [
      'amlodipine 5 MG / olmesartan medoxomil 40 MG Oral Tablet [Azor]',
      {
        brand: 'Azor',
        parts: [mg('amlodipine', '5'), mg('olmesartan medoxomil', '40')],
        components: ['amlodipine 5 MG', 'olmesartan medoxomil 40 MG'],
        form: { form: 'tablet', family: 'solid-oral', baseUnit: 'tablet' },
        route: 'oral',
      },
    ],
    [
      '24 HR diltiazem hydrochloride 300 MG Extended Release Oral Capsule',
      {
        parts: [mg('diltiazem hydrochloride', '300')],
        components: ['diltiazem hydrochloride 300 MG'],
        form: { form: 'modified-release capsule', family: 'solid-oral-modified', baseUnit: 'capsule' },
        route: 'oral',
      },
    ],
    [
      'Abuse-Deterrent 12 HR oxycodone hydrochloride 20 MG Extended Release Oral Tablet',
      {
        parts: [mg('oxycodone hydrochloride', '20')],
        components: ['oxycodone hydrochloride 20 MG'],
        form: { form: 'modified-release tablet', family: 'solid-oral-modified', baseUnit: 'tablet' },
        route: 'oral',
      },
    ],
    [
      '1 ML droperidol 2.5 MG/ML Injection',
      {
        parts: [mg('droperidol', '2.5', { perAmount: '1', perUnit: 'ml' })],
        components: ['droperidol 2.5 MG/ML'],
        form: { form: 'injection', family: 'injection', baseUnit: 'piece' },
        route: 'injection',
      },
    ],
    [
      '{21 (ethinyl estradiol 0.03 MG / levonorgestrel 0.15 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } Pack [Portia 28 Day]',
      {
        brand: 'Portia 28 Day',
        parts: [mg('ethinyl estradiol', '0.03'), mg('levonorgestrel', '0.15')],
        components: ['ethinyl estradiol 0.03 MG', 'levonorgestrel 0.15 MG', 'inert ingredients 1 MG'],
        form: { form: 'tablet', family: 'solid-oral', baseUnit: 'tablet' },
        route: 'oral',
        unitsPerPack: '28',
      },
    ],
    [
      '10 ML delandistrogene moxeparvovec-rokl 13300000000000 VECTOR-GENOMES/ML Injection',
      {
        parts: [{ text: 'delandistrogene moxeparvovec-rokl' }],
        components: ['delandistrogene moxeparvovec-rokl 13300000000000 VECTOR-GENOMES/ML'],
        form: { form: 'injection', family: 'injection', baseUnit: 'piece' },
        route: 'injection',
      },
    ],
  ])('%s', (name, expected) => {
    expect(readRxNormName(name)).toEqual(expected);
  });

  it.each(['', '{', '{1 (', 'a / b', '[x]', ') / (', `${'x '.repeat(3000)}`])(
    'never throws on %j',
    (name) => {
      expect(readRxNormName(name)).toHaveProperty('parts');
    },
  );
});

const FILES = {
  'concepts.csv':
    'rxcui,tty,name\n1,SCD,losartan potassium 50 MG Oral Tablet\n2,SBD,losartan potassium 50 MG Oral Tablet [Cozaar]\n' +
    '3,SCDC,losartan potassium 50 MG\n4,BN,Cozaar\n5,IN,losartan\n6,PIN,losartan potassium\n7,MIN,losartan / hydrochlorothiazide\n' +
    '8,SCDC,nothing 1 MG\n9,BN,Nobrand\n10,DF,Oral Tablet\n"11",SBD,"fam-x, y 5 MG Injection [Other]"\n',
  'ingredients.csv':
    'rxcui,tty,name,unii\n5,IN,losartan,JMS50MPO89\n6,PIN,losartan potassium,3ST302B24A\n7,MIN,losartan / hydrochlorothiazide,\n',
  'concept_ingredient.csv': 'rxcui,ingredient_rxcui\n1,5\n1,6\n1,7\n2,5\n2,6\n3,5\n3,6\n77,5\n',
  'concept_brand.csv': 'rxcui,brand_rxcui\n2,4\n',
  'ndc.csv': 'ndc11,rxcui\n00006095254,2\n00006095231,2\n13107000101,1\n99999999999,77\nabc,1\n',
};

describe('RxNorm prescribable', () => {
  it('gives ingredients first, then products with their NDCs, and accounts for every row', async () => {
    const { ingredients, products, reasons } = await readSource(RXNORM_PRESCRIBABLE, FILES);
    expect(ingredients).toMatchObject([
      {
        sourceId: '5',
        name: 'losartan',
        role: 'substance',
        codes: { rxcui: '5', unii: 'JMS50MPO89' },
        synonyms: [{ text: 'Cozaar', kind: 'brand_generic' }],
      },
      { sourceId: '6', role: 'salt', baseId: '5' },
      { sourceId: '7', role: 'group' },
    ]);
    expect(products).toMatchObject([
      {
        sourceId: '1',
        name: 'losartan potassium 50 MG Oral Tablet',
        composition: [mg('losartan potassium', '50', { codes: { rxcui: '6', unii: '3ST302B24A' } })],
        dosageForm: 'tablet',
        route: 'oral',
        barcodes: [{ code: '13107000101', kind: 'ndc11' }, { code: 'abc' }],
      },
      { sourceId: '2', barcodes: [{ code: '00006095254' }, { code: '00006095231' }] },
      { sourceId: '11', name: 'fam-x, y 5 MG Injection [Other]' },
    ]);
    expect(reasons).toEqual([
      'concepts.csv, line 9: tty: is a component of no product',
      'concepts.csv, line 10: tty: is a brand of no product',
      'concepts.csv, line 11: tty: is a kind of concept the catalogue has no place for',
      'concept_ingredient.csv, line 9: rxcui: belongs to no product',
      'ndc.csv, line 5: rxcui: belongs to no product',
    ]);
  });

  it('takes no substance FDA keeps apart by a prefix for a salt of another', async () => {
    const { ingredients } = await readSource(RXNORM_PRESCRIBABLE, {
      ...FILES,
      'ingredients.csv': 'rxcui,tty,name,unii\n5,IN,trastuzumab,\n6,PIN,fam-trastuzumab deruxtecan-nxki,\n',
    });
    expect(ingredients[1]).not.toHaveProperty('baseId');
  });
});
