// Counts of stock over HTTP: blind, with movements meanwhile, lots nobody knew, approval by another, and what the database refuses.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aSale } from '../builders/sale.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Count {
  countId: number;
  status: string;
  lines: number;
  toRecount: number;
  commands: string[];
}
interface Line {
  countLineId: number;
  lotId: number;
  drugId: number;
  lotNumber: string;
  counted: string | null;
  expected: string | null;
  difference: string | null;
  isFound: boolean;
  mustRecount: boolean;
  lotStatus: string;
}
interface WithLines extends Count {
  page: { data: Line[]; meta: { total: number } };
}

describe('counting stock', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let counter: World;
  let clerk: World;
  let boss: World;

  beforeAll(async () => {
    branchId = await aBranch(db);
    counter = await aWorldFor(db, ['CountStock'], { branchId });
    clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    boss = await aWorldFor(db, 'pharmacist', { branchId });
  });

  const post = <Body = Record<string, unknown>>(
    path: string,
    body: object = {},
    world = counter,
    key?: string,
  ) => call<Body>('POST', `/inventory/counts${path}`, { token: world.token, body, ...(key ? { key } : {}) });
  const start = async (...drugIds: number[]): Promise<number> => {
    const answer = await post<Count>('', { scope: 'drugs', drugIds });
    expect(answer.status).toBe(201);
    return answer.body.countId;
  };
  const enter = (countId: number, items: object[], world = counter) =>
    post(`/${countId}/enter`, { items }, world);
  const lines = async (countId: number, world = counter, query = ''): Promise<Line[]> =>
    (await call<WithLines>('GET', `/inventory/counts/${countId}${query}`, { token: world.token })).body.page
      .data;
  const onHand = async (lotId: number): Promise<string> =>
    (
      await db.owner.query<{ q: string }>(
        'select trim_scale(quantity)::text as q from operational.inventory_lots where lot_id = $1',
        [lotId],
      )
    ).rows[0]?.q ?? '';
  const adjust = (lotId: number, quantity: string) =>
    call('POST', '/inventory/adjust', { token: clerk.token, body: { lotId, quantity, reason: 'test' } });
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
  };
  const shelf = async (...quantities: string[]) => {
    const { drugId } = await aDrug(db);
    const lots: number[] = [];
    for (const [index, quantity] of quantities.entries())
      lots.push((await aLot(db, { branchId, drugId, quantity, expiryDate: daysFromNow(100 + index) })).lotId);
    return { drugId, lots: lots as [number, number, number] };
  };

  it('tells nobody who counts what is expected, allows for what moves meanwhile, and posts the difference once', async () => {
    const { drugId, lots } = await shelf('40', '25', '0.5');
    const countId = await start(drugId);
    const sheet = await call('GET', `/inventory/counts/${countId}`, { token: counter.token });
    expect(JSON.stringify(sheet.body)).not.toMatch(/"(40|25|0\.5)"/);
    expect(sheet.body).toMatchObject({ status: 'counting', lines: 3, counted: 0, differing: null });
    // Not even who may approve is told before it is handed in.
    const early = await lines(countId, boss);
    expect(early.every((line) => line.expected === null)).toBe(true);
    await aSale(db, { branchId, userId: boss.userId }, { drugId, quantity: '10' });
    const first = await enter(countId, [
      { lotId: lots[0], counted: '30' },
      { lotId: lots[1], counted: '20' },
      { lotId: lots[2], counted: '0.5' },
    ]);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      lines: [{ mustRecount: false }, { counted: '20', mustRecount: true }, { mustRecount: false }],
    });
    expect(JSON.stringify(first.body)).not.toContain('25');
    expect((await post(`/${countId}/submit`)).body).toMatchObject({
      status: 409,
      type: '/problems/stock-count-incomplete',
      params: { uncounted: 0, toRecount: 1 },
    });
    expect((await lines(countId, counter, '?state=recount')).map((line) => line.lotId)).toEqual([lots[1]]);
    // Counted again, 21 this time; what is sold after that is no matter of the count.
    await enter(countId, [{ lotId: lots[1], counted: '21' }]);
    await adjust(lots[1], '-2');
    const submitted = await post<Count>(`/${countId}/submit`);
    expect(submitted.body).toMatchObject({ status: 'submitted', commands: ['recount', 'approve', 'cancel'] });
    expect((await enter(countId, [{ lotId: lots[1], counted: '1' }])).body).toMatchObject({
      type: '/problems/stock-count-not-open',
    });
    expect((await lines(countId, counter)).every((line) => line.expected === null)).toBe(true);
    expect(
      (await call('GET', `/inventory/counts/${countId}?state=difference`, { token: counter.token })).status,
    ).toBe(403);
    expect(await lines(countId, boss, '?state=difference')).toMatchObject([
      { lotId: lots[1], counted: '21', expected: '25', difference: '-4' },
    ]);
    const key = randomUUID();
    const approved = await post<Count>(`/${countId}/approve`, { note: 'seen' }, boss, key);
    expect(approved.body).toMatchObject({
      status: 'approved',
      differing: 1,
      differenceValue: '-2.00',
      commands: [],
    });
    expect((await post(`/${countId}/approve`, { note: 'seen' }, boss, key)).body).toEqual(approved.body);
    expect((await post(`/${countId}/approve`, {}, boss)).body).toMatchObject({
      type: '/problems/invalid-transition',
    });
    expect(await Promise.all(lots.map(onHand))).toEqual(['30', '19', '0.5']);
    await sound();
  });

  it('is approved by somebody who did not count, whatever his rights', async () => {
    const { drugId, lots } = await shelf('10');
    const countId = await start(drugId);
    await enter(countId, [{ lotId: lots[0], counted: '10' }]);
    await enter(countId, [{ lotId: lots[0], counted: '9' }], boss);
    await enter(countId, [{ lotId: lots[0], counted: '9' }]);
    expect((await post(`/${countId}/submit`)).status).toBe(200);
    expect((await post(`/${countId}/approve`)).status).toBe(403);
    expect((await post(`/${countId}/approve`, {}, boss)).body).toMatchObject({
      status: 409,
      type: '/problems/stock-count-own',
    });
    const other = await aWorldFor(db, 'pharmacist', { branchId });
    expect((await post(`/${countId}/approve`, {}, other)).status).toBe(200);
    expect(await onHand(lots[0])).toBe('9');
    await sound();
  });

  it('takes lots that nobody knew: by the code on the pack, by what is printed on it, set aside until judged', async () => {
    const gtin = '06221155020017';
    const { drugId } = await aDrug(db, { barcode: '6221155020017' });
    const here = await aLot(db, {
      branchId,
      drugId,
      quantity: '20',
      lotNumber: 'HERE',
      expiryDate: '2031-05-31',
      unitCost: '0.75',
    });
    await aLot(db, { branchId, drugId, quantity: '7', lotNumber: 'TWICE', unitCost: '1' });
    await aLot(db, { branchId, drugId, quantity: '8', lotNumber: 'TWICE', unitCost: '2' });
    const other = await shelf('5');
    const countId = await start(drugId);
    const scanned = await enter(countId, [
      { code: `(01)${gtin}(17)310531(10)HERE`, counted: '12' },
      { code: `(01)${gtin}(17)310531(10)HERE`, counted: '8' },
      { code: gtin, lotNumber: 'NEW', expiryDate: '2030-01-31', counted: '3' },
      { drugId, lotNumber: 'NEVER', expiryDate: null, counted: '1.5' },
      { lotId: other.lots[0], counted: '5' },
    ]);
    expect(scanned.status).toBe(200);
    const found = await lines(countId, counter, '?state=found');
    expect(found.map((line) => line.lotNumber)).toEqual(expect.arrayContaining(['NEW', 'NEVER']));
    expect(found).toHaveLength(3);
    expect((await lines(countId)).find((line) => line.lotId === here.lotId)).toMatchObject({ counted: '20' });
    expect((await enter(countId, [{ drugId, lotNumber: 'TWICE', counted: '1' }])).body).toMatchObject({
      status: 409,
      type: '/problems/lot-ambiguous',
    });
    for (const [item, pointer] of [
      [{ code: gtin, counted: '1' }, '/items/0/lotNumber'],
      [{ drugId, lotNumber: 'X', counted: '1' }, '/items/0/expiryDate'],
      [
        { drugId: (await aDrug(db)).drugId, lotNumber: 'X', expiryDate: null, counted: '1' },
        '/items/0/unitCost',
      ],
    ] as const)
      expect((await enter(countId, [item])).body).toMatchObject({ status: 422, errors: [{ pointer }] });
    // A lot out of nowhere is a difference of all of it: counted twice.
    await enter(countId, [
      { drugId, lotNumber: 'NEW', counted: '3' },
      { drugId, lotNumber: 'NEVER', counted: '1.5' },
    ]);
    expect((await post(`/${countId}/submit`)).body).toMatchObject({ params: { uncounted: 2 } });
    expect((await post(`/${countId}/submit`, { leaveUncounted: true })).body).toMatchObject({ left: 2 });
    expect((await post(`/${countId}/approve`, {}, boss)).status).toBe(200);
    const lots = await call<{
      data: { lotNumber: string; quantity: string; status: string; unitCost: string }[];
    }>('GET', `/inventory/lots?drugId=${drugId}&limit=50`, { token: boss.token });
    expect(lots.body.data).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ lotNumber: 'NEW', quantity: '3', status: 'quarantined' }),
        expect.objectContaining({ lotNumber: 'NEVER', quantity: '1.5', status: 'quarantined' }),
        expect.objectContaining({ lotNumber: 'HERE', quantity: '20', status: 'available' }),
      ]),
    );
    await sound();
  });

  it('keeps a lot in one open count, and lets it go when that ends', async () => {
    const { drugId, lots } = await shelf('10', '10');
    const mine = await start(drugId);
    const again = await post('', { scope: 'drugs', drugIds: [drugId] });
    expect(again.body).toMatchObject({
      status: 409,
      type: '/problems/lot-in-open-count',
      params: { countIds: [mine] },
    });
    const elsewhere = await shelf('1');
    const other = await start(elsewhere.drugId);
    expect((await enter(other, [{ lotId: lots[0], counted: '10' }])).body).toMatchObject({
      status: 409,
      type: '/problems/lot-in-open-count',
    });
    expect((await post(`/${mine}/cancel`, { reason: 'another day' })).body).toMatchObject({
      status: 'cancelled',
    });
    await start(drugId);
    // Of many that begin the same count at once, one does.
    const { drugId: third } = await shelf('3');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('', { scope: 'drugs', drugIds: [third] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await post('', { scope: 'drugs', drugIds: [(await aDrug(db)).drugId] })).body).toMatchObject({
      type: '/problems/nothing-to-count',
    });
    await sound();
  });

  it('is not posted over what is kept for a fill: it says which lot', async () => {
    const { drugId, lots } = await shelf('10');
    const fill = await aBareFill(db, boss, { drugId, quantity: '9' });
    await db.owner.query(
      'insert into operational.stock_reservations (branch_id, lot_id, fill_id, quantity) values ($1, $2, $3, 9)',
      [branchId, lots[0], fill.fillId],
    );
    const countId = await start(drugId);
    for (let n = 0; n < 2; n++) await enter(countId, [{ lotId: lots[0], counted: '7' }]);
    await post(`/${countId}/submit`);
    expect((await post(`/${countId}/approve`, {}, boss)).body).toMatchObject({
      status: 409,
      type: '/problems/stock-count-below-reserved',
      params: { lotIds: [lots[0]] },
    });
    expect(await onHand(lots[0])).toBe('10');
    const back = await post(`/${countId}/recount`, {}, boss);
    expect(back.body).toMatchObject({ status: 'counting', toRecount: 1 });
    await enter(countId, [{ lotId: lots[0], counted: '9.5' }]);
    await post(`/${countId}/submit`);
    expect((await post(`/${countId}/approve`, {}, boss)).status).toBe(200);
    expect(await onHand(lots[0])).toBe('9.5');
    await sound();
  });

  it('is exact while the lot is sold, received and corrected by many at once', async () => {
    const { drugId, lots } = await shelf('500');
    const countId = await start(drugId);
    let truth = 500;
    const sell = async (n: number): Promise<void> => {
      truth -= n;
      await aSale(db, { branchId, userId: boss.userId }, { drugId, quantity: String(n) });
    };
    const correct = async (n: number): Promise<void> => {
      truth += n;
      expect((await adjust(lots[0], String(n))).status).toBe(201);
    };
    await Promise.all([
      ...Array.from({ length: 12 }, (_, index) => sell(1 + (index % 3))),
      ...Array.from({ length: 12 }, (_, index) => correct(index % 2 === 0 ? 2 : -1)),
      ...Array.from({ length: 8 }, () => enter(countId, [{ lotId: lots[0], counted: '0' }])),
    ]);
    // All moved and counted zero at some moment; what stands is the last: everything that lay there then is missing.
    await enter(countId, [{ lotId: lots[0], counted: String(truth - 3) }]);
    await sell(4);
    await post(`/${countId}/submit`);
    expect((await post(`/${countId}/approve`, {}, boss)).body).toMatchObject({ differenceValue: '-1.50' });
    expect(await onHand(lots[0])).toBe(String(truth - 3));
    await sound();
  });

  it('plans by what products are worth, and counts a class or a shelf', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const at = { branchId: world.branchId, userId: world.userId };
    const plan = async (query = '') =>
      (
        await call<{ data: { drugId: number; abcClass: string; isDue: boolean }[] }>(
          'GET',
          `/inventory/count-plan${query}`,
          {
            token: world.token,
          },
        )
      ).body.data;
    const drugs: number[] = [];
    for (const [quantity, cost] of [
      ['10', '8'],
      ['10', '1.5'],
      ['10', '0.5'],
      ['0', '9'],
    ] as const) {
      const { drugId } = await aDrug(db);
      drugs.push(drugId);
      const { lotId } = await aLot(db, { branchId: world.branchId, drugId, quantity: '50', unitCost: cost });
      if (quantity !== '0') await aSale(db, at, { drugId, quantity });
      await db.owner.query('update operational.inventory_lots set bin = $2 where lot_id = $1', [
        lotId,
        quantity === '0' ? 'Z9' : 'A1',
      ]);
    }
    expect((await plan()).map((row) => [row.drugId, row.abcClass, row.isDue])).toEqual([
      [drugs[0], 'A', true],
      [drugs[1], 'B', true],
      [drugs[2], 'C', true],
      [drugs[3], 'C', true],
    ]);
    const ofA = await post<Count>('', { scope: 'abc', abcClass: 'A' }, world);
    expect(ofA.body).toMatchObject({ scope: 'abc', abcClass: 'A', lines: 1 });
    const [line] = await lines(ofA.body.countId, world);
    await enter(
      ofA.body.countId,
      [{ lotId: line?.lotId, counted: '40' }],
      await aWorldFor(db, ['CountStock'], { branchId: world.branchId }),
    );
    await post(`/${ofA.body.countId}/submit`, {}, world);
    expect((await post(`/${ofA.body.countId}/approve`, {}, world)).status).toBe(200);
    expect((await plan('?due=false')).map((row) => row.drugId)).toEqual([drugs[0]]);
    expect((await post<Count>('', { scope: 'bin', bin: 'Z9' }, world)).body).toMatchObject({
      lines: 1,
      bin: 'Z9',
    });
    const policy = await call('PATCH', '/inventory/policy', {
      token: world.token,
      body: { version: 0, recountShare: '0', cycleDaysA: 7 },
    });
    expect(policy.body).toMatchObject({ cycleDaysA: 7, cycleDaysB: 90, recountShare: '0', version: 1 });
    expect(
      (await call('PATCH', '/inventory/policy', { token: world.token, body: { version: 0 } })).status,
    ).toBe(409);
    await sound();
  });

  it('refuses bad input, and who may not', async () => {
    const { drugId, lots } = await shelf('10');
    const countId = await start(drugId);
    for (const items of [
      [],
      [{ lotId: lots[0], counted: '-1' }],
      [{ lotId: lots[0], counted: 'x' }],
      [{ lotId: lots[0], counted: '1.0001' }],
      [{ lotId: lots[0] }],
      [{ lotId: lots[0], counted: '1', expected: '1' }],
      [{ code: 'x\u0000', counted: '1' }],
    ])
      expect((await enter(countId, items)).status, JSON.stringify(items)).toBe(400);
    expect((await enter(countId, [{ lotId: 999_999_999, counted: '1' }])).status).toBe(404);
    expect((await enter(999_999_999, [{ lotId: lots[0], counted: '1' }])).status).toBe(404);
    expect((await enter(countId, [{ code: 'not a code', counted: '1' }])).status).toBeLessThan(500);
    for (const body of [
      {},
      { scope: 'bin' },
      { scope: 'abc', abcClass: 'D' },
      { scope: 'drugs', drugIds: [] },
    ])
      expect((await post('', body)).status).toBe(400);
    const auditor = await aWorldFor(db, 'auditor', { branchId });
    expect((await call('GET', '/inventory/counts', { token: auditor.token })).status).toBe(403);
    const stranger = await aWorldFor(db, 'pharmacist');
    expect((await call('GET', `/inventory/counts/${countId}`, { token: stranger.token })).status).toBe(404);
    expect((await post(`/${countId}/cancel`, { reason: 'x' }, stranger)).status).toBe(404);
    const list = await call<{ data: Count[] }>('GET', '/inventory/counts?status=counting', {
      token: stranger.token,
    });
    expect(list.body.data).toEqual([]);
  });

  it('is kept by the database: no expectation made up, no difference posted by hand, no approval of one’s own', async () => {
    const { drugId, lots } = await shelf('10');
    const countId = await start(drugId);
    const [line] = await lines(countId);
    const app = await connectAs(db, 'pharmacy_app');
    const as = (userId: number) =>
      app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(branchId),
        String(userId),
      ]);
    const refused = (statement: string, values: unknown[], code: string) =>
      expect(app.query(statement, values), statement).rejects.toMatchObject({ code });
    const move = (quantity: string) =>
      refused(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, count_line_id)
         values ($1, $2, $3, 'count', $4, 'x', 0, 0, $5)`,
        [branchId, lots[0], drugId, quantity, line?.countLineId],
        'MD004',
      );
    try {
      await as(counter.userId);
      const { rows } = await app.query<{ expected: string; counted_by: number }>(
        `insert into operational.stock_count_entries (branch_id, count_id, count_line_id, entry_no, counted, movement_id, expected, counted_by)
         values ($1, $2, $3, 9, 4, 0, 4, $4) returning trim_scale(expected)::text as expected, counted_by`,
        [branchId, countId, line?.countLineId, boss.userId],
      );
      expect(rows).toEqual([{ expected: '10', counted_by: counter.userId }]);
      await move('-6');
      const set = `update operational.stock_counts set status = $2, submitted_by = $3, submitted_at = now() where count_id = $1`;
      await refused(set, [countId, 'submitted', counter.userId], 'MD131');
      await refused(set, [countId, 'approved', counter.userId], 'MD004');
      await refused(
        'update operational.stock_count_lines set is_open = false where count_id = $1',
        [countId],
        '42501',
      );
      await refused(
        'update operational.stock_count_entries set counted = 10 where count_id = $1',
        [countId],
        '42501',
      );
      await enter(countId, [{ lotId: lots[0], counted: '4' }]);
      await app.query(set, [countId, 'submitted', counter.userId]);
      await move('-6');
      const approve = `update operational.stock_counts set status = 'approved', closed_by = $2, closed_at = now() where count_id = $1`;
      await refused(approve, [countId, counter.userId], 'MD132');
      await refused(approve, [countId, boss.userId], 'MD132');
      await as(boss.userId);
      // Approved without posting what differs: refused when the transaction ends.
      await refused(approve, [countId, boss.userId], 'MD004');
      expect(await onHand(lots[0])).toBe('10');
      for (const table of ['stock_counts', 'stock_count_lines', 'stock_count_entries'])
        await expect(db.owner.query(`delete from operational.${table}`)).rejects.toMatchObject({
          code: 'MD004',
        });
      await expect(
        db.owner.query('update operational.stock_count_entries set counted = 1'),
      ).rejects.toMatchObject({ code: 'MD004' });
      await expect(
        db.owner.query('update operational.stock_count_lines set snapshot_quantity = 4 where count_id = $1', [
          countId,
        ]),
      ).rejects.toMatchObject({ code: 'MD004' });
    } finally {
      await app.end();
    }
    await sound();
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        'update operational.stock_count_entries set expected = expected + 1 where count_id = $1',
        [countId],
      );
      const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
      expect(reports.filter(({ broken }) => broken.length > 0).map(({ code }) => code)).toEqual([
        'counts-whole',
      ]);
      await client.query(
        'update operational.stock_count_entries set expected = expected - 1 where count_id = $1',
        [countId],
      );
      await client.query('set session_replication_role = origin');
    } finally {
      client.release();
    }
    await sound();
  });
});
