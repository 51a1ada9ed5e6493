// trust.md T45: markup and script in names, in the database of a real product, on the screens that show them, in both languages:
// nothing runs, nothing is loaded from elsewhere, the policy has nothing to stop, and the browser keeps nobody's name.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

const MARKUP = `<img src=x onerror="window.ran=1"><script>window.ran=1</script><a href="javascript:window.ran=1">`;
const address = product().address;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it.each(VISITS)('T45 stored markup stays text on every screen that shows it, in $language', async (kind) => {
  const visit = await Visit.begin(browser, address, kind);
  const { page, context } = visit;
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(?:data|blob):/.test(request.url()))
      elsewhere.push(request.url());
  });
  page.on('dialog', (dialog) => {
    elsewhere.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const stopped: string[] = [];
  await context.exposeFunction('policyStopped', (what: string) => void stopped.push(what));
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    policyStopped(event.effectiveDirective + ' ' + event.blockedURI));`);

  const surname = `Zz${kind.language}`;
  const made = await context.request.post('/api/patients', {
    headers: { origin: address },
    data: { firstName: MARKUP, lastName: surname, birthDate: '1980-01-01', sex: 'female', notes: MARKUP },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { patientId } = (await made.json()) as { patientId: number };

  for (const path of [`/patients/${patientId}`, '/patients', '/till', '/drugs', '/dashboard']) {
    await page.goto(path);
    await page.getByRole('main').first().waitFor();
    if (path === '/patients')
      for (const wanted of [surname, MARKUP]) {
        await page.getByRole('searchbox').fill(wanted);
        await page.getByText('onerror', { exact: false }).first().waitFor();
      }
    if (path.startsWith(`/patients/`)) await page.getByText('onerror', { exact: false }).first().waitFor();
    expect(await page.evaluate(`window.ran`), path).toBeUndefined();
    expect(
      await page.evaluate(`document.querySelectorAll('img[src="x"], a[href^="javascript:"]').length`),
      path,
    ).toBe(0);
  }
  expect(elsewhere).toEqual([]);
  expect(stopped).toEqual([]);
  const kept = await page.evaluate<string>(`JSON.stringify([{ ...localStorage }, { ...sessionStorage }])`);
  expect(kept).not.toContain(surname);
  expect(kept).not.toContain('onerror');

  // Signed out, nothing of it is left on the screen or to be had by going back.
  await context.request.post('/api/auth/logout', { headers: { origin: address } });
  await page.goto(`/patients/${patientId}`);
  await page.locator('input[type="password"]').first().waitFor();
  expect(await page.content()).not.toContain(surname);
  await context.close();
});
