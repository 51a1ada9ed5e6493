// A preparation from its formula to the patient, by scanner and keyboard alone, in English and in Arabic: written with its costs,
// begun from the prescription, weighed pack by pack, made, and released by another person with the fill; then found for a recall.
// axe looks at each screen.
import { randomInt } from 'node:crypto';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aPatient } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Batch {
  batchId: number;
  batchNumber: string;
  status: string;
  items: { batchItemId: number; lotId: number; quantityUsed: string | null }[];
  fills: { fillId: number }[];
}

const EXPIRY = '2031-06-30';

/** Thirteen digits with the last one that the ones before ask for. */
function ean(serial: string): string {
  const body = `629${serial}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** What a scanner reads from a pack with lot and expiry. */
const packCode = (code: string, lot: string): string =>
  `010${code}17${EXPIRY.slice(2).replaceAll('-', '')}10${lot}`;

describe('what is compounded', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** A branch of its own with two pharmacists, and two ingredients in stock. */
  async function aLaboratory(kind: (typeof VISITS)[number]) {
    const admin = await Visit.begin(browser, address, kind);
    const tag = String(randomInt(100_000, 999_999));
    const made = async <Body>(visit: Visit, path: string, body: object): Promise<Body> => {
      const answer = await visit.call<Body>('POST', path, body);
      expect([200, 201], `${path} ${JSON.stringify(answer.body)}`).toContain(answer.status);
      return answer.body;
    };
    const { branchId } = await made<{ branchId: number }>(admin, '/branches', {
      code: `L${tag}`,
      name: `Laboratory ${tag}`,
      nameAr: `معمل ${tag}`,
      currency: 'EGP',
      pickUpIdentifiers: false,
    });
    const roles = await admin.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const person = async (who: string) => {
      const user = { username: `${who}.${tag}`, password: `quiet ${tag} river bank` };
      await made(admin, '/users', {
        ...user,
        fullName: `${who} ${tag}`,
        roleIds: roles.body.data.filter(({ name }) => name === 'pharmacist').map(({ roleId }) => roleId),
        mustChangePassword: false,
        branchIds: [branchId],
      });
      return user;
    };
    const [maker, checker] = [await person('Amal'), await person('Basma')];
    const ingredient = async (name: string, nameAr: string, serial: string) => {
      const { id: ingredientId } = await made<{ id: number }>(admin, '/reference/ingredients', {
        name: `${name.toLowerCase()} ${tag}`,
      });
      const code = ean(`${serial}${tag}00`.slice(0, 9));
      const { drugId } = await made<{ drugId: number }>(admin, '/drugs', {
        name: `${name} ${tag}`,
        nameAr: `${nameAr} ${tag}`,
        price: '40.00',
        baseUnit: 'g',
        unitsPerPack: '100',
        ingredients: [{ ingredientId }],
        barcodes: [{ code }],
      });
      return { drugId, code, name: `${name} ${tag}` };
    };
    const powder = await ingredient('Salicylic acid', 'حمض الساليسيليك', '1');
    const base = await ingredient('White soft paraffin', 'بارافين أبيض', '2');
    await admin.end();
    const visit = await Visit.begin(browser, address, kind, maker);
    await made(visit, '/inventory/receive', {
      items: [
        { drugId: powder.drugId, lotNumber: '1001', expiryDate: EXPIRY, quantity: '50', unitCost: '0.4' },
        { drugId: base.drugId, lotNumber: '2002', expiryDate: EXPIRY, quantity: '500', unitCost: '0.02' },
      ],
    });
    return { visit, made, maker, checker, powder, base, tag };
  }

  it.each(VISITS)('is written, weighed, checked and filled, in $language', async (kind) => {
    const { visit, made, checker, powder, base, tag } = await aLaboratory(kind);
    const { page, keys, context } = visit;
    const word = (key: string): string => visit.word(key);
    const name = `Salicylic ointment 2 % ${tag}`;
    /** A key does nothing before its button can be pressed: nobody's hand is as quick as this one. */
    const ready = (key: string): Promise<void> =>
      page
        .getByRole('button', { name: word(key) })
        .and(page.locator(':enabled'))
        .first()
        .waitFor();

    // The formula: ingredients by typing and by a scan, costs beside it.
    await page.goto('/compounding/formulas');
    await visit.heading('compounding.formulas').waitFor();
    await visit.settled();
    await keys.press('F9');
    // The list has a field whose label begins with the same word.
    await visit.heading('compounding.newFormula').waitFor();
    await page
      .getByLabel(word('compounding.name'), { exact: false })
      .first()
      .and(page.locator(':focus'))
      .waitFor();
    await visit.write(name);
    await keys.tabTo(word('compounding.nameAr'));
    await visit.write(`مرهم الساليسيليك ٢٪ ${tag}`);
    await keys.press('F3');
    await keys.pick(powder.name, powder.name);
    await page
      .getByLabel(word('compounding.quantityOf').replace('{{name}}', powder.name))
      .and(page.locator(':focus'))
      .waitFor();
    await visit.write('2');
    await visit.scan(base.code);
    await page
      .getByLabel(word('compounding.quantityOf').replace('{{name}}', base.name))
      .and(page.locator(':focus'))
      .waitFor();
    await visit.write('98');
    await keys.tabTo(word('compounding.markup'));
    await keys.press('Control+A');
    await visit.write('50');
    await keys.tabTo(word('compounding.fee'));
    await keys.press('Control+A');
    await visit.write('3');
    await keys.tabTo(word('compounding.method'));
    await visit.write(
      'Levigate the powder with a little of the base. Add the rest in parts. Pack into a jar.',
    );
    // 2 g at 0.40 and 98 g at 0.02 are 2.76; and half of that, and the fee.
    await page.getByText('7.14').first().waitFor();
    await visit.clean('formula');
    await keys.press('Control+Enter');
    await page.waitForURL(/\/compounding\/formulas\/\d+/);
    await page
      .getByRole('heading', { name: kind.language === 'ar' ? `مرهم الساليسيليك ٢٪ ${tag}` : name })
      .waitFor();
    const formula = await visit.call<{ data: { formulaId: number; drugId: number }[] }>(
      'GET',
      `/compound-formulas?q=${encodeURIComponent(name)}`,
    );
    const drugId = formula.body.data[0]?.drugId;
    await page.goto('/compounding/formulas');
    await page.getByRole('table').waitFor();
    await visit.clean('formulas');

    // From the prescription: what is short is prepared.
    const { prescriberId } = (
      await visit.call<{ data: { prescriberId: number }[] }>('GET', '/prescribers?active=true&limit=1')
    ).body.data[0] ?? { prescriberId: 0 };
    const { patientId } = await aPatient(visit);
    const { prescriptionId, rxNumber } = await made<{ prescriptionId: number; rxNumber: string }>(
      visit,
      '/prescriptions',
      {
        ...{ patientId, drugId, prescriberId, quantity: '50', daysSupply: 10, refillsAuthorized: 1 },
        ...{ sig: 'apply thinly twice daily', prescribedDate: new Date().toISOString().slice(0, 10) },
      },
    );
    await page.goto(`/prescriptions/${prescriptionId}`);
    await page.getByText(word('compounding.compoundedHere')).waitFor();
    await visit.settled();
    await visit.clean('prescription compounded');
    await keys.press('Alt+p');
    await page.waitForURL(/\/compounding\/new/);
    await page
      .getByRole('button', { name: word('compounding.beginNow') })
      .and(page.locator(':enabled'))
      .waitFor();
    await visit.clean('batch begin');
    await keys.press('Enter');
    await page.waitForURL(/\/compounding\/batches\/\d+/);
    const batchId = Number(new URL(page.url()).pathname.split('/').at(-1));
    const batchNow = async (): Promise<Batch> =>
      (await visit.call<Batch>('GET', `/compound-batches/${batchId}`)).body;

    // A wrong pack is loud and nothing goes on; so is a weight too far off.
    await page.getByText(word('station.scanPacks_one')).first().waitFor();
    await visit.settled();
    await visit.scan(packCode(base.code, '2002'));
    await page.getByText(word('errors.scan-mismatch')).first().waitFor();
    await visit.settled();
    await visit.clean('weigh wrong pack');
    await visit.scan(packCode(powder.code, '1001'));
    await page.locator('[data-scan=ok]').waitFor();
    const weight = page
      .getByLabel(word('compounding.weight').split(' (')[0] ?? '')
      .and(page.locator(':focus'));
    await weight.waitFor();
    await visit.write('1.3');
    await ready('compounding.keep');
    await keys.press('Enter');
    await page.getByRole('alert').getByText(word('errors.weighing-out-of-tolerance')).waitFor();
    expect((await batchNow()).items[0]?.quantityUsed).toBeNull();
    await visit.clean('weigh too much');
    await keys.press('Control+A');
    await visit.write('1.01');
    await ready('compounding.keep');
    await keys.press('Enter');

    // Scan, weight, Enter: three inputs for an ingredient.
    await page.getByText(word('station.scanPacks_one')).first().waitFor();
    await visit.settled();
    await visit.clean('weigh');
    keys.presses = 0;
    await visit.scan(packCode(base.code, '2002'));
    await page.locator('[data-scan=ok]').waitFor();
    await weight.waitFor();
    await visit.write('49');
    await ready('compounding.keep');
    await keys.press('Enter');
    expect(keys.presses).toBe(3);
    await ready('compounding.isMade');
    await visit.settled();
    await visit.clean('batch weighed');
    await keys.press('Enter');
    await page.getByText(word('compounding.needsOther')).waitFor();
    expect((await batchNow()).status).toBe('made');

    // The worksheet, to print.
    const { batchNumber } = await batchNow();
    const [sheet] = await Promise.all([context.waitForEvent('page'), keys.press('F8')]);
    await sheet.getByText(batchNumber).first().waitFor();
    await sheet.close();
    await visit.end();

    // Another person checks and releases; the fill goes on at its station.
    const second = await Visit.begin(browser, address, kind, checker);
    await second.page.goto(`/compounding/batches/${batchId}`);
    const sign = second.page
      .getByRole('button', { name: word('compounding.releaseAndFill') })
      .and(second.page.locator(':enabled'));
    await sign.waitFor();
    await second.settled();
    await second.clean('batch release');
    await second.keys.press('Enter');
    const [label] = await Promise.all([second.context.waitForEvent('page'), second.keys.press('F9')]);
    await label.getByText(batchNumber).or(label.getByText(rxNumber)).first().waitFor();
    await label.close();
    await second.page.waitForURL(/\/dispensing\/fill\/\d+/);
    const released = (await second.call<Batch>('GET', `/compound-batches/${batchId}`)).body;
    expect(released).toMatchObject({ status: 'released', fills: [{ fillId: expect.any(Number) as number }] });
    await second.page.goto(`/compounding/batches/${batchId}`);
    await second.page.getByText(word('compounding.checkedBy')).first().waitFor();
    await second.clean('batch released');

    // A recall of an ingredient: the batch, and whom it went to.
    await second.page.goto('/compounding');
    await second.heading('compounding.title').waitFor();
    await second.settled();
    await second.keys.press('F3');
    await second.keys.pick(powder.name, powder.name);
    await second.settled();
    const lots = second.page.getByRole('combobox', { name: word('compounding.lot') });
    await lots.getByRole('option').nth(1).waitFor({ state: 'attached' });
    await second.keys.tabTo(word('compounding.lot'));
    await second.keys.press('ArrowDown');
    await second.page.getByRole('columnheader', { name: word('compounding.givenTo') }).waitFor();
    await second.page.getByRole('table').getByText(rxNumber).first().waitFor();
    await second.clean('batches recall');
    await second.end();
  });

  it('is given up with a reason, and what was weighed goes back', async () => {
    const { visit, made, powder, base, tag } = await aLaboratory(VISITS[0] ?? fail());
    const { page, keys } = visit;
    const { formulaId } = await made<{ formulaId: number }>(visit, '/compound-formulas', {
      name: `Ointment ${tag}`,
      baseUnit: 'g',
      yieldQuantity: '100',
      preparationType: 'solid',
      beyondUseDays: 90,
      storage: 'room',
      method: 'Mix.',
      priceRule: { kind: 'fixed', price: '30.00' },
      items: [
        { drugId: powder.drugId, quantity: '2' },
        { drugId: base.drugId, quantity: '98' },
      ],
    });
    await page.goto('/compounding');
    await page.getByText(visit.word('compounding.noBatch')).waitFor();
    await visit.clean('batches empty');
    await page.goto(`/compounding/new?formulaId=${formulaId}&quantity=5000`);
    await page.getByText(visit.word('compounding.shortTitle')).waitFor();
    await visit.clean('batch short');
    const { batchId } = await made<Batch>(visit, '/compound-batches', { formulaId, quantity: '100' });
    await page.goto(`/compounding/batches/${batchId}`);
    await page.getByText(visit.word('station.scanPacks_one')).first().waitFor();
    await visit.settled();
    await keys.press('F7');
    await page
      .getByRole('dialog')
      .getByLabel(visit.word('transition.reason'))
      .and(page.locator(':focus'))
      .waitFor();
    await visit.write('spilled on the bench');
    await keys.tabTo(visit.word('compounding.discard'));
    await keys.press('Enter');
    await page.getByText('spilled on the bench').first().waitFor();
    await visit.clean('batch discarded');
    expect((await visit.call<Batch>('GET', `/compound-batches/${batchId}`)).body.status).toBe('discarded');
    await visit.end();
  });
});

function fail(): never {
  throw new Error('there is no language to visit in');
}
