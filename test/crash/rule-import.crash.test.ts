// kill -9 of a process that imports rules, and of PostgreSQL, in the middle of an apply: the old rules stay whole.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { DoomedImports } from '../support/doomed-import.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';

const ROWS = 15_000;

async function substances(): Promise<string[]> {
  const path = join(packageRoot(), 'db', 'seed', 'clinical', 'ingredients.csv');
  const text = await readFile(path, 'utf8');
  const rows = parse<{ name: string; kind: string }>(text, { columns: true });
  return rows.filter(({ kind, name }) => kind === '' && !/[",]/.test(name)).map(({ name }) => name);
}

const pairs = (names: readonly string[], rows: number, severity: string): string => {
  const lines = ['a,b,severity,description,management,source'];
  for (let at = 0; at < 200 && lines.length <= rows; at++)
    for (let next = at + 1; next < 200 && lines.length <= rows; next++)
      lines.push(`${names[at] ?? ''},${names[next] ?? ''},${severity},Levels rise.,Watch.,Generated`);
  return `${lines.join('\n')}\n`;
};

describe('a crash in the middle of an import of rules', () => {
  let server: ServerProcess;
  let imports: DoomedImports;
  const words: Record<'first' | 'second', string[]> = { first: [], second: [] };
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    imports = new DoomedImports(server, 'reference.rules_hash()');
    const names = await substances();
    for (const [name, rows, severity] of [
      ['first', ROWS, 'Low'],
      ['second', ROWS + 2000, 'High'],
    ] as const) {
      const file = join(server.home, `${name}.csv`);
      await writeFile(file, pairs(names, rows, severity));
      words[name] = ['rules', file, '--source', 'crash', '--apply'];
    }
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  /** An import that cannot get past the last of the rules it ends. */
  const importInTheMiddle = () =>
    imports.untilHeld(
      words.second,
      "select id from reference.drug_interactions where rule_set = 'crash' and valid_to is null order by id desc limit 1 for update",
    );

  it(
    'of the importing process leaves the old rules whole and the release failed',
    { timeout: 180_000 },
    async () => {
      const loaded = await server.command('import', ...words.first, '--json');
      expect(loaded.code, loaded.stderr).toBe(0);
      const before = await imports.hash();
      const { child, letGo } = await importInTheMiddle();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await letGo();
      expect(await imports.hash()).toBe(before);
      const listed = await server.command('import', 'list', 'rules', '--json');
      expect(JSON.parse(listed.stdout)).toMatchObject([{ status: 'failed' }, { status: 'applied' }]);
    },
  );

  it(
    'of PostgreSQL leaves the old rules whole, and the same import succeeds afterwards',
    { timeout: 180_000 },
    async () => {
      const before = await imports.hash();
      const { child, letGo } = await importInTheMiddle();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await server.killDatabase();
      await ended;
      await letGo();
      expect(child.exitCode).toBe(1);
      expect(await imports.hash()).toBe(before);
      const again = await server.command('import', ...words.second, '--json');
      expect(again.code, again.stderr).toBe(0);
      expect(JSON.parse(again.stdout)).toMatchObject({ rowsUpdated: ROWS, rowsInserted: 2000 });
      const reverted = await server.command(
        'import',
        'revert',
        String((JSON.parse(again.stdout) as { releaseId: number }).releaseId),
        '--json',
      );
      expect(reverted.code, reverted.stderr).toBe(0);
      expect(await imports.hash()).toBe(before);
      const doctor = await server.command('doctor', '--json');
      expect(doctor.code, doctor.stdout).toBe(0);
    },
  );
});
