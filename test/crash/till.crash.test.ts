// Tills that sell while server and PostgreSQL are killed, and ask again with the same key where no answer came (issue of the till: no duplicate,
// no loss): every acknowledged sale is there once, the Z reports are the ledger, the journal balances. `MEDITORY_SALES=100000
// MEDITORY_KILLS=50` sells longer; one sale in fifty is sent again although it was answered.
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { random } from '../model/stock-model.js';
import { ServerProcess } from '../support/server-process.js';
import { owning, StubbornCaller } from '../support/stubborn-caller.js';

const SALES = Number(process.env['MEDITORY_SALES'] ?? 400);
const KILLS = Number(process.env['MEDITORY_KILLS'] ?? 3);
const SEED = Number(process.env['MEDITORY_MODEL_SEED'] ?? 20_261_201);
const CASHIERS = 4;
/** Tabs of a cashier that sell at the same time. */
const TABS = 2;
const PRODUCTS = 20;
const AGAIN_EVERY = 50;
const PRICE = 10;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('tills in a day of crashes', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await ServerProcess.create({ MEDITORY_SAMPLE: 'none' });
    await server.start();
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  it(
    `post ${SALES} sales once each over ${KILLS} kills`,
    { timeout: 300_000 + KILLS * 20_000 + SALES * 60 },
    async () => {
      const caller = new StubbornCaller(server);
      const next = random(SEED);
      const { cashiers, drugIds } = await owning(server, async (db) => {
        const first = await aWorldFor(db, 'pharmacist');
        const cashiers: World[] = [first];
        while (cashiers.length < CASHIERS)
          cashiers.push(await aWorldFor(db, 'pharmacist', { branchId: first.branchId }));
        const drugIds: number[] = [];
        for (let n = 0; n < PRODUCTS; n++) {
          const { drugId } = await aDrug(db, { price: `${PRICE}.00`, unitsPerPack: '1', rxOnly: false });
          await aLot(db, { branchId: first.branchId, drugId, quantity: '10000000' });
          drugIds.push(drugId);
        }
        return { cashiers, drugIds };
      });
      const shifts = new Map<World, number>();
      for (const cashier of cashiers) {
        const opened = await caller.ask(
          'POST',
          cashier,
          '/till-shifts',
          { openingFloat: '100.00' },
          randomUUID(),
        );
        expect(opened.status).toBe(201);
        shifts.set(cashier, opened.body['shiftId'] as number);
      }

      let begun = 0;
      let again = 0;
      const acknowledged = new Map<number, { cashier: World; units: number }>();
      async function sell(cashier: World, draw: () => number): Promise<void> {
        const drugId = () => drugIds[Math.floor(draw() * PRODUCTS)] ?? 0;
        const wanted = [...new Set([drugId(), drugId(), drugId()].slice(0, 1 + (begun % 3)))];
        const items = wanted.map((id) => ({ drugId: id, quantity: '1' }));
        const body = { items, payments: [{ method: 'cash', amount: '100.00' }] };
        const key = randomUUID();
        const sold = await caller.ask('POST', cashier, '/sales', body, key);
        expect(sold.status, JSON.stringify(sold.body)).toBe(201);
        const saleId = sold.body['saleId'] as number;
        expect(acknowledged.has(saleId)).toBe(false);
        acknowledged.set(saleId, { cashier, units: items.length });
        if (draw() * AGAIN_EVERY > 1) return;
        again += 1;
        expect((await caller.ask('POST', cashier, '/sales', body, key)).body).toEqual(sold.body);
      }
      const tabs = cashiers.flatMap((cashier, n) =>
        Array.from({ length: TABS }, async (_, tab) => {
          const draw = random(SEED + 1 + n * TABS + tab);
          while (begun < SALES) {
            begun += 1;
            await sell(cashier, draw);
          }
        }),
      );
      let isOver = false;
      const selling = Promise.all(tabs).finally(() => {
        isOver = true;
      });
      for (let kill = 1; kill <= KILLS && !isOver; kill++) {
        while (!isOver && acknowledged.size < (SALES * kill) / (KILLS + 1)) await pause(20);
        await pause(next() * 100);
        if (next() < 0.5) {
          await server.kill();
          await server.start();
        } else {
          await server.killDatabase();
          await server.ready();
        }
      }
      await selling;

      expect(acknowledged.size).toBe(SALES);
      const sum = (of: readonly { units: number }[]): number =>
        of.reduce((units, sale) => units + sale.units, 0);
      const all = [...acknowledged.values()];
      const stored = await owning(server, async (db) => {
        const { rows } = await db.owner.query<{ sales: number; total: string; moved: string; keys: number }>(
          `select (select count(*)::int from operational.sales) as sales, (select sum(total)::text from operational.sales) as total,
             (select (- sum(quantity))::text from operational.stock_movements where movement_type = 'sale') as moved,
             (select count(*)::int from operational.idempotency_keys where response::jsonb ? 'saleId') as keys`,
        );
        return rows[0];
      });
      expect(stored).toMatchObject({ sales: SALES, keys: SALES });
      expect([Number(stored?.total), Number(stored?.moved)]).toEqual([sum(all) * PRICE, sum(all)]);
      for (const cashier of cashiers) {
        const mine = all.filter((sale) => sale.cashier === cashier);
        const taken = sum(mine) * PRICE;
        const counts = [{ method: 'cash', counted: (100 + taken).toFixed(2) }];
        const shiftId = shifts.get(cashier) ?? 0;
        const closed = await caller.ask(
          'POST',
          cashier,
          `/till-shifts/${shiftId}/close`,
          { counts },
          randomUUID(),
        );
        expect(closed.status, JSON.stringify(closed.body)).toBe(200);
        expect(closed.body).toMatchObject({
          ...{ kind: 'Z', salesCount: mine.length, salesTotal: taken.toFixed(2) },
          ...{ netTotal: taken.toFixed(2), overShort: '0.00' },
        });
      }
      // Journal, day sums, Z chain, stock: whatever doctor knows of.
      const doctor = await server.command('doctor', '--json');
      const report = JSON.parse(doctor.stdout) as { invariants: { code: string; broken: string[] }[] };
      expect(report.invariants.filter(({ broken }) => broken.length > 0)).toEqual([]);
      expect(doctor.code).toBe(0);
      expect([...caller.outages.keys()].filter((status) => status !== 503)).toEqual([]);
      console.info(
        `till crash test: seed ${SEED}, ${SALES} sales, ${again} sent again, ${KILLS} kills, outages told ${JSON.stringify([...caller.outages])}`,
      );
    },
  );
});
