// Fifty people take what is next from twenty cards at once: each card goes to one of them. One who presses twice gets one card.
import { describe, expect, it } from 'vitest';

import { aPromised } from '../builders/board.js';
import { aDrug } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Taken {
  card: { prescriptionId: number } | null;
  wasHeld: boolean;
}

describe('taking what is next', () => {
  const { db, call } = useTestApp();
  const take = (world: World) =>
    call<Taken>('POST', '/work-board/take-next', { token: world.token, body: { column: 'fill' } });

  async function aBranchWith(cards: number): Promise<{ me: World; ids: number[] }> {
    const me = await aWorldFor(db, 'technician');
    const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
    const ids: number[] = [];
    for (let n = 0; n < cards; n++)
      ids.push((await aPromised(db, me, { drugId, minutes: n })).prescriptionId);
    return { me, ids };
  }

  it('gives twenty cards to twenty of fifty', async () => {
    const { me, ids } = await aBranchWith(20);
    const people = [me];
    while (people.length < 50) people.push(await aWorldFor(db, 'technician', { branchId: me.branchId }));
    const answers = await Promise.all(people.map(take));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const taken = answers.flatMap(({ body }) => (body.card ? [body.card.prescriptionId] : []));
    expect(taken.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
    const { rows } = await db.owner.query(
      `select count(*)::int as leases, count(distinct prescription_id)::int as cards, count(distinct user_id)::int as people
       from operational.work_leases where branch_id = $1 and ended_at is null`,
      [me.branchId],
    );
    expect(rows).toEqual([{ leases: 20, cards: 20, people: 20 }]);
  });

  it('gives one card to one who presses ten times', async () => {
    const { me, ids } = await aBranchWith(5);
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(me)));
    expect(new Set(answers.map(({ body }) => body.card?.prescriptionId))).toEqual(new Set([ids[0]]));
    expect(answers.filter(({ body }) => !body.wasHeld)).toHaveLength(1);
  });

  it('goes on beside commands on the same prescriptions', async () => {
    const { me, ids } = await aBranchWith(12);
    const people = [me];
    while (people.length < 12) people.push(await aWorldFor(db, 'pharmacist', { branchId: me.branchId }));
    const hold = (id: number, world: World) =>
      call<Taken>('POST', `/prescriptions/${id}/hold`, { token: world.token, body: {} });
    const answers = await Promise.all(people.flatMap((world, n) => [take(world), hold(ids[n] ?? 0, world)]));
    for (const { status, body } of answers) expect(status, JSON.stringify(body)).toBe(200);
    const { rows } = await db.owner.query(
      `select l.lease_id from operational.work_leases l join operational.prescriptions p using (prescription_id)
       where l.branch_id = $1 and l.ended_at is null and l.card_status <> p.status`,
      [me.branchId],
    );
    expect(rows).toEqual([]);
  });
});
