// What runs out and may be given again, and how steadily it was collected.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { daysFromNow } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Due {
  data: {
    prescriptionId: number;
    dueOn: string;
    daysLeft: number;
    phone: string | null;
    refillsRemaining: number;
    quantityOwed: string;
  }[];
  meta: { nextCursor: string | null };
}

describe('refills', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { name: 'Refill drug' })).drugId;
  });

  /** A fill of 30 units by SQL, past the desk. */
  async function aFill(
    prescriptionId: number,
    values: {
      number?: number;
      quantity?: string;
      status?: string;
      daysAgo?: number;
      days?: number;
      of?: number;
    } = {},
  ): Promise<void> {
    const { number = 0, quantity = '30', status = 'dispensed', daysAgo = 0, days = 30, of = drugId } = values;
    const handedOver = status === 'dispensed';
    await db.owner.query(
      `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, status, unit_price, price,
         filled_by, verified_by, dispensed_by, dispensed_at, dispensed_on, screening)
       values ($1, $2, $3, $4, $5, $6, $7, 1, 30, $8, $8, $9, case when $9::integer is null then null else now() end, $10, '{}')`,
      [
        me.branchId,
        prescriptionId,
        number,
        of,
        quantity,
        days,
        status,
        me.userId,
        handedOver ? me.userId : null,
        handedOver ? daysFromNow(-daysAgo) : null,
      ],
    );
  }
  const anOrder = async (values: object = {}): Promise<number> =>
    (
      await aPrescription(db, me, {
        drugId,
        status: 'filled',
        refillsAuthorized: 2,
        prescribedDate: daysFromNow(-100),
        expiresOn: daysFromNow(100),
        ...values,
      })
    ).prescriptionId;
  const due = async (query = '', world: World = me): Promise<Due> =>
    (await call<Due>('GET', `/refills-due${query}`, { token: world.token })).body;

  it('are listed by the day they are due, with what may be given, and read on page by page', async () => {
    const patientId = await aPatient(db, me, { phone: '0100' });
    const soon = await anOrder({ patientId });
    await aFill(soon, { number: 0, daysAgo: 60 });
    await aFill(soon, { number: 1, daysAgo: 27 });
    const overdue = await anOrder();
    await aFill(overdue, { daysAgo: 35 });
    const owed = await anOrder({ refillsAuthorized: 0 });
    await aFill(owed, { quantity: '10', days: 10, daysAgo: 9 });
    await db.owner.query(
      'update operational.prescriptions set quantity_owed = 20 where prescription_id = $1 and quantity_owed <> 20',
      [owed],
    );

    const later = await anOrder();
    await aFill(later, { daysAgo: 5 });
    const lapsed = await anOrder();
    await aFill(lapsed, { daysAgo: 90 });
    const prepared = await anOrder();
    await aFill(prepared, { daysAgo: 27 });
    await aFill(prepared, { number: 1, status: 'in_progress' });
    const expired = await anOrder({ expiresOn: daysFromNow(-1) });
    await aFill(expired, { daysAgo: 27 });
    const held = await anOrder();
    await aFill(held, { daysAgo: 27 });
    await db.owner.query(
      `update operational.prescriptions set status = 'on_hold' where prescription_id = $1`,
      [held],
    );
    const used = await anOrder({ refillsAuthorized: 0 });
    await aFill(used, { daysAgo: 27 });
    const dead = await aPatient(db, me);
    await aFill(await anOrder({ patientId: dead }), { daysAgo: 27 });
    await db.owner.query('update operational.patients set is_deceased = true where patient_id = $1', [dead]);

    const { data, meta } = await due();
    expect(
      data.map((row) => [row.prescriptionId, row.daysLeft, row.refillsRemaining, row.quantityOwed]),
    ).toEqual([
      [overdue, -5, 2, '0'],
      [owed, 1, 0, '20'],
      [soon, 3, 1, '0'],
    ]);
    expect(data[2]).toMatchObject({
      reminders: null,
      phone: null,
      dueOn: daysFromNow(3),
      lastDispensedOn: daysFromNow(-27),
    });
    // Whom to remind, and how, is told with the consent, and no longer once it is taken back.
    const decide = async (decision: string) => {
      const consent = { kind: 'reminders', decision, method: 'spoken' };
      const at = `/patients/${patientId}/consents`;
      expect((await call('POST', at, { token: me.token, body: consent })).status).toBe(201);
      return (await due()).data[2];
    };
    expect(await decide('given')).toMatchObject({ reminders: 'given', phone: '0100' });
    expect(await decide('withdrawn')).toMatchObject({ reminders: 'withdrawn', phone: null });
    await decide('given');
    const { data: all } = await due();
    expect(meta.nextCursor).toBeNull();
    const first = await due('?limit=2');
    const second = await due(`?limit=2&cursor=${first.meta.nextCursor ?? ''}`);
    expect([...first.data, ...second.data]).toEqual(all);
    expect((await due('?withinDays=25&overdueDays=0')).data.map((row) => row.prescriptionId)).toEqual([
      owed,
      soon,
      later,
    ]);
    expect((await due('', await aWorldFor(db, 'pharmacist'))).data).toEqual([]);
    for (const query of ['?withinDays=91', '?withinDays=x', '?cursor=2026-02-30.1', '?cursor=1'])
      expect((await call('GET', `/refills-due${query}`, { token: me.token })).status).toBe(400);
    const clerk = await aWorldFor(db, ['ReadPatient'], { branchId: me.branchId });
    expect((await call('GET', '/refills-due', { token: clerk.token })).status).toBe(403);
  });

  it('are judged by the days covered, and a common day is proposed', async () => {
    const patientId = await aPatient(db, me);
    const other = (await aDrug(db, { name: 'Other refill drug' })).drugId;
    const one = await anOrder({ patientId });
    await aFill(one, { number: 0, daysAgo: 59 });
    await aFill(one, { number: 1, daysAgo: 19 });
    const two = await anOrder({ patientId, drugId: other });
    await aFill(two, { daysAgo: 4, of: other });
    const answer = await call('GET', `/patients/${patientId}/adherence?days=60`, { token: me.token });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      from: daysFromNow(-59),
      to: daysFromNow(0),
      products: [
        {
          drugId,
          days: 60,
          daysCovered: 50,
          percent: 83,
          gaps: [{ from: daysFromNow(-29), to: daysFromNow(-20), days: 10 }],
          runsOutOn: daysFromNow(11),
        },
        { drugId: other, days: 5, daysCovered: 5, percent: 100, gaps: [], runsOutOn: daysFromNow(26) },
      ],
      commonRefill: {
        on: daysFromNow(26),
        bridges: [
          { drugId, days: 15 },
          { drugId: other, days: 0 },
        ],
      },
    });
    const nobody = await call('GET', `/patients/${await aPatient(db, me)}/adherence`, { token: me.token });
    expect(nobody.body).toMatchObject({ products: [], commonRefill: null });
    expect((await call('GET', `/patients/${patientId}/adherence?days=0`, { token: me.token })).status).toBe(
      400,
    );
  });
});
