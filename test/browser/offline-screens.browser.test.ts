// The till without its server on screen: what is sold and refused, prices, receipts, sending, decisions, in both languages; how quick it is;
// how a newer version comes.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, STEP_MS } from '../support/browser.js';
import { FrontServer } from '../support/front-server.js';
import { product } from '../support/product.js';
import { isAwake, isPrepared, keptBy, MANY_PRODUCTS, TIME_TO_LINE } from './offline-till.js';
import { Visit, VISITS } from './visit.js';

const ENGLISH = { language: 'en', locale: 'en-GB', colorScheme: 'light' as const };

describe('the till without the server on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('is served with all that it takes to be installed and kept', async () => {
    const manifest = await fetch(`${address}/manifest.webmanifest`);
    expect(manifest.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    const { icons, start_url: start } = (await manifest.json()) as {
      icons: { src: string }[];
      start_url: string;
    };
    const worker = await fetch(`${address}/sw.js`);
    expect(worker.headers.get('content-type')).toMatch(/javascript/);
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    const [, list = '{}'] = /^const BUILD = (.*);$/m.exec(await worker.text()) ?? [];
    const { files } = JSON.parse(list) as { files: string[] };
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((path) => path.startsWith('/api'))).toEqual([]);
    for (const path of [start, ...icons.map(({ src }) => src), ...files]) {
      const { status, headers } = await fetch(address + path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'self'/);
    }
  });

  it('is quick among 25,000 products', async () => {
    const visit = await Visit.begin(browser, address, ENGLISH);
    const { page, context } = visit;
    await visit.call('POST', '/till-shifts', { openingFloat: '50.00' });
    await page.goto('/till');
    await visit.heading('till.title').waitFor();
    await expect.poll(async () => (await keptBy(page)).products, { timeout: STEP_MS }).toBeGreaterThan(0);
    await page.evaluate(MANY_PRODUCTS);
    await page.reload();
    await visit.heading('till.title').waitFor();
    await isAwake(page);
    await visit.settled();
    await context.setOffline(true);
    await page.evaluate(`window.dispatchEvent(new Event('offline'))`);
    await visit.heading('offline.title').waitFor();
    await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
    const times = await page.evaluate<number[]>(TIME_TO_LINE);
    expect(times).toHaveLength(30);
    // What is promised is 100 ms; a machine busy with other tests is given ten times that.
    expect(times.sort((a, b) => a - b)[28]).toBeLessThan(1_000);
    await visit.end();
  });

  it('takes a newer version when the basket is empty', async () => {
    const front = await FrontServer.before(address);
    const visit = await Visit.begin(browser, front.address, { ...ENGLISH, serviceWorkers: 'allow' });
    const { page, keys } = visit;
    await visit.call('POST', '/till-shifts', { openingFloat: '50.00' });
    const product = { name: 'Zupdate 10 tab', price: '5.00', baseUnit: 'tablet', unitsPerPack: '10' };
    expect((await visit.call('POST', '/drugs', product)).status).toBe(201);
    await page.goto('/till');
    await visit.heading('till.title').waitFor();
    await isPrepared(page);
    await page.reload();
    await visit.heading('till.title').waitFor();
    await page
      .getByRole('combobox', { name: visit.word('till.item') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.pick('zupdate', 'Zupdate');
    await page.getByRole('table', { name: visit.word('till.lines') }).waitFor();
    front.isNewer = true;
    await page.evaluate('navigator.serviceWorker.getRegistration().then((one) => one.update())');
    const update = page.getByRole('button', { name: visit.word('offline.update') });
    await update.and(page.locator(':disabled')).waitFor();
    await page.getByText(visit.word('offline.updateLater')).waitFor();
    await keys.press('Delete');
    await update.and(page.locator(':enabled')).waitFor();
    await update.focus();
    await Promise.all([page.waitForEvent('load'), keys.press('Enter')]);
    await visit.heading('till.title').waitFor();
    expect(await page.evaluate<string[]>('caches.keys()')).toEqual(['meditory-newer']);
    await visit.end();
    await front.close();
  });

  it.each(VISITS)('sells, refuses, checks prices, prints and sends, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, { ...kind, serviceWorkers: 'allow' });
    const { page, keys, context } = visit;
    const word = (path: string): string => visit.word(path);
    const tag = kind.language;
    const made = async <Body>(path: string, body: object): Promise<Body> => {
      const answer = await visit.call<Body>('POST', path, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body;
    };
    const product = async (
      name: string,
      nameAr: string,
      code: string,
      more: object = {},
    ): Promise<number> => {
      const { drugId } = await made<{ drugId: number }>('/drugs', {
        name,
        nameAr,
        price: '12.50',
        baseUnit: 'tablet',
        unitsPerPack: '24',
        unitsPerStrip: '12',
        barcodes: [{ code }],
        ...more,
      });
      await made('/inventory/receive', {
        items: [
          { drugId, lotNumber: `OFF-${tag}`, expiryDate: '2035-01-31', quantity: '48', unitCost: '0.3' },
        ],
      });
      return drugId;
    };
    const digits = tag === 'en' ? ['6221234511115', '6221234522227'] : ['6221234533339', '6221234544441'];
    const otc = await product(
      `Zinova ${tag} 24 tab`,
      `زينوفا ${tag === 'en' ? 'أ' : 'ب'} ٢٤ قرص`,
      digits[0] ?? '',
    );
    await product(`Zirxon ${tag} 24 tab`, `زيركسون ${tag === 'en' ? 'أ' : 'ب'}`, digits[1] ?? '', {
      rxOnly: true,
    });
    const open = await visit.call('POST', '/till-shifts', { openingFloat: '50.00' });
    expect([201, 409]).toContain(open.status);

    await page.goto('/till');
    await visit.heading('till.title').waitFor();
    await isPrepared(page);
    // The list was fetched before the products of this test were there: a fresh start fetches it anew.
    await page.evaluate(`indexedDB.deleteDatabase('meditory-offline')`);
    await page.reload();
    await visit.heading('till.title').waitFor();
    await isPrepared(page);
    await isAwake(page);
    await visit.settled();

    await context.setOffline(true);
    await page.evaluate(`window.dispatchEvent(new Event('offline'))`);
    await visit.heading('offline.title').waitFor();
    await page
      .getByRole('combobox', { name: word('till.item') })
      .and(page.locator(':focus'))
      .waitFor();

    // A known patient's sale waits, until it is somebody else's.
    await page.evaluate(
      `history.replaceState(history.state, '', '/till?patientId=1'), window.dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await page.getByText(word('offline.patientHint')).waitFor();
    await keys.press('F2');
    await page.getByText(word('offline.patientHint')).waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: word('till.item') }).focus();

    // A prescription product is refused with words; a price is said without selling.
    await visit.scan(digits[1] ?? '');
    await page.locator('[data-scan="stop"]').waitFor();
    await visit.scan('6221234599991');
    await page.getByText(word('offline.unknownCode').replace('{{code}}', '6221234599991')).first().waitFor();
    await keys.press('Alt+p');
    await visit.scan(digits[0] ?? '');
    await page.locator('[data-scan="ok"]').getByText('6.25').waitFor();
    expect(await page.getByTestId('till-total').textContent()).toContain('0.00');

    // Two packs and a strip, one found by name.
    await visit.scan(digits[0] ?? '');
    await page.getByTestId('till-total').getByText('12.50').waitFor();
    await keys.pick(tag === 'ar' ? 'زينوفا' : 'zinov', tag === 'ar' ? 'زينوفا' : 'Zinova');
    await page.getByTestId('till-total').getByText('25.00').waitFor();
    await keys.press('-');
    await page.getByTestId('till-total').getByText('12.50').waitFor();
    await keys.press('Alt+u');
    await page.getByTestId('till-total').getByText('6.25').waitFor();
    await visit.clean('offline till');
    await keys.press('F4');
    await page.getByRole('dialog', { name: word('offline.payTitle') }).waitFor();
    await page
      .getByRole('textbox', { name: word('pay.cash') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.type('10');
    await visit.clean('offline payment');
    await keys.press('Enter');
    await page.getByTestId('change').getByText('3.75').waitFor();
    const [receipt] = await Promise.all([context.waitForEvent('page'), keys.press('F8')]);
    await receipt.waitForLoadState();
    const html = await receipt.content();
    expect(html).toMatch(/OFF-[0-9A-Z]{5}-1\b/);
    expect(await receipt.evaluate<string>('document.documentElement.dir')).toBe(tag === 'ar' ? 'rtl' : 'ltr');
    await receipt.close();
    await page.getByRole('button', { name: word('pay.newSale') }).focus();
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    // More than is there: it will need a decision.
    for (let n = 0; n < 3; n++) await visit.scan(digits[0] ?? '');
    await page.getByTestId('till-total').getByText('37.50').waitFor();
    await keys.press('F4');
    await page
      .getByRole('textbox', { name: word('pay.cash') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.press('Enter');
    await page.getByText(word('offline.kept'), { exact: true }).waitFor();
    await page
      .getByRole('button', { name: word('pay.newSale') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.press('F6');
    await page.getByRole('dialog', { name: word('offline.queueTitle') }).waitFor();
    expect(
      await page.getByRole('dialog').getByText(word('offline.status.waiting'), { exact: true }).count(),
    ).toBe(2);
    await visit.clean('offline sales of the till');
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    // Back: sent by itself; one is posted, one waits for a decision.
    await context.setOffline(false);
    await visit.heading('till.title').waitFor();
    await expect
      .poll(async () => (await keptBy(page)).statuses.sort(), { timeout: STEP_MS })
      .toEqual(['conflict', 'posted']);
    await page.goto('/sales/offline');
    await visit.heading('offline.listTitle').waitFor();
    await visit.settled();
    const number = (await keptBy(page)).numbers.find((one) => one.endsWith('-2')) ?? '';
    await page.getByRole('link', { name: number }).waitFor();
    await visit.clean('offline sales');
    await keys.tabTo(number);
    await keys.press('Enter');
    await page.getByRole('heading', { name: new RegExp(number) }).waitFor();
    await page.getByText(word('offline.stockHint')).waitFor();
    await visit.clean('offline sale to decide');

    // Tried in vain, then with the stock received.
    const post = page.getByRole('button', { name: word('offline.post') });
    await post.first().and(page.locator(':enabled')).waitFor();
    await keys.press('F4');
    await page
      .getByRole('textbox', { name: word('offline.note') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.press('Enter');
    await page.getByRole('alert').waitFor();
    await made('/inventory/receive', {
      items: [
        { drugId: otc, lotNumber: `OFF-${tag}-2`, expiryDate: '2035-01-31', quantity: '48', unitCost: '0.3' },
      ],
    });
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.press('F4');
    await page
      .getByRole('textbox', { name: word('offline.note') })
      .and(page.locator(':focus'))
      .waitFor();
    await keys.type('delivery found');
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(word('offline.stepName.failed')).waitFor();
    await page.getByText(word('offline.status.posted'), { exact: true }).first().waitFor();
    await visit.clean('offline sale posted');
    await visit.end();
  });
});
