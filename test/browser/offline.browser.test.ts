// The till without its server. The drill: the server is killed in the middle of the day, fifty sales go on by scanner and keyboard, the power
// of the browser is cut among them, and when the server is back every sale is there once, the stock is right and what does not fit waits for a
// decision. And the screens, in both languages.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { axeViolations, launchBrowser, STEP_MS } from '../support/browser.js';
import { BrowserProcess } from '../support/browser-process.js';
import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';
import { Visit, VISITS, wordsIn } from './visit.js';

const SALES = 50;
/** Sales of what there is not enough of: this many packs are there, and more are sold. */
const SHORT_PACKS = 3;
const SHORT_SALES = 5;
/** After so many sales the power is cut. */
const CUT_AFTER = 25;

const PLENTY = { code: '6221234567891', name: 'Drill tablets' };
const SHORT = { code: '6221234567006', name: 'Drill syrup' };

/** Keys of a scanner, all in one moment. */
const scanOf = (code: string): string => {
  const keys = [...[...code].map((key) => ({ key, code: `Digit${key}` })), { key: 'Enter', code: 'Enter' }];
  return `for (const key of ${JSON.stringify(keys)})
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))`;
};

/** What the till keeps: products, and sales by state. */
const KEPT = `(async () => {
  // Opening it would make it, and empty.
  const names = await indexedDB.databases();
  if (!names.some(({ name }) => name === 'meditory-offline')) return { products: 0, statuses: [], numbers: [] };
  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open('meditory-offline');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (db, store) => new Promise((resolve, reject) => {
    if (!db.objectStoreNames.contains(store)) return resolve([]);
    const request = db.transaction(store).objectStore(store).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await open();
  const lists = await all(db, 'catalogues');
  const sales = await all(db, 'sales');
  db.close();
  const worker = (await navigator.serviceWorker?.getRegistration())?.active?.state;
  return { products: lists[0]?.products.length ?? 0, statuses: sales.map((sale) => sale.status), numbers: sales.map((sale) => sale.number), worker };
})()`;

interface Kept {
  products: number;
  statuses: string[];
  numbers: string[];
  worker?: string;
}

const keptBy = (page: Page): Promise<Kept> => page.evaluate<Kept>(KEPT);

/** Waits until the till could go on without the server. */
const isPrepared = (page: Page): Promise<void> =>
  expect
    .poll(
      async () => {
        const { products, worker } = await keptBy(page);
        return products > 0 && worker === 'activated';
      },
      { timeout: STEP_MS },
    )
    .toBe(true);

describe('a day on which the server is killed', () => {
  let server: ServerProcess;
  let till: BrowserProcess;
  let token = '';
  const word = wordsIn('en');

  beforeAll(async () => {
    server = await ServerProcess.create({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    till = await BrowserProcess.create();
  });
  afterAll(async () => {
    await till?.dispose();
    await server?.dispose();
  });

  async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(`${server.address}/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text) as Body;
  }

  async function stocked({ code, name }: { code: string; name: string }, packs: number): Promise<number> {
    const { drugId } = await call<{ drugId: number }>('POST', '/drugs', {
      name,
      nameAr: `${name} عربي`,
      price: '12.50',
      baseUnit: 'tablet',
      unitsPerPack: '10',
      barcodes: [{ code }],
    });
    await call('POST', '/inventory/receive', {
      items: [
        {
          drugId,
          lotNumber: `LOT${code.slice(-4)}`,
          expiryDate: '2035-01-31',
          quantity: String(packs * 10),
          unitCost: '0.5',
        },
      ],
    });
    return drugId;
  }

  const heading = (page: Page, path: string) => page.getByRole('heading', { name: word(path), exact: true });

  /** One sale without the server: scan, F4, Enter, and Enter for the next one. */
  async function sell(page: Page, code: string): Promise<void> {
    await page.evaluate(scanOf(code));
    await page.locator('[data-scan="ok"]').waitFor();
    await page
      .getByRole('button', { name: word('offline.payCash') })
      .and(page.locator(':enabled'))
      .waitFor();
    await page.keyboard.press('F4');
    await page.getByRole('dialog', { name: word('offline.payTitle') }).waitFor();
    await page
      .getByRole('textbox', { name: word('pay.cash') })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(word('offline.kept'), { exact: true }).waitFor();
    await page
      .getByRole('button', { name: word('pay.newSale') })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('goes on: every sale once, the stock right, what does not fit listed', async () => {
    token = (
      await call<{ token: string }>('POST', '/auth/login', { username: 'admin', password: ADMIN_PASSWORD })
    ).token;
    if ((await call<{ data: unknown[] }>('GET', '/branches')).data.length === 0)
      await call('POST', '/branches', { code: 'MAIN', name: 'Main', timeZone: 'Africa/Cairo' });
    const plenty = await stocked(PLENTY, 100);
    const short = await stocked(SHORT, SHORT_PACKS);
    await call('POST', '/till-shifts', { openingFloat: '100.00' });

    let page = await till.start();
    await page.goto(server.address);
    await page.getByLabel(word('signIn.username')).waitFor();
    await page.keyboard.insertText('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(ADMIN_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    await page.goto(`${server.address}/till`);
    await heading(page, 'till.title').waitFor();
    await isPrepared(page);
    // One more load, so that the page is the kept one's too.
    await page.reload();
    await heading(page, 'till.title').waitFor();

    await server.kill();
    await heading(page, 'offline.title').waitFor();

    const codes = Array.from({ length: SALES }, (_, n) =>
      n % (SALES / SHORT_SALES) === 0 ? SHORT.code : PLENTY.code,
    );
    for (const code of codes.slice(0, CUT_AFTER)) await sell(page, code);
    // The power goes while one more is being kept: it is there whole, or not at all.
    await page.evaluate(scanOf(PLENTY.code));
    await page
      .getByRole('button', { name: word('offline.payCash') })
      .and(page.locator(':enabled'))
      .waitFor();
    await page.keyboard.press('F4');
    await page
      .getByRole('textbox', { name: word('pay.cash') })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter').catch(() => undefined);
    await till.kill();

    page = await till.start();
    await page.goto(`${server.address}/till`);
    await heading(page, 'offline.title').waitFor();
    const afterCut = await keptBy(page);
    expect([CUT_AFTER, CUT_AFTER + 1]).toContain(afterCut.numbers.length);
    expect(new Set(afterCut.statuses)).toEqual(new Set(['waiting']));
    const rest = SALES - afterCut.numbers.length;
    for (const code of codes.slice(SALES - rest)) await sell(page, code);
    const kept = await keptBy(page);
    expect(kept.numbers).toHaveLength(SALES);
    expect(new Set(kept.numbers).size).toBe(SALES);
    expect(await axeViolations(page)).toEqual([]);

    await server.start();
    // The session was the browser's and went with it; the sales are the till's and did not.
    await page.getByLabel(word('signIn.username')).waitFor();
    await page.keyboard.insertText('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(ADMIN_PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, 'till.title').waitFor();
    await expect
      .poll(
        async () =>
          (await keptBy(page)).statuses.filter((status) => status === 'posted' || status === 'conflict')
            .length,
        {
          timeout: 120_000,
        },
      )
      .toBe(SALES);

    token = (
      await call<{ token: string }>('POST', '/auth/login', { username: 'admin', password: ADMIN_PASSWORD })
    ).token;
    interface Row {
      offlineSaleId: number;
      receiptNumber: string;
      status: string;
      saleId: number | null;
      conflictCode: string | null;
    }
    const { data } = await call<{ data: Row[] }>('GET', '/offline-sales?limit=100');
    expect(data).toHaveLength(SALES);
    expect(data.map(({ receiptNumber }) => receiptNumber).sort()).toEqual([...kept.numbers].sort());
    const posted = data.filter(({ status }) => status === 'posted');
    expect(new Set(posted.map(({ saleId }) => saleId)).size).toBe(posted.length);
    const conflicts = data.filter(({ status }) => status === 'conflict');
    expect(conflicts.map(({ conflictCode }) => conflictCode)).toEqual(
      Array.from({ length: SHORT_SALES - SHORT_PACKS }, () => 'insufficient-stock'),
    );
    const sales = await call<{ meta: { total: number } }>('GET', '/sales?limit=100');
    expect(sales.meta.total).toBe(posted.length);
    const left = async (drugId: number): Promise<number> =>
      (await call<{ data: { quantity: string }[] }>('GET', `/inventory/lots?drugId=${drugId}`)).data.reduce(
        (sum, lot) => sum + Number(lot.quantity),
        0,
      );
    expect(await left(plenty)).toBe(1_000 - (SALES - SHORT_SALES) * 10);
    expect(await left(short)).toBe(0);
    const doctor = await server.command('doctor');
    expect(doctor.code, doctor.stdout + doctor.stderr).toBe(0);
  });
});

describe('the till without the server on screen', () => {
  const address = inject('address');
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
