// kill -9 of the importing process and of PostgreSQL in the middle of an apply: the old release stays whole.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { ServerProcess } from '../support/server-process.js';

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
  let first = '';
  let second = '';
  beforeAll(async () => {
    server = await ServerProcess.create({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    first = join(server.home, 'first.csv');
    second = join(server.home, 'second.csv');
    await writeFile(first, table(ROWS, 10));
    // Every price changes, and a third of the products is new.
    await writeFile(second, table(ROWS + 5000, 20));
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  async function client(): Promise<pg.Client> {
    const secrets = JSON.parse(await readFile(join(server.home, 'cluster.json'), 'utf8')) as {
      port: number;
      superuserPassword: string;
    };
    const opened = new pg.Client({
      host: '127.0.0.1',
      port: secrets.port,
      user: 'postgres',
      password: secrets.superuserPassword,
      database: 'meditory_erp',
    });
    opened.on('error', () => undefined); // PostgreSQL is killed under it
    await opened.connect();
    return opened;
  }

  async function hash(): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      try {
        const db = await client();
        const { rows } = await db.query<{ hash: string }>('select reference.catalogue_hash() as hash');
        await db.end();
        return rows[0]?.hash ?? '';
      } catch (error) {
        if (attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  /** Starts an import and resolves when the transaction that writes the products is at work. */
  async function importUntilApplying(): Promise<ChildProcess> {
    const child = spawn(
      process.execPath,
      [join(packageRoot(), 'dist', 'main.js'), 'import', 'egypt', second, '--apply'],
      {
        env: { ...process.env, MEDITORY_HOME: server.home, LOG_LEVEL: 'error' },
      },
    );
    const db = await client();
    try {
      for (let attempt = 0; attempt < 3000; attempt++) {
        if (child.exitCode !== null) throw new Error('the import ended before it could be killed');
        const { rows } = await db.query(
          "select 1 from pg_stat_activity where state = 'active' and query ~ 'imports\\.(updateDrugs|insertDrugs|insertCompositions|dropChangedCompositions)' and pid <> pg_backend_pid()",
        );
        if (rows.length > 0) return child;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } finally {
      await db.end().catch(() => undefined);
    }
    throw new Error('the import never began to apply');
  }

  const releases = async (): Promise<Release[]> =>
    JSON.parse((await server.command('import', 'list', '--json')).stdout) as Release[];

  it(
    'of the importing process leaves the old catalogue whole and the release failed',
    { timeout: 180_000 },
    async () => {
      const loaded = await server.command('import', 'egypt', first, '--apply', '--json');
      expect(loaded.code, loaded.stderr).toBe(0);
      const before = await hash();
      const child = await importUntilApplying();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      expect(await hash()).toBe(before);
      expect((await releases())[0]).toMatchObject({ status: 'failed' });
    },
  );

  it(
    'of PostgreSQL leaves the old catalogue whole, and the same import succeeds afterwards',
    { timeout: 180_000 },
    async () => {
      const before = await hash();
      const child = await importUntilApplying();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await server.killDatabase();
      await ended;
      expect(child.exitCode).toBe(1);
      expect(await hash()).toBe(before);
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
