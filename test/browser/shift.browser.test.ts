// A till shift by keyboard, in English and in Arabic: cash in, drop, blind count by notes and coins, recount, close, Z report; the
// journal it leads to; and a till that is locked and handed over with its basket.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

describe('a till shift on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)(
    'is counted blind, closed, printed and found in the journal, in $language',
    async (kind) => {
      const world = await aStation(address);
      const visit = await Visit.begin(browser, address, kind, world.pharmacist);
      const { page, keys } = visit;
      const word = (key: string): string => visit.word(key);
      const button = (key: string) => page.getByRole('button', { name: word(key) }).first();

      await page.goto('/till/shift');
      await visit.heading('till.openShift').waitFor();
      await keys.type('150');
      await keys.press('Enter');
      await button('shift.startCount').waitFor();
      const sold = await visit.call('POST', '/sales', {
        items: [{ drugId: world.drugId, quantity: '20' }],
        payments: [{ method: 'cash', amount: '200' }],
      });
      expect(sold.status, JSON.stringify(sold.body)).toBe(201);

      await keys.press('i');
      await page.getByRole('dialog').getByLabel(word('shift.amount')).waitFor();
      await keys.type('20');
      await keys.press('Tab');
      await keys.type('coins');
      await keys.press('Enter');
      await page.getByRole('cell', { name: 'coins' }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await keys.press('d');
      await page.getByRole('dialog').getByLabel(word('shift.bagNumber')).waitFor();
      await keys.type('100');
      await keys.tabTo(word('shift.bagNumber'));
      await keys.type('BAG-7');
      await keys.press('Enter');
      await page.getByRole('cell', { name: 'BAG-7' }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await visit.clean('till shift');

      await keys.press('F4');
      await page.getByLabel(word('shift.piecesOf').replace('{{value}}', '200')).waitFor();
      await keys.press('Enter', 'Enter'); // no 200, no 100
      await keys.type('1');
      await keys.press('Enter');
      await keys.type('1');
      await expect.poll(() => page.getByTestId('pieces-total').textContent()).toContain('70.00');
      await visit.clean('till count');
      await keys.press('F4');
      await button('shift.recount').waitFor();
      expect(await page.getByText(word('shift.expected'), { exact: true }).count()).toBe(0);
      await keys.press('r');
      await page.getByLabel(word('shift.recountReason')).waitFor();
      await keys.type('0');
      await keys.press('Enter');
      await keys.type('0');
      await keys.press('Enter');
      await keys.type('2');
      await keys.tabTo(word('shift.recountReason'));
      await keys.type('a note was folded');
      await keys.press('F4');
      await page.getByText(word('shift.lastCountHint')).waitFor();
      await keys.press('F4');
      await page.getByText(word('shift.closed')).first().waitFor();
      await page.getByText('a note was folded').waitFor();
      await visit.clean('z report');
      const [paper] = await Promise.all([visit.context.waitForEvent('page'), keys.press('F8')]);
      await paper.getByText('a note was folded').waitFor();
      await paper.close();

      await page.goto('/till/shifts');
      await page.getByRole('link', { name: word('shift.zReport').replace('{{number}}', '1') }).waitFor();
      await visit.clean('shifts');

      await page.goto('/journal');
      await page
        .getByRole('cell', { name: /^sale:/ })
        .first()
        .waitFor();
      await visit.clean('journal');
      await keys.tabTo(word('journal.download').replace('{{format}}', 'Beancount'));
      const [file] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')]);
      expect(file.suggestedFilename()).toBe('journal.beancount');
      await page.goto('/journal?view=dayBook');
      await page.getByRole('table').waitFor();
      await visit.clean('day book');
      await page.goto('/journal?view=vat');
      await page.getByRole('cell', { name: '0%' }).waitFor();
      await visit.clean('journal tax');
      await page.goto('/journal?view=accounts');
      await page.getByRole('cell', { name: 'Assets:Cash:Drawer' }).waitFor();
      await visit.clean('accounts');

      await page.goto('/till/rates');
      await page.getByLabel(word('rates.currency')).first().waitFor();
      await keys.type('usd');
      await keys.press('Tab');
      await keys.type('50');
      await keys.press('F4');
      await page.getByText(word('rates.saved')).waitFor();
      await visit.clean('exchange rates');
      await visit.end();
    },
  );

  it.each(VISITS)(
    'stays with its basket when the till is locked and handed over, in $language',
    async (kind) => {
      const world = await aStation(address);
      const technician = await aCaller(address, world.technician);
      const set = await technician.call('POST', '/till-shifts', { openingFloat: '10' });
      expect(set.status).toBe(201);
      const visit = await Visit.begin(browser, address, kind, world.pharmacist);
      const { page, keys } = visit;
      const word = (key: string): string => visit.word(key);

      await keys.tabTo(word('header.userMenu').split('{{name}}')[0] ?? '');
      await keys.press('Enter');
      await page.getByRole('dialog').getByLabel(word('quick.pin')).waitFor();
      await keys.tabTo(word('quick.pin'));
      await keys.type('2580');
      await keys.tabTo(word('quick.password'));
      await visit.write(world.pharmacist.password);
      await keys.press('Enter');
      await page.getByText(word('quick.hasPin')).waitFor();
      await visit.clean('pin');
      await keys.press('Escape');

      await page.goto('/till');
      await visit.heading('till.openShift').waitFor();
      await keys.type('50');
      await keys.press('Enter');
      await page.getByTestId('till-total').waitFor();
      await visit.scan(world.pack);
      await expect.poll(() => page.getByTestId('till-total').textContent()).not.toContain('0.00');
      const total = (await page.getByTestId('till-total').textContent()) ?? '';
      await page.getByRole('button', { name: word('header.lock') }).waitFor();
      await keys.press('Control+Shift+L');
      await visit.heading('lock.title').waitFor();
      await page.getByLabel(word('lock.secret')).waitFor();
      await visit.clean('lock screen');
      expect((await visit.call('GET', '/auth/me')).status).toBe(401);
      await keys.type('1111');
      await keys.press('Enter');
      await page.getByText(word('lock.wrong')).waitFor();

      // Somebody else goes on, with his own shift and the basket as it is.
      await keys.tabTo(word('lock.username'));
      await keys.press('Control+A');
      await keys.type(world.technician.username);
      await keys.press('Tab');
      await visit.write(world.technician.password);
      await keys.press('Enter');
      await visit.heading('lock.title').waitFor({ state: 'detached' });
      await expect.poll(() => page.getByTestId('till-total').textContent()).toBe(total);
      expect((await visit.call<{ username: string }>('GET', '/auth/me')).body.username).toBe(
        world.technician.username,
      );
      // A page that is loaded again while it is locked stays so, and the PIN opens it.
      await page.getByRole('button', { name: word('header.lock') }).waitFor();
      await keys.press('Control+Shift+L');
      await visit.heading('lock.title').waitFor();
      await page.getByLabel(word('lock.secret')).waitFor();
      await visit.settled();
      await page.reload();
      await visit.heading('lock.title').waitFor();
      await keys.tabTo(word('lock.username'));
      await keys.press('Control+A');
      await keys.type(world.pharmacist.username);
      await keys.press('Tab');
      await keys.tabTo(word('lock.secret'));
      await keys.type('2580');
      await keys.press('Enter');
      await page.getByTestId('till-total').waitFor();
      expect((await visit.call<{ username: string }>('GET', '/auth/me')).body.username).toBe(
        world.pharmacist.username,
      );
      await visit.end();
    },
  );

  it.each(VISITS)('counts by the notes and coins of the currency, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    await page.goto('/till/denominations');
    await page.getByLabel(visit.word('shift.denomination')).first().waitFor();
    await visit.clean('denominations');
    await keys.press('F4');
    await page.getByText(visit.word('denominations.saved')).waitFor();
    await visit.end();
  });

  it('locks itself when nobody touches it for as long as the branch allows', async () => {
    const world = await aStation(address);
    const [kind] = VISITS;
    if (!kind) throw new Error('there is a language');
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    await visit.page.clock.install();
    await visit.page.goto('/till');
    await visit.heading('till.openShift').waitFor();
    // What watches for idleness comes with the key that locks, a moment after the till.
    await visit.page.getByRole('button', { name: visit.word('header.lock') }).waitFor();
    await visit.page.clock.runFor('14:00');
    await visit.keys.press('Shift');
    await visit.page.clock.runFor('14:00');
    expect(await visit.heading('lock.title').count()).toBe(0);
    await visit.page.clock.runFor('01:30');
    await visit.heading('lock.title').waitFor();
    await expect.poll(async () => (await visit.call('GET', '/auth/me')).status).toBe(401);
    await visit.end();
  });
});
