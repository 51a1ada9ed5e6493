// Accounts of customers by keyboard alone, in English and in Arabic: opened, given a limit, bought with at the till on account and with points, paid, a
// statement, what is owed by age.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aColleague, aPatient, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Account {
  accountId: number;
  balance: string;
  paidAhead: string;
  points: number;
  creditLimit: string;
}

describe('accounts of customers on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('are opened, bought with and paid, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(
      browser,
      address,
      kind,
      await aColleague(address, world, 'administrator'),
    );
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const dialog = page.getByRole('dialog');
    const focused = (label: string) => dialog.getByLabel(word(label)).and(page.locator(':focus'));
    const name = `Amal ${Date.now().toString(36)}`;
    const { patientId } = await aPatient(visit);
    await visit.call('POST', '/till-shifts', { openingFloat: '100' });

    // Points of this branch, then the customer.
    await page.goto('/accounts');
    await page.getByText(word('accounts.empty')).waitFor();
    await visit.settled();
    await keys.tabTo(word('loyalty.title'));
    await keys.press('Enter');
    await focused('loyalty.amountPerPoint').waitFor();
    await visit.write('10');
    await keys.tabTo(word('loyalty.pointValue'));
    await visit.write('0.50');
    await keys.tabTo(word('loyalty.months'));
    await visit.write('12');
    await visit.clean('points rule');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await visit.settled();
    await keys.press('F9');
    await focused('accounts.name').waitFor();
    await visit.write(name);
    await keys.tabTo(word('accounts.nameAr'));
    await visit.write(`أمل ${name.slice(5)}`);
    await keys.tabTo(word('accounts.phone'));
    await visit.write('01005551234');
    await visit.clean('customer account opened');
    await keys.press('Enter');
    await page.waitForURL(/\/accounts\/\d+/);
    const accountId = Number(/\d+$/.exec(page.url())?.[0]);
    const account = async () => (await visit.call<Account>('GET', `/accounts/${accountId}`)).body;
    await page.getByText(word('accounts.noEntries')).waitFor();
    await visit.settled();

    // A limit, and whose account it is.
    await keys.tabTo(word('accounts.act.edit'));
    await keys.press('Enter');
    await focused('accounts.name').waitFor();
    await keys.tabTo(word('accounts.limit'));
    await keys.press('Control+A');
    await visit.write('500');
    await visit.clean('customer account changed');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(async () => (await account()).creditLimit).toBe('500.00');
    await visit.call('PATCH', `/accounts/${accountId}`, { version: 2, patientId });

    // At the till the account of the patient is there by itself.
    const buys = async (): Promise<void> => {
      await page.goto(`/till?patientId=${patientId}`);
      await visit.heading('till.title').waitFor();
      await visit.settled();
      await page.getByLabel(word('till.item')).first().and(page.locator(':focus')).waitFor();
      await keys.pick('Paravelin 500', 'Paravelin 500');
      await page
        .getByRole('button', { name: word('till.pay') })
        .and(page.locator(':enabled'))
        .waitFor();
      await visit.settled();
      await keys.press('F4');
      await focused('pay.cash').waitFor();
      await dialog.getByRole('button', { name: word('accounts.pay.rest') }).waitFor();
      await visit.settled();
    };
    const paid = async (): Promise<void> => {
      await dialog.getByText(word('pay.posted'), { exact: true }).waitFor();
      await visit.settled();
    };
    await buys();
    await keys.press('Alt+A');
    await expect.poll(() => dialog.getByLabel(word('accounts.pay.account')).inputValue()).not.toBe('');
    await visit.clean('pay on account');
    await keys.press('Enter');
    await paid();
    const owed = (await account()).balance;
    expect(Number(owed)).toBeGreaterThan(0);

    // More is paid than is owed: the rest is paid ahead.
    await page.goto(`/accounts/${accountId}`);
    await page.getByRole('table', { name: word('accounts.entries.all') }).waitFor();
    await visit.settled();
    await visit.clean('customer account');
    await keys.press('F4');
    await focused('accounts.amount').waitFor();
    await keys.press('Control+A');
    await visit.write(String(Number(owed) + 5));
    await page.getByText(word('accounts.paysAhead')).waitFor();
    await visit.clean('account payment');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(async () => (await account()).paidAhead).toBe('5.00');

    // What was paid ahead and points pay the next sale, the rest in cash.
    const { points } = await account();
    expect(points).toBeGreaterThan(0);
    await buys();
    await keys.tabTo(word('accounts.pay.deposit'));
    await visit.write('5');
    await keys.tabTo(word('accounts.pay.points'));
    await visit.write('0.50');
    await visit.clean('pay with deposit and points');
    await keys.press('Enter');
    await paid();
    expect(await account()).toMatchObject({ balance: '0.00' });

    // The statement and what is owed by age.
    await page.goto(`/accounts/${accountId}`);
    await page.getByRole('table', { name: word('accounts.points') }).waitFor();
    await visit.settled();
    await keys.press('F8');
    await focused('accounts.from').waitFor();
    await visit.clean('account statement');
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await keys.tabTo(word('accounts.act.correct'));
    await keys.press('Enter');
    await focused('accounts.direction').waitFor();
    await keys.press('ArrowDown');
    await keys.tabTo(word('accounts.amount'));
    await visit.write('12.50');
    await keys.tabTo(word('accounts.reason'));
    await visit.write('carried over');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await visit.clean('customer account with points');
    await page.goto('/receivables');
    await page.getByRole('table', { name: word('receivables.title') }).waitFor();
    await visit.clean('receivables');
    await page.goto('/accounts');
    await page.getByRole('table', { name: word('accounts.title') }).waitFor();
    await visit.clean('customer accounts');
    await visit.end();
  });
});
