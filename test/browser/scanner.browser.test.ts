// The page that sets a scanner up, in English and in Arabic: what arrives is told from what should, and a slow scanner is waited for.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation } from './station-world.js';
import { Visit, VISITS } from './visit.js';

const GS = '\u001d';
const MATRIX = `01095212345432131730093010Lot-Zy7${GS}21Aq5w`;
const EAN = '9521234543213';

/** Keys as an American scanner presses them, each so many milliseconds after the one before, by the page's own clock. */
async function types(visit: Visit, text: string, gapMs: number, end: 'Enter' | 'Tab' | null): Promise<void> {
  const keys = [...text].map((key) =>
    key === GS
      ? { key: ']', code: 'BracketRight', ctrlKey: true }
      : {
          key,
          code: /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`,
          shiftKey: /[A-Z]/.test(key),
        },
  );
  const all = JSON.stringify([...keys, ...(end === null ? [] : [{ key: end, code: end }])]);
  await visit.page.evaluate(`(() => {
    let at = performance.now();
    for (const key of ${all}) {
      const event = new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: (at += ${gapMs}) });
      document.activeElement.dispatchEvent(event);
    }
  })()`);
}

describe('the page that sets the scanner up', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('says what is wrong and how it is mended, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const says = async (finding: string): Promise<void> => {
      await page.getByText(word(`scanner.finding.${finding}`)).waitFor();
    };
    await page.goto('/inventory/scanner');
    await page.getByLabel(word('scanner.field')).and(page.locator(':focus')).waitFor();
    await page.getByText(word('scanner.waiting')).waitFor();
    expect(await page.locator('svg[role="img"]').count()).toBe(3);

    await types(visit, MATRIX, 5, 'Enter');
    await says('good');
    await visit.clean('scanner set up');
    await types(visit, MATRIX.replaceAll(GS, ''), 5, 'Enter');
    await says('separator-lost');
    await types(visit, EAN, 5, null);
    await says('no-end');
    await visit.clean('scanner to be mended');
    // A slow one: this device waits for it from now on.
    await types(visit, EAN, 60, 'Enter');
    await says('slow');
    await keys.press('F9');
    await page.getByRole('button', { name: word('scanner.standard') }).waitFor();
    await types(visit, EAN, 60, 'Tab');
    await says('good');
    expect(await page.evaluate<string>(`localStorage.getItem('meditory.scanGapMs')`)).toBe('90');
    await page.getByLabel(word('scanner.field')).and(page.locator(':focus')).waitFor();
    await visit.end();
  });
});
