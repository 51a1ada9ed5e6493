// The dashboard and the reports of sales by keyboard, in English and in Arabic: nothing sold yet, then a sale and what came back of it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

describe('reports of sales on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('tell how today goes and what any period brought, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const post = async <Body>(path: string, body: object): Promise<Body> => {
      const answer = await visit.call<Body>('POST', path, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body;
    };

    await page.goto('/dashboard');
    await visit.heading('dashboard.title').waitFor();
    await page.getByText(word('dashboard.noSales')).waitFor();
    await visit.clean('dashboard without a sale');

    await post('/till-shifts', { openingFloat: '100.00' });
    const sale = await post<{ saleId: number; total: string; items: { saleItemId: number }[] }>('/sales', {
      items: [
        { drugId: world.drugId, quantity: '20' },
        { drugId: world.drugId, quantity: '4' },
      ],
      payments: [
        { method: 'card', amount: '5.00' },
        { method: 'cash', amount: '500.00' },
      ],
    });
    await post(`/sales/${sale.saleId}/return`, {
      reason: 'Unopened',
      items: [{ saleItemId: sale.items[1]?.saleItemId, quantity: '4' }],
    });

    await page.goto('/dashboard');
    await page
      .getByRole('region', { name: word('dashboard.tenders') })
      .getByText(word('tender.card'))
      .waitFor();
    await page
      .getByRole('region', { name: word('dashboard.returns') })
      .getByText('unopened')
      .waitFor();
    await page.getByText(word('dashboard.stockValue')).waitFor();
    await keys.tabTo(word('dashboard.asTable'));
    await keys.press('Enter');
    await page.getByRole('table', { name: word('dashboard.byHour') }).waitFor();
    await visit.clean('dashboard');

    // The way to the report a part is a glance at, then another one, by what, and beside what.
    await page.goto('/reports/sales?period=today&compare=before');
    await page.getByRole('table', { name: word('salesReports.report.sales') }).waitFor();
    await visit.clean('sales report');
    await keys.tabTo(word('salesReports.which'));
    for (const report of ['margin', 'topDrugs', 'tenders']) {
      await keys.press('ArrowDown');
      await page.getByRole('table', { name: word(`salesReports.report.${report}`) }).waitFor();
    }
    expect(new URL(page.url()).searchParams.get('report')).toBe('tenders');
    await visit.clean('tenders report');
    await keys.tabTo(word('salesReports.download'));
    const [file] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/^tenders-\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}\.csv$/);

    for (const report of ['margin', 'topDrugs', 'tax', 'discounts', 'returns', 'prescribers']) {
      await page.goto(`/reports/sales?report=${report}&period=today`);
      await visit.heading('salesReports.title').waitFor();
      await visit.clean(`${report} report`);
    }
    await page.goto('/reports/sales?report=margin&by=drug&period=custom&from=2020-01-01&to=2020-01-31');
    await page.getByText(word('salesReports.empty')).waitFor();
    await page.goto('/reports/sales?period=custom&from=1990-01-01');
    await page.getByRole('alert').waitFor();
    await visit.end();
  });
});
