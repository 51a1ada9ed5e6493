// Traces of the built product, by a collector of our own: what a sale asked the database stands below its request, under the trace of who
// called; nobody's name is in any of it; a collector that goes away harms nothing. Without a collector nothing of it is loaded.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';

const CANARY = 'Zqcanary';
const QUEUE = 64;
const SERVER = 2;
const CLIENT = 3;

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}
interface Sent {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

/** A collector of OTLP over HTTP that keeps what it is sent. */
class Collector {
  readonly bodies: string[] = [];
  private server: Server | undefined;
  port = 0;

  get spans(): Span[] {
    return this.bodies.flatMap((body) =>
      (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans),
      ),
    );
  }

  /** Listens, on the same port as before. */
  async open(): Promise<void> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (request.url === '/v1/traces') this.bodies.push(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const valueOf = ({ attributes }: Span, key: string): unknown =>
  Object.values(attributes.find((attribute) => attribute.key === key)?.value ?? {})[0];

describe('traces', () => {
  const collector = new Collector();
  let server: ServerProcess;
  let world: World;
  let drugId: number;
  beforeAll(async () => {
    await collector.open();
    server = await anInstalledServer({
      MEDITORY_SAMPLE: 'none',
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BSP_MAX_QUEUE_SIZE: String(QUEUE * 8),
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: String(QUEUE),
    });
    await server.start();
    await owning(server, async (db) => {
      world = await aWorldFor(db, 'administrator');
      ({ drugId } = await aDrug(db, { price: '5.00', unitsPerPack: '1', rxOnly: false }));
      await aLot(db, { branchId: world.branchId, drugId, quantity: '1000' });
    });
  }, 300_000);
  afterAll(async () => {
    await server.dispose();
    await collector.close();
  }, 60_000);

  const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(`${server.address}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${world.token}`,
        'idempotency-key': randomUUID(),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const sale = () => ({ items: [{ drugId, quantity: '1' }], payments: [{ method: 'cash', amount: '5.00' }] });

  it('of a sale hold its request below that of the caller, and its statements below the request, by name', async () => {
    expect((await call('POST', '/till-shifts', { openingFloat: '0.00' })).status).toBe(201);
    const [traceId, callerId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const sold = await call('POST', '/sales', sale(), {
      traceparent: `00-${traceId}-${callerId}-01`,
      baggage: `patient=${CANARY}`,
    });
    expect(sold.status).toBe(201);
    const mine = (): Span[] => collector.spans.filter((span) => span.traceId === traceId);
    await expect.poll(() => mine().some(({ kind }) => kind === SERVER), { timeout: 30_000 }).toBe(true);
    const [request, ...more] = mine().filter(({ kind }) => kind === SERVER);
    if (!request) throw new Error('polled for before');
    expect(more).toEqual([]);
    expect(request).toMatchObject({ name: 'POST /api/sales', parentSpanId: callerId });
    expect(valueOf(request, 'http.route')).toBe('/api/sales');
    expect(Number(valueOf(request, 'http.response.status_code'))).toBe(201);
    expect(sold.headers.get('traceresponse')).toBe(`00-${traceId}-${request.spanId}-01`);
    const statements = mine().filter(({ kind }) => kind === CLIENT);
    expect(statements.length).toBeGreaterThan(2);
    expect(new Set(statements.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([request.spanId]));
    expect(statements.map((span) => String(valueOf(span, 'db.query.summary'))).join(' ')).toMatch(
      /sales\.post.*platform\.end/,
    );
    const line = server.output.split('\n').find((text) => text.includes('"route":"/api/sales"'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ traceId, status: 201 });
  }, 60_000);

  it('hold jobs, and statements below them', async () => {
    const jobs = (): Span[] => collector.spans.filter(({ name }) => name === 'job stock-check');
    await expect.poll(() => jobs().length, { timeout: 30_000 }).toBeGreaterThan(0);
    const ids = new Set(jobs().map(({ spanId }) => spanId));
    await expect
      .poll(() => collector.spans.some(({ parentSpanId }) => ids.has(parentSpanId ?? '')), {
        timeout: 30_000,
      })
      .toBe(true);
  }, 60_000);

  it('name nobody, whatever is typed, searched for or refused', async () => {
    const patient = {
      firstName: CANARY,
      lastName: CANARY,
      birthDate: '1980-01-01',
      sex: 'female',
      notes: CANARY,
    };
    expect((await call('POST', '/patients', patient)).status).toBe(201);
    for (const path of [`/patients?q=${CANARY}`, `/drugs/by-barcode/${CANARY}`, `/drugs/search?q=${CANARY}`])
      await call('GET', path);
    expect((await call('POST', '/patients', { ...patient, sex: CANARY })).status).toBe(400);
    expect((await call('GET', `/patients/${CANARY}`)).status).toBe(400);
    const wanted = 'POST /api/patients';
    await expect
      .poll(() => collector.spans.filter(({ name }) => name === wanted).length, { timeout: 30_000 })
      .toBe(2);
    await expect
      .poll(() => collector.spans.some(({ name }) => name === 'GET /api/patients/:id'), { timeout: 30_000 })
      .toBe(true);
    const all = collector.bodies.join('\n');
    expect(all).not.toContain(CANARY);
    expect(all).not.toContain('127.0.0.1');
    expect(all).not.toContain(world.token);
  }, 90_000);

  it('are lost while their collector is gone, some of them kept, and the server sells on', async () => {
    await collector.close();
    const before = collector.spans.length;
    for (let n = 0; n < 40; n++) expect((await call('POST', '/sales', sale())).status).toBe(201);
    for (let n = 0; n < 400; n++) expect((await call('GET', '/auth/me')).status).toBe(200);
    await expect
      .poll(() => server.output, { timeout: 60_000 })
      .toContain('Traces do not reach their collector');
    await collector.open();
    // What waited is sent, and it was no more than fits: the queue and what was on its way.
    await expect
      .poll(
        async () => {
          await call('GET', '/auth/me');
          return server.output;
        },
        { timeout: 60_000, interval: 500 },
      )
      .toContain('Traces reach their collector again');
    const asked = collector.spans.slice(before).filter(({ name }) => name === 'GET /api/auth/me');
    expect(asked.length).toBeGreaterThan(0);
    expect(collector.spans.length - before).toBeLessThan(440 * 3);
    expect(await server.stop()).toBe(0);
  }, 180_000);

  it('are loaded by one file, which is loaded where there is a collector', () => {
    const src = join(packageRoot(), 'src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const having = (pattern: RegExp): string[] =>
      files.filter((name) => pattern.test(readFileSync(join(src, name), 'utf8')));
    expect(having(/from '@opentelemetry\/(?!api')/)).toEqual(['platform/tracing/otlp.ts']);
    expect(having(/^import (?!type ).*tracing\/otlp\.js/m)).toEqual([]);
    expect(having(/await import\('.*tracing\/otlp\.js'\)/)).toEqual(['cli/serving.ts']);
  });
});
