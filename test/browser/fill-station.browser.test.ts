// Filling at its station, by scanner and keyboard alone, in English and in Arabic: a refill from the old label in four inputs, a wrong
// pack that stops, another lot, and what is sent on where stations work one after the other.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aFill, aPrescription, aStation, labelOf, statusOf, type StationWorld } from './station-world.js';
import { Visit, VISITS } from './visit.js';

/** Waits for a button that can be pressed, by the text it has in the language of the visit. */
const pressable = (visit: Visit, text: string) =>
  visit.page
    .getByRole('button', { name: visit.word(text) })
    .and(visit.page.locator(':enabled'))
    .first()
    .waitFor();

describe('the fill station', () => {
  const address = product().address;
  let browser: Browser;
  let counter: StationWorld;
  let stations: StationWorld;
  beforeAll(async () => {
    browser = await launchBrowser();
    counter = await aStation(address);
    stations = await aStation(address, { dispensingPolicy: 'station', scanPolicy: 'product' });
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('refills from the old label in four inputs, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, counter.pharmacist);
    const { page, keys, context } = visit;
    const old = await aFill(visit, await aPrescription(visit, counter), { complete: true });
    // Anywhere: the list of drugs takes no labels.
    await keys.press('Alt+3');
    await visit.heading('nav.drugs').waitFor();
    await visit.settled();

    keys.presses = 0;
    await visit.scan(labelOf(old));
    await page.waitForURL(/\/dispensing\/start\//);
    await pressable(visit, 'station.begin');
    const [label] = await Promise.all([context.waitForEvent('page'), keys.press('Enter')]);
    await page.waitForURL(/\/dispensing\/fill\//);
    await label.close();
    await page.getByText(visit.word('station.scanPack')).first().waitFor();
    await visit.settled();
    const fillId = Number(/\/fill\/(\d+)/.exec(page.url())?.[1]);
    await visit.scan(counter.pack);
    await page.getByText(visit.word('station.matched')).first().waitFor();
    await pressable(visit, 'station.done');
    await keys.press('Enter');
    await page.getByText(visit.word('fill.lotsTaken')).waitFor();
    expect(keys.presses).toBeLessThanOrEqual(4);
    expect(await statusOf(visit, fillId)).toBe('dispensed');

    // Ready for the till: one key leads there.
    await keys.press('F4');
    await page.waitForURL(/\/till/);
    console.info(`refill in ${kind.language}: 4 inputs`);
    await visit.end();
  });

  it.each(VISITS)('stops at a wrong pack until the right one is scanned, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, stations.technician);
    const { page, keys } = visit;
    const fillId = await aFill(visit, await aPrescription(visit, stations));
    await visit.scan(labelOf(fillId));
    await page.waitForURL(new RegExp(`/dispensing/fill/${fillId}`));
    await page.getByRole('heading', { name: 'Paravelin' }).first().waitFor();
    await visit.settled();
    await visit.clean('fill station');

    await visit.scan(stations.otherPack);
    const wrong = page.getByRole('alert').filter({ hasText: visit.word('station.wrong.wrong_product') });
    await wrong.waitFor();
    expect((await wrong.boundingBox())?.width).toBeGreaterThan(900);
    await visit.settled();
    await visit.clean('fill station wrong pack');
    await keys.press('Enter', 'Enter');
    expect(page.url()).toContain(`/dispensing/fill/${fillId}`);
    expect(await wrong.count()).toBe(1);

    await visit.scan(stations.pack);
    await wrong.waitFor({ state: 'detached' });
    await page.getByText(visit.word('station.matched')).first().waitFor();
    await pressable(visit, 'station.sendOn');
    await keys.press('Enter');
    await page.getByText(visit.word('station.sentOn')).first().waitFor();
    expect(await statusOf(visit, fillId)).toBe('in_progress');
    await visit.end();
  });

  it.each(VISITS)(
    'takes another lot, and goes on without a scan, each with a reason, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind, stations.pharmacist);
      const { page, keys } = visit;
      const fillId = await aFill(visit, await aPrescription(visit, stations));
      await page.goto(`/dispensing/fill/${fillId}`);
      const shelf = page.getByRole('table', { name: visit.word('station.shelf') });
      await shelf.getByText('PV-0917').waitFor();
      await visit.settled();
      await keys.press('l');
      await page.getByRole('dialog').waitFor();
      await keys.tabTo(visit.word('station.reason'));
      await visit.write('the open box lies on top');
      await visit.clean('other lot');
      await keys.press('Tab', 'Tab', 'Enter');
      await shelf.getByText('PV-1120').waitFor();
      expect(await shelf.getByText('PV-0917').count()).toBe(0);

      await keys.press('b');
      await page.getByRole('dialog').waitFor();
      await keys.tabTo(visit.word('station.reason'));
      await visit.write('the scanner is being repaired');
      await keys.press('Tab', 'Tab', 'Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await pressable(visit, 'station.sendOn');
      await visit.end();
    },
  );

  it('offers no way round a scan to who has no right to it', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), stations.technician);
    const { page, keys } = visit;
    const fillId = await aFill(visit, await aPrescription(visit, stations));
    await page.goto(`/dispensing/fill/${fillId}`);
    await page.getByText('PV-').first().waitFor();
    await visit.settled();
    expect(await page.getByRole('button', { name: visit.word('station.bypass') }).count()).toBe(0);
    await keys.press('b', 'Enter');
    expect(page.url()).toContain(`/dispensing/fill/${fillId}`);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await visit.end();
  });
});

function fail(): never {
  throw new Error('there is no language to visit in');
}
