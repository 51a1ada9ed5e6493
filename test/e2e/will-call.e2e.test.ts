// What waits to be picked up: bins and those that hold back, ages, who takes it by which particulars, advice, signature,
// and the way back to stock.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription, soldFill } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Row {
  fillId: number;
  daysWaiting: number;
}
interface Page {
  data: Row[];
  nextCursor: number | null;
  ages: { fromDays: number; fills: number }[];
}

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from([0, 0, 2, 0x58, 0, 0, 0, 0xc8]),
  Buffer.alloc(40, 1),
]);

describe('will-call', () => {
  const { db, call, app } = useTestApp();
  let drugId = 0;
  beforeAll(async () => {
    drugId = (await aDrug(db, { ingredients: ['loratadine'], price: '20', unitsPerPack: '20' })).drugId;
  });
  const post = <Body = Record<string, unknown>>(world: World, path: string, body: unknown = {}) =>
    call<Body>('POST', path, { token: world.token, body });
  const get = async <Body = Page>(world: World, path: string): Promise<Body> =>
    (await call<Body>('GET', path, { token: world.token })).body;

  async function aPharmacy(settings = `code = code`): Promise<World> {
    const me = await aWorldFor(db, 'administrator');
    await db.owner.query(`update operational.branches set ${settings} where branch_id = $1`, [me.branchId]);
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000', lotNumber: 'LOT-1' });
    return me;
  }
  /** A fill that waits, since so many days. */
  async function waiting(
    me: World,
    { bin, days = 0, patientId }: { bin?: string; days?: number; patientId?: number } = {},
  ): Promise<{ fillId: number; at: string; prescriptionId: number }> {
    const { prescriptionId } = await aPrescription(db, me, {
      drugId,
      refillsAuthorized: 1,
      ...(patientId === undefined ? {} : { patientId }),
    });
    const { fillId } = (await post<{ fillId: number }>(me, `/prescriptions/${prescriptionId}/fill`)).body;
    const at = `/fills/${fillId}`;
    await post(me, `${at}/verify`);
    const ready = await post(me, `${at}/ready`, bin === undefined ? {} : { bin });
    expect(ready.body, JSON.stringify(ready.body)).toMatchObject({ status: 'ready' });
    if (days > 0)
      await db.owner.query(
        `update operational.fills set ready_at = ready_at - make_interval(days => $2) where fill_id = $1`,
        [fillId, days],
      );
    return { fillId, at, prescriptionId };
  }
  const mona = (me: World): Promise<number> =>
    aPatient(db, me, {
      firstName: 'Mona',
      lastName: 'Adel',
      birthDate: '1980-05-17',
      phone: '+20 100 555 0198',
    });

  it('lists what waits, the longest first, by age, bin, patient and number, in pages', async () => {
    const me = await aPharmacy();
    const patientId = await mona(me);
    const old = await waiting(me, { days: 15, bin: 'A-1' });
    const week = await waiting(me, { days: 7, bin: 'A-2', patientId });
    const today = await waiting(me);
    const page = await get(me, '/will-call');
    expect(page.data.map((row) => [row.fillId, row.daysWaiting])).toEqual([
      [old.fillId, 15],
      [week.fillId, 7],
      [today.fillId, 0],
    ]);
    expect(page.ages).toEqual([
      { fromDays: 0, fills: 1 },
      { fromDays: 3, fills: 0 },
      { fromDays: 7, fills: 1 },
      { fromDays: 14, fills: 1 },
    ]);
    const idsOf = async (query: string): Promise<number[]> =>
      (await get(me, `/will-call?${query}`)).data.map((row) => row.fillId);
    expect(await idsOf('minDays=7')).toEqual([old.fillId, week.fillId]);
    expect(await idsOf('minDays=8')).toEqual([old.fillId]);
    expect(await idsOf('bin=A-2')).toEqual([week.fillId]);
    expect(await idsOf('q=mona')).toEqual([week.fillId]);
    expect(await idsOf('q=%25')).toEqual([]);
    expect(await idsOf(`patientId=${patientId}`)).toEqual([week.fillId]);
    const first = await get(me, '/will-call?limit=2');
    expect(await idsOf(`limit=2&cursor=${first.nextCursor}`)).toEqual([today.fillId]);
    await post(me, `${week.at}/dispense`);
    expect(await idsOf('')).toEqual([old.fillId, today.fillId]);
    expect((await get(await aPharmacy(), '/will-call')).data).toEqual([]);
  });

  it('goes back to its lots with its refill, and no payer bears it any more', async () => {
    const me = await aPharmacy();
    const one = await waiting(me, { days: 20 });
    const reserved = async (): Promise<string> => {
      const { rows } = await db.owner.query<{ reserved: string }>(
        'select trim_scale(sum(quantity_reserved))::text as reserved from operational.inventory_lots where branch_id = $1',
        [me.branchId],
      );
      return rows[0]?.reserved ?? '';
    };
    expect(await reserved()).toBe('30');
    const claim = await db.owner.query<{ claim_id: number }>(
      `with payer as (insert into operational.payers (name) values ('Payer ' || $2) returning payer_id),
         cover as (
           insert into operational.patient_insurance (patient_id, branch_id, payer_id, member_number)
           select p.patient_id, p.branch_id, payer_id, 'M-1' from payer, operational.prescriptions p where p.prescription_id = $1
           returning insurance_id)
       insert into operational.claims (branch_id, fill_id, insurance_id, amount_claimed)
       select $3, fill_id, insurance_id, price from cover, operational.fills where fill_id = $2::integer returning claim_id`,
      [one.prescriptionId, one.fillId, me.branchId],
    );
    await expect(
      db.owner.query(`update operational.fills set status = 'returned_to_stock' where fill_id = $1`, [
        one.fillId,
      ]),
    ).rejects.toMatchObject({ code: 'MD027' });
    expect((await post(me, `${one.at}/return-to-stock`, { reason: 'Not picked up' })).body).toMatchObject({
      status: 'returned_to_stock',
      commands: [],
    });
    expect(await reserved()).toBe('0');
    const left = await db.owner.query(
      'select status, note, reversal_told_at is not null as told from operational.claims where claim_id = $1',
      [claim.rows[0]?.claim_id],
    );
    expect(left.rows).toEqual([{ status: 'reversed', note: 'Not picked up', told: true }]);
    expect(await get<object>(me, `/prescriptions/${one.prescriptionId}`)).toMatchObject({
      status: 'pending',
      refillsRemaining: 1,
      quantityRemaining: '60',
    });
    expect((await get(me, '/will-call')).data).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is not taken back by the database once it was sold', async () => {
    const me = await aPharmacy();
    const one = await waiting(me);
    await post(me, `${one.at}/dispense`);
    await soldFill(db, me, one.fillId);
    await expect(
      db.owner.query(`update operational.fills set status = 'reversed' where fill_id = $1`, [one.fillId]),
    ).rejects.toMatchObject({ code: 'MD029' });
  });

  describe('bins', () => {
    it('are free text until the branch keeps a list, and then those in use', async () => {
      const me = await aPharmacy();
      expect((await waiting(me, { bin: 'left of the door' })).fillId).toBeGreaterThan(0);
      const made = await post<{ binId: number }>(me, '/will-call/bins', { code: 'A-1', note: 'Tall shelf' });
      expect(made.status).toBe(201);
      expect((await post(me, '/will-call/bins', { code: 'A-1' })).body).toMatchObject({
        type: '/problems/duplicate',
      });
      expect((await post(me, '/will-call/bins', { code: 'a 1' })).status).toBe(400);
      const one = await waiting(me, { bin: 'a-1' });
      expect((await post(me, `${one.at}/move`, { bin: 'B-9' })).body).toMatchObject({
        status: 422,
        type: '/problems/unknown-bin',
      });
      expect(await get<object>(me, '/will-call/bins')).toMatchObject({
        data: [{ code: 'A-1', holdReason: null, active: true, fills: 1 }],
      });
      const path = `/will-call/bins/${made.body.binId}`;
      const patch = (body: object) => call('PATCH', path, { token: me.token, body });
      expect((await patch({ version: 1, active: false })).body).toMatchObject({ active: false, version: 2 });
      expect((await patch({ version: 1, active: true })).body).toMatchObject({
        type: '/problems/stale-version',
      });
      const pharmacist = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
      expect((await post(pharmacist, '/will-call/bins', { code: 'X' })).status).toBe(403);
      const other = await aPharmacy();
      expect(
        (await call('PATCH', path, { token: other.token, body: { version: 2, active: true } })).status,
      ).toBe(404);
    });

    it('that hold back block hand-over until it is moved', async () => {
      const me = await aPharmacy();
      await post(me, '/will-call/bins', { code: 'A-1' });
      await post(me, '/will-call/bins', { code: 'COUNSEL', holdReason: 'counsel' });
      const one = await waiting(me, { bin: 'COUNSEL' });
      expect((await post(me, `${one.at}/dispense`)).body).toMatchObject({
        status: 409,
        type: '/problems/bin-held',
        params: { bin: 'COUNSEL', holdReason: 'counsel' },
      });
      expect(await get(me, '/will-call?held=true')).toMatchObject({
        data: [{ fillId: one.fillId, bin: 'COUNSEL', holdReason: 'counsel' }],
      });
      await expect(
        db.owner.query(
          `update operational.fills set status = 'dispensed', dispensed_by = $2, dispensed_at = now(), dispensed_on = current_date where fill_id = $1`,
          [one.fillId, me.userId],
        ),
      ).rejects.toMatchObject({ code: 'MD026' });
      expect((await post(me, `${one.at}/move`, { bin: 'A-1' })).body).toMatchObject({ bin: 'A-1' });
      expect((await post(me, `${one.at}/dispense`)).body).toMatchObject({ status: 'dispensed' });
      const page = await get<{ history: { reason: string | null }[] }>(
        me,
        `/prescriptions/${one.prescriptionId}`,
      );
      expect(page.history.map((step) => step.reason)).toContain('bin COUNSEL → A-1');
    });
  });

  describe('is picked up', () => {
    it('with two particulars that agree, where the branch asks for them', async () => {
      const me = await aPharmacy('pick_up_identifiers = true');
      const one = await waiting(me, { patientId: await mona(me) });
      const dispense = (pickUp?: object) => post(me, `${one.at}/dispense`, pickUp ? { pickUp } : {});
      for (const pickUp of [undefined, {}, { identifiers: { birthDate: '1980-05-17' } }])
        expect((await dispense(pickUp)).body).toMatchObject({
          status: 409,
          type: '/problems/identifiers-required',
        });
      const wrong = await dispense({ identifiers: { name: 'Mona Adel', birthDate: '1981-05-17' } });
      expect(wrong.body).toMatchObject({
        status: 422,
        type: '/problems/identifier-mismatch',
        params: { mismatched: ['birthDate'] },
      });
      expect(JSON.stringify(wrong.body)).not.toContain('1980');
      expect(await get(me, '/near-misses')).toMatchObject({
        data: [{ kind: 'wrong_patient', stage: 'pick_up', userName: null }],
      });
      await expect(
        db.owner.query(
          `update operational.fills set status = 'dispensed', dispensed_by = $2, dispensed_at = now(), dispensed_on = current_date where fill_id = $1`,
          [one.fillId, me.userId],
        ),
      ).rejects.toMatchObject({ code: 'MD025' });
      const handed = await dispense({
        identifiers: { name: 'adel mona', phone: '01005550198' },
        collector: 'relative',
        collectorName: 'Hany Adel',
      });
      expect(handed.body).toMatchObject({
        status: 'dispensed',
        pickUp: {
          identifiers: ['name', 'phone'],
          collector: 'relative',
          collectorName: 'Hany Adel',
          hasSignature: false,
        },
      });
    });

    it('by a signature, which who reads it is on record for', async () => {
      const me = await aPharmacy();
      const one = await waiting(me);
      const signed = (signature: string) => post(me, `${one.at}/dispense`, { pickUp: { signature } });
      for (const bad of [
        Buffer.from('<svg onload="alert(1)">'.padEnd(64)).toString('base64'),
        PNG.toString('base64').slice(0, 20),
      ])
        expect((await signed(bad)).body).toMatchObject({
          status: 422,
          errors: [{ pointer: '/pickUp/signature' }],
        });
      expect((await signed('A'.repeat(100_000))).status).toBe(400);
      expect((await signed(PNG.toString('base64'))).body).toMatchObject({ pickUp: { hasSignature: true } });
      const image = await app().inject({
        method: 'GET',
        url: `/api${one.at}/signature`,
        headers: { authorization: `Bearer ${me.token}` },
      });
      expect(image.headers['content-type']).toBe('image/png');
      expect(image.rawPayload.equals(PNG)).toBe(true);
      const audit = await db.owner.query(
        `select from operational.audit_logs where table_name = 'prescriptions' and action = 'read' and row_key = $1`,
        [String(one.prescriptionId)],
      );
      expect(audit.rowCount).toBe(1);
      const other = await aPharmacy();
      expect((await call('GET', `${one.at}/signature`, { token: other.token })).status).toBe(404);
      expect(
        (await post(me, `${(await waiting(me)).at}/dispense`, { pickUp: { collector: 'courier' } })).status,
      ).toBe(400);
    });

    it('with advice given by a pharmacist or declined, where the branch asks for it', async () => {
      const me = await aPharmacy(`counselling_policy = 'first_fill'`);
      const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
      const [one, two] = [await waiting(me), await waiting(me)];
      expect((await post(technician, `${one.at}/dispense`)).body).toMatchObject({
        status: 409,
        type: '/problems/counselling-required',
      });
      const given = { outcome: 'given', note: 'Once a day, may cause drowsiness' };
      expect((await post(technician, `${one.at}/counsel`, given)).body).toMatchObject({ status: 403 });
      expect((await post(me, `${one.at}/counsel`, given)).body).toMatchObject({ counselling: [given] });
      expect((await post(technician, `${one.at}/dispense`)).body).toMatchObject({ status: 'dispensed' });
      expect(
        (await post(technician, `${two.at}/dispense`, { pickUp: { counselling: { outcome: 'declined' } } }))
          .body,
      ).toMatchObject({ status: 'dispensed', counselling: [{ outcome: 'declined', note: null }] });
      // A refill is not a first fill.
      await db.owner.query(
        `update operational.fills set dispensed_on = dispensed_on - 25 where fill_id = $1`,
        [one.fillId],
      );
      expect((await post(me, `/prescriptions/${one.prescriptionId}/refill`, { complete: true })).status).toBe(
        201,
      );
    });

    it('at the counter by the same rules, all of it or nothing', async () => {
      const me = await aPharmacy(
        `pick_up_identifiers = true, counselling_policy = 'always', near_miss_names = true`,
      );
      const { prescriptionId } = await aPrescription(db, me, { drugId, patientId: await mona(me) });
      const fill = (pickUp?: object) =>
        post(me, `/prescriptions/${prescriptionId}/fill`, { complete: true, ...(pickUp ? { pickUp } : {}) });
      const identifiers = { name: 'Mona Adel', birthDate: '1980-05-17' };
      expect((await fill()).body).toMatchObject({ type: '/problems/identifiers-required' });
      expect((await fill({ identifiers: { ...identifiers, name: 'Mona Said' } })).body).toMatchObject({
        type: '/problems/identifier-mismatch',
      });
      expect((await fill({ identifiers })).body).toMatchObject({ type: '/problems/counselling-required' });
      const done = await fill({ identifiers, counselling: { outcome: 'given' } });
      expect(done.body).toMatchObject({
        status: 'dispensed',
        pickUp: { identifiers: ['name', 'birthDate'] },
      });
      expect(await get(me, '/near-misses')).toMatchObject({
        data: [{ kind: 'wrong_patient', fillId: null }],
      });
      expect(await discrepancies(db)).toEqual([]);
    });
  });
});
