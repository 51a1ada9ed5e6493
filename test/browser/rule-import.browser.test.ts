// Loading a file of clinical rules, looking at what it changes, and taking it back: by keyboard alone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

const FIRST = `Drug_A,Drug_B,Level,Effect,Advice
lactulose,mebendazole,Severe,Bowel obstruction.,Avoid.
guaifenesin,mebeverine,Low,A little less effect.,Watch.
nosuchium,lactulose,X,Nobody knows.,Avoid.
`;
/** Graver, without one rule and with a new one. */
const SECOND = `Drug_A,Drug_B,Level,Effect,Advice
mebendazole,lactulose,X,Bowel perforation.,Do not give.
finasteride,lactulose,moderate,Less effect.,Watch.
`;

describe('loading clinical rules from a file, by keyboard alone', () => {
  const address = product().address;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-rules-'));
    await writeFile(join(folder, 'first.csv'), FIRST);
    await writeFile(join(folder, 'second.csv'), SECOND);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** From the list of rule files to the preview of one. */
  async function preview(visit: Visit, source: string, file: string): Promise<void> {
    const { page, keys } = visit;
    await page.goto('/catalog/rules');
    await visit.heading('ruleFiles.title').waitFor();
    await visit.settled();
    await visit.clean('rule files');
    await keys.press('F9');
    await visit.heading('ruleFiles.chooseKind').waitFor();
    await page.getByRole('radio').first().waitFor();
    await keys.tabTo(visit.word('ruleFiles.field.sourceName'));
    await visit.write(source);
    await keys.tabTo(visit.word('imports.chooseFiles'));
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), keys.press('Enter')]);
    await chooser.setFiles(join(folder, file));
    const from = visit.word('ruleFiles.forAll').replace('{{field}}', visit.word('ruleFiles.field.source'));
    await page.getByLabel(from).waitFor();
    await keys.tabTo(from);
    await visit.write('List of a hospital');
    await visit.clean('rule mapping');
    await keys.press('Control+Enter');
    await page.waitForURL(/\/catalog\/rules\/\d+$/);
    await page.getByText(visit.word('imports.status.staged'), { exact: true }).first().waitFor();
  }

  async function step(visit: Visit, key: 'F4' | 'F7', status: 'applied' | 'reverted'): Promise<void> {
    const { page, keys } = visit;
    await keys.press(key);
    await page.getByRole('dialog').waitFor();
    await visit.clean(status === 'applied' ? 'rules apply' : 'rules revert');
    await keys.press('F4');
    await page
      .getByText(visit.word(`imports.status.${status}`), { exact: true })
      .first()
      .waitFor();
  }

  it.each(VISITS)('previews, applies and takes back a list of pairs, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const source = `pairs-${kind.language}`;
    const rules = async (): Promise<string[]> => {
      const { body } = await visit.call<{ data: { severity: string; version: number }[] }>(
        'GET',
        `/clinical/interactions?q=${source}&limit=20`,
      );
      return body.data.map(({ severity, version }) => `${severity} ${version}`).sort();
    };

    await preview(visit, source, 'first.csv');
    await page.getByText('lactulose + mebendazole').first().waitFor();
    await keys.tabTo(visit.word('ruleFiles.judge'));
    await keys.press('Enter');
    await page.getByTestId('rule-firings').waitFor();
    await visit.clean('rule preview');
    expect(await rules()).toEqual([]);
    await keys.tabTo(visit.word('imports.changes'));
    await keys.press(kind.language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
    await page.getByRole('cell', { name: 'nosuchium', exact: true }).waitFor();
    await visit.clean('rules refused');
    await step(visit, 'F4', 'applied');
    expect(await rules()).toEqual(['major 1', 'minor 1']);

    await preview(visit, source, 'second.csv');
    for (const change of ['new', 'changed', 'closed'])
      await page
        .getByRole('button', { name: visit.word(`ruleFiles.change.${change}`) })
        .first()
        .waitFor();
    await page.getByText('Bowel perforation.').waitFor();
    await visit.clean('rules diff');
    await step(visit, 'F4', 'applied');
    expect(await rules()).toEqual(['contraindicated 2', 'moderate 1']);
    await step(visit, 'F7', 'reverted');
    expect(await rules()).toEqual(['major 3', 'minor 2']);
    console.info(`rules imported and reverted in ${kind.language}: ${keys.presses} inputs`);
    await visit.end();
  });
});
