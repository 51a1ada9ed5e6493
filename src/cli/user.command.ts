import { PasswordLinksService } from '../operational/auth/password-links/password-links.service.js';
import { readConfig } from '../platform/config/config.js';
import { withServices } from './context.js';
import { report } from './report.js';

/**
 * Lets somebody in again who lost his password or second factor, when nobody else can: the factors are taken away, and a link is printed
 * by which he sets a password. Throws an Error when there is no active user of this name.
 */
export async function recoverUser(username: string, options: { json?: boolean }): Promise<void> {
  const name = username.trim().toLowerCase();
  const token = await withServices((services) => services.get(PasswordLinksService).recover(name));
  if (token === undefined) throw new Error(`there is no active user ${name}`);
  const { port, security } = readConfig();
  const link = `${security.origin ?? `http://localhost:${port}`}/set-password#${token}`;
  report(options.json === true, { username: name, link }, [
    `Second factors and sessions of ${name} are gone. Set a password here, once and within a day:`,
    link,
  ]);
}
