// Measures the shipped rules against lists written from other knowledge than the rules: severe pairs and unrelated pairs.
import { describe, expect, it } from 'vitest';

import { screen } from '../../src/reference/clinical/screening.domain.js';
import { someFacts } from '../builders/clinical.js';
import { field, readCases, StarterWorld, type CaseRow } from './starter-world.js';

const world = await StarterWorld.load();

/** The pairs of a list that stop the fill. */
function stopping(rows: readonly CaseRow[]): CaseRow[] {
  return rows.filter((row) => {
    const medicines = [field(row, 'a'), field(row, 'b')].map((name) => world.medicine(name));
    const facts = someFacts({ proposed: medicines.slice(0, 1), current: medicines.slice(1) });
    return screen(facts, world.knowledge(facts)).alerts.some(
      ({ kind, stops }) => kind === 'interaction' && stops,
    );
  });
}

const pairOf = (row: CaseRow): string => [field(row, 'a'), field(row, 'b')].sort().join(' + ');
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** Prints the share that stops, as docs/clinical-rules.md gives it, and answers it. */
function share(file: string, misses: 'quiet' | 'stopping'): { rows: CaseRow[]; stopped: number } {
  const rows = readCases(file);
  const stopped = stopping(rows);
  const shown = misses === 'quiet' ? rows.filter((row) => !stopped.includes(row)) : stopped;
  console.info(
    `${file}: ${stopped.length} of ${rows.length} pairs stop (${percent(stopped.length, rows.length)}); ${misses}: ${shown.map(pairOf).join(', ') || 'none'}`,
  );
  return { rows, stopped: stopped.length };
}

const SEVERE = ['severe-pairs.csv', 'severe-pairs-second.csv', 'severe-pairs-third.csv'];

describe('pairs listed apart from the rules', () => {
  it('name no pair twice over all lists', () => {
    const pairs = [...SEVERE, 'unrelated-pairs.csv'].flatMap((file) => readCases(file).map(pairOf));
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([]);
  });

  it.each(SEVERE)('known to be severe stop the fill in 95 of 100 or more: %s', (file) => {
    const { rows, stopped } = share(file, 'quiet');
    expect(rows.length).toBeGreaterThanOrEqual(100);
    expect(stopped / rows.length).toBeGreaterThanOrEqual(0.95);
  });

  it('known not to interact stop it in 3 of 100 or fewer', () => {
    const { rows, stopped } = share('unrelated-pairs.csv', 'stopping');
    expect(rows.length).toBeGreaterThanOrEqual(250);
    expect(stopped / rows.length).toBeLessThanOrEqual(0.03);
  });
});
