import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import { STEP_MS } from '../support/browser.js';

/** Keys of a scanner, all in one moment. */
export const scanOf = (code: string): string => {
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

/** Twenty-five thousand products more in the list the till keeps. */
export const MANY_PRODUCTS = `(async () => {
  const db = await new Promise((resolve) => {
    const request = indexedDB.open('meditory-offline');
    request.onsuccess = () => resolve(request.result);
  });
  const store = db.transaction('catalogues', 'readwrite').objectStore('catalogues');
  const list = await new Promise((resolve) => {
    const request = store.getAll();
    request.onsuccess = () => resolve(request.result[0]);
  });
  const { 0: first } = list.products;
  list.products = Array.from({ length: 25_000 }, (_, n) => ({
    ...first, drugId: 1_000_000 + n, name: 'Product ' + n + ' tab', nameAr: 'منتج ' + n, status: 'active', price: '10.00', priceCeiling: null,
    needsPrescription: false, needsServer: false, codes: [{ gtin: String(6_000_000_000_000 + n).padStart(14, '0'), unit: 'pack' }] }));
  await new Promise((resolve) => {
    store.put(list, list.branch.branchId).onsuccess = resolve;
  });
  db.close();
})()`;

/** Milliseconds from the last key of a scan to its line on the page, for thirty scans. */
export const TIME_TO_LINE = `(async () => {
  const times = [];
  for (let n = 1; n <= 30; n++) {
    const code = String(6_000_000_000_000 + n * 800);
    const keys = [...[...code].map((key) => ({ key, code: 'Digit' + key })), { key: 'Enter', code: 'Enter' }];
    const from = performance.now();
    for (const key of keys) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }));
    while (!document.body.textContent.includes('Product ' + n * 800 + ' tab')) await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(performance.now() - from);
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', code: 'Delete', bubbles: true, cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return times;
})()`;

interface Kept {
  products: number;
  statuses: string[];
  numbers: string[];
  worker?: string;
}

export const keptBy = (page: Page): Promise<Kept> => page.evaluate<Kept>(KEPT);

/** Waits until the till could go on without the server. */
export const isPrepared = (page: Page): Promise<void> =>
  expect
    .poll(
      async () => {
        const { products, worker } = await keptBy(page);
        return products > 0 && worker === 'activated';
      },
      { timeout: STEP_MS },
    )
    .toBe(true);

/** Waits until what looks after a day without the server is loaded, as it is when the browser has had a moment. */
export const isAwake = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate<boolean>(
          `performance.getEntriesByType('resource').some(({ name, responseEnd }) => /offline-till.*\\.js/.test(name) && responseEnd > 0)`,
        ),
      { timeout: STEP_MS },
    )
    .toBe(true);
