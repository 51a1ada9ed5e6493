// Many hands at one balance: the last of an ingredient, one batch released twice, two formulas that would contain each other.
import { beforeAll, describe, expect, it } from 'vitest';

import { ingredients, ointment, stocked, weighedAndMade, type Batch } from '../builders/compounding.js';
import { discrepancies } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

describe('batches at once', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  const hands: World[] = [];
  beforeAll(async () => {
    branchId = await aBranch(db);
    for (let n = 0; n < 6; n++) hands.push(await aWorldFor(db, 'pharmacist', { branchId }));
  });
  const hand = (n = 0): World => hands[n % hands.length] as World;
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, world = hand()) =>
    call<Body>('POST', path, { token: world.token, body });
  const statuses = (answers: readonly Answer<unknown>[]): number[] =>
    answers.map(({ status }) => status).sort((a, b) => a - b);

  it('the last of an ingredient makes as many as it is enough for, beside fills of the same lots', async () => {
    const parts = await ingredients(db);
    const { powderLot } = await stocked(db, { branchId }, parts, { powder: '8' });
    const made = await post<{ formulaId: number }>('/compound-formulas', ointment(parts));
    const rx = await aPrescription(db, { branchId }, { drugId: parts.powder.drugId, quantity: '2' });
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, (_, n) =>
        post('/compound-batches', { formulaId: made.body.formulaId, quantity: '100' }, hand(n)),
      ),
      post(`/prescriptions/${rx.prescriptionId}/fill`, {}, hand(3)),
    ]);
    expect(statuses(answers)).toEqual([201, 201, 201, 201, 409, 409, 409, 409, 409, 409, 409]);
    for (const { status, body } of answers)
      if (status === 409) expect(body).toMatchObject({ type: '/problems/insufficient-stock' });
    const { rows } = await db.owner.query<Record<string, string>>(
      `select trim_scale(quantity)::text as on_hand, trim_scale(quantity_reserved)::text as reserved from operational.inventory_lots where lot_id = $1`,
      [powderLot],
    );
    expect(rows).toEqual([{ on_hand: '8', reserved: '8' }]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('one batch is released once, and not discarded beside', async () => {
    const parts = await ingredients(db);
    const { powderLot } = await stocked(db, { branchId }, parts);
    const made = await post<{ formulaId: number; drugId: number }>('/compound-formulas', ointment(parts));
    const begun = await post<Batch>('/compound-batches', { formulaId: made.body.formulaId, quantity: '100' });
    await weighedAndMade(post, begun.body, hand());
    const at = `/compound-batches/${begun.body.batchId}`;
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, (_, n) => post(`${at}/release`, {}, hand(n))),
      post(`${at}/discard`, { reason: 'too late' }, hand(5)),
    ]);
    expect(statuses(answers)).toEqual([200, 409, 409, 409, 409, 409]);
    const { rows } = await db.owner.query<{ drug: number; on_hand: string }>(
      `select drug_id as drug, trim_scale(quantity)::text as on_hand from operational.inventory_lots where lot_id = $1 or drug_id = $2 order by lot_id`,
      [powderLot, made.body.drugId],
    );
    const wasDiscarded = answers.at(-1)?.status === 200;
    expect(rows.map(({ on_hand: onHand }) => onHand)).toEqual(wasDiscarded ? ['48'] : ['48', '100']);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('of two formulas that would contain each other one is written', async () => {
    const parts = await ingredients(db);
    const of = async (name: string) =>
      (await post<{ formulaId: number; drugId: number }>('/compound-formulas', ointment(parts, { name })))
        .body;
    const [one, two] = [await of('One'), await of('Two')];
    const into = (formulaId: number, drugId: number, n: number) =>
      call('PATCH', `/compound-formulas/${formulaId}`, {
        token: hand(n).token,
        body: { items: [{ drugId, quantity: '10' }], version: 1 },
      });
    const answers = await Promise.all([
      into(one.formulaId, two.drugId, 0),
      into(two.formulaId, one.drugId, 1),
    ]);
    expect(statuses(answers)).toEqual([200, 422]);
  });
});
