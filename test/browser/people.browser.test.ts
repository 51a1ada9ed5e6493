// What is known of a patient, on one page and by keyboard alone: allergies, measurements, notes, consents, what happened, who looked,
// a second record of the same person, data handed out, a death; then who is due for a refill and who prescribes. English and Arabic;
// axe looks at each.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

interface Known {
  patientId: number;
  weightKg: string | null;
  creatinineUmolL: string | null;
  notes: string | null;
  isDeceased: boolean;
  mergedInto: number | null;
  renalFunction: { basis: string | null; egfr: string | null };
  allergies: { substance: string }[];
}

let serial = 0;

describe('what is known of a patient', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** A patient of this test's own; `more` says what is different from the last one. */
  async function aPerson(visit: Visit, more: object = {}): Promise<{ patientId: number; lastName: string }> {
    serial += 1;
    const lastName = `Shaker ${Date.now().toString(36)}${serial}`;
    const made = await visit.call<Known>('POST', '/patients', {
      ...{ firstName: 'Nabil', lastName, firstNameAr: 'نبيل', lastNameAr: `شاكر ${lastName}` },
      ...{ birthDate: '1956-02-03', sex: 'male', phone: '0111 222 3344', ...more },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return { patientId: made.body.patientId, lastName };
  }
  const open = async (visit: Visit, patientId: number): Promise<() => Promise<Known>> => {
    await visit.page.goto(`/patients/${patientId}`);
    await visit.heading('patients.body').waitFor();
    await visit.settled();
    return async () => (await visit.call<Known>('GET', `/patients/${patientId}`)).body;
  };
  /** A prescription that may be filled, of a product there is stock of. */
  async function anOrder(visit: Visit, patientId: number): Promise<number> {
    const found = await visit.call<{ data: { drugId: number }[] }>(
      'GET',
      '/drugs/search?q=paracetamol&inStock=true&limit=1',
    );
    const doctors = await visit.call<{ data: { prescriberId: number }[] }>(
      'GET',
      '/prescribers?active=true&limit=1',
    );
    const made = await visit.call<{ prescriptionId: number }>('POST', '/prescriptions', {
      ...{ patientId, drugId: found.body.data[0]?.drugId, prescriberId: doctors.body.data[0]?.prescriberId },
      ...{ quantity: '10', daysSupply: 5, sig: '1 tablet twice daily', refillsAuthorized: 2 },
      prescribedDate: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.prescriptionId;
  }

  it.each(VISITS)('says that a medicine sent away is no longer taken, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const { patientId } = await aPerson(visit);
    const prescriptionId = await anOrder(visit, patientId);
    const sent = await visit.call<{ rxNumber: string }>('POST', `/prescriptions/${prescriptionId}/transfer`, {
      to: { pharmacyName: 'Nile Bridge Pharmacy' },
      reason: 'moved',
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    await open(visit, patientId);
    await keys.press('p');
    await page.getByRole('link', { name: sent.body.rxNumber }).waitFor();
    await visit.settled();
    await keys.tabTo(sent.body.rxNumber);
    await page.getByRole('button', { name: visit.word('people.stop.open') }).waitFor();
    await keys.press('o');
    await page.getByLabel(visit.word('people.stop.on')).and(page.locator(':focus')).waitFor();
    await visit.clean('medicine no longer taken');
    await keys.press('Enter');
    await page.getByText(visit.word('people.stop.saved')).first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.press('Enter');
    await page.waitForURL(`**/prescriptions/${prescriptionId}`);
    await page.getByText(visit.word('people.stop.reported')).waitFor();
    await visit.clean('prescription transferred');
    await visit.end();
  });

  it.each(VISITS)('is on one page, and written down by keyboard alone, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const { patientId } = await aPerson(visit);
    await visit.call('POST', `/patients/${patientId}/conditions`, { icd10: 'I10', name: 'Hypertension' });
    const prescriptionId = await anOrder(visit, patientId);
    const given = await visit.call('POST', `/prescriptions/${prescriptionId}/fill`, { complete: true });
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    const state = await open(visit, patientId);

    // An allergy: four inputs at most.
    const before = keys.presses;
    await keys.press('a');
    await page.getByRole('dialog').waitFor();
    await keys.pick('penicil', 'enicillin');
    await keys.press('Enter');
    await page.getByText(visit.word('patients.allergyAdded')).first().waitFor();
    expect(keys.presses - before).toBeLessThanOrEqual(4);
    expect((await state()).allergies).toHaveLength(1);

    await visit.settled();
    await keys.press('w');
    await page.getByLabel(visit.word('patients.weightKg')).and(page.locator(':focus')).waitFor();
    await visit.write('80');
    await keys.tabTo(visit.word('people.creatinine'));
    await visit.write('150');
    await visit.clean('patient measured');
    await keys.press('Enter');
    await page.getByText(visit.word('people.renal.computed')).waitFor();
    expect(await state()).toMatchObject({
      ...{ weightKg: '80', creatinineUmolL: '150' },
      renalFunction: { basis: 'computed' },
    });

    await visit.settled();
    await keys.press('n');
    await page.getByRole('dialog').waitFor();
    await page.locator('textarea:focus').waitFor();
    await visit.write('Reads large print only.');
    await keys.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visit.settled();
    await keys.press('b');
    await page.getByText('Reads large print only.').waitFor();

    await keys.press('u');
    await page.getByRole('table', { name: visit.word('people.tab.consents') }).waitFor();
    await keys.press('g');
    await page.getByRole('dialog').waitFor();
    await keys.tabTo(visit.word('common.save'));
    await keys.press('Enter');
    await page.getByText(visit.word('people.consents.decision.given')).first().waitFor();
    await visit.settled();
    await visit.clean('patient consents');

    await keys.press('t');
    await page.getByRole('list', { name: visit.word('people.tab.timeline') }).waitFor();
    await visit.clean('patient timeline');

    // Who saw this patient: one key.
    await keys.press('v');
    await page.getByRole('list', { name: visit.word('people.tab.views') }).waitFor();
    await visit.clean('patient views');

    await keys.press('d');
    await page.getByRole('list', { name: visit.word('people.medicines.title') }).waitFor();
    await visit.clean('patient');

    // A refill of the prescription that has the focus.
    await keys.press('p');
    await page.getByRole('table', { name: visit.word('prescriptions.title') }).waitFor();
    await keys.tabTo('RX');
    await keys.press('r');
    await page.waitForURL(/\/dispensing\/start\/\d+/);
    await page.getByRole('region', { name: visit.word('prescriptions.order') }).waitFor();
    await visit.end();
  });

  it.each(VISITS)('is put together from two records and taken apart again, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const phone = `0122 ${Date.now().toString().slice(-7)}`;
    const { patientId, lastName } = await aPerson(visit, { phone, weightKg: '80' });
    const twin = await aPerson(visit, { phone, lastName: `${lastName}x`, lastNameAr: 'شكر' });
    const state = await open(visit, patientId);
    await keys.press('m');
    const compare = page.getByRole('button', { name: visit.word('people.merge.compare') }).first();
    await compare.waitFor();
    await keys.tabTo(visit.word('people.merge.compare'));
    await keys.press('Enter');
    await page.getByRole('table', { name: visit.word('people.merge.sides') }).waitFor();
    await keys.tabTo(visit.word('people.merge.reason'));
    await visit.write('Same phone and birth date');
    await visit.clean('patient merge');
    await keys.press('Enter');
    await page.getByText(visit.word('people.merge.done')).waitFor();
    expect((await visit.call<Known>('GET', `/patients/${twin.patientId}`)).body.patientId).toBe(patientId);

    await visit.settled();
    await keys.press('m');
    await page.getByLabel(visit.word('people.merge.undoReason')).waitFor();
    await keys.tabTo(visit.word('people.merge.undoReason'));
    await visit.write('They are brothers');
    await keys.press('Enter');
    await page.getByText(visit.word('people.merge.undone')).waitFor();
    expect((await visit.call<Known>('GET', `/patients/${twin.patientId}`)).body.patientId).toBe(
      twin.patientId,
    );

    // Everything held about the person, as a file.
    await visit.settled();
    await keys.press('x');
    await page.getByLabel(visit.word('people.export.reason')).and(page.locator(':focus')).waitFor();
    await visit.write('Asked for in writing');
    await keys.tabTo(visit.word('people.export.json'));
    const download = page.waitForEvent('download');
    await keys.press('Enter');
    expect((await download).suggestedFilename()).toBe(`patient-${patientId}.json`);

    // Who has died is marked so, and what is open is listed.
    await anOrder(visit, patientId);
    await open(visit, patientId);
    await keys.press('e');
    await page.getByRole('dialog').waitFor();
    await keys.tabTo(visit.word('people.deceased.mark'));
    await keys.press('Space');
    await keys.tabTo(visit.word('common.save'));
    await keys.press('Enter');
    await page.getByText(visit.word('people.deceased.title')).waitFor();
    await page.getByText(visit.word('people.deceased.open_one')).waitFor();
    expect((await state()).isDeceased).toBe(true);
    await visit.clean('patient deceased');
    await visit.end();
  });

  it.each(VISITS)('leads to who is due for a refill, and to who prescribes, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const phone = `0111 ${Date.now().toString().slice(-7)}`;
    const { patientId, lastName } = await aPerson(visit, { phone });
    const prescriptionId = await anOrder(visit, patientId);
    await visit.call('POST', `/prescriptions/${prescriptionId}/fill`, { complete: true });
    const nameOf = kind.language === 'ar' ? `شاكر ${lastName}` : `Nabil ${lastName}`;
    const row = () => page.getByRole('row').filter({ hasText: nameOf }).first();

    await visit.ask(visit.word('nav.refillsDue'));
    await page
      .getByRole('option')
      .filter({ hasText: visit.word('nav.refillsDue') })
      .first()
      .waitFor();
    await keys.press('Enter');
    await visit.heading('nav.refillsDue').waitFor();
    await row().getByText(visit.word('people.due.notAsked')).waitFor();
    expect(await page.getByText(phone).count()).toBe(0);
    const consent = { kind: 'reminders', decision: 'given', method: 'spoken' };
    await visit.call('POST', `/patients/${patientId}/consents`, consent);
    await page.reload();
    await page.getByText(phone).waitFor();
    await visit.clean('refills due');

    await page.goto('/prescribers');
    await visit.heading('nav.prescribers').waitFor();
    await visit.settled();
    await keys.press('F9');
    await page
      .getByLabel(visit.word('people.prescriber.firstName'))
      .first()
      .and(page.locator(':focus'))
      .waitFor();
    const licence = `L-${kind.language}-${Date.now().toString(36)}`;
    await visit.write('Mervat');
    await keys.press('Tab');
    await visit.write(`Doctor ${licence}`);
    await keys.tabTo(visit.word('people.prescriber.licenceNumber'));
    await visit.write(licence);
    await keys.tabTo(visit.word('people.prescriber.authorityNumber'));
    await visit.write(`A${licence}`);
    await visit.clean('prescriber new');
    await keys.press('Enter');
    await page.getByText(visit.word('people.prescriber.saved')).waitFor();
    await visit.settled();
    // The search field has the focus again.
    await keys.type(licence);
    await page.getByText(`A${licence}`).waitFor();
    await visit.settled();
    await visit.clean('prescribers');
    await visit.end();
  });

  it.each(VISITS)('is told at the counter where the branch asks who comes, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const { patientId, lastName } = await aPerson(visit);
    const prescriptionId = await anOrder(visit, patientId);
    const { body: me } = await visit.call<{ branches: { branchId: number }[] }>('GET', '/auth/me');
    const asks = async (pickUpIdentifiers: boolean): Promise<void> => {
      const { body } = await visit.call<{ data: { branchId: number; version: number }[] }>(
        'GET',
        '/branches',
      );
      const mine = body.data.find(({ branchId }) => branchId === me.branches[0]?.branchId);
      const change = { version: mine?.version, pickUpIdentifiers };
      expect((await visit.call('PATCH', `/branches/${mine?.branchId}`, change)).status).toBe(200);
    };
    await asks(true);
    try {
      await page.goto(`/dispensing/start/${prescriptionId}`);
      await page.getByRole('region', { name: visit.word('prescriptions.order') }).waitFor();
      await visit.settled();
      await keys.press('F9');
      await page.getByLabel(visit.word('collector.identifier.name')).waitFor();
      await keys.tabTo(visit.word('collector.identifier.name'));
      await visit.write(`Nabil ${lastName}`);
      await keys.tabTo(visit.word('collector.identifier.phone'));
      await visit.write('0111 222 3344');
      await visit.clean('fill identifiers');
      await keys.press('F9');
      await page.getByText(visit.word('fill.doneTitle')).first().waitFor();
    } finally {
      await asks(false);
    }
    await visit.end();
  });
});
