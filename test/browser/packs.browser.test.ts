// Packs and tracing by keyboard, in English and in Arabic: a pack found by its code and set aside, events given out, a batch answered.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { A_GLN, dataMatrix } from '../builders/packs.js';
import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

describe('packs and tracing on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('find, set aside, give out and answer, in $language', async (kind) => {
    const world = await aStation(address, { bins: {} });
    const username = world.pharmacist.username.replace('pharmacist', 'administrator');
    const visit = await Visit.begin(browser, address, kind, { ...world.pharmacist, username });
    const { page, keys } = visit;
    const word = (key: string, values: Record<string, unknown> = {}): string =>
      visit.word(key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
    const done = async (method: string, path: string, body: object): Promise<void> => {
      const answer = await visit.call(method, path, body);
      expect([200, 201], `${path}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
    };
    const { unitsPerPack } = (await visit.call<{ unitsPerPack: string }>('GET', `/drugs/${world.drugId}`))
      .body;
    const gtin = world.pack.padStart(14, '0');
    const lot = { lotNumber: 'PV-S1', expiryDate: '2030-09-30' };
    // Another pair of packs in each language: a serial is one pack.
    const serials = [`${kind.language}1`, `${kind.language}2`];
    await done('PUT', '/trace/policy', {
      ...{ format: 'EG', gln: A_GLN, demandKnown: true, demandScan: false },
      ...{ deadlineHours: 48, warnHours: 36, stopWhenLate: true, version: 0 },
    });
    await done('POST', '/inventory/receive', {
      items: [
        {
          ...{ drugId: world.drugId, ...lot, unitCost: '0.5' },
          quantity: String(2 * Number(unitsPerPack)),
          packs: serials.map((serial) => dataMatrix({ ...lot, gtin, serial })),
        },
      ],
    });

    await page.goto('/inventory/packs');
    await visit.heading('packs.title').waitFor();
    await page.getByText(word('packs.scanOne')).waitFor();
    await page.getByRole('textbox', { name: word('packs.code') }).focus();
    await visit.write(`01${gtin}21${serials[0] ?? ''}`);
    await keys.press('Enter');
    await page.getByText(word('packs.standing.free')).waitFor();
    await page.getByRole('cell', { name: word('packs.kind.receive') }).waitFor();
    await visit.clean('pack life');
    await keys.tabTo(word('packs.command.quarantine.open'));
    await keys.press('Enter');
    const reason = page.getByRole('dialog').locator('input:focus');
    await reason.waitFor();
    await visit.write('the seal is broken');
    await keys.press('Enter');
    await page.getByText(word('packs.status.quarantined'), { exact: true }).waitFor();
    await page.getByText(word('packs.setAside_one')).waitFor();

    await page.goto('/inventory/packs?view=events');
    await page.getByRole('cell', { name: serials[1] ?? '' }).waitFor();
    const give = page.getByRole('button', { name: word('packs.giveOut') });
    await give.waitFor();
    await visit.clean('pack events');
    await keys.press('F9');
    await page.getByText(word('packs.state.exported')).nth(1).waitFor();
    await give.waitFor({ state: 'detached' });

    const { data } = (await visit.call<{ data: { traceBatchId: number }[] }>('GET', '/trace/batches')).body;
    const no = data[0]?.traceBatchId ?? 0;
    await page.goto('/inventory/packs?view=batches');
    await page.getByRole('button', { name: word('packs.acceptNo', { no }) }).waitFor();
    await visit.clean('pack batches');
    for (const [format, name] of [
      ['csv', `trace-batch-${no}.csv`],
      ['epcis', `trace-batch-${no}.jsonld`],
    ] as const) {
      await keys.tabTo(word(`packs.download.${format}`, { no }));
      const [file] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')]);
      expect(file.suggestedFilename()).toBe(name);
    }
    await keys.tabTo(word('packs.acceptNo', { no }));
    await keys.press('Enter');
    await reason.waitFor();
    await visit.write('receipt 4711');
    await keys.press('Enter');
    await page.getByText('receipt 4711').waitFor();
    await page.getByRole('button', { name: word('packs.acceptNo', { no }) }).waitFor({ state: 'detached' });

    // The policy of the branch, changed by keyboard; a warning later than the deadline is not saved.
    await keys.press('F4');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word('packs.policy.format')).and(page.locator(':focus')).waitFor();
    expect(await dialog.getByLabel(word('packs.policy.gln')).inputValue()).toBe(A_GLN);
    const warn = dialog.getByLabel(word('packs.policy.warnHours'));
    await warn.fill('49');
    await dialog.getByText(word('packs.policy.warnFault')).waitFor();
    const save = dialog.getByRole('button', { name: word('common.save') });
    expect(await save.isDisabled()).toBe(true);
    await warn.fill('24');
    await keys.tabTo(word('packs.policy.demandScan'));
    await keys.press(' ');
    await visit.clean('trace policy');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect((await visit.call('GET', '/trace/policy')).body).toMatchObject({
      ...{ format: 'EG', gln: A_GLN, warnHours: 24, deadlineHours: 48, demandScan: true, version: 2 },
    });
    await visit.end();
  });
});
