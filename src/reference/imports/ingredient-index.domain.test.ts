import { describe, expect, it } from 'vitest';
import {
  buildIngredientIndex,
  editDistance,
  ingredientKey,
  isMisspellingOf,
} from './ingredient-index.domain.js';

describe('ingredientKey', () => {
  it.each([
    ['SULPHAMETHOXAZOLE', 'sulfamethoxazole'],
    ['VIT. B 12', 'vitamin b12'],
    ['VB12', 'vitamin b12'],
    ['B12', 'vitamin b12'],
    ['VITAMINE  E', 'vitamin e'],
    ['Vitamin D-3', 'vitamin d3'],
    ['VIT B-COMPLEX', 'vitamin b complex'],
    ['OMEGA3', 'omega 3'],
    ['CO-ENZYME Q-10', 'coenzyme q10'],
    ['COQ10', 'coenzyme q10'],
    ['C', 'c'],
    ['CEPHRADINE', 'cefradine'],
    ['ALUMINUM HYDROXIDE', 'aluminium hydroxide'],
    ['TOLTERODINE L TARTARATE', 'tolterodine l tartrate'],
    ['FERROUS BIS-GLYCINATE', 'ferrous bisglycinate'],
  ])('writes %s as %s', (name, key) => {
    expect(ingredientKey(name)).toBe(key);
  });
});

describe('isMisspellingOf', () => {
  it.each([
    ['omeprazol', 'omeprazole'],
    ['collegen', 'collagen'],
    ['chondriotin sulfate', 'chondroitin sulfate'],
    ['salisylic acid', 'salicylic acid'],
  ])('takes %s for %s', (wrong, right) => {
    expect(isMisspellingOf(wrong, right)).toBe(true);
  });

  it.each([
    ['inulin', 'insulin'],
    ['methanol', 'ethanol'],
    ['cystine', 'cysteine'],
    ['linolenic acid', 'linoleic acid'],
    ['lactase', 'lactose'],
    ['sodium nitrite', 'sodium nitrate'],
    ['sodium chlorite', 'sodium chloride'],
    ['silicone', 'silicon'],
    ['benzyl peroxide', 'benzoyl peroxide'],
    ['afatinib', 'apatinib'],
    ['prednisone', 'prednisolone'],
    ['chlorpropamide', 'chlorpromazine'],
    ['vinblastine', 'vincristine'],
    ['vitamin b1', 'vitamin b2'],
    ['omega 3', 'omega 6'],
    ['clove', 'clover'],
    ['zinc', 'zink'],
    ['lapatinib', 'apatinib'],
  ])('does not take %s for %s', (name, other) => {
    expect(isMisspellingOf(name, other)).toBe(false);
    expect(isMisspellingOf(other, name)).toBe(false);
  });
});

describe('editDistance', () => {
  it('counts insertions, deletions, substitutions and transpositions of neighbours', () => {
    expect(editDistance('kitten', 'sitting', 5)).toBe(3);
    expect(editDistance('acid', 'aicd', 2)).toBe(1);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });
});

describe('buildIngredientIndex', () => {
  const index = buildIngredientIndex([
    { name: 'metoprolol', ingredient: 'metoprolol' },
    { name: 'cinnarizine', ingredient: 'cinnarizine' },
    { name: 'cefaclor', ingredient: 'cefaclor' },
    { name: 'hyaluronic acid', ingredient: 'hyaluronic acid' },
    { name: 'gestodene', ingredient: 'gestodene' },
    { name: 'gestonene', ingredient: 'another' },
    { name: 'shared name', ingredient: 'one' },
    { name: 'SHARED  NAME', ingredient: 'other' },
  ]);

  it('gives a name claimed by two ingredients to neither', () => {
    expect(index.resolve('shared name')).toBeUndefined();
  });

  it('takes no notice of blanks in long names', () => {
    expect(index.resolve('hyaluronicacid')).toBe('hyaluronic acid');
  });

  it('suggests the one name a letter away', () => {
    expect(index.suggest?.('metoprlol')).toEqual(['metoprolol']);
    expect(index.suggest?.('metformin')).toEqual([]);
  });

  it('names both when a second ingredient is nearly as close', () => {
    expect([...(index.suggest?.('gestodenne') ?? [])].sort()).toEqual(['another', 'gestodene']);
  });
});
