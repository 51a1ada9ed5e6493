// A PostgreSQL of one's own is spoken to by TLS: by every connection, and only by one that shows the right certificate.
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createApplication } from '../../src/application.js';
import { openInstallation, requireCurrentSchema } from '../../src/installation.js';
import { readConfig, type DatabaseServer, type DatabaseTls } from '../../src/platform/config/config.js';
import { EmbeddedCluster } from '../../src/platform/database/embedded-cluster.js';
import { loginOf } from '../../src/platform/database/login.js';
import { migrateUp } from '../../src/platform/database/migrator.js';
import { withOwnerConnection } from '../../src/platform/database/owner-connection.js';
import { connect } from '../../src/platform/database/recovery/backup-lock.js';
import { ReplicationConnection } from '../../src/platform/database/recovery/replication.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { readCatalogue } from '../../src/reference/search/catalogue-copy.repository.js';
import { selfSignedCertificate } from '../support/certificate.js';
import { aFieldKey } from '../support/field-key.js';

describe('settings of the way to the database', () => {
  const tlsOf = (environment: Record<string, string>): DatabaseTls | undefined =>
    readConfig({ DB_HOST: 'db.example', ...environment }).server?.tls;

  it('ask for a certificate checked in full where a network lies between, unless somebody says otherwise', () => {
    expect(tlsOf({})).toEqual({ mode: 'verify-full', rootCert: undefined });
    expect(tlsOf({ DB_HOST: '10.0.0.5', DB_SSL_ROOT_CERT: '/ca.pem' })).toEqual({
      mode: 'verify-full',
      rootCert: '/ca.pem',
    });
    expect(tlsOf({ DB_SSL: 'verify-ca', DB_SSL_ROOT_CERT: '/ca.pem' })?.mode).toBe('verify-ca');
    expect(tlsOf({ DB_SSL: 'require' })).toEqual({ mode: 'require', rootCert: undefined });
    expect(tlsOf({ DB_SSL: 'disable' })).toBeUndefined();
  });

  it('leave a database of this machine plain, and take TLS there where it is asked for', () => {
    for (const DB_HOST of ['localhost', '127.0.0.1', '::1', '/run/postgresql'])
      expect(tlsOf({ DB_HOST }), DB_HOST).toBeUndefined();
    expect(tlsOf({ DB_HOST: '127.0.0.1', DB_SSL: 'require' })?.mode).toBe('require');
    expect(tlsOf({ DB_HOST: '127.0.0.1', DB_SSL_ROOT_CERT: '/ca.pem' })?.mode).toBe('verify-full');
    // A name that only begins like one of this machine is of another.
    expect(tlsOf({ DB_HOST: 'localhost.example' })?.mode).toBe('verify-full');
  });

  it('are refused where they do not fit', () => {
    expect(() => tlsOf({ DB_SSL: 'prefer' })).toThrow(/DB_SSL/);
    expect(() => tlsOf({ DB_SSL: 'require', DB_SSL_ROOT_CERT: '/ca.pem' })).toThrow(/DB_SSL_ROOT_CERT/);
    expect(() => tlsOf({ DB_SSL: 'disable', DB_SSL_ROOT_CERT: '/ca.pem' })).toThrow(/DB_SSL_ROOT_CERT/);
  });
});

describe('a database that takes nothing but TLS', () => {
  const shown = selfSignedCertificate();
  let home = '';
  let cluster: EmbeddedCluster;
  const server = (tls: DatabaseTls | undefined, role: 'superuser' | 'app' = 'superuser'): DatabaseServer => ({
    ...cluster.server(role),
    tls,
  });
  const full = (): DatabaseTls => ({ mode: 'verify-full', rootCert: join(home, 'ca.pem') });

  const attempt = async (target: DatabaseServer): Promise<string> => {
    const client = new pg.Client({ ...loginOf(target), connectionTimeoutMillis: 5000 });
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string | null }>(
        'select version from pg_stat_ssl where pid = pg_backend_pid()',
      );
      return rows[0]?.version ?? 'plain';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'meditory-db-tls-'));
    await chmod(home, 0o755); // PostgreSQL may run as another user than the tests
    cluster = await EmbeddedCluster.open(home, { unsafeFast: true });
    await cluster.start();
    const data = join(home, 'postgres');
    const { uid, gid } = await stat(data);
    for (const [name, text] of [
      ['server.crt', shown.cert],
      ['server.key', shown.key],
    ] as const) {
      await writeFile(join(data, name), text, { mode: 0o600 });
      await chown(join(data, name), uid, gid);
    }
    await writeFile(join(home, 'ca.pem'), shown.cert);
    await writeFile(join(home, 'other.pem'), selfSignedCertificate().cert);
    const hba = join(data, 'pg_hba.conf');
    await writeFile(hba, (await readFile(hba, 'utf8')).replaceAll(/^host\b/gm, 'hostssl'));
    const client = new pg.Client(loginOf(cluster.server('superuser')));
    await client.connect();
    await client.query('alter system set ssl = on');
    await client.query('select pg_reload_conf()');
    await client.end();
    await vi.waitFor(async () => expect(await attempt(server(undefined))).toContain('no encryption'), 10_000);
  });
  afterAll(async () => {
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('is reached with its certificate, and with another one, or none, by nobody who checks', async () => {
    expect(await attempt(server(full()))).toBe('TLSv1.3');
    expect(await attempt(server({ mode: 'verify-ca', rootCert: join(home, 'ca.pem') }))).toBe('TLSv1.3');
    expect(await attempt(server({ mode: 'require', rootCert: undefined }))).toBe('TLSv1.3');
    for (const mode of ['verify-ca', 'verify-full'] as const) {
      expect(await attempt(server({ mode, rootCert: join(home, 'other.pem') }))).toMatch(/self-signed|verif/);
      expect(await attempt(server({ mode, rootCert: undefined }))).toMatch(/self-signed/);
    }
  });

  it('is known by its address: a certificate for another one is refused, but by who checks the issuer alone', async () => {
    // 127.0.0.2 is this machine, and not in the certificate, which is for localhost and 127.0.0.1.
    const elsewhere = { ...server(full()), host: '127.0.0.2' };
    const { ssl } = loginOf(elsewhere);
    if (ssl === false) throw new Error('plain');
    const peer = { subject: { CN: 'localhost' }, subjectaltname: 'DNS:localhost, IP Address:127.0.0.1' };
    expect(ssl.checkServerIdentity?.('localhost', peer as never)).toBeInstanceOf(Error);
    const byIssuer = loginOf({ ...elsewhere, tls: { ...full(), mode: 'verify-ca' } }).ssl;
    expect(byIssuer !== false && byIssuer.checkServerIdentity?.('localhost', peer as never)).toBeUndefined();
  });

  it('takes migrations, backups and every connection of a server encrypted', async () => {
    const owner = server(full());
    await migrateUp(owner, { appPassword: cluster.appPassword });
    await requireCurrentSchema(owner);
    await withOwnerConnection(owner, () => Promise.resolve());
    await (await connect(owner)).end();
    await (await ReplicationConnection.open(owner)).close();
    await readCatalogue({ server: owner, options: '' }, () => undefined);

    const app = await createApplication(server(full(), 'app'), 4, createLogger('silent'), {
      security: await aFieldKey(),
    });
    await app.listen(0, '127.0.0.1');
    try {
      const watcher = await connect(owner);
      const open = async (): Promise<readonly string[]> =>
        (
          await watcher.query<{ application_name: string }>(
            `select distinct a.application_name from pg_stat_activity a join pg_stat_ssl s using (pid)
              where a.usename = 'pharmacy_app' and s.ssl`,
          )
        ).rows.map((row) => row.application_name);
      await fetch(`${await app.getUrl()}/api/health/ready`);
      await expect.poll(open, { timeout: 20_000 }).toEqual(expect.arrayContaining(['meditory', 'meditory-health', 'meditory-listen'])); // prettier-ignore
      await watcher.end();
    } finally {
      await app.close();
    }
  });

  it('that cannot be reached so is named before anything is tried, with what to set', async () => {
    const { host, port, username, password = '', database } = cluster.server('superuser');
    const environment = {
      DB_HOST: host,
      DB_PORT: String(port),
      DB_USERNAME: username,
      DB_PASSWORD: password,
      DB_DATABASE: database,
      DB_SSL_ROOT_CERT: join(home, 'other.pem'),
    };
    await expect(openInstallation(readConfig(environment))).rejects.toThrow(
      /cannot be reached by TLS \(DB_SSL=verify-full\).*DB_SSL_ROOT_CERT.*DB_SSL=disable/,
    );
    await expect(
      openInstallation(readConfig({ ...environment, DB_SSL_ROOT_CERT: join(home, 'none.pem') })),
    ).rejects.toThrow(/DB_SSL_ROOT_CERT is not a certificate/);
    const { server: reached } = await openInstallation(
      readConfig({ ...environment, DB_SSL_ROOT_CERT: join(home, 'ca.pem') }),
    );
    expect(reached.tls?.mode).toBe('verify-full');
  });
});
