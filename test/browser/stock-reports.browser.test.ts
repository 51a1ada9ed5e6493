// Reports of stock by keyboard, in English and in Arabic: what expires, what it is worth, what was there; each as a file.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

describe('reports of stock on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('tell what expires, what it is worth and what was there, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const soon = new Intl.DateTimeFormat('en-CA').format(new Date(Date.now() + 45 * 86_400_000));
    const received = await visit.call('POST', '/inventory/receive', {
      items: [
        { drugId: world.drugId, lotNumber: 'PV-SOON', expiryDate: soon, quantity: '30', unitCost: '0.5' },
      ],
    });
    expect(received.status, JSON.stringify(received.body)).toBe(201);
    const download = async (name: string): Promise<void> => {
      await keys.tabTo(word('stockReports.download'));
      const [file] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')]);
      expect(file.suggestedFilename()).toBe(name);
    };

    await page.goto('/inventory/reports');
    await page.getByRole('cell', { name: 'PV-SOON' }).waitFor();
    await visit.clean('stock that expires');
    await download('expiry.csv');

    await page.goto('/inventory/reports?view=valuation');
    await page.getByText('315.00').first().waitFor();
    await visit.clean('stock valuation');
    await download('stock-valuation.csv');

    await page.goto('/inventory/reports?view=asOf');
    await page.getByRole('cell', { name: 'PV-0917' }).waitFor();
    await visit.clean('stock as of');
    await download('stock-as-of.csv');
    await page.goto('/inventory/reports?view=asOf&at=2020-01-01T08:00');
    await page.getByText(word('stockReports.empty')).waitFor();

    // Made ahead: what was received a moment ago may not be in it yet, but it says of when it is.
    await page.goto('/inventory/reports?view=months');
    await page.getByText(word('stockReports.refreshedHint')).waitFor();
    await visit.clean('stock by month');
    await download('stock-months.csv');
    await visit.end();
  });
});
