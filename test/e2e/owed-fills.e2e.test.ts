// Partial fills and what is owed after them: to whom, since when, and completed by which delivery.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription, dispensedDaysAgo } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Owed {
  prescriptionId: number;
  quantityOwed: string;
  completable: boolean;
}
interface Page {
  data: Owed[];
  nextCursor: number | null;
}

describe('owed fills', () => {
  const { db, call } = useTestApp();
  let me: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, world = me) =>
    call<Body>('POST', path, { token: world.token, key: randomUUID(), body });
  const owed = async (query: string, world = me): Promise<Page> =>
    (await call<Page>('GET', `/owed-fills?${query}`, { token: world.token })).body;
  const receive = async (drugId: number, quantity: string) => {
    const answer = await post<{ owedFills: Owed[] }>('/inventory/receive', {
      items: [
        {
          drugId,
          lotNumber: randomUUID().slice(0, 8),
          expiryDate: daysFromNow(400),
          quantity,
          unitCost: '1',
        },
      ],
    });
    expect(answer.status).toBe(201);
    return answer.body.owedFills;
  };
  /** Prescriptions of 30 units of which so much is dispensed each; their stock is gone afterwards. */
  async function partly(...given: string[]): Promise<{ drugId: number; ids: number[]; patientId: number }> {
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    const patientId = await aPatient(db, me, { firstName: 'Mona', lastName: 'Adel' });
    const ids: number[] = [];
    for (const quantity of given) {
      await aLot(db, { branchId: me.branchId, drugId, quantity });
      const { prescriptionId } = await aPrescription(db, me, { drugId, patientId, refillsAuthorized: 1 });
      expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete: true, quantity })).status).toBe(
        201,
      );
      ids.push(prescriptionId);
    }
    return { drugId, ids, patientId };
  }

  it('are what stock could not give, shown on the patient with since when', async () => {
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    const { prescriptionId, patientId } = await aPrescription(db, me, { drugId, refillsAuthorized: 1 });
    const at = `/prescriptions/${prescriptionId}`;
    expect((await post(`${at}/fill`, { complete: true, owe: true })).body).toMatchObject({
      status: 409,
      type: '/problems/insufficient-stock',
    });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '12' });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '8', lotNumber: 'SECOND' });
    const part = await post(`${at}/fill`, { complete: true, owe: true });
    expect(part.body).toMatchObject({
      quantity: '20',
      quantityOwed: '10',
      refillsRemaining: 1,
      lots: [{ quantity: '12' }, { quantity: '8' }],
    });
    await dispensedDaysAgo(db, prescriptionId, 3);
    expect(await owed(`patientId=${patientId}`)).toMatchObject({
      data: [
        {
          prescriptionId,
          drugId,
          fillNumber: 0,
          quantityOwed: '10',
          owedSince: daysFromNow(-3),
          daysOwed: 3,
          stockOnHand: '0',
          completable: false,
        },
      ],
      nextCursor: null,
    });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '10' });
    expect(await owed(`patientId=${patientId}&completable=true`)).toMatchObject({
      data: [{ stockOnHand: '10', completable: true }],
    });
    expect((await post(`${at}/fill`, { complete: true })).body).toMatchObject({
      fillNumber: 0,
      partNumber: 2,
      quantityOwed: '0',
      refillsRemaining: 1,
    });
    expect((await owed(`patientId=${patientId}`)).data).toEqual([]);
  });

  it('are named by the delivery that completes them, the oldest first, each whole', async () => {
    const { drugId, ids } = await partly('20', '5', '24');
    const told = await receive(drugId, '18');
    expect(told.map(({ prescriptionId, quantityOwed }) => [prescriptionId, quantityOwed])).toEqual([
      [ids[0], '10'],
      [ids[2], '6'],
    ]);
    const other = await aDrug(db, { ingredients: ['loratadine'] });
    expect(await receive(other.drugId, '100')).toEqual([]);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
    const items = [
      { drugId, lotNumber: 'CLERK', expiryDate: daysFromNow(400), quantity: '7', unitCost: '1' },
    ];
    expect((await post('/inventory/receive', { items }, clerk)).body).toMatchObject({
      owedCompletable: 2,
      owedFills: [],
    });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('come in pages, for one product, and only at their branch', async () => {
    const { drugId, ids } = await partly('1', '2', '3');
    const first = await owed(`drugId=${drugId}&limit=2`);
    expect(first.data.map((row) => row.prescriptionId)).toEqual(ids.slice(0, 2));
    const rest = await owed(`drugId=${drugId}&limit=2&cursor=${first.nextCursor}`);
    expect(rest).toMatchObject({ data: [{ prescriptionId: ids[2] }], nextCursor: null });
    const elsewhere = await aWorldFor(db, 'pharmacist');
    expect((await owed(`drugId=${drugId}`, elsewhere)).data).toEqual([]);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
    expect((await call('GET', '/owed-fills', { token: clerk.token })).status).toBe(403);
  });

  it('are gone when the part is taken back or the prescription ends', async () => {
    const { drugId, ids } = await partly('20', '20');
    await post(`/prescriptions/${ids[0]}/cancel`);
    const fills = await db.owner.query<{ fill_id: number }>(
      'select fill_id from operational.fills where prescription_id = $1',
      [ids[1]],
    );
    await post(`/fills/${fills.rows[0]?.fill_id}/reverse`, { reason: 'Wrong box' });
    expect((await owed(`drugId=${drugId}`)).data).toEqual([]);
  });

  it('are kept by the database: no fill number gets more than was prescribed for it', async () => {
    const { drugId, ids } = await partly('20');
    await expect(
      db.owner.query(
        `insert into operational.fills (branch_id, prescription_id, fill_number, part_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
         values ($1, $2, 0, 2, $3, 11, 11, 1, 11, $4, '{}')`,
        [me.branchId, ids[0], drugId, me.userId],
      ),
    ).rejects.toMatchObject({ constraint: 'prescriptions_owed_check' });
    await expect(
      db.owner.query('update operational.prescriptions set quantity_owed = 0 where prescription_id = $1', [
        ids[0],
      ]),
    ).rejects.toMatchObject({ code: 'MD004' });
  });
});
