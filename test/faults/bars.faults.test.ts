// T13, T15 as published numbers: ten thousand last units that many want, ten thousand retries of keys, over sockets. Only with
// `npm run test:faults`; test/race does the same a few times with every run of the tests.
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';
import { brokenInvariants } from './harness/invariants.js';
import { byProfile, measured } from './harness/profile.js';
import { asOwner } from './harness/strike.js';
import { post } from './harness/till.js';

const RACES = byProfile({ ci: 20, short: 300, long: 10_000 });
const KEYS = byProfile({ ci: 10, short: 30, long: 100 });
const RETRIES = byProfile({ ci: 20, short: 50, long: 100 });
const RIVALS = 4;
const AT_ONCE = 4;

describe('published bars', () => {
  let server: ServerProcess;
  let tills: World[] = [];
  let drugIds: number[] = [];
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    await owning(server, async (db) => {
      const first = await aWorldFor(db, 'pharmacist');
      tills = [first];
      while (tills.length < RIVALS)
        tills.push(await aWorldFor(db, 'pharmacist', { branchId: first.branchId }));
      drugIds = [];
      for (let n = 0; n < RACES; n++) {
        const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '1', ingredients: [] });
        await aLot(db, { branchId: first.branchId, drugId, quantity: '1' });
        drugIds.push(drugId);
      }
    });
    for (const { token } of tills)
      expect((await post(server, token, '/till-shifts', { openingFloat: '0.00' }, randomUUID())).status).toBe(
        201,
      );
  }, 900_000);
  afterAll(() => server.dispose(), 60_000);

  const sale = (drugId: number) => ({
    items: [{ drugId, quantity: '1' }],
    payments: [{ method: 'cash', amount: '10.00' }],
  });

  it(
    `${RACES} last units, each wanted by ${RIVALS} tills: sold once each`,
    { timeout: 3_600_000 },
    async () => {
      const others = new Map<number, number>();
      let sold = 0;
      let next = 0;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (next < RACES) {
            const drugId = drugIds[next++] ?? 0;
            const answers = await Promise.all(
              tills.map(({ token }) => post(server, token, '/sales', sale(drugId), randomUUID())),
            );
            const won = answers.filter(({ status }) => status === 201).length;
            expect(won, answers.map(({ body }) => body).join('\n')).toBe(1);
            sold += won;
            for (const { status, body } of answers)
              if (status !== 201) {
                expect(body).toContain('/problems/insufficient-stock');
                others.set(status, (others.get(status) ?? 0) + 1);
              }
          }
        }),
      );
      expect([...others.keys()]).toEqual([409]);
      const left = await asOwner(server, async (db) => {
        const { rows } = await db.query<{ left: number; sales: number }>(
          `select (select count(*)::int from operational.inventory_lots where quantity <> 0) as left, (select count(*)::int from operational.sales) as sales`,
        );
        return rows[0];
      });
      expect(left).toEqual({ left: 0, sales: RACES });
      expect(await asOwner(server, brokenInvariants)).toEqual([]);
      measured('T13', { races: RACES, rivals: RIVALS, sold, oversold: 0 });
    },
  );

  it(`${KEYS * RETRIES} sendings of ${KEYS} keys: ${KEYS} sales`, { timeout: 3_600_000 }, async () => {
    const drugId = await owning(server, async (db) => {
      const made = await aDrug(db, { price: '10.00', unitsPerPack: '1' });
      await aLot(db, { branchId: tills[0]?.branchId ?? 0, drugId: made.drugId, quantity: '1000' });
      return made.drugId;
    });
    for (let n = 0; n < KEYS; n++) {
      const [key, token] = [randomUUID(), tills[n % RIVALS]?.token ?? ''];
      const answers = await Promise.all(
        Array.from({ length: RETRIES }, () => post(server, token, '/sales', sale(drugId), key)),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
      expect(answers[0]?.status, answers[0]?.body).toBe(201);
    }
    const { rows } = await asOwner(server, (db) =>
      db.query<{ n: number }>('select count(*)::int as n from operational.sale_items where drug_id = $1', [
        drugId,
      ]),
    );
    expect(rows[0]?.n).toBe(KEYS);
    expect(await asOwner(server, brokenInvariants)).toEqual([]);
    measured('T15', { keys: KEYS, sendings: KEYS * RETRIES, effects: rows[0]?.n ?? 0, duplicated: 0 });
  });
});
