// People imported from FHIR on screen: a birth date that is not known, or in part, and somebody who has died, in both
// languages; axe looks at the screens.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aRecord } from '../builders/fhir-bundle.js';
import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { ADMIN, Visit, VISITS } from './visit.js';

const PEOPLE = [
  { name: [{ text: 'Unborn Importson' }], birthDate: undefined },
  { name: [{ text: 'Partly Importson' }], birthDate: '1961-04' },
  { name: [{ text: 'Late Importson' }], birthDate: '1931-02-03', deceasedDateTime: '2020-01-02' },
];

describe('imported people on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    const post = async (path: string, body: object, token?: string): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${address}/api${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      });
      expect(answer.ok, `${path} ${answer.status}`).toBe(true);
      return (await answer.json()) as Record<string, unknown>;
    };
    const { token } = (await post('/auth/login', ADMIN)) as { token: string };
    for (const person of PEOPLE) await post('/fhir/$import', aRecord(person).build(), token);
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each([...VISITS])('say what is known of their birth, in $language', async (kind) => {
    const visit = await Visit.open(browser, address, kind);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(`patients.${key}`);
    await page.goto('/');
    await page.getByLabel(visit.word('signIn.username')).waitFor();
    await keys.type(ADMIN.username);
    await keys.press('Tab');
    await visit.write(ADMIN.password);
    await keys.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    await page.goto('/patients');
    await page.getByRole('searchbox').fill('Importson');
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('Unborn').waitFor();
    await row('Unborn').getByText(word('birthDateUnknown')).waitFor();
    await row('Partly').getByText('1961-04').waitFor();
    await row('Late').getByText(word('deceased')).waitFor();
    await visit.clean('patients');
    await page.getByRole('link', { name: 'Partly Importson' }).click();
    await page.getByRole('heading', { name: 'Partly Importson' }).waitFor();
    await page.getByText('1961-04').waitFor();
    await visit.clean('patient');
  });
});
