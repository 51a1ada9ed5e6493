import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

import pg from 'pg';

import type { DatabaseServer, DatabaseTls } from '../config/config.js';

/** TLS as the driver takes it. */
interface Ssl {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  readonly checkServerIdentity?: (name: string, certificate: PeerCertificate) => Error | undefined;
}

/** Where to connect and as whom, as the driver takes it. */
export type Login = Pick<pg.ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database'> & {
  readonly ssl: false | Ssl;
};

/** How a connection to the server is made; every connection comes from here, so that none is plain where TLS was asked for. */
export function loginOf({ host, port, username, password, database, tls }: DatabaseServer): Login {
  return { host, port, user: username, password, database, ssl: sslOf(() => host, tls) };
}

/** TLS as the driver takes it, for the server of that name when it connects; false: none. Throws an Error where the root certificate cannot be read. */
export function sslOf(host: () => string, tls: DatabaseTls | undefined): false | Ssl {
  if (tls === undefined) return false;
  if (tls.mode === 'require') return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(tls.rootCert === undefined ? {} : { ca: rootCertificate(tls.rootCert) }),
    // By itself Node asks for "localhost" where the host is an address: the driver names none then.
    checkServerIdentity: (_, certificate) =>
      tls.mode === 'verify-full' ? checkServerIdentity(host(), certificate) : undefined,
  };
}

/** Throws an Error with what to set where the server cannot be reached by TLS as `DB_SSL` asks, before anything else is tried. */
export async function requireTls(server: DatabaseServer): Promise<void> {
  const client = new pg.Client({ ...loginOf(server), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // the pending call rejects; an unheard event would end the process
  try {
    await client.connect();
  } catch (error) {
    throw new Error(
      `The database at ${server.host} cannot be reached by TLS (DB_SSL=${server.tls?.mode ?? 'disable'}): ` +
        `${error instanceof Error ? error.message : String(error)}. DB_SSL_ROOT_CERT names the certificate it is checked ` +
        'by; DB_SSL=disable goes without, and passwords and patients then cross the network in the clear.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function rootCertificate(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    new X509Certificate(text);
    return text;
  } catch (error) {
    throw new Error(`DB_SSL_ROOT_CERT is not a certificate that can be read (${path}).`, { cause: error });
  }
}
