// Who is looked for stands in no address (ASVS 14.2.1): neither in one the page asks the server by, nor in one the browser keeps. English and
// Arabic.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

/** Lists of people, each with its route of the API. */
const LISTS = {
  '/patients': '/api/patients/search',
  '/prescribers': '/api/prescribers/search',
  '/prescriptions/all': '/api/prescriptions/search',
  '/accounts': '/api/accounts/search',
} as const;

describe('the name of somebody', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('is asked for by no address, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const name = `Kanarivogel${kind.language}`;
    const made = await visit.call<{ patientId: number }>('POST', '/patients', {
      ...{ firstName: 'Zita', lastName: name, birthDate: '1971-02-03', sex: 'female', phone: '01777666555' },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    page.on('framenavigated', (frame) => addresses.push(frame.url()));

    for (const [path, route] of Object.entries(LISTS)) {
      await page.goto(path);
      await page.getByRole('searchbox').fill(name);
      const asked = await page.waitForRequest(
        (request) => request.url().endsWith(route) && (request.postData() ?? '').includes(name),
      );
      expect(asked.method(), path).toBe('POST');
      await visit.settled();
      addresses.push(page.url());
    }

    // What was searched for is there again when one comes back.
    await page.goto('/patients');
    const searched = page.waitForRequest((request) => (request.postData() ?? '').includes(name));
    await page.getByRole('searchbox').fill(name);
    // The link is there before the search, among everybody's; what was not searched yet is not there again.
    await searched;
    await visit.settled();
    await page.getByRole('link', { name: new RegExp(name) }).click();
    await page.waitForURL(`**/patients/${made.body.patientId}`);
    await page.goBack();
    await page.getByRole('link', { name: new RegExp(name) }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe(name);
    expect(new URL(page.url()).search).toBe('');

    // The board, the palette, the till, by name and by telephone.
    await page.goto('/prescriptions');
    await page.getByRole('main').getByRole('searchbox').fill(name);
    await visit.settled();
    addresses.push(page.url());
    for (const typed of [name, '01777666555']) {
      await page.goto('/');
      // The keys of the program listen once its first screen is there.
      await page.getByRole('heading').first().waitFor();
      await visit.settled();
      await visit.ask(typed);
      await page.getByRole('option', { name: new RegExp(name) }).waitFor();
    }
    await keys.press('Escape');
    await page.goto(`/prescriptions/new`);
    await page.getByRole('main').getByRole('combobox').first().fill(name);
    await page.getByRole('option', { name: new RegExp(name) }).waitFor();

    expect(addresses.length).toBeGreaterThan(20);
    expect(
      addresses.filter((one) => /kanarivogel|01777666555|1971-02-03/i.test(decodeURIComponent(one))),
    ).toEqual([]);
    await visit.end();
  });
});
