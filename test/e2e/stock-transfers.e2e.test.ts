// Stock between branches: asked for or sent, in transit, taken in, disputed, settled; what each side may do, and what the database refuses.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aUser, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Lot {
  transitLotId: number;
  lotNumber: string;
  expiryDate: string | null;
  unitCost: string;
  issued: string;
  inTransit: string;
}
interface Transfer {
  transferId: number;
  status: string;
  lines: { transferLineId: number; drugId: number; approved: string | null; needsWitness: boolean }[];
  lots: [Lot, ...Lot[]];
  discrepancies: { discrepancyId: number; kind: string; quantity: string; resolution: string | null }[];
  commands: string[];
  type?: string;
}
interface LotRow {
  lotId: number;
  lotNumber: string;
  quantity: string;
  status: string;
  unitCost: string;
  expiryDate: string;
}

describe('stock between branches', () => {
  const { db, call } = useTestApp();
  let giver: World;
  let giverClerk: World;
  let taker: World;
  let takerClerk: World;

  beforeAll(async () => {
    await seedAccess(db);
    giver = await aWorldFor(db, 'pharmacist');
    giverClerk = await aWorldFor(db, 'inventory clerk', { branchId: giver.branchId });
    taker = await aWorldFor(db, 'pharmacist');
    takerClerk = await aWorldFor(db, 'inventory clerk', { branchId: taker.branchId });
  });

  const post = (path: string, body: object, world: World, key?: string) =>
    call<Transfer>('POST', `/inventory/transfers${path}`, {
      token: world.token,
      body,
      ...(key ? { key } : {}),
    });
  const done = async (path: string, body: object, world: World): Promise<Transfer> => {
    const answer = await post(path, body, world);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const get = async (id: number, world: World): Promise<Transfer> =>
    (await call<Transfer>('GET', `/inventory/transfers/${id}`, { token: world.token })).body;
  const lotsOf = async (drugId: number, world: World): Promise<LotRow[]> =>
    (
      await call<{ data: LotRow[] }>('GET', `/inventory/lots?drugId=${drugId}&limit=50`, {
        token: world.token,
      })
    ).body.data;
  const shelf = async (...quantities: string[]) => {
    const { drugId } = await aDrug(db);
    const lots: { lotId: number; lotNumber: string }[] = [];
    for (const [index, quantity] of quantities.entries())
      lots.push(
        await aLot(db, {
          branchId: giver.branchId,
          drugId,
          quantity,
          expiryDate: daysFromNow(100 + index),
          unitCost: `0.${index + 1}25`,
        }),
      );
    return {
      drugId,
      lots: lots as [{ lotId: number; lotNumber: string }, { lotId: number; lotNumber: string }],
    };
  };
  /** Sent off by the giver: so much of a product. */
  const sent = async (drugId: number, quantity: string): Promise<Transfer> => {
    const { transferId } = await done(
      '',
      { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId, quantity }] },
      giverClerk,
    );
    return done(`/${transferId}/issue`, {}, giverClerk);
  };
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };

  it('goes from a request to the other shelf, first expiry first, with lot number, expiry and cost', async () => {
    const { drugId, lots } = await shelf('20', '30');
    const other = await shelf('5');
    const asked = await done(
      '',
      {
        origin: 'request',
        otherBranchId: giver.branchId,
        note: 'for the week',
        lines: [
          { drugId, quantity: '25' },
          { drugId: other.drugId, quantity: '4' },
        ],
      },
      takerClerk,
    );
    expect(asked).toMatchObject({ status: 'requested', commands: ['cancel'] });
    const id = asked.transferId;
    expect((await post(`/${id}/approve`, {}, taker)).body).toMatchObject({
      status: 409,
      type: '/problems/transfer-other-branch',
      params: { branchId: giver.branchId },
    });
    expect((await post(`/${id}/approve`, {}, giverClerk)).status).toBe(403);
    const lineOf = (of: number) => asked.lines.find((line) => line.drugId === of)?.transferLineId;
    const over = { lines: [{ transferLineId: lineOf(drugId), quantity: '26' }] };
    expect((await post(`/${id}/approve`, over, giver)).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/lines/0/quantity' }],
    });
    const agreed = await done(
      `/${id}/approve`,
      { lines: [{ transferLineId: lineOf(other.drugId), quantity: '0' }] },
      giver,
    );
    expect(agreed.lines.map((line) => line.approved)).toEqual(['25', '0']);
    const key = randomUUID();
    const issued = await post(`/${id}/issue`, {}, giverClerk, key);
    expect(issued.body).toMatchObject({
      status: 'in_transit',
      lots: [{ issued: '20' }, { issued: '5' }],
      inTransitValue: '3.63',
    });
    expect((await post(`/${id}/issue`, {}, giverClerk, key)).body).toEqual(issued.body);
    // It is on no shelf, and seen by both.
    expect((await lotsOf(drugId, giver)).map((lot) => lot.quantity).sort()).toEqual(['0', '25']);
    expect(await lotsOf(drugId, taker)).toEqual([]);
    for (const [world, direction] of [
      [giver, 'out'],
      [taker, 'in'],
    ] as const) {
      const way = await call<{ data: object[] }>(
        'GET',
        `/inventory/in-transit?direction=${direction}&drugId=${drugId}`,
        { token: world.token },
      );
      expect(way.body.data).toMatchObject([
        { lotNumber: lots[0].lotNumber, quantity: '20' },
        { quantity: '5' },
      ]);
    }
    const [first, second] = issued.body.lots as [Lot, Lot];
    const part = await done(
      `/${id}/receive`,
      { complete: false, items: [{ transitLotId: first.transitLotId, quantity: '12' }] },
      takerClerk,
    );
    expect(part).toMatchObject({
      status: 'in_transit',
      lots: [{ inTransit: '8', received: '12' }, { inTransit: '5' }],
    });
    const rest = await done(
      `/${id}/receive`,
      {
        complete: true,
        items: [
          { transitLotId: first.transitLotId, quantity: '8' },
          { transitLotId: second.transitLotId, quantity: '5' },
        ],
      },
      takerClerk,
    );
    expect(rest).toMatchObject({ status: 'closed', commands: [], owedCompletable: 0, discrepancies: [] });
    expect(await lotsOf(drugId, taker)).toMatchObject([
      {
        lotNumber: lots[0].lotNumber,
        quantity: '20',
        unitCost: '0.125',
        expiryDate: daysFromNow(100),
        status: 'available',
      },
      { lotNumber: lots[1].lotNumber, quantity: '5', unitCost: '0.225' },
    ]);
    await sound();
  });

  it('with what is missing, damaged and too much: in dispute until somebody else settles it', async () => {
    const { drugId, lots } = await shelf('10', '10');
    const { transferId: id, lots: way } = await sent(drugId, '15');
    const [a, b] = way as [Lot, Lot];
    const report = {
      complete: true,
      items: [
        { transitLotId: a.transitLotId, quantity: '6', damaged: '1', note: 'box was wet' },
        { transitLotId: b.transitLotId, quantity: '7' },
      ],
    };
    const taken = await done(`/${id}/receive`, report, takerClerk);
    expect(taken).toMatchObject({ status: 'discrepant', commands: ['resolve'] });
    const of = (kind: string): number =>
      taken.discrepancies.find((one) => one.kind === kind)?.discrepancyId ?? 0;
    expect(taken.discrepancies.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['damaged', '1'],
      ['lost', '3'],
      ['over', '2'],
    ]);
    const settle = (kind: string, resolution: string, world: World) =>
      post(`/${id}/resolve`, { discrepancyId: of(kind), resolution, note: 'looked for' }, world);
    expect((await settle('lost', 'write_off', taker)).body).toMatchObject({
      status: 422,
      type: '/problems/resolution-not-open',
      params: { ways: ['receive'] },
    });
    expect((await settle('lost', 'accept', giver)).body).toMatchObject({ status: 422 });
    expect((await settle('lost', 'write_off', giverClerk)).status).toBe(403);
    expect((await post(`/${id}/receive`, report, takerClerk)).body).toMatchObject({
      type: '/problems/invalid-transition',
    });
    const own = await sent((await shelf('2')).drugId, '2');
    const ownTaken = await done(`/${own.transferId}/receive`, { complete: true, items: [] }, taker);
    expect(
      (
        await post(
          `/${own.transferId}/resolve`,
          {
            discrepancyId: ownTaken.discrepancies[0]?.discrepancyId,
            resolution: 'receive',
            note: 'here it is',
          },
          taker,
        )
      ).body,
    ).toMatchObject({ status: 409, type: '/problems/discrepancy-own' });
    expect((await settle('lost', 'write_off', giver)).body).toMatchObject({ status: 'discrepant' });
    expect((await settle('damaged', 'return', giver)).status).toBe(200);
    // Two more were in the box than the book says: agreed to, they are sent after it, and taken in.
    expect((await settle('over', 'accept', giver)).body).toMatchObject({ status: 'in_transit' });
    expect((await settle('over', 'accept', giver)).body).toMatchObject({
      type: '/problems/invalid-transition',
    });
    const last = await done(
      `/${id}/receive`,
      { complete: true, items: [{ transitLotId: b.transitLotId, quantity: '2' }] },
      takerClerk,
    );
    expect(last).toMatchObject({
      status: 'closed',
      lots: [
        { issued: '10', received: '6', returned: '1', writtenOff: '3', inTransit: '0' },
        { issued: '7', received: '7', returned: '0', writtenOff: '0', inTransit: '0' },
      ],
    });
    expect((await lotsOf(drugId, giver)).map((lot) => [lot.lotNumber, lot.quantity, lot.status])).toEqual([
      [lots[0].lotNumber, '0', 'available'],
      [lots[0].lotNumber, '1', 'quarantined'],
      [lots[1].lotNumber, '3', 'available'],
    ]);
    expect((await lotsOf(drugId, taker)).map((lot) => lot.quantity)).toEqual(['6', '7']);
    await sound();
  });

  it('turns up after all: at either side', async () => {
    const { drugId } = await shelf('10');
    const { transferId: id, lots } = await sent(drugId, '10');
    const reported = await done(
      `/${id}/receive`,
      { complete: true, items: [{ transitLotId: lots[0].transitLotId, quantity: '7' }] },
      takerClerk,
    );
    const discrepancyId = reported.discrepancies[0]?.discrepancyId;
    expect(
      await done(`/${id}/resolve`, { discrepancyId, resolution: 'receive', note: 'behind the shelf' }, taker),
    ).toMatchObject({ status: 'closed' });
    expect((await lotsOf(drugId, taker)).map((lot) => lot.quantity)).toEqual(['10']);
    const again = await shelf('10');
    const second = await sent(again.drugId, '10');
    const missing = await done(`/${second.transferId}/receive`, { complete: true, items: [] }, takerClerk);
    await done(
      `/${second.transferId}/resolve`,
      { discrepancyId: missing.discrepancies[0]?.discrepancyId, resolution: 'return', note: 'never left' },
      giver,
    );
    expect((await lotsOf(again.drugId, giver)).map((lot) => lot.quantity)).toEqual(['10']);
    await sound();
  });

  it('sends chosen lots, part of what was agreed to, or is called off and all comes back', async () => {
    const { drugId, lots } = await shelf('10', '10');
    const create = async (quantity: string): Promise<Transfer> =>
      done('', { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId, quantity }] }, giverClerk);
    const one = await create('5');
    const lineId = one.lines[0]?.transferLineId;
    const choose = (chosen: object[], id = one.transferId) =>
      post(`/${id}/issue`, { lines: [{ transferLineId: lineId, lots: chosen }] }, giverClerk);
    expect((await choose([{ lotId: lots[1].lotId, quantity: '6' }])).body).toMatchObject({
      status: 422,
      type: '/problems/transfer-more-than-approved',
    });
    const stranger = await aLot(db, { branchId: giver.branchId, drugId: (await aDrug(db)).drugId });
    expect((await choose([{ lotId: stranger.lotId, quantity: '1' }])).status).toBe(404);
    const held = await aLot(db, { branchId: giver.branchId, drugId, quantity: '9', status: 'quarantined' });
    expect((await choose([{ lotId: held.lotId, quantity: '1' }])).body).toMatchObject({
      type: '/problems/lot-not-dispensable',
    });
    expect((await choose([{ lotId: lots[1].lotId, quantity: '4' }])).body).toMatchObject({
      status: 'in_transit',
      lots: [{ issued: '4', lotNumber: lots[1].lotNumber }],
    });
    expect((await post(`/${one.transferId}/cancel`, { reason: 'x' }, taker)).body).toMatchObject({
      type: '/problems/transfer-other-branch',
    });
    expect(
      await done(`/${one.transferId}/cancel`, { reason: 'the van broke down' }, giverClerk),
    ).toMatchObject({ status: 'cancelled', lots: [{ returned: '4', inTransit: '0' }] });
    expect((await lotsOf(drugId, giver)).map((lot) => lot.quantity).sort()).toEqual(['10', '10', '9']);
    const more = await create('25');
    expect((await post(`/${more.transferId}/issue`, {}, giverClerk)).body).toMatchObject({
      status: 409,
      type: '/problems/insufficient-stock',
      params: { drugId, requested: '25', available: '20' },
    });
    expect((await get(more.transferId, giver)).status).toBe('approved');
    expect(await done(`/${more.transferId}/issue`, { partial: true }, giverClerk)).toMatchObject({
      lots: [{ issued: '10' }, { issued: '10' }],
    });
    await done(`/${more.transferId}/receive`, { complete: false, items: [] }, takerClerk);
    const arrived = await get(more.transferId, taker);
    await done(
      `/${more.transferId}/receive`,
      { complete: false, items: [{ transitLotId: arrived.lots[0].transitLotId, quantity: '1' }] },
      takerClerk,
    );
    expect((await post(`/${more.transferId}/cancel`, { reason: 'too late' }, giverClerk)).body).toMatchObject(
      { type: '/problems/transfer-open' },
    );
    await sound();
  });

  it('arrives as expired what expired on the way', async () => {
    const { drugId } = await shelf('10');
    const { transferId, lots } = await sent(drugId, '10');
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      for (const table of ['stock_transit_lots', 'inventory_lots'])
        await client.query(
          `update operational.${table} set expiry_date = current_date - 3 where drug_id = $1`,
          [drugId],
        );
      await client.query('set session_replication_role = origin');
    } finally {
      client.release();
    }
    const taken = await done(
      `/${transferId}/receive`,
      { complete: true, items: [{ transitLotId: lots[0].transitLotId, quantity: '10' }] },
      takerClerk,
    );
    expect(taken.status).toBe('closed');
    expect(await lotsOf(drugId, taker)).toMatchObject([{ quantity: '10', status: 'expired' }]);
    await sound();
  });

  it('names the rests owed to patients that it completes', async () => {
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    await aLot(db, { branchId: giver.branchId, drugId, quantity: '10' });
    await aLot(db, { branchId: taker.branchId, drugId, quantity: '20' });
    const { prescriptionId } = await aPrescription(db, taker, { drugId });
    const fill = await call('POST', `/prescriptions/${prescriptionId}/fill`, {
      token: taker.token,
      body: { complete: true, quantity: '20' },
    });
    expect(fill.status).toBe(201);
    const { transferId, lots } = await sent(drugId, '10');
    const items = [{ transitLotId: lots[0].transitLotId, quantity: '10' }];
    expect(await done(`/${transferId}/receive`, { complete: true, items }, taker)).toMatchObject({
      owedCompletable: 1,
      owedFills: [{ prescriptionId, quantityOwed: '10', completable: true }],
    });
    await sound();
  });

  it('of controlled medicines is signed by two on each side, and stands in both registers', async () => {
    const us = async () => {
      const branchId = await aBranch(db);
      await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [
        branchId,
      ]);
      return {
        me: await aWorldFor(db, 'pharmacist', { branchId }),
        colleague: await aUser(db, { role: 'pharmacist', branchIds: [branchId] }),
      };
    };
    const [from, to] = [await us(), await us()];
    const witness = async ({ me, colleague }: Awaited<ReturnType<typeof us>>): Promise<string> =>
      (
        await call<{ token: string }>('POST', '/auth/witness', {
          token: me.token,
          body: { username: colleague.username, password: colleague.password },
        })
      ).body.token;
    const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
    await aLot(db, { branchId: from.me.branchId, drugId, quantity: '10' });
    const { transferId: id, lines } = await done(
      '',
      { origin: 'send', otherBranchId: to.me.branchId, lines: [{ drugId, quantity: '10' }] },
      from.me,
    );
    expect(lines[0]?.needsWitness).toBe(true);
    expect((await post(`/${id}/issue`, {}, from.me)).body).toMatchObject({
      status: 409,
      type: '/problems/witness-required',
    });
    const { lots } = await done(`/${id}/issue`, { witness: await witness(from) }, from.me);
    const items = [{ transitLotId: lots[0].transitLotId, quantity: '8' }];
    expect((await post(`/${id}/receive`, { complete: true, items }, to.me)).body).toMatchObject({
      type: '/problems/witness-required',
    });
    const taken = await done(`/${id}/receive`, { complete: true, items, witness: await witness(to) }, to.me);
    const lost = {
      discrepancyId: taken.discrepancies[0]?.discrepancyId,
      resolution: 'write_off',
      note: 'reported to the police',
    };
    expect((await post(`/${id}/resolve`, lost, from.me)).body).toMatchObject({
      type: '/problems/witness-required',
    });
    await done(`/${id}/resolve`, { ...lost, witness: await witness(from) }, from.me);
    for (const [world, kinds] of [
      [from.me, [['transfer_out', '-10', '0']]],
      [to.me, [['transfer_in', '8', '8']]],
    ] as const) {
      const register = await call<{
        data: { kind: string; quantity: string; balanceAfter: string; witnessName: string | null }[];
      }>('GET', `/reports/controlled-register?drugId=${drugId}`, { token: world.token });
      const last = register.body.data.at(-1);
      expect([[last?.kind, last?.quantity, last?.balanceAfter]]).toEqual(kinds);
      expect(last?.witnessName).toMatch(/^Person /);
    }
    await sound();
  });

  it('is issued, taken in and settled once by many at once', async () => {
    const { drugId } = await shelf('10');
    const { transferId: id } = await done(
      '',
      { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId, quantity: '10' }] },
      giverClerk,
    );
    const once = async (path: string, body: object, world: World): Promise<void> => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => post(`/${id}/${path}`, body, world)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    };
    await once('issue', {}, giverClerk);
    const { lots } = await get(id, taker);
    await once(
      'receive',
      { complete: true, items: [{ transitLotId: lots[0].transitLotId, quantity: '6' }] },
      takerClerk,
    );
    const { discrepancies: open } = await get(id, giver);
    await once(
      'resolve',
      { discrepancyId: open[0]?.discrepancyId, resolution: 'return', note: 'never left' },
      giver,
    );
    expect((await lotsOf(drugId, giver)).map((lot) => lot.quantity)).toEqual(['4']);
    expect((await lotsOf(drugId, taker)).map((lot) => lot.quantity)).toEqual(['6']);
    await sound();
  });

  it('refuses bad input, and is unseen by a third branch', async () => {
    const { drugId } = await shelf('5');
    const line = { drugId, quantity: '1' };
    for (const body of [
      { origin: 'send', otherBranchId: taker.branchId, lines: [] },
      { origin: 'send', otherBranchId: taker.branchId, lines: [line, line] },
      { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId, quantity: '0' }] },
      { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId, quantity: '-1' }] },
      { origin: 'steal', otherBranchId: taker.branchId, lines: [line] },
    ])
      expect((await post('', body, giver)).status).toBe(400);
    for (const otherBranchId of [giver.branchId, 999_999_999])
      expect((await post('', { origin: 'send', otherBranchId, lines: [line] }, giver)).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/otherBranchId' }],
      });
    expect(
      (
        await post(
          '',
          { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId: 999_999_999, quantity: '1' }] },
          giver,
        )
      ).status,
    ).toBe(404);
    const { transferId: id, lots } = await sent(drugId, '2');
    for (const item of [{ transitLotId: 1_999_999_999, quantity: '1' }])
      expect((await post(`/${id}/receive`, { complete: false, items: [item] }, taker)).status).toBe(404);
    for (const item of [
      { transitLotId: lots[0].transitLotId, quantity: '-1' },
      { transitLotId: lots[0].transitLotId, quantity: 'x' },
      { transitLotId: lots[0].transitLotId },
    ])
      expect((await post(`/${id}/receive`, { complete: false, items: [item] }, taker)).status).toBe(400);
    const third = await aWorldFor(db, 'administrator');
    expect((await call('GET', `/inventory/transfers/${id}`, { token: third.token })).status).toBe(404);
    expect((await post(`/${id}/receive`, { complete: true, items: [] }, third)).status).toBe(404);
    for (const path of ['/inventory/transfers', '/inventory/in-transit'])
      expect((await call<{ data: object[] }>('GET', path, { token: third.token })).body.data).toEqual([]);
    const branches = await call<{ data: { branchId: number }[] }>('GET', '/inventory/transfer-branches', {
      token: giver.token,
    });
    expect(branches.body.data.map((branch) => branch.branchId)).not.toContain(giver.branchId);
    const cashier = await aWorldFor(db, 'cashier', { branchId: giver.branchId });
    expect((await call('GET', '/inventory/transfers', { token: cashier.token })).status).toBe(403);
    await sound();
  });

  it('is kept by the database: no side alone, no quantity by hand, nothing more than was agreed to', async () => {
    const { drugId, lots } = await shelf('10');
    const { transferId: id, lots: way } = await sent(drugId, '6');
    const app = await connectAs(db, 'pharmacy_app');
    const lot = way[0].transitLotId;
    const refused = async (code: string, statement: string, values: unknown[] = []): Promise<void> => {
      await expect(app.query(statement, values), statement).rejects.toMatchObject({ code });
    };
    const MOVE = `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
      values ($1, $2, $3, $4, $5, 'x', 0, 0) returning movement_id`;
    const TRANSIT = `insert into operational.stock_transit_movements (transit_lot_id, from_branch_id, to_branch_id, kind, quantity, movement_id) values ($1, $2, $3, $4, $5, $6)`;
    try {
      await app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        `${giver.branchId},${taker.branchId}`,
        String(giver.userId),
      ]);
      await refused('MD134', MOVE, [giver.branchId, lots[0].lotId, drugId, 'transfer_out', -1]);
      await refused('MD134', MOVE, [giver.branchId, lots[0].lotId, drugId, 'transfer_in', 1]);
      const { rows } = await db.owner.query<{ id: number }>(
        'select max(movement_id) as id from operational.stock_movements where lot_id = $1',
        [lots[0].lotId],
      );
      const ends = [lot, giver.branchId, taker.branchId];
      // More than was agreed to; the movement of the issue is no other side of what comes out of transit.
      await refused('MD135', TRANSIT, [...ends, 'issue', 6, rows[0]?.id]);
      await refused('MD134', TRANSIT, [...ends, 'receive', -6, rows[0]?.id]);
      await refused('23514', TRANSIT, [...ends, 'write_off', -6, null]);
      await refused('23514', TRANSIT, [...ends, 'receive', -7, null]);
      await refused('42501', 'update operational.stock_transit_lots set quantity = 0');
      await refused('42501', 'update operational.stock_transit_movements set quantity = 0');
      await refused(
        'MD133',
        `update operational.stock_transfers set status = 'closed', closed_by = $2, closed_at = now() where transfer_id = $1`,
        [id, giver.userId],
      );
      await refused(
        'MD004',
        `update operational.stock_transfers set status = 'requested' where transfer_id = $1`,
        [id],
      );
      await refused(
        'MD004',
        'update operational.stock_transfer_lines set approved = 99 where transfer_id = $1',
        [id],
      );
      const report = `insert into operational.stock_transfer_discrepancies (transfer_id, transit_lot_id, from_branch_id, to_branch_id, kind, quantity, reported_by)
        values ($1, $2, $3, $4, 'lost', $5, $6) returning discrepancy_id`;
      await refused('MD004', report, [id, ...ends, 7, giver.userId]);
      await refused('MD004', report, [id, ...ends, 1, taker.userId]);
      const made = await app.query<{ discrepancy_id: number }>(report, [id, ...ends, 1, giver.userId]);
      const resolve = `update operational.stock_transfer_discrepancies set resolution = 'write_off', resolution_note = 'x', resolved_by = $2, resolved_at = now() where discrepancy_id = $1`;
      await refused('23514', resolve, [made.rows[0]?.discrepancy_id, giver.userId]);
      await app.query(`select set_config('app.user_id', $1, false)`, [String(taker.userId)]);
      // Settled, and nothing given up: refused when the transaction ends.
      await refused('MD004', resolve, [made.rows[0]?.discrepancy_id, taker.userId]);
      await app.query(`select set_config('app.branches', $1, false)`, [String(taker.branchId)]);
      // Each branch does what is its own: who gets goods neither gives them up nor sends himself some.
      await refused('MD004', resolve, [made.rows[0]?.discrepancy_id, taker.userId]);
      await refused(
        'MD004',
        `insert into operational.stock_transfers (from_branch_id, to_branch_id, origin, status, created_by, approved_by, approved_at)
         values ($1, $2, 'send', 'approved', $3, $3, now())`,
        [giver.branchId, taker.branchId, taker.userId],
      );
      const asked = await done(
        '',
        { origin: 'request', otherBranchId: giver.branchId, lines: [{ drugId, quantity: '1' }] },
        taker,
      );
      await app.query('update operational.stock_transfer_lines set approved = 1 where transfer_id = $1', [
        asked.transferId,
      ]);
      await refused(
        'MD004',
        `update operational.stock_transfers set status = 'approved', approved_by = $2, approved_at = now() where transfer_id = $1`,
        [asked.transferId, taker.userId],
      );
      for (const table of [
        'stock_transfers',
        'stock_transfer_lines',
        'stock_transit_lots',
        'stock_transit_movements',
        'stock_transfer_discrepancies',
      ])
        await expect(db.owner.query(`delete from operational.${table}`)).rejects.toMatchObject({
          code: 'MD004',
        });
      await expect(
        db.owner.query('update operational.stock_transit_lots set quantity = 1, issued = 1'),
      ).rejects.toMatchObject({ code: 'MD004' });
    } finally {
      await app.end();
    }
    await sound();
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        'update operational.stock_transit_lots set quantity = quantity + 1, issued = issued + 1 where transit_lot_id = $1',
        [lot],
      );
      const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
      expect(reports.filter(({ broken }) => broken.length > 0).map(({ code }) => code)).toEqual([
        'transfers-two-sided',
      ]);
      await client.query(
        'update operational.stock_transit_lots set quantity = quantity - 1, issued = issued - 1 where transit_lot_id = $1',
        [lot],
      );
      await client.query('set session_replication_role = origin');
    } finally {
      client.release();
    }
    await sound();
  });
});
