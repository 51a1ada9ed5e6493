// T21 (trust.md): five hundred slow reports and sixteen tills. Reports are sent away, tills and the health check do not notice.
import { describe, expect, it } from 'vitest';

import { PoolRegistry } from '../../src/platform/database/pools.js';
import { HeavyGate } from '../../src/platform/http/heavy-gate.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

const REPORTS = 500;
const TILLS = 16;
const SALES_EACH = 5;

describe('T21: 500 slow reports beside 16 tills', () => {
  const { db, call, app } = useTestApp();
  const report = ({ token }: World): Promise<Answer> => call('GET', '/reports/stock-months', { token });
  const pool = (name: string) =>
    app()
      .get(PoolRegistry, { strict: false })
      .numbers()
      .find((one) => one.name === name) ?? { max: 0, open: 0, idle: 0, waiting: 0 };

  /** Runs work while nobody can read what only this report reads: each of them waits, as one of minutes would. */
  async function whileReportsAreSlow<T>(work: () => Promise<T>): Promise<T> {
    const client = await db.owner.connect();
    try {
      await client.query('begin; lock table operational.stock_report_refreshes in access exclusive mode');
      return await work();
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  async function tills(): Promise<{ world: World; drugId: number }[]> {
    const first = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: first.branchId, drugId, quantity: '10000' });
    const worlds = [first];
    while (worlds.length < TILLS)
      worlds.push(await aWorldFor(db, 'pharmacist', { branchId: first.branchId }));
    for (const { token } of worlds) {
      const opened = await call('POST', '/till-shifts', { token, body: { openingFloat: '100' } });
      expect(opened.status).toBe(201);
    }
    return worlds.map((world) => ({ world, drugId }));
  }

  it('sends reports away with Retry-After, sells everything, stays well, and reports again afterwards', async () => {
    const shop = await tills();
    const manager = shop[0]?.world as World;
    expect((await report(manager)).status).toBe(200);
    const times: number[] = [];
    const asked: Promise<Answer>[] = [];
    let sales = 0;
    await whileReportsAreSlow(async () => {
      for (let n = 0; n < REPORTS; n++) asked.push(report(manager));
      // As many as there are connections for are at work, and wait for the lock.
      await expect.poll(async () => waitingReports(), { timeout: 30_000 }).toBe(pool('reports').max);
      const sold = await Promise.all(
        shop.map(async ({ world: { token }, drugId }) => {
          const answers: number[] = [];
          for (let n = 0; n < SALES_EACH; n++) {
            const began = performance.now();
            const { status } = await call('POST', '/sales', {
              token,
              body: { items: [{ drugId, quantity: '1' }], payments: [{ method: 'cash', amount: '1' }] },
            });
            times.push(performance.now() - began);
            answers.push(status);
          }
          return answers;
        }),
      );
      sales = sold.flat().filter((status) => status === 201).length;
      expect((await call('GET', '/health/ready')).status).toBe(200);
      expect(pool('web').waiting).toBe(0);
    });
    expect(sales, 'a till was refused because of reports').toBe(TILLS * SALES_EACH);
    const answers = await Promise.all(asked);
    const shed = answers.filter(({ status }) => status !== 200);
    expect(shed.length, 'nobody was sent away').toBeGreaterThan(REPORTS / 2);
    for (const { status, headers, body } of shed) {
      expect(status).toBe(503);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(['/problems/too-busy', '/problems/temporarily-unavailable']).toContain(body['type']);
    }
    expect(shed.some(({ body }) => body['type'] === '/problems/too-busy')).toBe(true);
    // Nothing is left behind: the gate is empty, and the next report is made.
    const released = performance.now();
    await expect.poll(async () => (await report(manager)).status, { timeout: 30_000 }).toBe(200);
    expect(app().get(HeavyGate, { strict: false }).numbers()).toEqual({ running: 0, waiting: 0 });
    expect(pool('reports').waiting).toBe(0);
    times.sort((a, b) => a - b);
    console.info(
      `T21: ${shed.length} of ${REPORTS} reports sent away; sales p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms; a report again after ${Math.round(performance.now() - released)} ms`,
    );
  });

  /** Backends of the reports pool that wait for the lock of this test. */
  async function waitingReports(): Promise<number> {
    const { rows } = await db.owner.query<{ n: number }>(
      `select count(*)::integer as n from pg_stat_activity
       where datname = current_database() and application_name = 'meditory-reports' and wait_event_type = 'Lock'`,
    );
    return rows[0]?.n ?? 0;
  }
});

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
