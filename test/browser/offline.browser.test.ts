// The drill: the server is killed in the middle of the day, fifty sales go on by scanner and keyboard, the power of the browser is cut among
// them, the server comes back and is killed once more while it takes them in: every sale is there once, the stock is right, and what does not
// fit waits for a decision.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeViolations, STEP_MS } from '../support/browser.js';
import { BrowserProcess } from '../support/browser-process.js';
import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';
import { isPrepared, keptBy, scanOf } from './offline-till.js';
import { wordsIn } from './visit.js';

const SALES = 50;
/** Sales of what there is not enough of: this many packs are there, and more are sold. */
const SHORT_PACKS = 3;
const SHORT_SALES = 5;
/** After so many sales the power is cut. */
const CUT_AFTER = 25;

const PLENTY = { code: '6221234567891', name: 'Drill tablets' };
const SHORT = { code: '6221234567006', name: 'Drill syrup' };

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
    // And killed once more while it takes them in: what was taken and not answered is sent again, and is the same sale.
    await expect
      .poll(async () => (await keptBy(page)).statuses.filter((status) => status === 'posted').length, {
        timeout: STEP_MS,
        interval: 20,
      })
      .toBeGreaterThan(2);
    await server.kill();
    await server.start();
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
