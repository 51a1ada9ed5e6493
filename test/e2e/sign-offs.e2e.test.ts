// Controlled medicines counted blind, and their days signed off.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Sheet {
  businessDay: string;
  lastDay: string | null;
  isAllDue: boolean;
  overdue: { day: string; products: number }[];
  drugs: {
    drugId: number;
    counted: string | null;
    differs: boolean;
    isStale: boolean | null;
    attempts: number;
  }[];
}

describe('the daily sign-off of controlled medicines', () => {
  const { db, call } = useTestApp();
  const today = daysFromNow(0);
  const yesterday = daysFromNow(-1);
  let me: World;
  let morphine = 0;
  let oxycodone = 0;
  let lotId = 0;

  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    const book = async (): Promise<number> => (await aDrug(db, { controlledSchedule: 'II' })).drugId;
    [morphine, oxycodone] = [await book(), await book()];
    lotId = (await aLot(db, { branchId: me.branchId, drugId: morphine, quantity: '20' })).lotId;
    await aLot(db, { branchId: me.branchId, drugId: oxycodone, quantity: '5' });
    await aLot(db, { branchId: me.branchId, drugId: (await aDrug(db)).drugId });
  });

  const sheet = async (query = ''): Promise<Sheet> =>
    (await call<Sheet>('GET', `/controlled-register/sheet${query}`, { token: me.token })).body;
  const count = (drugId: number, counted: string) =>
    call('POST', '/controlled-register/counts', { token: me.token, body: { drugId, counted } });
  const sign = (body: object, world = me) =>
    call('POST', '/controlled-register/sign-offs', { token: world.token, body });
  const move = (quantity: string) =>
    call('POST', '/inventory/adjust', { token: me.token, body: { lotId, quantity, reason: 'test' } });
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
  };
  /** Lets what stands in the register have happened a day earlier, as it has when the night has passed. */
  const sleep = async (): Promise<void> => {
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        `update operational.controlled_register_entries set recorded_at = recorded_at - interval '1 day' where branch_id = $1`,
        [me.branchId],
      );
      await client.query('set session_replication_role = origin');
    } finally {
      client.release();
    }
  };

  it('asks for every product that moved, without saying what is expected', async () => {
    const before = await call<Sheet>('GET', '/controlled-register/sheet', { token: me.token });
    expect(before.body.drugs.map(({ drugId }) => drugId).sort()).toEqual([morphine, oxycodone].sort());
    expect(JSON.stringify(before.body)).not.toMatch(/expected|balance|"20"|"5"/);
    expect(before.body).toMatchObject({ businessDay: today, lastDay: null, isAllDue: true, overdue: [] });
    expect((await sign({ businessDay: today })).body).toMatchObject({
      status: 409,
      type: '/problems/controlled-count-missing',
      params: { drugIds: expect.arrayContaining([morphine, oxycodone]) as unknown },
    });
    const wrong = await count(morphine, '19');
    expect(wrong.status).toBe(201);
    expect(wrong.body).toMatchObject({ counted: '19', differs: true });
    expect(JSON.stringify(wrong.body)).not.toContain('20');
    expect((await count(oxycodone, '5')).body).toMatchObject({ differs: false });
  });

  it('takes a difference only with a reason, and keeps every count', async () => {
    expect((await sign({ businessDay: today, scope: 'all' })).body).toMatchObject({
      status: 422,
      type: '/problems/controlled-difference-unexplained',
      params: { drugIds: [morphine] },
    });
    await move('-1');
    expect((await sheet()).drugs.find(({ drugId }) => drugId === morphine)).toMatchObject({
      isStale: true,
      attempts: 1,
    });
    expect((await sign({ businessDay: today })).body).toMatchObject({ params: { drugIds: [morphine] } });
    await count(morphine, '18.5');
    expect((await sheet()).drugs.find(({ drugId }) => drugId === morphine)).toMatchObject({
      isStale: false,
      attempts: 2,
      counted: '18.5',
      differs: true,
    });
    await sleep();
    expect((await sheet()).overdue).toEqual([{ day: yesterday, products: 2 }]);
    const explanations = [{ drugId: morphine, text: 'half an ampoule was spilt' }];
    const signed = await sign({ businessDay: yesterday, scope: 'all', explanations, note: 'first' });
    expect(signed.status).toBe(201);
    expect(signed.body).toMatchObject({
      businessDay: yesterday,
      scope: 'all',
      counts: expect.arrayContaining([
        expect.objectContaining({
          drugId: morphine,
          counted: '18.5',
          expected: '19',
          difference: '-0.5',
          explanation: 'half an ampoule was spilt',
        }) as unknown,
        expect.objectContaining({ drugId: oxycodone, difference: '0', explanation: null }) as unknown,
      ]) as unknown,
    });
    await sound();
  });

  it('closes a day for good; what comes later is of the next one', async () => {
    for (const businessDay of [yesterday, daysFromNow(-9), daysFromNow(1)])
      expect((await sign({ businessDay })).body).toMatchObject({
        status: 409,
        type: '/problems/controlled-day-closed',
      });
    expect((await sheet()).drugs).toEqual([]);
    await move('-0.5');
    const open = await sheet();
    expect(open).toMatchObject({ lastDay: yesterday, isAllDue: false, overdue: [] });
    expect(open.drugs.map(({ drugId }) => drugId)).toEqual([morphine]);
    await count(morphine, '18.5');
    expect((await sign({ businessDay: today })).status).toBe(201);
    await move('-1');
    expect((await sheet()).drugs.map(({ drugId }) => drugId)).toEqual([morphine]);
    const { body } = await call<{ data: object[]; meta: object }>('GET', '/controlled-register/sign-offs', {
      token: me.token,
    });
    expect(body.data).toMatchObject([{ businessDay: today }, { businessDay: yesterday, note: 'first' }]);
    await sound();
  });

  it('is signed once by two at once', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '3' });
    await call('POST', '/controlled-register/counts', { token: world.token, body: { drugId, counted: '3' } });
    const answers = await Promise.all(Array.from({ length: 8 }, () => sign({ businessDay: today }, world)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    await sound();
  });

  it('refuses bad input, and who may not', async () => {
    for (const counted of ['-1', 'x', '1.0001', ''])
      expect((await count(morphine, counted)).status, counted).toBe(400);
    expect((await count(999_999_999, '1')).status).toBe(404);
    for (const body of [
      {},
      { businessDay: 'today' },
      { businessDay: today, explanations: [{ drugId: morphine, text: 'x' }] },
    ])
      expect((await sign(body)).status).toBe(400);
    for (const role of ['technician', 'auditor'] as const) {
      const other = await aWorldFor(db, role, { branchId: me.branchId });
      expect((await sign({ businessDay: today }, other)).status).toBe(403);
      expect((await call('GET', '/controlled-register/sheet', { token: other.token })).status).toBe(403);
    }
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const { body } = await call<{ data: object[] }>('GET', '/controlled-register/sign-offs', {
      token: elsewhere.token,
    });
    expect(body.data).toEqual([]);
  });

  it('is kept by the database: nothing is made up, left out, added or changed', async () => {
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(me.branchId),
        String(me.userId),
      ]);
      const { rows } = await app.query<{ count_id: number; expected: string }>(
        `insert into operational.controlled_counts (branch_id, drug_id, counted, entry_no, expected, counted_by) values ($1, $2, 1, 1, 1, $3)
         returning count_id, trim_scale(expected)::text as expected`,
        [me.branchId, morphine, me.userId],
      );
      expect(rows[0]?.expected).toBe('17.5');
      const signOff = `insert into operational.controlled_sign_offs (branch_id, business_day, scope, signed_by) values (${me.branchId}, $1, 'moved', ${me.userId})`;
      // Entries of today are open: a day that is signed already, and one to come, are refused all the same.
      await expect(app.query(signOff, [daysFromNow(2)])).rejects.toMatchObject({ code: 'MD038' });
      await expect(app.query(signOff, [daysFromNow(-40)])).rejects.toMatchObject({ code: 'MD038' });
      await expect(
        app.query(
          `insert into operational.controlled_sign_off_counts (sign_off_id, branch_id, drug_id, count_id, explanation)
           select max(sign_off_id), $1, $2, $3, 'made up later' from operational.controlled_sign_offs where branch_id = $1`,
          [me.branchId, oxycodone, rows[0]?.count_id],
        ),
      ).rejects.toMatchObject({ code: expect.stringMatching(/MD004|23503/) as unknown });
      for (const table of ['controlled_counts', 'controlled_sign_offs', 'controlled_sign_off_counts'])
        for (const statement of [
          `update operational.${table} set branch_id = 1`,
          `delete from operational.${table}`,
        ]) {
          await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
          await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
        }
    } finally {
      await app.end();
    }
    const other = await aWorldFor(db, 'pharmacist');
    await aLot(db, { branchId: other.branchId, drugId: morphine, quantity: '3' });
    await expect(
      db.owner.query(
        `insert into operational.controlled_sign_offs (branch_id, business_day, scope, signed_by) values ($1, $2, 'moved', $3)`,
        [other.branchId, today, other.userId],
      ),
    ).rejects.toMatchObject({ code: 'MD039' });
    await sound();
  });

  it('that was tampered with is named by the integrity check', async () => {
    const corrupt = async (by: number): Promise<void> => {
      const client = await db.owner.connect();
      try {
        await client.query('set session_replication_role = replica');
        await client.query(
          `update operational.controlled_counts set expected = expected + $2 where count_id = (select min(count_id) from operational.controlled_counts where branch_id = $1)`,
          [me.branchId, by],
        );
        await client.query('set session_replication_role = origin');
      } finally {
        client.release();
      }
    };
    await corrupt(1);
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0).map(({ code }) => code)).toEqual([
      'sign-offs-whole',
    ]);
    await corrupt(-1);
    await sound();
  });
});
