// kill -9 of the importing process and of PostgreSQL in the middle of an apply: the old release stays whole.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DoomedImports } from '../support/doomed-import.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';

const ROWS = 15_000;
const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp';

const table = (rows: number, price: number): string =>
  `${HEADER}\n${Array.from(
    { length: rows },
    (_, n) =>
      `CRASHOL ${n} 500 MG 20 TABS.,,PARACETAMOL+CAFFEINE,MAKER ${n % 50},ANALGESIC,ORAL.SOLID,${price + (n % 7)}`,
  ).join('\n')}\n`;

interface Release {
  releaseId: number;
  status: string;
}

describe('a crash in the middle of an import', () => {
  let server: ServerProcess;
  let imports: DoomedImports;
  let first = '';
  let second = '';
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    imports = new DoomedImports(server, 'reference.catalogue_hash()');
    first = join(server.home, 'first.csv');
    second = join(server.home, 'second.csv');
    await writeFile(first, table(ROWS, 10));
    // Every price changes, and a third of the products is new.
    await writeFile(second, table(ROWS + 5000, 20));
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  /** An import that cannot get past the last of the products it changes. */
  const importInTheMiddle = () =>
    imports.untilHeld(
      ['egypt', second, '--apply'],
      'select drug_id from reference.drugs order by drug_id desc limit 1 for update',
    );

  const releases = async (): Promise<Release[]> =>
    JSON.parse((await server.command('import', 'list', '--json')).stdout) as Release[];

  it(
    'of the importing process leaves the old catalogue whole and the release failed',
    { timeout: 180_000 },
    async () => {
      const loaded = await server.command('import', 'egypt', first, '--apply', '--json');
      expect(loaded.code, loaded.stderr).toBe(0);
      const before = await imports.hash();
      const { child, letGo } = await importInTheMiddle();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await letGo();
      expect(await imports.hash()).toBe(before);
      expect((await releases())[0]).toMatchObject({ status: 'failed' });
    },
  );

  it(
    'of PostgreSQL leaves the old catalogue whole, and the same import succeeds afterwards',
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
      const again = await server.command('import', 'egypt', second, '--apply', '--json');
      expect(again.code, again.stderr).toBe(0);
      expect(JSON.parse(again.stdout)).toMatchObject({ inserted: 5000, updated: ROWS });
      expect((await releases()).map(({ status }) => status)).toEqual([
        'applied',
        'failed',
        'failed',
        'applied',
      ]);
      const doctor = await server.command('doctor', '--json');
      expect(doctor.code, doctor.stdout).toBe(0);
    },
  );
});
