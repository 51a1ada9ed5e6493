// Invoices of suppliers by keyboard alone, in English and in Arabic: entered beside the order, compared, disputed or approved in spite of a difference, paid, by age.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aColleague, aCaller, aStation, type StationWorld } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Order {
  purchaseOrderId: number;
  orderNumber: string;
  version: number;
  lines: { purchaseOrderItemId: number }[];
}
interface Invoice {
  status: string;
  open: string;
  differences: { code: string }[];
}

describe('supplier invoices on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** An order of ten packs, of which nine came. */
  async function anOrder(world: StationWorld, supplier: string): Promise<Order> {
    const clerk = await aCaller(address, await aColleague(address, world, 'inventory clerk'));
    const post = async <Body>(path: string, body: object): Promise<Body> => {
      const answer = await clerk.call<Body>('POST', path, body);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
      return answer.body;
    };
    const { supplierId } = await post<{ supplierId: number }>('/suppliers', { name: supplier });
    const lines = [{ drugId: world.drugId, quantity: '10', price: '30.00', taxRate: '0.1' }];
    const order = await post<Order>('/purchase-orders', { supplierId, lines, landedCost: '5.00' });
    const at = `/purchase-orders/${order.purchaseOrderId}`;
    await post(`${at}/submit`, { version: order.version });
    const { purchaseOrderItemId } = order.lines[0] ?? { purchaseOrderItemId: 0 };
    const line = { purchaseOrderItemId, lotNumber: 'IV-1', expiryDate: '2031-01-31', quantity: '9' };
    await post(`${at}/receive`, { lines: [line] });
    return order;
  }

  it.each(VISITS)('are entered beside the order, compared and paid, in $language', async (kind) => {
    const world = await aStation(address);
    const supplier = `Nile ${Date.now().toString(36)}`;
    const order = await anOrder(world, supplier);
    const manager = await aColleague(address, world, 'administrator');
    const visit = await Visit.begin(browser, address, kind, manager);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const named = (key: string): string => word(key).replace(' {{name}}', '').replace('{{name}}', '');

    await page.goto('/inventory/invoices');
    await page.getByText(word('invoices.empty')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await page.getByLabel(word('invoices.supplier')).and(page.locator(':focus')).waitFor();
    await keys.pick(supplier, supplier);
    // The order the invoice is of brings its lines.
    await page.getByRole('option', { name: order.orderNumber }).waitFor({ state: 'attached' });
    await visit.settled();
    await keys.tabTo(word('invoices.order'));
    await keys.press('ArrowDown');
    await page
      .getByRole('region', { name: word('invoices.lines') })
      .getByText('Paravelin 500')
      .waitFor();
    await visit.settled();
    await keys.tabTo(word('invoices.number'));
    await visit.write('NL-778');
    await keys.tabTo(word('invoices.totalOnPaper'));
    await visit.write('308');
    // Charged dearer than ordered: said while it is typed.
    await keys.tabTo(named('invoices.netOf'));
    await keys.press('Control+A');
    await visit.write('275.45');
    await page.getByText(word('invoices.difference.price'), { exact: true }).waitFor();
    await page.getByText(word('invoices.addsUp')).waitFor();
    await visit.clean('supplier invoice entered');
    await keys.press('F9');
    await page.waitForURL(/\/invoices\/\d+/);
    await page.getByText(word('invoices.status.differing')).first().waitFor();
    await visit.clean('supplier invoice compared');

    // Not accepted, compared again, then accepted with a reason.
    await keys.press('F7');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word('transition.reason')).and(page.locator(':focus')).waitFor();
    await visit.write('price was agreed');
    await keys.press('Enter');
    await page.getByText(word('invoices.status.disputed')).first().waitFor();
    await visit.settled();
    await keys.press('F8');
    await page.getByText(word('invoices.status.differing')).first().waitFor();
    await visit.settled();
    await keys.press('F9');
    await dialog.getByLabel(word('invoices.whyApproved')).and(page.locator(':focus')).waitFor();
    await visit.write('new price list');
    await visit.clean('supplier invoice approved');
    await keys.press('Enter');
    await page.getByRole('button', { name: word('invoices.pay') }).waitFor();
    await visit.settled();
    await keys.press('F9');
    await dialog.getByLabel(word('invoices.amount')).and(page.locator(':focus')).waitFor();
    await keys.press('Control+A');
    await visit.write('100');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('region', { name: word('invoices.payments') }).waitFor();
    const id = /\d+$/.exec(page.url())?.[0] ?? '';
    const { body } = await visit.call<Invoice>('GET', `/supplier-invoices/${id}`);
    expect(body).toMatchObject({ status: 'approved', open: '208.000', differences: [{ code: 'price' }] });
    await visit.clean('supplier invoice');

    // What is owed by age, and from there to the invoices.
    await page.goto('/inventory/payables');
    await page.getByRole('cell', { name: supplier }).waitFor();
    await visit.clean('payables');
    await keys.tabTo(supplier);
    await keys.press('Enter');
    await page.waitForURL(/\/inventory\/invoices\?/);
    await page.getByRole('cell', { name: 'NL-778' }).waitFor();
    await visit.clean('supplier invoices');
    await visit.end();
  });
});
