// Returns to suppliers over HTTP: what may go back, its movement, its credit, its calendar; and what the database refuses.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { PROCUREMENT_INVARIANTS } from '../../src/operational/integrity/procurement-invariants.sql.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aSupplier } from '../builders/procurement.js';
import { aUser, seedAccess } from '../builders/staff.js';
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
    await seedAccess(db);
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

  it('send what is controlled by two people only, and both stand in the register', async () => {
    await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [
      branchId,
    ]);
    const colleague = await aUser(db, { role: 'pharmacist', branchIds: [branchId] });
    const sign = async (): Promise<string> => {
      const body = { username: colleague.username, password: colleague.password };
      return (await call<{ token: string }>('POST', '/auth/witness', { token: clerk.token, body })).body
        .token;
    };
    const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
    const { lotId } = await aLot(db, { branchId, drugId, quantity: '10', expiryDate: daysFromNow(-3) });
    const [{ lotId: plain } = { lotId: 0 }] = await lots();
    const made = await draft([lotId, plain]);
    expect(made.body.lines).toMatchObject([
      { needsWitness: true, witnessedBy: null },
      { needsWitness: false },
    ]);
    const path = `/supplier-returns/${made.body.supplierReturnId}`;
    expect((await post(`${path}/ship`)).body).toMatchObject({
      status: 409,
      type: '/problems/witness-required',
    });
    const token = await sign();
    expect((await post(`${path}/ship`, { witness: token }, manager)).body).toMatchObject({
      type: '/problems/witness-refused',
    });
    expect(await onHand(lotId)).toBe('10');
    const sent = await post(`${path}/ship`, { witness: token });
    expect(sent.body).toMatchObject({
      status: 'shipped',
      lines: [{ witnessedBy: `Person ${colleague.username}` }, {}],
    });
    expect([await onHand(lotId), await onHand(plain)]).toEqual(['6', '6']);
    const register = await call<{ data: { kind: string; witnessName: string }[] }>(
      'GET',
      `/reports/controlled-register?drugId=${drugId}`,
      { token: manager.token },
    );
    expect(register.body.data.at(-1)).toMatchObject({
      kind: 'supplier_return',
      witnessName: `Person ${colleague.username}`,
    });
    // By plain SQL neither.
    const other = await draft([lotId], '1');
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(branchId),
        String(clerk.userId),
      ]);
      for (const witness of [null, clerk.userId, manager.userId])
        await expect(
          app.query(
            `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, witness_id)
             values ($1, $2, $3, 'supplier_return', -1, 'gone', 0, 0, $4)`,
            [branchId, lotId, drugId, witness],
          ),
        ).rejects.toMatchObject({ code: 'MD036' });
    } finally {
      await app.end();
    }
    expect((await post(`/supplier-returns/${other.body.supplierReturnId}/ship`)).status).toBe(409);
    await sound();
  });

  it('are printed as the paper that goes with the goods, in both languages', async () => {
    const ids = (await lots()).map(({ lotId }) => lotId);
    const made = await draft(ids);
    const path = `/supplier-returns/${made.body.supplierReturnId}?format=html`;
    for (const [language, title, mark] of [
      ['en', 'Return to supplier', 'Draft: nothing has been sent'],
      ['ar', 'مرتجع إلى المورد', 'مسودة: لم يُرسل شيء بعد'],
    ] as const) {
      const page = await call<string>('GET', `${path}&language=${language}`, { token: clerk.token });
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.body).toContain(title);
      expect(page.body).toContain(mark);
      expect(page.body).not.toContain('<script');
    }
    const stranger = await aWorldFor(db, 'inventory clerk');
    expect((await call('GET', path, { token: stranger.token })).status).toBe(404);
    expect((await call('GET', `${path}&language=xx`, { token: clerk.token })).status).toBe(400);
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

  it('and all of procurement that is bent behind the triggers are named by the integrity check', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '10' });
    const any = <Body>(path: string, body: object, world = clerk) =>
      call<Body>('POST', path, { token: world.token, body });
    const lines = [{ drugId, quantity: '3', price: '30.00' }];
    interface Made {
      purchaseOrderId: number;
      version: number;
      lines: { purchaseOrderItemId: number }[];
    }
    const order = (await any<Made>('/purchase-orders', { supplierId, lines })).body;
    const at = `/purchase-orders/${order.purchaseOrderId}`;
    await any(`${at}/submit`, { version: order.version });
    const { purchaseOrderItemId } = order.lines[0] ?? { purchaseOrderItemId: 0 };
    const taken = await any<{ receipt: { items: { lotId: number }[] } }>(`${at}/receive`, {
      lines: [{ purchaseOrderItemId, lotNumber: 'I1', expiryDate: daysFromNow(300), quantity: '2' }],
    });
    const invoice = await any<{ supplierInvoiceId: number }>('/supplier-invoices', {
      ...{ supplierId, number: 'DOC-1', invoiceDate: daysFromNow(0), total: '60.00' },
      lines: [{ purchaseOrderItemId, quantity: '20', net: '60.00' }],
    });
    const sent = await draft([taken.body.receipt.items[0]?.lotId ?? 0], '1');
    await post(`/supplier-returns/${sent.body.supplierReturnId}/ship`);
    await sound();

    const [orderId, invoiceId] = [order.purchaseOrderId, invoice.body.supplierInvoiceId];
    const bends: readonly (readonly [code: string, bend: string, undo: string, id: number])[] = [
      ...(
        [
          [
            'received-within-ordered',
            'purchase_order_items set quantity_received = quantity_received',
            orderId,
          ],
          ['orders-add-up', 'purchase_order_items set tax = tax', orderId],
          ['receipts-cost-what-was-ordered', 'goods_receipts set landed_cost = landed_cost', orderId],
        ] as const
      ).map(
        ([code, set, id]) =>
          [
            code,
            `update operational.${set} + 1 where purchase_order_id = $1`,
            `update operational.${set} - 1 where purchase_order_id = $1`,
            id,
          ] as const,
      ),
      [
        'orders-stand-where-received',
        `update operational.purchase_orders set status = 'received' where purchase_order_id = $1`,
        `update operational.purchase_orders set status = 'partially_received' where purchase_order_id = $1`,
        orderId,
      ],
      [
        'reversed-receipts-left-stock',
        `insert into operational.goods_receipt_reversals (goods_receipt_item_id, branch_id, movement_id, reason)
         select m.goods_receipt_item_id, m.branch_id, m.movement_id, 'forged' from operational.stock_movements m
         join operational.goods_receipt_items i using (goods_receipt_item_id) where i.purchase_order_item_id = $1`,
        `delete from operational.goods_receipt_reversals v using operational.goods_receipt_items i
         where i.goods_receipt_item_id = v.goods_receipt_item_id and i.purchase_order_item_id = $1`,
        purchaseOrderItemId,
      ],
      [
        'invoices-add-up',
        'update operational.supplier_invoices set net_total = net_total + 1, total = total + 1 where supplier_invoice_id = $1',
        'update operational.supplier_invoices set net_total = net_total - 1, total = total - 1 where supplier_invoice_id = $1',
        invoiceId,
      ],
      [
        'supplier-returns-moved',
        `update operational.supplier_returns set status = 'draft' where supplier_return_id = $1`,
        `update operational.supplier_returns set status = 'shipped' where supplier_return_id = $1`,
        sent.body.supplierReturnId,
      ],
    ];
    expect(bends.map(([code]) => code).sort()).toEqual(PROCUREMENT_INVARIANTS.map(({ code }) => code).sort());
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      for (const [code, bend, undo, id] of bends) {
        const check = PROCUREMENT_INVARIANTS.find((invariant) => invariant.code === code)?.sql ?? '';
        await client.query(bend, [id]);
        expect((await client.query(check)).rowCount, code).toBeGreaterThan(0);
        await client.query(undo, [id]);
        expect((await client.query(check)).rowCount, code).toBe(0);
      }
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
    await sound();
  });
});
