import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SpecResponse } from '../../../../test/builders/cds-call.js';
import type { ClinicalAlert } from '../../../reference/clinical/clinical.types.js';
import { alertCards, coverageCard } from './cards.domain.js';
import type { UnderstoodMedicine } from './check-input.domain.js';
import { markdownText } from './markdown.domain.js';
import { isWithinOne, repeatedIngredients } from './repeated-ingredients.domain.js';

let serial = 0;
const uuid = (): string => `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`;

const anAlert = (values: Partial<ClinicalAlert> = {}): ClinicalAlert => ({
  fingerprint: 'f',
  kind: 'interaction',
  severity: 'major',
  subjects: [
    { kind: 'ingredient', id: 1, name: 'warfarin' },
    { kind: 'ingredient', id: 2, name: 'ibuprofen' },
  ],
  message: 'warfarin with ibuprofen: Bleeding.',
  management: 'Avoid.',
  source: 'BNF',
  ruleId: 1,
  ruleCode: 'a+b',
  ruleVersion: 3,
  stops: true,
  ...values,
});

const aMedicine = (
  label: string,
  ids: readonly number[],
  reference: string | null = null,
): UnderstoodMedicine => ({
  named: { label, words: { codes: [], names: [label] }, ingredients: [], intakes: [{}], reference },
  drugId: undefined,
  parts: ids.map((ingredientId) => ({ ingredientId, name: `i${ingredientId}`, strength: null })),
});

const cards = (alerts: readonly ClinicalAlert[], orders: readonly UnderstoodMedicine[] = []) =>
  SpecResponse.parse({
    cards: alertCards(alerts, orders, ['prescriber_consulted'], uuid).map(({ card }) => card),
  }).cards;

describe('cards', () => {
  it.each([
    ['contraindicated', true, 'critical'],
    ['major', true, 'critical'],
    ['moderate', false, 'warning'],
    ['minor', false, 'info'],
  ] as const)('tell %s as %s', (severity, stops, indicator) => {
    const [card] = cards([anAlert({ severity, stops })], [aMedicine('x', [1], 'MedicationRequest/x')]);
    expect(card?.indicator).toBe(indicator);
    expect(card?.suggestions === undefined).toBe(indicator === 'info');
    expect(card?.overrideReasons === undefined).toBe(indicator === 'info');
  });

  it('suggest to remove any one of the orders concerned, and no other', () => {
    const orders = [
      aMedicine('a', [1], 'MedicationRequest/a'),
      aMedicine('b', [2, 3], 'MedicationRequest/b'),
      aMedicine('c', [4], 'MedicationRequest/c'),
      aMedicine('without id', [1]),
    ];
    const [card] = cards([anAlert()], orders);
    expect(card?.suggestions?.map(({ label }) => label)).toEqual([
      'Remove the order of a',
      'Remove the order of b',
    ]);
    expect(card?.selectionBehavior).toBe('at-most-one');
    expect(cards([anAlert({ subjects: [] })], orders)[0]?.suggestions).toBeUndefined();
  });

  it('name the rule, its version and its source', () => {
    expect(cards([anAlert()])[0]?.detail).toContain('**Source:** BNF (rule a+b, version 3)');
    expect(cards([anAlert({ ruleCode: null, ruleVersion: null })])[0]?.detail).toMatch(
      /\*\*Source:\*\* BNF$/,
    );
  });

  it('have a source, whatever the rule says', () => {
    expect(cards([anAlert({ source: '\u0000 ' })])[0]?.source.label).toBe('Meditory');
  });

  it('tell one dose that is above the limits of several routes once', () => {
    const dose = (message: string, source: string) =>
      anAlert({
        kind: 'dose',
        message,
        source,
        subjects: [{ kind: 'ingredient', id: 1, name: 'paracetamol' }],
      });
    const made = cards([dose('too much by mouth', 'A'), dose('too much in the vein', 'B')]);
    expect(made).toHaveLength(1);
    for (const words of ['too much by mouth', 'too much in the vein', '**Source:** A', '**Source:** B'])
      expect(made[0]?.detail).toContain(words);
    expect(cards([anAlert(), anAlert()])).toHaveLength(2);
  });

  it('are at most a hundred, and the rest are counted in one more, as grave as the gravest of them', () => {
    const alerts = Array.from({ length: 130 }, () => anAlert());
    const made = cards([...alerts, anAlert({ severity: 'moderate', stops: false })]);
    expect(made).toHaveLength(101);
    expect(made.at(-1)).toMatchObject({
      indicator: 'critical',
      summary: expect.stringContaining('31 more findings') as string,
    });
  });

  it('are of the specification whatever rules and names say', () => {
    const words = fc.string({ minLength: 1, maxLength: 400, unit: 'binary' });
    fc.assert(
      fc.property(words, words, words, words, (message, management, source, label) => {
        cards([anAlert({ message, management, source })], [aMedicine(label, [1], 'MedicationRequest/1')]);
        const coverage = coverageCard(
          [{ rule: 'dose', reason: message, subjects: [{ kind: 'drug', id: null, name: label }] }],
          [{ reason: source, about: Array.from({ length: 50 }, (_, n) => `${label}${n}`) }],
          uuid,
        );
        SpecResponse.parse({ cards: [coverage?.card] });
      }),
    );
  });

  it('say nothing of coverage when everything was checked, and each gap once', () => {
    expect(coverageCard([], [], uuid)).toBeUndefined();
    const gap = { reason: 'the client did not send', about: ['the allergies'] };
    const detail = coverageCard([], [gap, { ...gap, about: ['the conditions'] }, gap], uuid)?.card.detail;
    expect(detail).toBe('- **Data:** the client did not send (the allergies; the conditions)');
  });
});

describe('text in Markdown', () => {
  it('leaves no mark of Markdown or HTML unescaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const unescaped = markdownText(text).replace(/\\[\\`*_{}[\]<>#|~&@!:.+\-=)]/g, '');
        expect(unescaped).not.toMatch(/[\\`*_{}[\]<>#|~&@!\n\r]|:\/\/|\bwww\.|^[+\-=]|^\d+[.)](?:\s|$)/i);
      }),
    );
  });

  it.each([
    ['0.5 to 1.5 mg (twice)', '0.5 to 1.5 mg (twice)'],
    ['a\nb', 'a b'],
    ['<script>', '\\<script\\>'],
    ['1. item', '1\\. item'],
    ['- item', '\\- item'],
    ['WWW.x.test', 'WWW\\.x.test'],
  ])('%j', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });
});

describe('medicines known by their ingredients', () => {
  it('repeat an ingredient in two of them, unless they are one going on', () => {
    const [a, b] = [aMedicine('A', [1]), aMedicine('B', [2, 1])];
    expect(repeatedIngredients([a], [b]).map(({ message }) => message)).toEqual(['A and B contain i1.']);
    expect(repeatedIngredients([a, b], [])).toHaveLength(1);
    const many = Array.from({ length: 7 }, (_, n) => aMedicine(`M${n}`, [1]));
    expect(repeatedIngredients([a], many).map(({ message }) => message)).toEqual([
      'A and M0, M1, M2, M3, M4 and 2 more contain i1.',
    ]);
    expect(repeatedIngredients([a], [aMedicine('a', [1])])).toEqual([]);
    expect(repeatedIngredients([], [a, b])).toEqual([]);
    const coded = (label: string) => ({
      ...aMedicine(label, [1]),
      named: {
        ...aMedicine(label, [1]).named,
        words: { codes: [{ system: 'rxcui' as const, code: '1' }], names: [] },
      },
    });
    expect(repeatedIngredients([coded('X')], [coded('Y')])).toEqual([]);
  });

  it('do not interact inside one', () => {
    const both = aMedicine('A', [1, 2]);
    expect(isWithinOne(anAlert(), [both])).toBe(true);
    expect(isWithinOne(anAlert(), [both, aMedicine('B', [2])])).toBe(false);
    expect(isWithinOne(anAlert(), [aMedicine('A', [1]), aMedicine('B', [2])])).toBe(false);
    expect(isWithinOne(anAlert({ kind: 'allergy' }), [both])).toBe(false);
  });
});
