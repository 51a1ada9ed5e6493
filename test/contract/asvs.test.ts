// docs/security/asvs.yml is whole, and what it calls proven names tests that are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { chapterOf, isProven, readAsvs } from './generators/asvs-page.js';

/** Requirements of each chapter by level, as ASVS 5.0.0 has them. */
const COUNTS: Readonly<Record<string, readonly [number, number, number]>> = {
  V1: [8, 19, 3],
  V2: [4, 7, 2],
  V3: [8, 11, 12],
  V4: [2, 8, 6],
  V5: [4, 5, 4],
  V6: [13, 22, 12],
  V7: [6, 12, 1],
  V8: [4, 3, 6],
  V9: [4, 3, 0],
  V10: [5, 24, 7],
  V11: [3, 11, 10],
  V12: [3, 6, 3],
  V13: [1, 12, 8],
  V14: [2, 7, 4],
  V15: [3, 10, 8],
  V16: [0, 16, 1],
  V17: [0, 7, 5],
};

/** What can be shown from outside: chapter and section with the requirements of it. */
const SCRIPTABLE: readonly string[] = [
  ...[
    '1.2.1-4',
    '1.2.9-10',
    '2.2.1-3',
    '2.3.1-5',
    '2.4.1',
    '3.2.1',
    '3.3.1-5',
    '3.4.1-8',
    '3.5.1-3',
    '3.5.6-7',
    '3.7.2',
  ],
  ...[
    '4.1.1-4',
    '4.2.1',
    '5.2.1-5',
    '5.3.2-3',
    '5.4.1-2',
    '6.2.1-12',
    '6.3.1-4',
    '6.3.8',
    '6.4.1-3',
    '6.4.6',
  ],
  ...['6.5.1', '6.5.4-6', '7.2.2-4', '7.3.1-2', '7.4.1-5', '7.5.1-3', '7.6.2', '8.2.1-3', '8.3.1-2', '8.4.1'],
  ...[
    '11.4.2',
    '11.5.1',
    '12.1.1',
    '12.2.1',
    '12.3.1',
    '13.2.2-3',
    '13.4.1-6',
    '14.2.1',
    '14.3.1-3',
    '15.2.3',
  ],
  ...['15.3.1', '15.3.3-7', '15.4.2', '16.2.1-2', '16.2.4-5', '16.3.1-4', '16.4.1-2', '16.5.1-4'],
].flatMap((range) => {
  const [section = '', from = 0, to = from] = /^(\d+\.\d+)\.(\d+)(?:-(\d+))?$/.exec(range)?.slice(1) ?? [];
  const [first, last] = [Number(from), Number(to)];
  return Array.from({ length: last - first + 1 }, (_, n) => `V${section}.${first + n}`);
});

/** Scriptable rows that are open. It may only shrink. */
const MOST_OPEN = 0;

describe('docs/security/asvs.yml', () => {
  const rows = readAsvs();

  it('has each of the 345 requirements once, of the level it has', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(345);
    expect(rows).toHaveLength(345);
    for (const [chapter, levels] of Object.entries(COUNTS)) {
      const of = rows.filter((row) => chapterOf(row) === chapter);
      expect(
        [1, 2, 3].map((level) => of.filter((row) => row.level === level).length),
        chapter,
      ).toEqual(levels);
    }
  });

  it('calls 133 scriptable, those that can be shown from outside', () => {
    expect(SCRIPTABLE).toHaveLength(133);
    expect(
      rows
        .filter((row) => row.scriptable)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...SCRIPTABLE].sort());
  });

  it('gives a reason for what is open or not applicable, and a test for every scriptable row that passes', () => {
    const wrong = rows.filter((row) =>
      row.status === 'pass'
        ? row.evidence === undefined || row.reason !== undefined || (row.scriptable && !isProven(row))
        : row.reason === undefined,
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('names files that are there, and tests by titles that stand in them', () => {
    const wrong: string[] = [];
    const texts = new Map<string, string>();
    for (const { id, evidence = [] } of rows)
      for (const named of evidence) {
        const [path = '', title] = named.split(/#(.*)/s);
        const file = join(packageRoot(), path);
        if (!existsSync(file)) wrong.push(`${id}: ${path} is not there`);
        else if (title !== undefined) {
          const text = texts.get(path) ?? readFileSync(file, 'utf8');
          texts.set(path, text);
          if (!text.includes(title)) wrong.push(`${id}: ${path} has no test "${title}"`);
        }
      }
    expect(wrong).toEqual([]);
  });

  it('leaves no more scriptable rows open than before', () => {
    const open = rows.filter((row) => row.scriptable && row.status === 'open');
    expect(open.length).toBeLessThanOrEqual(MOST_OPEN);
  });
});
