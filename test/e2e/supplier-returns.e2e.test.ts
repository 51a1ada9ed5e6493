// Returns to suppliers over HTTP: what may go back, its movement, its credit, its calendar; and what the database refuses.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aSupplier } from '../builders/procurement.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

describe('returns to suppliers', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let clerk: World;
  let manager: World;
  let supplierId = 0;

  beforeAll(async () => {
    branchId = await aBranch(db);
    clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    manager = await aWorldFor(db, 'administrator', { branchId });
    supplierId = await aSupplier(db);
  });

  interface Return {
    supplierReturnId: number;
    status: string;
    commands: string[];
    creditExpected: string;
    creditReceived: string | null;
    creditNoteId: number;
    lines: { movementId: number | null }[];
  }
  const post = (path: string, body: object = {}, world = clerk) =>
    call<Return>('POST', path, { token: world.token, body });
  const onHand = async (lotId: number): Promise<string> =>
    (
      await db.owner.query<{ q: string }>(
        'select trim_scale(quantity)::text as q from operational.inventory_lots where lot_id = $1',
        [lotId],
      )
    ).rows[0]?.q ?? '';
  const lots = async () => {
    const { drugId } = await aDrug(db);
    const lot = (values: object) =>
      aLot(db, { branchId, drugId, quantity: '10', unitCost: '1.5', ...values });
    return [
      await lot({ expiryDate: daysFromNow(-10) }),
      await lot({ status: 'quarantined' }),
      await lot({ status: 'recalled' }),
    ];
  };
  const draft = async (lotIds: readonly number[], quantity = '4') =>
    post('/supplier-returns', {
      supplierId,
      lines: lotIds.map((lotId) => ({ lotId, quantity, reason: 'expired' })),
    });
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };

  it('take what is expired, quarantined or recalled, and are answered by a credit note', async () => {
    const ids = (await lots()).map(({ lotId }) => lotId);
    const made = await draft(ids);
    expect(made).toMatchObject({ status: 201, body: { status: 'draft', creditExpected: '18.000' } });
    expect(await Promise.all(ids.map(onHand))).toEqual(['10', '10', '10']);
    const path = `/supplier-returns/${made.body.supplierReturnId}`;
    const sent = await post(`${path}/ship`);
    expect(sent.body).toMatchObject({ status: 'shipped', commands: ['credit', 'cancel'] });
    expect(await Promise.all(ids.map(onHand))).toEqual(['6', '6', '6']);
    const note = { number: 'CN-77', creditedOn: daysFromNow(0), net: '15.00', tax: '1.50' };
    const credited = await post(`${path}/credit`, note);
    expect(credited.body).toMatchObject({ status: 'credited', creditReceived: '15.000', commands: [] });
    expect((await post(`${path}/cancel`, { reason: 'late' })).status).toBe(409);
    // A credit note entered wrongly is void, and the return waits for one again.
    await post(`/supplier-invoices/${credited.body.creditNoteId}/void`, { reason: 'wrong amount' });
    expect((await post(`${path}/credit`, { ...note, net: '16.00' })).body).toMatchObject({
      creditReceived: '16.000',
    });
    const register = await call<{ data: { movementType: string }[] }>(
      'GET',
      `/inventory/movements?lotId=${ids[0]}`,
      clerk,
    );
    expect(register.body.data[0]?.movementType).toBe('supplier_return');
    await sound();
  });

  it('that are not taken bring everything back, and none is sent of what is not free', async () => {
    const [{ lotId } = { lotId: 0 }] = await lots();
    expect((await draft([lotId], '11')).status).toBe(422);
    expect((await draft([2_000_000_000])).status).toBe(404);
    expect((await draft([lotId, lotId])).status).toBe(400);
    const [first, second] = [await draft([lotId], '6'), await draft([lotId], '6')];
    await post(`/supplier-returns/${first.body.supplierReturnId}/ship`);
    expect((await post(`/supplier-returns/${second.body.supplierReturnId}/ship`)).body).toMatchObject({
      type: '/problems/insufficient-stock',
    });
    const back = await post(`/supplier-returns/${first.body.supplierReturnId}/cancel`, { reason: 'refused' });
    expect(back.body.status).toBe('cancelled');
    expect(await onHand(lotId)).toBe('10');
    await sound();
  });

  it('cannot be gone round by plain SQL', async () => {
    const [{ lotId } = { lotId: 0 }] = await lots();
    const made = await draft([lotId]);
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false)`, [String(branchId)]);
      await expect(
        app.query(
          `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
           select branch_id, lot_id, drug_id, 'supplier_return', -1, 'gone', 0, 0 from operational.inventory_lots where lot_id = $1`,
          [lotId],
        ),
      ).rejects.toMatchObject({ code: 'MD004' });
      await expect(
        app.query(
          `update operational.supplier_returns set status = 'shipped' where supplier_return_id = $1`,
          [made.body.supplierReturnId],
        ),
      ).rejects.toMatchObject({ code: 'MD004' });
    } finally {
      await app.end();
    }
    const { rows } = await db.owner.query<{ list: string }>(
      `select pg_get_constraintdef(oid) as list from pg_constraint where conname = 'stock_movements_movement_type_check'`,
    );
    for (const type of ['supplier_return', 'receipt', 'transfer_in', 'destruction', 'reversal'])
      expect(rows[0]?.list).toContain(`'${type}'::text`);
  });

  it('have a calendar: what a supplier takes back, until when', async () => {
    const rule = { version: 1, returnsFromDays: 90, returnsUntilDays: 30 };
    const set = await call('PATCH', `/suppliers/${supplierId}`, { token: clerk.token, body: rule });
    expect(set).toMatchObject({ status: 200, body: { returnsFromDays: 90, returnsUntilDays: 30 } });
    const { drugId } = await aDrug(db);
    const ids: number[] = [];
    for (const days of [-31, -30, 60, 120, 200])
      ids.push((await aLot(db, { branchId, drugId, expiryDate: daysFromNow(days) })).lotId);
    await db.owner.query('update operational.inventory_lots set supplier_id = $1 where drug_id = $2', [
      supplierId,
      drugId,
    ]);
    const calendar = await call<{ data: { lotId: number; daysLeft: number; isOpen: boolean }[] }>(
      'GET',
      '/supplier-returns/deadlines?withinDays=60',
      { token: manager.token },
    );
    expect(calendar.body.data.map(({ lotId, daysLeft, isOpen }) => [lotId, daysLeft, isOpen])).toEqual([
      [ids[1], 0, true],
      [ids[2], 90, true],
      [ids[3], 150, false],
    ]);
    const bad = { version: 2, returnsFromDays: 10, returnsUntilDays: -20 };
    expect((await call('PATCH', `/suppliers/${supplierId}`, { token: clerk.token, body: bad })).status).toBe(
      422,
    );
  });
});
