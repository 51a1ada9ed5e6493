import { describe, expect, it } from 'vitest';
import en from '../i18n/errors.en.json';
import ar from '../i18n/errors.ar.json';
import core from '../i18n/en.json';
import { wordsOf, type Words } from './problem-words.domain';

/* Every refusal of the server has words in both languages, and its values are put into them. */

const TABLE = import.meta.glob<string>('../../../docs/generated/problems.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const codes = [...(Object.values(TABLE)[0] ?? '').matchAll(/^\| ([a-z][a-z-]+) \| \d{3} /gm)].map(
  ([, code = '']) => code,
);

const wordsIn = (texts: object): Words => {
  const raw = (key: string): string | undefined => {
    let at: unknown = texts;
    for (const part of key.split('.'))
      at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined;
    return typeof at === 'string' ? at : undefined;
  };
  return {
    raw,
    date: (value) => `<${value}>`,
  };
};
const refused = (code: string, params: Record<string, unknown> = {}) => ({
  code,
  title: 'Title of the server',
  detail: 'Detail of the server.',
  params,
});

describe('the words of a refusal', () => {
  it('are there for every code the server knows', () => {
    expect(codes.length).toBeGreaterThan(90);
    const known = new Set([...Object.keys(en.errors), ...Object.keys(core.errors)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('explain no code that has no words, and no other reasons in one language', () => {
    const known = new Set([...Object.keys(en.errors), ...Object.keys(core.errors)]);
    for (const code of [...Object.keys(en.errorDetail), ...Object.keys(en.errorReason)])
      expect(known, code).toContain(code);
    for (const [code, reasons] of Object.entries(en.errorReason))
      expect(Object.keys(ar.errorReason[code as keyof typeof ar.errorReason])).toEqual(Object.keys(reasons));
  });

  it.each([
    ['in Arabic, by the code alone', 'second-person-required', {}, ar.errorDetail['second-person-required']],
    [
      'by the reason',
      'witness-refused',
      { reason: 'same-person' },
      ar.errorReason['witness-refused']['same-person'],
    ],
    [
      'with a date as the language writes it',
      'refill-too-soon',
      { eligibleOn: '2026-12-01', alerts: [] },
      ar.errorDetail['refill-too-soon'].replace('{{eligibleOn}}', '\u2068<2026-12-01>\u2069'),
    ],
    [
      'with quantities without the zeros behind them',
      'insufficient-stock',
      { requested: '30.000', available: '2.500' },
      ar.errorDetail['insufficient-stock']
        .replace('{{requested}}', '\u206830\u2069')
        .replace('{{available}}', '\u20682.5\u2069'),
    ],
    [
      'with each lot of a recall kept apart',
      'insufficient-stock',
      {
        ...{ requested: '1', available: '0', reason: 'recalled' },
        ...{ recallIds: [7], lotNumbers: ['RC1', 'RC2'] },
      },
      ar.errorReason['insufficient-stock'].recalled
        .replace('{{requested}}', '\u20681\u2069')
        .replace('{{available}}', '\u20680\u2069')
        .replace('{{lotNumbers}}', '\u2068RC1\u2069 · \u2068RC2\u2069')
        .replace('{{recallIds}}', '\u20687\u2069'),
    ],
    ['without what was not told', 'insufficient-stock', {}, ''],
  ])('are said %s', (_case, code, params, detail) => {
    expect(wordsOf(refused(code, params), wordsIn(ar))).toMatchObject({
      title: ar.errors[code as keyof typeof ar.errors],
      detail,
    });
  });

  it('leave the detail of the server where only it says what is refused', () => {
    expect(wordsOf(refused('rule-violation'), wordsIn(ar))).toEqual({
      title: ar.errors['rule-violation'],
      detail: 'Detail of the server.',
      isForeign: true,
    });
  });

  it('are those of the server for a code without words', () => {
    expect(wordsOf(refused('of-tomorrow'), wordsIn(ar))).toEqual({
      title: 'Title of the server',
      detail: 'Detail of the server.',
      isForeign: true,
    });
  });
});
