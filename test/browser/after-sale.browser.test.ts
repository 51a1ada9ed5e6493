// Around a sale by scanner and keyboard alone, in English and in Arabic: hold and resume, a return in three inputs, an exchange, a credit
// note at the till, a quotation, printers, tags, and the customer's display.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aColleague, aStation } from './station-world.js';
import { aProductWithCode } from './till-world.js';
import { Visit, VISITS } from './visit.js';

interface Sale {
  saleId: number;
  saleNumber: string;
  total: string;
}

describe('around a sale', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function aTill(kind: (typeof VISITS)[number]) {
    const world = await aStation(address);
    const manager = await aColleague(address, world, 'administrator');
    const boss = await aCaller(address, manager);
    const { drugId, code } = await aProductWithCode(boss, 'Handrub');
    const visit = await Visit.begin(browser, address, kind, manager);
    await visit.call('POST', '/till-shifts', { openingFloat: '100' });
    const sell = async (quantity: string): Promise<Sale> => {
      const body = {
        items: [{ drugId, quantity, unit: 'pack' }],
        payments: [{ method: 'cash', amount: '100.00' }],
      };
      return (await visit.call<Sale>('POST', '/sales', body)).body;
    };
    const open = async (): Promise<void> => {
      await visit.page.goto('/till');
      await visit.page.getByRole('button', { name: visit.word('held.title') }).waitFor();
      await visit.settled();
    };
    return {
      visit,
      page: visit.page,
      keys: visit.keys,
      word: (key: string) => visit.word(key),
      code,
      sell,
      open,
      boss,
    };
  }

  it.each(VISITS)('something is taken back in three inputs, in $language', async (kind) => {
    const { visit, page, keys, word, code, sell, open } = await aTill(kind);
    const sale = await sell('2');
    await open();
    const before = keys.presses;
    await visit.scan(sale.saleNumber);
    await page.getByRole('heading', { name: sale.saleNumber }).waitFor();
    await page.getByText(word('takeBack.scanItem')).first().waitFor();
    await visit.settled();
    await visit.scan(code);
    await page.locator('[data-scan="ok"]').waitFor();
    await visit.clean('return at the till');
    await keys.press('F4');
    await page.getByTestId('given-cash').waitFor();
    expect(keys.presses - before).toBe(3);
    expect(await page.getByTestId('given-cash').textContent()).toContain('12.50');
    await visit.clean('return done');
    await keys.press('Enter');
    await page.waitForURL(/\/till/);

    // The second one for something else, and the rest as a credit note.
    await visit.settled();
    await visit.scan(sale.saleNumber);
    await page.getByText(word('takeBack.scanItem')).first().waitFor();
    await visit.settled();
    await visit.scan(code);
    await page.locator('[data-scan="ok"]').waitFor();
    await visit.scan(code);
    await page.locator('[data-scan="stop"]').waitFor();
    await keys.press('F9');
    await visit.scan(code);
    await page.locator('[data-scan="ok"]').waitFor();
    await visit.scan(code);
    await expect.poll(() => page.getByTestId('net').textContent()).toContain('12.50');
    await visit.clean('exchange at the till');
    await keys.press('F4');
    await page.getByRole('button', { name: word('takeBack.toTill') }).waitFor();
    await visit.end();
  });

  it.each(VISITS)('a basket is held, resumed and becomes a quotation, in $language', async (kind) => {
    const { visit, page, keys, word, code, open } = await aTill(kind);
    const dialog = page.getByRole('dialog');
    await open();
    await visit.scan(code);
    await page.locator('[data-scan="ok"]').waitFor();
    await keys.press('F7');
    await dialog.getByLabel(word('held.label')).and(page.locator(':focus')).waitFor();
    await visit.write('the lady with the dog');
    await visit.clean('basket to hold');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(word('till.empty')).waitFor();
    await visit.settled();
    await keys.press('F7');
    await dialog.getByRole('button', { name: 'the lady with the dog' }).and(page.locator(':focus')).waitFor();
    await visit.clean('held baskets');
    // Discarded by mistake, and back.
    await keys.press('Delete');
    await dialog.getByRole('button', { name: word('held.undo') }).waitFor();
    await keys.press('Alt+z');
    await dialog.getByRole('list').getByText('the lady with the dog').waitFor();
    await visit.settled();
    await keys.tabTo('the lady with the dog');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByTestId('till-total').getByText('12.50').waitFor();

    await visit.settled();
    await keys.press('F7');
    await dialog.getByLabel(word('held.label')).and(page.locator(':focus')).waitFor();
    await visit.write('Clinic Delta');
    await keys.press('F9');
    await page.waitForURL(/\/quotations\/\d+/);
    await page.getByTestId('quotation-total').getByText('12.50').waitFor();
    await visit.clean('quotation');
    await keys.press('F4');
    await page.getByText(word('pay.saleNumber')).first().waitFor();
    await page.goto('/quotations');
    await page.getByText('Clinic Delta').waitFor();
    await visit.clean('quotations');
    await visit.end();
  });

  it.each(VISITS)('a credit note pays, printers and tags are looked after, in $language', async (kind) => {
    const { visit, page, keys, word, code, sell, open } = await aTill(kind);
    const dialog = page.getByRole('dialog');
    const sale = await sell('2');
    const detail = await visit.call<{ items: { saleItemId: number }[] }>('GET', `/sales/${sale.saleId}`);
    const back = await visit.call<{ payments: { reference: string }[] }>(
      'POST',
      `/sales/${sale.saleId}/return`,
      {
        ...{ reason: 'not needed', refundAs: 'credit_note' },
        items: [{ saleItemId: detail.body.items[0]?.saleItemId, quantity: '2' }],
      },
    );
    const number = back.body.payments[0]?.reference ?? '';

    // The customer's window beside the till.
    const customer = await visit.context.newPage();
    await customer.goto('/customer-display');
    await customer.getByText(word('display.welcome')).waitFor();
    await open();
    await visit.scan(code);
    await page.locator('[data-scan="ok"]').waitFor();
    await customer.getByTestId('display-total').getByText('12.50').waitFor();
    await keys.press('F4');
    await dialog.getByLabel(word('pay.cash')).and(page.locator(':focus')).waitFor();
    await keys.tabTo(word('creditNotes.redeem'));
    await visit.write(number);
    await dialog.getByText('25.00').waitFor();
    await visit.clean('credit note at the till');
    await keys.press('Enter');
    await page.getByTestId('change').waitFor();
    await customer.getByText(word('display.thanks')).waitFor();
    if (process.env.MEDITORY_SCREENSHOTS === 'write')
      await customer.screenshot({
        path: `docs/screenshots/customer-display-${kind.language}-${kind.colorScheme}.png`,
      });
    await customer.close();

    await page.goto(`/credit-notes?q=${number}`);
    await page.getByRole('table').getByText('12.50').waitFor();
    await visit.clean('credit notes');

    await page.goto('/printing');
    await page.getByText(word('printing.none')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await dialog.getByLabel(word('printing.name')).and(page.locator(':focus')).waitFor();
    await visit.write('Till 1');
    await keys.tabTo(word('printing.host'));
    await visit.write('127.0.0.1');
    await keys.tabTo(word('printing.port'));
    await keys.press('Control+A');
    await visit.write('9');
    await visit.clean('receipt printer');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await keys.tabTo(word('printing.testNamed').replace('{{name}}', 'Till 1'));
    await keys.press('Enter');
    await page.getByText(word('printing.failure.unreachable')).first().waitFor();
    await visit.clean('printing');

    await page.goto('/after-sale-settings');
    await page.getByLabel(word('afterSale.heldHours')).and(page.locator(':focus')).waitFor();
    await visit.clean('after sale settings');

    await page.goto('/inventory/tags?q=Handrub');
    await page.getByRole('table').getByText('Handrub').first().waitFor();
    await visit.settled();
    await keys.tabTo(word('tags.all'));
    await keys.press('Enter');
    await page
      .getByLabel(word('tags.copiesOf').split('{{')[0] ?? '')
      .first()
      .waitFor();
    await visit.clean('price tags');
    await visit.end();
  });
});
