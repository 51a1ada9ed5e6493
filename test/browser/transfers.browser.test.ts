// Stock from one branch to another by scanner and keyboard, in English and in Arabic: asked for, agreed to, sent, taken in with what is missing, settled.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface TransferState {
  status: string;
  lots: { received: string; writtenOff: string; inTransit: string }[];
}

describe('transfers on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('go from branch to branch, with what is lost on the way, in $language', async (kind) => {
    const [taker, giver] = [await aStation(address), await aStation(address)];
    const from = await Visit.begin(browser, address, kind, giver.pharmacist);
    const { body: giving } = await from.call<{ branches: { name: string }[] }>('GET', '/auth/me');
    const to = await Visit.begin(browser, address, kind, taker.pharmacist);
    const word = (key: string): string => to.word(key);

    // Asked for.
    await to.page.goto('/inventory/transfers');
    await to.page.getByText(word('transfers.empty')).waitFor();
    await to.keys.press('F9');
    const asking = to.page.getByRole('dialog');
    await asking.getByLabel(word('transfers.origin')).and(to.page.locator(':focus')).waitFor();
    await to.settled();
    await to.keys.press('Tab');
    await asking
      .getByLabel(word('transfers.askedOf'))
      .selectOption({ label: giving.branches[0]?.name ?? '' });
    await to.keys.tabTo(word('transfers.addDrug'));
    await to.keys.pick('Paravelin 500', 'Paravelin 500');
    await asking
      .getByLabel(/Paravelin 500/)
      .and(to.page.locator(':focus'))
      .waitFor();
    await to.write('50');
    await to.clean('transfer asked for');
    await to.keys.press('Enter');
    await to.page.waitForURL(/\/transfers\/\d+/);
    await to.settled();
    const where = to.page.url();

    // Agreed to in part, and sent.
    await from.page.goto(where);
    await from.page
      .getByLabel(/Paravelin 500/)
      .and(from.page.locator(':focus'))
      .waitFor();
    await from.keys.press('Control+A');
    await from.write('40');
    await from.clean('transfer to agree to');
    await from.keys.press('F9');
    await from.page.getByText(word('transfers.issueHint')).waitFor();
    await from.clean('transfer to send');
    // By lots: first expiry first is suggested.
    await from.keys.press('F6');
    const given = from.page.getByLabel(word('transfers.sentOf').replace('{{lot}}', 'PV-0917'));
    await expect.poll(() => given.inputValue()).toBe('40');
    await from.clean('transfer by lots');
    await from.keys.press('F9');
    await from.page.getByText(word('transfers.status.in_transit')).first().waitFor();

    // Taken in: a pack by scanner, one damaged tablet, the rest is missing.
    await to.page.goto(where);
    const usable = to.page.getByLabel(word('transfers.usableOf').replace('{{lot}}', 'PV-0917'));
    await usable.and(to.page.locator(':focus')).waitFor();
    await to.scan(`01${taker.pack.padStart(14, '0')}1730093010PV-0917`);
    await expect.poll(() => usable.inputValue()).not.toBe('');
    const counted = Number(await usable.inputValue());
    await to.keys.tabTo(word('transfers.damagedOf').replace('{{lot}}', 'PV-0917'));
    await to.write('1');
    await to.page.getByText(word('transfers.missing')).first().waitFor();
    await to.clean('transfer taken in');
    await to.keys.press('F9');
    await to.page.getByText(word('transfers.status.discrepant')).first().waitFor();
    await to.clean('transfer in dispute');

    // Settled by who sent it.
    await from.page.goto(where);
    const region = from.page.getByRole('region', { name: word('transfers.discrepancies') });
    await region.waitFor();
    await from.settled();
    for (const left of [1, 0]) {
      await from.keys.tabTo(word('transfers.resolveNo').replace(' {{no}}', ''));
      await from.keys.press('Enter');
      const dialog = from.page.getByRole('dialog');
      await dialog.getByLabel(word('transfers.how')).and(from.page.locator(':focus')).waitFor();
      await from.keys.press('Tab');
      await from.write('the box fell down');
      if (left === 1) await from.clean('transfer settled');
      await from.keys.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await from.settled();
      expect(await region.getByRole('button').count()).toBe(left);
    }
    await from.page.getByText(word('transfers.status.closed')).first().waitFor();
    const id = /\d+$/.exec(where)?.[0] ?? '';
    const { body } = await from.call<TransferState>('GET', `/inventory/transfers/${id}`);
    expect(body).toMatchObject({
      status: 'closed',
      lots: [{ received: String(counted), writtenOff: String(40 - counted), inTransit: '0' }],
    });
    await from.page.goto('/inventory/transfers');
    await from.page.getByRole('cell', { name: word('transfers.status.closed') }).waitFor();
    await from.clean('transfers');
    await Promise.all([from.end(), to.end()]);
  });
});
