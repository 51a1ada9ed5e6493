// A branch under a hub, on screen: what looks after master data says that it is done at the hub, and a change that is refused is told and kept;
// by keyboard alone, in English and in Arabic, light and dark. axe looks at each.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

/** Screens that change master data. */
const SCREENS = ['/catalog/ingredients', '/catalog/lists/routes', '/rules/interactions'];

/** As the server answers at a branch (src/reference/hub/hub.db.test.ts has a real one). */
const REFUSED = {
  type: 'https://meditory.dev/problems/managed-by-hub',
  title: 'Managed by the hub',
  status: 409,
  code: 'managed-by-hub',
  detail: 'Products, lists and clinical rules come from the hub.',
};

describe('a branch under a hub, on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('says where master data is changed, and what was refused, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const notice = page.getByText(visit.word('errorDetail.managed-by-hub'));
    // An installation of its own says nothing.
    await page.goto('/rules/interactions');
    await visit.heading('rules.kind.interactions').waitFor();
    await visit.settled();
    expect(await notice.count()).toBe(0);

    await page.route('**/api/reference/hub', async (route) => {
      const answer = await route.fetch();
      const hub = (await answer.json()) as object;
      await route.fulfill({ response: answer, json: { ...hub, role: 'branch' } });
    });
    for (const path of SCREENS) {
      await page.goto(path);
      await notice.waitFor();
      await visit.clean(`branch of a hub ${path.split('/').at(-1) ?? ''}`);
    }

    const found = await visit.call<{ data: { drugId: number }[] }>(
      'GET',
      '/drugs/search?q=Paravelin%20500%20mg%20100&limit=1',
    );
    const path = `/drugs/${found.body.data[0]?.drugId ?? 0}`;
    const before = await visit.call<{ version: number; strength: string }>('GET', path);
    await page.route(`**/api${path}`, (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({
            status: 409,
            contentType: 'application/problem+json',
            body: JSON.stringify(REFUSED),
          })
        : route.continue(),
    );
    await page.goto(`${path}/edit`);
    await page.getByLabel(visit.word('catalog.drugField.strength')).waitFor();
    await notice.waitFor();
    await visit.settled();
    await keys.tabTo(visit.word('catalog.drugField.strength'));
    await keys.press('Control+A');
    await visit.write('0.75 g');
    await keys.press('Control+Enter');
    // The notice says it before, the alert says that this change was not taken; what was typed stays.
    await page
      .getByRole('alert')
      .filter({ hasText: visit.word('errorDetail.managed-by-hub') })
      .waitFor();
    expect(await page.getByLabel(visit.word('catalog.drugField.strength')).inputValue()).toBe('0.75 g');
    await visit.clean('branch of a hub refused');
    expect((await visit.call('GET', path)).body).toMatchObject(before.body);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await visit.end();
  });
});
