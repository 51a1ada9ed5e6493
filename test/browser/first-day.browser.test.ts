// The main job in a real browser on the built product, from sign-in to receipt, by keyboard alone, in English and in
// Arabic; axe looks at every screen on the way.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import type { Keyboard } from './keyboard.js';
import { ADMIN, Visit, VISITS } from './visit.js';

const PATIENTS: Record<string, { patient: string; name: string }> = {
  en: { patient: 'Mona', name: 'Mona Samir' },
  ar: { patient: 'منى', name: 'منى' },
};

describe('the first day at the counter, by keyboard alone', () => {
  const address = inject('address');
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
      const heading = (text: string) => page.getByRole('heading', { name: text });
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
      await page.getByRole('button', { name: word('prescriptions', 'fill') }).waitFor();
      await clean('prescription');
      await keys.press('F9');
      await page.getByRole('dialog').waitFor();
      await keys.press('Enter', 'Enter');
      expect(await page.getByText(word('fill', 'lotsTaken')).count()).toBe(0);
      const stops = await page.getByLabel(word('fill', 'reason')).count();
      expect(stops).toBeGreaterThan(0);
      await clean('fill');
      for (let n = 0; n < stops; n++) {
        await page.getByRole('dialog').waitFor();
        await tabToEmpty(page, keys, word('fill', 'reason'));
        await keys.press('ArrowDown', 'ArrowDown');
        await keys.press('Tab');
        await visit.write('Prescriber called: tolerated twice before');
      }
      await keys.press('F9');
      await page.getByText(word('fill', 'lotsTaken')).waitFor();
      await clean('dispensed');
      const [label] = await Promise.all([context.waitForEvent('page'), keys.press('F8')]);
      await label.waitForLoadState();
      expect(await label.content()).toContain('RX0');
      await label.close();

      // Till: the fill came along, an OTC product is added, cash is paid.
      await keys.press('F4');
      await page.waitForURL(/\/till/);
      const float = page.getByLabel(word('till', 'openingFloat'));
      const item = page.getByRole('combobox', { name: word('till', 'item') });
      await float.or(item).first().waitFor();
      if (await float.count()) {
        await clean('open shift');
        await keys.type('200');
        await keys.press('Enter');
      }
      await item.waitFor();
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
});

/** Goes to the next field of that name that has no choice yet. */
async function tabToEmpty(page: Page, keys: Keyboard, name: string): Promise<void> {
  for (let n = 0; n < 5; n++) {
    await keys.tabTo(name);
    if ((await page.evaluate<string>('document.activeElement?.value ?? ""')) === '') return;
    await keys.press('Tab');
  }
}
