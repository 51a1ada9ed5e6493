import { describe, expect, it } from 'vitest';
import { buildIngredientIndex } from './ingredient-index.domain.js';
import { parseActiveRaw } from './ingredient-text.domain.js';

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  paracetamol: ['acetaminophen', 'apap'],
  amlodipine: [],
  valsartan: [],
  losartan: [],
  omeprazole: [],
  'ascorbic acid': ['vitamin c'],
  tocopherol: ['vitamin e'],
  thiamine: ['vitamin b1'],
  pyridoxine: ['vitamin b6'],
  cyanocobalamin: ['vitamin b12'],
  colecalciferol: ['vitamin d3'],
  'folic acid': [],
  iron: [],
  zinc: [],
  magnesium: [],
  sodium: [],
  carnitine: [],
  glutamine: [],
  'olive oil': ['olive'],
  'argan oil': [],
  'sesame oil': [],
  thyme: [],
  ivy: [],
  glucose: ['dextrose'],
  collagen: [],
  panthenol: [],
  'hyaluronic acid': [],
  aspirin: [],
  water: [],
  rose: [],
};
const lexicon = buildIngredientIndex(
  Object.entries(KNOWN).flatMap(([ingredient, names]) =>
    [ingredient, ...names].map((name) => ({ name, ingredient })),
  ),
);

function read(raw: string): string[] {
  return parseActiveRaw(raw, lexicon).map((part) => {
    if (part.status === 'linked') return `${part.ingredient}/${part.linkedBy}`;
    return part.status === 'new' ? `new ${part.name}` : `${part.reason}`;
  });
}

describe('linking', () => {
  it.each([
    ['PARACETAMOL', ['paracetamol/name']],
    ['PARACETAMOL(ACETAMINOPHEN)', ['paracetamol/name']],
    ['UNHEARDOF (APAP)', ['paracetamol/bracket']],
    ['XYZ=ACETAMINOPHEN', ['paracetamol/bracket']],
    ['AMLODIPINE BESYLATE 10 MG', ['amlodipine/salt']],
    ['AMLODIPINE BESYLATE EQ. TO 5 MG AMLODIPINE', ['amlodipine/salt']],
    ['LOSARTAN POTASSIUM', ['losartan/salt']],
    ['L-CARNITINE', ['carnitine/qualifier']],
    ['THYME EXT.', ['thyme/qualifier']],
    ['IVY LEAF DRY EXTRACT 35 MG/5 ML', ['ivy/qualifier']],
    ['OMEPRAZOL', ['omeprazole/spelling']],
    ['ZN GLUCONATE', ['zinc/salt']],
    ['VITAMIN C 1000', ['ascorbic acid/qualifier']],
  ])('links %s', (raw, parts) => {
    expect(read(raw)).toEqual(parts);
  });

  it.each([
    ['OLIVE LEAF EXTRACT', ['new olive leaf extract']],
    ['OLIVE OIL', ['olive oil/name']],
    ['SODIUM FLUORIDE', ['new sodium fluoride']],
    ['GLUTAMINE MAGNESIUM', ['new glutamine magnesium']],
    ['VITAMIN D3 MAGNESIUM', ['colecalciferol/name', 'magnesium/name']],
    ['GLUCOSE (DEXTROSE) OXIDASE', ['new glucose oxidase']],
    ['ROSE WATER', ['new rose water']],
    ['AMLODIPINE BESYLATE (VALSARTAN)', ['ambiguous']],
    ['VITAMIN K7', ['new vitamin k7']],
  ])('does not lose or change a substance in %s', (raw, parts) => {
    expect(read(raw).sort()).toEqual([...parts].sort());
  });

  it.each([
    ['PRO', 'group'],
    ['MULTIVITAMINS', 'group'],
    ['SUN PROTECTION FORMULA', 'group'],
    ['18 OTHER ACTIVE INGREDIENTS', 'phrase'],
    ['12', 'number'],
    ['500 MG', 'number'],
    ['ZZ', 'too-short'],
    ['?? ????', 'unreadable'],
  ])('leaves %s for the worklist', (raw, reason) => {
    expect(read(raw)).toEqual([reason]);
  });
});

describe('splitting', () => {
  it.each([
    ['PARACETAMOL+ASPIRIN', ['paracetamol/name', 'aspirin/name']],
    ['VITAMINS(C+E+B6)', ['ascorbic acid/name', 'tocopherol/name', 'pyridoxine/name']],
    ['VITAMIN B1 & B 12', ['thiamine/name', 'cyanocobalamin/name']],
    ['VIT B1  6  12', ['thiamine/name', 'pyridoxine/name', 'cyanocobalamin/name']],
    ['VIT C AND E', ['ascorbic acid/name', 'tocopherol/name']],
    ['IRON - ZINC - FOLIC ACID', ['iron/name', 'zinc/name', 'folic acid/name']],
    ['IRON. ZINC. FOLIC ACID', ['iron/name', 'zinc/name', 'folic acid/name']],
    ['IRON/ZINC', ['iron/name', 'zinc/name']],
    ['IRON FOLIC ACID ZINC', ['iron/name', 'folic acid/name', 'zinc/name']],
    ['IRON 20 MG FOLIC ACID 5 MG', ['iron/name', 'folic acid/name']],
    ['OILS(ARGAN+SESAME OIL)', ['argan oil/name', 'sesame oil/name']],
    ['IRON\nZINC', ['iron/name', 'zinc/name']],
    ['5-FLUOROURACIL', ['new 5 fluorouracil']],
    ['BUTYL-PARA-AMINO-BENZOATE', ['new butyl para amino benzoate']],
    ['VITAMIN E (TOCOPHEROL) + ', ['tocopherol/name']],
    ['', []],
  ])('splits %j', (raw, parts) => {
    expect(read(raw)).toEqual(parts);
  });

  it('makes one part of an ingredient named twice side by side', () => {
    const [part, ...others] = parseActiveRaw('VITAMIN C ASCORBIC ACID 500 MG', lexicon);
    expect(others).toEqual([]);
    expect(part).toMatchObject({ ingredient: 'ascorbic acid', amount: '500', unit: 'mg' });
  });

  it('reads amounts with their denominator', () => {
    expect(parseActiveRaw('PARACETAMOL 250MG/5ML', lexicon)[0]).toMatchObject({
      amount: '250',
      unit: 'mg',
      per: { amount: '5', unit: 'ml' },
    });
  });

  it('reads single letters and symbols in a list with vitamins only', () => {
    expect(read('VITAMIN B1+C+ZN')).toEqual(['thiamine/name', 'ascorbic acid/name', 'zinc/symbol']);
    expect(read('FOLIC ACID+PARACETAMOL+ VIT B1+ZINC+E')).toContain('tocopherol/symbol');
    expect(read('PARACETAMOL+C')).toEqual(['paracetamol/name', 'too-short']);
  });
});
