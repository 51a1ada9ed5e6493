// A prescription entered from its paper: chosen, pasted and dropped, looked at by keys, kept through a refused save and a reload, and
// shown beside what was entered; in English and in Arabic, axe looking on. No draft is left after sign-out.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aPdf, aPng } from '../builders/paper.js';
import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

const PAPER = {
  name: 'paper of Nadia.png',
  mimeType: 'image/png',
  buffer: aPng({ width: 600, height: 800 }),
};

/** Hands a file to the page as the clipboard or the mouse does: 'paste' or 'drop'. */
async function hand(
  page: Page,
  how: 'paste' | 'drop',
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const given = JSON.stringify({ ...file, buffer: file.buffer.toString('base64') });
  await page.evaluate(`(() => {
    const given = ${given};
    const bytes = Uint8Array.from(atob(given.buffer), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], given.name, { type: given.mimeType }));
    window.dispatchEvent(${
      how === 'paste'
        ? "new ClipboardEvent('paste', { clipboardData: data, cancelable: true })"
        : "new DragEvent('drop', { dataTransfer: data, cancelable: true })"
    });
  })()`);
}

const drafts = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `Object.entries(sessionStorage).filter(([key]) => key.startsWith('meditory.draft')).map(String)`,
  );

describe('a prescription and its paper', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('is entered from it by keyboard, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const lastName = `Papers ${kind.language}`;
    const made = await visit.call<{ patientId: number }>('POST', '/patients', {
      firstName: 'Nadia',
      lastName,
      firstNameAr: 'نادية',
      lastNameAr: `أوراق`,
      birthDate: '1981-03-04',
      sex: 'female',
      phone: '01000111222',
    });
    expect(made.status).toBe(201);
    const prescriber = await visit.call<{ prescriberId: number }>('POST', '/prescribers', {
      firstName: 'Hoda',
      lastName: `Sheet ${kind.language}`,
      licenceNumber: `P-${kind.language}`,
    });
    expect(prescriber.status).toBe(201);
    const drugs = await visit.call<{ data: Array<{ drugId: number; name: string }> }>(
      'GET',
      '/drugs/search?q=amox&limit=1',
    );
    const drug = drugs.body.data[0];
    if (!drug) throw new Error('the sample pharmacy has no amoxicillin');

    await page.goto('/prescriptions/new');
    await visit.heading('prescriptions.newTitle').waitFor();
    await visit.settled();
    const choosing = page.waitForEvent('filechooser');
    await keys.press('Alt+O');
    await (await choosing).setFiles(PAPER);
    const picture = page.locator('img[data-loaded="true"]');
    await picture.waitFor();
    const width = async (): Promise<number> => (await picture.boundingBox())?.width ?? 0;
    const before = await width();
    await keys.press('Alt+=');
    await expect.poll(width).toBeGreaterThan(before * 1.3);
    await keys.press('Alt+-', 'Alt+R');
    await expect.poll(async () => (await picture.getAttribute('style')) ?? '').toContain('rotate(90deg)');
    await keys.press('Alt+R', 'Alt+R', 'Alt+R', 'Alt+Z');
    await picture.waitFor({ state: 'detached' });
    await keys.press('Alt+Z');
    await picture.waitFor();

    // What is typed last is what a save refused and a reload must not lose.
    await keys.press('F2');
    await keys.pick(lastName, kind.language === 'ar' ? 'أوراق' : lastName);
    await keys.press('F3');
    await keys.pick(drug.name.slice(0, 8), drug.name.slice(0, 5));
    await keys.tabTo(word('prescriptions.sig'));
    await keys.type('1 cap tds');
    await visit.settled();
    await visit.clean('paper entry');

    await keys.press('Control+Enter'); // no prescriber chosen: refused, and the paper stays
    await page.getByText(word('prescriptions.chooseFromList')).waitFor();
    expect(await picture.count()).toBe(1);
    await hand(page, 'paste', { name: 'second.pdf', mimeType: 'application/pdf', buffer: aPdf() });
    await page.getByRole('button', { name: word('paper.next') }).waitFor();
    await keys.press('Alt+.');
    await page.locator('iframe').waitFor();
    await keys.press('Alt+,');
    await picture.waitFor();
    await visit.settled();
    await hand(page, 'drop', {
      name: 'evil.png',
      mimeType: 'image/png',
      buffer: Buffer.from('<script>alert(1)</script>'),
    });
    await page
      .getByRole('alert')
      .filter({ hasText: word('errors.document-refused') })
      .waitFor();

    await expect.poll(() => drafts(page), { timeout: 10_000 }).toHaveLength(1);
    await expect.poll(async () => (await drafts(page)).join()).toContain('1 cap tds');
    const kept = (await drafts(page)).join();
    for (const secret of ['Nadia', 'نادية', lastName, '01000111222']) expect(kept).not.toContain(secret);
    await page.reload();
    await page.getByText(word('paper.draftRestored')).waitFor();
    await visit.settled();
    await page.locator('img[data-loaded="true"]').waitFor();
    expect(await page.getByLabel(word('prescriptions.sig')).inputValue()).toBe('1 cap tds');
    await visit.clean('paper draft');

    await keys.tabTo(word('prescriptions.prescriber'));
    await keys.pick('Hoda', 'Hoda');
    await keys.tabTo(word('prescriptions.daysSupply'));
    const days = page.getByLabel(word('prescriptions.daysSupply'));
    if ((await days.inputValue()) === '') await keys.type('5');
    const quantity = page.getByRole('textbox', { name: word('prescriptions.quantity') }).first();
    if ((await quantity.inputValue()) === '') await quantity.fill('15');
    await keys.press('Control+Enter');
    await page.waitForURL(/\/prescriptions\/\d+$/);
    await page.getByRole('region', { name: word('prescriptions.order') }).waitFor();
    await page.locator('img[data-loaded="true"]').waitFor();
    expect(await drafts(page)).toEqual([]);
    await visit.clean('paper prescription');

    await keys.press('Alt+W');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').locator('input:focus, textarea:focus').waitFor();
    await visit.write(word('paper.withdrawReason'));
    await keys.tabTo(word('paper.withdraw'));
    await keys.press('Enter');
    await page.getByText(word('paper.withdrawnDone')).first().waitFor();
    await page.locator('iframe').waitFor(); // the PDF is what stands
    await visit.end();
  });

  it('leaves no draft in the tab of who signs out', async () => {
    const visit = await Visit.begin(
      browser,
      address,
      VISITS[0] ?? { language: 'en', locale: 'en-GB', colorScheme: 'light' },
    );
    const userMenu = visit.word('header.userMenu').split('{{')[0] ?? '';
    const { page, keys } = visit;
    await page.goto('/prescriptions/new');
    await visit.heading('prescriptions.newTitle').waitFor();
    await visit.settled();
    await keys.tabTo(visit.word('prescriptions.sig'));
    await keys.type('1 tab od');
    await expect.poll(() => drafts(page), { timeout: 10_000 }).toHaveLength(1);
    await page.reload();
    await page.getByText(visit.word('paper.draftRestored')).waitFor();
    await visit.settled();
    await keys.press('Alt+N');
    const sig = page.getByLabel(visit.word('prescriptions.sig'));
    await expect.poll(() => sig.inputValue()).toBe('');
    expect(await drafts(page)).toEqual([]);
    await sig.focus();
    await keys.type('2 tab od');
    await expect.poll(() => drafts(page), { timeout: 10_000 }).toHaveLength(1);
    await page.evaluate(`sessionStorage.setItem('meditory.draft.999999.entry.1', '{}')`);
    await keys.type(' after meals'); // not written down yet: it must not be while the page goes away either
    await page.getByRole('button', { name: userMenu }).focus();
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keys.tabTo(visit.word('header.signOut'));
    await keys.press('Enter');
    await page.getByLabel(visit.word('signIn.username')).waitFor();
    expect(await drafts(page)).toEqual([]);
    await visit.end();
  });
});
