// Import of FHIR bundles over HTTP: whom they are about, who may send them, all or nothing, and nothing without a reason.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { INVARIANTS } from '../../src/operational/integrity/invariants.sql.js';
import { aRecord, icd10, type Bundle } from '../builders/fhir-bundle.js';
import { aPatient } from '../builders/patient.js';
import { aWorldFor } from '../builders/world.js';
import { useFhirImport } from '../support/fhir-import.js';

describe('people in FHIR bundles', () => {
  const { db, call, world, send, imported, recordOf, everything, whole } = useFhirImport();

  it('keeps one allergy where several resources tell of it, as long as one of them holds', async () => {
    const bundle = aRecord().allergy({ text: 'Latex glove' }).allergy({ text: 'latex GLOVE' }).build();
    const record = await recordOf(await imported(bundle));
    expect(record.allergies).toHaveLength(1);
    const withdraw = (at: number): void => {
      const found = bundle.entry.filter(({ resource }) => resource?.resourceType === 'AllergyIntolerance')[
        at
      ];
      Object.assign(found?.resource ?? {}, { clinicalStatus: { coding: [{ code: 'inactive' }] } });
    };
    withdraw(0);
    expect((await recordOf(await imported(bundle))).allergies).toMatchObject([{ status: 'active' }]);
    withdraw(1);
    expect((await recordOf(await imported(bundle))).allergies).toMatchObject([{ status: 'inactive' }]);
  });

  it.each([
    ['1961', { birthDate: null, birthDatePartial: '1961' }],
    ['1961-04', { birthDate: null, birthDatePartial: '1961-04' }],
    ['2999-01-01', { birthDate: null, birthDatePartial: null }],
    ['yesterday', { birthDate: null, birthDatePartial: null }],
    [undefined, { birthDate: null, birthDatePartial: null }],
  ])('keeps a person born %s, without inventing a date', async (birthDate, kept) => {
    const bundle = aRecord({ birthDate }).build();
    expect(await recordOf(await imported(bundle))).toMatchObject(kept);
    expect((await imported(bundle)).status).toBe('unchanged');
  });

  it('finds a person again by number or address, not by a number alone', async () => {
    const id = randomUUID();
    const ssn = { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-12-3456' };
    const person = {
      identifier: [ssn],
      name: [{ family: 'Doe', given: ['Jane'] }],
      birthDate: '1970-01-01',
      gender: 'female',
    };
    const first = await imported(aRecord({ ...person, id }).build());
    const sameNumber = await imported(aRecord(person).build());
    expect(sameNumber.patients).toEqual([{ patientId: first.patients[0]?.patientId, outcome: 'unchanged' }]);
    const another = await imported(
      aRecord({ ...person, birthDate: '1999-09-09', name: [{ text: 'Somebody Else' }] }).build(),
    );
    expect(another.patients[0]?.patientId).not.toBe(first.patients[0]?.patientId);
    const refused = await send(
      aRecord({ id, identifier: [], name: [{ text: 'Not Her' }], birthDate: '2001-01-01' }).build(),
    );
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('the address of another person');
  });

  it('fills in what a record made by hand does not say, and overwrites nothing of it', async () => {
    const patientId = await aPatient(db, world(), {
      firstName: 'Mona',
      lastName: 'Adel',
      birthDate: '1980-02-03',
      sex: 'female',
      nationalId: '28002030100000',
      phone: '0100',
    });
    const bundle = aRecord({
      identifier: [{ type: { coding: [{ code: 'NI' }] }, system: 'urn:eg:nid', value: '28002030100000' }],
      name: [{ text: 'Mona Adel' }, { text: 'منى عادل' }],
      birthDate: '1980-02-03',
      gender: 'female',
      telecom: [{ system: 'phone', value: '0111' }],
    }).build();
    const report = await imported(bundle);
    expect(report.patients).toEqual([{ patientId, outcome: 'updated' }]);
    expect(await recordOf(report)).toMatchObject({ firstNameAr: 'منى', lastNameAr: 'عادل', phone: '0100' });
    expect((await imported(bundle)).status).toBe('unchanged');
  });

  it('finds patients on record that a later bundle only refers to: by address, relative address, or number', async () => {
    const base = `https://fhir.example.org/${randomUUID()}`;
    const number = { system: 'urn:test:mrn', value: randomUUID() };
    const patient = {
      resourceType: 'Patient',
      id: 'p1',
      identifier: [number],
      name: [{ text: 'Ada Byron' }],
    };
    const first = await imported({
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ fullUrl: `${base}/Patient/p1`, resource: patient }],
    });
    const references = [
      { reference: `${base}/Patient/p1/_history/2` },
      { reference: 'Patient/p1' },
      { reference: `Patient?identifier=${number.system}|${number.value}` },
      { identifier: number },
    ];
    for (const [at, subject] of references.entries()) {
      const resource = { resourceType: 'Condition', code: { text: `found by reference ${at}` }, subject };
      await imported({
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ fullUrl: `${base}/Condition/c${at}`, resource }],
      });
    }
    expect((await recordOf(first)).conditions).toHaveLength(references.length);
  });

  it.each([
    ['no bundle', { resourceType: 'Patient' }, 400],
    ['a message', { resourceType: 'Bundle', type: 'message', entry: [] }, 422],
    ['a person without a name', aRecord({ name: [] }).build(), 422],
    [
      'a record of nobody',
      aRecord()
        .condition({ text: 'x' }, { subject: { reference: 'Patient/nobody' } })
        .build(),
      422,
    ],
    [
      'a record that does not say of whom',
      aRecord().allergy({ text: 'x' }, { patient: undefined }).build(),
      422,
    ],
    ['entries that are no list', { resourceType: 'Bundle', type: 'batch', entry: {} }, 422],
    [
      'an entry without a resource type',
      { resourceType: 'Bundle', type: 'batch', entry: [{ resource: {} }] },
      422,
    ],
    [
      'a wish to delete',
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'DELETE', url: 'Patient/1' } }],
      },
      422,
    ],
  ])('refuses %s with a reason, and changes nothing', async (_, bundle, status) => {
    const before = await everything();
    const answer = await send(bundle);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/fhir+json');
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(await everything()).toEqual(before);
  });

  it('registers practitioners by licence number, and leaves those on record as they are', async () => {
    const licence = randomUUID();
    const practitioner = {
      resourceType: 'Practitioner',
      id: randomUUID(),
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: licence }],
      name: [{ family: 'House', given: ['Gregory'] }],
    };
    const bundle: Bundle = { resourceType: 'Bundle', type: 'batch', entry: [{ resource: practitioner }] };
    expect((await imported(bundle)).counts).toMatchObject({ imported: 1 });
    expect((await imported(bundle)).counts).toMatchObject({ unchanged: 1 });
    const nameless = { ...practitioner, identifier: [] };
    const report = await imported({ ...bundle, entry: [{ resource: nameless }] });
    expect(report.notes[0]?.reason).toBe('the practitioner has no licence number or other identifier');
  });

  it('finds whoever was merged under the record that goes on', async () => {
    const admin = await aWorldFor(db, 'administrator');
    const bundles = ['a', 'b'].map((part) =>
      aRecord({ name: [{ text: 'Twice Onrecord' }] })
        .allergy({ text: `allergy ${part}` })
        .condition({ text: `condition ${part}` })
        .order({ medicationCodeableConcept: { text: `medicine ${part}` } })
        .build(),
    );
    const [survivorId = 0, mergedId = 0] = await Promise.all(
      bundles.map(async (bundle) => (await imported(bundle, admin)).patients[0]?.patientId),
    );
    const merged = await call('POST', `/patients/${survivorId}/merge`, {
      token: admin.token,
      body: { mergedId, reason: 'the same person' },
    });
    expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300);
    for (const bundle of bundles) {
      const again = await imported(bundle, admin);
      expect(again).toMatchObject({ status: 'unchanged', patients: [{ patientId: survivorId }] });
    }
    const [, second] = bundles;
    Object.assign(second?.entry[2]?.resource ?? {}, { clinicalStatus: { coding: [{ code: 'resolved' }] } });
    second?.entry.push(
      ...aRecord()
        .condition({ text: 'condition c' }, { subject: { reference: second.entry[0]?.fullUrl } })
        .build()
        .entry.slice(1),
    );
    const report = await imported(second ?? { resourceType: 'Bundle', type: 'batch', entry: [] }, admin);
    expect(report.counts).toMatchObject({ updated: 1, imported: 1 });
    expect(
      (await recordOf(report, admin)).conditions.map(({ name, status }) => `${name} ${status}`).sort(),
    ).toEqual(['condition a active', 'condition b resolved', 'condition c active']);
    const read = await call('GET', `/fhir/Patient/${mergedId}`, { token: admin.token });
    expect(read.body).toMatchObject({
      active: false,
      link: [{ other: { reference: `Patient/${survivorId}` }, type: 'replaced-by' }],
    });
    const found = await call<Bundle>('GET', `/fhir/Condition?patient=${mergedId}`, { token: admin.token });
    expect(found.body.entry).toHaveLength(3);
    const broken = INVARIANTS.find(({ code }) => code === 'imported-of-its-patient')?.sql ?? '';
    expect((await db.owner.query(broken)).rows).toEqual([]);
  });

  it('keeps branches apart', async () => {
    const bundle = whole();
    const other = await aWorldFor(db, 'pharmacist');
    const [mine, theirs] = [await imported(bundle), await imported(bundle, other)];
    expect(theirs.status).toBe('imported');
    const patientId = mine.patients[0]?.patientId;
    expect((await call('GET', `/fhir/Patient/${patientId}`, { token: other.token })).status).toBe(404);
  });

  it('asks for the rights to write patients and prescribers', async () => {
    const reader = await aWorldFor(db, 'cashier');
    expect((await send(whole(), reader)).status).toBe(403);
    expect((await call('POST', '/fhir', { body: whole() })).status).toBe(401);
  });

  it('answers a transaction entry by entry', async () => {
    const bundle = aRecord().condition(icd10('E11.9', 'Diabetes')).andMore().build();
    bundle.entry.push({ request: { method: 'GET', url: 'Patient/1' } });
    const { status, body, headers } = await call<Bundle>('POST', '/fhir', {
      token: world().token,
      body: bundle,
    });
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('application/fhir+json');
    expect(body.type).toBe('transaction-response');
    const statuses = body.entry.map((entry) => (entry as { response: { status: string } }).response.status);
    expect(statuses).toEqual([
      '201 Created',
      '201 Created',
      ...Array.from({ length: 5 }, () => '200 OK'),
      '400 Bad Request',
    ]);
  });
});
