// Prices and limits by keyboard, in English and in Arabic: a tax class for the branch, a promotion, a limit; then the till shows what they do, asks
// who buys, and sells. axe looks at each screen.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aCaller, aColleague, aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Sale {
  total: string;
  taxTotal: string;
  discountTotal: string;
}

describe('prices and limits on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('are set, shown at the till and kept to, in $language', async (kind) => {
    const world = await aStation(address);
    const manager = await aColleague(address, world, 'administrator');
    const boss = await aCaller(address, manager);
    const tag = `${kind.language}${Date.now().toString(36)}`.toUpperCase();
    const brand = kind.language === 'en' ? 'Sunveil' : 'Raycalm';
    const drugName = `${brand} cream`;
    const { body: drug } = await boss.call<{ drugId: number }>('POST', '/drugs', {
      ...{
        name: drugName,
        nameAr: 'سن فيل',
        price: '114.00',
        baseUnit: 'piece',
        unitsPerPack: '1',
        rxOnly: false,
      },
    });
    const items = [
      {
        drugId: drug.drugId,
        lotNumber: `SV-${tag}`,
        expiryDate: '2033-03-31',
        quantity: '60',
        unitCost: '40',
      },
    ];
    expect((await boss.call('POST', '/inventory/receive', { items })).status).toBe(201);
    await boss.call('POST', '/till-shifts', { openingFloat: '100' });
    // A new product is found a moment after it was made.
    const found = async (): Promise<string[]> => {
      const { body } = await boss.call<{ data: { name: string }[] }>('GET', `/drugs/search?q=${brand}`);
      return body.data.map(({ name }) => name);
    };
    await expect.poll(found).toContain(drugName);

    const visit = await Visit.begin(browser, address, kind, manager);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const dialog = page.getByRole('dialog');
    const focused = (name: string) => dialog.getByLabel(word(name)).and(page.locator(':focus')).waitFor();
    const saved = async (): Promise<void> => {
      await keys.tabTo(word('common.save'));
      await keys.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await visit.settled();
    };

    // A tax class whose prices hold the tax, and the branch has it.
    await page.goto('/pricing/taxes');
    await visit.heading('taxes.title').waitFor();
    await visit.settled();
    await keys.press('F9');
    await focused('taxes.code');
    await visit.write(`V-${tag}`);
    await keys.tabTo(word('promotions.nameEn'));
    await visit.write('Standard rate');
    await keys.tabTo(word('promotions.nameAr'));
    await visit.write('النسبة الأساسية');
    await keys.tabTo(word('taxes.rateToday'));
    await visit.write('14');
    await visit.clean('tax class form');
    await saved();
    await page.getByRole('button', { name: `V-${tag}` }).waitFor();
    await keys.press('F4');
    await focused('taxes.isDefault');
    await keys.type(`V-${tag}`);
    await saved();
    await page.getByText(word('taxes.isDefault')).first().waitFor();
    await visit.clean('tax classes');
    await page.getByRole('button', { name: `V-${tag}` }).focus();
    await keys.press('Enter');
    await dialog.getByText(word('taxes.inEffect')).waitFor();
    await visit.clean('tax class');
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    // Three for two.
    await page.goto('/pricing/promotions');
    await page.getByText(word('promotions.empty')).waitFor();
    await visit.clean('promotions none');
    await keys.press('F9');
    await focused('promotions.nameEn');
    await visit.write('Summer');
    await keys.tabTo(word('promotions.nameAr'));
    await visit.write('عرض الصيف');
    await keys.tabTo(word('promotions.kind'));
    await keys.press('ArrowDown', 'ArrowDown');
    await dialog.getByLabel(word('promotions.buy')).waitFor();
    await visit.settled();
    await dialog.getByLabel(word('promotions.addDrug')).focus();
    await focused('promotions.addDrug');
    await keys.pick(brand, drugName);
    await dialog
      .getByRole('list', { name: word('promotions.on') })
      .getByRole('listitem')
      .waitFor();
    await visit.clean('promotion form');
    await saved();
    await page.getByText(word('promotions.status.active')).last().waitFor();
    await visit.clean('promotions');

    // At most two at once, from eighteen years on.
    await page.goto('/pricing/limits');
    await page.getByText(word('purchaseLimits.empty')).waitFor();
    await visit.settled();
    await keys.press('F9');
    await focused('purchaseLimits.on');
    await keys.tabTo(word('purchaseLimits.sorts.drug'));
    await keys.press('Tab');
    await keys.pick(brand, drugName);
    await keys.tabTo(word('purchaseLimits.perSaleIn').replace(' ({{unit}})', ''));
    await visit.write('2');
    await keys.tabTo(word('purchaseLimits.minimumAge'));
    await visit.write('18');
    await keys.tabTo(word('purchaseLimits.reason'));
    await visit.write('House rule 4');
    await visit.clean('purchase limit form');
    await saved();
    await page.getByText('House rule 4').waitFor();
    await visit.clean('purchase limits');

    // The till: 3 × 114.00 less one free, of which 14 % is 28.00; it asks who buys, and why so many.
    await page.goto('/till');
    await page.getByLabel(word('till.item')).and(page.locator(':focus')).waitFor();
    await keys.pick(brand, drugName);
    await page
      .getByRole('table', { name: word('till.lines') })
      .getByText(drugName)
      .waitFor();
    await page.getByLabel(word('till.item')).and(page.locator(':focus')).waitFor();
    await expect.poll(() => page.getByLabel(word('till.item')).inputValue()).toBe('');
    const quantity = page.getByLabel(word('till.quantityOf').replace('{{name}}', drugName));
    await keys.type('++');
    await expect.poll(() => quantity.inputValue()).toBe('3');
    await page.getByTestId('till-total').getByText('228.00').waitFor();
    await page.getByTestId('till-sums').getByText('28.00').waitFor();
    await visit.clean('till with promotion and tax');
    await keys.press('F4');
    const birthDate = dialog.getByLabel(word('buyer.birthDate'));
    await birthDate.waitFor();
    await visit.clean('payment asks who buys');
    // A date field is typed in the order of its language, which no test knows.
    await birthDate.fill('1990-05-05');
    await keys.tabTo(word('buyer.why').replace('{{name}}', '').trim());
    await visit.write('for the whole family');
    await keys.press('Enter');
    await dialog.getByText(word('pay.posted')).waitFor();
    await visit.clean('payment after who buys');
    const { body } = await visit.call<{ data: Sale[] }>('GET', '/sales?limit=1');
    expect(body.data[0]).toMatchObject({ total: '228.00', discountTotal: '114.00', taxTotal: '28.00' });
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });

    // It was used: from now on it is ended, and nothing else.
    await page.goto('/pricing/promotions');
    await visit.settled();
    await page.locator('[data-row-link]').first().focus();
    await keys.press('Enter');
    await dialog.getByText(word('promotions.isUsed')).waitFor();
    await visit.clean('promotion used');
    await keys.tabTo(word('promotions.end'));
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(word('promotions.status.ended')).last().waitFor();
    await visit.end();
  });
});
