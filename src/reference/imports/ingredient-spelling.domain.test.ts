import { describe, expect, it } from 'vitest';
import { editDistance } from '../../platform/text/edit-distance.js';
import { isMisspellingOf, isRival, sameClass, slipsFrom } from './ingredient-spelling.domain.js';

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

describe('two slips', () => {
  it.each([
    ['cyclopentasilxan', 'cyclopentasiloxane', 2],
    ['hydrochlorthiazid', 'hydrochlorothiazide', 2],
    ['acetaminophine', 'acetaminophen', 2],
    ['levothryroxin', 'levothyroxine', 2],
    ['oanthenol', 'panthenol', 1],
  ])('takes %s for %s', (wrong, right, slips) => {
    expect(slipsFrom(wrong, right)).toBe(slips);
  });

  it.each([
    ['perflubron', 'perflutren'],
    ['clorophene', 'clomiphene'],
    ['metrizoate', 'metrifonate'],
    ['poloxamine', 'poloxalene'],
    ['copovidone', 'crospovidone'],
    ['dimethyl ether', 'diethyl ether'],
    ['hydroxymethyl cellulose', 'hydroxyethyl cellulose'],
    ['cefotaxime', 'cefoxitin'],
    ['clonidine', 'clozapine'],
    ['ranitidine', 'rimantadine'],
    ['levocetirizine', 'levocetrizate'],
  ])('does not take %s for %s', (name, other) => {
    expect(isMisspellingOf(name, other)).toBe(false);
    expect(isMisspellingOf(other, name)).toBe(false);
  });
});

describe('sameClass', () => {
  it('tells stems of different classes apart, and lets a misspelt stem pass', () => {
    expect(sameClass('ramipril', 'ramiprolol')).toBe(false);
    expect(sameClass('omeprazol', 'omeprazole')).toBe(true);
    expect(sameClass('esomeprazole', 'omeprazole')).toBe(true);
  });
});

describe('isRival', () => {
  it('takes no notice of another letter or number standing alone', () => {
    expect(isRival('viamin c', 'vitamin c', 'vitamin e', 1, 2)).toBe(false);
    expect(isRival('polvsorbate 80', 'polysorbate 80', 'polysorbate 20', 1, 2)).toBe(false);
  });

  it('counts a name near both as a rival', () => {
    expect(isRival('bearbery', 'bearberry', 'barberry', 1, 2)).toBe(true);
    expect(isRival('benfotamine', 'benfotiamine', 'benzoctamine', 1, 2)).toBe(false);
  });
});
