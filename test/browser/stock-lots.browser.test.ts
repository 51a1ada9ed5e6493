// The list of lots by scanner and keyboard alone, in English and in Arabic, with the inputs of each job counted: a recall by three, the pull list by two.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Lots {
  data: { lotId: number; lotNumber: string; status: string; bin: string | null }[];
}

describe('the list of lots', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('is worked by a key for each job, in $language', async (kind) => {
    const world = await aStation(address);
    const boss = await aCaller(address, world.pharmacist);
    // A lot number that no other test calls back: a recall is of all branches.
    const recalled = `LL-${Date.now().toString(36).toUpperCase()}`;
    const line = { drugId: world.drugId, expiryDate: '2029-01-31', quantity: '60', unitCost: '0.5' };
    const received = await boss.call('POST', '/inventory/receive', {
      items: [{ ...line, lotNumber: recalled }],
    });
    expect(received.status, JSON.stringify(received.body)).toBe(201);
    const lotOf = async (number: string) =>
      (await boss.call<Lots>('GET', `/inventory/lots?drugId=${world.drugId}&limit=50`)).body.data.find(
        ({ lotNumber }) => lotNumber === number,
      );

    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const dialog = page.getByRole('dialog');
    const inputs = async (job: () => Promise<void>): Promise<number> => {
      const before = keys.presses;
      await job();
      return keys.presses - before;
    };
    const cursorAt = async (): Promise<void> => {
      await page.locator('[data-row-link]:focus').waitFor();
    };
    await page.goto('/stock');
    await page.getByText('PV-1120').waitFor();
    await visit.clean('lots');

    // M: another shelf for the lot that was scanned.
    await visit.scan(`01${world.pack.padStart(14, '0')}1731113010PV-1120`);
    await cursorAt();
    await visit.settled();
    await keys.press('m');
    await dialog.getByLabel(word('stock.bin')).and(page.locator(':focus')).waitFor();
    await visit.write('B-07');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(async () => (await lotOf('PV-1120'))?.bin).toBe('B-07');

    // A recall with the pack in the hand: scan, H, Enter.
    await visit.settled();
    const recall = await inputs(async () => {
      await visit.scan(`01${world.pack.padStart(14, '0')}1729013110${recalled}`);
      await page.getByRole('cell', { name: recalled, exact: true }).waitFor();
      await cursorAt();
      await visit.settled();
      await keys.press('h');
      await dialog.getByLabel(word('transition.reason')).and(page.locator(':focus')).waitFor();
      await visit.clean('lot called back from the list');
      await keys.press('Enter');
      await page.waitForURL(/\/recalls\/\d+/);
    });
    expect(recall).toBe(3);
    expect((await lotOf(recalled))?.status).toBe('recalled');

    // What is expired, as a file: X, E.
    await page.goto('/stock');
    await page.getByText('PV-1120').waitFor();
    await visit.settled();
    const pull = await inputs(async () => {
      await keys.press('x');
      await page.waitForURL(/status=expired/);
      await visit.settled();
      const [file] = await Promise.all([page.waitForEvent('download'), keys.press('e')]);
      expect(file.suggestedFilename()).toBe('lots.csv');
    });
    expect(pull).toBe(2);

    // C: a count of the product of the lot in the hand.
    await visit.scan(`01${world.pack.padStart(14, '0')}1730093010PV-0917`);
    await page.getByRole('cell', { name: 'PV-0917', exact: true }).waitFor();
    await cursorAt();
    await visit.settled();
    await keys.press('c');
    await dialog.getByText(word('lot.countHint')).waitFor();
    await dialog
      .getByRole('button', { name: word('counts.start') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.press('Enter');
    await page.waitForURL(/\/counts\/\d+/);
    await visit.end();
  });
});
