// A claim refused, corrected and paid, by keyboard: payer, plan and rule, the cover of a patient, the estimate, the queue, the till;
// in English and in Arabic; axe looks at each screen.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

interface Claims {
  claims: { claimId: number; claimNumber: string; status: string; payerShare: string | null }[];
}

describe('insurance', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** A patient with a dispensed fill at 100.00, made past the screens this test is not about. */
  async function aDispensedFill(visit: Visit, kind: string) {
    const made = async <Body>(path: string, body: object): Promise<Body> => {
      const answer = await visit.call<Body>('POST', path, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body;
    };
    const { drugId } = await made<{ drugId: number }>('/drugs', {
      name: `Insured tablets ${kind}`,
      price: '100.00',
      baseUnit: 'tablet',
      unitsPerPack: '30',
      rxOnly: true,
    });
    await made('/inventory/receive', {
      items: [{ drugId, lotNumber: `INS-${kind}`, expiryDate: '2031-01-31', quantity: '300', unitCost: '1' }],
    });
    const { patientId } = await made<{ patientId: number }>('/patients', {
      firstName: 'Hoda',
      lastName: `Insured ${kind}`,
      firstNameAr: 'هدى',
      lastNameAr: 'المؤمَّنة',
      birthDate: '1980-02-01',
      sex: 'female',
      allergyStatus: 'none_known',
      weightKg: '70',
    });
    const { prescriberId } = await made<{ prescriberId: number }>('/prescribers', {
      firstName: 'Adel',
      lastName: 'Insurer',
      licenceNumber: `INS-${kind}-${Date.now()}`,
    });
    const { prescriptionId } = await made<{ prescriptionId: number }>('/prescriptions', {
      patientId,
      drugId,
      prescriberId,
      quantity: '30',
      daysSupply: 30,
      sig: '1 tab od',
      refillsAuthorized: 0,
      prescribedDate: new Date().toISOString().slice(0, 10),
    });
    const fill = await made<{ fillId: number }>(`/prescriptions/${prescriptionId}/fill`, { complete: true });
    return { drugId, patientId, prescriptionId, fillId: fill.fillId };
  }

  it.each(VISITS)('is refused, corrected, sold and paid by keyboard alone, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const payerName = `NileCare-${kind.language}-${Date.now()}`;
    const { patientId, prescriptionId, fillId } = await aDispensedFill(visit, kind.language);

    // A payer, its plan, and a rule about everything.
    await page.goto('/payers');
    await visit.heading('payers.title').waitFor();
    const rail = page.getByRole('navigation', { name: word('nav.label') });
    await rail.locator('[aria-current=page]').getByText(word('nav.claims')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await page.getByLabel(word('payers.name')).first().and(page.locator(':focus')).waitFor();
    await visit.write(payerName);
    await keys.tabTo(word('payers.memberFormat'));
    await visit.write('A9999999');
    await visit.clean('payer form');
    await keys.press('Enter');
    await page.getByRole('heading', { name: payerName }).waitFor();
    await visit.settled();
    await keys.press('F8');
    await page.getByLabel(word('payers.code')).and(page.locator(':focus')).waitFor();
    await visit.write('GOLD');
    await keys.tabTo(word('payers.planName'));
    await visit.write('Gold');
    await visit.clean('plan form');
    await keys.press('Enter');
    await page.getByText(word('payers.noRules')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await page.getByLabel(word('payers.about')).and(page.locator(':focus')).waitFor();
    await keys.tabTo(word('payers.percent'));
    await visit.write('80');
    await visit.clean('coverage rule form');
    await keys.press('Enter');
    await page.getByText('80 %').waitFor();
    await visit.clean('payer');

    // The patient's cover, with a member number the payer does not know.
    await page.goto(`/patients/${patientId}`);
    await page.getByRole('tab', { name: word('people.tab.covers') }).waitFor();
    await visit.settled();
    await keys.press('k');
    await visit.heading('covers.title').waitFor();
    await visit.settled();
    await keys.press('i');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('option', { name: payerName }).waitFor({ state: 'attached' });
    await keys.tabTo(word('claims.payer'));
    await keys.type(payerName);
    await page.getByRole('option', { name: 'Gold' }).waitFor({ state: 'attached' });
    await keys.tabTo(word('payers.planName'));
    await keys.press('ArrowDown');
    await keys.tabTo(word('covers.memberNumber'));
    await visit.write('1234567');
    await visit.clean('cover form');
    await keys.press('Enter');
    await page.getByText('1234567').first().waitFor();

    // What the payer allowed beforehand, and withdrew.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visit.settled();
    await keys.press('z');
    await page.getByLabel(word('payers.about')).and(page.locator(':focus')).waitFor();
    await keys.press('ArrowDown', 'ArrowDown', 'Tab');
    await visit.write('N02BE01');
    await keys.tabTo(word('authorisations.number'));
    await visit.write('PA-77120');
    await page.getByRole('dialog').getByLabel(word('payers.validTo')).fill('2031-01-31');
    await keys.tabTo(word('authorisations.quantity'));
    await visit.write('60');
    await visit.clean('authorisation form');
    await keys.press('Enter');
    await page.getByText(word('authorisations.valid'), { exact: true }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.tabTo('PA-77120');
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keys.tabTo(word('authorisations.withdraw'));
    await keys.press('Enter');
    await page.getByText(word('authorisations.withdrawn'), { exact: true }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visit.clean('patient with cover');

    // What the patient would pay, then the refusal, on the prescription.
    await page.goto(`/prescriptions/${prescriptionId}`);
    await visit.heading('claims.insurance').waitFor();
    await page.getByText(word('claims.reject.member_unknown')).first().waitFor();
    await keys.press('Alt+i');
    await page.getByText(word('claims.status.rejected')).first().waitFor();
    await visit.clean('prescription with claim');

    // The queue: correct and resubmit.
    await page.goto('/claims');
    await visit.heading('claims.title').waitFor();
    const listed = await visit.call<{ data: { claimNumber: string }[] }>('GET', `/claims?fillId=${fillId}`);
    const number = listed.body.data[0]?.claimNumber ?? '';
    await page.getByRole('button', { name: number }).waitFor();
    await visit.clean('claims queue');
    await keys.tabTo(number);
    await keys.press('Enter');
    await page.getByText(word('claims.advice.member_unknown')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await page.getByLabel(word('covers.memberNumber')).and(page.locator(':focus')).waitFor();
    await keys.press('Control+A');
    await visit.write('A1234567');
    await visit.clean('correct a claim');
    await keys.press('Enter');
    await page.getByRole('dialog').getByText(word('claims.status.adjudicated')).first().waitFor();
    await visit.settled();
    await visit.clean('claim answered');
    await keys.press('Escape');
    const answered = await visit.call<{ data: Claims['claims'] }>('GET', `/claims?fillId=${fillId}`);
    expect(answered.body.data).toMatchObject([
      { status: 'adjudicated', payerShare: '80.00' },
      { status: 'resubmitted' },
    ]);

    // The till collects what is left to the patient.
    const shift = await visit.call<{ shiftId: number } | null>('GET', '/till-shifts/current');
    if (!shift.body?.shiftId) await visit.call('POST', '/till-shifts', { openingFloat: '100' });
    await page.goto(`/till?patientId=${patientId}&fillId=${fillId}`);
    await page.getByText(`${payerName}`).first().waitFor();
    await expect.poll(() => page.getByTestId('till-total').textContent()).toContain('20.00');
    await visit.clean('till with insurance');
    await keys.press('F4');
    await page.getByRole('dialog').getByText(word('till.collect')).waitFor();
    await visit.clean('pay with insurance');
    await keys.press('Enter');
    await page.getByTestId('change').waitFor();
    await keys.press('Enter');

    // The payer pays.
    await page.goto('/claims?status=adjudicated');
    const last = answered.body.data[0]?.claimNumber ?? '';
    await page.getByRole('button', { name: last }).waitFor();
    await visit.settled();
    await keys.tabTo(last);
    await keys.press('Enter');
    await page.getByRole('dialog').getByText(word('claims.status.adjudicated')).first().waitFor();
    await visit.settled();
    await keys.press('F9');
    await page.getByLabel(word('claims.paidOn')).and(page.locator(':focus')).waitFor();
    await keys.tabTo(word('claims.reference'));
    await visit.write('R-2026-11');
    await keys.press('Enter');
    await page.getByRole('dialog').getByText(word('claims.status.paid')).first().waitFor();
    await keys.press('Escape');
    await keys.press('F8');
    await page.getByRole('dialog').waitFor();
    await visit.clean('claim batches');
    await visit.end();
  });
});
