// Receiving against an order over HTTP: cost, bonus, tolerance, scans, notices, refusals, reversals; and what the database refuses.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aSupplier } from '../builders/procurement.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Line {
  purchaseOrderItemId: number;
  quantityReceived: string;
  quantityBonusReceived: string;
  quantityOpen: string;
}
interface Order {
  purchaseOrderId: number;
  status: string;
  version: number;
  receivedPercent: number;
  lines: Line[];
}
interface Item {
  goodsReceiptItemId: number;
  lotId: number;
  quantity: string;
  netCost: string;
  unitCost: string;
  reversal: { reason: string } | null;
}
interface Received {
  receipt: {
    goodsReceiptId: number;
    items: Item[];
    refused: { reason: string; quantity: string }[];
    value: string;
  };
  orderStatus: string;
  warnings: { code: string }[];
}

const GTIN = '06222000000017';

describe('receiving against an order', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let clerk: World;
  let supplierId = 0;
  let drugId = 0;
  const inAYear = daysFromNow(365);

  beforeAll(async () => {
    branchId = await aBranch(db);
    clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    supplierId = await aSupplier(db, { overReceiptTolerance: '0.1' });
    drugId = (await aDrug(db, { unitsPerPack: '30', unitsPerStrip: '10', barcode: GTIN.slice(1) })).drugId;
    await db.owner.query(`update reference.drug_barcodes set pack_level = 'pack' where drug_id = $1`, [
      drugId,
    ]);
  });

  const post = <Body = Record<string, unknown>>(path: string, body: object, key?: string) =>
    call<Body>('POST', path, { token: clerk.token, body, ...(key ? { key } : {}) });
  const get = async <Body>(path: string) => (await call<Body>('GET', path, { token: clerk.token })).body;
  const order = async (
    lines: object[] = [{ drugId, quantity: '10', price: '30.00', bonus: '1' }],
    more = {},
  ) => {
    const made = await post<Order>('/purchase-orders', { supplierId, lines, ...more });
    const id = made.body.purchaseOrderId;
    return (await post<Order>(`/purchase-orders/${id}/submit`, { version: made.body.version })).body;
  };
  const lineOf = (of: Order, index = 0): number => of.lines[index]?.purchaseOrderItemId ?? 0;
  const delivery = (of: Order, quantity: string, more: object = {}) => ({
    lines: [{ purchaseOrderItemId: lineOf(of), lotNumber: 'L1', expiryDate: inAYear, quantity, ...more }],
  });
  const receive = (of: Order, body: object, key?: string) =>
    post<Received>(`/purchase-orders/${of.purchaseOrderId}/receive`, body, key);
  const read = (of: Order) => get<Order>(`/purchase-orders/${of.purchaseOrderId}`);
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };

  it('in parts: cost of a base unit, free goods apart, status and percent by themselves, once for one key', async () => {
    const made = await order();
    const first = await receive(made, delivery(made, '4', { bonus: '1' }), 'part-1');
    expect(first).toMatchObject({
      status: 201,
      body: {
        orderStatus: 'partially_received',
        receipt: { items: [{ quantity: '150', netCost: '120.000', unitCost: '0.8' }] },
      },
    });
    expect((await receive(made, delivery(made, '4', { bonus: '1' }), 'part-1')).body).toEqual(first.body);
    expect(await read(made)).toMatchObject({
      receivedPercent: 40,
      lines: [{ quantityReceived: '120', quantityBonusReceived: '30', quantityOpen: '180' }],
    });
    const rest = await receive(made, { ...delivery(made, '180', { inBaseUnits: true }), landedCost: '9.00' });
    expect(rest.body).toMatchObject({
      orderStatus: 'received',
      receipt: { items: [{ netCost: '180.000', unitCost: '1.05' }], value: '189.000' },
    });
    expect(await read(made)).toMatchObject({ status: 'received', receivedPercent: 100 });
    const list = await get<{ data: unknown[] }>(
      `/goods-receipts?purchaseOrderId=${made.purchaseOrderId}&drugId=${drugId}`,
    );
    expect(list.data).toHaveLength(2);
    await sound();
  });

  it('free up to what was ordered free with the tolerance; beyond it somebody who approves orders says why', async () => {
    const made = await order();
    const free = (bonus: string, more: object = {}) =>
      delivery(made, '1', { quantity: '30', bonus, inBaseUnits: true, ...more });
    expect(await receive(made, free('34'))).toMatchObject({
      status: 422,
      body: { type: '/problems/over-bonus', params: { lineNo: 1, open: '33', received: '34' } },
    });
    // Whoever only writes orders gives no reason that counts.
    expect((await receive(made, free('34', { bonusReason: 'a present' }))).status).toBe(422);
    expect((await receive(made, free('33'))).status).toBe(201);
    expect((await receive(made, free('1'))).body).toMatchObject({ type: '/problems/over-bonus' });
    const boss = await aWorldFor(db, 'administrator', { branchId: clerk.branchId });
    const path = `/purchase-orders/${made.purchaseOrderId}/receive`;
    const taken = await call<Received>('POST', path, {
      token: boss.token,
      body: free('60', { bonusReason: 'launch offer' }),
    });
    expect(taken).toMatchObject({
      status: 201,
      body: { receipt: { items: [{ bonus: '60', bonusReason: 'launch offer' }] } },
    });
    const app = await connectAs(db, 'pharmacy_app');
    try {
      for (const [userId, reason] of [
        [clerk.userId, null],
        [clerk.userId, 'a present'],
        [boss.userId, null],
      ] as const) {
        await app.query(
          `select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`,
          [String(clerk.branchId), String(userId)],
        );
        await expect(
          app.query(
            `insert into operational.goods_receipt_items (branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, quantity, unit_cost, purchase_order_item_id, bonus, net_cost, bonus_reason)
             select branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, 1, 0, purchase_order_item_id, 1, 0, $2
             from operational.goods_receipt_items where purchase_order_item_id = $1 limit 1`,
            [lineOf(made), reason],
          ),
        ).rejects.toMatchObject({ code: 'MD217' });
      }
    } finally {
      await app.end();
    }
    await sound();
  });

  it('above the order up to the tolerance, never above it, also without the server', async () => {
    const made = await order();
    expect(await receive(made, delivery(made, '331', { inBaseUnits: true }))).toMatchObject({
      status: 422,
      body: { type: '/problems/over-receipt', params: { lineNo: 1, open: '330', received: '331' } },
    });
    expect((await receive(made, delivery(made, '11'))).body.orderStatus).toBe('received');
    expect(await receive(made, delivery(made, '1'))).toMatchObject({
      status: 409,
      body: { type: '/problems/invalid-transition', params: { allowed: ['close'] } },
    });
    const other = await order();
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false)`, [String(branchId)]);
      const insert = (quantity: number) =>
        app.query(
          `with r as (insert into operational.goods_receipts (branch_id, supplier_id, purchase_order_id) values ($1, $2, $3) returning goods_receipt_id)
           insert into operational.goods_receipt_items (branch_id, goods_receipt_id, purchase_order_item_id, drug_id, lot_number, expiry_date, quantity, unit_cost, net_cost)
           select $1, goods_receipt_id, $4, $5, 'X', '2099-01-01', $6, 1, $6 from r`,
          [branchId, supplierId, other.purchaseOrderId, lineOf(other), drugId, quantity],
        );
      await expect(insert(331)).rejects.toMatchObject({ code: 'MD006' });
    } finally {
      await app.end();
    }
  });

  it('all lines or none: expired, of another order, without expiry', async () => {
    const second = await aDrug(db);
    const made = await order([
      { drugId, quantity: '10', price: '30.00' },
      { drugId: second.drugId, quantity: '2', price: '5.00' },
    ]);
    const good = { purchaseOrderItemId: lineOf(made), lotNumber: 'G1', expiryDate: inAYear, quantity: '1' };
    const bad = async (line: object) => {
      const answer = await receive(made, {
        lines: [good, { ...good, purchaseOrderItemId: lineOf(made, 1), ...line }],
      });
      return [answer.status, (answer.body as unknown as { type?: string }).type];
    };
    expect(await bad({ expiryDate: daysFromNow(-2) })).toEqual([422, '/problems/lot-expired']);
    await aLot(db, { branchId, drugId: second.drugId });
    expect(await bad({ expiryDate: null })).toEqual([422, '/problems/expiry-required']);
    expect(await bad({ purchaseOrderItemId: 2_000_000_000 })).toEqual([404, '/problems/not-found']);
    expect(await bad({ quantity: '0' })).toEqual([400, '/problems/invalid-request']);
    expect((await read(made)).receivedPercent).toBe(0);
    const device = await aDrug(db, { unitsPerPack: '1' });
    const bare = await order([{ drugId: device.drugId, quantity: '3', price: '5.00' }]);
    expect((await receive(bare, delivery(bare, '3', { expiryDate: null }))).status).toBe(201);
  });

  it('says what was refused at the door, and warns of what expires soon', async () => {
    await db.owner.query(
      'update operational.suppliers set min_shelf_life_days = 180 where supplier_id = $1',
      [supplierId],
    );
    const made = await order();
    const line = { purchaseOrderItemId: lineOf(made), quantity: '2', reason: 'damaged', note: 'wet' };
    const answer = await receive(made, {
      ...delivery(made, '8', { expiryDate: daysFromNow(60), lotNumber: 'SOON' }),
      refused: [line, { drugId, quantity: '5', reason: 'not_ordered' }],
    });
    expect(answer.body).toMatchObject({
      orderStatus: 'partially_received',
      warnings: [{ code: 'short-expiry' }],
      receipt: {
        refused: [
          { reason: 'damaged', quantity: '60' },
          { reason: 'not_ordered', quantity: '5' },
        ],
      },
    });
    const nothing = await receive(made, { lines: [], refused: [line] });
    expect(nothing.body).toMatchObject({ orderStatus: 'partially_received', receipt: { items: [] } });
    expect((await receive(made, { lines: [] })).status).toBe(400);
    await sound();
  });

  it('by one scan: the code fills the line, and nothing is stored', async () => {
    const made = await order();
    const expiry = daysFromNow(400);
    const yymmdd = expiry.replaceAll('-', '').slice(2);
    const scan = (code: string) => post(`/purchase-orders/${made.purchaseOrderId}/scan`, { code });
    const code = `]d201${GTIN}17${yymmdd}10LOT7\u001d21S1`;
    const filled = await scan(code);
    expect(filled).toMatchObject({
      status: 200,
      body: {
        purchaseOrderItemId: lineOf(made),
        lotNumber: 'LOT7',
        expiryDate: expiry,
        serialNumber: 'S1',
        packUnits: '30',
        quantity: '10',
        inBaseUnits: false,
        quantityOpen: '300',
        warnings: [],
      },
    });
    const { purchaseOrderItemId, lotNumber, expiryDate, quantity } = filled.body;
    const taken = await receive(made, { lines: [{ purchaseOrderItemId, lotNumber, expiryDate, quantity }] });
    expect(taken.body.orderStatus).toBe('received');
    expect((await scan(code)).body).toMatchObject({
      warnings: ['nothing-open'],
      quantity: '30',
      inBaseUnits: true,
    });
    await aDrug(db, { barcode: '6222000000024' });
    expect((await scan('6222000000024')).body).toMatchObject({
      purchaseOrderItemId: null,
      warnings: ['not-ordered', 'lot-missing', 'expiry-missing'],
    });
    expect((await scan('6222000000031')).body).toMatchObject({ drugId: null, warnings: ['unknown-product'] });
    expect((await scan('not a code')).status).toBe(422);
  });

  it('from a notice of what was sent: lines ready to be received, each fault by row and column', async () => {
    const made = await order([
      { drugId, quantity: '10', price: '30.00' },
      { drugId: (await aDrug(db)).drugId, quantity: '1', price: '1.00' },
    ]);
    const read = (content: string) =>
      post<{ lines: Record<string, unknown>[]; problems: unknown[]; missing: unknown[] }>(
        `/purchase-orders/${made.purchaseOrderId}/ship-notice`,
        { content },
      );
    const month = inAYear.slice(0, 7);
    const rows = [
      `${GTIN},A1,${inAYear},6,`,
      `${GTIN},A2,${month},120,unit`,
      `${GTIN},,${inAYear},1,`,
      `9999,A3,${inAYear},1,`,
      `${GTIN},A4,tomorrow,1,`,
      `${GTIN},A5,${inAYear},-1,`,
      `${GTIN},A6,${inAYear},1,strip`,
    ];
    const answer = await read(`GTIN,Lot,Expiry,Qty,Unit\r\n${rows.join('\r\n')}\r\n`);
    expect(answer.body.lines).toMatchObject([
      { row: 2, quantity: '6', lotNumber: 'A1', inBaseUnits: false },
      { row: 3, quantity: '120', lotNumber: 'A2', inBaseUnits: true },
    ]);
    expect(answer.body.problems).toMatchObject([
      { row: 4, column: 'lot' },
      { row: 5, column: 'code' },
      { row: 6, column: 'expiry' },
      { row: 7, column: 'quantity' },
      { row: 8, column: 'unit' },
    ]);
    expect(answer.body.missing).toMatchObject([{ lineNo: 2 }]);
    const lines = answer.body.lines.map(
      ({ purchaseOrderItemId, lotNumber, expiryDate, quantity, bonus, inBaseUnits }) => ({
        ...{ purchaseOrderItemId, lotNumber, expiryDate, quantity, bonus, inBaseUnits },
      }),
    );
    expect((await receive(made, { lines })).status).toBe(201);
    expect((await read('Lot;Expiry\nA;B')).status).toBe(422);
    expect((await read('"broken')).status).toBe(422);
  });

  it('is taken back line by line while nothing of it has left, and the order stands where it stood', async () => {
    const product = await aDrug(db, { unitsPerPack: '30' });
    const made = await order([{ drugId: product.drugId, quantity: '10', price: '30.00' }]);
    const one = await receive(made, delivery(made, '4'));
    const two = await receive(made, delivery(made, '6'));
    expect(one.body.receipt.items[0]?.lotId).toBe(two.body.receipt.items[0]?.lotId);
    const back = (of: Received, body: object = { reason: 'wrong delivery' }) =>
      post<Received['receipt']>(
        `/goods-receipts/${of.receipt.goodsReceiptId}/items/${of.receipt.items[0]?.goodsReceiptItemId ?? 0}/reverse`,
        body,
      );
    const lotId = two.body.receipt.items[0]?.lotId ?? 0;
    // One unit leaves: by first in, first out it was of the first delivery.
    expect((await post('/inventory/adjust', { lotId, quantity: '-1', reason: 'broken' })).status).toBe(201);
    expect(await back(one.body)).toMatchObject({ status: 409, body: { type: '/problems/stock-has-left' } });
    const taken = await back(two.body);
    expect(taken.body.items[0]?.reversal).toMatchObject({ reason: 'wrong delivery' });
    expect(await back(two.body)).toMatchObject({ status: 409, body: { type: '/problems/already-reversed' } });
    expect(await read(made)).toMatchObject({ status: 'partially_received', receivedPercent: 40 });
    const again = await receive(made, delivery(made, '6'));
    expect(again.body).toMatchObject({
      orderStatus: 'received',
      receipt: { items: [{ netCost: '180.000' }] },
    });
    const whole = await order([{ drugId: product.drugId, quantity: '1', price: '30.00' }]);
    const all = await receive(whole, delivery(whole, '1', { lotNumber: 'ALONE' }));
    await back(all.body);
    expect((await read(whole)).status).toBe('submitted');
    await sound();
  });

  it('by many at once: what is ordered comes in once', async () => {
    const made = await order([{ drugId, quantity: '10', price: '30.00' }]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => receive(made, delivery(made, '5'))));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 201)).toHaveLength(2);
    expect(statuses.filter((status) => status === 409)).toHaveLength(6);
    await sound();
  });
});
