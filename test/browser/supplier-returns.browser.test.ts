// Returns to suppliers by keyboard and scanner, in English and in Arabic: from the calendar, with what is set aside, sent by two people, credited.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aColleague, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Lots {
  data: { lotId: number; lotNumber: string; quantity: string; version: number }[];
}
interface Return {
  status: string;
  creditExpected: string;
  creditReceived: string;
}

const inDays = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Cairo' }).format(
    new Date(Date.now() + days * 86_400_000),
  );

describe('returns to suppliers on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('go from the calendar to the credit note, in $language', async (kind) => {
    const world = await aStation(address);
    const manager = await aColleague(address, world, 'administrator');
    const boss = await aCaller(address, manager);
    const supplier = `Delta ${Date.now().toString(36)}`;
    const { body: made } = await boss.call<{ supplierId: number }>('POST', '/suppliers', {
      ...{ name: supplier, returnsFromDays: 180, returnsUntilDays: -5 },
    });
    const receive = async (lotNumber: string, days: number): Promise<void> => {
      const items = [
        { drugId: world.drugId, lotNumber, expiryDate: inDays(days), quantity: '30', unitCost: '0.5' },
      ];
      const body = { supplierId: made.supplierId, items };
      expect((await boss.call('POST', '/inventory/receive', body)).status).toBe(201);
    };
    await receive('DL-1', 10);
    await receive('DL-2', 90);
    await receive('DL-3', 900);
    const lots = async () =>
      (await boss.call<Lots>('GET', `/inventory/lots?drugId=${world.drugId}&limit=50`)).body.data;
    const torn = (await lots()).find(({ lotNumber }) => lotNumber === 'DL-3');
    await boss.call('POST', '/inventory/quarantine', {
      ...{ lotId: torn?.lotId, version: torn?.version, reason: 'torn' },
    });

    const visit = await Visit.begin(browser, address, kind, manager);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    await page.goto('/inventory/returns');
    await page.getByText('DL-2').waitFor();
    await visit.clean('calendar of returns');
    // Enter on the most pressing one begins its return: all that is open, and what is set aside.
    await keys.tabTo('Paravelin 500');
    await keys.press('Enter');
    const lines = page.getByRole('region', { name: word('returns.lines') });
    await lines.getByText('DL-3').waitFor();
    await lines.getByText('DL-1').waitFor();
    await page.getByLabel(word('returns.addLot')).and(page.locator(':focus')).waitFor();
    // A pack of another lot by scanner; it stays after all.
    await visit.scan(`01${world.pack.padStart(14, '0')}1730093010PV-0917`);
    await lines.getByText('PV-0917').waitFor();
    await visit.clean('return to a supplier made');
    await keys.tabTo(word('returns.dropOf').replace('{{lot}}', 'PV-0917'));
    await keys.press('Enter');
    await lines.getByText('PV-0917').waitFor({ state: 'detached' });
    await keys.press('F9');
    await page.waitForURL(/\/returns\/\d+/);
    await page.getByRole('button', { name: word('returns.ship') }).waitFor();
    await visit.settled();
    await keys.press('F9');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word('counts.note')).and(page.locator(':focus')).waitFor();
    await visit.write('driver Karim');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: word('returns.credit') }).waitFor();
    expect(
      (await lots()).filter(({ lotNumber }) => lotNumber.startsWith('DL')).map(({ quantity }) => quantity),
    ).toEqual(['0', '0', '0']);

    // Less comes than was expected.
    await visit.settled();
    await keys.press('F9');
    await dialog.getByLabel(word('returns.creditNumber')).and(page.locator(':focus')).waitFor();
    await visit.write('CN-5');
    await keys.tabTo(word('invoices.net'));
    await keys.press('Control+A');
    await visit.write('40');
    await visit.clean('credit of a return');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(word('returns.status.credited')).first().waitFor();
    const id = /\d+$/.exec(page.url())?.[0] ?? '';
    const { body } = await visit.call<Return>('GET', `/supplier-returns/${id}`);
    expect(body).toMatchObject({ status: 'credited', creditExpected: '45.000', creditReceived: '40.000' });
    await visit.clean('return to a supplier');
    await page.goto('/inventory/returns?view=credited');
    await page.getByRole('cell', { name: supplier }).waitFor();
    await visit.clean('returns to suppliers');
    await visit.end();
  });
});
