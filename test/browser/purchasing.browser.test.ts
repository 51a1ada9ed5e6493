// Suppliers and purchase orders by keyboard alone, in English and in Arabic: terms of a supplier, an order written, submitted, approved by another, ended.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Order {
  status: string;
  total: string;
  netTotal: string;
  lines: { quantity: string; bonus: string; price: string; taxRate: string }[];
  events: { toStatus: string; reason: string | null }[];
}
interface Supplier {
  supplierId: number;
  name: string;
  version: number;
  overReceiptTolerance: string | null;
  minShelfLifeDays: number;
  leadTimeDays: number;
  returnsFromDays: number | null;
  returnsUntilDays: number | null;
}

describe('purchasing on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('writes an order to a new supplier and has it approved, in $language', async (kind) => {
    const world = await aStation(address, { bins: { A1: null }, purchaseApprovalLimit: '500' });
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const name = `Delta Pharma ${world.pharmacist.username}`;

    // A supplier with his terms.
    await page.goto('/purchasing/suppliers');
    await visit.heading('procurement.suppliers').waitFor();
    await visit.settled();
    await keys.press('F9');
    const dialog = page.getByRole('dialog');
    const label = (key: string) => dialog.getByLabel(word(key));
    await label('procurement.field.name').first().and(page.locator(':focus')).waitFor();
    await visit.write(name);
    for (const [field, value] of [
      ['email', 'orders@delta.example'],
      ['leadTimeDays', '3'],
      ['tolerance', '5'],
      ['minShelfLifeDays', '120'],
      ['returnsFromDays', '90'],
      ['returnsUntilDays', '30'],
    ] as const) {
      await keys.tabTo(word(`procurement.field.${field}`));
      await visit.write(value);
    }
    await visit.clean('supplier');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    const found = async (): Promise<Supplier> => {
      const { body } = await visit.call<{ data: Supplier[] }>(
        'GET',
        `/suppliers?q=${encodeURIComponent(name)}`,
      );
      return body.data[0] ?? expect.unreachable();
    };
    expect(await found()).toMatchObject({
      ...{ overReceiptTolerance: '0.050', minShelfLifeDays: 120, leadTimeDays: 3 },
      ...{ returnsFromDays: 90, returnsUntilDays: 30 },
    });

    // Somebody else changes him meanwhile: nothing is overwritten.
    await page.getByLabel(word('procurement.findSupplier')).first().focus();
    await keys.type(world.pharmacist.username);
    const row = page.getByRole('button', { name, exact: true });
    await row.waitFor();
    await visit.clean('suppliers');
    await visit.settled();
    await keys.press('ArrowDown', 'Enter');
    await label('procurement.field.name').first().and(page.locator(':focus')).waitFor();
    const { supplierId, version } = await found();
    await visit.call('PATCH', `/suppliers/${supplierId}`, { version, leadTimeDays: 9 });
    await keys.press('Enter');
    await dialog.getByText(word('procurement.staleHint')).waitFor();
    expect((await found()).leadTimeDays).toBe(9);
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    // An order to him: two products, one by search and one by scan.
    await page.goto('/purchasing');
    await page.getByText(word('procurement.noOrder')).waitFor();
    await keys.press('F9');
    await dialog.getByLabel(word('procurement.supplier')).and(page.locator(':focus')).waitFor();
    await keys.pick(world.pharmacist.username, name);
    await keys.tabTo(word('procurement.begin'));
    await keys.press('Enter');
    await page.waitForURL(/\/purchasing\/\d+$/);
    const orderId = /\d+$/.exec(page.url())?.[0] ?? '';
    const order = async () => (await visit.call<Order>('GET', `/purchase-orders/${orderId}`)).body;
    await page
      .getByRole('combobox', { name: word('procurement.addProduct') })
      .and(page.locator(':focus'))
      .waitFor();
    await visit.settled();
    await keys.pick('Paravelin 500', 'Paravelin 500');
    const field = (column: string, at: number) => page.locator(`[id^="line-${column}-"]`).nth(at);
    await field('quantity', 0).and(page.locator(':focus')).waitFor();
    await visit.write('12');
    await keys.press('Enter');
    await field('price', 0).and(page.locator(':focus')).waitFor();
    await visit.write('42.75');
    await visit.scan(world.otherPack);
    await field('quantity', 1).and(page.locator(':focus')).waitFor();
    await visit.write('7');
    await keys.press('Tab');
    await visit.write('1');
    await keys.press('Enter');
    await visit.write('61.35');
    await keys.press('Tab');
    await visit.write('3%');
    await keys.press('Tab');
    await visit.write('14');
    await keys.tabTo(word('procurement.orderDiscount'));
    await visit.write('2.5%');
    await keys.tabTo(word('procurement.landedCost'));
    await visit.write('35');
    const total = page.locator('[data-total]');
    const live = await total.innerText();
    await visit.clean('purchase order draft');

    // What was shown while it was typed is what the server says.
    await keys.press('F9');
    await page.getByText(word('procurement.unsaved')).waitFor({ state: 'hidden' });
    await visit.settled();
    const kept = await order();
    expect(live.replaceAll(',', '')).toBe(Number(kept.total).toFixed(2));
    expect(kept.lines).toMatchObject([
      { quantity: '12', bonus: '0', taxRate: '0' },
      { quantity: '7', bonus: '1', taxRate: '0.14' },
    ]);
    await keys.press('F4');
    await page.getByText(word('procurement.byAnother')).waitFor();
    await visit.clean('purchase order waits');
    // Who wrote it may not receive it yet, nor approve it.
    expect(await page.getByRole('button', { name: word('procurement.approve') }).count()).toBe(0);
    expect((await order()).status).toBe('submitted');
    const manager = {
      username: world.pharmacist.username.replace('pharmacist', 'administrator'),
      password: world.pharmacist.password,
    };
    const other = await Visit.begin(browser, address, kind, manager);
    await other.page.goto(page.url());
    await other.page.getByRole('button', { name: word('procurement.approve') }).waitFor();
    await other.settled();
    await other.keys.press('F4');
    await other.page
      .getByRole('dialog')
      .getByLabel(word('procurement.note'))
      .and(other.page.locator(':focus'))
      .waitFor();
    await other.write('within the budget');
    await other.keys.press('Enter');
    await other.page.getByText(word('procurement.status.approved')).first().waitFor();
    await other.clean('purchase order approved');
    const [pdf] = await Promise.all([
      other.page.waitForEvent('download'),
      other.page.getByRole('button', { name: word('procurement.pdf'), exact: true }).click(),
    ]);
    expect(pdf.suggestedFilename()).toMatch(/^PO\d+\.pdf$/u);
    await other.end();

    // No mail server here: the user's own mail program is offered.
    await page.reload();
    await page.getByRole('button', { name: word('procurement.do.cancel') }).waitFor();
    await visit.settled();
    await keys.tabTo(word('procurement.send'));
    await keys.press('Enter');
    await dialog.getByText(word('procurement.noMailServer')).waitFor();
    const link = dialog.getByRole('link', { name: word('procurement.mail') });
    await expect.poll(() => link.getAttribute('href')).toMatch(/^mailto:orders%40delta\.example\?subject=/);
    await visit.clean('purchase order sent');
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    // Called off, with a reason; the list shows it.
    await keys.tabTo(word('procurement.do.cancel'));
    await keys.press('Enter');
    await dialog.getByLabel(word('transition.reason')).and(page.locator(':focus')).waitFor();
    await visit.write('bought elsewhere');
    await keys.press('Enter');
    await page.getByText(word('procurement.status.cancelled')).first().waitFor();
    const ended = await order();
    expect([ended.status, ended.events[0]?.reason]).toEqual(['cancelled', 'bought elsewhere']);
    await page.goto('/purchasing');
    await page.getByRole('cell', { name: word('procurement.status.cancelled') }).waitFor();
    await visit.end();
  });
});
