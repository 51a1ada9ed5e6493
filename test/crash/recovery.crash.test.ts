// What a pharmacy has when its PC died: backups made by themselves, beside sales, each restored and checked; any second between them; and nothing that looks
// whole and is not.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import type { World } from '../builders/world.js';
import { brokenInvariants } from '../faults/harness/invariants.js';
import { measured } from '../faults/harness/profile.js';
import { Hand, held, random, StockModel, twoShops, type Body, type Shops } from '../model/stock-model.js';
import { anInstalledServer } from '../support/installed-server.js';
import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';
import { owning, StubbornCaller } from '../support/stubborn-caller.js';

const HANDS = 3;
const SEED = 20_261_201;
const WAIT_MS = 120_000;

interface Status {
  readonly archivedUntil: string | null;
  readonly rpoSeconds: number | null;
  readonly rtoSeconds: number | null;
  readonly lastProven: { readonly id: string; readonly faults: readonly string[] } | null;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('recovery', () => {
  let server: ServerProcess;
  let backups: string;
  const copies: ServerProcess[] = [];
  let shops: Shops;
  let token: string;
  const model = new StockModel();

  const at = (name: string): string => join(backups, name);
  async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
    for (const end = Date.now() + WAIT_MS; Date.now() < end; await pause(200)) {
      const found = await ask();
      if (found !== undefined) return found;
    }
    throw new Error(`waited in vain for ${what}: ${server.output.slice(-2000)}`);
  }
  async function status(): Promise<Status> {
    const told = await server.command('backup', 'status', '--json');
    return JSON.parse(told.stdout) as Status;
  }
  async function wholeBackups(): Promise<string[]> {
    return (await readdir(backups)).filter((name) => /^\d{8}T\d{6}Z-physical$/.test(name)).sort();
  }
  /** An empty folder for an installation, as on another PC, and how it learns of the backups and their key. */
  async function elsewhere(): Promise<ServerProcess> {
    const copy = await ServerProcess.create({ MEDITORY_SAMPLE: 'none' });
    copies.push(copy);
    return copy;
  }
  const fromBackups = (): string[] => ['--from', backups, '--key-file', join(server.home, 'backup.key')];
  beforeAll(async () => {
    backups = await mkdtemp(join(tmpdir(), 'meditory-backups-'));
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none', MEDITORY_BACKUP_DIR: backups });
    await server.start();
    shops = await owning(server, twoShops);
    const login = await fetch(`${server.address}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
    });
    ({ token } = (await login.json()) as { token: string });
  }, 120_000);
  afterAll(async () => {
    for (const one of [server, ...copies]) {
      await one.stop();
      await one.killDatabase(); // of a server that was killed
      await one.dispose();
    }
    await rm(backups, { recursive: true, force: true });
  }, 60_000);

  it('makes the first backup by itself and proves it, and says so to who may know', async () => {
    const ask = async (): Promise<{ isRunning: boolean; data: { isProven: boolean; faults: string[] }[] }> =>
      (await (await fetch(`${server.address}/api/backups`, { headers: { authorization: `Bearer ${token}` } })).json()) as never; // prettier-ignore
    const list = await until(async () => {
      const now = await ask();
      return now.data[0]?.isProven && !now.isRunning ? now : undefined;
    }, 'a proven backup');
    expect(list.data).toHaveLength(1);
    expect(list.data[0]?.faults).toEqual([]);
    expect((await fetch(`${server.address}/api/backups`)).status).toBe(401);
  }, 180_000);

  it('backs up beside sales, to the row', async () => {
    const caller = new StubbornCaller(server);
    const real = {
      ...shops,
      post: (world: World, path: string, body: object, key: string) => caller.ask<Body>('POST', world, path, body, key),
      get: (world: World, path: string) => caller.ask<Body>('GET', world, path),
    }; // prettier-ignore
    let isOver = false;
    const hands = Array.from({ length: HANDS }, async (_, n) => {
      const hand = new Hand(real, model, random(SEED + n));
      while (!isOver) await hand.step();
    });
    // It is proved below, by what is restored from it.
    const made = await server.command('backup', '--no-proof', '--json');
    isOver = true;
    await Promise.all(hands);
    expect(made.stderr).not.toMatch(/meditory:|KEEP THIS KEY/);
    expect(JSON.parse(made.stdout)).toMatchObject({ backup: { isProven: false, faults: [] } });
    expect([...caller.outages]).toEqual([]);
    expect(model.steps).toBeGreaterThan(0);
  }, 180_000);

  it('leaves nothing that looks whole when it is killed, and goes on after it', async () => {
    const before = await wholeBackups();
    const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'main.js'), 'backup', '--no-proof'], {
      env: { ...process.env, MEDITORY_HOME: server.home, MEDITORY_BACKUP_DIR: backups },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const unfinished = await until(
      async () => (await readdir(backups)).find((name) => name.endsWith('.partial')),
      'a backup that is being made',
    );
    child.kill('SIGKILL');
    await ended;
    expect(await wholeBackups()).toEqual(before);
    const list = await server.command('backup', 'list', '--json');
    expect((JSON.parse(list.stdout) as { backups: unknown[] }).backups).toHaveLength(before.length);
    expect(await readdir(backups)).toContain(unfinished);
  }, 120_000);

  it('restores any second in the place of what is there, and all there is elsewhere, after the PC died', async () => {
    const clock = (): Promise<string> =>
      owning(server, async ({ owner }) => (await owner.query<{ at: Date }>('select clock_timestamp() as at')).rows[0]?.at.toISOString() ?? ''); // prettier-ignore
    const note = (text: string): Promise<unknown> =>
      owning(server, ({ owner }) =>
        owner.query('update operational.branches set name = $1 where branch_id = $2', [text, shops.people[0][0].branchId]),
      ); // prettier-ignore
    const read = (copy: ServerProcess): Promise<string | undefined> =>
      owning(copy, async ({ owner }) => (await owner.query<{ name: string }>('select name from operational.branches where branch_id = $1', [shops.people[0][0].branchId])).rows[0]?.name); // prettier-ignore
    await note('before');
    const moment = await clock();
    await pause(5); // the moment lies between both, to the millisecond an instant has
    await note('after');
    const end = await clock();
    const told = await until(async () => {
      const now = await status();
      return (now.archivedUntil ?? '') > end ? now : undefined;
    }, 'the log to be archived');
    expect(told.rpoSeconds).toBeLessThan(WAIT_MS / 1000);
    expect(told.rtoSeconds).toBeGreaterThan(0);
    await server.kill();
    await server.killDatabase();

    // What is there stays unless it is to be moved aside.
    const refused = await server.command('restore');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('There is an installation in');
    const latest = await elsewhere();
    const begun = Date.now();
    const [restored, all] = await Promise.all([
      server.command('restore', '--to-time', moment, '--replace', '--json'),
      latest.command('restore', ...fromBackups(), '--json'),
    ]);
    const seconds = (Date.now() - begun) / 1000;
    expect(restored.stderr).not.toContain('meditory:');
    const { replaced, ...facts } = JSON.parse(restored.stdout) as { replaced: string };
    expect(facts).toMatchObject({ restoredTo: moment, into: server.home });
    expect((await readdir(replaced)).sort()).toEqual(expect.arrayContaining(['cluster.json', 'postgres']));
    expect(all.code).toBe(0);
    await server.start();
    expect(await read(server)).toBe('before');
    await server.stop();
    await latest.start();
    expect(await read(latest)).toBe('after');
    // Every acknowledged sale and movement is there, and nothing else.
    expect(await owning(latest, (db) => held(db, shops))).toEqual(model.held);
    expect(await owning(latest, ({ owner }) => brokenInvariants(owner))).toEqual([]);
    const doctor = await latest.command('doctor', '--json');
    expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
    await latest.stop();
    measured('T09', { 'two restorations side by side': `${seconds} s`, told: `${told.rtoSeconds ?? 0} s` });
  }, 300_000);

  it('upgrades only with a proven backup, which it makes itself', async () => {
    const [copy] = copies;
    if (!copy) throw new Error('restored before');
    const fresh = await mkdtemp(join(tmpdir(), 'meditory-upgrade-'));
    expect((await copy.command('migrate', 'down')).stderr).toBe('');
    const env = { MEDITORY_BACKUP_DIR: fresh };
    const overridden = await copy.commandWith(env, 'migrate', 'up', '--without-proof');
    expect(overridden.stderr).toContain('WITHOUT a proven backup');
    expect(await readdir(fresh)).toEqual([]);
    expect((await copy.command('migrate', 'down')).code).toBe(0);
    const upgraded = await copy.commandWith(env, 'migrate', 'up');
    expect(upgraded.stdout).toContain('applied');
    expect(upgraded.stderr).toContain('tried on the copy');
    const list = await copy.commandWith(env, 'backup', 'list', '--json');
    expect(JSON.parse(list.stdout)).toMatchObject({ backups: [{ isProven: true }] });
    await rm(fresh, { recursive: true });
  }, 180_000);

  it('refuses what is broken, and says what', async () => {
    const [newest] = (await wholeBackups()).reverse();
    if (!newest) throw new Error('made before');
    const broken = await mkdtemp(join(tmpdir(), 'meditory-broken-'));
    const target = await elsewhere();
    const cases: Promise<void>[] = [];
    /** Restores a copy of the backup that was harmed, or with other words; tells that this is refused with that reason, and that nothing was restored. */
    const refuses = (harm: (folder: string) => Promise<unknown>, reason: RegExp, ...args: string[]): void => {
      const [from, into] = [`from-${cases.length}`, `into-${cases.length}`].map((name) => join(broken, name)) as [string, string]; // prettier-ignore
      const refused = async (): Promise<void> => {
        await cp(at(newest), join(from, newest), { recursive: true });
        await harm(join(from, newest));
        const { code, stderr } = await target.command(
          'restore',
          ...fromBackups(),
          '--from',
          from,
          '--into',
          into,
          ...args,
        );
        expect(stderr).toMatch(reason);
        expect(code).toBe(1);
        expect(await readdir(into).catch(() => [])).toEqual([]);
      };
      cases.push(refused());
    };
    const nothing = (): Promise<void> => Promise.resolve();
    const flip = async (file: string): Promise<void> => {
      const bytes = await readFile(file);
      bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
      await writeFile(file, bytes);
    };
    refuses((folder) => flip(join(folder, 'base.bak')), /cannot be decrypted/);
    refuses((folder) => truncate(join(folder, 'base.bak'), 200_000), /cut off|has 200000 bytes/);
    refuses((folder) => rm(join(folder, 'home.bak')), /home\.bak of the backup/);
    refuses(async (folder) => {
      const file = join(folder, 'manifest.json');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(/"rows": \{/, '"rows": {"operational.sales_": 1,'));
    }, /The manifest was changed/);
    const otherKey = join(broken, 'other.key');
    await writeFile(otherKey, 'ab'.repeat(32));
    refuses(nothing, /made with the key [0-9a-f]{16}/, '--key-file', otherKey);
    refuses(nothing, /nothing is known of a moment before/, '--to-time', '2020-01-01T00:00:00Z');
    refuses(nothing, /nothing is known of a moment after/, '--to-time', '2099-01-01T00:00:00Z');
    await Promise.all(cases);
    await rm(broken, { recursive: true });
  }, 120_000);

  it('exports a server of one’s own, proves the export, and loads it into an empty database', async () => {
    const [source] = copies;
    if (!source) throw new Error('restored before');
    const exports = await mkdtemp(join(tmpdir(), 'meditory-exports-'));
    await source.start();
    const secrets = JSON.parse(await readFile(join(source.home, 'cluster.json'), 'utf8')) as { port: number; superuserPassword: string }; // prettier-ignore
    const own = { DB_HOST: '127.0.0.1', DB_PORT: String(secrets.port), DB_USERNAME: 'postgres', DB_PASSWORD: secrets.superuserPassword, MEDITORY_BACKUP_DIR: exports }; // prettier-ignore
    const made = await source.commandWith(own, 'backup', '--json');
    expect(made.stderr).not.toContain('meditory:');
    expect(JSON.parse(made.stdout)).toMatchObject({
      backup: { kind: 'logical', isProven: true, faults: [] },
    });
    const occupied = await source.commandWith(own, 'restore');
    expect(occupied.stderr).toContain('is not empty');
    await owning(source, ({ owner }) => owner.query('create database restored'));
    const loaded = await source.commandWith({ ...own, DB_DATABASE: 'restored' }, 'restore', '--json');
    expect(loaded.stderr).not.toContain('meditory:');
    const doctor = await source.commandWith({ ...own, DB_DATABASE: 'restored' }, 'doctor', '--json');
    expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
    await source.stop();
    await rm(exports, { recursive: true });
  }, 180_000);
});
