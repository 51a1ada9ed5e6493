// A patient asks to be erased, by keyboard alone: what would go and what law keeps, the request, refusing and carrying it out, and the years
// records are kept. English and Arabic; axe looks at each.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

describe('erasing a patient', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('asks, decides and shows what is left, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const lastName = `Aziz ${Date.now().toString(36)}`;
    const made = await visit.call<{ patientId: number }>('POST', '/patients', {
      firstName: 'Karim',
      lastName,
      birthDate: '1961-04-05',
      sex: 'male',
      phone: '0155 000 1111',
    });
    expect(made.status).toBe(201);
    const { patientId } = made.body;
    const dialog = page.getByRole('dialog');

    /** Asks on the page of the patient; with two keystrokes more than what is typed. */
    const ask = async () => {
      await page.goto(`/patients/${patientId}`);
      await visit.heading('patients.body').waitFor();
      await visit.settled();
      await keys.press('z');
      await dialog.getByLabel(visit.word('people.erasure.requestedBy')).waitFor();
      await visit.settled();
      await keys.tabTo(visit.word('people.erasure.identityProof'));
      await visit.write('Passport seen');
      await keys.tabTo(visit.word('people.erasure.reason'));
      await visit.write('Moved abroad');
    };
    /** Opens the list of requests and the last one in it. */
    const decide = async () => {
      await page.goto('/erasures');
      await visit.heading('nav.erasures').waitFor();
      await visit.settled();
      await keys.tabTo(visit.word('people.erasure.decide'));
      await keys.press('Enter');
      await dialog
        .getByLabel(visit.word('people.erasure.decisionReason'))
        .and(page.locator(':focus'))
        .waitFor();
    };

    await ask();
    await visit.clean('erasure asked');
    await keys.press('Enter');
    await page.getByText(visit.word('people.erasure.requested')).waitFor();

    await decide();
    await visit.write('Who asked is not proven');
    await visit.clean('erasure decided');
    await keys.tabTo(visit.word('people.erasure.refuse'));
    await keys.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Who asked is not proven').first().waitFor();

    await ask();
    await keys.press('Enter');
    await page.getByText(visit.word('people.erasure.requested')).waitFor();
    await decide();
    await keys.tabTo(visit.word('people.erasure.approve'));
    await keys.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await visit.settled();
    await page.getByText(`Erased Patient ${patientId}`).first().waitFor();
    await visit.clean('erasures');

    await page.goto(`/patients/${patientId}`);
    await page.getByText(visit.word('people.erasure.erasedTitle')).waitFor();
    expect(await page.getByText(lastName).count()).toBe(0);
    await visit.clean('patient erased');

    // How long records are kept.
    await page.goto('/erasures');
    await visit.heading('people.retention.title').waitFor();
    await visit.settled();
    await keys.tabTo(
      `${visit.word('people.retention.change')}: ${visit.word('people.erasure.class.consents')}`,
    );
    await keys.press('Enter');
    await dialog.getByLabel(visit.word('people.retention.years')).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Control+A');
    await visit.write('7');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const rules = await visit.call<{ data: { recordClass: string; years: number }[] }>(
      'GET',
      '/retention-rules',
    );
    expect(rules.body.data.find(({ recordClass }) => recordClass === 'consents')?.years).toBe(7);
    await visit.end();
  });
});
