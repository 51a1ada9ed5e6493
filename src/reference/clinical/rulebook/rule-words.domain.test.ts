import { describe, expect, it } from 'vitest';

import type { InteractionRule } from '../screening-knowledge.domain.js';
import { RuleWords } from './rule-words.domain.js';

const rule = (id: number, description: string): InteractionRule => ({
  id,
  code: `rule:${id}`,
  version: 1,
  source: '',
  subjectA: 'ingredient:1',
  subjectB: `ingredient:${id}`,
  routesA: null,
  routesB: null,
  severity: 'major',
  evidence: 'probable',
  mechanism: '',
  description,
  management: '',
});

/** Characters one rule without any text counts for. */
const EMPTY = 200;

describe('the words of rules kept in memory', () => {
  it('knows what was put in', () => {
    const words = new RuleWords(10 * EMPTY);
    words.put([rule(1, 'a'), rule(2, 'b')]);
    expect(words.get(2)?.description).toBe('b');
    expect([words.has(1), words.has(3), words.get(3)]).toEqual([true, false, undefined]);
  });

  it('lets the longest known go first when they grow too many', () => {
    const words = new RuleWords(3 * EMPTY);
    words.put([1, 2, 3, 4].map((id) => rule(id, '')));
    expect([1, 2, 3, 4].map((id) => words.has(id))).toEqual([false, true, true, true]);
  });

  it('counts the length of the texts, and a rule put in twice once', () => {
    const words = new RuleWords(3 * EMPTY);
    words.put([rule(1, 'x'.repeat(EMPTY)), rule(1, 'x'.repeat(EMPTY))]);
    words.put([rule(2, '')]);
    expect([words.has(1), words.has(2)]).toEqual([true, true]);
    words.put([rule(3, '')]);
    expect([words.has(1), words.has(2), words.has(3)]).toEqual([false, true, true]);
  });

  it('says when it is full, before anything is pushed out', () => {
    const words = new RuleWords(3 * EMPTY);
    words.put([rule(1, ''), rule(2, '')]);
    expect(words.isFull).toBe(false);
    words.put([rule(3, '')]);
    expect(words.isFull).toBe(true);
    expect(words.has(1)).toBe(true);
  });
});
