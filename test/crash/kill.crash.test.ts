// kill -9 of the server and of PostgreSQL while many hands sell, receive, fill, count, move and call back (trust.md T01, T02).
// Each hand asks with the same key until it is answered, as a till would: at the end stock is what was acknowledged, once
// each, to the unit, and the integrity check finds nothing. Server and database take turns, and every second
// time the database is killed again while it recovers. `MEDITORY_KILLS=200` kills more often.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { World } from '../builders/world.js';
import { byProfile } from '../faults/harness/profile.js';
import { Hand, held, random, StockModel, twoShops, type Body } from '../model/stock-model.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning, StubbornCaller } from '../support/stubborn-caller.js';

const HANDS = 6;
const KILLS = Number(process.env['MEDITORY_KILLS'] ?? byProfile({ ci: 4, short: 8, long: 100 }));
const SEED = Number(process.env['MEDITORY_MODEL_SEED'] ?? 20_261_130);
/** Kills come this far apart at the least, and twice as far at the most. */
const BETWEEN_KILLS_MS = 800;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a crash in the middle of the day', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  it(
    `loses nothing acknowledged and leaves no half, ${KILLS} times`,
    { timeout: 200_000 + KILLS * 20_000 },
    async () => {
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
      const hands = Array.from({ length: HANDS }, async (_, n) => {
        const hand = new Hand(real, model, random(SEED + 1 + n));
        while (!isOver) await hand.step();
      });
      for (let n = 0; n < KILLS; n++) {
        await pause(BETWEEN_KILLS_MS * (1 + next()));
        if (n % 2 === 0) {
          await server.kill();
          await server.start();
        } else {
          await server.killDatabase();
          if (n % 4 === 3) {
            await pause(400 * next()); // while it recovers
            await server.killDatabase();
          }
          // A shop in which nothing runs between two crashes has nothing to lose: the next comes when it works again.
          await server.ready();
        }
      }
      await pause(BETWEEN_KILLS_MS);
      isOver = true;
      await Promise.all(hands);

      expect(await owning(server, (db) => held(db, shops))).toEqual(model.held);
      // Cut off is an outage and says so; nothing else of the server's making was ever answered.
      expect([...caller.outages.keys()].filter((status) => status !== 503)).toEqual([]);
      const doctor = await server.command('doctor', '--json');
      const report = JSON.parse(doctor.stdout) as { invariants: { code: string; broken: string[] }[] };
      expect(report.invariants.filter((invariant) => invariant.broken.length > 0)).toEqual([]);
      expect(doctor.code).toBe(0);
      console.info(
        `crash test: seed ${SEED}, ${model.steps} commands over ${KILLS} kills, outages told ${JSON.stringify([...caller.outages])}`,
      );
    },
  );

  it('ends in good order on SIGTERM', async () => {
    expect(await server.stop()).toBe(0);
  });
});
