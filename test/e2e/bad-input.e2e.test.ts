// Hostile and broken requests (trust.md T33–T42): never a 5xx, always a problem, and no row changes.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aDrug } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

interface Attack {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly statuses: readonly number[];
}

const json = { 'content-type': 'application/json' };
const patient = (over: Record<string, unknown>): string =>
  JSON.stringify({ firstName: 'Mona', lastName: 'Adel', birthDate: '1980-01-01', sex: 'female', ...over });

const ATTACKS: readonly Attack[] = [
  { name: 'truncated JSON', body: '{"firstName": "Mo', headers: json, statuses: [400] },
  { name: 'an array for an object', body: '[]', headers: json, statuses: [400] },
  { name: 'null', body: 'null', headers: json, statuses: [400] },
  { name: 'an empty body', body: '', headers: json, statuses: [400] },
  { name: 'a number beyond doubles', body: '{"firstName": 1e400}', headers: json, statuses: [400] },
  {
    name: '50,000 levels deep',
    body: `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    headers: json,
    statuses: [400],
  },
  { name: 'UTF-16', body: Buffer.from(`\ufeff${patient({})}`, 'utf16le'), headers: json, statuses: [400] },
  {
    name: 'a wrong content type',
    body: patient({}),
    headers: { 'content-type': 'text/plain' },
    statuses: [415],
  },
  {
    name: 'a form',
    body: 'firstName=a',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    statuses: [415],
  },
  { name: '400 kB of JSON', body: patient({ notes: 'x'.repeat(400_000) }), headers: json, statuses: [413] },
  {
    name: 'prototype pollution',
    body: '{"__proto__": {"admin": true}, "firstName": "a"}',
    headers: json,
    statuses: [400],
  },
  {
    name: 'constructor pollution',
    body: '{"constructor": {"prototype": {"x": 1}}}',
    headers: json,
    statuses: [400],
  },
  {
    name: 'mass assignment',
    body: patient({ patientId: 1, branchId: 1, version: 9, role: 'admin' }),
    headers: json,
    statuses: [400],
  },
  { name: 'a NUL character', body: patient({ firstName: 'Mo\u0000na' }), headers: json, statuses: [400] },
  {
    name: 'a lone surrogate',
    body: patient({}).replace('Mona', 'Mo\\ud800na'),
    headers: json,
    statuses: [400],
  },
  { name: 'a date that is none', body: patient({ birthDate: '2026-02-31' }), headers: json, statuses: [400] },
  {
    name: 'a birth in the future of calendars',
    body: patient({ birthDate: '99999-01-01' }),
    headers: json,
    statuses: [400],
  },
  { name: 'a number for text', body: patient({ firstName: 1 }), headers: json, statuses: [400] },
  {
    name: '10,000 combining marks',
    body: patient({ firstName: `a${'\u0301'.repeat(10_000)}` }),
    headers: json,
    statuses: [400],
  },
  {
    name: 'a negative quantity',
    path: '/inventory/adjust',
    body: '{"lotId":-1,"quantity":"x","reason":"r"}',
    headers: json,
    statuses: [400],
  },
  {
    name: 'a float for money',
    path: '/till-shifts',
    body: '{"openingFloat": 12.5}',
    headers: json,
    statuses: [400],
  },
  {
    name: 'NaN for money',
    path: '/till-shifts',
    body: '{"openingFloat": "NaN"}',
    headers: json,
    statuses: [400],
  },
  {
    name: 'money of 1e15',
    path: '/till-shifts',
    body: '{"openingFloat": "1000000000000000"}',
    headers: json,
    statuses: [400],
  },
  { name: 'an id of 2^53', method: 'GET', path: '/drugs/9007199254740993', statuses: [400, 404] },
  { name: 'an id of 2^31', method: 'GET', path: '/drugs/2147483648', statuses: [400, 404] },
  { name: 'a zero id', method: 'GET', path: '/patients/0', statuses: [400] },
  { name: 'a text id', method: 'GET', path: "/patients/1'%20or%201=1", statuses: [400] },
  { name: 'a malformed percent escape', method: 'GET', path: '/drugs/%E0%A4%A', statuses: [400, 404] },
  {
    name: 'SQL in a search',
    method: 'GET',
    path: `/drugs/search?q=${encodeURIComponent("'; drop table reference.drugs; --")}`,
    statuses: [200],
  },
  {
    name: 'LIKE wildcards in a search',
    method: 'GET',
    path: `/drugs/search?q=${encodeURIComponent('%_\\')}`,
    statuses: [200],
  },
  {
    name: 'tsquery operators in a search',
    method: 'GET',
    path: `/drugs/search?q=${encodeURIComponent("a & | ! <-> :* ( ' \\")}`,
    statuses: [200],
  },
  { name: 'a NUL in a search', method: 'GET', path: '/drugs/search?q=%00', statuses: [400] },
  {
    name: 'a search of 5 kB',
    method: 'GET',
    path: `/drugs/search?q=${'a'.repeat(5000)}`,
    statuses: [400, 414],
  },
  { name: 'SQL in a sort', method: 'GET', path: '/drugs?sort=name;drop%20table%20x', statuses: [400] },
  { name: 'a doubled parameter', method: 'GET', path: '/patients?page=1&page=2', statuses: [400] },
  { name: 'a page below one', method: 'GET', path: '/patients?page=0', statuses: [400] },
  { name: 'a limit above 100', method: 'GET', path: '/patients?limit=101', statuses: [400] },
  { name: 'an unknown parameter', method: 'GET', path: '/patients?branchId=2', statuses: [400] },
  {
    name: 'a branch that is not his',
    method: 'GET',
    path: '/patients',
    headers: { 'x-branch-id': '999' },
    statuses: [403],
  },
  {
    name: 'a branch that is no number',
    method: 'GET',
    path: '/patients',
    headers: { 'x-branch-id': "1' or 1=1" },
    statuses: [400],
  },
  {
    name: 'a useless idempotency key',
    path: '/sales',
    headers: { ...json, 'idempotency-key': 'ü'.repeat(3) },
    body: '{}',
    statuses: [400],
  },
  { name: 'an unknown address', method: 'GET', path: '/nothing-here', statuses: [404] },
  { name: 'a trailing slash', method: 'GET', path: '/patients/', statuses: [404] },
  { name: 'a method that is not there', method: 'DELETE', path: '/patients/1', statuses: [404, 405] },
  { name: 'TRACE', method: 'TRACE', path: '/patients', statuses: [400, 404, 405, 501] },
  { name: 'upper case', method: 'GET', path: '/PATIENTS', statuses: [404] },
];

describe('bad input', () => {
  const db = useTestDatabase();
  let app: NestFastifyApplication;
  let world: World;
  let port = 0;
  beforeAll(async () => {
    app = await createApplication(db.app, 8, createLogger('silent'));
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
    world = await aWorldFor(db, 'administrator');
    await aDrug(db, { name: 'Attack target' });
  });
  afterAll(() => app.close());

  function send(attack: Attack): Promise<{ status: number; type: string; body: string }> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          host: '127.0.0.1',
          port,
          method: attack.method ?? 'POST',
          path: `/api${attack.path ?? '/patients'}`,
          headers: { authorization: `Bearer ${world.token}`, ...attack.headers },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              type: answer.headers['content-type'] ?? '',
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(attack.body);
    });
  }

  async function fingerprint(): Promise<unknown> {
    const { rows } = await db.owner.query(
      `select (select count(*) from operational.patients) as patients, (select count(*) from operational.sales) as sales,
        (select count(*) from operational.till_shifts) as shifts, (select count(*) from operational.stock_movements) as movements,
        (select count(*) from reference.drugs) as drugs, (select count(*) from operational.audit_logs where action <> 'refused') as audited,
        (select count(*) from operational.idempotency_keys) as keys`,
    );
    return rows;
  }

  it(`${ATTACKS.length} kinds: none gives a 5xx, each refusal is a problem, none changes a row`, async () => {
    const before = await fingerprint();
    const wrong: string[] = [];
    for (const attack of ATTACKS) {
      const answer = await send(attack);
      const told = `${attack.name}: ${answer.status} ${answer.type} ${answer.body.slice(0, 120)}`;
      if (!attack.statuses.includes(answer.status)) wrong.push(told);
      else if (
        answer.status >= 400 &&
        attack.method !== 'TRACE' &&
        !answer.type.startsWith('application/problem+json')
      )
        wrong.push(told);
      if (/at .*\.(js|ts):\d+|select |insert /i.test(answer.body)) wrong.push(`leaks internals: ${told}`);
    }
    expect(wrong).toEqual([]);
    expect(await fingerprint()).toEqual(before);
  });
});
