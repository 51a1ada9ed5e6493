import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { expect } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { axeViolations, openWindow, STEP_MS } from '../support/browser.js';
import { ADMIN_PASSWORD } from '../support/server-process.js';
import { Keyboard } from './keyboard.js';

/** The user every visit is made by unless it says otherwise. */
export const ADMIN = { username: 'admin', password: ADMIN_PASSWORD };

/** Every language with the colours it is looked at in. */
export const VISITS = [
  { language: 'en', locale: 'en-GB', colorScheme: 'light' as const },
  { language: 'ar', locale: 'ar-EG', colorScheme: 'dark' as const },
];

/** How a window is looked at; `serviceWorkers`: it keeps the program for when the server is gone. */
type Kind = (typeof VISITS)[number] & { readonly serviceWorkers?: 'allow' };

/** Answers that never end: a page that follows them is settled all the same. */
const ENDLESS: ReadonlySet<string> = new Set(['/api/work-board/events']);

type Texts = { [key: string]: string | Texts };

function textsOf(language: string): Texts {
  const read = (name: string): Texts =>
    JSON.parse(readFileSync(join(packageRoot(), 'web', 'src', 'i18n', name), 'utf8')) as Texts;
  const merge = (a: Texts, b: Texts): Texts => {
    const out: Texts = { ...a };
    for (const [key, value] of Object.entries(b)) {
      const before = out[key];
      out[key] = typeof before === 'object' && typeof value === 'object' ? merge(before, value) : value;
    }
    return out;
  };
  return [
    'screens',
    'catalog',
    'clinical',
    'board',
    'controlled',
    'insurance',
    'people',
    'errors',
    'compounding',
    'stock',
    'packs',
    'bills',
    'procurement',
    'replenishment',
    'money',
    'after-sale',
    'sales-reports',
    'accounts',
    'pricing',
    'offline',
    'operations',
    'access',
  ].reduce((texts, part) => merge(texts, read(`${part}.${language}.json`)), read(`${language}.json`));
}

/** Texts of the interface of a language, as they stand in its files, by their path. */
export function wordsIn(language: string): (path: string) => string {
  const texts = textsOf(language);
  return (path) => {
    let at: string | Texts | undefined = texts;
    for (const part of path.split('.')) at = typeof at === 'object' ? at[part] : undefined;
    if (typeof at !== 'string') throw new Error(`no text ${path} in ${language}`);
    return at;
  };
}

/** A window with hands on its keyboard only. */
export class Visit {
  readonly keys: Keyboard;
  /** Screens axe has looked at. */
  readonly checked: string[] = [];
  private readonly words: (path: string) => string;
  private readonly underWay = new Set<Request>();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly language: string,
    private readonly colorScheme: string,
  ) {
    this.keys = new Keyboard(page);
    this.words = wordsIn(language);
  }

  /** Opens a window in which nobody is signed in, at the sign-in screen. */
  static async open(browser: Browser, address: string, kind: Kind): Promise<Visit> {
    const { context, page } = await openWindow(browser, address, kind);
    const visit = new Visit(context, page, kind.language, kind.colorScheme);
    // Whoever listens from the start does not lose the dialog that opens while the listening is being arranged.
    page.on('filechooser', () => undefined);
    const ended = (request: Request): boolean => visit.underWay.delete(request);
    page.on('requestfinished', ended).on('requestfailed', ended);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/') && !ENDLESS.has(pathname)) visit.underWay.add(request);
    });
    return visit;
  }

  /** Opens a window whose user has signed in already; signing in by hand is the first day's matter. */
  static async begin(
    browser: Browser,
    address: string,
    kind: Kind,
    who: { username: string; password: string } = ADMIN,
  ): Promise<Visit> {
    const visit = await Visit.open(browser, address, kind);
    const answer = await visit.context.request.post('/api/auth/login', { data: who });
    if (!answer.ok()) throw new Error(`${who.username} may not sign in: ${await answer.text()}`);
    await visit.page.goto('/');
    await visit.page.getByRole('navigation').first().waitFor();
    // The keys of the program listen once its first screen is there.
    await visit.page.getByRole('heading').first().waitFor();
    await visit.settled();
    return visit;
  }

  /** Puts a text into the focused field as one input, as a paste does: for fields that do not search while one types. */
  async write(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
    this.keys.presses += 1;
  }

  /** Waits until every question to the server is answered and nothing on the page is marked as loading. */
  async settled(): Promise<void> {
    const loading = this.page.locator('[aria-busy="true"]').or(this.status('common.loading'));
    await expect
      .poll(async () => [...this.paths(), ...(await loading.allTextContents())], {
        timeout: STEP_MS,
        interval: 30,
        message: `requests under way or parts loading at ${this.page.url()}`,
      })
      .toEqual([]);
  }

  private paths(): string[] {
    return [...this.underWay].map((request) => request.url());
  }

  private status(name: string): Locator {
    return this.page.getByRole('status', { name: this.word(name) });
  }

  /** A text of the interface as it stands in the files of the language. */
  word(path: string): string {
    return this.words(path);
  }

  /** Expects that axe finds nothing; MEDITORY_SCREENSHOTS=write also refreshes the picture of the documentation. */
  async clean(screen: string): Promise<void> {
    await this.settled();
    expect(await axeViolations(this.page), `axe on ${screen} (${this.language})`).toEqual([]);
    this.checked.push(screen);
    if (process.env.MEDITORY_SCREENSHOTS !== 'write') return;
    const name = `${screen.replaceAll(' ', '-')}-${this.language}-${this.colorScheme}.png`;
    await this.page.screenshot({ path: join(packageRoot(), 'docs', 'screenshots', name) });
  }

  /** Opens the palette and types into it. */
  async ask(text: string): Promise<void> {
    await this.keys.press('Control+K');
    await this.page.getByRole('combobox', { name: this.word('palette.placeholder') }).waitFor();
    await this.keys.type(text);
  }

  /** A keyboard-wedge scanner: the code and Enter within a few milliseconds, faster than the test could press keys. */
  async scan(code: string): Promise<void> {
    const names = [...code].map((key) => ({ key, code: `Digit${key}` }));
    const pressed = JSON.stringify([...names, { key: 'Enter', code: 'Enter' }]);
    await this.page.evaluate(`for (const key of ${pressed})
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))`);
    this.keys.presses += 1;
  }

  /** A call to the API as the page itself would make it. */
  async call<Body>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
    const request = JSON.stringify({ method, path, body });
    return this.page.evaluate<{ status: number; body: Body }>(`(async () => {
      const { method, path, body } = ${request};
      const headers = { Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}) };
      const answer = await fetch('/api' + path, { method, headers, body: body && JSON.stringify(body) });
      return { status: answer.status, body: await answer.json().catch(() => undefined) };
    })()`);
  }

  heading(path: string) {
    return this.page.getByRole('heading', { name: this.word(path) }).first();
  }

  async end(): Promise<void> {
    await this.context.close();
  }
}
