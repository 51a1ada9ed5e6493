// Corrections by two people and the cycle plan, by keyboard alone, in English and in Arabic.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aColleague, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Lots {
  data: { lotId: number; lotNumber: string; quantity: string; version: number }[];
}

describe('corrections and the cycle plan on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('are asked for by one and approved by another, in $language', async (kind) => {
    const world = await aStation(address);
    const clerk = await aColleague(address, world, 'inventory clerk');
    const boss = await aCaller(address, world.pharmacist);
    const lots = (await boss.call<Lots>('GET', `/inventory/lots?drugId=${world.drugId}`)).body.data;
    const aside = lots.find(({ lotNumber }) => lotNumber === 'PV-1120');
    await boss.call('POST', '/inventory/quarantine', {
      ...{ lotId: aside?.lotId, version: aside?.version, reason: 'torn boxes' },
    });

    // The clerk takes off what is gone of a lot that is set aside: it waits.
    const asking = await Visit.begin(browser, address, kind, clerk);
    await asking.page.goto('/stock');
    await asking.heading('stock.title').waitFor();
    await asking.page.getByText('PV-1120').waitFor();
    await asking.settled();
    await asking.keys.tabTo(asking.word('stock.adjustLot').replace('{{lot}}', 'PV-1120'));
    await asking.keys.press('Enter');
    const dialog = asking.page.getByRole('dialog');
    await dialog.getByLabel(asking.word('stock.quantityBase')).and(asking.page.locator(':focus')).waitFor();
    await asking.write('3');
    await asking.keys.tabTo(asking.word('stock.adjustWords'));
    await asking.write('the third box is not there');
    await dialog.getByText(asking.word('stock.adjustAside')).waitFor();
    await asking.clean('correction of stock that is set aside');
    await asking.keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await asking.page.getByText(asking.word('stock.adjustAsked')).first().waitFor();

    // Who asked may only take it back; another approves it.
    await asking.page.goto('/inventory/corrections');
    await asking.page.getByText('the third box is not there').waitFor();
    await asking.settled();
    await asking.keys.tabTo('Paravelin 500');
    await asking.keys.press('Enter');
    await asking.page.getByText(asking.word('corrections.own')).waitFor();
    expect(await asking.page.getByRole('button', { name: asking.word('corrections.approve') }).count()).toBe(
      0,
    );
    await asking.end();

    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    await page.goto('/inventory/corrections');
    await page.getByText('the third box is not there').waitFor();
    await visit.clean('corrections to approve');
    await keys.tabTo('Paravelin 500');
    await keys.press('Enter');
    const deciding = page.getByRole('dialog');
    await deciding.getByLabel(visit.word('counts.note')).and(page.locator(':focus')).waitFor();
    await visit.clean('correction to approve');
    await keys.press('F9');
    await deciding.waitFor({ state: 'hidden' });
    await page.getByText(visit.word('corrections.noneWaits')).waitFor();
    const after = (await boss.call<Lots>('GET', `/inventory/lots?drugId=${world.drugId}`)).body.data;
    expect(after.find(({ lotId }) => lotId === aside?.lotId)?.quantity).toBe('397');

    // The rules, and what is due to be counted: one key begins the count.
    await keys.press('F8');
    const limit = deciding.getByLabel(visit.word('stockPolicy.adjustmentLimit'));
    await limit.and(page.locator(':focus')).waitFor();
    await visit.write('50');
    await visit.clean('rules of counts and corrections');
    await keys.press('Enter');
    await deciding.waitFor({ state: 'hidden' });
    expect((await visit.call('GET', '/inventory/policy')).body).toMatchObject({ adjustmentLimit: '50' });
    await page.goto('/inventory/count-plan');
    await visit.heading('countPlan.title').waitFor();
    await page.getByRole('cell', { name: 'Paravelin 500' }).waitFor();
    await visit.clean('cycle plan');
    await keys.press('F9');
    await page.waitForURL(/\/counts\/\d+/);
    await page.getByText('PV-0917').first().waitFor();
    await visit.end();
  });
});
