// Hundreds of synthetic people as generators write them, in every order and kind of bundle: all are imported, every record
// that says something is on record, and importing all of them again changes nothing.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { aRecord, icd10, rxnorm, snomed, type Bundle } from '../builders/fhir-bundle.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const PEOPLE = 200;

const coded = (code: string) => ({ coding: [{ code }] });
const word = fc.constantFrom(
  'Abe604',
  'Ṣāliḥ',
  'نجيب',
  'محفوظ',
  '王',
  'Ольга',
  "O'Neill",
  'Müller-Lüdenscheidt',
  'José María',
);

const person = fc.record(
  {
    name: fc.array(
      fc.oneof(
        fc.record({
          use: fc.constantFrom('official', 'maiden', 'nickname'),
          family: word,
          given: fc.array(word, { minLength: 1, maxLength: 3 }),
        }),
        fc.record({ text: fc.tuple(word, word).map((words) => words.join(' ')) }),
        fc.record({ family: word }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    gender: fc.constantFrom('male', 'female', 'other', 'unknown'),
    birthDate: fc.constantFrom('1931-02-28', '2024-02-29', '1950', '1950-06', undefined),
    telecom: fc.constantFrom(
      [],
      [{ system: 'phone', value: '555-1234' }],
      [{ system: 'email', value: 'a@example.org' }],
    ),
    deceasedDateTime: fc.constantFrom('2020-01-02T03:04:05+02:00', undefined),
    maritalStatus: fc.constant({ text: 'M' }),
    extension: fc.constant([{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race' }]),
  },
  { requiredKeys: ['name'] },
);

const allergy = fc.record({
  code: fc.constantFrom(
    { text: 'Penicillin V' },
    snomed('419474003', 'Allergy to mould'),
    { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '1191' }] },
    undefined,
  ),
  clinicalStatus: fc.constantFrom(coded('active'), coded('resolved'), undefined),
  criticality: fc.constantFrom('low', 'high', 'unable-to-assess'),
});
const condition = fc.record({
  code: fc.constantFrom(
    icd10('E119', 'Diabetes'),
    snomed('44054006', 'Diabetes'),
    { text: 'Tired' },
    undefined,
  ),
  clinicalStatus: fc.constantFrom(coded('active'), coded('recurrence'), coded('resolved'), undefined),
  onsetDateTime: fc.constantFrom('2010', '2010-03', '2010-03-04', undefined),
});
const order = fc.record({
  medicine: fc.constantFrom(
    rxnorm('314076', 'lisinopril 10 MG Oral Tablet'),
    rxnorm('1', 'Unheardof'),
    { medicationCodeableConcept: { coding: [{ code: 'local-1' }] } },
    { medicationReference: { display: 'by name' } },
  ),
  status: fc.constantFrom('active', 'stopped', 'completed', 'on-hold', 'unknown'),
  authoredOn: fc.constantFrom('2020-01-02T03:04:05+02:00', '2020', undefined),
});

const life = fc.record({
  person,
  allergies: fc.array(allergy, { maxLength: 4 }),
  conditions: fc.array(condition, { maxLength: 6 }),
  orders: fc.array(order, { maxLength: 8 }),
  type: fc.constantFrom('transaction', 'batch', 'collection', 'searchset'),
  isReversed: fc.boolean(),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

function bundleOf({ person: values, allergies, conditions, orders, type, isReversed }: Life): Bundle {
  const record = aRecord(values);
  for (const { code, ...more } of allergies) record.allergy(code ?? {}, { ...more, code });
  for (const { code, ...more } of conditions) record.condition(code ?? {}, { ...more, code });
  for (const { medicine, ...more } of orders) record.order(medicine, more);
  const bundle = record.observation('29463-7', 70, 'kg', '2024-01-01').andMore().build(type);
  return isReversed ? { ...bundle, entry: bundle.entry.reverse() } : bundle;
}

describe('synthetic people', () => {
  const { db, call } = useTestApp();
  let world: World;
  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
  });

  it(`${PEOPLE} of them are imported whole, and a second time change nothing`, async () => {
    const lives = fc.sample(life, PEOPLE);
    const send = (bundle: Bundle) =>
      call<{ status: string; patients: { patientId: number }[]; issue?: unknown }>('POST', '/fhir/$import', {
        token: world.token,
        body: bundle,
      });
    const bundles = lives.map(bundleOf);
    for (const [at, bundle] of bundles.entries()) {
      const one = lives[at];
      const { status, body } = await send(bundle);
      expect(status, JSON.stringify([body, one])).toBe(200);
      const { rows } = await db.owner.query<{ allergens: number; conditions: number; medicines: number }>(
        `select (select count(distinct fhir_resource_id)::int from operational.fhir_entries e join operational.patient_allergies a using (allergy_id) where a.patient_id = $1) as allergens,
           (select count(*)::int from operational.patient_conditions where patient_id = $1) as conditions,
           (select count(*)::int from operational.patient_medications where patient_id = $1) as medicines`,
        [body.patients[0]?.patientId],
      );
      expect(rows, JSON.stringify(one)).toEqual([
        {
          allergens: one?.allergies.length,
          conditions: one?.conditions.length,
          medicines: one?.orders.length,
        },
      ]);
    }
    for (const bundle of bundles) expect((await send(bundle)).body.status).toBe('unchanged');
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from operational.patients',
    );
    expect(rows).toEqual([{ n: PEOPLE }]);
  }, 300_000);
});
