// A bench through the command line at a size that says nothing but that it runs: it measures, records, and compares with what it recorded.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRecord } from '../../benches/lib/record.mjs';
import { packageRoot } from '../../src/platform/package-root.js';

const TINY = ['--rows', '500', '--queries', '40', '--seconds', '2', '--peers', 'none'];

describe('bench', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meditory-records-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bench = (...args: string[]) =>
    spawnSync(process.execPath, [join(packageRoot(), 'tools', 'meditory.mjs'), 'bench', ...args], {
      encoding: 'utf8',
    });

  it('search measures, records, and the next run stands beside it', () => {
    const first = bench('search', ...TINY, '--record', '--records', folder);
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toContain('snapshot in the process');
    expect(first.stdout).not.toContain('Beside the record');
    const record = readRecord('search', folder);
    expect(record).toMatchObject({ bench: 'search', sizes: { rows: 500, queries: 40, seconds: 2 } });
    const [ours] = record?.figures ?? [];
    expect(ours).toMatchObject({ of: 'snapshot in the process', n: 40 });
    expect(ours?.['found']).toBeGreaterThan(0.9);
    expect(JSON.stringify(record)).not.toContain(packageRoot());
    const second = bench('search', ...TINY, '--records', folder);
    expect(second.stdout).toContain('Beside the record of');
    expect(second.stdout).toMatch(/\d+ of \d+ figures are worse than the tolerance/);
  }, 180_000);

  it('names the benches there are where one is asked for that is not', () => {
    const { status, stderr } = bench('sale');
    expect(status).toBe(1);
    expect(stderr).toContain('There is no bench sale. Benches: all, audit, checkout,');
  });
});
