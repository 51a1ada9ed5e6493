// Invoices of suppliers over HTTP: matched with order and receipt, approved, credited, paid; what is owed by age.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { daysFromNow } from '../builders/lot.js';
import { aSupplier } from '../builders/procurement.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Invoice {
  supplierInvoiceId: number;
  status: string;
  commands: string[];
  open: string;
  dueDate: string;
  differences: { code: string; expected: string; charged: string }[];
  events: { toStatus: string }[];
  params: { differences: unknown[] };
  type: string;
}
interface Order {
  purchaseOrderId: number;
  version: number;
  lines: { purchaseOrderItemId: number }[];
}

let serial = 0;

describe('supplier invoices', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let clerk: World;
  let manager: World;
  let supplierId = 0;
  let drugId = 0;

  beforeAll(async () => {
    branchId = await aBranch(db);
    clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    manager = await aWorldFor(db, 'administrator', { branchId });
    supplierId = await aSupplier(db);
    drugId = (await aDrug(db, { unitsPerPack: '30' })).drugId;
  });

  const post = <Body = Invoice>(path: string, body: object = {}, world = clerk) =>
    call<Body>('POST', path, { token: world.token, body });
  const received = async (packs: string | null = '10', supplier = supplierId): Promise<Order> => {
    const lines = [{ drugId, quantity: '10', price: '30.00', taxRate: '0.1' }];
    const made = (await post<Order>('/purchase-orders', { supplierId: supplier, lines, landedCost: '5.00' }))
      .body;
    await post(`/purchase-orders/${made.purchaseOrderId}/submit`, { version: made.version });
    const line = {
      ...{
        purchaseOrderItemId: made.lines[0]?.purchaseOrderItemId,
        lotNumber: 'A',
        expiryDate: daysFromNow(300),
      },
      quantity: packs ?? '0',
    };
    if (packs !== null) await post(`/purchase-orders/${made.purchaseOrderId}/receive`, { lines: [line] });
    return made;
  };
  const paper = (order: Order, more: object = {}) => ({
    supplierId,
    number: `INV-${++serial}`,
    purchaseOrderId: order.purchaseOrderId,
    invoiceDate: daysFromNow(0),
    total: '330.00',
    lines: [
      {
        purchaseOrderItemId: order.lines[0]?.purchaseOrderItemId,
        quantity: '300',
        net: '300.00',
        tax: '30.00',
      },
    ],
    ...more,
  });
  const goods = (order: Order, quantity: string, net: string, tax: string) => ({
    ...{ purchaseOrderItemId: order.lines[0]?.purchaseOrderItemId, quantity, net, tax },
  });
  const step = (of: Invoice, name: string, body: object = {}, world = clerk) =>
    post(`/supplier-invoices/${of.supplierInvoiceId}/${name}`, body, world);
  const entered = async (body: object): Promise<Invoice> => {
    const answer = await post('/supplier-invoices', body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  const approved = async (body: object): Promise<Invoice> => {
    const invoice = await entered(body);
    await step(invoice, 'match');
    const answer = await step(invoice, 'approve', {}, manager);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
  };

  it('are proposed from what came and nobody has charged, and agree then', async () => {
    interface Proposal {
      supplierId: number;
      lines: {
        purchaseOrderItemId: number;
        quantity: string;
        net: string;
        tax: string;
        quantityCharged: string;
      }[];
      charges: string;
    }
    const proposal = async (order: Order, world = clerk) =>
      call<Proposal>('GET', `/supplier-invoices/proposal?purchaseOrderId=${order.purchaseOrderId}`, {
        token: world.token,
      });
    const order = await received('9');
    const first = (await proposal(order)).body;
    expect(first).toMatchObject({
      supplierId,
      lines: [{ quantity: '270', net: '270.00', tax: '27.00', quantityCharged: '0' }],
      charges: '5.00',
    });
    const charge = async (quantity: string, net: string, tax: string, total: string) =>
      entered(
        paper(order, {
          total,
          lines: [
            { purchaseOrderItemId: order.lines[0]?.purchaseOrderItemId, quantity, net, tax },
            { description: 'freight', net: '2.00' },
          ],
        }),
      );
    const part = await charge('100', '100.00', '10.00', '112.00');
    expect((await step(part, 'match')).body.differences).toEqual([]);
    const rest = (await proposal(order)).body;
    expect(rest).toMatchObject({
      lines: [{ quantity: '170', net: '170.00', tax: '17.00', quantityCharged: '100' }],
      charges: '3.00',
    });
    const last = await charge('170', '170.00', '17.00', '189.00');
    expect((await step(last, 'match')).body.differences).toEqual([]);
    expect((await proposal(order)).body.lines[0]).toMatchObject({ quantity: '0', net: '0.00' });
    await step(last, 'void', { reason: 'typed twice' });
    expect((await proposal(order)).body.lines[0]?.quantity).toBe('170');
    const stranger = await aWorldFor(db, 'inventory clerk');
    expect((await proposal(order, stranger)).status).toBe(404);
    expect((await call('GET', '/supplier-invoices/proposal', { token: clerk.token })).status).toBe(400);
    const cashier = await aWorldFor(db, 'cashier', { branchId });
    expect((await proposal(order, cashier)).status).toBe(403);
  });

  it('are listed by what needs somebody first, and without what is settled', async () => {
    const other = await aSupplier(db);
    const order = await received('10', other);
    const of = (more: object) => paper(order, { supplierId: other, ...more });
    const paid = await approved(of({ total: '33.00', lines: [goods(order, '30', '30.00', '3.00')] }));
    await step(paid, 'payments', { paidOn: daysFromNow(0), amount: '33.00' });
    const open = await approved(of({ total: '33.00', lines: [goods(order, '30', '30.00', '3.00')] }));
    const fresh = await entered(of({ total: '33.00', lines: [goods(order, '30', '30.00', '3.00')] }));
    const wrong = await entered(of({ total: '44.00', lines: [goods(order, '30', '40.00', '4.00')] }));
    await step(wrong, 'match');
    const list = async (query: string): Promise<number[]> =>
      (
        await call<{ data: Invoice[] }>('GET', `/supplier-invoices?supplierId=${other}&${query}`, {
          token: clerk.token,
        })
      ).body.data.map(({ supplierInvoiceId }) => supplierInvoiceId);
    const ids = [wrong, fresh, open, paid].map(({ supplierInvoiceId }) => supplierInvoiceId);
    expect(await list('sort=attention&open=true')).toEqual(ids.slice(0, 3));
    expect(await list('sort=attention')).toEqual([ids[0], ids[1], ids[3], ids[2]]);
    expect(await list('open=true')).toEqual([ids[0], ids[1], ids[2]]);
    expect((await call('GET', '/supplier-invoices?sort=best', { token: clerk.token })).status).toBe(400);
  });

  it('that agree are matched, approved by who may, and paid up to what is open', async () => {
    const invoice = await entered(paper(await received()));
    expect(invoice).toMatchObject({ status: 'entered', dueDate: daysFromNow(30), open: '330.000' });
    expect((await step(invoice, 'approve', {}, manager)).body).toMatchObject({
      type: '/problems/invalid-transition',
      params: { allowed: ['match', 'dispute', 'void'] },
    });
    expect((await step(invoice, 'match')).body).toMatchObject({ status: 'matched', differences: [] });
    expect((await step(invoice, 'approve')).status).toBe(403);
    const payable = await step(invoice, 'approve', {}, manager);
    expect(payable.body).toMatchObject({ status: 'approved', commands: ['pay'] });
    expect(payable.body.events.map((event) => event.toStatus)).toEqual(['approved', 'matched', 'entered']);
    const pay = (amount: string) =>
      step(invoice, 'payments', { paidOn: daysFromNow(0), amount, reference: 'T1' });
    expect((await pay('130.00')).body.open).toBe('200.000');
    expect((await pay('200.01')).body.type).toBe('/problems/more-than-open');
    expect((await pay('200')).body.open).toBe('0.000');
    await sound();
  });

  it('that differ say where, and pass with a reason alone', async () => {
    const order = await received('4');
    const invoice = await entered(
      paper(order, {
        total: '353.50',
        lines: [
          ...[
            {
              purchaseOrderItemId: order.lines[0]?.purchaseOrderItemId,
              quantity: '300',
              net: '310.00',
              tax: '31.00',
            },
          ],
          { drugId, quantity: '5', net: '5.00' },
          { description: 'freight', net: '7.50' },
        ],
      }),
    );
    const matched = await step(invoice, 'match');
    expect(matched.body.status).toBe('differing');
    expect(matched.body.differences.map(({ code }) => code)).toEqual([
      'quantity',
      'price',
      'not-ordered',
      'charges',
    ]);
    const refused = await step(invoice, 'approve', {}, manager);
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/invoice-differs' } });
    expect(refused.body.params.differences).toHaveLength(4);
    expect((await step(invoice, 'dispute', { reason: 'too dear' })).body.commands).toEqual(['match', 'void']);
    await step(invoice, 'match');
    expect((await step(invoice, 'approve', { reason: 'agreed by telephone' }, manager)).body.status).toBe(
      'approved',
    );
    const none = await entered(paper(await received(null)));
    expect((await step(none, 'match')).body.differences).toMatchObject([{ code: 'not-received' }]);
  });

  it('charge the same goods once, whoever comes first', async () => {
    const order = await received();
    const first = await approved(paper(order));
    const second = await entered(paper(order));
    expect((await step(second, 'match')).body.differences).toMatchObject([
      { code: 'quantity', charged: '600' },
    ]);
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(branchId),
        String(manager.userId),
      ]);
      const change = (text: string) => app.query(text, [second.supplierInvoiceId]);
      const table = 'update operational.supplier_invoices set';
      await expect(
        change(`${table} status = 'approved' where supplier_invoice_id = $1`),
      ).rejects.toMatchObject({ code: 'MD282' });
      await change(`${table} status = 'matched', differences = '[]' where supplier_invoice_id = $1`);
      await expect(
        change(`${table} status = 'approved' where supplier_invoice_id = $1`),
      ).rejects.toMatchObject({ code: 'MD282' });
      await expect(change(`${table} total = 1 where supplier_invoice_id = $1`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(
        change('delete from operational.supplier_invoice_items where supplier_invoice_id = $1'),
      ).rejects.toThrow(/permission denied/);
    } finally {
      await app.end();
    }
    // A credit note of the first gives its goods free to be charged again.
    const credit = await approved({
      ...paper(order),
      ...{ kind: 'credit_note', creditsInvoiceId: first.supplierInvoiceId },
    });
    expect(credit.commands).toEqual([]);
    expect(
      (await call<Invoice>('GET', `/supplier-invoices/${first.supplierInvoiceId}`, { token: clerk.token }))
        .body.open,
    ).toBe('0.000');
    await step(second, 'match');
    expect((await step(second, 'approve', {}, manager)).body.status).toBe('approved');
    await sound();
  });

  it('of one number are there once, however it is written, until one is void', async () => {
    const order = await received();
    const invoice = await entered(paper(order, { number: 'A 77-x' }));
    expect(await post('/supplier-invoices', paper(order, { number: 'a77-X ' }))).toMatchObject({
      status: 409,
      body: { type: '/problems/duplicate' },
    });
    expect((await step(invoice, 'void', { reason: 'typed wrongly' })).body).toMatchObject({
      status: 'void',
      commands: [],
    });
    await entered(paper(order, { number: 'A77-X' }));
  });

  it('above the limit of the branch are approved by another', async () => {
    await db.owner.query(
      'update operational.branches set purchase_approval_limit = 329 where branch_id = $1',
      [branchId],
    );
    const order = await received();
    const made = await post('/supplier-invoices', paper(order), manager);
    await step(made.body, 'match');
    expect((await step(made.body, 'approve', {}, manager)).body.type).toBe('/problems/approval-by-another');
    await db.owner.query(
      'update operational.branches set purchase_approval_limit = null where branch_id = $1',
      [branchId],
    );
  });

  it('of the wrong shape, of another supplier or not adding up are refused', async () => {
    const order = await received();
    const bad = async (more: object) => (await post('/supplier-invoices', paper(order, more))).status;
    expect(await bad({ total: '330.01' })).toBe(422);
    expect(await bad({ supplierId: await aSupplier(db) })).toBe(422);
    expect(await bad({ supplierId: 2_000_000_000 })).toBe(404);
    expect(await bad({ purchaseOrderId: 2_000_000_000 })).toBe(404);
    expect(await bad({ lines: [{ drugId, net: '330.00' }] })).toBe(400);
    expect(await bad({ lines: [{ drugId, description: 'x', quantity: '1', net: '330.00' }] })).toBe(400);
    expect(await bad({ creditsInvoiceId: 1 })).toBe(400);
    expect(await bad({ invoiceDate: '2026-02-30' })).toBe(400);
  });

  it('are owed by age, as of any day', async () => {
    const other = await aSupplier(db);
    const due = async (days: number, more: object = {}) => {
      const order = await received('10', other);
      return approved(paper(order, { supplierId: other, dueDate: daysFromNow(days), ...more }));
    };
    await due(5);
    const late = await due(-31);
    await due(-100);
    await step(late, 'payments', { paidOn: daysFromNow(0), amount: '30.00' });
    await approved({
      ...{
        supplierId: other,
        kind: 'credit_note',
        number: 'CN-1',
        invoiceDate: daysFromNow(0),
        total: '10.00',
      },
      lines: [{ description: 'rebate', net: '10.00' }],
    });
    const report = await call<{ data: { supplierId: number }[]; totals: { total: string } }>(
      'GET',
      '/reports/payables?limit=100',
      {
        token: manager.token,
      },
    );
    expect(report.body.data.find((row) => row.supplierId === other)).toMatchObject({
      ...{ notDue: '330.000', days1to30: '0', days31to60: '300.000', daysOver90: '330.000' },
      ...{ credits: '-10.000', total: '950.000' },
    });
    const before = await call<{ data: unknown[]; totals: { total: string } }>(
      'GET',
      `/reports/payables?at=${daysFromNow(-1)}`,
      { token: manager.token },
    );
    expect(before.body).toMatchObject({ data: [], totals: { total: '0' } });
    const file = await call<string>('GET', '/reports/payables?format=csv', { token: manager.token });
    expect(file.headers['content-type']).toContain('text/csv');
    const row = file.body.split('\n').find((line) => line.split(',')[1] === String(other));
    expect(row?.split(',').slice(4)).toEqual([
      '330.000',
      '0',
      '300.000',
      '0',
      '330.000',
      '-10.000',
      '950.000',
    ]);
    expect((await call('GET', '/reports/payables', { token: clerk.token })).status).toBe(403);
  });
});
