// A recall on one screen, by scanner and keyboard, in English and in Arabic: what it meets before it is done, who got it, and closing to zero.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aFill, aPatient, aPrescription, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Lots {
  data: { lotId: number; lotNumber: string; quantity: string; status: string }[];
}

describe('recalls on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)(
    'set aside, name who got it, and close when nothing is left, in $language',
    async (kind) => {
      const world = await aStation(address);
      const visit = await Visit.begin(browser, address, kind, world.pharmacist);
      const { page, keys } = visit;
      const word = (key: string): string => visit.word(key);
      const patient = await aPatient(visit);
      // A lot number that no other test calls back: a recall is of all branches.
      const lotNumber = `RC-${Date.now().toString(36).toUpperCase()}`;
      const received = await visit.call('POST', '/inventory/receive', {
        items: [
          { drugId: world.drugId, lotNumber, expiryDate: '2029-01-31', quantity: '60', unitCost: '0.5' },
        ],
      });
      expect(received.status, JSON.stringify(received.body)).toBe(201);
      await aFill(visit, await aPrescription(visit, world, { patientId: patient.patientId }), {
        complete: true,
      });

      await page.goto('/inventory/recalls');
      await visit.heading('recall.title').waitFor();
      await visit.settled();
      await keys.press('F9');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(word('stock.drug')).and(page.locator(':focus')).waitFor();
      await visit.scan(`01${world.pack.padStart(14, '0')}1729013110${lotNumber}`);
      await dialog.getByText(word('recall.impact')).waitFor();
      await expect.poll(() => dialog.getByLabel(word('stock.lot')).inputValue()).toBe(lotNumber);
      await keys.tabTo(word('transition.reason'));
      await visit.write('glass found in a blister');
      await visit.clean('recall begun');
      await keys.tabTo(word('recall.submit'));
      await keys.press('Enter');
      await page.waitForURL(/\/recalls\/\d+/);
      await page.getByText(word('recall.cannotClose')).waitFor();
      await keys.tabTo(word('recall.showContacts'));
      await keys.press('Enter');
      await page.getByRole('cell', { name: patient.lastName }).first().waitFor();
      await visit.clean('recall');

      // What is left is destroyed; then it can be closed.
      const { body } = await visit.call<Lots>(
        'GET',
        `/inventory/lots?drugId=${world.drugId}&status=recalled`,
      );
      const lot = body.data.find((one) => one.lotNumber === lotNumber);
      expect(lot?.status).toBe('recalled');
      const destroyed = await visit.call('POST', '/inventory/destroy', {
        lotId: lot?.lotId,
        quantity: lot?.quantity,
        reason: 'recalled',
      });
      expect(destroyed.status, JSON.stringify(destroyed.body)).toBeLessThan(300);
      await page.reload();
      await page.getByText(word('recall.canClose')).waitFor();
      await visit.settled();
      await keys.press('F9');
      await dialog.getByLabel(word('recall.closeNote')).and(page.locator(':focus')).waitFor();
      await visit.write('destroyed, and the patient was told');
      await keys.tabTo(word('recall.close'));
      await visit.clean('recall closed');
      await keys.press('Enter');
      await page.getByText(word('recall.status.closed')).first().waitFor();
      await page.goto('/inventory/recalls');
      await page.getByRole('cell', { name: lotNumber }).waitFor();
      await visit.clean('recalls');
      await visit.end();
    },
  );
});
