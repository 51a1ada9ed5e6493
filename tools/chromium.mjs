import { existsSync } from 'node:fs';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** How a browser of a test or a bench is started. */
export const FLAGS = [
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
 * Path of a real Chromium: the one MEDITORY_CHROMIUM names, else an installed one, else the one from the npm dev dependency,
 * which brings the shared libraries it needs along (it unpacks them when it believes to be on its home platform).
 *
 * @returns {Promise<string>}
 */
export async function executablePath() {
  const chosen = process.env.MEDITORY_CHROMIUM;
  if (chosen && chosen !== 'npm') return chosen;
  const installed = chosen === 'npm' ? undefined : INSTALLED.find((path) => existsSync(path));
  if (installed) return installed;
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
