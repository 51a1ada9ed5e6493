// Events of packs over HTTP: written with what happens, given out all or none, accepted, rejected, corrected, counted; and DSCSA.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { A_GLN, aLotOf, aSerialised, dataMatrix } from '../builders/packs.js';
import { aSupplier } from '../builders/procurement.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Event {
  traceEventId: number;
  kind: string;
  serial: string;
  quantity: string;
  remaining: string;
  state: string;
  isCorrected: boolean;
  correctsEventId: number | null;
}
interface Batch {
  traceBatchId: number;
  status: string;
  eventCount: number;
  version: number;
  commands: string[];
}

const POLICY = {
  format: 'EG',
  gln: A_GLN,
  demandKnown: true,
  demandScan: false,
  deadlineHours: 48,
  warnHours: 36,
  stopWhenLate: true,
};

describe('events of packs', () => {
  const { db, call } = useTestApp();
  let supplierId = 0;
  beforeAll(async () => {
    supplierId = await aSupplier(db);
  });

  const post = <Body = Record<string, unknown>>(
    world: World,
    path: string,
    body: unknown = {},
    key?: string,
  ) => call<Body>('POST', path, { token: world.token, body, ...(key ? { key } : {}) });
  const get = async <Body>(world: World, path: string): Promise<Body> =>
    (await call<Body>('GET', path, { token: world.token })).body;
  const put = (world: World, body: object) => call('PUT', '/trace/policy', { token: world.token, body });

  /** A branch that tells the agency, and two packs of a product received there. */
  async function aTracedShop(values: { policy?: object; serials?: string[]; lotNumber?: string } = {}) {
    const world = await aWorldFor(db, [
      'ReadInventory',
      'WriteInventory',
      'Sell',
      'Refund',
      'ManageBranches',
    ]);
    await aTillShift(db, world);
    expect((await put(world, { ...POLICY, ...values.policy, version: 0 })).status).toBe(200);
    const drug = await aSerialised(db);
    const lot = aLotOf(values.lotNumber ?? 'E1');
    const codeOf = (serial: string): string => dataMatrix({ ...lot, gtin: drug.gtin, serial });
    const serials = values.serials ?? ['X1', 'X2'];
    const answer = await post<{ packs: { packSerialId: number }[] }>(world, '/inventory/receive', {
      supplierId,
      supplierDocument: 'DN-7',
      transactionStatement: 'The seller states that he is authorised.',
      items: [
        {
          drugId: drug.drugId,
          ...lot,
          quantity: String(30 * serials.length),
          unitCost: '1',
          packs: serials.map(codeOf),
        },
      ],
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return { world, ...drug, ...lot, codeOf, packs: answer.body.packs };
  }
  const sell = (world: World, drugId: number, quantity: string, packs: string[]) =>
    post<{ saleId: number; items: { saleItemId: number }[] }>(world, '/sales', {
      items: [{ drugId, quantity, packs }],
      payments: [{ method: 'cash', amount: '5000' }],
    });
  const events = async (world: World, query = ''): Promise<Event[]> =>
    (await get<{ data: Event[] }>(world, `/trace/events?limit=100${query}`)).data.reverse();
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
  };

  it('tell each part of a pack until the last tablet, what came back, and what was stolen', async () => {
    const { world, drugId, codeOf, packs } = await aTracedShop();
    await sell(world, drugId, '4', [codeOf('X1')]);
    const last = await sell(world, drugId, '26', [codeOf('X1')]);
    await post(world, `/sales/${last.body.saleId}/return`, {
      items: [{ saleItemId: last.body.items[0]?.saleItemId, quantity: '6', disposition: 'restock' }],
      reason: 'too many',
    });
    expect(
      (
        await post(world, `/trace/serials/${packs[1]?.packSerialId}/report`, {
          kind: 'stolen',
          reason: 'broken in',
          version: 2,
        })
      ).status,
    ).toBe(200);
    expect(
      (await events(world)).map(({ kind, serial, quantity, remaining, state }) => [
        kind,
        serial,
        quantity,
        remaining,
        state,
      ]),
    ).toEqual([
      ['receive', 'X1', '30', '30', 'pending'],
      ['receive', 'X2', '30', '30', 'pending'],
      ['dispense', 'X1', '4', '26', 'pending'],
      ['dispense', 'X1', '26', '0', 'pending'],
      ['return', 'X1', '6', '6', 'pending'],
      ['stolen', 'X2', '30', '0', 'pending'],
    ]);
    await sound();
  });

  it('go out as one batch, as CSV and as EPCIS, the same each time; accepted, they wait no longer', async () => {
    const { world, drugId, gtin, codeOf } = await aTracedShop();
    await sell(world, drugId, '4', [codeOf('X1')]);
    const made = await post<Batch>(world, '/trace/batches');
    expect(made.body).toMatchObject({ status: 'exported', eventCount: 3, commands: ['accept', 'reject'] });
    const at = `/trace/batches/${made.body.traceBatchId}`;
    const csv = await call<string>('GET', `${at}/file`, { token: world.token });
    expect(csv.headers['content-type']).toContain('text/csv');
    const rows = csv.body.trim().split('\r\n');
    expect(rows).toHaveLength(4);
    expect(rows[3]).toMatch(new RegExp(`^\\d+,DISPENSE,${gtin},"X1","E1",\\d{6},4,26,${A_GLN},`));
    const epcis = await call<{ type: string; epcisBody: { eventList: { epcList: string[] }[] } }>(
      'GET',
      `${at}/file?format=epcis`,
      { token: world.token },
    );
    expect(epcis.headers['content-type']).toContain('application/ld+json');
    expect(epcis.body).toMatchObject({ type: 'EPCISDocument', schemaVersion: '2.0' });
    expect(epcis.body.epcisBody.eventList[2]).toMatchObject({
      epcList: [`https://id.gs1.org/01/${gtin}/21/X1`],
      disposition: 'partially_dispensed',
    });
    expect((await call<string>('GET', `${at}/file`, { token: world.token })).body).toBe(csv.body);
    expect((await post(world, '/trace/batches')).body).toMatchObject({
      status: 409,
      type: '/problems/trace-nothing-pending',
    });
    expect((await post(world, `${at}/accept`, { version: 9 })).body).toMatchObject({
      type: '/problems/stale-version',
    });
    expect(
      (await post<Batch>(world, `${at}/accept`, { note: 'receipt 4711', version: 1 })).body,
    ).toMatchObject({ status: 'accepted', commands: [] });
    expect((await post(world, `${at}/reject`, { reason: 'late thought', version: 2 })).body).toMatchObject({
      status: 409,
      type: '/problems/invalid-transition',
      params: { allowed: [] },
    });
    expect((await events(world)).every(({ state }) => state === 'accepted')).toBe(true);
    expect(await get(world, '/trace/status')).toMatchObject({
      state: 'in-time',
      hours: '0.0',
      pending: 0,
      exported: 0,
      oldest: null,
    });
    await sound();
  });

  it('wait again when a batch was rejected', async () => {
    const { world } = await aTracedShop();
    const made = await post<Batch>(world, '/trace/batches');
    await post(world, `/trace/batches/${made.body.traceBatchId}/reject`, {
      reason: 'row 2 unknown GTIN',
      version: 1,
    });
    expect((await events(world, '&state=pending')).length).toBe(2);
    const again = await post<Batch>(world, '/trace/batches');
    expect(again.body).toMatchObject({ eventCount: 2, status: 'exported' });
    expect(again.body.traceBatchId).not.toBe(made.body.traceBatchId);
    await sound();
  });

  it('are given out all or none: one bad lot number holds all, and is told with its row', async () => {
    const { world, drugId, gtin } = await aTracedShop();
    const lot = aLotOf('A LOT WITH SPACES');
    const received = await post(world, '/inventory/receive', {
      items: [{ drugId, ...lot, quantity: '30', unitCost: '1', packs: [`01${gtin}21BAD`] }],
    });
    expect(received.status, JSON.stringify(received.body)).toBe(201);
    const refused = await post<{ params: { faults: { traceEventId: number }[] } }>(world, '/trace/batches');
    expect(refused.body).toMatchObject({
      status: 422,
      type: '/problems/trace-batch-invalid',
      params: { count: 1, faults: [{ row: 3, column: 'Lot' }] },
    });
    expect((await get<{ data: Batch[] }>(world, '/trace/batches')).data).toEqual([]);
    expect((await events(world)).every(({ state }) => state === 'pending')).toBe(true);
    const leaveOut = refused.body.params.faults.map(({ traceEventId }) => traceEventId);
    expect((await post<Batch>(world, '/trace/batches', { leaveOut })).body).toMatchObject({ eventCount: 2 });
  });

  it('are corrected once, by an event of their own that goes after them', async () => {
    const { world } = await aTracedShop();
    const [first] = await events(world);
    const at = `/trace/events/${first?.traceEventId}/correct`;
    expect((await post<Event>(world, at, { reason: 'the wrong pack was scanned' })).body).toMatchObject({
      kind: 'correction',
      correctsEventId: first?.traceEventId,
      state: 'pending',
    });
    expect((await post(world, at, { reason: 'once more' })).body).toMatchObject({
      status: 409,
      type: '/problems/trace-event-corrected',
    });
    const leaveOut = [first?.traceEventId];
    expect((await post(world, '/trace/batches', { leaveOut })).body).toMatchObject({
      status: 422,
      params: { faults: [{ column: 'Corrects' }] },
    });
    expect((await post<Batch>(world, '/trace/batches')).body).toMatchObject({ eventCount: 3 });
    const other = await aWorldFor(db, ['ReadInventory', 'WriteInventory']);
    expect((await post(other, at, { reason: 'not mine' })).status).toBe(404);
    await sound();
  });

  it('too old to wait warn at 36 hours and stop what has a serial after 48', async () => {
    const { world, drugId, codeOf } = await aTracedShop();
    const wait = async (hours: number): Promise<void> => {
      await db.owner.query('alter table operational.trace_outbox disable trigger trace_outbox_guard');
      await db.owner.query(
        `update operational.trace_outbox set occurred_at = now() - make_interval(mins => $2) where branch_id = $1`,
        [world.branchId, hours * 60],
      );
      await db.owner.query('alter table operational.trace_outbox enable trigger trace_outbox_guard');
    };
    await wait(37);
    expect(await get(world, '/trace/status')).toMatchObject({
      state: 'warning',
      isStopped: false,
      hours: '37.0',
      hoursLeft: '11.0',
      pending: 2,
    });
    expect((await sell(world, drugId, '1', [codeOf('X1')])).status).toBe(201);
    await wait(49);
    expect(await get(world, '/trace/status')).toMatchObject({ state: 'late', isStopped: true });
    expect((await sell(world, drugId, '1', [codeOf('X1')])).body).toMatchObject({
      status: 409,
      type: '/problems/trace-late',
    });
    const made = await post<Batch>(world, '/trace/batches');
    await post(world, `/trace/batches/${made.body.traceBatchId}/accept`, { version: 1 });
    expect((await sell(world, drugId, '1', [codeOf('X1')])).status).toBe(201);
  });

  it('are kept for nobody where the branch says nothing, and a policy is said by who manages branches', async () => {
    const { world, drugId } = await aTracedShop();
    expect((await put(world, { ...POLICY, version: 0 })).body).toMatchObject({
      type: '/problems/stale-version',
    });
    expect((await put(world, { ...POLICY, gln: null, version: 1 })).status).toBe(400);
    expect((await put(world, { ...POLICY, gln: '6222000000001', version: 1 })).status).toBe(400);
    expect((await put(world, { ...POLICY, warnHours: 49, version: 1 })).status).toBe(400);
    expect((await put(world, { ...POLICY, format: 'none', version: 1 })).body).toMatchObject({
      format: 'none',
      version: 2,
    });
    await sell(world, drugId, '1', []);
    expect((await events(world)).map(({ kind }) => kind)).toEqual(['receive', 'receive']);
    expect((await post(world, '/trace/batches')).body).toMatchObject({
      status: 409,
      type: '/problems/trace-off',
    });
    const clerk = await aWorldFor(db, ['ReadInventory', 'WriteInventory'], { branchId: world.branchId });
    expect((await put(clerk, { ...POLICY, version: 2 })).status).toBe(403);
  });

  it('keep what DSCSA asks for with each receipt, by lot and by serial', async () => {
    const { world, drugId, gtin, lotNumber } = await aTracedShop({
      policy: { format: 'US' },
      lotNumber: 'US77',
    });
    const statement = {
      drugId,
      lotNumber,
      quantity: '60',
      containerSize: '30',
      document: 'DN-7',
      statement: 'The seller states that he is authorised.',
      serials: [
        { gtin, serial: 'X1' },
        { gtin, serial: 'X2' },
      ],
    };
    const branch = await db.owner.query<{ name: string }>(
      'select name from operational.branches where branch_id = $1',
      [world.branchId],
    );
    expect(await get(world, `/trace/dscsa?lot=${lotNumber.toLowerCase()}`)).toMatchObject({
      data: [{ ...statement, toName: branch.rows[0]?.name }],
    });
    expect(await get(world, `/trace/dscsa?serial=X2&gtin=${gtin}`)).toMatchObject({ data: [statement] });
    expect(await get(world, '/trace/dscsa?serial=X9')).toEqual({ data: [] });
    expect((await call('GET', '/trace/dscsa', { token: world.token })).status).toBe(400);
    const other = await aWorldFor(db, ['ReadInventory']);
    expect(await get(other, `/trace/dscsa?lot=${lotNumber}`)).toEqual({ data: [] });
  });

  it('cannot be changed, and a batch cannot take what is out with another', async () => {
    const { world } = await aTracedShop();
    const made = await post<Batch>(world, '/trace/batches');
    const [first] = await events(world);
    await expect(
      db.owner.query('update operational.trace_events set quantity = 1 where branch_id = $1', [
        world.branchId,
      ]),
    ).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query('delete from operational.trace_outbox where branch_id = $1', [world.branchId]),
    ).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query(
        `with b as (insert into operational.trace_batches (branch_id, format) values ($1, 'EG') returning trace_batch_id)
         insert into operational.trace_batch_events (trace_batch_id, trace_event_id, branch_id) select trace_batch_id, $2, $1 from b`,
        [world.branchId, first?.traceEventId],
      ),
    ).rejects.toMatchObject({ code: 'MD197' });
    expect(made.status).toBe(201);
  });
});
