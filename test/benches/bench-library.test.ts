// What every bench rests on: quantiles, records, the comparison of two runs, tables and figures. No server and no database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { distribution } from '../../benches/lib/distribution.mjs';
import { figureFiles, withFigures } from '../../benches/lib/figures.mjs';
import { barPlot, brief, linePlot, powersAround, stepsTo } from '../../benches/lib/plot.mjs';
import {
  type BenchRecord,
  compareRecords,
  conditions,
  readRecord,
  sayComparison,
  writeRecord,
} from '../../benches/lib/record.mjs';
import { markdownTable, plainTable, short } from '../../benches/lib/table.mjs';

const aRecord = (more: Partial<BenchRecord> = {}): BenchRecord => ({
  bench: 'search',
  date: '2026-12-01',
  commit: 'abc',
  processor: { model: 'Some processor', cores: 2 },
  load: 0.4,
  node: '20.20.2',
  postgres: '18.4',
  sizes: { rows: 1000 },
  figures: [{ of: 'snapshot', p50: 1, p95: 2, perSecond: 100 }],
  notes: [],
  ...more,
});

describe('a distribution', () => {
  it('has the value that so many are below', () => {
    const times = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(distribution(times)).toEqual({ n: 100, p50: 51, p95: 96, p99: 100, max: 100 });
  });

  it('of one value is that value, of none is 0', () => {
    expect(distribution([7.00049])).toEqual({ n: 1, p50: 7, p95: 7, p99: 7, max: 7 });
    expect(distribution([])).toEqual({ n: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });
});

describe('a comparison', () => {
  const worse = (before: BenchRecord, now: BenchRecord) =>
    compareRecords(before, now)
      .rows.filter(({ isWorse }) => isWorse)
      .map(({ measure }) => measure);
  const now = (figure: object) => aRecord({ figures: [{ of: 'snapshot', ...figure }] });

  it('marks what is worse by more than its tolerance, in either direction', () => {
    expect(worse(aRecord(), now({ p50: 1.25, p95: 3, perSecond: 80 }))).toEqual([]);
    expect(worse(aRecord(), now({ p50: 1.26, p95: 3.1, perSecond: 79 }))).toEqual([
      'perSecond',
      'p50',
      'p95',
    ]);
    expect(worse(aRecord(), now({ p50: 0.1, p95: 0.1, perSecond: 9000 }))).toEqual([]);
  });

  it('gives the ratio of each figure, and none to a figure that was 0', () => {
    const before = aRecord({ figures: [{ of: 'snapshot', p50: 0, p95: 2 }] });
    const { rows } = compareRecords(before, now({ p50: 1, p95: 1 }));
    expect(rows.map(({ measure, ratio, isWorse }) => [measure, ratio, isWorse])).toEqual([
      ['p50', undefined, true],
      ['p95', 0.5, false],
    ]);
  });

  it('tells subjects on an axis apart, and names those that only one run has', () => {
    const at = (...places: number[]) => aRecord({ axis: 'clients', figures: places.map((place) => ({ of: 'sale', at: place, p50: place })) }); // prettier-ignore
    const { rows, gone, added } = compareRecords(at(1, 4), at(4, 8));
    expect(rows.map(({ subject }) => subject)).toEqual(['sale, 4 clients']);
    expect([gone, added]).toEqual([['sale, 1 clients'], ['sale, 8 clients']]);
  });

  it('leaves what is told alone out, and does not compare other sizes', () => {
    const before = aRecord({ figures: [{ of: 'snapshot', n: 10, max: 5 }] });
    expect(compareRecords(before, now({ n: 1, max: 500 })).rows).toEqual([]);
    expect(sayComparison(aRecord(), aRecord({ sizes: { rows: 2000 } }))).toEqual([
      'Not compared with the record of 2026-12-01, abc: rows 1000, now 2000.',
    ]);
  });

  it('says where the last run was, where it was elsewhere', () => {
    const [here] = sayComparison(aRecord(), aRecord());
    expect(here).not.toContain('Some processor');
    const [elsewhere] = sayComparison(aRecord(), aRecord({ node: '22.0.0' }));
    expect(elsewhere).toContain('on 2 × Some processor, Node 20.20.2, PostgreSQL 18.4');
  });
});

describe('records and documents', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'meditory-records-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps a record as it was written, and knows none that was not', () => {
    writeRecord('search', aRecord(), folder);
    expect(readRecord('search', folder)).toEqual(aRecord());
    expect(readRecord('fill', folder)).toBeUndefined();
  });

  it('says of the machine what figures depend on, and neither its name nor a folder', () => {
    const { processor, node, postgres, date } = conditions();
    expect(processor.cores).toBeGreaterThan(0);
    expect(`${node} ${postgres} ${date}`).toMatch(/^\d+\.\d+\.\d+ \d+\.\d+ \d{4}-\d\d-\d\d$/);
    expect(Object.keys(conditions()).sort()).toEqual(['commit', 'date', 'load', 'node', 'postgres', 'processor']); // prettier-ignore
  });

  it('shows what is recorded between the marks, and that nothing is', () => {
    const page = 'Before\n\n<!-- figures: search -->\nold\n<!-- end of figures -->\n\nAfter\n';
    expect(withFigures(page, folder)).toContain(
      'Not recorded yet: `npm run meditory -- bench search --full --record`.',
    );
    writeRecord('search', aRecord({ notes: ['A note.'] }), folder);
    const shown = withFigures(page, folder);
    expect(shown).toMatch(/^Before\n\n<!-- figures: search -->/);
    expect(shown).toContain(
      '`npm run meditory -- bench search --rows 1000` (2026-12-01, commit abc; 2 × Some processor',
    );
    expect(shown).toContain('| snapshot | 100 | 1 | 2 |');
    expect(shown).toContain('A note.');
    expect(shown).not.toContain('old');
    expect(withFigures(shown, folder)).toBe(shown);
    expect(Object.keys(figureFiles(folder))).toEqual(['bench-search.svg']);
  });

  it('draws the curve of every operation by size, rates apart from times', () => {
    for (const at of [10_000, 100_000]) {
      const curve = (name: string, figure: object) =>
        writeRecord(`curve/${name}-${at}`, aRecord({ axis: 'products', figures: [{ of: name, at, ...figure }] }), folder); // prettier-ignore
      curve('search', { p95: at / 1000 });
      curve('import', { perSecond: 8000 });
    }
    expect(Object.keys(figureFiles(folder)).sort()).toEqual([
      'curve-products-import.svg',
      'curve-products.svg',
    ]);
    const page = '<!-- figures: curve -->\n<!-- end of figures -->';
    expect(withFigures(page, folder)).toContain('| search, p95 ms | 10 | 100 |');
  });
});

describe('tables and figures', () => {
  it('shortens numbers to what they tell', () => {
    expect([0, 0.123_4, 1.234, 12.34, 123.4, 1_234_567, undefined].map(short)).toEqual(['0', '0.123', '1.23', '12.3', '123', '1,234,567', '']); // prettier-ignore
  });

  it('has a column for each measure there is, empty where a subject has none', () => {
    const record = { axis: 'clients', figures: [{ of: 'sale', at: 4, p50: 1.5 }, { of: 'page', found: 0.5 }] }; // prettier-ignore
    expect(markdownTable(record)).toEqual([
      '|  | clients | p50 ms | found |',
      '| --- | --- | --- | --- |',
      '| sale | 4 | 1.50 |  |',
      '| page |  |  | 0.500 |',
    ]);
    expect(plainTable(record)[1]).toBe('sale        4    1.50       ');
  });

  it('finds round ticks around the values', () => {
    expect(powersAround([0.3, 45])).toEqual([0.1, 1, 10, 100]);
    expect(powersAround([1])).toEqual([1, 10]);
    expect(stepsTo([230])).toEqual([0, 50, 100, 150, 200, 250]);
    expect(stepsTo([0])).toEqual([0, 1]);
    expect([0.5, 1500, 25_000, 2_000_000].map(brief)).toEqual(['0.5', '1500', '25 k', '2 M']);
  });

  it('draws inside the figure, nothing behind it, and names with signs of markup as they are', () => {
    const drawn = linePlot({ title: 'A < B', xLabel: 'clients', yLabel: 'a second', series: [{ name: 'x & y', points: [[1, 10], [8, 20]] }] }); // prettier-ignore
    expect(drawn).toContain('aria-label="A &lt; B"');
    expect(drawn).toContain('>x &amp; y<');
    // As a file it is XML, which has an attribute once.
    for (const [tag] of drawn.matchAll(/<[^/>]+>/g)) {
      const names = [...tag.matchAll(/ ([\w-]+)="/g)].map(([, name]) => name);
      expect(new Set(names).size, tag).toBe(names.length);
    }
    const places = [...drawn.matchAll(/ c[xy]="([\d.]+)"/g)].map(([, place]) => Number(place));
    expect(places).toHaveLength(4);
    expect(places.every((place) => place > 0 && place < 820)).toBe(true);
    const bars = barPlot({ title: 'Bars', label: 'ms', isLog: true, bars: [{ name: 'one', value: 0.02 }, { name: 'none', value: 0 }] }); // prettier-ignore
    expect(bars.match(/<rect/g)).toHaveLength(1);
    expect(() => barPlot({ title: 'None', label: 'ms', bars: [] })).toThrow('nothing to draw');
  });
});
