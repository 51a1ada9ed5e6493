// Hundreds of bundles nobody would send: never a 5xx, never half of one, twice is once, and every resource accounted for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { aRecord, icd10, rxnorm, snomed, type Bundle } from '../builders/fhir-bundle.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Report {
  readonly status?: string;
  readonly resources?: number;
  readonly counts?: Record<string, number>;
  readonly notes?: { reason: string }[];
  readonly issue?: { diagnostics?: string }[];
}

const EXAMPLES = join(packageRoot(), '..', 'shared', 'data', 'fhir_r4', 'examples');
const RUNS = 200;

/** Values that break what reads them carelessly. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [null],
    [[]],
    'valueOf',
    '__proto__',
    'constructor',
    'x'.repeat(5000),
    '\u0000',
    '\ud800',
    'سارة عبد الرحمن',
    '王小明',
    '💊',
    "'; drop table patients; --",
    '2020-02-30',
    '9999-12-31',
    '0001-01-01',
    '1850',
    { reference: 'Patient/nobody' },
    { reference: '#' },
    { reference: 'urn:uuid:' },
    { reference: 'x'.repeat(1999) },
    { coding: [{ system: 'toString', code: 'valueOf' }], text: '\u0000' },
    { coding: 'none' },
    { value: '12', unit: 5 },
    { value: 1e21, unit: 'kg', code: 'kg' },
    { value: 699.999, unit: 'kg', code: 'kg' },
    { value: 0.001, unit: 'kg', code: 'kg' },
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const member = fc.constantFrom(
  ...[
    'id',
    'identifier',
    'name',
    'telecom',
    'gender',
    'birthDate',
    'deceasedDateTime',
    'communication',
    'meta',
    'contained',
  ],
  ...[
    'code',
    'patient',
    'subject',
    'clinicalStatus',
    'verificationStatus',
    'reaction',
    'onsetDateTime',
    'abatementDateTime',
  ],
  ...[
    'status',
    'intent',
    'medicationCodeableConcept',
    'medicationReference',
    'authoredOn',
    'dosageInstruction',
    'resourceType',
  ],
  ...['valueQuantity', 'effectiveDateTime', 'modifierExtension', '__proto__', 'constructor', 'toString'],
);

/** One thing that is spoilt: a member of a resource or entry, or an entry twice, gone, or out of place. */
const spoiling = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('member' as const),
      at: fc.nat(30),
      name: member,
      value: hostile,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twice' as const), at: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), at: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('no-url' as const), at: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('entry' as const), at: fc.nat(30), value: hostile }),
  },
);
type Spoiling = typeof spoiling extends fc.Arbitrary<infer T> ? T : never;

const base = (): Bundle =>
  aRecord()
    .allergy({ text: 'Penicillin' }, { reaction: [{ manifestation: [{ text: 'rash' }] }] })
    .allergy(snomed('716186003', 'No known allergy'))
    .condition(icd10('I10', 'Hypertension'))
    .condition(snomed('44054006', 'Diabetes'))
    .order(rxnorm('314076', 'lisinopril 10 MG Oral Tablet'))
    .order({ medicationReference: { reference: 'Medication/x', display: 'x' } })
    .observation('29463-7', 80, 'kg', '2024-01-01')
    .observation('33914-3', 60, 'mL/min', '2024-01-01')
    .andMore()
    .build();

function spoilt(spoilings: readonly Spoiling[]): Bundle {
  const bundle = base();
  for (const spoil of spoilings) {
    const at = spoil.at % Math.max(1, bundle.entry.length);
    const entry = bundle.entry[at];
    if (!entry) continue;
    if (spoil.kind === 'twice') bundle.entry.push(structuredClone(entry));
    else if (spoil.kind === 'gone') bundle.entry.splice(at, 1);
    else if (spoil.kind === 'no-url') delete entry.fullUrl;
    else if (spoil.kind === 'entry') (bundle.entry as unknown[])[at] = spoil.value;
    else if (typeof entry === 'object' && entry !== null && entry.resource)
      Object.defineProperty(entry.resource, spoil.name, {
        value: spoil.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return bundle;
}

describe('hostile FHIR bundles', () => {
  const { db, call } = useTestApp();
  let world: World;
  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
  });

  const send = (body: unknown) => call<Report>('POST', '/fhir/$import', { token: world.token, body });
  /** Rows of everything an import writes, with their versions. */
  const state = async (): Promise<string> => {
    const { rows } = await db.owner.query<{ state: string }>(
      `select concat_ws(' ',
         (select count(*) || '/' || coalesce(sum(version), 0) from operational.patients),
         (select count(*) || '/' || coalesce(sum(version), 0) from operational.prescribers),
         (select count(*) || '/' || coalesce(sum(version), 0) from operational.patient_allergies),
         (select count(*) || '/' || coalesce(sum(version), 0) from operational.patient_conditions),
         (select count(*) || '/' || coalesce(sum(version), 0) from operational.patient_medications),
         (select count(*) || coalesce(string_agg(content_hash || is_standing, ',' order by fhir_resource_id), '') from operational.fhir_resources),
         (select count(*) from operational.fhir_identities), (select count(*) from operational.fhir_entries)) as state`,
    );
    return rows[0]?.state ?? '';
  };

  let imported = 0;
  async function expectSound(bundle: unknown): Promise<void> {
    const before = await state();
    const first = await send(bundle);
    expect(first.status, JSON.stringify(first.body)).toBeLessThan(500);
    const after = await state();
    if (first.status !== 200) {
      expect(after).toBe(before);
      expect(first.body.issue?.[0]?.diagnostics ?? '').not.toBe('');
      return;
    }
    imported += 1;
    const { counts = {}, resources, notes = [] } = first.body;
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(resources);
    expect(notes.every(({ reason }) => reason !== '')).toBe(true);
    const again = await send(bundle);
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect(again.body.counts, JSON.stringify(again.body)).toMatchObject({ imported: 0, updated: 0 });
    expect(await state()).toBe(after);
  }

  it(`${RUNS} bundles with anything anywhere`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spoiling, { minLength: 1, maxLength: 6 }), async (spoilings) =>
        expectSound(spoilt(spoilings)),
      ),
      { numRuns: RUNS },
    );
    // Most of what is spoilt is no reason to refuse a person: the property is about those too.
    expect(imported).toBeGreaterThan(RUNS / 5);
  }, 300_000);

  it('bodies that are no bundle at all', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const { status } = await send({ resourceType: 'Bundle', type: 'collection', entry: value });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });

  it('a bundle nested without end', async () => {
    const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    for (const levels of [101, 5000, 500_000]) {
      const text = JSON.stringify(base()).replace('"gender"', `"extension":${deep(levels)},"gender"`);
      const { status, body } = await call<Report>('POST', '/fhir/$import', {
        token: world.token,
        body: text,
        headers: { 'content-type': 'application/fhir+json' },
      });
      expect(status).toBe(422);
      expect(body.issue?.[0]?.diagnostics).toContain('levels deep');
    }
  });

  it('a bundle with more entries than a life makes', async () => {
    const entry = Array.from({ length: 50_001 }, () => ({ resource: { resourceType: 'Claim' } }));
    expect((await send({ resourceType: 'Bundle', type: 'collection', entry })).status).toBe(422);
  });

  it('a person with thousands of names, numbers and records', async () => {
    const many = <T>(make: (at: number) => T, count: number): T[] =>
      Array.from({ length: count }, (_, at) => make(at));
    const record = aRecord({
      name: many((at) => ({ family: `F${at}`, given: many((n) => `G${n}`, 50) }), 500),
      identifier: many((at) => ({ system: `urn:x:${at}`, value: `${at}` }), 500),
      telecom: many((at) => ({ system: 'phone', value: `${at}` }), 500),
    });
    for (let at = 0; at < 120; at++) record.condition({ text: `condition ${at}` });
    await expectSound(record.build());
  });

  const files = existsSync(EXAMPLES)
    ? readdirSync(EXAMPLES).filter((name) => name.startsWith('Bundle-'))
    : [];
  if (files.length === 0) console.warn('SKIPPED: the FHIR examples are not at ../shared/data/fhir_r4');

  it.skipIf(files.length === 0)(
    'every bundle among the examples of FHIR is imported whole, or refused with a reason',
    async () => {
      for (const name of files) await expectSound(JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')));
    },
  );

  it.skipIf(files.length === 0)(
    'all example patients with every record of theirs, as one bundle',
    async () => {
      const kinds =
        /^(Patient|Practitioner|AllergyIntolerance|Condition|Medication|MedicationRequest|MedicationStatement|MedicationDispense)-/;
      const entry = readdirSync(EXAMPLES)
        .filter((name) => kinds.test(name))
        .map(
          (name) =>
            JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')) as { resourceType: string; id: string },
        )
        .map((resource) => ({
          fullUrl: `http://hl7.org/fhir/${resource.resourceType}/${resource.id}`,
          resource,
        }));
      const report = await send({ resourceType: 'Bundle', type: 'collection', entry });
      // Some examples refer to patients that are not among them: then nothing is kept, and it is said of which.
      expect([200, 422]).toContain(report.status);
      const known = new Set(entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`));
      const whole = entry.filter(({ resource }) => {
        const { subject, patient } = resource as {
          subject?: { reference?: string };
          patient?: { reference?: string };
        };
        const whose = (subject ?? patient)?.reference;
        return whose === undefined
          ? !/^(Medication(?!$)|Allergy|Condition)/.test(resource.resourceType)
          : known.has(whose);
      });
      await expectSound({ resourceType: 'Bundle', type: 'collection', entry: whole });
    },
  );
});
