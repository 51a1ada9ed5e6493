import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIngredientIndex, ingredientKey } from './ingredient-index.domain.js';
import { IngredientParser, parseActiveRaw } from './ingredient-text.domain.js';

const NAMES = [
  'amlodipine',
  'losartan',
  'warfarin',
  'paracetamol',
  'zinc',
  'folic acid',
  'olive oil',
  'metformin',
];
const lexicon = buildIngredientIndex(NAMES.map((name) => ({ name, ingredient: name })));
const someNames = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 });
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        ...NAMES,
        '+',
        ' - ',
        '(',
        ')',
        '. ',
        '  ',
        ' 5 MG',
        ' AND ',
        'VIT C',
        '=',
        '/',
        'HCL',
        'OIL',
      ),
      {
        maxLength: 12,
      },
    )
    .map((words) => words.join(' ')),
);

describe('parseActiveRaw over any text', () => {
  it('never throws, and links only to ingredients that exist', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        for (const part of parseActiveRaw(raw, lexicon)) {
          expect(part.text).not.toBe('');
          expect(part.status === 'linked').toBe(part.ingredient !== undefined);
          if (part.status === 'linked') expect(NAMES).toContain(part.ingredient);
          if (part.status === 'new') expect(part.name.length).toBeGreaterThanOrEqual(4);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('gives the same answer twice, whatever was read before', () => {
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const parser = new IngredientParser(lexicon);
        parser.parse(first);
        expect(parser.parse(second)).toEqual(parseActiveRaw(second, lexicon));
      }),
    );
  });

  it('reads back a list of known names in order, with salts and strengths', () => {
    const decorated = fc.record({
      salt: fc.constantFrom('', ' HYDROCHLORIDE', ' MALEATE', ' BESYLATE'),
      strength: fc.constantFrom('', ' 5 MG', ' 0.5%', ' 10.000 I.U.'),
    });
    fc.assert(
      fc.property(someNames, fc.array(decorated, { minLength: 5, maxLength: 5 }), (names, decorations) => {
        const written = names.map((name, i) => {
          const salt = name === 'zinc' || name.includes(' ') ? '' : (decorations[i]?.salt ?? '');
          return `${name.toUpperCase()}${salt}${decorations[i]?.strength ?? ''}`;
        });
        expect(parseActiveRaw(written.join('+'), lexicon).map((part) => part.ingredient)).toEqual(names);
      }),
    );
  });

  it('never corrects a name that another known name could also be', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,12}$/), fc.stringMatching(/^[a-z]$/), (stem, letter) => {
        fc.pre(!['c', 'd'].includes(letter));
        const twins = buildIngredientIndex([
          { name: `${stem}c`, ingredient: 1 },
          { name: `${stem}d`, ingredient: 2 },
        ]);
        const [part] = parseActiveRaw(`${stem}${letter}`, twins);
        expect(part?.ingredient).toBeUndefined();
      }),
    );
  });

  it('compares names by a key that does not change when taken again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abcdeitvVIT 0123-.()sulphomega'.split('')) }),
        (name) => {
          const key = ingredientKey(name);
          expect(ingredientKey(key)).toBe(key);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
