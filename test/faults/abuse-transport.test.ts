// trust.md T56: TLS, HSTS, headers, CORS, caches, and what the server says of itself. Over real sockets.
import http from 'node:http';
import https from 'node:https';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createApplication } from '../../src/application.js';
import { readConfig } from '../../src/platform/config/config.js';
import { redirectToHttps } from '../../src/platform/http/redirect-server.js';
import { followRenewal, readTls } from '../../src/platform/http/tls.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { selfSignedCertificate } from '../support/certificate.js';
import { useTestDatabase } from '../support/db.js';

interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

function send(
  client: typeof http | typeof https,
  options: https.RequestOptions & { readonly body?: string },
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = client.request({ host: '127.0.0.1', agent: false, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(options.body);
  });
}

/** What a handshake ends in. */
function handshake(
  port: number,
  options: tls.ConnectionOptions,
): Promise<{ protocol: string | null; cipher: string; subject: string } | { refused: string }> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', port, ...options }, () => {
      resolve({
        protocol: socket.getProtocol(),
        cipher: socket.getCipher().name,
        subject: socket.getPeerCertificate().subject.CN,
      });
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve({ refused: error.code ?? error.message }));
  });
}

describe('TLS of our own', () => {
  const db = useTestDatabase();
  const shop = selfSignedCertificate('shop');
  let folder = '';
  let files = { cert: '', key: '' };
  let app: NestFastifyApplication;
  let port = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-tls-'));
    files = { cert: join(folder, 'shop.pem'), key: join(folder, 'shop-key.pem') };
    await writeFile(files.cert, shop.cert);
    await writeFile(files.key, shop.key);
    app = await createApplication(db.app, 4, createLogger('silent'), { tls: await readTls(files) });
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('T56 TLS 1.3 is spoken first, 1.2 with forward secrecy, nothing older and nothing weaker', async () => {
    expect(await handshake(port, { ca: shop.cert })).toMatchObject({ protocol: 'TLSv1.3', subject: 'shop' });
    expect(await handshake(port, { ca: shop.cert, maxVersion: 'TLSv1.2' })).toMatchObject({
      protocol: 'TLSv1.2',
      cipher: 'ECDHE-ECDSA-AES256-GCM-SHA384',
    });
    const old = { ca: shop.cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await handshake(port, old as tls.ConnectionOptions)).toHaveProperty('refused');
    const weak = { ca: shop.cert, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:ECDHE-ECDSA-AES128-SHA' };
    expect(await handshake(port, weak as tls.ConnectionOptions)).toHaveProperty('refused');
  });

  it('T56 a client that does not know the certificate gets no answer, nor does one that speaks no TLS', async () => {
    await expect(send(https, { port, path: '/api/health/live' })).rejects.toThrow(/self-signed/);
    await expect(send(http, { port, path: '/api/health/live' })).rejects.toThrow(/hang up|reset/);
  });

  it('T56 every answer over TLS tells the browser to come by TLS for a year', async () => {
    const paths = ['/', '/api/health/live', '/api/patients', '/api/none', '/assets/none.js'];
    for (const path of paths)
      expect(
        (await send(https, { port, path, ca: shop.cert })).headers['strict-transport-security'],
        path,
      ).toBe('max-age=31536000; includeSubDomains');
  });

  it('T56 a renewed certificate is shown without a restart; what is not usable is not', async () => {
    const server = app.getHttpServer() as https.Server;
    const warnings: string[] = [];
    followRenewal(server, files, (line) => warnings.push(line), 20);
    const renewed = selfSignedCertificate('renewed');
    const write = async (path: string, text: string, at: number): Promise<void> => {
      await writeFile(path, text);
      await utimes(path, at, at); // Files written within one tick of the clock would look unchanged.
    };
    await write(files.key, renewed.key, 2_000_000_000);
    await vi.waitFor(() => expect(warnings.join()).toContain('is not the key of the certificate'), 20_000);
    expect(await handshake(port, { ca: shop.cert })).toMatchObject({ subject: 'shop' });
    await write(files.cert, renewed.cert, 2_000_000_000);
    await vi.waitFor(
      async () => expect(await handshake(port, { ca: renewed.cert })).toMatchObject({ subject: 'renewed' }),
      20_000,
    );
  });
});

describe('settings of TLS', () => {
  it('T56 are both there and fit together, or the server does not start', async () => {
    expect(readConfig({ MEDITORY_TLS_CERT: '/a.pem', MEDITORY_TLS_KEY: '/b.pem' }).tls).toEqual({
      cert: '/a.pem',
      key: '/b.pem',
    });
    expect(readConfig({}).tls).toBeUndefined();
    expect(() => readConfig({ MEDITORY_TLS_CERT: '/a.pem' })).toThrow(/MEDITORY_TLS_KEY/);
    expect(() => readConfig({ MEDITORY_TLS_KEY: '/a.pem' })).toThrow(/MEDITORY_TLS_CERT/);
    expect(() => readConfig({ MEDITORY_HTTP_PORT: '80' })).toThrow(/MEDITORY_HTTP_PORT/);
    const folder = await mkdtemp(join(tmpdir(), 'meditory-tls-'));
    const [one, other] = [selfSignedCertificate(), selfSignedCertificate()];
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const cert = await file('cert.pem', one.cert);
    const key = await file('key.pem', one.key);
    expect(await readTls({ cert, key })).toEqual(one);
    await expect(readTls({ cert, key: join(folder, 'none.pem') })).rejects.toThrow(/MEDITORY_TLS_KEY/);
    await expect(readTls({ cert: key, key })).rejects.toThrow(/MEDITORY_TLS_CERT is not a certificate/);
    await expect(readTls({ cert, key: cert })).rejects.toThrow(/MEDITORY_TLS_KEY is not a private key/);
    await expect(readTls({ cert, key: await file('other.pem', other.key) })).rejects.toThrow(
      /is not the key/,
    );
    await rm(folder, { recursive: true });
  });
});

describe('plain HTTP beside TLS', () => {
  let server: http.Server;
  let port = 0;
  beforeAll(async () => {
    server = await redirectToHttps({ port: 0, host: '127.0.0.1', httpsPort: 8443 });
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const get = (path: string, host = 'shop.local', method = 'GET'): Promise<Got> =>
    send(http, { port, path, method, headers: { host } });

  it('T56 sends pages to the same host by HTTPS and to no other', async () => {
    expect((await get('/till?x=1')).headers.location).toBe('https://shop.local:8443/till?x=1');
    expect((await get('/', 'shop.local:3001')).headers.location).toBe('https://shop.local:8443/');
    expect((await get('/', '[::1]:3001')).headers.location).toBe('https://[::1]:8443/');
    expect((await get('//evil.example/x')).headers.location).toBe('https://shop.local:8443/evil.example/x');
    expect((await get('/\\evil.example')).headers.location).toBe('https://shop.local:8443/evil.example');
    for (const host of ['evil.example@shop', 'a/b', 'a b', 'x?y', 'a:b:c'])
      expect((await get('/', host)).status, host).toBe(403);
  });

  it('T56 does not lead calls of the API on, nor anything but reading a page', async () => {
    for (const path of ['/api/patients', '/api', '/API/patients', '//api/patients'])
      expect(await get(path), path).toMatchObject({
        status: 403,
        body: expect.stringContaining('https-required') as string,
      });
    const posted = await get('/', 'shop.local', 'POST');
    expect(posted.status).toBe(403);
    expect(posted.headers['content-type']).toContain('application/problem+json');
  });
});
