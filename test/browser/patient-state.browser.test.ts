// What screening needs of a body, on the patient's page: entered by keyboard, shown with its day, in English and in Arabic; axe
// looks at page and dialog.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

interface State {
  patientId: number;
  version: number;
  weightKg: string | null;
  weightRecordedOn: string | null;
  pregnant: boolean | null;
  trimester: number | null;
  lactating: boolean | null;
  childPugh: string | null;
  childPughRecordedOn: string | null;
}

describe('what screening needs of a patient', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('is entered by keyboard alone, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(`patients.${key}`);
    const weighed = { weightKg: '64', weightRecordedOn: '2026-01-05' };
    const made = await visit.call<State>('POST', '/patients', {
      firstName: 'Samia',
      lastName: `State ${kind.language}`,
      firstNameAr: 'سامية',
      lastNameAr: 'الحالة',
      birthDate: '1996-05-01',
      sex: 'female',
      ...weighed,
    });
    expect(made.status).toBe(201);
    const path = `/patients/${made.body.patientId}`;
    const state = async (): Promise<State> => (await visit.call<State>('GET', path)).body;

    await page.goto(path);
    await visit.heading('patients.body').waitFor();
    await visit.settled();
    await keys.press('e');
    await page.getByRole('dialog').waitFor();
    await page.getByLabel(word('weightKg')).and(page.locator(':focus')).waitFor();
    await keys.tabTo(word('egfr'));
    await visit.write('55');
    await keys.tabTo(word('childPugh'));
    await keys.press('ArrowDown', 'ArrowDown');
    await keys.tabTo(word('pregnant'));
    await keys.press('ArrowDown');
    await page.getByLabel(word('trimester')).waitFor();
    await keys.tabTo(word('trimester'));
    await keys.press('ArrowDown', 'ArrowDown');
    await visit.clean('patient state');
    await keys.tabTo(visit.word('common.save'));
    await keys.press('Enter');
    await page.getByText(word('saved')).first().waitFor();
    await visit.settled();
    expect(await state()).toMatchObject({
      ...weighed,
      egfr: '55',
      childPugh: 'B',
      pregnant: true,
      trimester: 2,
      lactating: null,
    });
    await page.getByText(word('trimesterNo.2')).first().waitFor();

    // A due date stands where the trimester stood; one that has passed is marked.
    const { version } = await state();
    const due = await visit.call('PATCH', path, {
      version,
      pregnancyRecordedOn: '2026-01-05',
      dueDate: '2026-07-01',
      childPugh: null,
    });
    expect(due.status, JSON.stringify(due.body)).toBe(200);
    await page.reload();
    await page.getByText(word('duePassed')).waitFor();
    await visit.settled();
    await visit.clean('patient page');

    // A new patient is asked the same from the start; a man is not asked about pregnancy.
    await page.goto('/patients/new');
    await page.getByLabel(word('firstName')).first().and(page.locator(':focus')).waitFor();
    await keys.tabTo(word('sex'));
    await keys.press('ArrowDown');
    await keys.tabTo(word('pregnant'));
    await keys.press('ArrowDown');
    await page.getByLabel(word('dueDate')).waitFor();
    await visit.clean('new patient');
    await keys.press('Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab');
    await keys.tabTo(word('sex'));
    await keys.press('ArrowDown');
    await expect.poll(() => page.getByLabel(word('pregnant')).count()).toBe(0);
    await visit.end();
  });
});
