import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/**
 * A real Chromium: the one MEDITORY_CHROMIUM names, else an installed one, else the one from the npm dev dependency,
 * which brings the shared libraries it needs along (it unpacks them when it believes to be on its home platform).
 */
async function executablePath(): Promise<string> {
  const chosen = process.env.MEDITORY_CHROMIUM;
  if (chosen && chosen !== 'npm') return chosen;
  const installed = chosen === 'npm' ? undefined : INSTALLED.find((path) => existsSync(path));
  if (installed) return installed;
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executablePath(), headless: true, args: FLAGS });
}

/** A window of a shop's PC: 1366×768, without motion, nothing remembered. */
export async function openWindow(
  browser: Browser,
  baseURL: string,
  options: { locale?: string; colorScheme?: 'light' | 'dark' } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1366, height: 768 },
    reducedMotion: 'reduce',
    locale: options.locale ?? 'en',
    colorScheme: options.colorScheme ?? 'light',
  });
  return { context, page: await context.newPage() };
}

interface AxeResult {
  violations: {
    id: string;
    impact: string | null;
    help: string;
    nodes: { html: string; target: unknown }[];
  }[];
}

/** What axe finds on the page as it is: WCAG 2.2 A and AA. Empty when there is nothing. */
export async function axeViolations(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate<boolean>('typeof window.axe !== "undefined"'))) await page.evaluate(source);
  const result: AxeResult = await page.evaluate(
    `window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return result.violations.map(
    (violation) =>
      `${violation.id}: ${violation.help} — ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}
