// Controlled medicines at filling: the rest in its time, a cap for each person, in every path, and a warning at entry.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const document = { kind: 'national_id', number: '29001011234567' };

describe('limits of controlled medicines', () => {
  const { db, call } = useTestApp();

  async function at(jurisdiction: 'US' | 'EG', policy: 'counter' | 'station' = 'counter') {
    const me = await aWorldFor(db, 'pharmacist');
    await db.owner.query(
      'update operational.branches set jurisdiction = $2, dispensing_policy = $3 where branch_id = $1',
      [me.branchId, jurisdiction, policy],
    );
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'], controlledSchedule: 'II' });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '100' });
    return { me, drugId };
  }
  const fill = (me: World, prescriptionId: number, body: object = {}, command = 'fill') =>
    call('POST', `/prescriptions/${prescriptionId}/${command}`, {
      token: me.token,
      body: { complete: true, pickUp: { document }, ...body },
    });
  const hoursAgo = (prescriptionId: number, hours: number) =>
    db.owner.query(
      'update operational.fills set filled_at = now() - make_interval(secs => $2 * 3600) where prescription_id = $1',
      [prescriptionId, hours],
    );
  const refusedRest = { status: 422, type: '/problems/controlled-rest-refused' };

  it.each(['counter', 'station'] as const)(
    'give the rest of schedule II for 72 hours when stock was short (%s)',
    async (policy) => {
      const { me, drugId } = await at('US', policy);
      const complete = policy === 'counter';
      for (const [hours, isGiven] of [
        [71, true],
        [73, false],
      ] as const) {
        const rx = await aPrescription(db, me, { drugId, quantity: '60', daysSupply: 30 });
        const bare = await fill(me, rx.prescriptionId, { quantity: '10', complete });
        expect(bare.body).toMatchObject({
          status: 422,
          type: '/problems/partial-reason-required',
          params: { source: expect.stringContaining('1306.13') as unknown },
        });
        const part = await fill(me, rx.prescriptionId, {
          quantity: '10',
          partialReason: 'short_of_stock',
          complete,
        });
        expect(part.status).toBe(201);
        expect(part.body).toMatchObject({ partialReason: 'short_of_stock', quantityOwed: '50' });
        await hoursAgo(rx.prescriptionId, hours);
        const shown = await call('GET', `/prescriptions/${rx.prescriptionId}`, { token: me.token });
        expect(shown.body).toMatchObject({
          controlled: {
            schedule: 'II',
            rest: isGiven ? 'allowed' : 'refused',
            restUntil: expect.any(String) as unknown,
          },
        });
        for (const command of ['fill', 'refill']) {
          const rest = await fill(me, rx.prescriptionId, { complete }, command);
          if (!isGiven)
            expect(rest.body).toMatchObject({
              ...refusedRest,
              params: {
                source: expect.stringContaining('1306.13') as unknown,
                until: expect.any(String) as unknown,
              },
            });
          else if (command === 'fill') expect(rest.status).toBe(201);
        }
      }
      expect(await discrepancies(db)).toEqual([]);
    },
  );

  it('know a part that stock made by itself, and the days of the other reasons', async () => {
    const { me, drugId } = await at('US');
    const short = await aPrescription(db, me, { drugId, quantity: '130', daysSupply: 60 });
    expect((await fill(me, short.prescriptionId, { owe: true })).body).toMatchObject({
      quantity: '100',
      partialReason: 'short_of_stock',
    });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '500' });
    for (const [partialReason, written, isGiven] of [
      ['requested', -30, true],
      ['requested', -31, false],
      ['terminal_illness', -60, true],
      ['long_term_care', -61, false],
    ] as const) {
      const rx = await aPrescription(db, me, {
        drugId,
        quantity: '20',
        daysSupply: 10,
        prescribedDate: daysFromNow(written),
      });
      expect((await fill(me, rx.prescriptionId, { quantity: '5', partialReason })).status).toBe(201);
      const rest = await fill(me, rx.prescriptionId);
      if (isGiven) expect(rest.status, partialReason).toBe(201);
      else expect(rest.body, partialReason).toMatchObject(refusedRest);
    }
  });

  it('give no rest where a prescription is used once', async () => {
    const { me, drugId } = await at('EG');
    const rx = await aPrescription(db, me, { drugId, quantity: '20' });
    expect((await fill(me, rx.prescriptionId, { quantity: '5' })).status).toBe(201);
    const rest = await fill(me, rx.prescriptionId);
    expect(rest.body).toMatchObject({
      ...refusedRest,
      params: { source: expect.stringContaining('182/1960') as unknown },
    });
  });

  it('warn at entry and refuse at filling what a person may not have, whoever wrote it', async () => {
    const { me, drugId } = await at('US');
    const patientId = await aPatient(db, me);
    const enter = async (daysSupply: number) =>
      call<{ prescriptionId: number }>('POST', '/prescriptions', {
        token: me.token,
        body: {
          patientId,
          drugId,
          prescriberId: await aPrescriber(db),
          quantity: '10',
          daysSupply,
          sig: '1 tablet daily',
          prescribedDate: daysFromNow(0),
        },
      });
    const first = await enter(60);
    expect(first.body).toMatchObject({ controlled: { room: { daysSupply: 90 }, exceedsCap: false } });
    const taken = await fill(me, first.body.prescriptionId);
    expect(taken.status).toBe(201);
    const second = await enter(31);
    expect(second.body).toMatchObject({
      controlled: {
        room: { daysSupply: 30 },
        exceedsCap: true,
        capSource: expect.stringContaining('1306.12') as unknown,
      },
    });
    const refused = await fill(me, second.body.prescriptionId, {
      overrides: [],
    });
    expect(refused.body).toMatchObject({
      status: 422,
      type: '/problems/controlled-cap-exceeded',
      params: {
        room: { daysSupply: 30 },
        periodDays: 90,
        source: expect.stringContaining('1306.12') as unknown,
      },
    });
    // What is prepared and not handed over counts until it is given up.
    await db.owner.query('update operational.fills set dispensed_on = $2 where fill_id = $1', [
      (taken.body as { fillId: number }).fillId,
      daysFromNow(-1),
    ]);
    const third = await enter(31);
    expect(third.body).toMatchObject({ controlled: { room: { daysSupply: 31 }, exceedsCap: false } });
  });

  it('count in times a prescription where that was entered', async () => {
    const { me, drugId } = await at('EG');
    const admin = await aWorldFor(db, 'administrator', { branchId: me.branchId });
    const figure = { jurisdiction: 'EG', drugId, quantity: '3', source: 'Table 4' };
    const put = (world: World, body: object) =>
      call('PUT', '/controlled-maxima', { token: world.token, body });
    expect((await put(me, figure)).status).toBe(403);
    expect((await put(admin, { ...figure, drugId: 999_999_999 })).status).toBe(404);
    for (const bad of [
      { quantity: '0' },
      { quantity: '-1' },
      { source: '' },
      { jurisdiction: 'none' },
      { x: 1 },
    ])
      expect((await put(admin, { ...figure, ...bad })).status).toBe(400);
    expect((await put(admin, { ...figure, quantity: '2' })).status).toBe(200);
    expect((await put(admin, figure)).body).toEqual(figure);
    const { body } = await call<{ data: object[] }>('GET', '/controlled-maxima', { token: me.token });
    expect(body.data).toMatchObject([{ drugId, quantity: '3', source: 'Table 4' }]);
    const patientId = await aPatient(db, me);
    const rx = async (quantity: string) => {
      const { prescriptionId } = await aPrescription(db, me, { drugId, patientId, quantity, daysSupply: 3 });
      return fill(me, prescriptionId);
    };
    expect((await rx('29')).status).toBe(201);
    expect((await rx('2')).body).toMatchObject({
      type: '/problems/controlled-cap-exceeded',
      params: { room: { quantity: '1' }, periodDays: 30 },
    });
    // Taken out again: the product has no cap.
    const end = (world: World, path: string) =>
      call('DELETE', `/controlled-maxima/${path}`, { token: world.token });
    expect((await end(me, `EG/${drugId}`)).status).toBe(403);
    expect((await end(admin, `none/${drugId}`)).status).toBe(400);
    expect((await end(admin, `US/${drugId}`)).status).toBe(404);
    expect((await end(admin, `EG/${drugId}`)).status).toBe(204);
    expect((await end(admin, `EG/${drugId}`)).status).toBe(404);
    expect((await rx('2')).status).toBe(201);
  });
});
