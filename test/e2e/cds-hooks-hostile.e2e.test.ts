// Hostile calls of the decision-support services (trust.md T33–T37): a refusal or cards, never a failure, and in bounds.
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { readConfig } from '../../src/platform/config/config.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { anIngredient } from '../builders/drug.js';
import { bundle, concept, order, prefetch, record, signing, SpecResponse } from '../builders/cds-call.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const SERVICE = '/cds-services/meditory-medication-check';

describe('a hostile call', () => {
  const { db, call, app } = useTestApp();
  let ehr: World;
  beforeAll(async () => {
    ehr = await aWorldFor(db, ['ReadDrug']);
    await anIngredient(db, 'warfarin');
  });

  const send = (body: unknown) => call('POST', SERVICE, { token: ehr.token, body });
  const sendText = (payload: string) =>
    app().inject({
      method: 'POST',
      url: `/api${SERVICE}`,
      headers: { authorization: `Bearer ${ehr.token}`, 'content-type': 'application/json' },
      payload,
    });
  const warfarin = order('1', concept('warfarin'));
  const nested = (depth: number): string => `${'{"extension":['.repeat(depth)}1${']}'.repeat(depth)}`;

  it('with ten thousand entries is refused by name, drafts or records', async () => {
    const many = (length: number) => bundle(...Array.from({ length }, () => ({ resourceType: 'Basic' })));
    const drafts = signing([]);
    const refused = await send({ ...drafts, context: { ...drafts.context, draftOrders: many(10_000) } });
    expect([refused.status, JSON.stringify(refused.body.errors)]).toEqual([
      400,
      expect.stringContaining('/context/draftOrders/entry'),
    ]);
    const records = await send(signing([warfarin], prefetch({ conditions: many(10_000) })));
    expect([records.status, JSON.stringify(records.body.errors)]).toEqual([
      400,
      expect.stringContaining('/prefetch/conditions/entry'),
    ]);
  });

  it('with a thousand medicines is answered in time, and names those it did not check', async () => {
    const taken = (n: number) =>
      record('MedicationStatement', {
        status: 'active',
        medicationCodeableConcept: concept(`warfarin ${n} MG Oral Tablet`),
      });
    const started = performance.now();
    const answer = await send(
      signing(
        [warfarin],
        prefetch({ medications: bundle(...Array.from({ length: 1000 }, (_, n) => taken(n + 1))) }),
      ),
    );
    expect(answer.status).toBe(200);
    const { cards } = SpecResponse.parse(answer.body);
    expect(cards.at(-1)?.detail).toContain('there are more medicines than are checked at once');
    expect(JSON.stringify(cards).length).toBeLessThan(1_000_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('with a body beyond a megabyte is refused', async () => {
    const answer = await send({ ...signing([warfarin]), padding: 'x'.repeat(1_100_000) });
    expect(answer.status).toBe(413);
    const fits = await send({ ...signing([warfarin]), padding: 'x'.repeat(600_000) });
    expect(fits.status).toBe(200);
    // The larger bound is of this route alone.
    const other = await call('POST', '/clinical/check', {
      token: ehr.token,
      body: { drugs: [], padding: 'x'.repeat(600_000) },
    });
    expect(other.status).toBe(413);
  });

  it.each([10, 1000, 30_000])('nested %i deep is answered or refused', async (depth) => {
    const body = JSON.stringify(signing([{ ...warfarin, contained: ['DEEP'] }])).replace(
      '"DEEP"',
      nested(depth),
    );
    const answer = await sendText(body);
    expect([200, 400]).toContain(answer.statusCode);
  });

  it('with references in a circle ends', async () => {
    const circle = (id: string, next: string) => ({
      resourceType: 'Medication',
      id,
      ingredient: [
        { itemReference: { reference: `#${next}` } },
        { itemReference: { reference: `Medication/${next}` } },
        { itemCodeableConcept: concept('warfarin') },
      ],
    });
    const round = ['a', 'b', 'c'].map((id, index) => circle(id, 'bca'[index] ?? ''));
    const draft = {
      ...warfarin,
      medicationCodeableConcept: undefined,
      medicationReference: { reference: '#a' },
      contained: round,
    };
    const answer = await send(signing([draft, ...round]));
    expect(answer.status).toBe(200);
  });

  it('with words longer than any name is answered, and shows none of them in full', async () => {
    for (const text of [
      'x'.repeat(100_000),
      '\u0000'.repeat(3000),
      '\ud800',
      'ا'.repeat(3999),
      '\u202e'.repeat(500),
    ]) {
      const answer = await send(signing([order('1', { text })]));
      expect([200, 400], text.slice(0, 5)).toContain(answer.status);
      if (answer.status === 200) expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
    }
  });

  it('of any shape is cards or a problem', async () => {
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 3 });
    const fields = [
      ...[
        'id',
        'status',
        'intent',
        'medicationCodeableConcept',
        'medicationReference',
        'contained',
        'subject',
        'dosageInstruction',
      ],
      ...[
        'dispenseRequest',
        'priorPrescription',
        'code',
        'clinicalStatus',
        'verificationStatus',
        'reaction',
        'valueQuantity',
        'gender',
        'birthDate',
      ],
    ];
    const resource = fc
      .tuple(
        fc.constantFrom(
          'MedicationRequest',
          'MedicationStatement',
          'MedicationDispense',
          'Medication',
          'AllergyIntolerance',
          'Condition',
          'Observation',
          'Patient',
          'OperationOutcome',
          'Bundle',
        ),
        fc.dictionary(fc.constantFrom(...fields), anything),
      )
      .map(([resourceType, more]) => ({ ...more, resourceType }));
    const keys = [
      'patient',
      'medications',
      'statements',
      'dispenses',
      'allergies',
      'conditions',
      'observations',
    ];
    const sent = fc.dictionary(
      fc.constantFrom(...keys),
      fc.oneof(
        resource,
        fc.array(resource).map((many) => bundle(...many)),
        anything,
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(resource, { maxLength: 5 }), sent, anything, async (drafts, given, extra) => {
        // Through JSON, as it comes over the wire: undefined, bigint and symbols are not in it.
        const body = JSON.parse(
          JSON.stringify(
            { ...signing([warfarin, ...drafts], given), extension: extra },
            (_, value: unknown) =>
              typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : value,
          ),
        ) as object;
        const answer = await send(body);
        expect([200, 400, 412], JSON.stringify(answer.body)).toContain(answer.status);
        if (answer.status === 200) SpecResponse.parse(answer.body);
        else expect(answer.headers['content-type']).toMatch(/problem\+json/);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('for a patient of ours learns nothing of him', async () => {
    const { rows } = await db.owner.query<{ id: number }>(
      `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex)
       values ($1, 'Mona', 'Adel', 'mona adel', '1980-01-01', 'female') returning patient_id as id`,
      [ehr.branchId],
    );
    const call = signing([], null);
    const id = String(rows[0]?.id);
    const answer = await send({
      ...call,
      context: {
        ...call.context,
        patientId: id,
        draftOrders: bundle({ ...warfarin, subject: { reference: `Patient/${id}` } }),
      },
    });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toMatch(/Mona|Adel|1980/);
    const { rows: reads } = await db.owner.query(
      "select 1 from operational.audit_logs where table_name = 'patients' and action = 'read'",
    );
    expect(reads).toEqual([]);
  });
});

describe('another origin', () => {
  const { db, app } = useTestApp();
  const ORIGIN = 'https://ehr.example.org';
  const ask = async (server: ReturnType<typeof app>, options: InjectOptions) =>
    (await server.inject(options)).headers;
  const preflight = (url: string, origin = ORIGIN): InjectOptions => ({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  });

  it('may not call from a browser unless it is configured', async () => {
    expect(await ask(app(), preflight(`/api${SERVICE}`))).not.toHaveProperty('access-control-allow-origin');
    const discovery = await ask(app(), {
      method: 'GET',
      url: '/api/cds-services',
      headers: { origin: ORIGIN },
    });
    expect(discovery).not.toHaveProperty('access-control-allow-origin');
  });

  it('that is configured may call these services, with a token, and nothing else', async () => {
    const open = await createApplication(db.app, 4, createLogger('silent'), {
      cdsOrigins: new Set([ORIGIN]),
    });
    await open.init();
    await open.getHttpAdapter().getInstance().ready();
    try {
      const allowed = await open.inject(preflight(`/api${SERVICE}`));
      expect(allowed.statusCode).toBe(204);
      expect(allowed.headers).toMatchObject({
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type, x-branch-id',
        vary: 'origin',
      });
      expect(allowed.headers).not.toHaveProperty('access-control-allow-credentials');
      const discovery = await open.inject({
        method: 'GET',
        url: '/api/cds-services',
        headers: { origin: ORIGIN },
      });
      expect([discovery.statusCode, discovery.headers['access-control-allow-origin']]).toEqual([200, ORIGIN]);
      for (const [url, origin] of [
        [`/api${SERVICE}`, 'https://evil.example.org'],
        [`/api${SERVICE}`, 'null'],
        ['/api/patients', ORIGIN],
        ['/api/cds-servicesx', ORIGIN],
      ] as const)
        expect(await ask(open, preflight(url, origin)), url).not.toHaveProperty(
          'access-control-allow-origin',
        );
    } finally {
      await open.close();
    }
  });

  it('is configured by its origin alone', () => {
    const origins = (MEDITORY_CDS_ORIGINS: string) => readConfig({ MEDITORY_CDS_ORIGINS }).cdsOrigins;
    expect(origins('https://a.example.org, http://localhost:8080')).toEqual([
      'https://a.example.org',
      'http://localhost:8080',
    ]);
    expect(origins('')).toEqual([]);
    for (const wrong of ['*', 'null', 'https://a.example.org/', 'a.example.org', 'file:///x'])
      expect(() => origins(wrong), wrong).toThrow(/MEDITORY_CDS_ORIGINS/);
  });
});
