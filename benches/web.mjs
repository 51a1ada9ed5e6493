// The browser: `npm run meditory -- bench web [--products 25000] [--rounds 1] [--keys 40] [--screens /till,/stock]`; --full: 10 rounds, 300 keys. Makes an installation of its own with a
// generated catalogue and opens each screen of the navigation in Chromium with nothing in its cache: what is loaded of scripts, styles and pages,
// each packed by gzip, and the first paint; then types names of products at the till, letter by letter, and measures from the last key to the frame that
// shows what was found (the field waits 120 ms for the next letter before it asks). The limit of the first paint is that of a page of one word. Never asserts.
/* global document, window, MutationObserver, requestAnimationFrame, clearTimeout -- KEY and PAINTED run in the page */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { chromium } from 'playwright-core';

import { root } from '../tools/build-if-stale.mjs';
import { executablePath, FLAGS } from '../tools/chromium.mjs';
import { bench, ofLimit } from './lib/bench.mjs';
import { importCatalogue, snapshotOf } from './lib/catalogue.mjs';
import { distribution } from './lib/distribution.mjs';
import { inInstallation, pause } from './lib/installation.mjs';
import { openTill } from './lib/till.mjs';

const PORT = 3974;
const LIMIT_PORT = 3973;
const LIMIT = 'a page of one word';
/** Nothing asked for so long: the screen is there. */
const QUIET_MS = 500;
const MOST_MS = 15_000;
const WARM = 5;
/** Between two letters: what comes faster the till takes for a scanner. */
const TYPING_MS = 150;

/** The screens of the navigation, as the program names them. */
const screens = () =>
  [...readFileSync(join(root, 'web', 'src', 'app', 'navigation.ts'), 'utf8').matchAll(/\bto: '([^']+)'/g)].map(([, path]) => path); // prettier-ignore

/** In the page: milliseconds to the first paint with something in it, once there is one. */
const PAINTED = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;

/** In the page, before a key: resolves `window.benchShown` with the milliseconds from that key to the frame with options that were not there before it. */
const KEY = () => {
  window.benchShown = new Promise((resolve, reject) => {
    let from;
    document.addEventListener('keydown', () => (from = performance.now()), { once: true, capture: true });
    let isEmptied = document.querySelector('[role=option]') === null;
    const watch = new MutationObserver(() => {
      const isThere = document.querySelector('[role=option]') !== null;
      // Options of the text before the key go first; those that come then are of the text with it.
      if (!isThere) isEmptied = true;
      if (!isThere || !isEmptied || from === undefined) return;
      watch.disconnect();
      clearTimeout(late);
      requestAnimationFrame(() => resolve(performance.now() - from));
    });
    const late = setTimeout(() => {
      watch.disconnect();
      reject(new Error('nothing was found in ten seconds'));
    }, 10_000);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
};

/** Opens a page with an empty cache: its first paint, and bytes of what it loaded, packed. */
async function firstLoad(browser, url, token) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB', serviceWorkers: 'block' }); // prettier-ignore
  try {
    if (token)
      await context.addCookies([{ name: 'meditory_session', value: token, url: new URL(url).origin }]);
    const page = await context.newPage();
    const loaded = [];
    let last = performance.now();
    page.on('response', (answer) => {
      last = performance.now();
      if (['script', 'stylesheet', 'document'].includes(answer.request().resourceType())) loaded.push(answer);
    });
    await page.goto(url);
    const from = performance.now();
    while (performance.now() - last < QUIET_MS && performance.now() - from < MOST_MS) await pause(50);
    const bodies = await Promise.all(loaded.filter((answer) => answer.ok()).map(async (answer) => ({ type: answer.request().resourceType(), bytes: gzipSync(await answer.body()).length }))); // prettier-ignore
    const sum = (some) => some.reduce((all, { bytes }) => all + bytes, 0);
    const firstPaint = await page.evaluate(PAINTED);
    if (firstPaint === undefined) throw new Error(`${url} was never painted`);
    return {
      firstPaint,
      bytes: sum(bodies),
      scriptBytes: sum(bodies.filter(({ type }) => type === 'script')),
    };
  } finally {
    await context.close();
  }
}

/** A server of a page of one word. */
async function wordServer() {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><title>Bench</title><p>Word');
  });
  await new Promise((resolve) => server.listen(LIMIT_PORT, '127.0.0.1', resolve));
  return server;
}

/** Types beginnings of names at the till; milliseconds from the last letter of each to what was found. */
async function keystrokes(browser, token, names, count) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB', serviceWorkers: 'block' }); // prettier-ignore
  try {
    await context.addCookies([{ name: 'meditory_session', value: token, url: `http://127.0.0.1:${PORT}` }]);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/till`);
    const field = page.locator('[role=combobox]:focus');
    await field.waitFor();
    const times = [];
    for (let n = -WARM; n < count; n++) {
      // Names have a number behind the brand, which is what tells them apart: beginnings of three to five letters find many.
      const [brand] = names[(n + WARM) % names.length].toLowerCase().split(' ');
      const word = brand.slice(0, 3 + ((n + WARM) % 3));
      await page.keyboard.type(word.slice(0, -1), { delay: TYPING_MS });
      await pause(TYPING_MS);
      await page.evaluate(KEY);
      await page.keyboard.press(word.at(-1));
      const ms = await page.evaluate(() => window.benchShown);
      if (n >= 0) times.push(ms);
      await field.fill('');
    }
    return times;
  } finally {
    await context.close();
  }
}

async function measure({ products, rounds, keys, screens: some }) {
  const figures = [];
  const notes = [];
  await inInstallation(
    PORT,
    async (installation) => {
      const { base, headers } = installation;
      const { names, inserted } = await importCatalogue(installation, products);
      await snapshotOf(PORT, inserted);
      await openTill(base, headers);
      const token = headers.authorization.replace('Bearer ', '');
      const word = await wordServer();
      const browser = await chromium.launch({ executablePath: await executablePath(), args: FLAGS });
      try {
        const show = async (of, url, session, limit) => {
          const loads = [];
          for (let n = -1; n < rounds; n++) {
            const load = await firstLoad(browser, url, session);
            if (n >= 0) loads.push(load);
          }
          const shown = distribution(loads.map(({ firstPaint }) => firstPaint));
          const kilobytes = Math.round(loads[0].bytes / 100) / 10;
          figures.push({
            of,
            ...shown,
            kilobytes,
            ...(limit && { ratio: ofLimit.time(limit.p50, shown.p50) }),
          });
          return { ...shown, scripts: loads[0].scriptBytes };
        };
        const limit = await show(LIMIT, `http://127.0.0.1:${LIMIT_PORT}/`);
        await show('sign-in', `http://127.0.0.1:${PORT}/`, undefined, limit);
        for (const path of some ? some.split(',') : screens()) {
          const { scripts } = await show(path, `http://127.0.0.1:${PORT}${path}`, token, limit);
          if (path === '/till') notes.push(`The till loads ${(scripts / 1000).toFixed(1)} kB of scripts.`);
        }
        figures.push({ of: 'key to what was found, at the till', ...distribution(await keystrokes(browser, token, names, keys)) }); // prettier-ignore
        notes.push(`${inserted} products. kB: scripts, styles and the page, each packed by gzip; the server itself sends them as they are.`); // prettier-ignore
      } finally {
        await browser.close();
        await new Promise((resolve) => word.close(resolve));
      }
    },
    undefined,
    { MEDITORY_SAMPLE: 'none' },
  );
  return { figures, notes };
}

await bench(
  'web',
  {
    sizes: { products: [25_000, 25_000], rounds: [1, 10], keys: [40, 300] },
    flags: { screens: { type: 'string', default: '' } },
  },
  measure,
);
