// T10 (trust.md): a real standby that follows by streaming. What may be late is read from it and says its age; who wrote sees what he wrote, five
// seconds before the standby has it; nothing that decides is ever read from it; without it, the primary answers.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';

import { createApplication } from '../../src/application.js';
import { ReplicaSet } from '../../src/platform/database/replicas/replica-set.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';
import { aFieldKey } from '../support/field-key.js';
import { TestStandby } from '../support/standby.js';

const DELAY_MS = 5000;
const TODAY = daysFromNow(0);
const REPORT = `/reports/sales?by=drug&from=${TODAY}&to=${TODAY}`;

interface SalesReport {
  readonly totals: { readonly sales: number };
}

describe('T10: a replica', () => {
  let standby: TestStandby;
  beforeAll(async () => {
    standby = await TestStandby.of(inject('clusterHome'));
  });
  const replicas = () => ({ hosts: [standby.endpoint], maxLagMs: 30_000 });
  const { db, call, app } = useTestApp(undefined, undefined, replicas);
  let [writer, reader] = [{} as World, {} as World];
  let [drugId, ingredientId] = [0, 0];
  let saleBody: object = {};

  const report = (who: World, headers: Record<string, string> = {}): Promise<Answer<SalesReport>> =>
    call<SalesReport>('GET', REPORT, { token: who.token, headers });
  const sell = async (headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await call('POST', '/sales', { token: writer.token, body: saleBody, headers });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer;
  };
  const stateOf = (server: NestFastifyApplication): string | undefined =>
    server.get(ReplicaSet, { strict: false }).findings()[0]?.state;
  const untilUsed = (server: NestFastifyApplication): Promise<void> =>
    vi.waitFor(() => expect(stateOf(server)).toBe('ok'), { timeout: 60_000, interval: 100 });
  const delayed = (ms: number) =>
    standby.sql(
      'postgres',
      `alter system set recovery_min_apply_delay = '${ms}ms'`,
      'select pg_reload_conf()',
    );

  beforeAll(async () => {
    writer = await aWorldFor(db, 'pharmacist');
    reader = await aWorldFor(db, 'pharmacist', { branchId: writer.branchId });
    const drug = await aDrug(db, { price: '10.00', unitsPerPack: '10', ingredients: ['loratadine'] });
    ({ drugId } = drug);
    ingredientId = drug.ingredientIds[0] ?? 0;
    await aLot(db, { branchId: writer.branchId, drugId, quantity: '1000' });
    await aTillShift(db, writer);
    saleBody = { items: [{ drugId, quantity: '10' }], payments: [{ method: 'cash', amount: '10' }] };
    await untilUsed(app());
  });
  afterAll(() => standby.dispose(inject('superuser')));

  it('answers what may be late, says as of when, and has what its reader wrote a moment before', async () => {
    // Before the rest, since nobody waits until the standby has what was written past the server.
    const { token } = await aWorldFor(db, 'administrator');
    for (let n = 1; n <= 5; n++) {
      const { headers } = await sell();
      expect(headers['x-data-written']).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
      const mine = await report(writer);
      expect(mine.body.totals.sales, 'he does not see his own sale').toBe(n);
    }
    await expect.poll(async () => (await report(reader)).body.totals.sales, { timeout: 10_000 }).toBe(5);
    const { headers } = await report(reader);
    const age = Date.now() - Date.parse(String(headers['x-data-as-of']));
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(10_000);
    for (const path of ['/audit-logs?limit=5', '/drugs?limit=5', '/reports/overrides'])
      expect((await call('GET', path, { token })).status, path).toBe(200);
    const seen = await standby.sql<{ n: number }>(
      db.app.database,
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'meditory-reports'`,
    );
    expect(seen[0]?.n, 'nobody reads on the standby').toBeGreaterThan(0);
  });

  describe('five seconds behind', () => {
    let other: NestFastifyApplication | undefined;
    const elsewhere = async (who: World, headers: Record<string, string>) => {
      if (!other) throw new Error('ask inside a test');
      const answer = await other.inject({
        method: 'GET',
        url: `/api${REPORT}`,
        headers: { authorization: `Bearer ${who.token}`, ...headers },
      });
      return { headers: answer.headers, sales: answer.json<SalesReport>().totals.sales };
    };
    beforeAll(async () => {
      other = await createApplication(db.app, 4, createLogger('silent'), {
        security: await aFieldKey(),
        replicas: replicas(),
      });
      await other.init();
      await other.getHttpAdapter().getInstance().ready();
      await untilUsed(other);
      await delayed(DELAY_MS);
    });
    afterEach(() => standby.sql('postgres', 'select pg_wal_replay_resume()'));
    afterAll(async () => {
      await delayed(0);
      await other?.close();
    });

    it('shows who wrote what he wrote, at another process by what the answer told him, and the rest their age', async () => {
      const before = (await report(reader)).body.totals.sales;
      // On a slow machine five seconds are over before all of this was asked.
      await standby.sql('postgres', 'select pg_wal_replay_pause()');
      const { headers } = await sell();
      const soldAt = Date.now();
      const mine = await report(writer);
      expect(mine.body.totals.sales).toBe(before + 1);
      expect(mine.headers['x-data-as-of'], 'of this moment').toBeUndefined();
      const told = { 'x-data-written': String(headers['x-data-written']) };
      expect((await elsewhere(writer, told)).sales).toBe(before + 1);
      const cookie = { cookie: `meditory_written=${told['x-data-written']}` };
      expect((await elsewhere(writer, cookie)).sales).toBe(before + 1);
      // Everybody else may read late, and is told so.
      for (const late of [await elsewhere(writer, {}), { ...(await report(reader)), sales: before }]) {
        expect(late.sales).toBe(before);
        expect(Date.parse(String(late.headers['x-data-as-of']))).toBeLessThan(soldAt);
      }
      expect((await report(reader)).body.totals.sales).toBe(before);
    });

    it('gives a browser a cookie with how far it wrote, and refuses a header that is no place in a log', async () => {
      const session = { cookie: `meditory_session=${writer.token}`, 'x-requested-with': 'meditory' };
      const { headers, status } = await call('POST', '/sales', { body: saleBody, headers: session });
      expect(status).toBe(201);
      expect(String(headers['set-cookie'])).toMatch(
        /^meditory_written=[0-9A-F]+\/[0-9A-F]+; Path=\/api; Max-Age=35; HttpOnly; SameSite=Strict$/,
      );
      for (const bad of ['', '0', 'x/y', '123456789/0', '0/0; drop']) {
        const refused = await report(reader, { 'x-data-written': bad });
        expect(refused.status, bad).toBe(400);
        expect(refused.body).toMatchObject({ type: '/problems/invalid-request' });
        expect((await report(reader, { cookie: `meditory_written=${bad}` })).status, bad).toBe(200);
      }
      // A place that no log has reached costs a moment, and is answered by the primary.
      const far = await report(reader, { 'x-data-written': 'FFFFFFFF/FFFFFFFF' });
      expect([far.status, far.headers['x-data-as-of']]).toEqual([200, undefined]);
    });

    it('reads no stock, refill, allergy or right from it', async () => {
      const patientId = await aPatient(db, writer);
      const { prescriptionId } = await aPrescription(db, writer, { drugId, patientId });
      const onHand = async (): Promise<number> => {
        const { body } = await call<{ stockOnHand: string }>('GET', `/drugs/${drugId}`, {
          token: reader.token,
        });
        return Number(body.stockOnHand);
      };
      const listed = async (): Promise<number> => {
        const { body, headers } = await call<{ data: { drugId: number; stockOnHand: string }[] }>('GET', '/drugs?limit=100', { token: reader.token }); // prettier-ignore
        expect(headers['x-data-as-of'], 'the page itself is late').toBeDefined();
        return Number(body.data.find((row) => row.drugId === drugId)?.stockOnHand);
      };
      const stock = await onHand();
      await sell();
      expect([await onHand(), await listed()]).toEqual([stock - 10, stock - 10]);

      const fill = (who: World): Promise<Answer> =>
        call('POST', `/prescriptions/${prescriptionId}/fill`, { token: who.token, body: { complete: true } });
      expect((await fill(writer)).status).toBe(201);
      expect(await fill(reader)).toMatchObject({
        status: 409,
        body: { params: { reason: 'no-refills-left' } },
      });

      const second = await aPrescription(db, writer, { drugId, patientId });
      const noted = await call('POST', `/patients/${patientId}/allergies`, {
        token: writer.token,
        body: { ingredientId, severity: 'severe' },
      });
      expect(noted.status, JSON.stringify(noted.body)).toBe(201);
      const stopped = await call('POST', `/prescriptions/${second.prescriptionId}/fill`, {
        token: reader.token,
        body: { complete: true },
      });
      expect(stopped.status).not.toBe(201);
      expect(JSON.stringify(stopped.body), 'the allergy of this moment').toMatch(/allergy/);

      expect((await report(reader)).status).toBe(200);
      await db.owner.query('delete from operational.user_roles where user_id = $1', [reader.userId]);
      expect((await report(reader)).status, 'a right that was taken is gone at once').toBe(403);
      expect(await standby.sql(db.app.database, `select from operational.user_roles where user_id = ${reader.userId}`)).toHaveLength(1); // prettier-ignore
    });
  });

  it('that is killed is done without, told by health and figures, and used again when it is back', async () => {
    reader = await aWorldFor(db, 'pharmacist', { branchId: writer.branchId });
    await expect
      .poll(async () => (await report(reader)).headers['x-data-as-of'], { timeout: 30_000 })
      .toBeDefined();
    await standby.kill();
    for (let n = 0; n < 10; n++) expect((await report(reader)).status).toBe(200);
    await expect.poll(() => stateOf(app())).toBe('down');
    expect((await report(reader)).headers['x-data-as-of']).toBeUndefined();
    const health = await call('GET', '/health/ready');
    expect(health).toMatchObject({ status: 200, body: { status: 'degraded' } });
    expect(JSON.stringify(health.body['reasons'])).toContain('replicas');
    const name = `${standby.endpoint.host}:${standby.endpoint.port}`;
    const figures = app().get(Metrics, { strict: false });
    expect(await figures.text()).toContain(`meditory_replica_up{replica="${name}"} 0`);
    await standby.cluster.start();
    await untilUsed(app());
    expect((await report(reader)).headers['x-data-as-of']).toBeDefined();
    expect(await figures.text()).toMatch(new RegExp(`meditory_replica_up\\{replica="${name}"\\} 1`));
    expect(await figures.text()).toMatch(/meditory_replica_lag_seconds\{.*\} \d/);
  });
});
