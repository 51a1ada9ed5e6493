import { describe, expect, it } from 'vitest';

import type { ClinicalAlert, NotChecked, Screening } from '../../reference/clinical/clinical.types.js';
import { weigh, type Candidate } from './alternatives.domain.js';

const alert = (fingerprint: string, severity: ClinicalAlert['severity']): ClinicalAlert => ({
  fingerprint,
  kind: 'interaction',
  severity,
  subjects: [],
  message: '',
  management: '',
  source: '',
  ruleId: null,
  ruleCode: null,
  ruleVersion: null,
  stops: severity === 'contraindicated' || severity === 'major',
});
const drug = (id: number) => ({ kind: 'drug', id, name: `drug ${id}` }) as const;
const gap = (rule: NotChecked['rule'], ...subjects: NotChecked['subjects']): NotChecked => ({
  rule,
  reason: 'not known',
  subjects,
});
const screening = (alerts: readonly ClinicalAlert[], notChecked: readonly NotChecked[] = []): Screening => ({
  alerts,
  notChecked,
});
const candidate = (drugId: number, values: Partial<Candidate> = {}): Candidate => ({
  drugId,
  ingredientIds: [drugId * 10],
  isInStock: true,
  sameRoute: true,
  ...values,
});
const idsOf = ({ offered }: ReturnType<typeof weigh>): number[] =>
  offered.map(({ product }) => product.drugId);

const NOTHING = screening([]);

describe('alternatives that would not alert', () => {
  it('leaves out what stops as well, and says how many', () => {
    const found = weigh([candidate(1), candidate(2), candidate(3)], NOTHING, [
      screening([alert('a', 'major')]),
      screening([alert('b', 'moderate')]),
      screening([alert('c', 'contraindicated')]),
    ]);
    expect([idsOf(found), found.stopping, found.unjudged]).toEqual([[2], 2, 0]);
    expect(found.offered[0]?.alerts).toEqual([alert('b', 'moderate')]);
  });

  it('does not blame a candidate for a stop that stands without it', () => {
    const standing = alert('between two others', 'major');
    const found = weigh([candidate(1)], screening([standing]), [screening([standing])]);
    expect(idsOf(found)).toEqual([1]);
    expect(found.offered[0]?.alerts).toEqual([]);
  });

  it('takes a finding that stops only with the candidate for a stop', () => {
    const found = weigh([candidate(1)], screening([alert('dose', 'moderate')]), [
      screening([alert('dose', 'major')]),
    ]);
    expect([idsOf(found), found.stopping]).toEqual([[], 1]);
  });

  it('does not offer what could not be judged: its ingredients are not known', () => {
    const found = weigh([candidate(1), candidate(2)], NOTHING, [
      screening([], [gap('all', drug(1))]),
      screening([], [gap('all', drug(9))]),
    ]);
    expect([idsOf(found), found.unjudged]).toEqual([[2], 1]);
  });

  it('tells what was not checked of the candidate and of the patient, not of other medicines', () => {
    const ingredient = (id: number) => ({ kind: 'ingredient', id, name: '' }) as const;
    const found = weigh([candidate(1)], NOTHING, [
      screening(
        [],
        [
          gap('allergy'),
          gap('dose', drug(1), drug(2)),
          gap('dose', drug(2)),
          gap('interaction', ingredient(10), ingredient(20)),
          gap('allergy', { kind: 'allergy', id: null, name: 'wasps' }),
        ],
      ),
    ]);
    expect(found.offered[0]?.notChecked.map(({ subjects }) => subjects.map(({ id }) => id))).toEqual([
      [],
      [1],
      [10],
      [null],
    ]);
  });

  it('offers what is in stock first, then the same route, then the fewest alerts and gaps, else as it came', () => {
    const candidates = [
      candidate(1, { isInStock: false }),
      candidate(2, { sameRoute: false }),
      candidate(3),
      candidate(4),
      candidate(5),
      candidate(6),
    ];
    const found = weigh(candidates, NOTHING, [
      NOTHING,
      NOTHING,
      screening([alert('x', 'minor')]),
      screening([], [gap('dose', drug(4))]),
      NOTHING,
      NOTHING,
    ]);
    expect(idsOf(found)).toEqual([5, 6, 4, 3, 2, 1]);
  });
});
