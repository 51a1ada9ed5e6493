// Controlled medicines, near misses and branch policies on screen: by keyboard alone, in English and in Arabic; axe looks at each.
import { randomBytes } from 'node:crypto';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aPatient } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Row {
  readonly drugId: number;
}

describe('controlled medicines on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** A branch of its own under the law of the United States, with two pharmacists at it; the first is signed in. */
  async function aPharmacy(kind: (typeof VISITS)[number]) {
    const admin = await Visit.begin(browser, address, kind);
    const tag = randomBytes(3).toString('hex');
    const made = async <Body>(path: string, body: object): Promise<Body> => {
      const answer = await admin.call<Body>('POST', path, body);
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201);
      return answer.body;
    };
    const branch = await made<{ branchId: number }>('/branches', {
      code: `C${tag.toUpperCase()}`,
      name: `Controlled ${tag}`,
      nameAr: `فرع ${tag}`,
      jurisdiction: 'US',
    });
    const roles = await admin.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const roleIds = roles.body.data.filter(({ name }) => name === 'pharmacist').map(({ roleId }) => roleId);
    const person = async (who: string) => {
      const user = {
        username: `${who}.${tag}`,
        password: `quiet ${tag} river bank`,
        fullName: `${who} ${tag}`,
        roleIds,
        mustChangePassword: false,
        branchIds: [branch.branchId],
      };
      await made('/users', user);
      return { username: user.username, password: user.password };
    };
    const [first, second] = [await person('amal'), await person('basma')];
    const drug = await made<Row>('/drugs', {
      name: `Morphine ${tag} 10 mg`,
      dosageForm: 'tablet',
      route: 'oral',
      price: '10',
      baseUnit: 'tablet',
      unitsPerPack: '20',
      controlledSchedule: 'II',
    });
    await admin.end();
    return { first, second, drug, tag };
  }

  it.each(VISITS)('are received, destroyed and signed off, in $language', async (kind) => {
    const { first, second, drug, tag } = await aPharmacy(kind);
    const visit = await Visit.begin(browser, address, kind, first);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);

    // Received by two.
    const signed = await visit.call<{ token: string }>('POST', '/auth/witness', second);
    expect(signed.status, JSON.stringify(signed.body)).toBe(201);
    const lotNumber = `M${tag}`;
    const received = await visit.call('POST', '/inventory/receive', {
      items: [{ drugId: drug.drugId, lotNumber, expiryDate: '2035-01-31', quantity: '20', unitCost: '1' }],
      witness: signed.body.token,
    });
    expect(received.status, JSON.stringify(received.body)).toBe(201);

    // Destroyed before the second person, from the stock screen.
    await page.goto(`/stock?drugId=${drug.drugId}`);
    await page.getByText(lotNumber).first().waitFor();
    await visit.settled();
    await keys.tabTo(word('destruction.destroyLot').replace('{{lot}}', lotNumber));
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word('stock.quantityBase')).and(page.locator(':focus')).waitFor();
    await keys.press('Control+A');
    await visit.write('2');
    await keys.tabTo(word('witness.username'));
    await visit.write(second.username);
    await keys.press('Tab');
    await visit.write(second.password);
    await visit.clean('destroy stock');
    await keys.press('F9');
    await dialog.getByText(word('destruction.done')).waitFor();
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    // The register names both.
    await page.goto(`/controlled?drugId=${drug.drugId}`);
    await page
      .getByRole('cell', { name: `basma ${tag}` })
      .first()
      .waitFor();
    await visit.settled();
    expect(await page.getByRole('row').count()).toBe(3);
    await visit.clean('controlled register');

    // Counted blind: a wrong count is kept, and explained.
    await page.goto('/controlled/sign-off');
    const field = page.getByLabel(word('signOff.countOf').replace('{{name}}', `Morphine ${tag} 10 mg`));
    await field.and(page.locator(':focus')).waitFor();
    await visit.write('17');
    await keys.press('Enter');
    const explain = page.getByLabel(word('signOff.explainOf').replace('{{name}}', `Morphine ${tag} 10 mg`));
    await explain.waitFor();
    await visit.settled();
    expect(
      await page
        .getByRole('main')
        .getByText(/^\D*18(?:\.0+)?\D*$/)
        .count(),
    ).toBe(0);
    await visit.clean('sign-off');
    await keys.tabTo(word('signOff.explainOf').replace('{{name}}', `Morphine ${tag} 10 mg`));
    await visit.write('one tablet fell into the sink');
    await keys.press('F9');
    await page.getByText('one tablet fell into the sink').first().waitFor();
    await page.getByText(word('signOff.nothing')).waitFor();
    await visit.clean('signed off');
    await visit.end();
  });

  it.each(VISITS)('wait for a witness, who signs in his own session, in $language', async (kind) => {
    const { first, second, drug, tag } = await aPharmacy(kind);
    const starter = await Visit.begin(browser, address, kind, first);
    const signed = await starter.call<{ token: string }>('POST', '/auth/witness', second);
    const received = await starter.call<{ items: { lotId: number }[] }>('POST', '/inventory/receive', {
      items: [
        { drugId: drug.drugId, lotNumber: `W${tag}`, expiryDate: '2035-01-31', quantity: '9', unitCost: '1' },
      ],
      witness: signed.body.token,
    });
    const lotId = received.body.items[0]?.lotId;
    const asked = await starter.call<{ destructionId: number; status: string }>(
      'POST',
      '/inventory/destroy',
      {
        lotId,
        quantity: '3',
        reason: 'damaged',
      },
    );
    expect(asked.body.status).toBe('pending');
    await starter.end();

    const visit = await Visit.begin(browser, address, kind, second);
    const { page, keys } = visit;
    await page.goto('/controlled/destructions');
    await page.getByText(`W${tag}`).first().waitFor();
    await visit.settled();
    await visit.clean('destructions');
    await keys.tabTo(visit.word('destruction.witnessNo').replace('{{no}}', String(asked.body.destructionId)));
    await keys.press('Enter');
    await page
      .getByRole('dialog')
      .getByLabel(visit.word('destruction.password'))
      .and(page.locator(':focus'))
      .waitFor();
    await visit.write(second.password);
    await visit.clean('witness');
    await keys.press('Enter');
    await page.getByText(visit.word('destruction.done')).first().waitFor();
    await page.getByText(visit.word('destruction.empty')).waitFor();
    await visit.end();
  });

  it.each(VISITS)('a near miss is three inputs from anywhere, in $language', async (kind) => {
    const { first } = await aPharmacy(kind);
    const visit = await Visit.begin(browser, address, kind, first);
    const { page, keys } = visit;
    await page.goto('/patients');
    await visit.heading('patients.title').waitFor();
    await visit.settled();
    await keys.press('Control+Shift+M');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(visit.word('nearMiss.first')).waitFor();
    await visit.clean('near miss');
    const before = keys.presses;
    await keys.press('2');
    await dialog.getByText(visit.word('nearMiss.second')).waitFor();
    await keys.press('3');
    await dialog.getByText(visit.word('nearMiss.ready')).waitFor();
    await keys.press('Enter');
    expect(keys.presses - before).toBe(3);
    await page.getByText(visit.word('nearMiss.thanks')).first().waitFor();
    await dialog.waitFor({ state: 'hidden' });
    const { body } = await visit.call<{ data: object[] }>('GET', '/near-misses');
    expect(body.data).toMatchObject([
      {
        kind: 'wrong_strength',
        stage: 'verify',
        source: 'report',
        userName: null,
        fillId: null,
        description: null,
      },
    ]);
    await page.goto('/near-misses');
    await page.getByRole('region', { name: visit.word('nearMiss.trends') }).waitFor();
    await visit.clean('near misses');
    await visit.end();
  });

  it('are received before a second person, and a part of one says why', async () => {
    const { first, second, drug, tag } = await aPharmacy(VISITS[0] as (typeof VISITS)[number]);
    const visit = await Visit.begin(browser, address, VISITS[0] as (typeof VISITS)[number], first);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    await page.goto('/stock');
    await visit.heading('stock.title').waitFor();
    await visit.settled();
    await keys.press('F9');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('combobox', { name: word('stock.drug') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.pick(`Morphine ${tag}`, `Morphine ${tag}`);
    await dialog.getByLabel(word('stock.lot')).fill(`R${tag}`);
    await dialog.getByLabel(word('stock.expiry')).fill('2035-01-31');
    await dialog.getByLabel(word('stock.unitCostOf')).fill('1');
    await dialog.getByLabel(word('stock.quantity')).fill('20');
    await keys.press('Enter');
    await dialog.getByText(word('errors.witness-required')).waitFor();
    await keys.tabTo(word('witness.username'));
    await visit.write(second.username);
    await keys.press('Tab');
    await visit.write(second.password);
    await visit.clean('receive before a second person');
    await keys.press('Enter');
    await page.getByText(word('stock.received')).first().waitFor();
    await dialog.waitFor({ state: 'detached' });

    const { patientId } = await aPatient(visit);
    const doctors = await visit.call<{ data: { prescriberId: number }[] }>(
      'GET',
      '/prescribers?active=true&limit=1',
    );
    const rx = await visit.call<{ prescriptionId: number }>('POST', '/prescriptions', {
      ...{ patientId, drugId: drug.drugId, prescriberId: doctors.body.data[0]?.prescriberId },
      ...{ quantity: '10', daysSupply: 5, sig: '1 tab po bid', refillsAuthorized: 0 },
      prescribedDate: new Date().toISOString().slice(0, 10),
    });
    expect(rx.status, JSON.stringify(rx.body)).toBe(201);
    await page.goto(`/dispensing/start/${rx.body.prescriptionId}`);
    await page.getByLabel(word('fill.quantity')).waitFor();
    await visit.settled();
    await keys.press('p');
    await page.getByLabel(word('fill.quantity')).and(page.locator(':focus')).waitFor();
    await visit.write('4');
    await page.getByLabel(word('limits.partialReason')).waitFor();
    const begin = page.getByRole('button', { name: word('station.begin') });
    expect(await begin.isEnabled()).toBe(false);
    await keys.tabTo(word('limits.partialReason'));
    await keys.press('ArrowDown', 'ArrowDown');
    await begin.and(page.locator(':enabled')).waitFor();
    await visit.clean('part of a controlled medicine');
    await keys.tabTo(word('station.begin'));
    await keys.press('Enter');
    await page.waitForURL(/\/dispensing\/fill\//);
    const { body } = await visit.call<{ fills: object[] }>('GET', `/prescriptions/${rx.body.prescriptionId}`);
    expect(body.fills).toMatchObject([{ quantity: '4', partialReason: 'requested' }]);
    await visit.end();
  });

  it.each(VISITS)('have maxima, set and taken out, in $language', async (kind) => {
    const { tag, drug } = await aPharmacy(kind);
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    await page.goto('/controlled/maxima');
    await visit.heading('maxima.title').waitFor();
    await visit.settled();
    await keys.press('F9');
    await page
      .getByRole('dialog')
      .getByRole('combobox', { name: visit.word('prescriptions.drug') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.pick(`Morphine ${tag}`, `Morphine ${tag}`);
    await keys.tabTo(visit.word('maxima.quantity'));
    await visit.write('60');
    await keys.tabTo(visit.word('maxima.source'));
    await visit.write('Table 4 of the decree');
    await keys.press('Enter');
    const row = page.getByRole('button', {
      name: visit.word('maxima.change').replace('{{name}}', `Morphine ${tag} 10 mg`),
    });
    await row.waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visit.clean('controlled maxima');
    const { body } = await visit.call<{ data: Row[] }>('GET', '/controlled-maxima');
    expect(body.data.find(({ drugId }) => drugId === drug.drugId)).toMatchObject({
      quantity: '60',
      jurisdiction: 'EG',
    });
    await keys.tabTo(`Morphine ${tag} 10 mg`);
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keys.tabTo(visit.word('maxima.end'));
    await keys.press('Enter');
    await row.waitFor({ state: 'detached' });
    await visit.end();
  });

  it.each(VISITS)('a branch chooses its policies, in $language', async (kind) => {
    const { tag } = await aPharmacy(kind);
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    await page.goto('/branches');
    await page.getByText(`C${tag.toUpperCase()}`).first().waitFor();
    await visit.settled();
    await visit.clean('branches');
    const name = kind.language === 'ar' ? `فرع ${tag}` : `Controlled ${tag}`;
    await keys.tabTo(visit.word('branch.change').replace('{{name}}', name));
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(visit.word('branch.jurisdiction')).and(page.locator(':focus')).waitFor();
    await keys.tabTo(visit.word('branch.scanPolicy'));
    await keys.press('ArrowDown');
    await keys.tabTo(visit.word('branch.field.promiseMinutes'));
    await keys.press('Control+A');
    await visit.write('45');
    await keys.tabTo(visit.word('branch.twoPersonRule'));
    await keys.press('Space');
    await keys.tabTo(visit.word('branch.waitingByDefault'));
    await keys.press('Space');
    await visit.clean('branch policies');
    await keys.tabTo(visit.word('branch.cashRounding'));
    await keys.press('Control+A');
    await visit.write('0.25');
    await keys.tabTo(visit.word('common.save'));
    await keys.press('Enter');
    await page.getByText(visit.word('branch.saved')).first().waitFor();
    const { body } = await visit.call<{ data: { code: string }[] }>('GET', '/branches?limit=100');
    expect(body.data.find(({ code }) => code === `C${tag.toUpperCase()}`)).toMatchObject({
      scanPolicy: 'product',
      twoPersonRule: true,
      jurisdiction: 'US',
      promiseMinutes: 45,
      waitingByDefault: true,
      cashRounding: '0.250',
    });
    await visit.end();
  });
});
