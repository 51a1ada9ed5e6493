// What everybody sees of the second factor his role asks for, until it is due and then; users nobody chose a password for; registered tills.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { codeOf } from '../support/second-factor.js';
import { Visit, VISITS } from './visit.js';

const PASSWORD = 'nine grey herons in the reeds';

describe('a second factor that a role asks for', () => {
  const { address, home } = product();
  let browser: Browser;
  let owner: pg.Client;
  beforeAll(async () => {
    browser = await launchBrowser();
    const { port, superuserPassword } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8')) as {
      port: number;
      superuserPassword: string;
    };
    owner = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: superuserPassword,
      database: 'meditory_erp',
    });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await browser?.close();
  });

  const nameOf = (kind: { language: string }): string => `due.${kind.language}.${Date.now().toString(36)}`;
  /** What two weeks do to an account. */
  const graceIsOver = (username: string) =>
    owner.query(
      `update operational.users set mfa_asked_since = now() - interval '15 days' where username = $1`,
      [username],
    );
  const counted = (visit: Visit, path: string, language: string, count: number): string =>
    visit.word(`${path}_${new Intl.PluralRules(language).select(count)}`).replace('{{count}}', String(count));

  async function aClerk(kind: (typeof VISITS)[number]): Promise<{ username: string; password: string }> {
    const admin = await Visit.begin(browser, address, kind);
    const roles = await admin.call<{ data: { roleId: number; name: string }[] }>('GET', '/roles?limit=100');
    const branches = await admin.call<{ data: { branchId: number }[] }>('GET', '/branches?limit=100');
    const username = nameOf(kind);
    const made = await admin.call('POST', '/users', {
      username,
      fullName: 'Clerk',
      password: PASSWORD,
      mustChangePassword: false,
      roleIds: roles.body.data.filter(({ name }) => name === 'inventory clerk').map(({ roleId }) => roleId),
      branchIds: branches.body.data.map(({ branchId }) => branchId),
    });
    expect(made.status).toBe(201);
    await admin.end();
    return { username, password: PASSWORD };
  }

  it.each(VISITS)(
    'is announced at every screen with the days that are left, and then comes first, in $language',
    async (kind) => {
      const who = await aClerk(kind);
      const visit = await Visit.begin(browser, address, kind, who);
      const { page, keys } = visit;
      const word = (key: string): string => visit.word(`access.${key}`);
      const days = counted(visit, 'own.factorDaysLong', kind.language, 14);
      const sign = page.getByRole('banner').getByRole('button', { name: days, exact: true });
      await sign.waitFor();
      await visit.clean('days left');
      await sign.focus();
      await keys.press('Enter');
      await page.getByText(counted(visit, 'access.factorSoon', kind.language, 14), { exact: true }).waitFor();
      await visit.clean('account with days left');

      await graceIsOver(who.username);
      await page.goto('/stock');
      await visit.heading('access.factorDue').waitFor();
      await visit.clean('second factor due');
      await page.getByRole('button', { name: word('addApp'), exact: true }).focus();
      await keys.press('Enter');
      const secret = page.locator('[data-secret]');
      await secret.waitFor();
      const key = (await secret.textContent()) ?? '';
      await page.getByLabel(word('codeOfApp')).focus();
      await visit.write(codeOf(key, new Date()));
      await keys.press('Enter');
      await page.getByRole('list', { name: word('recoveryCodes') }).waitFor();
      await visit.clean('recovery codes of who had none');
      await page.getByRole('button', { name: word('goOn'), exact: true }).focus();
      await keys.press('Enter');
      await page.getByRole('navigation').first().waitFor();
      await visit.settled();
      expect(await sign.count()).toBe(0);
      await visit.end();
    },
  );

  it.each(VISITS)(
    'is the registered till for a cashier whose first password nobody chose, in $language',
    async (kind) => {
      const visit = await Visit.begin(browser, address, kind);
      const { page, keys } = visit;
      const word = (key: string): string => visit.word(`access.${key}`);
      await page.goto('/users');
      await visit.heading('users.title').waitFor();
      await keys.press('F9');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const username = nameOf(kind);
      await dialog.getByLabel(visit.word('users.username')).focus();
      await visit.write(username);
      await keys.press('Tab');
      await visit.write('Nour at the till');
      await dialog.getByRole('checkbox', { name: 'cashier' }).focus();
      await keys.press('Space');
      // At every branch: the till counts for who works where it stands.
      const places = dialog.getByRole('group', { name: visit.word('users.branches') }).getByRole('checkbox');
      for (const place of await places.all()) {
        await place.focus();
        await keys.press('Space');
      }
      await visit.clean('new user');
      await dialog.getByRole('button', { name: visit.word('common.save') }).focus();
      await keys.press('Enter');
      const oneTime = dialog.locator('[data-one-time]');
      await oneTime.waitFor();
      await visit.clean('one time password');
      const first = (await oneTime.textContent()) ?? '';
      await dialog
        .getByRole('button', { name: visit.word('common.close') })
        .last()
        .focus();
      await keys.press('Enter');
      await dialog.waitFor({ state: 'detached' });

      // The browser is registered, called otherwise, taken back, and registered again.
      const list = page.getByRole('region', { name: word('tills') });
      const register = async (name: string): Promise<void> => {
        await list.getByLabel(word('tillName')).focus();
        await visit.write(name);
        await keys.press('Enter');
        await list
          .getByRole('row')
          .filter({ hasText: name })
          .getByText(word('thisOne'), { exact: true })
          .waitFor();
      };
      const named = (key: string, name: string) =>
        list.getByRole('button', { name: word(key).replace('{{name}}', name), exact: true });
      await register(`Till of ${username}`);
      await visit.clean('registered tills');
      await named('renameNamed', `Till of ${username}`).focus();
      await keys.press('Enter');
      await dialog.getByRole('textbox', { name: word('newName') }).fill(`Door of ${username}`);
      await visit.clean('rename a till');
      await keys.press('Enter');
      await named('takeBackNamed', `Door of ${username}`).focus();
      await keys.press('Enter');
      await list.getByLabel(word('tillName')).waitFor();
      await register(`Again ${username}`);

      // The cashier signs in there with what he was given, chooses his own password, and works when his days are over.
      await visit.call('POST', '/auth/logout');
      await page.goto('/');
      await page.getByLabel(visit.word('signIn.username')).fill(username);
      await page.getByLabel(visit.word('signIn.password'), { exact: true }).fill(first);
      await keys.press('Enter');
      await visit.heading('password.title').waitFor();
      await page.getByLabel(visit.word('password.current')).fill(first);
      await page.getByLabel(visit.word('password.new')).fill(PASSWORD);
      await keys.press('Enter');
      await page.getByRole('navigation').first().waitFor();
      await graceIsOver(username);
      await page.goto('/account');
      await page.getByText(word('tillIsFactor'), { exact: true }).waitFor();
      await visit.clean('account at a registered till');
      expect((await visit.call('GET', '/drugs')).status).toBe(200);
      await visit.end();
      const elsewhere = await Visit.open(browser, address, kind);
      await elsewhere.context.request.post('/api/auth/login', { data: { username, password: PASSWORD } });
      await elsewhere.page.goto('/');
      await elsewhere.heading('access.factorDue').waitFor();
      await elsewhere.end();
    },
  );
});
