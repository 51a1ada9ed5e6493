// The work board: what lies in which column, in which order it is taken, by whom, and how it is given back.
import { beforeAll, describe, expect, it } from 'vitest';

import type { BoardColumn } from '../../src/operational/work-board/work-board.domain.js';
import { aPromised } from '../builders/board.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Card {
  kind: string;
  prescriptionId: number;
  fillId: number | null;
  promisedAt: string | null;
  lease: { leaseId: number; userId: number; userName: string } | null;
  [field: string]: unknown;
}
interface Board {
  asOf: string;
  columns: {
    column: BoardColumn;
    count: number;
    overdue: number;
    oldestSince: string | null;
    nextPromisedAt: string | null;
    cards: Card[];
  }[];
}
interface Taken {
  card: Card | null;
  wasHeld: boolean;
}

describe('the work board', () => {
  const { db, call } = useTestApp();
  let drugId = 0;
  beforeAll(async () => {
    drugId = (await aDrug(db, { ingredients: ['loratadine'], price: '20', unitsPerPack: '20' })).drugId;
  });

  const post = <Body = Record<string, unknown>>(world: World, path: string, body: unknown = {}) =>
    call<Body>('POST', path, { token: world.token, body });
  const board = async (world: World): Promise<Board> =>
    (await call<Board>('GET', '/work-board', { token: world.token })).body;
  const columnOf = async (world: World, column: BoardColumn) => {
    const found = (await board(world)).columns.find((one) => one.column === column);
    if (!found) throw new Error(`no column ${column}`);
    return found;
  };
  const kindsOf = async (world: World): Promise<Record<string, string[]>> =>
    Object.fromEntries(
      (await board(world)).columns.map(({ column, cards }) => [column, cards.map(({ kind }) => kind)]),
    );
  const takeNext = (world: World, column: BoardColumn, skipReason?: string) =>
    post<Taken>(world, '/work-board/take-next', { column, ...(skipReason ? { skipReason } : {}) });

  /** A branch with a pharmacist and stock. */
  async function aPharmacy(settings = 'code = code'): Promise<World> {
    const me = await aWorldFor(db, 'pharmacist');
    await db.owner.query(`update operational.branches set ${settings} where branch_id = $1`, [me.branchId]);
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
    return me;
  }
  const aFill = async (me: World, steps: readonly string[] = [], body: object = {}): Promise<number> => {
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    const filled = await post<{ fillId: number }>(me, `/prescriptions/${prescriptionId}/fill`, body);
    expect(filled.status, JSON.stringify(filled.body)).toBe(201);
    for (const step of steps)
      expect((await post(me, `/fills/${filled.body.fillId}/${step}`)).status).toBe(200);
    return filled.body.fillId;
  };

  it('shows each thing in the column where it stands, and nothing that is done', async () => {
    const me = await aPharmacy();
    await aPrescription(db, me, { drugId, status: 'draft' });
    await aPrescription(db, me, { drugId });
    await aPrescription(db, me, { drugId, status: 'on_hold' });
    for (const status of ['completed', 'cancelled', 'transferred', 'filled'])
      await aPrescription(db, me, { drugId, status });
    await aPrescription(db, me, { drugId, prescribedDate: '2020-01-01', expiresOn: '2020-06-01' });
    await aFill(me);
    await aFill(me, ['verify']);
    await aFill(me, ['verify', 'ready']);
    await aFill(me, ['verify', 'ready', 'dispense']);
    expect(await kindsOf(me)).toEqual({
      entry: ['draft'],
      fill: ['fill'],
      verify: ['verify'],
      ready: ['bag', 'pick_up'],
      problem: ['on_hold'],
    });
    expect(Object.values(await kindsOf(await aPharmacy())).flat()).toEqual([]);
  });

  it('moves a prescription to the fill when a reviewing branch has reviewed it', async () => {
    const me = await aPharmacy('clinical_review = true');
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    expect(await kindsOf(me)).toMatchObject({ entry: ['review'], fill: [] });
    expect((await takeNext(me, 'entry')).body.card).toMatchObject({ prescriptionId, kind: 'review' });
    expect((await post(me, `/prescriptions/${prescriptionId}/review`)).status).toBe(200);
    const fill = await columnOf(me, 'fill');
    expect(fill.cards).toMatchObject([{ kind: 'fill', prescriptionId, lease: null }]);
    expect((await columnOf(me, 'entry')).count).toBe(0);
  });

  it('collects what is stuck: held bins, rests that stock completes, fills of what expired', async () => {
    const me = await aPharmacy();
    await db.owner.query(
      `insert into operational.will_call_bins (branch_id, code, hold_reason) values ($1, 'X-1', 'counsel')`,
      [me.branchId],
    );
    const held = await aFill(me, ['verify']);
    expect((await post(me, `/fills/${held}/ready`, { bin: 'X-1' })).status).toBe(200);
    const owed = await aFill(me, [], { quantity: '10' });
    const late = await aFill(me);
    await db.owner.query(
      `update operational.prescriptions set expires_on = prescribed_date where prescription_id = (select prescription_id from operational.fills where fill_id = $1)`,
      [late],
    );
    const problem = await columnOf(me, 'problem');
    const byKind = new Map(problem.cards.map((card) => [card.kind, card]));
    expect([...byKind.keys()].sort()).toEqual(['bin_hold', 'owed', 'take_back']);
    expect(byKind.get('bin_hold')).toMatchObject({ fillId: held, bin: 'X-1', holdReason: 'counsel' });
    expect(byKind.get('owed')).toMatchObject({ fillId: null, quantity: '20', quantityOwed: '20' });
    expect(byKind.get('take_back')).toMatchObject({ fillId: late });
    expect((await columnOf(me, 'verify')).cards.map(({ fillId }) => fillId)).toEqual([owed]);
    // No stock, nothing to be done about what is owed.
    await db.owner.query(
      `update operational.inventory_lots set status = 'quarantined' where branch_id = $1`,
      [me.branchId],
    );
    expect((await columnOf(me, 'problem')).cards.map(({ kind }) => kind)).not.toContain('owed');
  });

  it('says what one has to know of a card', async () => {
    const me = await aPharmacy();
    const cold = await aDrug(db, { ingredients: ['insulin glargine'] });
    await db.owner.query(
      `update reference.drugs set storage = 'refrigerate', controlled_schedule = 'II' where drug_id = $1`,
      [cold.drugId],
    );
    const patientId = await aPatient(db, me, { firstName: 'Mona', lastName: 'Adel' });
    const rx = await aPromised(db, me, { drugId: cold.drugId, patientId, minutes: -5, waiting: true });
    await db.owner.query(
      `insert into operational.clinical_alerts (branch_id, prescription_id, patient_id, fingerprint, identity, kind, severity, stops, subjects, message, management, source)
       values ($1, $2, $3, 'f', 'i', 'allergy', 'contraindicated', true, '[]', 'm', 'm', 's')`,
      [me.branchId, rx.prescriptionId, patientId],
    );
    const column = await columnOf(me, 'fill');
    expect(column).toMatchObject({ count: 1, overdue: 1, nextPromisedAt: null });
    expect(column.cards).toMatchObject([
      {
        rxNumber: rx.rxNumber,
        patientName: 'Mona Adel',
        waitingInStore: true,
        stops: 1,
        controlledSchedule: 'II',
        isColdChain: true,
        quantity: '30',
      },
    ]);
  });

  it('promises the branch’s minutes from now, what is said instead, and what is changed later', async () => {
    const me = await aPharmacy('promise_minutes = 45, waiting_by_default = true');
    const [patientId, prescriberId] = [await aPatient(db, me), await aPrescriber(db)];
    const entry = {
      patientId,
      drugId,
      prescriberId,
      quantity: '20',
      daysSupply: 10,
      sig: '1 tablet twice a day',
      prescribedDate: new Date().toISOString().slice(0, 10),
    };
    const enter = (more: object = {}) =>
      post<{ prescriptionId: number; version: number; promisedAt: string | null; waitingInStore: boolean }>(
        me,
        '/prescriptions',
        { ...entry, ...more },
      );
    const usual = (await enter()).body;
    const ahead = Date.parse(usual.promisedAt ?? '') - Date.now();
    expect(ahead / 60_000).toBeGreaterThan(43);
    expect(ahead / 60_000).toBeLessThanOrEqual(45);
    expect(usual.waitingInStore).toBe(true);
    expect((await enter({ promisedAt: null, waitingInStore: false })).body).toMatchObject({
      promisedAt: null,
      waitingInStore: false,
    });
    const tomorrow = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000).toISOString();
    const later = (await enter({ promisedAt: tomorrow })).body;
    expect(new Date(later.promisedAt ?? '').toISOString()).toBe(tomorrow);

    for (const [promisedAt, status] of [
      ['tomorrow', 400],
      ['2026-11-31T10:00:00Z', 400],
      ['2026-11-30T10:00:00', 400],
      ['1999-01-01T00:00:00Z', 422],
      ['9999-12-31T23:59:59Z', 422],
    ] as const)
      expect((await enter({ promisedAt })).status, promisedAt).toBe(status);

    const change = (path: string, body: object) => call('PATCH', path, { token: me.token, body });
    const at = `/prescriptions/${usual.prescriptionId}`;
    expect((await change(at, { version: usual.version + 1, waitingInStore: false })).status).toBe(409);
    const changed = await change(at, { version: usual.version, waitingInStore: false, promisedAt: tomorrow });
    expect(changed).toMatchObject({
      status: 200,
      body: { waitingInStore: false, version: usual.version + 1 },
    });

    // The first fill takes over what was promised; then the fill is what is promised.
    const fill = (await post<{ fillId: number; version: number; promisedAt: string }>(me, `${at}/fill`)).body;
    expect(new Date(fill.promisedAt).toISOString()).toBe(tomorrow);
    expect(await change(at, { version: usual.version + 2, waitingInStore: true })).toMatchObject({
      status: 422,
    });
    const rush = await change(`/fills/${fill.fillId}`, {
      version: fill.version,
      promisedAt: new Date().toISOString(),
      waitingInStore: true,
    });
    expect(rush).toMatchObject({ status: 200, body: { waitingInStore: true } });
    expect((await change(`/fills/${fill.fillId}`, { version: fill.version })).status).toBe(409);
    expect((await post(me, `/fills/${fill.fillId}/return-to-stock`)).status).toBe(200);
    const gone = await change(`/fills/${fill.fillId}`, { version: fill.version + 2, waitingInStore: true });
    expect(gone.status).toBe(422);

    // A fill may be promised for itself, whatever the prescription was promised for; nothing can be made for yesterday's yesterday.
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const past = new Date(Date.now() - 3 * 86_400_000).toISOString();
    expect((await post(me, `${at}/fill`, { promisedAt: past })).status).toBe(422);
    const again = await post<{ fillId: number; promisedAt: string | null; waitingInStore: boolean }>(
      me,
      `${at}/fill`,
      { promisedAt: soon, waitingInStore: true },
    );
    expect(new Date(again.body.promisedAt ?? '').toISOString()).toBe(soon);
    expect(again.body.waitingInStore).toBe(true);
    expect((await post(me, `/fills/${again.body.fillId}/return-to-stock`)).status).toBe(200);
    expect((await post(me, `${at}/fill`, { promisedAt: null })).body).toMatchObject({ promisedAt: null });
    const stranger = await aPharmacy();
    expect(
      (await call('PATCH', at, { token: stranger.token, body: { version: 1, waitingInStore: true } })).status,
    ).toBe(404);
  });

  it('gives what was promised first, then who waits, then what lies longest, and each once', async () => {
    const me = await aPharmacy();
    const you = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const none = await aPromised(db, me, { drugId, minutes: null });
    const later = await aPromised(db, me, { drugId, minutes: 30 });
    const calm = await aPromised(db, me, { drugId, minutes: 10 });
    const waits = await aPromised(db, me, { drugId, minutes: 10, waiting: true });
    const late = await aPromised(db, me, { drugId, minutes: -60 });
    const order = [late, waits, calm, later, none].map(({ prescriptionId }) => prescriptionId);
    expect((await columnOf(me, 'fill')).cards.map((card) => card.prescriptionId)).toEqual(order);
    expect(await columnOf(me, 'fill')).toMatchObject({ count: 5, overdue: 1 });

    const mine = (await takeNext(me, 'fill')).body;
    expect(mine).toMatchObject({ wasHeld: false, card: { prescriptionId: order[0] } });
    expect(mine.card?.lease).toMatchObject({ userId: me.userId });
    const yours = (await takeNext(you, 'fill')).body;
    expect(yours.card?.prescriptionId).toBe(order[1]);
    // Asked again, it is what one has in hand.
    expect((await takeNext(me, 'fill')).body).toMatchObject({
      wasHeld: true,
      card: { prescriptionId: order[0] },
    });
    const shown = (await columnOf(you, 'fill')).cards.map(({ lease }) => lease?.userId ?? null);
    expect(shown).toEqual([me.userId, you.userId, null, null, null]);
    const leases = await call<{ data: object[] }>('GET', `/work-board/leases?prescriptionId=${order[0]}`, {
      token: you.token,
    });
    expect(leases.body.data).toMatchObject([{ userId: me.userId, column: 'fill', endedAt: null }]);
  });

  it('passes a card over for a reason that is kept, and does not offer it to the same user at once', async () => {
    const me = await aPharmacy();
    const you = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const first = await aPromised(db, me, { drugId, minutes: -60 });
    const second = await aPromised(db, me, { drugId, minutes: 10 });
    expect((await takeNext(me, 'fill')).body.card?.prescriptionId).toBe(first.prescriptionId);
    expect((await takeNext(me, 'fill', '   ')).status).toBe(400);
    expect((await takeNext(me, 'fill', 'Prescriber does not answer')).body.card?.prescriptionId).toBe(
      second.prescriptionId,
    );
    expect((await takeNext(me, 'fill', 'Out of stock')).body).toEqual({ card: null, wasHeld: false });
    expect((await takeNext(you, 'fill')).body.card?.prescriptionId).toBe(first.prescriptionId);
    const { rows } = await db.owner.query(
      `select outcome, reason from operational.work_leases where user_id = $1 order by lease_id`,
      [me.userId],
    );
    expect(rows).toEqual([
      { outcome: 'skipped', reason: 'Prescriber does not answer' },
      { outcome: 'skipped', reason: 'Out of stock' },
    ]);
  });

  it('takes a card back that was given away a moment ago, unless somebody else was quicker', async () => {
    const me = await aPharmacy();
    const you = await aWorldFor(db, 'technician', { branchId: me.branchId });
    await aPromised(db, me, { drugId, minutes: 5 });
    const leaseId = (await takeNext(me, 'fill')).body.card?.lease?.leaseId ?? 0;
    const at = `/work-board/leases/${leaseId}`;
    expect(await post(you, `${at}/release`)).toMatchObject({
      status: 409,
      body: {
        type: '/problems/work-taken',
        params: { userName: expect.stringMatching(/^Test user/) as unknown },
      },
    });
    expect((await post(me, `${at}/resume`)).body).toMatchObject({ type: '/problems/lease-ended' });
    expect((await post(me, `${at}/release`)).status).toBe(200);
    expect(await post(me, `${at}/release`)).toMatchObject({
      status: 409,
      body: { type: '/problems/lease-ended' },
    });
    const again = await post<{ leaseId: number }>(me, `${at}/resume`);
    expect(again.status).toBe(200);
    expect((await post(me, `/work-board/leases/${again.body.leaseId}/release`)).status).toBe(200);
    expect((await takeNext(you, 'fill')).body.card).not.toBeNull();
    expect((await post(me, `/work-board/leases/${again.body.leaseId}/resume`)).body).toMatchObject({
      type: '/problems/work-taken',
    });
    expect((await post(await aPharmacy(), `${at}/release`)).status).toBe(404);
    expect((await post(me, '/work-board/leases/0/release')).status).toBe(400);
  });

  it('is anybody’s again when time runs out, and nobody’s when it moves on', async () => {
    const me = await aPharmacy();
    const you = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const { prescriptionId } = await aPromised(db, me, { drugId, minutes: 5 });
    const leaseId = (await takeNext(me, 'fill')).body.card?.lease?.leaseId ?? 0;
    await db.owner.query(
      `update operational.work_leases set taken_at = now() - interval '1 hour', expires_at = now() - interval '1 minute' where lease_id = $1`,
      [leaseId],
    );
    expect((await post(me, `/work-board/leases/${leaseId}/release`)).body).toMatchObject({
      type: '/problems/lease-ended',
    });
    expect((await takeNext(you, 'fill')).body.card?.prescriptionId).toBe(prescriptionId);
    expect((await post(you, `/prescriptions/${prescriptionId}/fill`)).status).toBe(201);
    const { rows } = await db.owner.query(
      `select user_id, outcome from operational.work_leases where prescription_id = $1 order by lease_id`,
      [prescriptionId],
    );
    expect(rows).toEqual([
      { user_id: me.userId, outcome: 'expired' },
      { user_id: you.userId, outcome: 'moved' },
    ]);
    expect((await takeNext(you, 'fill')).body.card).toBeNull();
    await expect(
      db.owner.query(`update operational.work_leases set outcome = 'released' where lease_id = $1`, [
        leaseId,
      ]),
    ).rejects.toMatchObject({ code: 'MD004' });
  });

  it('gives nobody what he may not do', async () => {
    const me = await aPharmacy('two_person_rule = true');
    const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
    const own = await aFill(me);
    expect((await takeNext(me, 'verify')).body.card).toBeNull();
    const other = await aFill(technician);
    expect((await takeNext(me, 'verify')).body.card?.fillId).toBe(other);
    expect(own).not.toBe(other);
    expect(await takeNext(technician, 'verify')).toMatchObject({
      status: 403,
      body: { params: { missing: ['VerifyPrescription'] } },
    });
    expect((await takeNext(cashier, 'fill')).status).toBe(403);
    expect((await call('GET', '/work-board', { token: cashier.token })).status).toBe(200);
    for (const path of ['/work-board', '/work-board/events', '/work-board/leases?prescriptionId=1'])
      expect((await call('GET', path, { token: clerk.token })).status, path).toBe(403);
    expect((await call('GET', '/work-board')).status).toBe(401);
    for (const body of [{}, { column: 'nothing' }, { column: 'fill', more: 1 }, []])
      expect((await post(me, '/work-board/take-next', body)).status, JSON.stringify(body)).toBe(400);
    for (const query of ['', '?prescriptionId=x', '?prescriptionId=1&x=1'])
      expect((await call('GET', `/work-board/leases${query}`, { token: me.token })).status, query).toBe(400);
  });
});
