// T08. The nightly sums of sales, cut off in the middle by kill -9 of the server and then of PostgreSQL: what a transaction had finished
// stays, the rest is done at the next start, and no day is summed twice. Imports that are killed: test/crash.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPastSale } from '../builders/past-sale.js';
import { aWorldFor } from '../builders/world.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';
import { brokenInvariants } from './harness/invariants.js';
import { measured, until } from './harness/profile.js';
import { asOwner } from './harness/strike.js';

/** Three transactions of the job, which sums seven days at once. */
const DAYS = 21;
const FIRST_DAY = '2026-01-01';

describe('the sums of business days', () => {
  let server: ServerProcess;
  let branchId = 0;
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    await server.kill(); // the database runs on
    branchId = await owning(server, async (db) => {
      const world = await aWorldFor(db, 'pharmacist');
      const { drugId } = await aDrug(db, { price: '1.00' });
      await aLot(db, { branchId: world.branchId, drugId, quantity: '1000' });
      for (let day = 0; day < DAYS; day++)
        await aPastSale(db, world, {
          businessDate: new Date(Date.parse(FIRST_DAY) + day * 86_400_000).toISOString().slice(0, 10),
          lines: [{ drugId, quantity: '1', amount: `${day + 1}.00` }],
        });
      return world.branchId;
    });
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  const closed = (): Promise<number> =>
    asOwner(server, async (db) => {
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::int as n from operational.sales_closed_days where branch_id = $1 and business_date < $2::date + $3::int`,
        [branchId, FIRST_DAY, DAYS],
      );
      return rows[0]?.n ?? -1;
    });

  /** Starts the server where the job does not get past this day, and does something to it when the job has come to it. */
  async function cutOffAt(day: number, cut: () => Promise<void>): Promise<void> {
    await asOwner(server, (db) =>
      db.query(`
create function operational.wait_at_this_day() returns trigger language plpgsql as $$ begin perform pg_sleep(500); return new; end $$;
create trigger wait_at_this_day before insert on operational.sales_closed_days for each row
  when (new.branch_id = ${branchId} and new.business_date = date '${FIRST_DAY}' + ${day}) execute function operational.wait_at_this_day()`),
    );
    await server.start();
    await until('the job has come to the day', () =>
      asOwner(server, async (db) => {
        const { rows } = await db.query(`select from pg_stat_activity where wait_event = 'PgSleep'`);
        return rows.length > 0;
      }),
    );
    await cut();
    await until('the database answers', () =>
      closed()
        .then(() => true)
        .catch(() => false),
    );
    await asOwner(server, async (db) => {
      // The backend of a server that is gone would notice it at its end.
      await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`);
      await db.query('drop function operational.wait_at_this_day() cascade');
    });
  }

  it(
    'survive kill -9 of the server and of PostgreSQL in the middle, and are made once',
    { timeout: 600_000 },
    async () => {
      await cutOffAt(10, () => server.kill());
      const afterServer = await closed();
      await cutOffAt(17, () => server.killDatabase());
      const afterDatabase = await closed();
      // Whole transactions, and nothing of the one that was cut off.
      expect([afterServer, afterDatabase]).toEqual([7, 14]);
      await server.kill();
      await server.start();
      await until('all days are summed', async () => (await closed()) === DAYS);
      const sums = await asOwner(server, async (db) => {
        const { rows } = await db.query<{ days: number; total: string }>(
          `select sum(sales)::int as days, trim_scale(sum(amount))::text as total from operational.sales_day_counters where branch_id = $1`,
          [branchId],
        );
        return rows[0];
      });
      expect(sums).toEqual({ days: DAYS, total: String((DAYS * (DAYS + 1)) / 2) });
      expect(await asOwner(server, brokenInvariants)).toEqual([]);
      const doctor = await server.command('doctor', '--json');
      expect(doctor.code, doctor.stdout).toBe(0);
      measured('T08', {
        days: DAYS,
        'summed when the server was killed': afterServer,
        'and when PostgreSQL was': afterDatabase,
        'summed twice': 0,
      });
    },
  );
});
