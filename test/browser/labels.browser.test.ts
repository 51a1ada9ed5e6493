// Directions as they are typed, and labels and leaflets as a browser lays them out on their paper, in both languages.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

/** Where pictures go, to be looked at; none unless it is asked for. */
const PICTURES = process.env['MEDITORY_PICTURES'];

/** Width and height of each paper in CSS pixels (96 to the inch). */
const PAPERS = { '70x35': [265, 132], '80mm': [302, 567], A4: [794, 1123] } as const;
/** Printable height of a 70 × 35 mm label: 35 mm less twice 1.2 mm. */
const LABEL_HEIGHT = 124;

/** Elements that are wider than the room they have. */
const WIDER = `[...document.querySelectorAll('html, body, body *')].filter((element) =>
  !(element instanceof SVGElement) && element.scrollWidth > Math.max(element.clientWidth, element.offsetWidth, Math.ceil(element.getBoundingClientRect().width)))
  .map((element) => element.outerHTML.slice(0, 120))`;

const ROOM_LEFT = 'document.documentElement.clientWidth - document.documentElement.scrollWidth';

/** Letters as the interface brings them along (web/src/api/printable.ts): the browser of the tests has none. */
const ARABIC_LETTERS = `@font-face{font-family:"Noto Sans Arabic";font-weight:100 900;src:url("data:font/woff2;base64,${readFileSync(
  createRequire(import.meta.url).resolve(
    '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
  ),
).toString('base64')}") format("woff2")}`;

const LONG =
  '1-2 tab po q4-6h prn pain pc mdd 8 for 5 days with plenty of water "Straße des 17. Juni, zweite Tür links, bitte klingeln"';

describe('directions and labels', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
  });
  const picture = (name: string) => (PICTURES === undefined ? undefined : join(PICTURES, `${name}.png`));

  it.each(VISITS)('expand shorthand as it is typed and fill in what it tells, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    await page.goto('/prescriptions/new');
    await visit.heading('prescriptions.newTitle').first().waitFor();
    await keys.press('F3');
    await keys.pick('Amoxabel 500', 'Amoxabel');
    await keys.tabTo(visit.word('prescriptions.sig'));
    await visit.write('1 cap po tid pc x7d zubbel');
    const preview = page.getByRole('status', { name: visit.word('sig.preview') });
    await preview.getByText('Take 1 capsule by mouth 3 times daily after meals for 7 days.').waitFor();
    await preview.getByText(/كبسولة واحدة عن طريق الفم/).waitFor();
    await preview.getByText(visit.word('sig.unread')).waitFor();
    const quantity = page.getByLabel(visit.word('prescriptions.quantity')).first();
    // Words that were not understood may change what is needed: nothing is computed from the rest.
    expect(await quantity.inputValue()).toBe('');
    await visit.clean('directions not understood');
    for (let count = 0; count < ' zubbel'.length; count++) await keys.press('Backspace');
    await expect.poll(() => quantity.inputValue()).toBe('21');
    await expect
      .poll(() => page.getByLabel(visit.word('prescriptions.daysSupply')).first().inputValue())
      .toBe('7');
    await expect.poll(() => preview.getByText(visit.word('sig.unread')).count()).toBe(0);
    await visit.clean('directions');
    await page.screenshot({ path: picture(`entry-${kind.language}`) });
    // What somebody types stays, whatever the directions say afterwards.
    await keys.tabTo(visit.word('prescriptions.quantity'));
    await keys.type('42');
    await keys.press('Tab');
    expect(await quantity.inputValue()).toBe('42');
    await visit.end();
  });

  it('fit their paper in both languages, original and copy', async () => {
    const visit = await Visit.begin(browser, address, {
      language: 'en',
      locale: 'en-GB',
      colorScheme: 'light',
    });
    const { context, page } = visit;
    const send = async <Body>(path: string, data?: object): Promise<Body> => {
      const headers = { 'idempotency-key': `labels-${path}`, origin: address };
      const answer = await (data
        ? context.request.post(`/api${path}`, { data, headers })
        : context.request.get(`/api${path}`));
      if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Body;
    };
    const first = async (path: string): Promise<Record<string, number>> => {
      const [row] = (await send<{ data: Record<string, number>[] }>(path)).data;
      if (!row) throw new Error(`nothing at ${path}`);
      return row;
    };
    const drug = await first('/drugs/search?q=paravelin');
    const patient = await first('/patients?limit=1');
    const prescriber = await first('/prescribers?limit=1');
    const today = new Date().toISOString().slice(0, 10);
    const aFill = async (sig: string): Promise<number> => {
      const rx = await send<{ prescriptionId: number; alerts: { alertId: number; stops: boolean }[] }>(
        '/prescriptions',
        {
          patientId: patient['patientId'],
          drugId: drug['drugId'],
          prescriberId: prescriber['prescriberId'],
          quantity: '20',
          daysSupply: 5,
          sig,
          prescribedDate: today,
        },
      );
      const overrides = rx.alerts
        .filter((alert) => alert.stops)
        .map(({ alertId }) => ({
          alertId,
          reason: 'prescriber_consulted',
          note: 'asked for the test of labels',
        }));
      return (await send<{ fillId: number }>(`/prescriptions/${rx.prescriptionId}/fill`, { overrides }))
        .fillId;
    };
    const layOut = async (path: string, [width, height]: readonly [number, number], name: string) => {
      const answer = await context.request.get(`/api${path}`);
      expect(answer.status()).toBe(200);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ media: 'print' });
      await page.setContent(
        (await answer.text()).replace('<head>', `<head><style>${ARABIC_LETTERS}</style>`),
      );
      await page.evaluate(
        'document.fonts.load("12px \'Noto Sans Arabic\'", "\u0642\u0631\u0635").then(() => document.fonts.ready).then(() => undefined)',
      );
      expect(await page.evaluate<string[]>(WIDER)).toEqual([]);
      expect(await page.evaluate<number>(ROOM_LEFT)).toBeGreaterThanOrEqual(0);
      await page.screenshot({ path: picture(name), fullPage: true });
      return page.evaluate<number>('document.body.getBoundingClientRect().height');
    };
    const [usual, long] = [await aFill('1 tab po tid pc for 5 days'), await aFill(LONG)];
    for (const [size, paper] of Object.entries(PAPERS))
      for (const lang of ['en', 'ar']) {
        const height = await layOut(
          `/fills/${usual}/label?size=${size}&lang=${lang}`,
          paper,
          `label-${size}-${lang}`,
        );
        if (size === '70x35') expect(height).toBeLessThanOrEqual(LABEL_HEIGHT);
        await layOut(`/fills/${long}/label?size=${size}&lang=${lang}`, paper, `long-${size}-${lang}`);
      }
    for (const lang of ['en', 'ar'])
      await layOut(`/fills/${usual}/leaflet?lang=${lang}`, PAPERS.A4, `leaflet-${lang}`);
    const copy = await context.request.get(`/api/fills/${usual}/label?lang=en`);
    expect(await copy.text()).toContain('>COPY<');
    await page.emulateMedia({ media: null });
    await visit.end();
  });
});
