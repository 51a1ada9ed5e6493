import { describe, expect, it } from 'vitest';
import { soundOf } from './ingredient-sound.domain.js';
import { suggestIngredients } from './ingredient-suggest.domain.js';
import { seedIndex } from './seed-lexicon.fixture.js';

const index = seedIndex();
const first = (text: string) => suggestIngredients(text, index)[0];
const names = (text: string): string[] => suggestIngredients(text, index).map(({ ingredient }) => ingredient);

describe('suggestIngredients', () => {
  it.each([
    ['PARACETAMOL', 'paracetamol', 'same name'],
    ['PARASETAMOL', 'paracetamol', 'misspelling'],
    ['AMOKSISILIN', 'amoxicillin', 'sounds like'],
    ['METOPROLOL ZZYZATE', 'metoprolol', 'contains'],
    ['بارسيتمول', 'paracetamol', 'same name'],
    ['تيكلوبيدين', 'ticlopidine', 'arabic spelling'],
    ['CARVEDILOL PHOSPHATE', 'carvedilol', 'salt of'],
    ['HYPROMELOSE 0.3%', 'hypromellose', 'misspelling'],
    ['EXTRA STRONG DICLOFENAC POWER GEL', 'diclofenac', 'contains'],
  ])('puts %s first as %s, %s', (text, ingredient, reason) => {
    expect(first(text)).toMatchObject({ ingredient, reason });
  });

  it('offers both where two are as near, so that a pharmacist chooses', () => {
    expect(names('PREDNISOLNE').slice(0, 2).sort()).toEqual(['prednisolone', 'prednisone']);
    expect(names('CETRAMIDE')).toEqual(expect.arrayContaining(['cetrimide', 'ceramide']));
  });

  it('offers at most as many as asked for, best first, each ingredient once', () => {
    const found = suggestIngredients('VITAMIN', index, 3);
    expect(found.length).toBeLessThanOrEqual(3);
    const scores = suggestIngredients('CHLORPHENIRAMIN MALEAT', index).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const offered = names('GLUCOSAMIN SULFATE');
    expect(new Set(offered).size).toBe(offered.length);
  });

  it('offers nothing for a text like no name', () => {
    expect(suggestIngredients('QQQ', index)).toEqual([]);
    expect(suggestIngredients('', index)).toEqual([]);
    expect(suggestIngredients('?? ????', index)).toEqual([]);
  });

  it('answers quickly enough for a page of a worklist', () => {
    suggestIngredients('WARM UP', index);
    const from = performance.now();
    for (let i = 0; i < 50; i++) suggestIngredients(`CHLOROPHENYRAMINE MALEATE ${i} MG`, index);
    // Measured 2 to 5 ms each; the limit leaves room for a busy machine.
    expect(performance.now() - from).toBeLessThan(30_000);
  });
});

describe('soundOf', () => {
  it('hears one name in both scripts', () => {
    expect(soundOf('paracetamol')).toBe(soundOf('باراسيتامول'));
    expect(soundOf('parasitamol')).toBe(soundOf('paracetamol'));
    expect(soundOf('ibuprofen')).toBe(soundOf('ايبوبروفين'));
  });
});
