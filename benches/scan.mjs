// The till under a scanner: `npm run meditory -- bench scan [--products 25000] [--scans 500] [--json]`.
// Makes an installation of its own with so many products, each with its barcode, opens the till in Chromium, and scans: the code and Enter in one
// moment, as a keyboard wedge sends them. Measured is what the cashier waits for: from Enter to the frame that shows the product's line. After ten
// lines the basket is emptied by Delete. Ends with an error where a scan made no line, or the item field lost the focus.
/* global document, MutationObserver, KeyboardEvent, requestAnimationFrame, clearTimeout -- SCAN runs in the page */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { chromium } from 'playwright-core';

import { executablePath, FLAGS } from '../tools/chromium.mjs';
import { copiesOfAProduct } from './generate/copies.mjs';
import { distribution } from './lib/distribution.mjs';
import { inInstallation } from './lib/installation.mjs';

const PORT = 3987;
const LINES = 10;
/** Scans that are not measured: code is fetched, connections open. */
const WARM_UP = 10;

const { values: options } = parseArgs({
  options: {
    products: { type: 'string', default: '25000' },
    scans: { type: 'string', default: '500' },
    json: { type: 'boolean', default: false },
  },
});

/** Gives each product an EAN-13 made of its number, with the check digit. */
const BARCODES = `
insert into reference.drug_barcodes (drug_id, code, gtin, kind)
select drug_id, code, '0' || code, 'ean13'
from (
  select drug_id, body || ((10 - (select sum(substr(body, i, 1)::int * case when i % 2 = 0 then 3 else 1 end) from generate_series(1, 12) i) % 10) % 10)::text as code
  from (select drug_id, '6' || lpad(n::text, 11, '0') as body from unnest($1::int[]) with ordinality as d(drug_id, n)) numbered
) coded
returning drug_id as "drugId", code`;

/** In the page: milliseconds from Enter of a scan to the frame with its line, and whether the item field still has the focus. */
const SCAN = ({ code, name }) =>
  new Promise((resolve, reject) => {
    const field = document.activeElement;
    let from = 0;
    const seen = () => [...document.querySelectorAll('tbody tr')].some((line) => line.textContent.includes(name)); // prettier-ignore
    const watch = new MutationObserver(() => {
      if (!seen()) return;
      watch.disconnect();
      clearTimeout(late);
      requestAnimationFrame(() => {
        const ms = performance.now() - from;
        resolve({
          ms,
          isFocused: document.activeElement === field && field.getAttribute('role') === 'combobox',
        });
      });
    });
    const late = setTimeout(() => reject(new Error(`no line of ${name}`)), 10_000);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    const keys = [...[...code].map((key) => ({ key, code: `Digit${key}` })), { key: 'Enter', code: 'Enter' }];
    for (const key of keys) {
      from = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true })); // prettier-ignore
    }
  });

await inInstallation(PORT, async ({ headers, owner, base }) => {
  await owner.query('set session_replication_role = replica');
  const ids = await copiesOfAProduct(owner, Number(options.products));
  const { rows: codes } = await owner.query(BARCODES, [ids]);
  await owner.query('set session_replication_role = origin');
  await owner.query('vacuum (analyze) reference.drugs, reference.drug_barcodes');
  const name = new Map(ids.map((id, n) => [id, `Bench product ${n + 1}`]));
  const opened = await fetch(`${base}/till-shifts`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ openingFloat: '100.00' }),
  });
  if (opened.status !== 201) throw new Error(`no shift: ${await opened.text()}`);
  const browser = await chromium.launch({ executablePath: await executablePath(), args: FLAGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB', serviceWorkers: 'block' }); // prettier-ignore
    const token = headers.authorization.replace('Bearer ', '');
    await context.addCookies([{ name: 'meditory_session', value: token, url: `http://127.0.0.1:${PORT}` }]);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/till`);
    await page.locator('[role=combobox]:focus').waitFor();
    const ms = [];
    let lost = 0;
    for (let n = -WARM_UP; n < Number(options.scans); n++) {
      // Products from all over the catalogue, none twice in a basket.
      const { drugId, code } = codes[((n + WARM_UP) * 7919) % codes.length];
      const scanned = await page.evaluate(SCAN, { code, name: name.get(drugId) });
      if (n >= 0) ms.push(scanned.ms);
      if (!scanned.isFocused) lost += 1;
      if ((n + WARM_UP + 1) % LINES !== 0) continue;
      for (let line = 0; line < LINES; line++) await page.keyboard.press('Delete');
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 0);
    }
    const shown = distribution(ms);
    if (options.json) console.log(JSON.stringify({ products: ids.length, ...shown, lost }));
    else
      console.log(
        `${ids.length} products; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n` +
          `scan to line: p50 ${shown.p50.toFixed(1)}  p95 ${shown.p95.toFixed(1)}  p99 ${shown.p99.toFixed(1)}  max ${shown.max.toFixed(1)} ms of ${shown.n}; focus lost ${lost} times`,
      );
    if (lost > 0) process.exitCode = 1;
  } finally {
    await browser.close();
  }
});
