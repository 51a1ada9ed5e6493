// How the installation is, on screen: every part, a job done by keyboard, statements by another order, in English and in Arabic; and the banner
// above every screen while the server says that its disk is nearly full. axe looks at both.
import type { APIResponse, Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

const SECTIONS = ['health', 'backups', 'auditChain', 'server', 'jobs', 'storage', 'statements', 'licences'];
const JOB = 'expiry';

const backup = (id: string, more: object) => ({
  ...{
    id,
    kind: 'physical',
    takenAt: '2026-11-20T03:00:00Z',
    endedAt: '2026-11-20T03:05:00Z',
    bytes: 5_000_000,
  },
  ...{ program: '1.0.0', checkedAt: null, isProven: false, restoreSeconds: null, faults: [] },
  ...more,
});
const STANDING = {
  ...{ directory: '/backups', isRunning: false, hour: 3, keep: 7, nextAt: '2026-11-21T03:00:00Z' },
  ...{ rpoSeconds: 12, rtoSeconds: 75, archivedUntil: '2026-11-20T10:00:00Z', archiveBytes: 1_000_000 },
  lastFailure: { at: '2026-11-20T04:00:00Z', message: 'no space left' },
  data: [
    backup('20261120T030000Z-physical', {}),
    backup('20261119T030000Z-physical', {
      isProven: true,
      checkedAt: '2026-11-19T03:10:00Z',
      restoreSeconds: 75,
    }),
    backup('20261118T030000Z-physical', {
      kind: null,
      takenAt: null,
      bytes: null,
      faults: ['It was renamed.'],
    }),
  ],
};

const REPLICAS = [
  { name: '10.0.0.2:5432', state: 'ok', lagMs: 1234, words: 'follows' },
  {
    name: '10.0.0.3:5432',
    state: 'late',
    lagMs: 95_000,
    words: 'is more than 30 s behind, or not measured yet',
  },
  { name: '10.0.0.4:5432', state: 'down', lagMs: null, words: 'does not answer' },
] as const;

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
    'says how to set backups up, refuses one until then in words, and shows backups where there are some, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      const word = (name: string) => visit.word(`operations.${name}`);
      await page.goto('/operations');
      const backups = page.getByRole('region', { name: word('backups') });
      await backups.getByText(word('backupsOffHint')).waitFor();
      const chain = page.getByRole('region', { name: word('auditChain') });
      await chain.getByText(word('sealLag')).waitFor();
      const refused = page.waitForResponse(
        (answer) => answer.url().endsWith('/api/backups') && answer.request().method() === 'POST',
      );
      await keys.tabTo(word('backupNow'));
      await keys.press('Enter');
      expect((await refused).status()).toBe(409);
      await page.getByRole('alert').getByText(visit.word('errors.backups-not-set-up')).waitFor();
      await visit.clean('operations without backups');

      // The screen shows what the server of another installation answers: this one has no folder for backups.
      await page.route('**/api/backups', (route) => route.fulfill({ json: STANDING }));
      await page.goto('/operations');
      const table = page.getByRole('table', { name: word('backups') });
      for (const proof of ['proven', 'none', 'wrong'])
        await table
          .getByText(word(`proof.${proof}`), { exact: true })
          .first()
          .waitFor();
      await backups.getByText(word('backupFailed')).waitFor();
      await backups.getByText('no space left', { exact: true }).waitFor();
      await visit.clean('operations with backups');
      await visit.end();
    },
  );

  it.each(VISITS)('an installation whose backups cannot be read says so, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page } = visit;
    await page.route('**/api/backups', (route) =>
      route.fulfill({
        ...{ status: 500, contentType: 'application/problem+json' },
        body: JSON.stringify({
          type: '/problems/internal',
          title: 'Internal error',
          status: 500,
          detail: '',
        }),
      }),
    );
    await page.goto('/operations');
    const backups = page.getByRole('region', { name: visit.word('operations.backups') });
    await backups.getByRole('button', { name: visit.word('common.tryAgain') }).waitFor();
    await page.getByRole('table', { name: visit.word('operations.health') }).waitFor();
    await visit.end();
  });

  it.each(VISITS)(
    'copies that are read stand in operations, and reports say as of when, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page } = visit;
      let asOf: string | undefined = '2026-11-20T10:00:05.000Z';
      // The answers are the server's; what it says of copies it does not have is put into them (test/faults/t10-replica.test.ts has real ones).
      // A page that is left takes its questions with it: they have no answer then.
      const asked = (route: Route): Promise<APIResponse | undefined> => route.fetch().catch(() => undefined);
      await page.route('**/api/operations/server', async (route) => {
        const answer = await asked(route);
        if (!answer) return;
        const report = (await answer.json()) as object;
        await route.fulfill({ response: answer, json: { ...report, replicas: REPLICAS } });
      });
      for (const late of ['**/api/reports/**', '**/api/audit-logs?**'])
        await page.route(late, async (route) => {
          const answer = await asked(route);
          if (!answer) return;
          const age: Record<string, string> = asOf === undefined ? {} : { 'x-data-as-of': asOf };
          await route.fulfill({ response: answer, headers: { ...answer.headers(), ...age } });
        });
      await page.goto('/operations');
      const table = page.getByRole('table', { name: visit.word('operations.replicas') });
      for (const { name, state } of REPLICAS) {
        const row = table.getByRole('row').filter({ hasText: name });
        await row.getByText(visit.word(`operations.replicaState.${state}`), { exact: true }).waitFor();
      }
      await table.getByText('1.2', { exact: true }).waitFor();
      await visit.clean('operations with copies');
      const age = page.getByText(visit.word('common.asOf'));
      for (const path of ['/reports/sales', '/reports/overrides', '/audit', '/dashboard']) {
        await page.goto(path);
        await age.first().waitFor();
        await visit.clean(`copy ${path.split('/').at(-1) ?? ''}`);
      }
      // Of this moment again: nothing is said.
      asOf = undefined;
      await page.goto('/reports/overrides');
      await visit.heading('overrides.title').waitFor();
      await visit.settled();
      expect(await age.count()).toBe(0);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await visit.end();
    },
  );

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
      // Answers that are still on their way would be fetched by a page that is gone.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await visit.end();
    },
  );
});
