// How the installation is, on screen: every part, a job done by keyboard, statements by another order, in English and in Arabic; and the banner
// above every screen while the server says that its disk is nearly full. axe looks at both.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

const SECTIONS = ['health', 'server', 'jobs', 'storage', 'statements', 'licences'];
const JOB = 'expiry';

describe('operations on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('shows each part, and does a job by keyboard, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    await page.goto('/operations');
    await visit.heading('operations.title').waitFor();
    const table = (name: string) => page.getByRole('table', { name: visit.word(`operations.${name}`) });
    for (const section of SECTIONS)
      await page.getByRole('region', { name: visit.word(`operations.${section}`) }).waitFor();
    await table('health').getByText('database', { exact: true }).waitFor();
    await table('pools').waitFor();
    await table('statements').getByText('platform.settings').waitFor();
    await table('licences').getByText('MIT', { exact: true }).waitFor();
    await visit.clean('operations');

    const ran = page.waitForResponse((answer) => answer.url().endsWith(`/operations/jobs/${JOB}/run`));
    await keys.tabTo(visit.word('operations.runJob').replace('{{name}}', JOB));
    await keys.press('Enter');
    expect((await ran).status()).toBe(200);
    await visit.settled();
    await table('jobs')
      .getByRole('row')
      .filter({ hasText: JOB })
      .getByText(visit.word('operations.outcome.done'))
      .waitFor();

    const ordered = page.waitForResponse((answer) =>
      answer.url().includes('/operations/statements?sort=calls'),
    );
    await keys.tabTo(visit.word('operations.sortBy'));
    await keys.press('ArrowDown', 'ArrowDown');
    expect((await ordered).status()).toBe(200);
    await visit.settled();
    await visit.end();
  });

  it.each(VISITS)(
    'the disk that is nearly full stands above every screen until it is over, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      let isLow = true;
      // The answers are the server's; what it says of its disk is put into them.
      await page.route('**/api/**', async (route) => {
        const answer = await route.fetch();
        const low: Record<string, string> = isLow ? { 'x-meditory-storage': 'low' } : {};
        await route.fulfill({ response: answer, headers: { ...answer.headers(), ...low } });
      });
      const banner = page.getByRole('alert').filter({ hasText: visit.word('storageLow.title') });
      await page.goto('/patients');
      await banner.waitFor();
      await visit.clean('storage low');
      // Looking up works meanwhile; and one answer is enough to know that it is over.
      await keys.press('Alt+3');
      await page.waitForURL('**/drugs**');
      await banner.waitFor();
      isLow = false;
      await banner.waitFor({ state: 'hidden' });
      await visit.end();
    },
  );
});
