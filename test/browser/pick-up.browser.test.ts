// Handing over what waits, by scanner and keyboard alone, in English and in Arabic: bag, birth date, F4, Enter and it is given and
// paid; a wrong birth date and a bin that holds back stop it. What is not picked up goes back to stock; what is owed is completed.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import {
  aFill,
  aPatient,
  aPrescription,
  aReadyFill,
  aStation,
  labelOf,
  statusOf,
  type StationWorld,
} from './station-world.js';
import { Visit, VISITS } from './visit.js';

describe('what waits to be picked up', () => {
  const address = product().address;
  let browser: Browser;
  let world: StationWorld;
  beforeAll(async () => {
    browser = await launchBrowser();
    world = await aStation(address, { pickUpIdentifiers: true, bins: { H1: 'counsel', B7: null } });
  });
  afterAll(async () => {
    await browser?.close();
  });
  const f4 = (visit: Visit) =>
    visit.page.getByRole('button', { name: visit.word('willCall.handOverAndPay') });

  it.each(VISITS)('is handed over and paid in four inputs, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const shift = await visit.call('POST', '/till-shifts', { openingFloat: '100' });
    expect([201, 409]).toContain(shift.status);
    // The shift was opened behind the page's back: it is asked for anew.
    await page.goto('/prescriptions');
    await visit.heading('prescriptions.title').waitFor();
    await visit.settled();
    const { patientId } = await aPatient(visit);
    const fillId = await aReadyFill(visit, await aPrescription(visit, world, { patientId }), 'B7');
    const held = await aReadyFill(visit, await aPrescription(visit, world, { patientId }), 'H1');

    keys.presses = 0;
    await visit.scan(labelOf(fillId));
    await page.waitForURL(/\/dispensing\/pick-up/);
    const field = page.getByLabel(visit.word('willCall.second')).and(page.locator(':focus'));
    await field.waitFor();
    await visit.settled();
    const typed = keys.presses;
    await visit.clean('pick-up');
    await keys.type('09031984');
    await f4(visit).and(page.locator(':enabled')).waitFor();
    await keys.press('F4');
    await page.waitForURL(/\/till/);
    await page.getByLabel(visit.word('pay.cash')).and(page.locator(':focus')).waitFor();
    await keys.press('Enter');
    await page.getByText(visit.word('pay.posted'), { exact: true }).first().waitFor();
    expect(typed).toBe(1);
    expect(keys.presses).toBe(4);
    expect(await statusOf(visit, fillId)).toBe('dispensed');
    expect(await statusOf(visit, held)).toBe('ready');
    const given = await visit.call<{ pickUp: { identifiers: string[] }; soldInSaleId: number | null }>(
      'GET',
      `/fills/${fillId}`,
    );
    expect(given.body.pickUp.identifiers).toEqual(['name', 'birthDate']);
    expect(given.body.soldInSaleId).not.toBeNull();
    await visit.end();
  });

  it.each(VISITS)('stays where it is when the birth date is another, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, world.technician);
    const { page, keys } = visit;
    const pharmacist = await Visit.begin(browser, address, VISITS[0] ?? fail(), world.pharmacist);
    const { patientId } = await aPatient(pharmacist);
    const fillId = await aReadyFill(pharmacist, await aPrescription(pharmacist, world, { patientId }));
    await pharmacist.end();
    await visit.scan(labelOf(fillId));
    await page.getByLabel(visit.word('willCall.second')).and(page.locator(':focus')).waitFor();
    await visit.settled();
    // Nothing told is not enough here, nor is what says nothing.
    await keys.press('F4');
    await keys.type('0903');
    await keys.press('F4');
    expect(await f4(visit).isEnabled()).toBe(false);
    await keys.press('Control+A');
    await keys.type('10031984');
    await f4(visit).and(page.locator(':enabled')).waitFor();
    await keys.press('F4');
    await page.getByText(visit.word('errors.identifier-mismatch')).first().waitFor();
    await visit.settled();
    await visit.clean('pick-up refused');
    expect(await statusOf(visit, fillId)).toBe('ready');
    await visit.end();
  });

  it('goes to somebody else with advice and a signature, once a stop that came up is answered', async () => {
    const strict = await aStation(address, { counsellingPolicy: 'always' });
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), strict.pharmacist);
    const { page, keys } = visit;
    const { patientId } = await aPatient(visit);
    const fillId = await aReadyFill(visit, await aPrescription(visit, strict, { patientId }));
    await visit.scan(labelOf(fillId));
    await page.getByText(visit.word('willCall.advice.due')).first().waitFor();
    await visit.settled();
    expect(await f4(visit).isEnabled()).toBe(false);

    // Advice given, declined, none, and given after all.
    for (const advice of ['given', 'declined', 'due', 'given']) {
      await keys.press('F9');
      await page
        .getByText(visit.word(`willCall.advice.${advice}`))
        .first()
        .waitFor();
    }
    await keys.press('Alt+o');
    await keys.tabTo(visit.word('collector.name'));
    await visit.write('Hany Fathy');
    const pad = await page.getByRole('img', { name: visit.word('willCall.signature') }).boundingBox();
    if (!pad) throw new Error('there is nothing to sign on');
    await page.mouse.move(pad.x + 20, pad.y + 20);
    await page.mouse.down();
    await page.mouse.move(pad.x + 90, pad.y + 60, { steps: 4 });
    await page.mouse.up();

    // An allergy is told at the counter: what was verified stops now.
    const drug = await visit.call<{ ingredients: { ingredientId: number }[] }>(
      'GET',
      `/drugs/${strict.drugId}`,
    );
    const allergy = { ingredientId: drug.body.ingredients[0]?.ingredientId, severity: 'severe' };
    expect((await visit.call('POST', `/patients/${patientId}/allergies`, allergy)).status).toBe(201);
    await keys.press('F4');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(visit.word('fill.reason')).first().waitFor();
    await visit.settled();
    await visit.clean('stop at hand-over');
    expect(await statusOf(visit, fillId)).toBe('ready');
    await keys.tabTo(visit.word('fill.reason'));
    await keys.press('ArrowDown');
    await keys.tabTo(visit.word('fill.note'));
    await visit.write('tolerated for years, asked the prescriber');
    if ((await dialog.getByLabel(visit.word('stepUp.password')).count()) > 0) {
      await keys.tabTo(visit.word('stepUp.password'));
      await visit.write(strict.pharmacist.password);
    }
    await keys.press('F9');
    await expect.poll(() => statusOf(visit, fillId)).toBe('dispensed');
    const given = await visit.call<object>('GET', `/fills/${fillId}`);
    expect(given.body).toMatchObject({
      pickUp: { collector: 'relative', collectorName: 'Hany Fathy', hasSignature: true },
      counselling: [{ outcome: 'given' }],
    });
    const signature = await visit.context.request.get(`/api/fills/${fillId}/signature`);
    expect(signature.headers()['content-type']).toBe('image/png');
    await visit.end();
  });

  it('is where a fill goes on that asks who takes it, at the counter too', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), world.pharmacist);
    const { page, keys } = visit;
    const fillId = await aFill(visit, await aPrescription(visit, world));
    await page.goto(`/dispensing/fill/${fillId}`);
    await page.getByText(visit.word('station.scanPack')).first().waitFor();
    await visit.scan(world.pack);
    await page
      .getByRole('button', { name: visit.word('station.done') })
      .and(page.locator(':enabled'))
      .waitFor();
    await keys.press('Enter');
    await page.waitForURL(/\/dispensing\/pick-up/);
    await page.getByLabel(visit.word('willCall.second')).waitFor();
    expect(await statusOf(visit, fillId)).toBe('ready');
    await visit.end();
  });

  it.each(VISITS)('goes back to stock by its bag and Enter, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const fillId = await aReadyFill(visit, await aPrescription(visit, world), 'B7');
    await visit.ask(visit.word('nav.willCall'));
    await page
      .getByRole('option', { name: visit.word('nav.willCall') })
      .first()
      .waitFor();
    await visit.settled();
    await keys.press('Enter');
    await page.waitForURL(/\/dispensing\/will-call/);
    await page.getByRole('table').getByText('B7').first().waitFor();
    await visit.settled();

    keys.presses = 0;
    await visit.scan(labelOf(fillId));
    const back = page
      .getByRole('region', { name: visit.word('willCall.toStock') })
      .getByRole('button', { name: visit.word('willCall.toStock') })
      .and(page.locator(':enabled'));
    await back.waitFor();
    const scanned = keys.presses;
    await visit.clean('will-call');
    await keys.press('Enter');
    await back.waitFor({ state: 'detached' });
    await expect.poll(() => statusOf(visit, fillId)).toBe('returned_to_stock');
    expect([scanned, keys.presses]).toEqual([1, 2]);
    await visit.end();
  });

  it.each(VISITS)('or is owed, is completed when stock is there, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys, context } = visit;
    const prescriptionId = await aPrescription(visit, world);
    await aFill(visit, prescriptionId, { quantity: '4' });
    const { rxNumber } = (await visit.call<{ rxNumber: string }>('GET', `/prescriptions/${prescriptionId}`))
      .body;
    await visit.ask(visit.word('nav.owed'));
    await page
      .getByRole('option', { name: visit.word('nav.owed') })
      .first()
      .waitFor();
    await visit.settled();
    await keys.press('Enter');
    const row = page.getByRole('link', { name: rxNumber });
    await row.waitFor();
    await visit.settled();
    await visit.clean('owed');
    await keys.tabTo(rxNumber);
    await keys.press('Enter');
    await page.getByText(visit.word('station.rest')).waitFor();
    const begin = page
      .getByRole('button', { name: visit.word('station.begin') })
      .and(page.locator(':enabled'));
    await begin.waitFor();
    expect(await page.getByLabel(visit.word('fill.quantity')).inputValue()).toBe('6');
    await visit.clean('owed rest');
    const [label] = await Promise.all([context.waitForEvent('page'), keys.press('Enter')]);
    await label.close();
    await page.waitForURL(/\/dispensing\/fill\//);
    await page.getByText(visit.word('station.scanPack')).first().waitFor();
    await visit.end();
  });
});

function fail(): never {
  throw new Error('there is no language to visit in');
}
