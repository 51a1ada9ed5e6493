// What a sale costs the cashier's hands, by scanner and keyboard alone, in English and in Arabic: one item in three inputs, three items in
// five; the item field has the focus before the first scan, after each, and when the sale is over.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aColleague, aStation } from './station-world.js';
import { aProductWithCode } from './till-world.js';
import { Visit, VISITS } from './visit.js';

describe('a sale over the counter', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('takes three inputs, and five for three items, in $language', async (kind) => {
    const manager = await aColleague(address, await aStation(address), 'administrator');
    const boss = await aCaller(address, manager);
    const products = [];
    for (const name of ['Handrub', 'Plaster', 'Toothpaste'])
      products.push(await aProductWithCode(boss, name));
    const visit = await Visit.begin(browser, address, kind, manager);
    const { page, keys } = visit;
    await visit.call('POST', '/till-shifts', { openingFloat: '100' });
    await page.goto('/till');
    const item = page.getByRole('combobox', { name: visit.word('till.item') });
    const focused = item.and(page.locator(':focus'));

    for (const basket of [products.slice(0, 1), products]) {
      await focused.waitFor();
      await visit.settled();
      const before = keys.presses;
      for (const [index, { code }] of basket.entries()) {
        await visit.scan(code);
        await page.locator('tbody tr').nth(index).waitFor();
        expect(await focused.count()).toBe(1);
      }
      await page
        .getByRole('button', { name: visit.word('till.pay') })
        .and(page.locator(':enabled'))
        .waitFor();
      await keys.press('F4');
      await page.getByLabel(visit.word('pay.cash')).and(page.locator(':focus')).waitFor();
      await keys.press('Enter');
      await page.getByText(visit.word('pay.posted'), { exact: true }).first().waitFor();
      expect(keys.presses - before).toBe(basket.length + 2);
      await visit.clean(`sale of ${basket.length}`);
      await keys.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await focused.waitFor();
    const sold = await visit.call<{ data: { total: string }[] }>('GET', '/sales?limit=10');
    expect(sold.body.data.map(({ total }) => total).sort()).toEqual(['12.50', '37.50']);
    await visit.end();
  });
});
