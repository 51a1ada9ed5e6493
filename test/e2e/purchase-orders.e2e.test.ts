// Purchase orders over HTTP: units and money, the steps, approval above a limit, papers; and what the database refuses by itself.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aSupplier } from '../builders/procurement.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';
import { readPdf, seenLines } from '../support/pdf.js';

interface Order {
  purchaseOrderId: number;
  orderNumber: string;
  status: string;
  commands: string[];
  needsApproval: boolean;
  version: number;
  total: string;
  lines: { purchaseOrderItemId: number; drugId: number; unitCost: string; quantityOrdered: string }[];
  events: { toStatus: string; reason: string | null }[];
}

describe('purchase orders', () => {
  const { db, call, app } = useTestApp();
  let branchId = 0;
  let clerk: World;
  let owner: World;
  let supplierId = 0;
  let drugId = 0;

  beforeAll(async () => {
    branchId = await aBranch(db);
    clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    owner = await aWorldFor(db, 'administrator', { branchId });
    supplierId = await aSupplier(db, { email: 'orders@supplier.example' });
    drugId = (await aDrug(db, { unitsPerPack: '30', unitsPerStrip: '10', nameAr: 'دواء' })).drugId;
  });

  const post = <Body = Order>(path: string, body: object, world = clerk) =>
    call<Body>('POST', path, { token: world.token, body });
  const line = (more: object = {}) => ({ drugId, quantity: '10', price: '15.00', ...more });
  const draft = async (more: object = {}, world = clerk): Promise<Order> => {
    const made = await post('/purchase-orders', { supplierId, lines: [line()], ...more }, world);
    expect(made.status).toBe(201);
    return made.body;
  };
  const step = (order: Order, name: string, body: object = {}, world = clerk) =>
    post(`/purchase-orders/${order.purchaseOrderId}/${name}`, body, world);
  const submitted = async (more: object = {}): Promise<Order> => {
    const order = await draft(more);
    return (await step(order, 'submit', { version: order.version })).body;
  };

  it('counts in any unit and adds up: discounts, bonus, tax and landed cost', async () => {
    const order = await draft({
      lines: [
        line({ bonus: '2', discountPercent: '10', taxRate: '0.14' }),
        line({ level: 'strip', quantity: '7', price: '5.55', discount: '0.05' }),
        line({ level: 'unit', quantity: '12.5', price: '0.333' }),
      ],
      discount: '10.00',
      landedCost: '7.77',
    });
    expect(order.status).toBe('draft');
    expect(order.lines.map((each) => each.quantityOrdered)).toEqual(['300', '70', '12.5']);
    const { rows } = await db.owner.query(
      `select sum(header_discount)::text as discount, sum(landed_cost)::text as landed, (sum(net) + sum(tax) + sum(landed_cost))::text as total
       from operational.purchase_order_items where purchase_order_id = $1`,
      [order.purchaseOrderId],
    );
    expect(rows[0]).toEqual({ discount: '10.000', landed: '7.770', total: order.total });
    const list = await call('GET', `/purchase-orders?drugId=${drugId}&q=${order.orderNumber}`, {
      token: clerk.token,
    });
    expect(list.body).toMatchObject({ meta: { total: 1 }, data: [{ lineCount: 3, receivedPercent: 0 }] });
  });

  it('is changed as a draft by whoever read it last, and by nobody after that', async () => {
    const order = await draft();
    const patch = (body: object) =>
      call<Order>('PATCH', `/purchase-orders/${order.purchaseOrderId}`, { token: clerk.token, body });
    const changed = await patch({ version: order.version, lines: [line({ quantity: '3' })], notes: 'soon' });
    expect(changed).toMatchObject({ status: 200, body: { notes: 'soon', netTotal: '45.000' } });
    expect(await patch({ version: order.version, notes: 'again' })).toMatchObject({
      status: 409,
      body: { type: '/problems/stale-version' },
    });
    expect((await patch({ version: changed.body.version, landedCost: '1' })).status).toBe(400);
    await step(order, 'submit', { version: changed.body.version });
    expect(await patch({ version: changed.body.version + 1, notes: 'late' })).toMatchObject({
      status: 409,
      body: { type: '/problems/invalid-transition' },
    });
  });

  it('above the limit of the branch is approved by another, whatever is believed above the database', async () => {
    const limit = (value: string | null) =>
      db.owner.query('update operational.branches set purchase_approval_limit = $2 where branch_id = $1', [
        branchId,
        value,
      ]);
    await limit('149.99');
    const order = await submitted();
    expect(order).toMatchObject({
      status: 'submitted',
      needsApproval: true,
      commands: ['approve', 'cancel'],
    });
    expect((await step(order, 'approve')).status).toBe(403);
    const own = await draft({}, owner);
    await step(own, 'submit', { version: own.version }, owner);
    expect(await step(own, 'approve', {}, owner)).toMatchObject({
      status: 422,
      body: { type: '/problems/approval-by-another' },
    });
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(branchId),
        String(owner.userId),
      ]);
      const sql = (text: string) => app.query(text, [own.purchaseOrderId]);
      const approve = `update operational.purchase_orders set status = 'approved' where purchase_order_id = $1`;
      await expect(sql(approve)).rejects.toMatchObject({ code: 'MD272' });
      await expect(
        sql(`update operational.purchase_orders set needs_approval = false where purchase_order_id = $1`),
      ).rejects.toThrow(/permission denied/);
      await expect(
        sql(`update operational.purchase_orders set status = 'received' where purchase_order_id = $1`),
      ).rejects.toMatchObject({ code: 'MD270' });
      await expect(
        sql(`update operational.purchase_orders set net_total = 1, total = 1 where purchase_order_id = $1`),
      ).rejects.toMatchObject({ code: 'MD004' });
      await expect(
        sql(`delete from operational.purchase_order_items where purchase_order_id = $1`),
      ).rejects.toMatchObject({ code: 'MD270' });
    } finally {
      await app.end();
    }
    const approved = await step(order, 'approve', { note: 'fair price' }, owner);
    expect(approved.body).toMatchObject({ status: 'approved', commands: ['receive', 'cancel'] });
    expect(approved.body.events.map((event) => [event.toStatus, event.reason])).toEqual([
      ['approved', 'fair price'],
      ['submitted', null],
      ['draft', null],
    ]);
    await limit(null);
    expect((await submitted()).commands).toEqual(['approve', 'receive', 'cancel']);
  });

  it('refuses what makes no order, and changes nothing', async () => {
    const bad = async (more: object) =>
      (await post('/purchase-orders', { supplierId, lines: [line()], ...more })).status;
    expect(await bad({ supplierId: 2_000_000_000 })).toBe(404);
    expect(await bad({ lines: [line({ drugId: 2_000_000_000 })] })).toBe(404);
    expect(await bad({ lines: [line({ level: 'case' })] })).toBe(422);
    expect(await bad({ lines: [line({ discount: '150.01' })] })).toBe(422);
    expect(await bad({ lines: [line({ discount: '1', discountPercent: '1' })] })).toBe(400);
    expect(await bad({ lines: [line({ quantity: '0' })] })).toBe(400);
    expect(await bad({ lines: [line({ quantity: '999999999', price: '99999999999' })] })).toBe(400);
    expect(await bad({ discount: '151' })).toBe(422);
    const recalled = await aDrug(db, { status: 'recalled' });
    expect(await bad({ lines: [line({ drugId: recalled.drugId })] })).toBe(422);
    const empty = await draft({ lines: [] });
    expect((await step(empty, 'submit', { version: empty.version })).status).toBe(422);
    const cancelled = await step(empty, 'cancel', { reason: 'not needed' });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', commands: [] });
    expect(await step(empty, 'cancel', { reason: 'again' })).toMatchObject({
      status: 409,
      body: { params: { from: 'cancelled', allowed: [] } },
    });
    const stranger = await aWorldFor(db, 'inventory clerk');
    const other = await call('GET', `/purchase-orders/${empty.purchaseOrderId}`, { token: stranger.token });
    expect(other.status).toBe(404);
  });

  it('cannot be made not to add up by plain SQL', async () => {
    const order = await draft();
    await expect(
      db.owner.query(
        `update operational.purchase_orders set net_total = 1, total = 1 where purchase_order_id = $1`,
        [order.purchaseOrderId],
      ),
    ).rejects.toMatchObject({ code: 'MD274' });
    await expect(
      db.owner.query(
        `update operational.purchase_order_items set quantity_received = 5 where purchase_order_id = $1`,
        [order.purchaseOrderId],
      ),
    ).rejects.toMatchObject({ code: 'MD004' });
  });

  it('is listed by whether it can be received, and lines name the size they are ordered in', async () => {
    const waits = await submitted();
    const written = await draft();
    const listed = async (query: string) =>
      (
        await call<{ data: Order[] }>('GET', `/purchase-orders?drugId=${drugId}&limit=100&${query}`, {
          token: clerk.token,
        })
      ).body.data.map(({ purchaseOrderId }) => purchaseOrderId);
    const [can, cannot] = [await listed('receivable=true'), await listed('receivable=false')];
    expect([can.includes(waits.purchaseOrderId), can.includes(written.purchaseOrderId)]).toEqual([
      true,
      false,
    ]);
    expect([cannot.includes(waits.purchaseOrderId), cannot.includes(written.purchaseOrderId)]).toEqual([
      false,
      true,
    ]);
    const { body: product } = await call<{ packs: { packId: number | null; level: string }[] }>(
      'GET',
      `/drugs/${drugId}`,
      { token: clerk.token },
    );
    const size = product.packs.find(({ level }) => level === 'pack');
    expect(written.lines[0]).toMatchObject({ level: 'pack', packId: size?.packId ?? null });
  });

  it('is printed in two languages, written as a file and as a mail', async () => {
    const order = await submitted({ notes: '<script>alert(1)</script>' });
    const as = async (query: string) =>
      (
        await call<string>('GET', `/purchase-orders/${order.purchaseOrderId}?${query}`, {
          token: clerk.token,
        })
      ).body;
    const english = await as('format=html');
    expect(english).toContain(order.orderNumber);
    expect(english).not.toContain('<script');
    expect(await as('format=html&language=ar')).toContain('dir="rtl"');
    expect(await as('format=csv')).toMatch(/orderNumber,lineNo,.*\r?\n.*PO\d+,1,/);
    const path = `/purchase-orders/${order.purchaseOrderId}?format=pdf`;
    for (const [query, name] of [
      ['', 'Purchaseorder'],
      ['&language=ar', [...'أمرشراء'].reverse().join('')],
    ]) {
      const answer = await app().inject({
        method: 'GET',
        url: `/api${path}${query}`,
        headers: { authorization: `Bearer ${clerk.token}` },
      });
      expect(answer.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="purchase-order-${order.purchaseOrderId}.pdf"`,
      });
      const seen = seenLines(readPdf(answer.rawPayload)).join('|');
      expect(seen).toContain(order.orderNumber);
      expect(seen).toContain(name);
    }
    const stranger = await aWorldFor(db, 'inventory clerk', { branchId: await aBranch(db) });
    expect((await call('GET', path, { token: stranger.token })).status).toBe(404);
    expect((await call('GET', `${path}&language=fr`, { token: clerk.token })).status).toBe(400);
    const mail = (await as('format=mail')) as unknown as { to: string; body: string; href: string };
    expect(mail.to).toBe('orders@supplier.example');
    expect(mail.body).toContain(': 10 pack');
    expect(mail.href).toMatch(/^mailto:orders%40supplier\.example\?subject=Purchase%20order%20PO\d+/);
  });
});
