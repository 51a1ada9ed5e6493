// One refill is left, twenty ask for it at once: one gets it, nineteen are refused in words, nothing fails.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPrescription, dispensedDaysAgo } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('the last refill', () => {
  const { db, call } = useTestApp();

  it('goes to one of twenty', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '2000' });
    const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 1 });
    const first = await call('POST', `/prescriptions/${prescriptionId}/fill`, {
      token: me.token,
      body: { complete: true },
    });
    expect(first.status).toBe(201);
    await dispensedDaysAgo(db, prescriptionId, 25);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        call('POST', `/prescriptions/${prescriptionId}/refill`, {
          token: me.token,
          key: randomUUID(),
          body: { complete: true },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 409),
    ]);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.body).toMatchObject({
        type: '/problems/prescription-not-fillable',
        params: { reason: 'no-refills-left' },
      });
    const { rows } = await db.owner.query(
      `select p.quantity_filled::text as filled, p.status, count(f.*)::int as fills
       from operational.prescriptions p join operational.fills f using (prescription_id)
       where p.prescription_id = $1 group by p.prescription_id`,
      [prescriptionId],
    );
    expect(rows).toEqual([{ filled: '60.000', status: 'completed', fills: 2 }]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is given once to twenty retries with one Idempotency-Key', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '2000' });
    const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 3 });
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        call<{ fillId: number }>('POST', `/prescriptions/${prescriptionId}/fill`, {
          token: me.token,
          key,
          body: { complete: true },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map((answer) => answer.body.fillId)).size).toBe(1);
  });

  it('is refused by the database when the application does not look', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    const fill = (part: number) =>
      db.owner.query(
        `insert into operational.fills (branch_id, prescription_id, fill_number, part_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
         values ($1, $2, 0, $3, $4, 30, 30, 1, 30, $5, '{}')`,
        [me.branchId, prescriptionId, part, drugId, me.userId],
      );
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(fill));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ constraint: 'prescriptions_authority_check' });
  });
});
