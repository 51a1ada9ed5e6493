import { describe, expect, it } from 'vitest';

import { readEvidence, readSeverity } from './rule-words.domain.js';

describe('severity words', () => {
  it.each([
    ['Severe', 'major'],
    ['HIGH', 'major'],
    ['Serious - Use Alternative', 'major'],
    ['X', 'contraindicated'],
    ['Contra-indicated', 'contraindicated'],
    ['avoid combination', 'contraindicated'],
    ['D', 'major'],
    ['c', 'moderate'],
    ['Category C', 'moderate'],
    ['moderate', 'moderate'],
    ['Monitor Closely', 'moderate'],
    ['B', 'minor'],
    [' Mild ', 'minor'],
    ['A', 'none'],
    ['No known interaction', 'none'],
    ['Unknown', 'unknown'],
  ])('%s means %s', (word, meaning) => {
    expect(readSeverity(word)).toBe(meaning);
  });

  it.each(['', 'awful', 'xx', 'valueOf', '__proto__', 'constructor'])('"%s" means nothing', (word) => {
    expect(readSeverity(word)).toBeUndefined();
  });

  it('words of a mapping go first', () => {
    expect(readSeverity('C', new Map([['c', 'minor']]))).toBe('minor');
  });
});

describe('words on evidence', () => {
  it.each([
    ['Established', 'established'],
    ['good', 'established'],
    ['Fair', 'probable'],
    ['theoretical', 'suspected'],
    ['hearsay', undefined],
  ])('%s means %s', (word, meaning) => {
    expect(readEvidence(word)).toBe(meaning);
  });
});
