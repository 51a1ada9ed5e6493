// Finding, reading and changing a product in a real browser, by keyboard alone, in English and in Arabic.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

describe('the catalogue, by keyboard alone', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)(
    'finds a product with a typing error, reads all about it and changes it, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;

      // The palette finds what was meant, and Enter opens it. (F3 would be the till's own where its shift is open.)
      await visit.ask('amxicilin');
      await page
        .getByRole('option', { name: /amoxicillin/i })
        .first()
        .waitFor();
      await visit.clean('palette');
      await keys.press('Enter');
      await page.waitForURL(/\/drugs\/\d+$/);
      await visit.heading('drugs.ingredients').waitFor();
      await visit.clean('product');

      // What stands around the product, tab by tab.
      await keys.tabTo(visit.word('drugs.tab.equivalents'));
      for (const tab of ['alternatives', 'rules', 'prices']) {
        await keys.press(visit.word('signIn.title') === 'Sign in' ? 'ArrowRight' : 'ArrowLeft');
        await page.getByRole('tab', { name: visit.word(`drugs.tab.${tab}`), selected: true }).waitFor();
        await visit.settled();
        await visit.clean(`product ${tab}`);
      }

      // A change is saved and shown.
      await keys.press('F7');
      await page.waitForURL(/\/edit$/);
      await page.getByLabel(visit.word('catalog.drugField.sourceUrl')).waitFor();
      await keys.tabTo(visit.word('catalog.drugField.sourceUrl'));
      await visit.write(`https://example.org/${kind.language}`);
      await visit.clean('product edit');
      await keys.press('Control+Enter');
      await page.waitForURL(/\/drugs\/\d+$/);
      await page.locator(`a[href="https://example.org/${kind.language}"]`).waitFor();
      console.info(`found, read and changed in ${kind.language}: ${keys.presses} inputs`);
      await visit.end();
    },
  );

  it.each(VISITS)('narrows a search with facets and keeps it in the address, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    await keys.press('Alt+3');
    await visit.heading('drugs.title').waitFor();
    await keys.type('amox');
    await page.waitForURL(/q=amox/);
    const rows = page.locator('[aria-busy=false]').getByRole('table').getByRole('row');
    await page.locator('[aria-busy=false]').getByText('Amoxabel').first().waitFor();
    await visit.settled();
    const all = await rows.count();
    await visit.clean('drug search');

    const forms = await visit.call<{ data: { name: string; nameAr: string | null }[] }>(
      'GET',
      '/reference/dosage-forms?q=suspension',
    );
    const form = forms.body.data.find((one) => one.name === 'suspension');
    const suspension = (kind.language === 'ar' && form?.nameAr) || 'suspension';
    await page.getByRole('checkbox', { name: suspension }).waitFor();
    await keys.tabTo(suspension);
    await keys.press('Space');
    await page.waitForURL(/dosageForm=/);
    await page.getByRole('group', { name: visit.word('drugs.chosenFilters') }).waitFor();
    await expect.poll(() => page.getByRole('table').getByText('Amoxabel').count()).toBe(0);
    await visit.settled();
    expect(await page.getByRole('table').getByRole('row').count()).toBeLessThan(all);
    await visit.clean('drug search narrowed');

    await page.reload();
    await page.getByRole('group', { name: visit.word('drugs.chosenFilters') }).waitFor();
    await keys.press('Alt+X');
    await expect.poll(() => rows.count()).toBe(all);
    expect(page.url()).not.toContain('dosageForm');

    // From a filter into the field, down from it into the list, Enter opens the first.
    await keys.tabTo(suspension);
    await keys.press('/');
    await page.locator('input[data-row-search]:focus').waitFor();
    // Down from the field into the list, Enter opens the first.
    await keys.press('ArrowDown', 'Enter');
    await page.waitForURL(/\/drugs\/\d+$/);
    await visit.end();
  });

  it('says what was tried when nothing is found, and why something was found', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const { page, keys } = visit;
    await keys.press('Alt+3');
    await visit.heading('drugs.title').waitFor();
    await keys.type('acetaminophen');
    await page
      .getByRole('table')
      .getByText(`${visit.word('matchKind.synonym')}:`)
      .first()
      .waitFor();
    await keys.press('Control+A');
    await keys.type('bcdfghjklmnpqrstvwxz xkcdwv');
    await page.getByText(visit.word('drugs.tried')).waitFor();
    await visit.clean('nothing found');
    await visit.end();
  });

  it('puts an OTC product from the palette into the till’s basket, and no prescription-only one', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const { page, keys } = visit;
    await visit.ask('Paravelin 500 mg 20');
    await page.getByRole('option', { name: /Paravelin 500 mg 20/ }).waitFor();
    await page.getByText(visit.word('palette.toBasket')).waitFor();
    await keys.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Paravelin 500 mg 20' }).first().waitFor();

    await visit.ask('Amoxabel 500');
    await page
      .getByRole('option', { name: /Amoxabel/ })
      .first()
      .waitFor();
    await keys.press('Control+Enter');
    expect(await page.getByRole('dialog').count()).toBe(1);
    await visit.end();
  });

  it('shows what was scanned on a screen that takes no scans, and goes back to where one was', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const { page, keys } = visit;
    const found = await visit.call<{ data: { drugId: number }[] }>('GET', '/drugs/search?q=Amoxabel&limit=1');
    const drug = await visit.call<{ barcodes: { code: string }[] }>(
      'GET',
      `/drugs/${found.body.data[0]?.drugId ?? 0}`,
    );
    await page.goto('/catalog/lists/companies');
    await page.locator('[data-row-link]').first().waitFor();
    await keys.press('ArrowDown');
    const row = page.locator('[data-row-link]:focus');
    const name = await row.textContent();

    await visit.scan(drug.body.barcodes[0]?.code ?? '');
    await page.getByRole('option', { name: /Amoxabel/ }).waitFor();
    await visit.clean('scan');
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => row.textContent()).toBe(name);

    // A second one inside the palette takes the place of the first; what is unknown is said to be so.
    await visit.scan(drug.body.barcodes[0]?.code ?? '');
    await page.getByRole('option', { name: /Amoxabel/ }).waitFor();
    await visit.scan('4006381333931');
    await page.getByText(visit.word('palette.nothing')).waitFor();

    // Escape on a product goes back to the search it was found with.
    await page.goto('/drugs?q=amoxabel');
    await page.locator('[data-row-link]').first().waitFor();
    await keys.press('ArrowDown', 'Enter');
    await page.waitForURL(/\/drugs\/\d+$/);
    await visit.heading('drugs.ingredients').waitFor();
    await keys.press('Escape');
    await page.waitForURL(/\/drugs\?q=amoxabel$/);
    await visit.end();
  });

  it('shows what somebody else changed meanwhile instead of overwriting it', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const { page, keys } = visit;
    const found = await visit.call<{ data: { drugId: number }[] }>(
      'GET',
      '/drugs/search?q=Paravelin%20500%20mg%20100&limit=1',
    );
    const path = `/drugs/${found.body.data[0]?.drugId ?? 0}`;
    await page.goto(`${path}/edit`);
    await page.getByLabel(visit.word('catalog.drugField.strength')).waitFor();
    const read = await visit.call<{ version: number }>('GET', path);
    const other = await visit.call('PATCH', path, { version: read.body.version, price: '91.00' });
    expect(other.status).toBe(200);

    await keys.tabTo(visit.word('catalog.drugField.strength'));
    await keys.press('Control+A');
    await visit.write('0.5 g');
    await keys.press('Control+Enter');
    await page.getByText(visit.word('errors.stale-version')).waitFor();
    await page.getByRole('cell', { name: '91.00' }).waitFor();
    await visit.clean('product conflict');
    await keys.tabTo(visit.word('catalog.keepMine'));
    await keys.press('Enter');
    await keys.press('Control+Enter');
    await page.waitForURL(/\/drugs\/\d+$/);
    const after = await visit.call('GET', path);
    expect(after.body).toMatchObject({ strength: '0.5 g', price: '91.00' });
    await visit.end();
  });
});

function fail(): never {
  throw new Error('there is no language to visit in');
}
