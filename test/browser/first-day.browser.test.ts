// The main job in a real browser on the built product, from sign-in to receipt, by keyboard alone, in English and in
// Arabic; axe looks at every screen on the way.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import type { Keyboard } from './keyboard.js';
import { ADMIN, Visit, VISITS } from './visit.js';

const PATIENTS: Record<string, { patient: string; name: string }> = {
  en: { patient: 'Mona', name: 'Mona Samir' },
  ar: { patient: 'منى', name: 'منى' },
};

// A small child, to whom aspirin is contraindicated.
const CHILD: Record<string, { patient: string }> = { en: { patient: 'Youssef' }, ar: { patient: 'يوسف' } };

describe('the first day at the counter, by keyboard alone', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS.map((kind) => ({ ...kind, ...PATIENTS[kind.language] })))(
    'goes from sign-in to receipt in $language',
    async ({ patient = '', name = '', ...kind }) => {
      const visit = await Visit.open(browser, address, kind);
      const { context, page, keys } = visit;
      const { language } = kind;
      const word = (section: string, key: string): string => visit.word(`${section}.${key}`);
      const heading = (text: string | RegExp) => page.getByRole('heading', { name: text });
      const clean = (screen: string) => visit.clean(screen);

      await page.goto('/');
      await page.getByLabel(word('signIn', 'username')).waitFor();
      expect(await page.evaluate<string>('document.documentElement.dir')).toBe(
        language === 'ar' ? 'rtl' : 'ltr',
      );
      expect(await page.evaluate<string>('document.documentElement.dataset.mantineColorScheme')).toBe(
        kind.colorScheme,
      );
      await clean('sign-in');
      await keys.type(ADMIN.username);
      await keys.press('Tab');
      await visit.write(ADMIN.password);
      await keys.press('Enter');
      await page.getByRole('navigation').first().waitFor();

      // Entry: a penicillin for somebody allergic to penicillins.
      await keys.press('Alt+2');
      await heading(word('prescriptions', 'title')).first().waitFor();
      await clean('work queue');
      await keys.press('F9');
      await heading(word('prescriptions', 'newTitle')).first().waitFor();
      await keys.pick(patient, name);
      await keys.press('F3');
      await keys.pick('Amoxabel 500', 'Amoxabel');
      await keys.tabTo(word('prescriptions', 'prescriber'));
      await keys.pick('Rania', language === 'ar' ? '' : 'Rania');
      await keys.tabTo(word('prescriptions', 'sig'));
      await visit.write('1 capsule three times a day');
      await keys.press('Tab');
      await keys.type('21');
      await keys.press('Tab');
      await keys.type('7');
      await page.getByText(word('alerts', 'stops')).first().waitFor();
      await clean('prescription entry');
      await keys.press('Control+Enter');
      await page.waitForURL(/\/prescriptions\/\d+/);

      // Fill: the stop wants a reason and a note; Enter alone never overrides.
      // The number in its heading tells the page from the one it was entered on.
      const [called = ''] = word('prescriptions', 'pageTitle').split('{{');
      await heading(new RegExp(`${called}.*\\d`))
        .first()
        .waitFor();
      await page
        .getByRole('button', { name: word('prescriptions', 'fill') })
        .first()
        .waitFor();
      await clean('prescription');
      await keys.press('F9');
      await page.waitForURL(/\/dispensing\/start\/\d+/);
      await page.getByLabel(word('fill', 'reason')).first().waitFor();
      await keys.press('Enter', 'Enter');
      expect(await page.getByText(word('fill', 'lotsTaken')).count()).toBe(0);
      const stops = await page.getByLabel(word('fill', 'reason')).count();
      expect(stops).toBeGreaterThan(0);
      await clean('fill');
      await answerStops(visit, stops);
      // What is contraindicated needs the password too, and the right one.
      await keys.press('F9');
      await page.getByText(word('stepUp', 'missing')).waitFor();
      await sign(visit, 'not-the-password');
      await page.getByText(word('errors', 'wrong-password')).waitFor();
      expect(await page.getByText(word('fill', 'lotsTaken')).count()).toBe(0);
      await clean('fill refused');
      await sign(visit, ADMIN.password);
      await page.getByText(word('fill', 'lotsTaken')).waitFor();
      await clean('dispensed');
      const [label] = await Promise.all([context.waitForEvent('page'), keys.press('F8')]);
      await label.waitForLoadState();
      expect(await label.content()).toContain('RX0');
      await label.close();

      // Till: the fill came along, an OTC product is added, cash is paid.
      await keys.press('F4');
      await page.waitForURL(/\/till/);
      await openTill(visit);
      await page.getByText('Amoxabel').first().waitFor();
      await keys.press('/');
      await keys.pick('Paravelin 500', 'Paravelin');
      await page.getByText('Paravelin').first().waitFor();
      await clean('till');
      await keys.press('F4');
      await page.getByLabel(word('pay', 'cash')).waitFor();
      await clean('payment');
      await keys.type('500');
      await keys.press('Enter');
      await page.getByText(word('pay', 'posted'), { exact: true }).first().waitFor();
      const [receipt] = await Promise.all([context.waitForEvent('page'), keys.press('F8')]);
      await receipt.waitForLoadState();
      expect(await receipt.content()).toMatch(/S0{3,}\d+/);
      expect(await receipt.evaluate<string>('document.documentElement.dir')).toBe(
        language === 'ar' ? 'rtl' : 'ltr',
      );
      await receipt.close();

      // The other screens of the day.
      await keys.press('Enter');
      for (const [key, screen] of [
        ['3', 'drugs'],
        ['4', 'patients'],
        ['5', 'stock'],
        ['6', 'sales'],
        ['7', 'users'],
        ['8', 'audit'],
      ] as const) {
        await keys.press(`Alt+${key}`);
        await heading(word('nav', screen)).first().waitFor();
        await visit.settled();
        await clean(screen);
      }
      expect(visit.checked.length).toBeGreaterThanOrEqual(14);
      console.info(
        `keyboard flow in ${language}: ${keys.presses} inputs, axe clean on ${visit.checked.length} screens`,
      );
      await visit.end();
    },
  );

  it.each(VISITS.map((kind) => ({ ...kind, ...CHILD[kind.language] })))(
    'stops what a known patient must not be sold, until it is overridden, in $language',
    async ({ patient = '', ...kind }) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      await stopAtTill(visit, patient);
      await keys.press('Enter', 'Enter');
      await visit.settled();
      expect(await page.getByText(visit.word('pay.posted'), { exact: true }).count()).toBe(0);
      await visit.clean('till stop');

      // Going back leaves the basket as it was; paying again is stopped again.
      await keys.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByText('Aspirin Norvela').first().waitFor();
      await pay(visit);

      await answerStops(visit, await page.getByLabel(visit.word('fill.reason')).count());
      await page.getByText(visit.word('stepUp.missing')).waitFor();
      await sign(visit, 'not-the-password');
      await page.getByText(visit.word('errors.wrong-password')).waitFor();
      await sign(visit, ADMIN.password);
      await page.getByText(visit.word('pay.posted'), { exact: true }).first().waitFor();
      await visit.clean('till stop overridden');
      await visit.end();
    },
  );

  it('tells a cashier who may override, and offers no way round', async () => {
    const admin = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const roles = await admin.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const branches = await admin.call<{ data: { branchId: number }[] }>('GET', '/branches?limit=100');
    const who = { username: 'cashier.stop', password: 'a long enough password' };
    const created = await admin.call('POST', '/users', {
      ...who,
      fullName: 'Cashier who is stopped',
      mustChangePassword: false,
      roleIds: roles.body.data.filter(({ name }) => name === 'cashier').map(({ roleId }) => roleId),
      branchIds: branches.body.data.map(({ branchId }) => branchId),
    });
    expect(created.status).toBe(201);
    await admin.end();
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), who);
    await stopAtTill(visit, 'Youssef');
    await visit.page.getByText(visit.word('fill.needsPharmacist')).waitFor();
    expect(await visit.page.getByLabel(visit.word('fill.reason')).count()).toBe(0);
    await visit.keys.press('F9', 'Enter');
    await visit.settled();
    expect(await visit.page.getByText(visit.word('pay.posted'), { exact: true }).count()).toBe(0);
    await visit.clean('till stop of a cashier');
    await visit.end();
  });
});

/** Gives each stop on show the second reason and a note. */
async function answerStops(visit: Visit, stops: number): Promise<void> {
  expect(stops).toBeGreaterThan(0);
  for (let n = 0; n < stops; n++) {
    await tabToEmpty(visit.page, visit.keys, visit.word('fill.reason'));
    await visit.keys.press('ArrowDown', 'ArrowDown');
    await visit.keys.press('Tab');
    await visit.write('Prescriber called: tolerated twice before');
  }
}

/** Signs with a password; Enter in its field signs nothing. */
async function sign(visit: Visit, password: string): Promise<void> {
  const { page, keys } = visit;
  await keys.tabTo(visit.word('stepUp.password'));
  expect(await page.evaluate<string>('document.activeElement?.value ?? "none"')).toBe('');
  await visit.write(password);
  await keys.press('Enter', 'F9');
}

/** Waits for the till; opens a shift where there is none. */
async function openTill(visit: Visit): Promise<void> {
  const { page, keys } = visit;
  const float = page.getByLabel(visit.word('till.openingFloat'));
  const item = page.getByRole('combobox', { name: visit.word('till.item') });
  await float.or(item).first().waitFor();
  if (await float.count()) {
    await visit.clean('open shift');
    await keys.type('200');
    await keys.press('Enter');
  }
  await item.waitFor();
}

/** Puts aspirin into the basket of a small child, and pays. */
async function stopAtTill(visit: Visit, patient: string): Promise<void> {
  const { page, keys } = visit;
  await keys.press('Alt+1');
  await openTill(visit);
  await keys.press('F2');
  await keys.pick(patient, patient);
  await page.waitForURL(/patientId=/);
  await keys.press('F3');
  await keys.pick('Aspirin Norvela 75', 'Aspirin Norvela');
  await page
    .getByRole('button', { name: visit.word('till.pay') })
    .and(page.locator(':enabled'))
    .waitFor();
  await pay(visit);
}

/** Takes exact cash, which screening stops. */
async function pay(visit: Visit): Promise<void> {
  await visit.keys.press('F4');
  await visit.page.getByLabel(visit.word('pay.cash')).and(visit.page.locator(':focus')).waitFor();
  await visit.keys.press('Enter');
  await visit.page.getByText(visit.word('pay.stopped')).waitFor();
}

/** Goes to the next field of that name that has no choice yet. */
async function tabToEmpty(page: Page, keys: Keyboard, name: string): Promise<void> {
  for (let n = 0; n < 5; n++) {
    await keys.tabTo(name);
    if ((await page.evaluate<string>('document.activeElement?.value ?? ""')) === '') return;
    await keys.press('Tab');
  }
}

function fail(): never {
  throw new Error('there is no language to visit in');
}
