// Counts of stock by scanner and keyboard alone, in English and in Arabic: blind, on a tablet's width, with a lot nobody knew, approved by another.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Lot {
  lotNumber: string;
  quantity: string;
  status: string;
}

describe('counts of stock on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('are counted blind, and approved by another, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, kind, world.technician);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const pack = (lot: string, expiry: string) => `01${world.pack.padStart(14, '0')}17${expiry}10${lot}`;
    const quantity = page.getByLabel(word('counts.counted'), { exact: true }).locator('visible=true');
    const inHand = page.getByRole('region', { name: word('counts.inHand') });

    // Begun over a product.
    await page.goto('/inventory/counts');
    await visit.heading('counts.title').waitFor();
    await page.getByText(word('counts.empty')).waitFor();
    await keys.press('F9');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word('counts.what')).and(page.locator(':focus')).waitFor();
    await keys.press('ArrowDown');
    await keys.tabTo(word('stock.drug'));
    await keys.pick('Paravelin 500', 'Paravelin 500');
    await dialog.getByText(word('counts.drop'), { exact: true }).waitFor();
    await visit.clean('new count');
    await keys.tabTo(word('counts.start'));
    await keys.press('Enter');
    await page.waitForURL(/\/counts\/\d+/);
    await page.setViewportSize({ width: 800, height: 1000 });
    await inHand.getByText('PV-0917').waitFor();
    await quantity.and(page.locator(':focus')).waitFor();

    // Two packs of a lot by scanner; a pack of another lot keeps what was counted first.
    const { body } = await visit.call<{ drug: { unitsPerPack: string } }>(
      'GET',
      `/drugs/by-barcode/${world.pack}`,
    );
    const perPack = Number(body.drug.unitsPerPack);
    await visit.scan(pack('PV-0917', '300930'));
    await expect.poll(() => quantity.inputValue()).toBe(String(perPack));
    await visit.scan(pack('PV-0917', '300930'));
    await expect.poll(() => quantity.inputValue()).toBe(String(2 * perPack));
    await visit.clean('counting');
    await visit.scan(pack('PV-1120', '311130'));
    await inHand.getByText('PV-1120').waitFor();
    await expect.poll(() => quantity.inputValue()).toBe(String(perPack));
    // What is typed takes the place of what was scanned.
    await keys.press('Control+A');
    await visit.write('400');
    await keys.press('Enter');

    // It differs by much: counted once more, and nobody is told what is expected.
    await inHand.getByText(word('counts.mustRecount')).waitFor();
    await inHand.getByText('PV-0917').waitFor();
    await visit.settled();
    expect(await page.getByRole('main').getByText(/^200$/).count()).toBe(0);
    await visit.clean('counted once more');
    await visit.write('197');
    await keys.press('Enter');
    await page.getByText(word('counts.scanOrType')).waitFor();

    // A lot nobody knew.
    await visit.scan(pack('PV-7777', '320331'));
    await page.getByText(word('counts.notInBook')).first().waitFor();
    await keys.press('Control+A');
    await visit.write('12');
    await visit.clean('lot not in the book');
    await keys.press('Enter');
    await inHand.getByText(word('counts.mustRecount')).waitFor();
    // The lot in hand is the one just counted, not one that was to be counted again before.
    expect(await inHand.getByText('PV-7777').count()).toBe(1);
    await quantity.and(page.locator(':focus')).waitFor();
    await visit.write('12');
    await keys.press('Enter');
    await page.getByText(word('counts.scanOrType')).waitFor();
    await visit.settled();

    // By name, without a scanner, in the hand and let go again.
    await keys.press('F3');
    await keys.pick('Paravelin 500', 'Paravelin 500');
    await page.getByRole('button', { name: 'PV-1120' }).first().waitFor();
    await visit.clean('which lot');
    await keys.press('F9');
    await dialog.getByText(word('counts.handInHint')).waitFor();
    await visit.clean('count handed in');
    await keys.tabTo(word('counts.handIn'));
    await keys.press('Enter');
    await page.getByText(word('counts.waits')).first().waitFor();
    await visit.settled();
    await visit.clean('count waits');
    const at = page.url();
    await visit.end();

    // Somebody else sees what differs, and approves.
    const other = await Visit.begin(browser, address, kind, world.pharmacist);
    await other.page.goto(at);
    await other.page.getByText('PV-7777').waitFor();
    await other.clean('count differences');
    await other.keys.press('F9');
    const approval = other.page.getByRole('dialog');
    await approval.getByLabel(word('counts.note')).and(other.page.locator(':focus')).waitFor();
    await other.keys.press('Enter');
    await other.page.getByText(word('counts.status.approved')).first().waitFor();
    await other.page.goto('/inventory/counts');
    await other.page.getByRole('cell', { name: word('counts.status.approved') }).waitFor();
    await other.clean('counts');
    const lots = await other.call<{ data: Lot[] }>('GET', `/inventory/lots?drugId=${world.drugId}`);
    expect(lots.body.data.map(({ lotNumber, quantity: held }) => [lotNumber, held])).toEqual([
      ['PV-0917', '197'],
      ['PV-1120', '400'],
      ['PV-7777', '12'],
    ]);
    await other.end();
  });
});
