import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { axeViolations, openWindow } from '../support/browser.js';
import { ADMIN_PASSWORD, type ServerProcess } from '../support/server-process.js';
import { Keyboard } from './keyboard.js';

/** Every language with the colours it is looked at in. */
export const VISITS = [
  { language: 'en', locale: 'en-GB', colorScheme: 'light' as const },
  { language: 'ar', locale: 'ar-EG', colorScheme: 'dark' as const },
];

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
  return merge(read(`${language}.json`), read(`catalog.${language}.json`));
}

/** A signed-in window with hands on its keyboard only. */
export class Visit {
  readonly keys: Keyboard;
  /** Screens axe has looked at. */
  readonly checked: string[] = [];
  private readonly texts: Texts;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly language: string,
    private readonly colorScheme: string,
  ) {
    this.keys = new Keyboard(page);
    this.texts = textsOf(language);
  }

  /** Opens a window and signs in with the keyboard. */
  static async begin(
    browser: Browser,
    server: ServerProcess,
    { language, locale, colorScheme }: (typeof VISITS)[number],
    who: { username: string; password: string } = { username: 'admin', password: ADMIN_PASSWORD },
  ): Promise<Visit> {
    const { context, page } = await openWindow(browser, server.address, { locale, colorScheme });
    const visit = new Visit(context, page, language, colorScheme);
    // Whoever listens from the start does not lose the dialog that opens while the listening is being arranged.
    page.on('filechooser', () => undefined);
    await page.goto('/');
    await page.getByLabel(visit.word('signIn.username')).waitFor();
    await visit.keys.type(who.username);
    await visit.keys.press('Tab');
    await visit.keys.type(who.password);
    await visit.keys.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    return visit;
  }

  /** A text of the interface as it stands in the files of the language. */
  word(path: string): string {
    let at: string | Texts | undefined = this.texts;
    for (const part of path.split('.')) at = typeof at === 'object' ? at[part] : undefined;
    if (typeof at !== 'string') throw new Error(`no text ${path} in ${this.language}`);
    return at;
  }

  /** Expects that axe finds nothing; MEDITORY_SCREENSHOTS=write also refreshes the picture of the documentation. */
  async clean(screen: string): Promise<void> {
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
