// Several processes on one port: what ends unasked is started again, an edit is found by each of them at once, kill -9 of any of them, the
// first one too, loses nothing acknowledged, and a server that is told to stop takes all of them along.
import { readdir, readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { Hand, held, random, StockModel, twoShops, type Body } from '../model/stock-model.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning, StubbornCaller } from '../support/stubborn-caller.js';

const PROCESSES = 3;
const KILLS = 4;
const SEED = 20_261_201;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Processes whose parent this is; Linux tells it. */
async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [, parent] = /\) \w (\d+) /.exec(status) ?? [];
    if (Number(parent) === pid) found.push(Number(name));
  }
  return found;
}

describe.runIf(process.platform === 'linux')('several processes on one port', () => {
  let server: ServerProcess;
  const workers = async (): Promise<number[]> => {
    const found: number[] = [];
    for (const pid of await childrenOf(server.pid))
      if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('main.js'))
        found.push(pid);
    return found;
  };
  const complete = (): Promise<void> =>
    vi.waitFor(async () => expect(await workers()).toHaveLength(PROCESSES), {
      timeout: 30_000,
      interval: 100,
    });
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none', MEDITORY_PROCESSES: String(PROCESSES) });
    await server.start();
    await complete();
  }, 300_000);
  afterAll(() => server.dispose(), 60_000);

  it('all know a new name as soon as it is written', async () => {
    const world = await owning(server, (db) => aWorldFor(db, 'administrator'));
    const { drugId } = await owning(server, (db) => aDrug(db, { name: 'Before Namol' }));
    // A connection each, so that every process is asked.
    const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${server.address}/api${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${world.token}`,
          'content-type': 'application/json',
          connection: 'close',
        },
      });
    await vi.waitFor(async () => expect(await ids('Namol')).toEqual(new Set([drugId])), { timeout: 30_000 });
    async function ids(q: string): Promise<Set<number | undefined>> {
      const found = new Set<number | undefined>();
      for (let n = 0; n < 4 * PROCESSES; n++) {
        const answer = (await (await ask(`/drugs/search?q=${q}`)).json()) as { data: { drugId: number }[] };
        found.add(answer.data[0]?.drugId);
      }
      return found;
    }
    const { version } = (await (await ask(`/drugs/${drugId}`)).json()) as { version: number };
    const renamed = await ask(`/drugs/${drugId}`, {
      method: 'PATCH',
      body: JSON.stringify({ name: 'After Zeltrin', version }),
    });
    expect(renamed.status, await renamed.clone().text()).toBe(200);
    expect(await ids('Zeltrin')).toEqual(new Set([drugId]));
  });

  it(`lose nothing acknowledged when one is killed, ${KILLS} times, and when the first one is`, async () => {
    const shops = await owning(server, twoShops);
    const caller = new StubbornCaller(server);
    const real = {
      ...shops,
      post: (world: World, path: string, body: object, key: string) =>
        caller.ask<Body>('POST', world, path, body, key),
      get: (world: World, path: string) => caller.ask<Body>('GET', world, path),
    };
    const model = new StockModel();
    const next = random(SEED);
    let isOver = false;
    const hands = Array.from({ length: 4 }, async (_, n) => {
      const hand = new Hand(real, model, random(SEED + 1 + n));
      while (!isOver) await hand.step();
    });
    for (let n = 0; n < KILLS; n++) {
      await pause(500 * (1 + next()));
      const running = await workers();
      const victim = running[Math.floor(next() * running.length)];
      if (victim !== undefined) process.kill(victim, 'SIGKILL');
      await complete();
    }
    const orphans = await workers();
    await server.kill();
    await vi.waitFor(() => {
      for (const pid of orphans) expect(() => process.kill(pid, 0)).toThrow();
    }, 10_000);
    await server.start();
    await pause(500);
    isOver = true;
    await Promise.all(hands);

    expect(await owning(server, (db) => held(db, shops))).toEqual(model.held);
    expect([...caller.outages.keys()].filter((status) => status !== 503)).toEqual([]);
    const doctor = await server.command('doctor', '--json');
    expect(doctor.code, doctor.stdout).toBe(0);
  }, 200_000);

  it('end together when the first is told to', async () => {
    const running = await workers();
    expect(running.length).toBeGreaterThan(0);
    expect(await server.stop()).toBe(0);
    for (const pid of running) expect(() => process.kill(pid, 0)).toThrow();
  });
});
