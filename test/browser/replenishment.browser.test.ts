// What to buy by keyboard, in English and in Arabic: why, how many, a rule, drafts; what was not there; what does not go.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { sold } from './sales-history.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

/** A year of sales with a season and some noise, the last week first. */
const YEAR = Array.from({ length: 60 }, (_, week) =>
  Math.round(140 + 50 * Math.cos((week * 2 * Math.PI) / 52) + ((week * 37) % 23)),
);

describe('what to buy on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('is explained, changed, ruled and ordered, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const supplier = await visit.call<{ supplierId: number }>('POST', '/suppliers', {
      name: `Delta ${Date.now().toString(36)} ${kind.language}`,
      leadTimeDays: 4,
    });
    expect(supplier.status, JSON.stringify(supplier.body)).toBe(201);
    const received = await visit.call('POST', '/inventory/receive', {
      supplierId: supplier.body.supplierId,
      items: [
        {
          drugId: world.drugId,
          lotNumber: 'PV-2000',
          expiryDate: '2031-12-31',
          quantity: '1',
          unitCost: '0.5',
        },
      ],
    });
    expect(received.status, JSON.stringify(received.body)).toBe(201);
    const { username } = world.pharmacist;
    await sold(product().home, [{ username, drugId: world.drugId, weeks: YEAR.map((one) => one * 6) }]);

    await page.goto('/inventory/replenishment');
    const row = page.getByRole('table').getByRole('button', { name: /Paravelin 500|بارافيلين/ });
    await row.and(page.locator(':focus')).waitFor();
    await page.getByRole('img', { name: word('replenishment.chart') }).waitFor();
    await visit.clean('what to buy');

    // Another number of packs, and a rule that wants more.
    await keys.press('F2');
    const packs = page.getByLabel(word('replenishment.packs'), { exact: true }).and(page.locator('input'));
    await packs.and(page.locator(':focus')).waitFor();
    await keys.press('Control+A');
    await visit.write('7');
    await page.getByRole('cell', { name: '7', exact: true }).waitFor();
    await keys.press('F4');
    const rule = page.getByRole('dialog');
    await rule.getByRole('textbox').first().and(page.locator(':focus')).waitFor();
    await visit.settled();
    await visit.write('700');
    await keys.press('Tab');
    await visit.write('3000');
    await visit.clean('reorder rule');
    await keys.press('Enter');
    await rule.waitFor({ state: 'detached' });
    await page.getByText(word('replenishment.byRule')).first().waitFor();
    await visit.settled();

    // Left out it would not be ordered; by the button it is taken in again.
    await keys.press('F8');
    await page.getByRole('button', { name: word('replenishment.unskip') }).waitFor();
    await visit.settled();
    await page.getByRole('button', { name: word('replenishment.unskip') }).click();
    await page.getByRole('button', { name: word('replenishment.skip') }).waitFor();
    await keys.press('F9');
    await page.getByText('70.00').first().waitFor();
    const orders = await visit.call<{ data: { status: string }[] }>('GET', '/purchase-orders');
    expect(orders.body.data.map(({ status }) => status)).toEqual(['draft']);
    await visit.clean('orders drafted');

    await page.goto('/inventory/replenishment?view=lost');
    await page.getByText(word('replenishment.noLost')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await page.getByRole('dialog').getByRole('combobox').and(page.locator(':focus')).waitFor();
    await keys.pick('Paravelin 500', 'Paravelin 500');
    await page.getByRole('dialog').getByRole('textbox').and(page.locator(':focus')).waitFor();
    await visit.write('12');
    await visit.clean('lost sale noted');
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(word('replenishment.source.manual')).waitFor();
    await visit.clean('lost sales');

    await page.goto('/inventory/replenishment?view=dead');
    await page.getByText(word('stockReports.empty')).waitFor();
    await visit.clean('dead stock');
    await page.goto('/inventory/replenishment?view=rebalance');
    await page.getByText(word('replenishment.noMoves')).waitFor();
    await visit.clean('rebalancing');
    await visit.end();
  });
});
