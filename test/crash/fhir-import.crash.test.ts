// kill -9 of meditory import fhir between and within bundles: each person is on record whole or not at all, and the same
// command takes the rest.
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { aRecord, rxnorm } from '../builders/fhir-bundle.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';

const BUNDLES = 40;
const CONDITIONS = 60;

describe('a crash in the middle of importing people', () => {
  let server: ServerProcess;
  let folder = '';
  let db: pg.Client;

  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    folder = join(server.home, 'bundles', 'in a folder');
    await mkdir(folder, { recursive: true });
    for (let at = 0; at < BUNDLES; at++) {
      const record = aRecord({ name: [{ family: `Crash${at}`, given: ['Kim'] }] });
      for (let n = 0; n < CONDITIONS; n++) record.condition({ text: `condition ${n}` });
      record.order(rxnorm('1', 'Unheardof'));
      await writeFile(join(folder, `${at}.json`), JSON.stringify(record.build()));
    }
    await writeFile(join(folder, 'broken.json'), '{"resourceType":');
    await writeFile(join(folder, 'message.json'), '{"resourceType":"Bundle","type":"message"}');
    await writeFile(join(folder, 'notes.txt'), 'no bundle');
    const secrets = JSON.parse(await readFile(join(server.home, 'cluster.json'), 'utf8')) as {
      port: number;
      superuserPassword: string;
    };
    db = new pg.Client({
      host: '127.0.0.1',
      port: secrets.port,
      user: 'postgres',
      password: secrets.superuserPassword,
      database: 'meditory_erp',
    });
    await db.connect();
  }, 120_000);
  afterAll(async () => {
    await db?.end();
    await server.dispose();
  }, 60_000);

  /** People on record, and how many of them lack something of their bundle. */
  async function people(): Promise<{ all: number; half: number }> {
    const { rows } = await db.query<{ all: number; half: number }>(
      `select count(*)::int as all, count(*) filter (where
           (select count(*) from operational.patient_conditions c where c.patient_id = p.patient_id) <> $1
           or (select count(*) from operational.patient_medications m where m.patient_id = p.patient_id) <> 1
           or (select count(*) from operational.fhir_resources r where r.patient_id = p.patient_id) <> $1 + 2)::int as half
       from operational.patients p where p.last_name like 'Crash%'`,
      [CONDITIONS],
    );
    return rows[0] ?? { all: 0, half: 0 };
  }

  it('leaves nobody on record in part', { timeout: 240_000 }, async () => {
    const child = spawn(
      process.execPath,
      [join(packageRoot(), 'dist', 'main.js'), 'import', 'fhir', folder],
      { env: { ...process.env, MEDITORY_HOME: server.home, LOG_LEVEL: 'error' } },
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // In the middle of a bundle: some are in, and the import holds its branch.
    const isAtWork = async (): Promise<boolean> => {
      const { rows } = await db.query<{ locks: number }>(
        `select count(*)::int as locks from pg_locks l join pg_stat_activity a using (pid)
         where l.locktype = 'advisory' and a.query ~ 'fhir\\.(insertResource|addCondition)'`,
      );
      return (rows[0]?.locks ?? 0) > 0 && (await people()).all > 2;
    };
    for (let attempt = 0; !(await isAtWork()); attempt++) {
      if (child.exitCode !== null || attempt > 6000) throw new Error('the import could not be met at work');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await ended;
    const after = await people();
    expect(after.all).toBeLessThan(BUNDLES);
    expect(after.half).toBe(0);

    const report = join(server.home, 'report.csv');
    const again = await server.command('import', 'fhir', folder, '--json', '--report', report);
    expect(again.code, again.stderr).toBe(0);
    const summary = JSON.parse(again.stdout) as Record<string, unknown>;
    expect(summary).toMatchObject({
      branch: 'MAIN',
      bundles: BUNDLES + 2,
      refused: 2,
      failed: 0,
      patients: BUNDLES,
    });
    expect(await people()).toEqual({ all: BUNDLES, half: 0 });
    const lines = await readFile(report, 'utf8');
    expect(lines).toContain('broken.json,refused,,,,the file cannot be read as JSON');
    expect(lines).toContain('message.json,refused,,,,"A bundle of this type is not imported');

    const third = await server.command('import', 'fhir', folder, '--branch', 'MAIN');
    expect(third.stdout).toContain(`${BUNDLES} unchanged, 2 refused`);
    const nowhere = await server.command('import', 'fhir', folder, '--branch', 'NONE');
    expect([nowhere.code, nowhere.stderr]).toEqual([1, 'meditory: There is no such branch "NONE".\n']);
  });
});
