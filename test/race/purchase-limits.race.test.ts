// Many tills, one person: the last units a purchase limit leaves him are sold once, by the program and by the database alone.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aSale, aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('a purchase limit of one person', () => {
  const { db, call } = useTestApp();

  async function aLimitedShop(maxPerPeriod: number) {
    const world: World = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, world);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '10000' });
    await db.owner.query(
      `insert into operational.purchase_limits (branch_id, drug_id, max_per_period, period_days, reason, created_by)
       values ($1, $2, $3, 30, 'rule', $4)`,
      [world.branchId, drugId, maxPerPeriod, world.userId],
    );
    return { world, drugId };
  }

  const statuses = (answers: readonly { status: number }[]) =>
    answers.map(({ status }) => status).sort((a, b) => a - b);

  it.each(['document', 'record'] as const)('lets three of twelve sales through, by %s', async (kind) => {
    const { world, drugId } = await aLimitedShop(30);
    const patientId = kind === 'record' ? await aPatient(db, world) : undefined;
    const identity = { documentKind: 'passport', documentNumber: `RACE ${world.branchId}` };
    const sell = async () => {
      for (;;) {
        const answer = await call('POST', '/sales', {
          token: world.token,
          body: {
            items: [{ drugId, quantity: '1', unit: 'pack' }],
            payments: [{ method: 'cash', amount: '10.00' }],
            ...(patientId === undefined ? { identity } : { patientId }),
          },
        });
        if (answer.status !== 503) return answer;
      }
    };
    const answers = await Promise.all(Array.from({ length: 12 }, sell));
    expect(statuses(answers)).toEqual([...Array<number>(3).fill(201), ...Array<number>(9).fill(422)]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('holds in the database alone', async () => {
    const { world, drugId } = await aLimitedShop(20);
    const patientId = await aPatient(db, world);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => aSale(db, world, { drugId, quantity: '10', patientId })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'MD223' });
  });
});
