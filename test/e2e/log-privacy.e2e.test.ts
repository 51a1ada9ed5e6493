// What people type, and what is secret, stays where it belongs (trust.md T57): a mark in every field of every command and in every search
// parameter comes out in no line of the log, no figure, no answer to somebody else, and not in the log of the database.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createApplication } from '../../src/application.js';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { MARK, Marker, operationsOf, type Operation } from '../support/canary-request.js';
import { useTestDatabase } from '../support/db.js';
import { aFieldKey } from '../support/field-key.js';

/** They end the session this test works with. */
const ENDING: ReadonlySet<string> = new Set(['POST /api/auth/logout', 'POST /api/auth/lock']);
/** Rows of who asks: another one's are asked for, so that he can go on. */
const OWN = /^\/api\/(users|roles|branches|auth\/sessions)\//;
/** Answers that do not end. */
const ENDLESS = /\/events$/;

describe('what is typed', () => {
  const db = useTestDatabase();
  const lines: string[] = [];
  const printed: string[] = [];
  let app: NestFastifyApplication;
  let world: World;
  let statuses: Map<string, number[]>;
  beforeAll(async () => {
    const keep = (chunk: unknown): boolean => {
      printed.push(String(chunk));
      return true;
    };
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    app = await createApplication(db.app, 8, logger, { security: await aFieldKey() });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    world = await aWorldFor(db, 'administrator');
    const { drugId } = await aDrug(db, { name: 'Marked product' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '50' });
    const document = openApiDocument(app);
    statuses = new Map();
    for (const isHostile of [false, true])
      for (const operation of operationsOf(document))
        await send(operation, new Marker(document, isHostile), isHostile);
  });
  afterAll(async () => {
    await app?.close();
    vi.restoreAllMocks();
  });

  const others: string[] = [];

  async function send(operation: Operation, marker: Marker, isHostile: boolean): Promise<void> {
    const { method, path, query, body, isUpload } = operation;
    const name = `${method} ${path}`;
    if (ENDING.has(name) || ENDLESS.test(path)) return;
    const id = OWN.test(path) ? '999' : '1';
    const address = path.replace(/\{\w+\}/g, () => (isHostile ? encodeURIComponent(marker.text()) : id));
    const search = new URLSearchParams();
    for (const { name: key, schema } of query) {
      const value = marker.value(schema);
      if (typeof value === 'string') search.set(key, value);
    }
    const answer = await app.inject({
      method,
      url: `${address}${search.size > 0 ? `?${search.toString()}` : ''}`,
      headers: {
        authorization: `Bearer ${world.token}`,
        'idempotency-key': `${MARK}-${method}-${path.length}-${String(isHostile)}`,
        'user-agent': `${MARK}-browser`,
        ...(isUpload ? { 'content-type': `multipart/form-data; boundary=${MARK}` } : {}),
      },
      ...(isUpload ? { payload: aFile(marker.text()) } : {}),
      ...(body ? { payload: marker.value(body) as object } : {}),
    });
    statuses.set(name, [...(statuses.get(name) ?? []), answer.statusCode]);
    // Somebody else is refused meanwhile, now and then.
    if (statuses.size % 5 !== 0) return;
    const refused = await app.inject({ method: 'POST', url: '/api/patients', payload: {} });
    others.push(refused.body, JSON.stringify(refused.headers));
  }

  const aFile = (text: string): string =>
    [
      `--${MARK}`,
      `content-disposition: form-data; name="file"; filename="${MARK}.csv"`,
      'content-type: text/csv',
      '',
      text,
      `--${MARK}--`,
      '',
    ].join('\r\n');

  it('went to every command and search, some of them all the way, and no failure came of it', () => {
    expect(statuses.size).toBeGreaterThan(300);
    const failed = [...statuses].filter(([, answers]) => answers.some((status) => status >= 500));
    expect(failed).toEqual([]);
    const done = [...statuses].filter(([, answers]) => answers.some((status) => status < 300));
    expect(done.length).toBeGreaterThan(100);
    // Whoever asked is still signed in.
    expect(lines.length).toBeGreaterThan(statuses.size);
  });

  it('is in no line of the log, each of which is one JSON object', () => {
    expect(lines.filter((line) => line.includes(MARK))).toEqual([]);
    expect(lines.filter((line) => line.includes(world.token))).toEqual([]);
    for (const line of lines) {
      expect(line.trimEnd()).not.toContain('\n');
      expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) as string });
    }
    expect(lines.filter((line) => (JSON.parse(line) as { msg: string }).msg === 'forged')).toEqual([]);
    expect(printed.join('')).not.toContain(MARK);
  });

  it('is in no answer to somebody else, no figure, no job, no statement, no word on health', async () => {
    expect(others.filter((text) => text.includes(MARK))).toEqual([]);
    expect(await app.get(Metrics).text()).not.toContain(MARK);
    for (const part of ['health', 'server', 'jobs', 'storage', 'statements?sort=calls', 'licences']) {
      const answer = await app.inject({
        method: 'GET',
        url: `/api/operations/${part}`,
        headers: { authorization: `Bearer ${world.token}` },
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).not.toContain(MARK);
    }
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from pg_stat_statements where query like $1',
      [`%${MARK}0%`],
    );
    expect(rows[0]?.n).toBe(0);
  });

  it('is not in the log of the database, whatever was refused there', async () => {
    const { rows } = await db.owner.query<{ folder: string }>('select current_setting($1) as folder', [
      'data_directory',
    ]);
    // A failure on purpose that quotes what it was given.
    await db.owner.query(`select $1::date`, [`${MARK}-date`]).catch(() => undefined);
    const log = await readFile(join(rows[0]?.folder ?? '', 'server.log'), 'utf8');
    expect(log).toContain('database system is ready');
    expect(log).not.toContain(MARK);
  });
});
