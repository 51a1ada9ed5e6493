// trust.md T51, T56, T58 and what a server tells of itself, on every route of the OpenAPI document: over real sockets.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { RECORDS } from '../../src/platform/security/reading-pace.domain.js';
import { aWorldFor } from '../builders/world.js';
import { eachOf, type RawAnswer } from '../support/fuzz/client.js';
import type { Operation, Schema } from '../support/fuzz/document.js';
import { faultOf } from '../support/fuzz/judge.js';
import { nameOf, useListeningShop } from '../support/fuzz/listening-shop.js';
import { ADMIN_PASSWORD } from '../support/server-process.js';
import { PROFILE, some } from './harness/profile.js';

const shop = useListeningShop();
const AT_ONCE = 6;
vi.setConfig({ testTimeout: 600_000 });

const get = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  shop.client.send({ path, headers: { authorization: `Bearer ${shop.token}`, ...headers } });
const readings = (): Operation[] => shop.operations.filter(({ method }) => method === 'GET');

/** Rows of every table but those that say that something was read, by table: how many, and a sum of all there is in them. */
async function everything(): Promise<Record<string, string>> {
  const tables = await shop.db.owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('operational', 'reference') and table_type = 'BASE TABLE'
       and table_name !~ '^audit_logs' and table_name not in ('sessions', 'rate_limits') order by 1`,
  );
  const all: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await shop.db.owner.query<{ of: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) as of from ${name} t`,
    );
    all[name] = rows[0]?.of ?? '';
  }
  return all;
}

it('T56 every answer of every reading route carries its headers and type, changes nothing, and is no script', async () => {
  const before = await everything();
  const wrong: string[] = [];
  let answered = 0;
  await eachOf(readings(), AT_ONCE, async (operation) => {
    const path = shop.maker.pathOf(operation);
    for (const token of [shop.token, 'x'.repeat(43)])
      for (const query of some(
        ['', '?callback=alert&jsonp=alert'],
        1,
        `${nameOf(operation)} ${token.length}`,
      )) {
        const answer = await get(`${path}${query}`, { authorization: `Bearer ${token}` });
        const { headers, body, status } = answer;
        if (status === 200) answered += 1;
        const type = headers['content-type'] ?? '';
        const csp = String(headers['content-security-policy']);
        const faults = [
          faultOf(answer),
          csp.includes("object-src 'none'") && csp.includes("base-uri 'none'") ? undefined : 'no policy',
          /frame-ancestors '(?:none|self)'/.test(csp) ? undefined : 'may be framed',
          csp.includes('report-uri /api/csp-reports') || csp.includes('sandbox')
            ? undefined
            : 'reports nowhere',
          headers['referrer-policy'] === 'no-referrer' ? undefined : 'tells where one was',
          headers['cross-origin-opener-policy'] === 'same-origin' ? undefined : 'shares its window',
          headers['cross-origin-resource-policy'] === 'same-origin' ? undefined : 'may be embedded',
          /no-store/.test(headers['cache-control'] ?? '') ? undefined : 'may be kept',
          headers['access-control-allow-origin'] === undefined ? undefined : 'is for other origins',
          headers['server'] === undefined && headers['x-powered-by'] === undefined
            ? undefined
            : 'names its server',
          body === '' || type !== '' ? undefined : 'has no type',
          /^text\/|json|xml/.test(type) && !/charset=utf-8/i.test(type)
            ? `has no character set: ${type}`
            : undefined,
          /javascript|ecmascript/.test(type) || body.startsWith('alert(') ? 'is a script' : undefined,
          /\$argon2|"passwordHash"|"tokenHash"|"password_hash"/.test(body) ? 'tells a secret' : undefined,
          /fastify|nestjs|express|node\.js|postgres(?:ql)? ?\d/i.test(JSON.stringify(headers))
            ? 'tells what it runs on'
            : undefined,
        ].filter((fault) => fault !== undefined);
        if (faults.length > 0) wrong.push(`${nameOf(operation)}${query} ${status}: ${faults.join(', ')}`);
      }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(answered).toBeGreaterThan(PROFILE === 'ci' ? 75 : 150);
  expect(await everything()).toEqual(before);
});

it('T56 no answer tells a version of what runs behind, and what is no page of ours is not there', async () => {
  const page = readFileSync(join(packageRoot(), 'web', 'dist', 'index.html'), 'utf8');
  const leaks = [
    '/.git/config',
    '/.git/HEAD',
    '/.env',
    '/package.json',
    '/dist/main.js',
    '/server.js.map',
    '/assets/',
    '/assets/../package.json',
    '/web/src/main.tsx',
    '/.well-known/x.txt',
    '/api/',
    '/api',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/api/debug',
    '/api/metrics',
    '/api/test',
  ];
  for (const path of leaks) {
    const answer = await get(path, { authorization: '' });
    expect([path, answer.status]).toEqual([
      path,
      expect.toSatisfy((status: number) => status === 404 || status === 400),
    ]);
    expect(answer.body).not.toContain('dependencies');
  }
  for (const path of ['/', '/till', '/metrics', '/debug']) expect((await get(path)).body, path).toBe(page);
  const versions = /\b(?:fastify|nestjs|node|postgresql|typeorm)[ /@v]*\d+\.\d+/i;
  for (const path of ['/', '/api/health/live', '/api/health/ready', '/api/none', '/api/patients/x'])
    expect((await get(path)).body, path).not.toMatch(versions);
  expect(page).not.toMatch(/sourceMappingURL|localhost:5173|@vite/);
});

const FORM_TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];

it('T51 every write with the cookie alone is refused to a page of another site, before anything is done', async () => {
  const before = await everything();
  const wrong: string[] = [];
  const cookie = `meditory_session=${shop.token}`;
  const elsewhere: readonly Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ];
  const writes = shop.operations.filter(
    // Who signs in proves himself by what he sends; the cookie of another opens nothing there.
    ({ method, path }) =>
      method !== 'GET' && !/\/auth\/(?:login|unlock|passkey(?:\/options)?|password-links\/use)$/.test(path),
  );
  await eachOf(writes, AT_ONCE, async (operation) => {
    const path = shop.maker.pathOf(operation);
    const body = operation.body ? JSON.stringify(shop.maker.value(operation.body)) : undefined;
    for (const headers of some(elsewhere, 2, nameOf(operation))) {
      const json = {
        ...headers,
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const answer = await shop.client.send({
        method: operation.method,
        path,
        headers: json,
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status !== 403 && !(operation.isUpload && answer.status === 415))
        wrong.push(`${nameOf(operation)} ${JSON.stringify(headers)}: ${answer.status}`);
    }
    // What a form or a plain request can send needs no leave of the browser: none of it is read.
    for (const type of some(FORM_TYPES, 1, nameOf(operation))) {
      const answer = await shop.client.send({
        method: operation.method,
        path,
        headers: { cookie, origin: 'https://evil.example', 'content-type': type },
        body: body ?? '{}',
      });
      if (answer.status !== 415 && answer.status !== 403)
        wrong.push(`${nameOf(operation)} as ${type}: ${answer.status}`);
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(writes.length).toBeGreaterThan(200);
  expect(await everything()).toEqual(before);
});

it('T51 a page of another origin gets no leave to call, whatever it asks for', async () => {
  for (const path of ['/api/patients', '/api/auth/login', '/api/cds-services', '/api/fhir/Patient']) {
    const asked = await shop.client.send({
      method: 'OPTIONS',
      path,
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(asked.headers['access-control-allow-origin'], path).toBeUndefined();
    expect([404, 405], path).toContain(asked.status);
  }
});

it('T58 who walks the records of patients is told of, then stopped, and nobody else is', async () => {
  const walker = await aWorldFor(shop.db, 'pharmacist');
  const colleague = await aWorldFor(shop.db, 'pharmacist', { branchId: walker.branchId });
  const ask = (path: string, token: string): Promise<RawAnswer> => shop.client.json('GET', path, token);
  const ids = Array.from({ length: RECORDS.most + 200 }, (_, n) => n + 1);
  let refused = 0;
  let last: RawAnswer | undefined;
  await eachOf(ids, AT_ONCE, async (id) => {
    const answer = await ask(`/api/patients/${id}`, walker.token);
    if (answer.status === 429) [refused, last] = [refused + 1, answer];
  });
  expect(refused).toBe(200);
  expect(last?.headers['content-type']).toContain('application/problem+json');
  expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
  expect(JSON.parse(last?.body ?? '{}')).toMatchObject({ type: '/problems/reading-too-fast' });
  expect((await ask('/api/patients/999999/allergies', walker.token)).status).toBe(429);
  // What he opened before he goes on seeing, and a till sells to whoever stands there.
  expect((await ask('/api/patients/1', walker.token)).status).toBe(404);
  expect((await ask('/api/drugs/search?q=parace', walker.token)).status).toBe(200);
  expect((await ask('/api/patients/999999', colleague.token)).status).toBe(404);

  const copier = await aWorldFor(shop.db, 'pharmacist');
  const pages = Array.from({ length: 70 }, (_, n) => n + 2);
  const statuses: number[] = [];
  for (const page of pages)
    statuses.push((await ask(`/api/patients?limit=100&page=${page}`, copier.token)).status);
  expect(statuses.indexOf(429)).toBe(60);
});

it('ids of sessions are random and known to the server by their hash alone; passwords are kept as Argon2id', async () => {
  const tokens = new Set<string>();
  for (let n = 0; n < 5; n++) {
    const login = await shop.client.json('POST', '/api/auth/login', '', {
      username: 'admin',
      password: ADMIN_PASSWORD,
    });
    const { token } = JSON.parse(login.body) as { token: string };
    expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(32);
    expect(String(login.headers['set-cookie']).length).toBeLessThan(4096);
    tokens.add(token);
  }
  expect(tokens.size).toBe(5);
  const { rows } = await shop.db.owner.query<{ as: string; hash: string }>(
    `select s::text as as, u.password_hash as hash from operational.sessions s join operational.users u using (user_id)`,
  );
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) for (const token of tokens) expect(row.as).not.toContain(token);
  const kept = rows.filter(({ hash }) => hash !== 'x'); // test users of other tests have no password
  expect(kept.length).toBeGreaterThan(0);
  for (const { hash } of kept) {
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(hash) ?? [];
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
    expect(Number(passes)).toBeGreaterThanOrEqual(2);
  }
  expect(
    (await get('/api/auth/me', { authorization: `Bearer ${[...tokens][0]?.slice(0, -1) ?? ''}x` })).status,
  ).toBe(401);
});

it('a password set long ago opens as before: none expires by time', async () => {
  const { rows } = await shop.db.owner.query<{ column: string }>(
    `select quote_ident(column_name) as column from information_schema.columns
     where table_schema = 'operational' and table_name = 'users' and data_type like 'timestamp%' and column_name ~ '(created|updated|changed|password)'`,
  );
  expect(rows.length).toBeGreaterThan(0);
  const long = rows.map(({ column }) => `${column} = ${column} - interval '10 years'`).join(', ');
  await shop.db.owner.query(
    `begin; set local session_replication_role = replica; update operational.users set ${long} where username = 'admin'; commit`,
  );
  const login = await shop.client.json('POST', '/api/auth/login', '', {
    username: 'admin',
    password: ADMIN_PASSWORD,
  });
  expect(login.status).toBe(200);
});

it('the address of a caller is that of his connection, whatever his headers say', async () => {
  await shop.client.send({
    method: 'POST',
    path: '/api/auth/login',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.7',
      'x-real-ip': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
    },
    body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
  });
  const { rows } = await shop.db.owner.query<{ told: string }>(
    `select coalesce(string_agg(s::text, ' '), '') as told from operational.sessions s`,
  );
  expect(rows[0]?.told).toContain('127.0.0.1');
  expect(rows[0]?.told).not.toContain('203.0.113.7');
});

it('nothing secret is asked for in an address, and nobody is asked for hints', () => {
  const secret = /token|password|secret|otp|api.?key|session/i;
  const names = shop.operations.flatMap(({ query, pathParameters }) =>
    [...query, ...pathParameters].map(({ name }) => name),
  );
  expect(names.filter((name) => secret.test(name))).toEqual([]);
  const properties = Object.values(shop.document.components?.schemas ?? {}).flatMap((schema: Schema) =>
    Object.keys(schema.properties ?? {}),
  );
  expect(properties.length).toBeGreaterThan(500);
  expect(
    properties.filter((name) => /hint|secretQuestion|secretAnswer|securityQuestion|motherMaiden/i.test(name)),
  ).toEqual([]);
});

/** Sends bytes as they are and answers all that comes back until the connection ends. */
function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(shop.address);
  return new Promise((resolve, reject) => {
    let told = '';
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => (told += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(told));
    socket.setTimeout(20_000, () => socket.destroy());
  });
}

it('a message whose end could be read in two ways is refused, and nothing behind it is answered', async () => {
  const hidden = 'GET /api/health/live HTTP/1.1\r\nhost: x\r\n\r\n';
  const head = 'POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  const messages = [
    `${head}content-length: ${hidden.length + 5}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}content-length: 2\r\ncontent-length: ${hidden.length + 2}\r\n\r\n{}${hidden}`,
    `${head}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}content-length: +2\r\n\r\n{}${hidden}`,
    `${head}content-length: 0x2\r\n\r\n{}${hidden}`,
    `GET /api/health/live HTTP/1.1\r\nhost: x\r\nx: a\rb: c\r\n\r\n${hidden}`,
  ];
  for (const message of messages) {
    const told = await raw(message);
    expect(told, message).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(told.match(/HTTP\/1\.1 /g), message).toHaveLength(1);
    expect(told).not.toContain('"status":"ok"');
  }
  const answer = await raw('GET /api/health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const [headers = '', body = ''] = answer.split('\r\n\r\n');
  expect(Number(/content-length: (\d+)/i.exec(headers)?.[1])).toBe(Buffer.byteLength(body));
});
