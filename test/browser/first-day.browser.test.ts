// The main job in a real browser on the built product, from sign-in to receipt, by keyboard alone, in English and in
// Arabic; axe looks at every screen on the way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { axeViolations, launchBrowser, openWindow } from '../support/browser.js';
import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';
import { Keyboard } from './keyboard.js';

type Words = Record<string, Record<string, string>>;

const words = (language: string): Words =>
  JSON.parse(readFileSync(join(packageRoot(), 'web', 'src', 'i18n', `${language}.json`), 'utf8')) as Words;

describe('the first day at the counter, by keyboard alone', () => {
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  }, 60_000);

  it.each([
    { language: 'en', locale: 'en-GB', colorScheme: 'light' as const, patient: 'Mona', name: 'Mona Samir' },
    { language: 'ar', locale: 'ar-EG', colorScheme: 'dark' as const, patient: 'منى', name: 'منى' },
  ])(
    'goes from sign-in to receipt in $language',
    { timeout: 120_000 },
    async ({ language, locale, colorScheme, patient, name }) => {
      const w = words(language);
      const word = (section: string, key: string): string => w[section]?.[key] ?? `missing ${section}.${key}`;
      const { context, page } = await openWindow(browser, server.address, { locale, colorScheme });
      const keys = new Keyboard(page);
      const heading = (text: string) => page.getByRole('heading', { name: text });
      const checked: string[] = [];
      const clean = async (screen: string): Promise<void> => {
        expect(await axeViolations(page), `axe on ${screen} (${language})`).toEqual([]);
        checked.push(screen);
        // MEDITORY_SCREENSHOTS=write refreshes the pictures of the documentation.
        if (process.env.MEDITORY_SCREENSHOTS === 'write')
          await page.screenshot({
            path: join(
              packageRoot(),
              'docs',
              'screenshots',
              `${screen.replaceAll(' ', '-')}-${language}-${colorScheme}.png`,
            ),
          });
      };

      await page.goto('/');
      await page.getByLabel(word('signIn', 'username')).waitFor();
      expect(await page.evaluate<string>('document.documentElement.dir')).toBe(
        language === 'ar' ? 'rtl' : 'ltr',
      );
      expect(await page.evaluate<string>('document.documentElement.dataset.mantineColorScheme')).toBe(
        colorScheme,
      );
      await clean('sign-in');
      await keys.type('admin');
      await keys.press('Tab');
      await keys.type(ADMIN_PASSWORD);
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
      await keys.type('1 capsule three times a day');
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
        await keys.type('Prescriber called: tolerated twice before');
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
        await page.waitForLoadState('networkidle');
        await clean(screen);
      }
      expect(checked.length).toBeGreaterThanOrEqual(14);
      console.info(
        `keyboard flow in ${language}: ${keys.presses} inputs, axe clean on ${checked.length} screens`,
      );
      await context.close();
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
