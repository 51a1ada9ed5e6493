// How an installation says that it is well, ill, or doing less: health with reasons, figures, jobs, slow statements, a full disk.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { DatabaseProbe } from '../../src/platform/health/database-probe.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { serveMetrics } from '../../src/platform/metrics/metrics-server.js';
import { OwnConnection } from '../../src/platform/database/own-connection.js';
import { StorageWatch } from '../../src/platform/storage/storage-watch.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

interface Ready {
  status: string;
  parts: Record<string, string>;
  reasons: { part: string; state: string; words: string }[];
}

const POOL = 2;

describe('an installation', () => {
  const db = useTestDatabase();
  const limits = { minFreeBytes: 0, minFreePercent: 0, warnPercent: 100, folders: { data: '' } };
  let app: NestFastifyApplication;
  let admin: World;
  let auditor: World;
  beforeAll(async () => {
    limits.folders.data = await mkdtemp(join(tmpdir(), 'meditory-volume-'));
    app = await createApplication(db.app, POOL, createLogger('silent'), { storage: limits });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    admin = await aWorldFor(db, 'administrator');
    auditor = await aWorldFor(db, 'auditor');
  });
  afterAll(() => app?.close());

  async function call<Body>(method: 'GET' | 'POST', path: string, world?: World, body?: object) {
    const answer = await app.inject({
      method,
      url: `/api${path}`,
      headers: world ? { authorization: `Bearer ${world.token}` } : {},
      ...(body ? { payload: body } : {}),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (answer.body ? JSON.parse(answer.body) : undefined) as Body,
    };
  }
  const aPatient = () =>
    call('POST', '/patients', admin, {
      ...{ firstName: 'Mona', lastName: 'Adel', birthDate: '1980-01-01', sex: 'female' },
    });

  it('is ready with what each part says, and nobody need sign in to ask', async () => {
    const { status, body } = await call<Ready>('GET', '/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ok', reasons: [] });
    expect(body.parts).toMatchObject({ database: 'answers', schema: 'current', jobs: 'as they should' });
    expect(Object.keys(body.parts)).toEqual(
      expect.arrayContaining(['clock', 'search', 'storage-data', 'stock']),
    );
  });

  it('answers for its health when every connection of the pool is taken', async () => {
    const held = [];
    for (let n = 0; n < POOL; n++) held.push(await takeConnection());
    try {
      expect((await call<Ready>('GET', '/health/ready')).body.status).toBe('ok');
      const text = await app.get(Metrics).text();
      expect(text).toMatch(/meditory_pool_idle_connections\{pool="web"\} 0/);
      expect(text).toContain('meditory_database_up 1');
    } finally {
      for (const release of held) await release();
    }
  });

  async function takeConnection(): Promise<() => Promise<void>> {
    const { DataSource } = await import('typeorm');
    const runner = app.get(DataSource, { strict: false }).createQueryRunner();
    await runner.connect();
    return () => runner.release();
  }

  it('warns when its clock parts from that of the database by more than five minutes', async () => {
    const look = async (minutes: number) => {
      const clock = { now: () => new Date(Date.now() + minutes * 60_000) };
      const probe = new DatabaseProbe(app.get(OwnConnection, { strict: false }), clock);
      try {
        return (await probe.look()).clockSkewMs / 60_000;
      } finally {
        await probe.onModuleDestroy();
      }
    };
    expect(Math.abs(await look(0))).toBeLessThan(2);
    expect(await look(-10)).toBeCloseTo(10, 0);
    expect(await look(10)).toBeCloseTo(-10, 0);
  });

  it('is not ready where the schema is behind, does less where it is ahead, and says which', async () => {
    const last = '(select name from public.meditory_migrations order by id desc limit 1)';
    await db.owner.query(`update public.meditory_migrations set name = name || '-gone' where name = ${last}`);
    const behind = await call<{ type: string; params: { reasons: Ready['reasons'] } }>(
      'GET',
      '/health/ready',
    );
    await db.owner.query(
      `update public.meditory_migrations set name = replace(name, '-gone', '') where name like '%-gone'`,
    );
    expect(behind.status).toBe(503);
    expect(behind.body.type).toBe('/problems/not-ready');
    expect(behind.headers['retry-after']).toBe('1');
    expect(behind.body.params.reasons).toMatchObject([{ part: 'schema', state: 'failed' }]);
    await db.owner.query(`insert into public.meditory_migrations (timestamp, name) values (9, 'Later9')`);
    const ahead = await call<Ready>('GET', '/health/ready');
    await db.owner.query(`delete from public.meditory_migrations where name = 'Later9'`);
    expect(ahead.body).toMatchObject({
      status: 'degraded',
      reasons: [{ part: 'schema', state: 'degraded' }],
    });
  });

  it('goes on after all its connections were cut: each answer is whole, 503 with Retry-After at the worst', async () => {
    const cut = () =>
      db.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name in ('meditory', 'meditory-health', 'meditory-figures')`,
      );
    const asked = Array.from({ length: 30 }, () => call('GET', '/patients', admin));
    await cut();
    for (const { status, headers } of await Promise.all(asked)) {
      expect([200, 503]).toContain(status);
      if (status === 503) expect(headers['retry-after']).toBeDefined();
    }
    await cut();
    await expect.poll(async () => (await call('GET', '/patients', admin)).status).toBe(200);
    expect((await call('GET', '/health/ready')).status).toBe(200);
  });

  it('takes no changes while the disk is nearly full, reads, lets people sign in, and goes on by itself', async () => {
    const watch = app.get(StorageWatch, { strict: false });
    expect((await aPatient()).status).toBe(201);
    limits.minFreeBytes = Number.MAX_SAFE_INTEGER;
    await watch.look();
    const refused = await aPatient();
    expect(refused).toMatchObject({ status: 507, body: { type: '/problems/storage-full', status: 507 } });
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.headers['x-meditory-storage']).toBe('low');
    expect(refused.headers['retry-after']).toBe('30');
    // Who may not anyway is told so and nothing of the disk.
    expect((await call('POST', '/patients', undefined, {})).status).toBe(401);
    const read = await call('GET', '/patients', admin);
    expect(read.status).toBe(200);
    expect(read.headers['x-meditory-storage']).toBe('low');
    const login = await call<{ type: string }>('POST', '/auth/login', undefined, {
      username: 'no',
      password: 'body',
    });
    expect(login.body.type).not.toBe('/problems/storage-full');
    const ready = await call<Ready>('GET', '/health/ready');
    expect(ready.body).toMatchObject({ status: 'degraded', reasons: [{ part: 'storage-data' }] });
    expect(await app.get(Metrics).text()).toContain('meditory_storage_low 1');
    limits.minFreeBytes = 0;
    await expect.poll(async () => (await aPatient()).status, { timeout: 30_000 }).toBe(201);
    expect((await call('GET', '/patients', admin)).headers['x-meditory-storage']).toBeUndefined();
  });

  it('says in health and figures that the disk fills up, and goes on writing', async () => {
    const watch = app.get(StorageWatch, { strict: false });
    expect(await app.get(Metrics).text()).toContain('meditory_storage_filling_up{volume="data"} 0');
    limits.warnPercent = 0;
    await watch.look();
    expect((await call<Ready>('GET', '/health/ready')).body).toMatchObject({
      status: 'degraded',
      reasons: [
        { part: 'storage-data', state: 'degraded', words: expect.stringContaining('it fills up') as string },
      ],
    });
    expect(await app.get(Metrics).text()).toContain('meditory_storage_filling_up{volume="data"} 1');
    expect((await aPatient()).status).toBe(201);
    limits.warnPercent = 100;
    await watch.look();
    expect((await call<Ready>('GET', '/health/ready')).body.reasons).toEqual([]);
  });

  it('does not stop where free space cannot be read, and says that it is blind', async () => {
    const folder = limits.folders.data;
    limits.folders.data = join(folder, 'gone');
    await app.get(StorageWatch, { strict: false }).look();
    expect((await aPatient()).status).toBe(201);
    expect((await call<Ready>('GET', '/health/ready')).body.reasons).toMatchObject([{ part: 'storage' }]);
    limits.folders.data = folder;
    await app.get(StorageWatch, { strict: false }).look();
    expect((await call<Ready>('GET', '/health/ready')).body.reasons).toEqual([]);
  });

  it('shows every job by a name of its own, and does one when it is asked to', async () => {
    interface Job {
      name: string;
      outcome: string;
      succeededAt: string | null;
    }
    const { body } = await call<{ data: Job[] }>('GET', '/operations/jobs', auditor);
    const names = body.data.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['ledger', 'prices', 'reservations', 'expiry', 'stock-check']),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+){0,4}$/);
    const ran = await call<Job>('POST', '/operations/jobs/stock-check/run', admin);
    expect(ran).toMatchObject({ status: 200, body: { name: 'stock-check', outcome: 'done' } });
    expect((await call('POST', '/operations/jobs/nothing/run', admin)).status).toBe(404);
    expect((await call('POST', '/operations/jobs/NO%20JOB/run', admin)).status).toBe(400);
    expect((await call('POST', '/operations/jobs/stock-check/run', auditor)).status).toBe(403);
  });

  it('finds a lot that differs from its ledger by its job, and says so', async () => {
    const { aDrug } = await import('../builders/drug.js');
    const { aLot } = await import('../builders/lot.js');
    const { drugId } = await aDrug(db, { name: 'Watched product' });
    const { lotId } = await aLot(db, { branchId: admin.branchId, drugId, quantity: '5' });
    const write = async (change: string) => {
      const client = await db.owner.connect();
      await client.query('set session_replication_role = replica');
      await client.query(
        `update operational.inventory_lots set quantity = quantity ${change} where lot_id = $1`,
        [lotId],
      );
      await client.query('set session_replication_role = origin');
      client.release();
      await call('POST', '/operations/jobs/stock-check/run', admin);
    };
    await write('+ 1');
    expect(await app.get(Metrics).text()).toContain('meditory_stock_discrepancies 1');
    expect((await call<Ready>('GET', '/health/ready')).body.reasons).toMatchObject([{ part: 'stock' }]);
    await write('- 1');
    expect((await call<Ready>('GET', '/health/ready')).body.reasons).toEqual([]);
  });

  it('names its statements by what they cost, counts them anew, and shows nothing that was typed', async () => {
    interface Statements {
      source: string;
      data: { name: string | null; text: string; calls: number }[];
    }
    await call('GET', '/patients?q=Zaphodine', admin);
    const { body } = await call<Statements>('GET', '/operations/statements?sort=calls', auditor);
    expect(body.source).toBe('ok');
    expect(body.data.length).toBeGreaterThan(3);
    expect(body.data.length).toBeLessThanOrEqual(50);
    expect(body.data.map(({ name }) => name)).toContain('platform.settings');
    expect(JSON.stringify(body)).not.toContain('Zaphodine');
    const calls = body.data.map((row) => row.calls);
    expect(calls).toEqual([...calls].sort((a, b) => b - a));
    expect((await call('GET', '/operations/statements?sort=name', auditor)).status).toBe(400);
    expect((await call('POST', '/operations/statements/reset', auditor)).status).toBe(403);
    const most = calls[0] ?? 0;
    expect((await call('POST', '/operations/statements/reset', admin)).status).toBe(204);
    const after = await call<Statements>('GET', '/operations/statements?sort=calls', auditor);
    expect(after.body.data[0]?.calls ?? 0).toBeLessThan(most);
  });

  it('says that it has no figures of statements where the extension is not there', async () => {
    await db.owner.query('drop extension pg_stat_statements');
    const { status, body } = await call('GET', '/operations/statements', auditor);
    expect({ status, body }).toMatchObject({ status: 200, body: { source: 'not-installed', data: [] } });
  });

  it('shows versions, pools, disk and licences to who may see them, and to nobody else', async () => {
    const server = await call<{ databaseVersion: string; pools: object[] }>(
      'GET',
      '/operations/server',
      auditor,
    );
    expect(server.body.databaseVersion).toMatch(/^\d+\.\d+/);
    expect(server.body.pools).toMatchObject([
      { name: 'web', max: POOL },
      { name: 'jobs' },
      { name: 'reports', max: POOL },
    ]);
    const storage = await call<{ walBytes: number; tables: { name: string }[]; volumes: object[] }>(
      'GET',
      '/operations/storage',
      auditor,
    );
    expect(storage.body.walBytes).toBeGreaterThan(0);
    expect(storage.body.volumes).toHaveLength(1);
    // Months of the ledger are one table.
    expect(storage.body.tables.every(({ name }) => !/_\d{4}_?\d{2}/.test(name))).toBe(true);
    const licences = await call<{ data: { licence: string; packages: string[] }[] }>(
      'GET',
      '/operations/licences',
      auditor,
    );
    expect(licences.body.data.find(({ licence }) => licence === 'MIT')?.packages.join()).toContain(
      'fastify ',
    );
    const technician = await aWorldFor(db, 'technician');
    for (const part of ['health', 'server', 'jobs', 'storage', 'statements', 'licences'])
      expect((await call('GET', `/operations/${part}`, technician)).status).toBe(403);
  });

  it('tells its figures on a port of its own, by route and status, and nothing else there', async () => {
    await call('GET', '/patients?q=Zaphodine', admin);
    await call('GET', '/patients/987654', admin);
    const metrics = await serveMetrics(app.get(Metrics), 0, '127.0.0.1');
    try {
      const address = `http://127.0.0.1:${metrics.port}`;
      const answer = await fetch(`${address}/metrics`);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      const text = await answer.text();
      expect(text).toMatch(
        /meditory_http_request_duration_seconds_count\{method="GET",route="\/api\/patients\/:id",status="4xx"\} \d/,
      );
      for (const name of [
        'nodejs_eventloop_lag_seconds',
        'process_resident_memory_bytes',
        'meditory_http_requests_in_flight',
        'meditory_idempotency_keys_in_flight',
        'meditory_job_running{job="ledger"}',
        'meditory_stock_movements_total',
        'meditory_offline_sale_conflicts',
        'meditory_wal_size_bytes',
        'meditory_storage_free_bytes{volume="data"}',
        'meditory_database_clock_skew_seconds',
      ])
        expect(text, name).toContain(`\n${name}`);
      expect(text).not.toMatch(/meditory_source_up\{[^}]*\} 0/);
      expect(text).not.toContain('987654');
      expect(text).not.toContain('Zaphodine');
      expect((await fetch(`${address}/api/health/live`)).status).toBe(404);
      expect((await fetch(`${address}/metrics`, { method: 'POST' })).status).toBe(404);
    } finally {
      await metrics.close();
    }
    expect((await call('GET', '/metrics', admin)).status).toBe(404);
  });

  it('has no figures of what is not set up, and does not call that a fault', async () => {
    const text = await app.get(Metrics).text();
    expect(text).toContain('meditory_source_up{source="audit-seals"} 1');
    expect(text).toContain('meditory_source_up{source="backups"} 1');
    expect(text).not.toContain('meditory_audit_seal_lag_seconds');
    expect(text).not.toContain('meditory_backup_');
    for (const job of ['audit-seals', 'backups'])
      expect((await call('POST', `/operations/jobs/${job}/run`, admin)).status).toBe(200);
    expect((await call<Ready>('GET', '/health/ready')).body).toMatchObject({
      status: 'ok',
      parts: {
        auditChain: 'off: MEDITORY_AUDIT_KEY_FILE is not set',
        backups: 'not set up (MEDITORY_BACKUP_DIR)',
      },
    });
  });

  it('keeps a figure that fails from hiding the others', async () => {
    app.get(Metrics).add('broken', () => Promise.reject(new Error('no figure')));
    const text = await app.get(Metrics).text();
    expect(text).toContain('meditory_source_up{source="broken"} 0');
    expect(text).toContain('meditory_database_up 1');
    app.get(Metrics).add('broken', () => []);
  });
});
