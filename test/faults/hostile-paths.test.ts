// trust.md T41 and T42 on every route, and T38, T39 in every parameter: over real sockets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';
import { expect, it, vi } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { aWorldFor } from '../builders/world.js';
import { eachOf, type RawAnswer } from '../support/fuzz/client.js';
import type { Operation } from '../support/fuzz/document.js';
import { faultOf } from '../support/fuzz/judge.js';
import { nameOf, useListeningShop } from '../support/fuzz/listening-shop.js';
import { PROFILE, some } from './harness/profile.js';

const shop = useListeningShop();
const AT_ONCE = 6;
// Thousands of calls: what is stuck is ended, what is slow is not.
vi.setConfig({ testTimeout: 600_000 });

const readings = (): readonly Operation[] => shop.operations.filter(({ method }) => method === 'GET');
const get = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  shop.client.send({ path, headers: { authorization: `Bearer ${shop.token}`, ...headers } });

const IDS = ['1,2', '{"a":1}', '1%00', '-1', '0x1', '٣'];

it('T41 a parameter that comes twice, or as a list or an object, is refused', async () => {
  const wrong: string[] = [];
  let tried = 0;
  await eachOf(shop.operations, AT_ONCE, async (operation) => {
    const path = shop.maker.pathOf(operation);
    for (const { name, schema } of operation.query) {
      const value = encodeURIComponent(String(shop.maker.value(schema ?? {}, name)));
      const lists = schema?.type === 'array' || schema?.anyOf?.some(({ type }) => type === 'array') === true;
      const forms = [
        ...(lists ? [] : [`${name}=${value}&${name}=${value}`]),
        `${name}[]=${value}`,
        `${name}[a]=${value}`,
      ];
      for (const query of some(forms, 1, `${nameOf(operation)} ${name}`)) {
        tried += 1;
        const answer = await shop.client.send({
          method: operation.method,
          path: `${path}?${query}`,
          headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'application/json' },
          ...(operation.body ? { body: '{}' } : {}),
        });
        const fault = faultOf(answer) ?? (answer.status === 400 ? undefined : 'was taken');
        if (fault !== undefined)
          wrong.push(
            `${nameOf(operation)}?${query}: ${fault}: ${answer.status} ${answer.body.slice(0, 120)}`,
          );
      }
    }
    if (operation.pathParameters.length === 0) return;
    for (const id of some(IDS, 2, nameOf(operation))) {
      tried += 1;
      const answer = await shop.client.send({
        method: operation.method,
        path: operation.path.replaceAll(/\{\w+\}/g, encodeURI(id)),
        headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'application/json' },
        ...(operation.body ? { body: '{}' } : {}),
      });
      const fault =
        faultOf(answer) ?? ([400, 404, 414, 415, 422].includes(answer.status) ? undefined : 'was taken');
      if (fault !== undefined)
        wrong.push(
          `${nameOf(operation)} ${id.slice(0, 20)}: ${fault}: ${answer.status} ${answer.body.slice(0, 120)}`,
        );
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(tried).toBeGreaterThan(PROFILE === 'ci' ? 700 : 2000);
});

it('T42 no form of an address opens a door that its plain form does not', async () => {
  const page = readFileSync(join(packageRoot(), 'web', 'dist', 'index.html'), 'utf8');
  const nobody = await aWorldFor(shop.db, []);
  const open = new Set([
    '/api/auth/device',
    '/api/cds-services',
    '/api/fhir/metadata',
    '/api/health/live',
    '/api/health/ready',
  ]);
  const own = new Set(['/api/auth/me', '/api/auth/mfa', '/api/auth/quick-unlock', '/api/auth/sessions']);
  const wrong: string[] = [];
  await eachOf(readings(), AT_ONCE, async ({ path: template }) => {
    if (open.has(template) || own.has(template)) return;
    const path = template.replaceAll(/\{\w+\}/g, '1');
    const rest = path.slice('/api'.length);
    const forms: readonly (readonly [method: string, path: string])[] = [
      ['GET', path],
      ['HEAD', path],
      ['GET', `${path}/`],
      ['GET', `/${path}`],
      ['GET', `/api/${rest}`],
      ['GET', `/api/x/..${rest}`],
      ['GET', `/api/health/%2e%2e${rest}`],
      ['GET', `/%61pi${rest}`],
      [
        'GET',
        `/api${rest.replace(/[a-z](?=[^a-z]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`,
      ],
      ['GET', path.toUpperCase()],
      ['GET', `${path};a=b`],
      ['GET', `${path}%00`],
      ['GET', `${path}%2f`],
      ['GET', `${path}#x`],
      ['TRACE', path],
      ['PROPFIND', path],
      ['QUERY', path],
    ];
    for (const token of [undefined, nobody.token])
      for (const [method, form] of token === undefined
        ? some(forms, 6, path)
        : some(forms.slice(0, 7), 2, path)) {
        const answer = await shop.client
          .send({
            method,
            path: form,
            headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          })
          // Methods Node.js itself does not know end the connection.
          .catch((): RawAnswer => ({ status: 400, headers: {}, body: '' }));
        const isPage = answer.status === 200 && answer.body === page && !form.startsWith('/api/');
        if (!isPage && ![400, 401, 403, 404, 405, 501].includes(answer.status))
          wrong.push(
            `${method} ${form} ${token === undefined ? 'by nobody' : 'without a right'}: ${answer.status} ${answer.body.slice(0, 80)}`,
          );
      }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
});

it('T42 a header that names another method is not heeded, and only methods a route has are answered', async () => {
  for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
    const before = await shop.client.json('GET', '/api/patients?limit=1', shop.token);
    const answer = await get('/api/patients?limit=1', { [header]: 'DELETE' });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(before.body);
  }
  const byPath = new Map<string, Set<string>>();
  for (const { path, method } of shop.operations)
    byPath.set(path, (byPath.get(path) ?? new Set()).add(method));
  const wrong: string[] = [];
  await eachOf([...byPath], AT_ONCE, async ([template, methods]) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (methods.has(method)) continue;
      const path = template.replaceAll(/\{\w+\}/g, '1');
      const answer = await shop.client.json(
        method,
        path,
        shop.token,
        method === 'GET' || method === 'DELETE' ? undefined : {},
      );
      if (![400, 404, 405].includes(answer.status))
        wrong.push(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 80)}`);
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
});

/** A word no statement of ours has: where it stands in the text of one, input became SQL. */
const CANARY = 'zq7canary';
const CONTROL = 'zq7control';
const INJECTIONS = [
  `${CANARY}'; select pg_sleep(30); --`,
  `1 union select ${CANARY} from operational.users`,
  `${CANARY}") desc, (select 1/0)`,
  `\\' $$${CANARY}$$ or 1=1`,
];

/** Every statement that reaches PostgreSQL while work is done, as the driver sends it. */
async function statementsOf(work: () => Promise<void>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const connection = (
    pg as unknown as { Connection: { prototype: Record<'query' | 'parse', (...args: unknown[]) => unknown> } }
  ).Connection.prototype;
  const { query, parse } = connection;
  connection.query = function (this: unknown, text: unknown, ...rest: unknown[]) {
    seen.add(String(text));
    return query.call(this, text, ...rest);
  };
  connection.parse = function (this: unknown, statement: unknown, ...rest: unknown[]) {
    seen.add((statement as { text: string }).text);
    return parse.call(this, statement, ...rest);
  };
  try {
    // Known to be seen, or nothing would be.
    await shop.db.owner.query(`select '${CONTROL}'`);
    expect([...seen].some((statement) => statement.includes(CONTROL))).toBe(true);
    await work();
  } finally {
    Object.assign(connection, { query, parse });
  }
  return seen;
}

it('T38 SQL in any parameter, path or header becomes part of no statement and shows none', async () => {
  const wrong: string[] = [];
  const check = (what: string, answer: RawAnswer): void => {
    const fault = faultOf(answer);
    if (fault !== undefined) wrong.push(`${what}: ${fault}: ${answer.body.slice(0, 120)}`);
  };
  const statements = await statementsOf(async () => {
    await eachOf(readings(), AT_ONCE, async (operation) => {
      const path = shop.maker.pathOf(operation);
      const asked = [
        ...operation.query.map(
          ({ name }) =>
            (encoded: string) =>
              `${path}?${name}=${encoded}`,
        ),
        ...(operation.pathParameters.length > 0
          ? [(encoded: string) => operation.path.replaceAll(/\{\w+\}/g, encoded)]
          : []),
      ];
      for (const [n, address] of asked.entries())
        for (const injection of some(INJECTIONS, 1, `${nameOf(operation)} ${n}`))
          check(
            `${nameOf(operation)} ${address(injection)}`,
            await get(address(encodeURIComponent(injection))),
          );
    });
    for (const injection of INJECTIONS) {
      for (const name of [
        'sort',
        'order',
        'direction',
        'locale',
        'lang',
        'languageCode',
        'column',
        'fields',
        'include',
        'filter',
        'where',
        'page',
        'limit',
      ])
        check(name, await get(`/api/patients?${name}=${encodeURIComponent(injection)}`));
      for (const name of [
        'x-branch-id',
        'accept-language',
        'if-match',
        'idempotency-key',
        'user-agent',
        'x-request-id',
        'cookie',
        'origin',
        'referer',
      ])
        check(name, await get('/api/patients', { [name]: injection }));
      check('bearer', await get('/api/patients', { authorization: `Bearer ${injection}` }));
      check(
        'user name',
        await shop.client.json('POST', '/api/auth/login', '', {
          username: injection,
          password: injection.repeat(3),
        }),
      );
      check('search', await get(`/api/drugs/search?q=${encodeURIComponent(injection)}`));
      check('barcode', await get(`/api/drugs/by-barcode/${encodeURIComponent(injection)}`));
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(statements.size).toBeGreaterThan(50);
  expect([...statements].filter((statement) => statement.includes(CANARY))).toEqual([]);
});

it('T38 SQL in any text of any body becomes part of no statement', async () => {
  const wrong: string[] = [];
  const statements = await statementsOf(async () => {
    await eachOf(shop.operations, AT_ONCE, async (operation) => {
      if (operation.body === undefined) return;
      const body = JSON.stringify(shop.maker.value(operation.body)).replaceAll(
        /:"(?:Mona|paracetamol|قرص واحد|Straße 17|take 1 daily|N\/A|x|Amoxabel 500)"/g,
        () => `:${JSON.stringify(shop.random.pick(INJECTIONS))}`,
      );
      const answer = await shop.client.json(operation.method, shop.maker.pathOf(operation), shop.token, body);
      const fault = faultOf(answer);
      if (fault !== undefined) wrong.push(`${nameOf(operation)}: ${fault}: ${answer.body.slice(0, 160)}`);
    });
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect([...statements].filter((statement) => statement.includes(CANARY))).toEqual([]);
});

const searches = (): { path: string; name: string }[] =>
  readings().flatMap(({ path, query, pathParameters }) =>
    pathParameters.length > 0
      ? []
      : query
          .filter(({ name }) => /^(?:q|name|query|search|text)$/.test(name))
          .map(({ name }) => ({ path, name })),
  );

it('T39 wildcards are letters, and texts made to blow up a pattern or a search are answered or refused', async () => {
  const wrong: string[] = [];
  const hard = [
    ...['%', '_', '%%%%%', '\\', '\\%', '[a-z]*', '(a+)+$', '^(([a-z])+.)+[A-Z]([a-z])+$'],
    ...[
      `${'a'.repeat(190)}!`,
      `${'1'.repeat(190)}.`,
      ' '.repeat(150),
      `${'a '.repeat(95)}`,
      `${'((('.repeat(60)}`,
      `${'-'.repeat(199)}x`,
    ],
    ...[
      'a'.repeat(5000),
      'ب'.repeat(200),
      `${'x\u0301'.repeat(95)}`,
      '& | ! <-> :* (',
      `${'a:* & '.repeat(30)}`,
    ],
  ];
  expect(searches().length).toBeGreaterThan(8);
  for (const { path, name } of searches())
    for (const text of some(hard, 6, `${path} ${name}`)) {
      const answer = await get(`${path}?${name}=${encodeURIComponent(text)}`);
      const fault =
        faultOf(answer) ??
        ([200, 400, 404, 414].includes(answer.status) ? undefined : 'neither answered nor refused');
      if (fault !== undefined)
        wrong.push(`${path} ${text.slice(0, 20)}: ${fault}: ${answer.status} ${answer.body.slice(0, 120)}`);
    }
  expect(wrong.slice(0, 20)).toEqual([]);
  const found = async (q: string): Promise<unknown[]> =>
    (JSON.parse((await get(`/api/patients?q=${encodeURIComponent(q)}`)).body) as { data: unknown[] }).data;
  expect(await found('%')).toEqual([]);
  expect(await found('_____')).toEqual([]);
  expect(await found('Mona')).not.toEqual([]);
});
