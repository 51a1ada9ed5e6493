import { describe, expect, it } from 'vitest';

import { cleanStrength, fdaComposition, splitOutside } from './fda-strength.domain.js';

const mg = (text: string, amount: string, more: object = {}) => ({ text, amount, unit: 'mg', ...more });

describe('ingredients and strengths of Drugs@FDA', () => {
  it.each<[string, string, object[]]>([
    ['LISINOPRIL', '10MG', [mg('LISINOPRIL', '10')]],
    ['ROSUVASTATIN CALCIUM', 'EQ 10MG BASE', [mg('ROSUVASTATIN CALCIUM', '10')]],
    [
      'AMOXICILLIN; CLAVULANATE POTASSIUM',
      '500MG;EQ 125MG BASE',
      [mg('AMOXICILLIN', '500'), mg('CLAVULANATE POTASSIUM', '125')],
    ],
    ['VERAPAMIL', '5MG/2ML (2.5MG/ML)', [mg('VERAPAMIL', '5', { perAmount: '2', perUnit: 'ml' })]],
    [
      'MILRINONE LACTATE',
      'EQ 1MG BASE/ML',
      [mg('MILRINONE LACTATE', '1', { perAmount: '1', perUnit: 'ml' })],
    ],
    [
      'HEPARIN SODIUM',
      '20,000 UNITS/ML',
      [{ text: 'HEPARIN SODIUM', amount: '20000', unit: 'unit', perAmount: '1', perUnit: 'ml' }],
    ],
    ['CEFEPIME', 'EQ 1GM BASE/VIAL', [{ text: 'CEFEPIME', amount: '1', unit: 'g' }]],
    ['RIVASTIGMINE', '13.3MG/24HR', [mg('RIVASTIGMINE', '13.3', { perAmount: '24', perUnit: 'hour' })]],
    ['ZOLMITRIPTAN', '2.5MG/SPRAY', [mg('ZOLMITRIPTAN', '2.5', { perAmount: '1', perUnit: 'dose' })]],
    [
      'DEXAMETHASONE SODIUM PHOSPHATE',
      'EQ 0.05% PHOSPHATE',
      [{ text: 'DEXAMETHASONE SODIUM PHOSPHATE', amount: '0.05', unit: '%' }],
    ],
    ['INTERFERON ALFA-2B', '10MIU/VIAL', [{ text: 'INTERFERON ALFA-2B', amount: '10000000', unit: 'iu' }]],
    [
      'LEVOTHYROXINE SODIUM',
      '0.175MG **See current Annual Edition, 1.8 Description of Special Situations, Levothyroxine Sodium',
      [mg('LEVOTHYROXINE SODIUM', '0.175')],
    ],
    [
      'ETHINYL ESTRADIOL; NORETHINDRONE',
      '0.035MG,0.035MG,0.035MG;0.5MG,1MG,0.5MG',
      [mg('ETHINYL ESTRADIOL', '0.035'), { text: 'NORETHINDRONE' }],
    ],
    [
      'SODIUM BENZOATE; SODIUM PHENYLACETATE',
      '10%;10% (5GM/50ML;5GM/50ML)',
      [
        { text: 'SODIUM BENZOATE', amount: '10', unit: '%' },
        { text: 'SODIUM PHENYLACETATE', amount: '10', unit: '%' },
      ],
    ],
    ['LAMIVUDINE; STAVUDINE', '150MG/30MG', [mg('LAMIVUDINE', '150'), mg('STAVUDINE', '30')]],
    ['LIOTRIX (T4;T3)', '0.025MG;0.0063MG', [{ text: 'LIOTRIX (T4;T3)' }]],
    ['CHLORMERODRIN HG-197', '0.6-1.4mCi/ML', [{ text: 'CHLORMERODRIN HG-197' }]],
    ['OXYGEN', '', [{ text: 'OXYGEN' }]],
  ])('%s, %s', (ingredients, strengths, parts) => {
    expect(fdaComposition(ingredients, strengths)).toEqual(parts);
  });

  it('are split outside brackets only', () => {
    expect(splitOutside('A (B;C); D)', ';')).toEqual(['A (B;C)', 'D)']);
    expect(cleanStrength('4%;1MG (4%;2MG/ML) **note**')).toBe('4%;1MG');
  });
});
