import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, type Page } from 'playwright-core';

import { executablePath, FLAGS } from '../../tools/chromium.mjs';
import { STEP_MS } from './browser.js';

const START_MS = 60_000;

/** A Chromium as a till has one: with a profile that outlives it, so that its power can be cut and it can be started again. */
export class BrowserProcess {
  private child: ChildProcess | undefined;

  private constructor(private readonly profile: string) {}

  static async create(): Promise<BrowserProcess> {
    return new BrowserProcess(await mkdtemp(join(tmpdir(), 'meditory-till-')));
  }

  /** Starts it on its profile and answers a window of a shop's PC. */
  async start(): Promise<Page> {
    await rm(this.portFile, { force: true });
    // A group of its own: its helpers die with it.
    this.child = spawn(
      await executablePath(),
      [...FLAGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${this.profile}`, 'about:blank'],
      { detached: true, stdio: 'ignore' },
    );
    const browser = await chromium.connectOverCDP(await this.endpoint());
    const [context] = browser.contexts();
    if (!context) throw new Error('a browser with a profile has a context');
    context.setDefaultTimeout(STEP_MS);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.setViewportSize({ width: 1366, height: 768 });
    return page;
  }

  private get portFile(): string {
    return join(this.profile, 'DevToolsActivePort');
  }

  private async endpoint(): Promise<string> {
    const until = Date.now() + START_MS;
    for (;;) {
      const lines = (await readFile(this.portFile, 'utf8').catch(() => '')).split('\n');
      if (lines[0] && lines[1]) return `ws://127.0.0.1:${lines[0]}${lines[1]}`;
      if (this.child?.exitCode !== null || Date.now() > until) throw new Error('the browser did not start');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Cuts its power: kill -9 of it and all its helpers. */
  async kill(): Promise<void> {
    const child = this.child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  /** Ends it and removes its profile. */
  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
