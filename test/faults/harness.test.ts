// The harness itself: what is forged is found. A checker that finds nothing in a broken shop would find nothing in any.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { useTestDatabase } from '../support/db.js';
import { FLAWLESS, judge } from './harness/checker.js';
import { brokenInvariants, INVARIANTS } from './harness/invariants.js';
import { Journal, readJournals, type Intent, type Reply } from './harness/journal.js';
import { aShelf } from './harness/shop.js';
import { damaged } from './harness/storage.js';

describe('the invariants', () => {
  const db = useTestDatabase();
  /** What is broken behind the back of every trigger. */
  const FORGED: Readonly<Record<string, string>> = {
    I1: 'update operational.inventory_lots set quantity = quantity + 1',
    I2: `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason, tx_id)
         select branch_id, lot_id, drug_id, 'adjustment', -9999, 0, 1, 'forged', 'forged' from operational.inventory_lots`,
    I3: 'update operational.sale_items set quantity = quantity + 1',
    I4: 'update operational.payments set amount = amount + 1',
    I5: 'update operational.fills set fill_number = 7',
    I6: `insert into operational.idempotency_keys (user_id, key, request_hash) select user_id, 'forged', 'forged' from operational.users limit 1`,
    I7: `update operational.inventory_lots set expiry_date = '2020-01-31'`,
    I9: `delete from operational.audit_logs where table_name = 'stock_movements'`,
    I10: 'update operational.sale_items set branch_id = branch_id + 1',
    I11: `update operational.branches set jurisdiction = 'US'; update reference.drugs set controlled_schedule = 'II';
          update operational.fills set fill_number = 1`,
    I12: 'delete from operational.user_roles',
    I13: `update operational.users set status = 'disabled'`,
    I14: 'delete from reference.drugs',
  };

  beforeAll(async () => {
    const me = await aWorldFor(db, 'administrator');
    const { drugId } = await aDrug(db, { price: '1.00' });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '100' });
    await aSale(db, me, { drugId, quantity: '2' });
    await aBareFill(db, me, { drugId, quantity: '3', dispensed: true });
  });

  it('find nothing in a sound shop, and no page damaged', async () => {
    expect(await brokenInvariants(db.owner)).toEqual([]);
    expect((await damaged(db.owner)).broken).toEqual([]);
  });

  it.each(INVARIANTS.map(({ code }) => code))('%s finds what was forged', async (code) => {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      await client.query(FORGED[code] ?? 'select nothing');
      const broken = await brokenInvariants(client);
      expect(broken.filter((row) => row.startsWith(`${code} `))).not.toEqual([]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('I7 finds what left while its lot was set aside', async () => {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      await client.query(
        `update operational.audit_logs set after = after || '{"status": "recalled"}' where table_name = 'inventory_lots'`,
      );
      expect(await brokenInvariants(client)).toContainEqual(
        expect.stringMatching(/^I7 .*which was recalled/),
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

describe('the checker', () => {
  const { db, call } = useTestApp();
  let me: World;
  const shelf = aShelf();
  afterAll(() => rmSync(shelf, { recursive: true, force: true }));
  let lotId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'administrator');
    const { drugId } = await aDrug(db, { price: '1.00' });
    ({ lotId } = await aLot(db, { branchId: me.branchId, drugId, quantity: '100' }));
  });
  let n = 0;
  const correction = (mark: string, units = -1): Intent => ({
    ...{ n: (n += 1), kind: 'adjustment', till: 0, userId: me.userId, key: randomUUID() },
    ...{ path: '/inventory/adjust', body: {}, mark, units },
  });
  const answer = ({ key }: Intent, status: number, more: Partial<Reply> = {}): Reply => ({
    ...{ key, status, contentType: 'application/json', retryAfter: undefined, body: '{}', sentAt: 0, at: 0 },
    ...more,
  });
  const correct = async (mark: string, times = 1): Promise<void> => {
    for (let time = 0; time < times; time++) {
      const body = { lotId, quantity: '-1', reason: mark };
      const done = await call('POST', '/inventory/adjust', { token: me.token, key: randomUUID(), body });
      expect(done.status, JSON.stringify(done.body)).toBe(201);
    }
  };

  it('tells what is lost, twice, half, a ghost, answered otherwise, badly or never', async () => {
    const journal = new Journal(join(shelf, 'till.jsonl'));
    const say = (intent: Intent, ...replies: Reply[]): void => {
      journal.intend(intent);
      for (const reply of replies) journal.reply(reply);
    };
    const sound = correction('fault sound');
    await correct('fault sound');
    say(sound, answer(sound, 201));
    expect(await judge(db.owner, readJournals([journal.file]))).toMatchObject({
      ...FLAWLESS,
      acknowledged: 1,
    });

    const lost = correction('fault lost');
    say(lost, answer(lost, 201));
    const twice = correction('fault twice');
    await correct('fault twice', 2);
    say(twice, answer(twice, 201));
    const half = correction('fault half', -2);
    await correct('fault half');
    say(half, answer(half, 201));
    const ghost = correction('fault ghost');
    await correct('fault ghost');
    say(ghost, answer(ghost, 409));
    await correct('fault nobody');
    const otherwise = correction('fault otherwise');
    await correct('fault otherwise');
    say(otherwise, answer(otherwise, 201), answer(otherwise, 201, { body: '{"another":1}' }));
    const badly = correction('fault badly');
    await correct('fault badly');
    say(badly, answer(badly, 500), answer(badly, 201));
    const never = correction('fault never');
    say(never);
    journal.cutOff(never.key, 'ECONNRESET');
    const outage = { contentType: 'application/problem+json', retryAfter: '1' };
    const waited = correction('fault waited');
    await correct('fault waited');
    say(waited, answer(waited, 503, outage), answer(waited, 201));

    const verdict = await judge(db.owner, readJournals([journal.file]));
    const marks = Object.fromEntries(
      Object.keys(FLAWLESS).map((list) => [
        list,
        verdict[list as keyof typeof FLAWLESS].map((told) => /fault \w+/.exec(told)?.[0]),
      ]),
    );
    expect(marks).toEqual({
      lost: ['fault lost'],
      duplicated: ['fault twice'],
      halves: ['fault half'],
      ghosts: ['fault ghost', 'fault nobody'],
      otherAnswers: ['fault otherwise'],
      badOutages: ['fault badly'],
      unknown: ['fault never'],
    });
    expect(verdict).toMatchObject({ intents: 9, acknowledged: 7, refused: 1 });
  });
});
