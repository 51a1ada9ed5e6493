// Verifying at its station, by scanner and keyboard alone, in English and in Arabic: a clean fill in two inputs, the pack scanned where
// the branch asks for it, what is sent back with a reason, and what somebody else has done meanwhile.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aFill, aPrescription, aStation, labelOf, statusOf, type StationWorld } from './station-world.js';
import { Visit, VISITS } from './visit.js';

describe('the verification', () => {
  const address = product().address;
  let browser: Browser;
  let quick: StationWorld;
  let strict: StationWorld;
  beforeAll(async () => {
    browser = await launchBrowser();
    quick = await aStation(address, { dispensingPolicy: 'station' });
    strict = await aStation(address, {
      dispensingPolicy: 'station',
      scanPolicy: 'product',
      twoPersonRule: true,
    });
  });
  afterAll(async () => {
    await browser?.close();
  });
  const sign = (visit: Visit) => visit.page.getByRole('button', { name: visit.word('verify.submit.verify') });

  /** A fill begun by the technician, its pack scanned. */
  async function filled(visit: Visit, world: StationWorld): Promise<number> {
    const technician = await Visit.begin(browser, address, VISITS[0] ?? fail(), world.technician);
    const fillId = await aFill(technician, await aPrescription(visit, world));
    expect((await technician.call('POST', `/fills/${fillId}/scan`, { code: world.pack })).status).toBe(200);
    await technician.end();
    return fillId;
  }

  it.each(VISITS)('of a clean fill takes two inputs, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, quick.pharmacist);
    const { page, keys } = visit;
    const fillId = await filled(visit, quick);

    keys.presses = 0;
    await visit.scan(labelOf(fillId));
    await page.waitForURL(new RegExp(`/dispensing/verify/${fillId}`));
    await sign(visit).and(page.locator(':enabled')).waitFor();
    await keys.press('F9');
    await page.getByLabel(visit.word('station.binCode')).waitFor();
    expect(keys.presses).toBe(2);
    expect(await statusOf(visit, fillId)).toBe('verified');

    await page.getByLabel(visit.word('station.binCode')).and(page.locator(':focus')).waitFor();
    await visit.write('A-7');
    await keys.press('Enter');
    await page.getByText(visit.word('station.inBin')).first().waitFor();
    expect(await statusOf(visit, fillId)).toBe('ready');
    await visit.end();
  });

  it.each(VISITS)(
    'waits for a scan by another person where the branch asks for it, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind, strict.pharmacist);
      const { page, keys } = visit;
      const fillId = await filled(visit, strict);
      await visit.scan(labelOf(fillId));
      await page.waitForURL(new RegExp(`/dispensing/verify/${fillId}`));
      await page.getByRole('region', { name: visit.word('station.asWritten') }).waitFor();
      await visit.settled();
      await visit.clean('verify station');
      expect(await sign(visit).isEnabled()).toBe(false);
      await keys.press('F9', 'Enter');
      expect(await statusOf(visit, fillId)).toBe('in_progress');
      // A pack and F9: two inputs from the open screen.
      keys.presses = 0;
      await visit.scan(strict.pack);
      await sign(visit).and(page.locator(':enabled')).waitFor();
      await keys.press('F9');
      await page.getByLabel(visit.word('station.binCode')).waitFor();
      expect(keys.presses).toBe(2);
      await visit.end();
    },
  );

  it.each(VISITS)('sends back with a reason, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, strict.pharmacist);
    const { page, keys } = visit;
    const fillId = await filled(visit, strict);
    await page.goto(`/dispensing/verify/${fillId}`);
    await page.getByRole('region', { name: visit.word('station.asWritten') }).waitFor();
    await visit.settled();
    await keys.press('F7');
    await page.getByLabel(visit.word('station.reason')).and(page.locator(':focus')).waitFor();
    await visit.write('the count is not right');
    await keys.press('Tab', 'Tab', 'Enter');
    await page.waitForURL(/\/prescriptions\/\d+/);
    expect(await statusOf(visit, fillId)).toBe('returned_to_stock');
    await page.getByText('the count is not right').first().waitFor();
    await visit.end();
  });

  it('is not signed by whoever filled it, and says who has done it meanwhile', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), strict.pharmacist);
    const { page, keys } = visit;
    const own = await aFill(visit, await aPrescription(visit, strict));
    await page.goto(`/dispensing/verify/${own}`);
    await page.getByText(visit.word('station.needsSecond')).waitFor();
    await keys.press('F9');
    expect(await statusOf(visit, own)).toBe('in_progress');

    const given = await visit.call('POST', `/fills/${own}/return-to-stock`, { reason: 'not wanted' });
    expect(given.status).toBe(200);
    await visit.heading('station.elsewhere').waitFor();
    await visit.clean('fill elsewhere');
    await visit.end();
  });
});

function fail(): never {
  throw new Error('there is no language to visit in');
}
