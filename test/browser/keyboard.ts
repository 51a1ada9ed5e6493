import type { Page } from 'playwright-core';

/**
 * What the focused element is called, as a screen reader would say it. A box that only takes the focus to be looked at is
 * not called by all that stands in it: the button inside is another element.
 */
const FOCUSED_NAME = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return '';
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const label = element.labels?.[0]?.textContent ?? '';
  const text = element.tabIndex < 0 ? '' : element.textContent ?? '';
  return [element.getAttribute('aria-label') ?? '', labelled, label, text].join(' | ').replace(/\\s+/g, ' ');
})()`;

/** Settles when an open dialog that covers the page has taken the focus, at once where there is none; waits for two seconds at most. */
const FOCUS_IN_DIALOG = `new Promise((resolve) => {
  const until = performance.now() + 2000;
  const look = () => {
    const dialogs = [...document.querySelectorAll('[role=dialog][aria-modal=true]')];
    const taken = dialogs.length === 0 || dialogs.some((dialog) => dialog.contains(document.activeElement));
    if (taken || performance.now() > until) resolve();
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Hands on the keyboard: everything a test does to the page goes through here, so no click can slip in. */
export class Keyboard {
  /** Keys pressed so far; a typed text counts as one. */
  presses = 0;

  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.presses += 1;
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 80 }); // slower than a scanner: a person types
    this.presses += 1;
  }

  /**
   * Presses Tab until the element called `name` has the focus. A dialog that opens takes the focus a moment later: before that a Tab
   * would be undone by it, and the next key go elsewhere.
   */
  async tabTo(name: string): Promise<void> {
    await this.page.evaluate(FOCUS_IN_DIALOG);
    for (let n = 0; n < 100; n++) {
      const focused = await this.page.evaluate<string>(FOCUSED_NAME);
      if (focused.includes(name)) return;
      await this.press('Tab');
    }
    throw new Error(`no Tab leads to "${name}"`);
  }

  /** Types into a searching field and takes the first answer that contains `wanted`. */
  async pick(text: string, wanted: string): Promise<void> {
    await this.type(text);
    await this.page.getByRole('listbox').getByRole('option').filter({ hasText: wanted }).first().waitFor();
    await this.press('Enter');
  }
}
