// What may be read late, all of it. A reading that decides something (stock, allocation, refills, allergies and screening, rights and sessions, prices
// of a sale) is not here: the one who adds a line answers for that it may be as old as a replica may be.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { describe, expect, expectTypeOf, it } from 'vitest';

import type { LateTx, Tx } from '../../src/platform/database/tx.js';
import { packageRoot } from '../../src/platform/package-root.js';

/** Who reads late, and what. */
const READERS: Readonly<Record<string, string>> = {
  'src/operational/audit-log/audit-log.service.ts': 'pages of the audit trail',
  'src/operational/sales-reports/sales-reports.service.ts': 'reports of sales',
  'src/operational/screening/overrides-report.service.ts': 'how often stops were overridden',
  'src/reference/drugs/drug-list.service.ts':
    'pages of the catalogue; their stock is read apart, on the primary',
};

/** Repository methods that may be called in a late read, by file. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  'src/operational/audit-log/audit-log.repository.ts': ['findPage'],
  'src/operational/auth/branches/branches.repository.ts': ['settings'],
  'src/operational/auth/branches/branches.service.ts': ['settings'],
  'src/operational/sales-reports/sales-reports.repository.ts': ['cover', 'read'],
  'src/operational/sales-reports/sales-reports.service.ts': ['make'],
  'src/operational/screening/alerts.repository.ts': ['ratesByRule', 'ratesByUser'],
  'src/reference/drugs/drug-list.repository.ts': ['findPage'],
};

/** What never reads late, whatever is added to the lists above. */
const NEVER =
  /^src\/(operational\/(inventory|ledger|stock-\w+|sales|prescriptions|refills|owed-fills|patients|auth|serials|controlled-register|accounts|insurance|journal|compounding|will-call|held-baskets|offline-sales)\/|operational\/screening\/(?!overrides-report)|reference\/(clinical|search|barcodes)\/|platform\/security\/)/;

const root = packageRoot();

function sources(): { path: string; text: string }[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
    .filter(({ path }) => !path.startsWith('src/platform/database/replicas/'));
}

describe('reads that may be late', () => {
  const all = sources();
  const readers = all.filter(({ text }) => /\bLateReads\b/.test(text)).map(({ path }) => path);

  it('are those of the list', () => {
    const platform = ['src/platform/health/replica-notes.ts', 'src/platform/platform.module.ts'];
    expect(readers.filter((path) => !platform.includes(path)).sort()).toEqual(Object.keys(READERS).sort());
  });

  it('are none of what decides', () => {
    expect(readers.filter((path) => NEVER.test(path))).toEqual([]);
    expect(NEVER.test('src/operational/inventory/lots.service.ts')).toBe(true);
    expect(NEVER.test('src/operational/screening/screening.service.ts')).toBe(true);
    // A pool of a replica, or work on one, is had by nobody else.
    const others = all
      .filter(({ text }) => /\bmakeAt\(|replicas\/replica\.js/.test(text))
      .map(({ path }) => path);
    expect(others).toEqual(['src/platform/database/pools.ts']);
  });

  it('call methods that say so, and those alone', () => {
    const found = Object.fromEntries(
      all.flatMap(({ path, text }) => {
        const names = [...text.matchAll(/(\w+)(?:<\w+>)?\(\s*tx: LateTx\b/g)].map(([, name]) => name ?? '');
        return names.length > 0 ? [[path, names.sort()]] : [];
      }),
    );
    expect(found).toEqual(METHODS);
  });

  it('cannot call a method that asks for a Tx', () => {
    expectTypeOf<Tx>().toExtend<LateTx>();
    expectTypeOf<LateTx>().not.toExtend<Tx>();
    const decides = (tx: Tx): Promise<object[]> => tx.query('select 1 as n');
    const late = { query: () => Promise.resolve([]) } as unknown as LateTx;
    // @ts-expect-error a late transaction is none that decides: the compiler, which CI runs over tests too, says so
    expect(decides(late)).toBeInstanceOf(Promise);
  });
});
