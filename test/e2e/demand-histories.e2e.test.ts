// At a branch that moves much the ledger is read for the forecast once a day: what is kept is what would be read, and is made again the next day.
import { beforeAll, describe, expect, it } from 'vitest';

import { HistoriesService } from '../../src/operational/procurement/forecast/histories.service.js';
import { aDrug } from '../builders/drug.js';
import { stockCame, stockWent } from '../builders/usage.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('the demand of a branch', () => {
  const { db, call, app } = useTestApp();
  let manager: World;
  let drugId = 0;
  let lotId = 0;

  beforeAll(async () => {
    manager = await aWorldFor(db, 'administrator');
    ({ drugId } = await aDrug(db, { unitsPerPack: '20' }));
    const early = await stockCame(db, manager, { drugId, quantity: '60', daysAgo: 60 });
    await stockWent(db, manager, { drugId, lotId: early, quantity: '60', daysAgo: 50 });
    lotId = await stockCame(db, manager, { drugId, quantity: '300', daysAgo: 40 });
    for (let week = 1; week <= 5; week++)
      await stockWent(db, manager, { drugId, lotId, quantity: '30', daysAgo: week * 7 - 2 });
    const never = await aDrug(db);
    await call('POST', '/inventory/lost-sales', {
      token: manager.token,
      body: { drugId: never.drugId, quantity: '3' },
    });
  });

  const toBuy = async (): Promise<unknown> => {
    const answer = await call('GET', '/inventory/reorder-suggestions?limit=100', manager);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const histories = (): HistoriesService => app().get(HistoriesService, { strict: false });
  const kept = async (): Promise<{ n: number; today: boolean | null }> => {
    const { rows } = await db.owner.query<{ n: number; today: boolean | null }>(
      `select count(*)::int as n, bool_and(h.day = (now() at time zone 'Africa/Cairo')::date) as today
       from operational.demand_histories h where h.branch_id = $1`,
      [manager.branchId],
    );
    return rows[0] ?? { n: 0, today: null };
  };

  it('is read when it is asked, where little moves', async () => {
    await histories().keep();
    expect(await kept()).toEqual({ n: 0, today: null });
  });

  it('is kept for the day where much moves, once, and says the same', async () => {
    const asked = await toBuy();
    const done = await Promise.all([histories().keep(0), histories().keep(0)]);
    expect(Math.max(...done)).toBeGreaterThan(0);
    expect(await kept()).toEqual({ n: 1, today: true });
    expect(await histories().keep(0)).toBe(0);
    expect(await toBuy()).toEqual(asked);
    // What is written down today about a day before is seen tomorrow.
    await stockWent(db, manager, { drugId, lotId, quantity: '60', daysAgo: 3 });
    const { body } = await call<{ past: { used: string }[] }>('GET', `/inventory/demand/${drugId}`, manager);
    expect(body.past.at(-1)?.used).toBe('30');
  });

  it('is made again on another day, and read anew until then', async () => {
    await db.owner.query('update operational.demand_histories set day = day - 1');
    const { body } = await call<{ past: { used: string }[] }>('GET', `/inventory/demand/${drugId}`, manager);
    expect(body.past.at(-1)?.used).toBe('90');
    expect(await histories().keep(0)).toBe(1);
    expect(await kept()).toEqual({ n: 1, today: true });
  });
});
