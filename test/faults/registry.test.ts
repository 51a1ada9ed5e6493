// The registry of faults: each of the sixty has a test or says why not, each test it names is there, and the page made of it is what it says.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { reliabilityPage, type Results } from './harness/report.js';
import { REGISTRY } from './registry/index.js';

const root = packageRoot();
const PAGE = join(root, 'docs', 'reliability.md');
const RESULTS = join(root, 'docs', 'figures', 'reliability.json');

describe('the registry of faults', () => {
  it('has T01 to T60, once each, with a test or a reason', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `T${String(n + 1).padStart(2, '0')}`);
    expect(REGISTRY.map(({ id }) => id)).toEqual(ids);
    const silent = REGISTRY.filter(({ proofs, note }) => proofs.length === 0 && (note ?? '').trim() === '');
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('names tests that are there', () => {
    const missing = REGISTRY.flatMap(({ id, proofs }) =>
      proofs
        .filter(({ file, title }) => !readFileSync(join(root, file), 'utf8').includes(title))
        .map(({ file, title }) => `${id}: ${file} has no "${title}"`),
    );
    expect(missing).toEqual([]);
  });

  it('names every file of its own', () => {
    const named = new Set(REGISTRY.flatMap(({ proofs }) => proofs.map(({ file }) => file)));
    const own = readdirSync(join(root, 'test', 'faults'))
      .filter((file) => file.endsWith('.test.ts') && !['registry.test.ts', 'harness.test.ts'].includes(file))
      .map((file) => `test/faults/${file}`);
    expect(own.filter((file) => !named.has(file))).toEqual([]);
    expect(own.length).toBeGreaterThan(5);
  });

  it('docs/reliability.md is made of it and of the last recorded run', () => {
    const results = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : undefined;
    const page = reliabilityPage(results);
    if (process.env['MEDITORY_GENERATE'] === 'write') writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8'), 'docs/reliability.md is out of date: run "npm run gen"').toBe(page);
  });
});
