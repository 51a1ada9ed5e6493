// Stock that is set aside is not corrected away: it is destroyed, returned or counted; what is gone of it is taken off by two people.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Asked {
  adjustmentId: number;
  movementId: number | null;
  isPending: boolean;
  lot: { quantity: string };
}

describe('stock', () => {
  const { db, call } = useTestApp();
  let me: World;
  let boss: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'inventory clerk');
    boss = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    const policy = await call('PATCH', '/inventory/policy', {
      token: boss.token,
      body: { version: 0, adjustmentLimit: '50' },
    });
    expect(policy.body).toMatchObject({ adjustmentLimit: '50', recountShare: '0.05' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: object = {}, world = me) =>
    call<Body>('POST', `/inventory${path}`, { token: world.token, body });
  const lot = async (values: object = {}): Promise<{ lotId: number; drugId: number }> => {
    const { drugId } = await aDrug(db);
    return {
      drugId,
      ...(await aLot(db, {
        branchId: me.branchId,
        drugId,
        quantity: '20',
        unitCost: '10',
        expiryDate: daysFromNow(200),
        ...values,
      })),
    };
  };
  const onHand = async (lotId: number): Promise<string> =>
    (
      await db.owner.query<{ q: string }>(
        'select trim_scale(quantity)::text as q from operational.inventory_lots where lot_id = $1',
        [lotId],
      )
    ).rows[0]?.q ?? '';
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };

  it('that is set aside is not corrected away: only what is gone or never was there, and another person says so', async () => {
    const aside = [
      await lot({ status: 'quarantined', unitCost: '0.5' }),
      await lot({ status: 'on_hold', unitCost: '0.5' }),
      await lot({ status: 'recalled', unitCost: '0.5' }),
      await lot({ status: 'expired', unitCost: '0.5' }),
      // Past its day, and not marked yet.
      await lot({ expiryDate: daysFromNow(-1), unitCost: '0.5' }),
    ];
    for (const { lotId } of aside) {
      for (const reasonCode of ['damaged', 'found', 'sample', 'own_use', 'other', undefined])
        expect(
          (await post('/adjust', { lotId, quantity: '-2', reason: 'x', ...(reasonCode && { reasonCode }) }))
            .body,
        ).toMatchObject({
          type: '/problems/stock-set-aside',
          status: 422,
          params: { reasonCodes: ['missing', 'theft', 'entry_error'] },
        });
      const asked = await post<Asked>('/adjust', {
        lotId,
        quantity: '-2',
        reasonCode: 'missing',
        reason: 'x',
      });
      expect(asked.body).toMatchObject({ isPending: true, movementId: null, lot: { quantity: '20' } });
      const { adjustmentId } = asked.body;
      const pending = await call<{ data: { adjustmentId: number }[] }>(
        'GET',
        '/inventory/adjustments?status=pending',
        { token: boss.token },
      );
      expect(pending.body.data.find((one) => one.adjustmentId === adjustmentId)).toMatchObject({
        isSetAside: true,
      });
      expect((await post(`/adjustments/${adjustmentId}/approve`, {}, boss)).status).toBe(200);
      // What is found of it is added as ever.
      const more = await post<Asked>('/adjust', { lotId, quantity: '1', reasonCode: 'found', reason: 'x' });
      expect(more.body).toMatchObject({ isPending: false, lot: { quantity: '19' } });
      // It leaves by destruction.
      expect((await post('/destroy', { lotId, quantity: '19', reason: 'damaged' })).status).toBe(201);
    }
    // Set aside between asking and approving: what was asked for as damaged is not approved any more.
    const { lotId } = await lot();
    const asked = await post<Asked>('/adjust', { lotId, quantity: '-6', reasonCode: 'damaged', reason: 'x' });
    await db.owner.query(`update operational.inventory_lots set status = 'quarantined' where lot_id = $1`, [
      lotId,
    ]);
    expect((await post(`/adjustments/${asked.body.adjustmentId}/approve`, {}, boss)).body).toMatchObject({
      type: '/problems/stock-set-aside',
    });
    expect(await onHand(lotId)).toBe('20');
    await sound();
  });
});
