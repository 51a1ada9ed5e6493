// What a pharmacist does about a stop, and what is known of it afterwards: alternatives, the verification that lists everybody who
// went on in spite of an alert, the report of overrides, and the rules themselves. By keyboard alone, in English and in Arabic.
import { readFileSync } from 'node:fs';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { ADMIN, Visit, VISITS } from './visit.js';

const PATIENTS: Record<string, { allergic: string; child: string }> = {
  en: { allergic: 'Mona', child: 'Youssef' },
  ar: { allergic: 'منى', child: 'يوسف' },
};

const NOTE = 'Prescriber called: tolerated twice before';

describe('stops and what becomes of them, by keyboard alone', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  const kinds = VISITS.map((kind) => ({ ...kind, ...(PATIENTS[kind.language] ?? fail()) }));

  it.each(kinds)(
    'replaces what stops by something that does not, in $language',
    async ({ allergic, child, ...kind }) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;

      // Entry: a penicillin for somebody allergic to penicillins; one of the alternatives takes its place.
      await keys.press('Alt+2');
      await visit.heading('board.title').waitFor();
      await visit.settled();
      await keys.press('F9');
      await visit.heading('prescriptions.newTitle').waitFor();
      await keys.pick(allergic, allergic);
      await keys.press('F3');
      await keys.pick('Amoxabel 500', 'Amoxabel');
      await page.getByText(visit.word('alerts.stops')).first().waitFor();
      await visit.settled();
      await keys.tabTo(visit.word('alerts.alternatives'));
      await keys.press('Enter');
      const offers = page.getByRole('group', { name: visit.word('alternatives.title') });
      await offers.getByRole('listitem').first().waitFor();
      await visit.settled();
      // The lines begin with what is offered; further on they may speak of what the patient takes.
      for (const offer of await offers.getByRole('listitem').allTextContents())
        expect(offer).not.toMatch(/^(?:amoxi|ampicillin|amoxabel)/i);
      await visit.clean('prescription alternatives');
      await keys.tabTo(visit.word('alternatives.use'));
      await keys.press('Enter');
      await page.getByLabel(visit.word('prescriptions.sig')).and(page.locator(':focus')).waitFor();
      await visit.settled();
      await page.getByText(visit.word('alerts.stops')).first().waitFor({ state: 'detached' });
      await coverageShown(visit);

      // Till: aspirin for a small child; the basket gets something else, and the sale is not stopped.
      await keys.press('Alt+1');
      await openTill(visit);
      await keys.press('F2');
      await keys.pick(child, child);
      await page.waitForURL(/patientId=/);
      await keys.press('F3');
      await keys.pick('Aspirin Wadira 300', 'Aspirin Wadira');
      await page
        .getByRole('button', { name: visit.word('till.pay') })
        .and(page.locator(':enabled'))
        .waitFor();
      await keys.press('F4');
      await page.getByLabel(visit.word('pay.cash')).and(page.locator(':focus')).waitFor();
      await keys.press('Enter');
      await page.getByText(visit.word('pay.stopped')).waitFor();
      await coverageShown(visit);
      await keys.tabTo(visit.word('alerts.alternatives'));
      await keys.press('Enter');
      await offers.getByRole('listitem').first().waitFor();
      await visit.settled();
      await visit.clean('till alternatives');
      await keys.tabTo(visit.word('alternatives.use'));
      await keys.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page
        .getByRole('region', { name: visit.word('till.lines') })
        .getByText('Aspirin Wadira')
        .first()
        .waitFor({ state: 'detached' });
      await page
        .getByRole('button', { name: visit.word('till.pay') })
        .and(page.locator(':enabled'))
        .waitFor();
      await visit.settled();
      await keys.press('F4');
      await page.getByLabel(visit.word('pay.cash')).and(page.locator(':focus')).waitFor();
      await keys.press('Enter');
      await page.getByText(visit.word('pay.posted'), { exact: true }).first().waitFor();
      await visit.end();
    },
  );

  it.each(kinds)(
    'lists for whoever verifies what others went on in spite of, in $language',
    async ({ ...kind }) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      const prescriptionId = await aStoppedPrescription(visit);
      await page.goto(`/prescriptions/${prescriptionId}`);
      await page.getByRole('button', { name: visit.word('prescriptions.fill') }).waitFor();
      await visit.settled();

      // Prepared in spite of the stop.
      await keys.press('F9');
      await page.waitForURL(/\/dispensing\/start\//);
      await page.getByLabel(visit.word('fill.reason')).first().waitFor();
      await coverageShown(visit);
      const stops = await page.getByLabel(visit.word('fill.reason')).count();
      expect(stops).toBeGreaterThan(0);
      for (let n = 0; n < stops; n++) {
        await tabToEmpty(visit, visit.word('fill.reason'));
        await keys.press('ArrowDown', 'ArrowDown', 'Tab');
        await visit.write(NOTE);
      }
      await keys.tabTo(visit.word('stepUp.password'));
      await visit.write(ADMIN.password);
      const [label] = await Promise.all([visit.context.waitForEvent('page'), keys.press('F6')]);
      await label.close();
      await page.waitForURL(/\/dispensing\/fill\//);
      await page.getByRole('table', { name: visit.word('station.shelf') }).waitFor();
      await visit.settled();
      await keys.press('Escape');

      // Verified: who went on, when and why; Enter signs nothing.
      await page.getByRole('button', { name: visit.word('verify.submit.verify') }).waitFor();
      await visit.settled();
      await keys.press('F9');
      await page.waitForURL(/\/dispensing\/verify\//);
      const bypassed = page.getByRole('list', { name: visit.word('verify.bypassed') }).first();
      await bypassed.waitFor();
      const told = (await bypassed.textContent()) ?? '';
      const me = await visit.call<{ fullName: string }>('GET', '/auth/me');
      for (const part of [
        visit.word('verify.atEntry'),
        visit.word('verify.atFill'),
        visit.word('overrideReason.prescriber_consulted'),
        NOTE,
        me.body.fullName,
      ])
        expect(told).toContain(part);
      await coverageShown(visit);
      await visit.settled();
      await visit.clean('verify');
      await keys.press('Enter', 'Enter');
      await visit.settled();
      expect(await statusOf(visit, prescriptionId)).toBe('in_progress');
      await bypassed.waitFor();
      await page
        .getByRole('button', { name: visit.word('verify.submit.verify') })
        .and(page.locator(':enabled'))
        .waitFor();
      await keys.press('F9');
      await page.getByLabel(visit.word('station.binCode')).and(page.locator(':focus')).waitFor();
      expect(await statusOf(visit, prescriptionId)).toBe('verified');

      // Into the bin, and handed over.
      await keys.press('Enter');
      await page.getByText(visit.word('station.inBin')).first().waitFor();
      await page.goto(`/prescriptions/${prescriptionId}`);
      await page.getByRole('button', { name: visit.word('verify.submit.dispense') }).waitFor();
      await visit.settled();
      await keys.press('F9');
      await page
        .getByRole('button', { name: visit.word('willCall.handOverAndPay') })
        .and(page.locator(':enabled'))
        .waitFor();
      await visit.settled();
      await visit.clean('hand over');
      await keys.press('F4');
      await page.waitForURL(/\/till/);
      await expect.poll(() => statusOf(visit, prescriptionId)).toBe('dispensed');
      // The till opens its payment by itself: away from it before the palette is asked for.
      await page.goto('/prescriptions');
      await visit.heading('board.title').waitFor();
      await visit.settled();

      // The report counts it, by rule and by user, and goes into a file.
      await visit.ask(visit.word('nav.overrides'));
      await page
        .getByRole('option', { name: visit.word('nav.overrides') })
        .first()
        .waitFor();
      await visit.settled();
      await keys.press('Enter');
      await visit.heading('overrides.title').waitFor();
      const table = page.getByRole('table');
      await table
        .getByText(/^\d+ \/ \d+ \(/)
        .first()
        .waitFor();
      await visit.clean('overrides');
      await keys.tabTo(visit.word('overrides.rate'));
      await keys.press('Enter');
      await page
        .locator('th[aria-sort="descending"]')
        .filter({ hasText: visit.word('overrides.rate') })
        .waitFor();
      await keys.press('Enter');
      await page
        .locator('th[aria-sort="ascending"]')
        .filter({ hasText: visit.word('overrides.rate') })
        .waitFor();
      await page.goto('/reports/overrides?by=user');
      await table.getByText(me.body.fullName).first().waitFor();
      await visit.clean('overrides by user');
      await keys.tabTo(visit.word('overrides.download'));
      const [download] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')]);
      expect(download.suggestedFilename()).toBe('overrides-by-user.csv');
      expect(readFileSync(await download.path(), 'utf8')).toMatch(/^\uFEFF?userId,userName,overridden/);
      await page.goto('/reports/overrides?from=2001-01-01&to=2001-01-02');
      await page.getByText(visit.word('overrides.empty')).waitFor();
      await visit.end();
    },
  );

  it.each(kinds)(
    'makes, changes and closes a rule, each time seeing first what it would do, in $language',
    async ({ ...kind }) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      const dialog = page.getByRole('dialog');
      const preview = dialog.getByRole('status', { name: visit.word('rules.preview') });
      await visit.ask(visit.word('nav.rules'));
      await page
        .getByRole('option', { name: visit.word('nav.rules') })
        .first()
        .waitFor();
      await visit.settled();
      await keys.press('Enter');
      await visit.heading('rules.kind.interactions').waitFor();
      await page.getByRole('table').getByRole('row').nth(1).waitFor();
      await visit.settled();
      await visit.clean('rules');

      // A new one: nothing is saved before its effect was shown, and not without a source.
      await keys.press('F9');
      await dialog
        .getByRole('combobox', { name: visit.word('rules.field.a') })
        .and(page.locator(':focus'))
        .waitFor();
      await keys.pick('colestyramine', 'colestyramine');
      await keys.tabTo(visit.word('rules.field.b'));
      await keys.pick('loratadine', 'loratadine');
      await keys.tabTo(visit.word('rules.field.severity'));
      await keys.press('ArrowDown');
      await keys.tabTo(visit.word('rules.field.description'));
      await visit.write('Test of the keyboard: less of it is taken up.');
      await keys.tabTo(visit.word('rules.field.management'));
      await visit.write('Four hours apart.');
      await keys.tabTo(visit.word('rules.preview'));
      await keys.press('Enter');
      await dialog.getByText(visit.word('rules.needed')).first().waitFor();
      expect(await preview.count()).toBe(0);
      await keys.press('Shift+Tab', 'Shift+Tab');
      await keys.tabTo(visit.word('rules.field.source'));
      await visit.write('Made by a test');
      await keys.press('Enter');
      await preview.waitFor();
      await visit.clean('rule new');
      await keys.tabTo(visit.word('rules.saveNew'));
      await keys.press('Enter');
      await dialog.waitFor({ state: 'detached' });

      // Found again, and changed: the next version.
      const row = page.getByRole('button', { name: /loratadine/ });
      await keys.press('/');
      // The key waits for a scanner before it acts.
      await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
      await keys.type('colestyramine');
      await row.first().waitFor();
      await visit.settled();
      await keys.tabTo('loratadine');
      await keys.press('Enter');
      await dialog.getByRole('table', { name: visit.word('rules.versions') }).waitFor();
      await visit.settled();
      await keys.tabTo(visit.word('rules.change'));
      await keys.press('Enter');
      await dialog.getByLabel(visit.word('rules.field.severity')).waitFor();
      await keys.tabTo(visit.word('rules.field.severity'));
      await keys.press('ArrowDown');
      await keys.tabTo(visit.word('rules.preview'));
      await keys.press('Enter');
      await preview.waitFor();
      await visit.clean('rule change');
      await keys.tabTo(visit.word('rules.saveVersion'));
      await keys.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await visit.settled();

      // Closed: its versions stay to be read.
      await keys.press('/');
      // The key waits for a scanner before it acts.
      await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
      await keys.tabTo('loratadine');
      await keys.press('Enter');
      const versions = dialog.getByRole('table', { name: visit.word('rules.versions') });
      await versions.getByRole('row').nth(2).waitFor();
      await visit.clean('rule');
      await keys.tabTo(visit.word('rules.close'));
      await keys.press('Enter');
      await preview.waitFor();
      await visit.clean('rule close');
      await keys.tabTo(visit.word('rules.close'));
      await keys.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await row.first().waitFor({ state: 'detached' });
      await visit.end();
    },
  );

  it('shows neither rules nor report to whoever may not see them', async () => {
    const admin = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const roles = await admin.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const branches = await admin.call<{ data: { branchId: number }[] }>('GET', '/branches?limit=100');
    const who = { username: 'cashier.rules', password: 'a long enough password' };
    await admin.call('POST', '/users', {
      ...who,
      fullName: 'Cashier without rules',
      mustChangePassword: false,
      roleIds: roles.body.data.filter(({ name }) => name === 'cashier').map(({ roleId }) => roleId),
      branchIds: branches.body.data.map(({ branchId }) => branchId),
    });
    await admin.end();
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), who);
    for (const screen of ['nav.rules', 'nav.overrides'])
      expect(await visit.page.getByRole('link', { name: visit.word(screen) }).count()).toBe(0);
    await visit.page.goto('/reports/overrides');
    await visit.page.getByText(visit.word('errors.forbidden')).first().waitFor();
    await visit.end();
  });
});

/** What could not be checked is on show, or that everything could be. */
async function coverageShown(visit: Visit): Promise<void> {
  const gaps = visit.page.getByRole('group', { name: visit.word('alerts.notChecked') });
  await gaps
    .or(visit.page.getByText(visit.word('alerts.allChecked')))
    .first()
    .waitFor();
}

interface Named {
  data: { patientId: number; drugId: number; prescriberId: number; name: string }[];
}

/** A penicillin prescribed to somebody allergic to penicillins, entered by the user of the visit. */
async function aStoppedPrescription(visit: Visit): Promise<number> {
  const first = async (path: string) => (await visit.call<Named>('GET', path)).body.data[0] ?? fail();
  const { patientId } = await first('/patients?q=Mona');
  const { drugId } = await first('/drugs/search?q=Amoxabel%20500');
  const { prescriberId } = await first('/prescribers?q=Rania');
  const day = await visit.page.evaluate<string>(`new Intl.DateTimeFormat('en-CA').format(new Date())`);
  const made = await visit.call<{ prescriptionId: number }>('POST', '/prescriptions', {
    patientId,
    drugId,
    prescriberId,
    quantity: '10',
    daysSupply: 5,
    sig: '1 capsule twice a day',
    prescribedDate: day,
  });
  expect(made.status).toBe(201);
  return made.body.prescriptionId;
}

async function statusOf(visit: Visit, prescriptionId: number): Promise<string | undefined> {
  const answer = await visit.call<{ fills: { status: string }[] }>('GET', `/prescriptions/${prescriptionId}`);
  return answer.body.fills[0]?.status;
}

/** Waits for the till; opens a shift where there is none. */
async function openTill(visit: Visit): Promise<void> {
  const float = visit.page.getByLabel(visit.word('till.openingFloat'));
  const item = visit.page.getByRole('combobox', { name: visit.word('till.item') });
  await float.or(item).first().waitFor();
  if (await float.count()) {
    await visit.keys.type('200');
    await visit.keys.press('Enter');
  }
  await item.waitFor();
}

/** Goes to the next field of that name that has no choice yet. */
async function tabToEmpty(visit: Visit, name: string): Promise<void> {
  for (let n = 0; n < 5; n++) {
    await visit.keys.tabTo(name);
    if ((await visit.page.evaluate<string>('document.activeElement?.value ?? ""')) === '') return;
    await visit.keys.press('Tab');
  }
}

function fail(): never {
  throw new Error('this does not happen');
}
