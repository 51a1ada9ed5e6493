// One person, two prescriptions of schedule II, both filled at once: only what he may have is given, in every order of arrival.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('the cap of one person', () => {
  const { db, call } = useTestApp();
  const body = { complete: true, pickUp: { document: { kind: 'passport', number: 'A123' } } };

  it.each([
    ['US', 60, '30'],
    ['EG', 3, '18'],
  ] as const)('lets one of twenty fills through (%s)', async (jurisdiction, daysSupply, quantity) => {
    const me = await aWorldFor(db, 'pharmacist');
    await db.owner.query('update operational.branches set jurisdiction = $2 where branch_id = $1', [
      me.branchId,
      jurisdiction,
    ]);
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'], controlledSchedule: 'II' });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '2000' });
    await db.owner.query(
      `insert into operational.controlled_maxima (jurisdiction, drug_id, quantity, source, set_by) values ('EG', $1, 3, 'test', $2)`,
      [drugId, me.userId],
    );
    const patientId = await aPatient(db, me);
    const prescriptions = await Promise.all(
      Array.from({ length: 20 }, () => aPrescription(db, me, { drugId, patientId, quantity, daysSupply })),
    );
    const answers = await Promise.all(
      prescriptions.map(async ({ prescriptionId }) => {
        for (;;) {
          const answer = await call('POST', `/prescriptions/${prescriptionId}/fill`, {
            token: me.token,
            body,
          });
          if (answer.status !== 503) return answer;
        }
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 422),
    ]);
    for (const answer of answers.filter(({ status }) => status === 422))
      expect(answer.body).toMatchObject({ type: '/problems/controlled-cap-exceeded' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is kept by the database alone', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [
      me.branchId,
    ]);
    const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
    const patientId = await aPatient(db, me);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, async () => {
        const { prescriptionId } = await aPrescription(db, me, { drugId, patientId, daysSupply: 60 });
        return db.owner.query(
          `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
           values ($1, $2, 0, $3, 30, 60, 1, 30, $4, '{}')`,
          [me.branchId, prescriptionId, drugId, me.userId],
        );
      }),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'MD034' });
  });
});
