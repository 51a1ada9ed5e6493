// One refill is left, a hundred ask for it at once: one gets it, the others are refused in words, nothing fails.
// Ten keys, each sent sixty times at once: ten fills.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPrescription, dispensedDaysAgo } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

describe('the last refill', () => {
  const { db, call } = useTestApp();

  /** Sends a command until it is answered: 503 says to send the same again, and with its key nothing happens twice. */
  async function settled(path: string, token: string, key: string): Promise<Answer<{ fillId: number }>> {
    for (;;) {
      const answer = await call<{ fillId: number }>('POST', path, { token, key, body: { complete: true } });
      if (answer.status !== 503) return answer;
    }
  }

  it('goes to one of a hundred', async () => {
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
      Array.from({ length: 100 }, () =>
        settled(`/prescriptions/${prescriptionId}/refill`, me.token, randomUUID()),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      201,
      ...Array.from({ length: 99 }, () => 409),
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

  it('is given once to sixty retries of each of ten keys', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '2000' });
    const wishes = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 3 });
        return { prescriptionId, key: randomUUID() };
      }),
    );
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => wishes)
        .flat()
        .map(async ({ prescriptionId, key }) => {
          const answer = await settled(`/prescriptions/${prescriptionId}/fill`, me.token, key);
          return { prescriptionId, status: answer.status, fillId: answer.body.fillId };
        }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    for (const { prescriptionId } of wishes)
      expect(
        new Set(answers.filter((one) => one.prescriptionId === prescriptionId).map(({ fillId }) => fillId))
          .size,
      ).toBe(1);
    const { rows } = await db.owner.query(
      `select count(*)::int as fills, sum(quantity)::int as quantity from operational.fills where branch_id = $1`,
      [me.branchId],
    );
    expect(rows).toEqual([{ fills: 10, quantity: 300 }]);
    expect(await discrepancies(db)).toEqual([]);
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
