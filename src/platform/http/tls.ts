import { createPrivateKey, X509Certificate } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server, ServerOptions } from 'node:https';

import type { TlsFiles } from '../config/config.js';
import type { GuardedRequest } from '../security/decorators.js';

/** A certificate with its chain, and its private key, both PEM. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
}

/** Only suites with forward secrecy, the strongest first; the first three are those of TLS 1.3. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

/** How often a renewed certificate is looked for. */
const LOOK_EVERY_MS = 60_000;

/** Reads the two files. Throws an Error that says which setting is wrong and why, never what is in the key. */
export async function readTls(files: TlsFiles): Promise<TlsMaterial> {
  const cert = await readSetting('MEDITORY_TLS_CERT', files.cert);
  const key = await readSetting('MEDITORY_TLS_KEY', files.key);
  const certificate = parse('MEDITORY_TLS_CERT', 'a certificate', () => new X509Certificate(cert));
  const privateKey = parse('MEDITORY_TLS_KEY', 'a private key without a passphrase', () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey))
    throw new Error('MEDITORY_TLS_KEY is not the key of the certificate in MEDITORY_TLS_CERT.');
  return { cert, key };
}

async function readSetting(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${setting}: ${path} cannot be read.`, { cause: error });
  }
}

function parse<T>(setting: string, what: string, read: () => T): T {
  try {
    return read();
  } catch {
    // What OpenSSL says may quote the file.
    throw new Error(`${setting} is not ${what} in PEM.`);
  }
}

/** How the server speaks TLS: 1.2 at least, forward secrecy always, its own order of suites. */
export function secureServer(material: TlsMaterial): ServerOptions {
  return { ...material, minVersion: 'TLSv1.2', ciphers: CIPHERS, honorCipherOrder: true };
}

/**
 * Shows a renewed certificate to new connections without a restart; where what came in its place is not usable the old one
 * stays and `warn` is told. Ends with the server.
 */
export function followRenewal(
  server: Server,
  files: TlsFiles,
  warn: (line: string) => void,
  everyMs = LOOK_EVERY_MS,
): void {
  const renew = (): void => {
    readTls(files).then(
      (material) => server.setSecureContext(secureServer(material)),
      (error: unknown) =>
        warn(
          `The certificate was not renewed, the old one stays. ${error instanceof Error ? error.message : ''}`,
        ),
    );
  };
  const paths: readonly string[] = [files.cert, files.key];
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, renew);
  server.once('close', () => {
    for (const path of paths) unwatchFile(path, renew);
  });
}

/** True where the browser is reached by TLS: ours, or that of a proxy before us, whose word it is. */
export const isSecure = (request: Pick<GuardedRequest, 'protocol' | 'headers'>): boolean =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';
