import { describe, expect, it } from 'vitest';
import { buildIngredientIndex, ingredientKey } from './ingredient-index.domain.js';

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

  it('finds a name whose words stand in another order, and long ones written without blanks', () => {
    const names = buildIngredientIndex([
      { name: 'insulin human regular', ingredient: 'insulin' },
      { name: 'hepatitis b vaccine', ingredient: 'vaccine' },
    ]);
    expect(names.resolve('human regular insulin')).toBe('insulin');
    expect(names.resolve('vaccine hepatitis b')).toBe('vaccine');
    expect(names.resolve('human insulin')).toBeUndefined();
  });

  it('finds an Arabic name written as it sounds, unless two sound alike', () => {
    const names = buildIngredientIndex([
      { name: 'باراسيتامول', ingredient: 'paracetamol' },
      { name: 'بريدنيزولون', ingredient: 'prednisolone' },
      { name: 'بريدنيزون', ingredient: 'prednisone' },
    ]);
    for (const spelling of ['براسيتامول', 'باراستامول', 'باراسيتامول'])
      expect(names.resolve(ingredientKey(spelling)), spelling).toBe('paracetamol');
    expect(names.resolve(ingredientKey('بردنيزون'))).toBe('prednisone');
  });

  it('knows what a cut-off name may go on to', () => {
    expect(index.completions('metopr')).toEqual(['metoprolol']);
    expect([...index.completions('gesto')].sort()).toEqual(['another', 'gestodene']);
  });

  it('names both when a second ingredient is nearly as close', () => {
    expect([...(index.suggest?.('gestodenne') ?? [])].sort()).toEqual(['another', 'gestodene']);
  });
});
