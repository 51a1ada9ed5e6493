// Signing in with a second factor, by an app and by a passkey; proving again who one is; a record in an emergency.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { codeOf } from '../support/second-factor.js';
import { ADMIN, Visit, VISITS } from './visit.js';

describe('the account of a user', () => {
  const { address } = product();
  // Keys are bound to a name; the number of this machine is none.
  const named = address.replace('127.0.0.1', 'localhost');
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** A user with rights of his own, made as an administrator makes one. */
  async function aColleague(visit: Visit): Promise<{ username: string; password: string }> {
    const username = `colleague.${Date.now().toString(36)}`;
    const password = 'nine grey herons in the reeds';
    const roles = await visit.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const branches = await visit.call<{ data: { branchId: number }[] }>('GET', '/branches?limit=100');
    const made = await visit.call('POST', '/users', {
      username,
      fullName: 'Colleague',
      password,
      mustChangePassword: false,
      roleIds: roles.body.data.filter(({ name }) => name === 'inventory clerk').map(({ roleId }) => roleId),
      branchIds: branches.body.data.map(({ branchId }) => branchId),
    });
    expect(made.status).toBe(201);
    return { username, password };
  }

  it.each(VISITS)('signs in with an app and with a passkey in $language', async (kind) => {
    const admin = await Visit.begin(browser, named, kind);
    const who = await aColleague(admin);
    await admin.end();

    const visit = await Visit.begin(browser, named, kind, who);
    const { page, keys, context } = visit;
    const word = (key: string): string => visit.word(`access.${key}`);
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });

    await page.goto('/account');
    await visit.heading('access.account').waitFor();
    await visit.clean('account');
    await page.getByRole('button', { name: word('addApp'), exact: true }).focus();
    await keys.press('Enter');
    const secret = page.locator('[data-secret]');
    await secret.waitFor();
    await visit.clean('authenticator app');
    const key = (await secret.textContent()) ?? '';
    await page.getByLabel(word('codeOfApp')).focus();
    await visit.write(codeOf(key, new Date()));
    await keys.press('Enter');
    await page.getByRole('list', { name: word('recoveryCodes') }).waitFor();
    const recovery = await page
      .getByRole('list', { name: word('recoveryCodes') })
      .locator('code')
      .allTextContents();
    expect(recovery).toHaveLength(10);
    await visit.clean('recovery codes');
    await page.getByRole('button', { name: word('addKey') }).focus();
    await keys.press('Enter');
    // The button says the same words: what tells that the key is stored is its row in the list.
    await page
      .getByRole('list', { name: word('factors'), exact: true })
      .getByText(word('kind.webauthn'), { exact: true })
      .waitFor();

    // The second step: a recovery code here, since a code of the app is good once and the next half a minute away.
    await visit.call('POST', '/auth/logout');
    await page.goto('/');
    const enter = async () => {
      await page.getByLabel(visit.word('signIn.username')).fill(who.username);
      await page.getByLabel(visit.word('signIn.password'), { exact: true }).fill(who.password);
      await keys.press('Enter');
      await page.getByLabel(word('code'), { exact: true }).waitFor();
    };
    await page.getByLabel(visit.word('signIn.username')).waitFor();
    await enter();
    await visit.clean('second step');
    await visit.write('000000');
    await keys.press('Enter');
    await page.getByText(visit.word('errors.invalid-second-factor')).waitFor();
    await page.getByLabel(word('code'), { exact: true }).focus();
    await visit.write(recovery[0] ?? '');
    await keys.press('Enter');
    await page.getByRole('navigation').first().waitFor();

    await visit.call('POST', '/auth/logout');
    await page.goto('/');
    await page.getByLabel(visit.word('signIn.username')).waitFor();
    await enter();
    await page.getByRole('button', { name: word('useKey') }).focus();
    await keys.press('Enter');
    await page.getByRole('navigation').first().waitFor();

    await visit.call('POST', '/auth/logout');
    await page.goto('/');
    await page.getByRole('button', { name: word('passkey') }).waitFor();
    await page.getByRole('button', { name: word('passkey') }).focus();
    await keys.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    await visit.end();
  });

  it('hides passwords, and takes them from the clipboard and from a manager', async () => {
    const [english] = VISITS;
    if (!english) throw new Error('no language');
    const visit = await Visit.open(browser, address, english);
    const { page, context, keys } = visit;
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address });
    await page.goto('/');
    const password = page.getByLabel(visit.word('signIn.password'), { exact: true });
    await password.waitFor();
    expect(await password.getAttribute('type')).toBe('password');
    expect(await password.getAttribute('autocomplete')).toBe('current-password');
    const username = page.getByLabel(visit.word('signIn.username'));
    expect(await username.getAttribute('autocomplete')).toBe('username');
    await username.fill(ADMIN.username);
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(ADMIN.password)})`);
    await password.focus();
    await keys.press('Control+v');
    expect(await password.inputValue()).toBe(ADMIN.password);
    await keys.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    // Where a password is chosen it is hidden as well, and a manager is told that it is a new one.
    await page.getByRole('button', { name: visit.word('header.userMenu').replace('{{name}}', '') }).click();
    const fields = page.getByRole('dialog').locator('input[autocomplete$="-password"]');
    await fields.first().waitFor();
    const kinds = await Promise.all(
      (await fields.all()).map(async (field) => [
        await field.getAttribute('type'),
        await field.getAttribute('autocomplete'),
      ]),
    );
    expect(kinds).toContainEqual(['password', 'current-password']);
    expect(kinds).toContainEqual(['password', 'new-password']);
    expect(kinds.filter(([type]) => type !== 'password')).toEqual([]);
    await visit.end();
  });

  it.each(VISITS)(
    'offers to sign out at the same place of every kind of screen, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      const { body } = await visit.call<{ fullName: string }>('GET', '/auth/me');
      const name = visit.word('header.userMenu').replace('{{name}}', body.fullName);
      const menu = page.getByRole('banner').getByRole('button', { name, exact: true });
      for (const path of [
        '/',
        '/drugs',
        '/prescriptions',
        '/stock',
        '/operations',
        '/account',
        '/no-such-screen',
      ]) {
        await page.goto(path);
        await menu.waitFor();
      }
      await menu.focus();
      await keys.press('Enter');
      const out = page
        .getByRole('dialog')
        .getByRole('button', { name: visit.word('header.signOut'), exact: true });
      await out.waitFor();
      await keys.press('Enter');
      await page.getByLabel(visit.word('signIn.username')).waitFor();
      expect((await visit.call('GET', '/auth/me')).status).toBe(401);
      await visit.end();
    },
  );

  it.each(VISITS)(
    'asks who is there before a grave step, and goes on by itself, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      // What an hour does to a sign-in, the server is told by a session that was never proven: one opened by PIN.
      await visit.call('POST', '/auth/pin', { password: ADMIN.password, pin: '2580' });
      const opened = await visit.call('POST', '/auth/unlock', { username: ADMIN.username, pin: '2580' });
      expect(opened.status).toBe(200);
      await page.goto('/account');
      await visit.heading('access.account').waitFor();
      await page.getByRole('button', { name: visit.word('access.addApp'), exact: true }).focus();
      await keys.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await visit.clean('step up');
      await dialog.getByLabel(visit.word('access.secret')).focus();
      await visit.write('not the password');
      await keys.press('Enter');
      await page.getByText(visit.word('errors.wrong-password')).waitFor();
      await dialog.getByLabel(visit.word('access.secret')).focus();
      await visit.write(ADMIN.password);
      await keys.press('Enter');
      await page.locator('[data-secret]').waitFor();
      expect(await dialog.count()).toBe(0);
      await visit.end();
    },
  );

  it.each(VISITS)(
    'opens a record in an emergency, which another is told of and reviews, in $language',
    async (kind) => {
      const chief = await Visit.begin(browser, address, kind);
      const who = await aColleague(chief);
      const patients = await chief.call<{ data: { patientId: number; firstName: string }[] }>(
        'GET',
        '/patients?limit=1',
      );
      const [patient] = patients.body.data;
      const visit = await Visit.begin(browser, address, kind, who);
      const { page, keys } = visit;
      const word = (key: string): string => visit.word(`emergency.${key}`);
      await page.goto('/emergency');
      await visit.heading('emergency.title').waitFor();
      await visit.clean('emergency');
      await page.getByRole('button', { name: word('open') }).focus();
      await keys.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText(word('byNumber')).click();
      await dialog.getByRole('textbox', { name: word('patientId') }).fill(String(patient?.patientId));
      await dialog.getByRole('textbox', { name: word('reason') }).fill('collapsed in the shop');
      await visit.clean('emergency reason');
      await dialog.getByRole('button', { name: word('open') }).click();
      await page.getByRole('region', { name: word('record') }).waitFor();
      await visit.clean('emergency record');
      await visit.end();

      await chief.page.goto('/emergency/review');
      await chief.heading('emergency.reviewTitle').waitFor();
      await chief.page
        .getByRole('button', { name: chief.word('emergency.review'), exact: true })
        .first()
        .waitFor();
      await chief.clean('emergencies');
      await chief.page
        .getByRole('button', { name: chief.word('emergency.review'), exact: true })
        .first()
        .focus();
      await chief.keys.press('Enter');
      await chief.page.getByRole('button', { name: chief.word('emergency.outcome.justified') }).click();
      await chief.page.getByText(chief.word('emergency.outcome.justified')).first().waitFor();
      await chief.end();
    },
  );
});
