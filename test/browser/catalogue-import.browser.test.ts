// Loading a catalogue, taking it back, linking what it did not know, and looking after lists: by keyboard alone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

const FIRST = `code,name,composition,form,maker,price
T1,Testomol 500 mg 20 tablets,Paracetamol 500 mg,tablet,Alpha Pharma,25.00
T2,Testopril 10 mg 30 tablets,Lisinopril 10 mg,tablet,Alpha Pharma,60.00
T3,Testocillin 500 mg 16 capsules,Cefalexin 500 mg,capsule,Beta Labs,44.50
T4,Testoxyz 5 mg 10 tablets,Zyxoprofenal 5 mg,tablet,Beta Labs,12.00
T5,Testobad,Paracetamol,tablet,Beta Labs,abc
`;
/** Dearer, with another ingredient, without one product and with a new one. */
const SECOND = `code,name,composition,form,maker,price
T1,Testomol 500 mg 20 tablets,Paracetamol 500 mg,tablet,Alpha Pharma,27.50
T2,Testopril 10 mg 30 tablets,Enalapril 10 mg,tablet,Alpha Pharma,60.00
T4,Testoxyz 5 mg 10 tablets,Zyxoprofenal 5 mg,tablet,Beta Labs,12.00
T6,Testovit 1 g 20 tablets,Ascorbic acid 1 g,tablet,Alpha Pharma,33.00
`;

/** The list with names of its own, so that what one language loads is not in the way of the other. */
function named(list: string, language: string): string {
  return list.replaceAll('Testo', `Testo${language}`);
}

describe('loading and looking after the catalogue, by keyboard alone', () => {
  const address = product().address;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-import-'));
    for (const { language } of VISITS) {
      await writeFile(join(folder, `first-${language}.csv`), named(FIRST, language));
      await writeFile(join(folder, `second-${language}.csv`), named(SECOND, language));
    }
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** From the list of imports to the preview of a file. */
  async function preview(visit: Visit, source: string, file: string): Promise<void> {
    const { page, keys } = visit;
    await keys.press('Alt+9');
    await visit.heading('imports.title').waitFor();
    await keys.press('F9');
    await visit.heading('imports.chooseSource').waitFor();
    await page.getByRole('radio').first().waitFor();
    // Up from the first of the sources leads around to the last: a table of one's own.
    await keys.tabTo('Health Canada');
    await keys.press('ArrowUp');
    await keys.tabTo(visit.word('imports.chooseFiles'));
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), keys.press('Enter')]);
    await chooser.setFiles(join(folder, file));
    await keys.tabTo(visit.word('imports.sourceName'));
    await visit.write(source);
    await keys.press('Tab');
    await visit.write(`List of ${source}`);
    await keys.press('Tab');
    await visit.write('own');
    await visit.clean('import mapping');
    await page
      .getByRole('button', { name: visit.word('imports.start') })
      .and(page.locator(':enabled'))
      .waitFor();
    await keys.press('Control+Enter');
    await page.waitForURL(/\/catalog\/imports\/\d+$/);
    await page.getByText(visit.word('imports.status.staged'), { exact: true }).first().waitFor();
  }

  async function step(visit: Visit, key: 'F4' | 'F7', status: 'applied' | 'reverted'): Promise<void> {
    const { page, keys } = visit;
    await keys.press(key);
    await page.getByRole('dialog').waitFor();
    await visit.clean(status === 'applied' ? 'import apply' : 'import revert');
    await keys.press('F4');
    await page
      .getByText(visit.word(`imports.status.${status}`), { exact: true })
      .first()
      .waitFor();
  }

  it.each(VISITS)(
    'previews, applies and takes back a list of one’s own, and links its unknown ingredient, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      const { language } = kind;
      const source = `list-${language}`;
      const brand = `Testo${language}`;
      const prices = async (q: string): Promise<string[]> => {
        const { body } = await visit.call<{ data: { name: string; price: string; status: string }[] }>(
          'GET',
          `/drugs/search?q=${brand}${q}&limit=5`,
        );
        return body.data
          .filter((hit) => hit.name.startsWith(brand))
          .map((hit) => `${hit.price} ${hit.status}`);
      };

      await preview(visit, source, `first-${language}.csv`);
      await page.getByText(`${brand}mol 500 mg 20 tablets`).first().waitFor();
      await visit.clean('import preview');
      await expect.poll(() => prices('mol')).toEqual([]);
      await keys.tabTo(visit.word('imports.changes'));
      await keys.press(language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
      await page.getByRole('cell', { name: 'abc', exact: true }).waitFor();
      await visit.clean('import refused');
      // What was read is still there after a reload.
      await page.reload();
      await page.getByText(visit.word('imports.status.staged')).first().waitFor();
      await step(visit, 'F4', 'applied');
      await expect.poll(() => prices('mol')).toEqual(['25.00 active']);

      // The unknown ingredient is on the worklist; one key links it, one takes it back.
      await page.goto('/catalog/worklist');
      await page.getByText('zyxoprofenal').first().waitFor();
      await visit.clean('worklist');
      await keys.type('zyxoprofenal');
      await expect.poll(() => page.locator('[data-raw-text]').count()).toBe(1);
      await keys.press('ArrowDown', '1');
      await page.getByTestId('last-decision').waitFor();
      await visit.clean('worklist linked');
      await keys.press('u');
      await page.getByText('zyxoprofenal').first().waitFor();
      await page.getByTestId('last-decision').waitFor({ state: 'detached' });

      await preview(visit, source, `second-${language}.csv`);
      for (const change of ['ingredients', 'discontinued', 'price_up', 'new'])
        await page.getByRole('button', { name: visit.word(`imports.kind.${change}`) }).waitFor();
      await keys.tabTo(visit.word('imports.kind.ingredients'));
      await keys.press('Enter');
      await page.getByText(`${brand}pril 10 mg 30 tablets`).waitFor();
      await visit.clean('import diff');
      await step(visit, 'F4', 'applied');
      await expect.poll(() => prices('mol')).toEqual(['27.50 active']);
      await expect.poll(() => prices('cillin')).toEqual(['44.50 discontinued']);
      await step(visit, 'F7', 'reverted');
      await expect.poll(() => prices('mol')).toEqual(['25.00 active']);
      await expect.poll(() => prices('cillin')).toEqual(['44.50 active']);
      console.info(`imported, linked and reverted in ${language}: ${keys.presses} inputs`);

      // Out of the way of the other language.
      await page.goto('/catalog/imports');
      await visit.heading('imports.title').waitFor();
      await visit.clean('imports');
      await visit.end();
    },
  );

  it.each(VISITS)('looks after lists and ingredients, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const name = `Kahira Pharma ${kind.language}`;
    await page.goto('/catalog/lists/companies');
    await visit.heading('catalog.list.companies').waitFor();
    await keys.press('F9');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').locator('input:focus, textarea:focus').waitFor();
    await visit.write(name);
    await visit.clean('new company');
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.type('Kahira');
    await page.getByRole('table').getByText(name).waitFor();
    await visit.clean('companies');

    for (const list of ['dosage-forms', 'routes', 'categories', 'ingredient-groups', 'handling-flags']) {
      await page.goto(`/catalog/lists/${list}`);
      await visit.heading(`catalog.list.${list}`).waitFor();
      await page.getByRole('table').waitFor();
      await visit.clean(list);
    }

    await page.goto('/catalog/ingredients');
    await visit.heading('catalog.ingredients').waitFor();
    await keys.type('paracetamol');
    await page.getByRole('table').getByText('paracetamol', { exact: true }).first().waitFor();
    await visit.clean('ingredients');
    await keys.press('ArrowDown', 'Enter');
    await page.getByRole('dialog').waitFor();
    await visit.clean('ingredient');
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visit.end();
  });

  it('shows nobody what he may not do', async () => {
    const admin = await Visit.begin(browser, address, VISITS[0] ?? fail());
    const roles = await admin.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const branches = await admin.call<{ data: { branchId: number }[] }>('GET', '/branches?limit=100');
    const password = 'nine blue buttons on a coat';
    const made = await admin.call('POST', '/users', {
      username: 'technician1',
      fullName: 'A technician',
      password,
      mustChangePassword: false,
      roleIds: roles.body.data.filter((role) => role.name === 'technician').map((role) => role.roleId),
      branchIds: branches.body.data.slice(0, 1).map((branch) => branch.branchId),
    });
    expect(made.status).toBe(201);
    await admin.end();

    const visit = await Visit.begin(browser, address, VISITS[0] ?? fail(), {
      username: 'technician1',
      password,
    });
    const { page, keys } = visit;
    expect(await page.getByRole('link', { name: visit.word('nav.catalog') }).count()).toBe(0);
    await visit.ask('amox');
    await page.getByRole('option', { name: /Amox/ }).first().waitFor();
    await keys.press('Enter');
    await page.waitForURL(/\/drugs\/\d+$/);
    await visit.heading('drugs.ingredients').waitFor();
    expect(await page.getByRole('button', { name: visit.word('drugs.edit') }).count()).toBe(0);
    for (const address of ['/catalog/imports', '/catalog/worklist', '/catalog/imports/new', '/drugs/new']) {
      await page.goto(address);
      await page.getByText(visit.word('errors.forbidden')).waitFor();
    }
    await visit.end();
  });
});

function fail(): never {
  throw new Error('there is no language to visit in');
}
