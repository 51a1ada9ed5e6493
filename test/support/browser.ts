import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

import { executablePath, FLAGS } from '../../tools/chromium.mjs';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executablePath(), headless: true, args: [...FLAGS] });
}

/** Patience for one step of a test, ms: far above what a slow machine needs, far below the test's own time. */
export const STEP_MS = 45_000;

/**
 * A window of a shop's PC: 1366×768, without motion, nothing remembered. It keeps no files of the program for a day without the server unless
 * it says so: each window would fetch them all.
 */
export async function openWindow(
  browser: Browser,
  baseURL: string,
  options: { locale?: string; colorScheme?: 'light' | 'dark'; serviceWorkers?: 'allow' } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1366, height: 768 },
    reducedMotion: 'reduce',
    locale: options.locale ?? 'en',
    colorScheme: options.colorScheme ?? 'light',
    serviceWorkers: options.serviceWorkers ?? 'block',
  });
  // What does not appear within this time will not: the step fails by itself and says what it waited for.
  context.setDefaultTimeout(STEP_MS);
  return { context, page: await context.newPage() };
}

/** Runs in the page, so that only what was found travels back and not the half megabyte of what was looked at. */
const LOOK_WITH_AXE = `(async () => {
  const result = await window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
    preload: false, // every style comes from the page's own origin
  });
  return result.violations.map((violation) =>
    violation.id + ': ' + violation.help + ' — ' + violation.nodes.map((node) => node.html.slice(0, 160)).join(' | '));
})()`;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it is: WCAG 2.2 A and AA. Empty when there is nothing. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('typeof window.axe !== "undefined"'))) await page.evaluate(AXE);
  return page.evaluate<string[]>(LOOK_WITH_AXE);
}
