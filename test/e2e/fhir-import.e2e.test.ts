// Import of FHIR bundles over HTTP: what is kept and how, twice is once, all or nothing, and nothing without a reason.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { INVARIANTS } from '../../src/operational/integrity/invariants.sql.js';
import { aDrug, anIngredient } from '../builders/drug.js';
import { aRecord, icd10, rxnorm, snomed, type Bundle } from '../builders/fhir-bundle.js';
import { aPatient } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Report {
  readonly status: string;
  readonly resources: number;
  readonly patients: { patientId: number; outcome: string }[];
  readonly counts: Record<string, number>;
  readonly byType: ({ resourceType: string } & Record<string, number>)[];
  readonly notes: { resourceType: string; outcome: string; reason: string; count: number; first: string[] }[];
}
interface Record_ {
  readonly firstName: string;
  readonly lastName: string;
  readonly allergyStatus: string;
  readonly allergies: { substance: string; ingredientId: number | null; status: string; severity: string }[];
  readonly conditions: { icd10: string | null; name: string; status: string; onsetDate: string | null }[];
  readonly medications: {
    name: string;
    drugId: number | null;
    ingredientId: number | null;
    dose: string | null;
    startedOn: string | null;
    endedOn: string | null;
  }[];
  readonly [field: string]: unknown;
}

describe('import of FHIR bundles', () => {
  const { db, call } = useTestApp();
  let world: World;
  let penicillin: number;
  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    penicillin = await anIngredient(db, 'phenoxymethylpenicillin');
    await anIngredient(db, 'simvastatin');
    await db.owner.query(
      `insert into reference.ingredient_codes (system, code, ingredient_id, source) values ('rxcui', '7984', $1, 'test') on conflict do nothing`,
      [penicillin],
    );
  });

  const send = (bundle: unknown, to: World = world) =>
    call<Report>('POST', '/fhir/$import', { token: to.token, body: bundle });
  const imported = async (bundle: Bundle, to: World = world): Promise<Report> => {
    const { status, body } = await send(bundle, to);
    expect(status, JSON.stringify(body)).toBe(200);
    const sum = Object.values(body.counts).reduce((a, b) => a + b, 0);
    expect(sum).toBe(body.resources);
    expect(body.resources).toBe(bundle.entry.filter(({ resource }) => resource).length);
    return body;
  };
  const recordOf = async (report: Report, to: World = world): Promise<Record_> => {
    const { patientId } = report.patients[0] ?? { patientId: 0 };
    return (await call<Record_>('GET', `/patients/${patientId}`, { token: to.token })).body;
  };
  /** Everything of the branch an import may write. */
  const everything = async (): Promise<unknown> =>
    (
      await db.owner.query(
        `select (select json_agg(p order by p.patient_id) from operational.patients p where p.branch_id = $1) as patients,
           (select json_agg(a order by a.allergy_id) from operational.patient_allergies a where a.branch_id = $1) as allergies,
           (select json_agg(c order by c.condition_id) from operational.patient_conditions c where c.branch_id = $1) as conditions,
           (select json_agg(m order by m.medication_id) from operational.patient_medications m where m.branch_id = $1) as medications,
           (select json_agg(r order by r.fhir_resource_id) from operational.fhir_resources r where r.branch_id = $1) as resources,
           (select count(*) from operational.fhir_identities i where i.branch_id = $1) as identities,
           (select count(*) from operational.fhir_entries e where e.branch_id = $1) as entries`,
        [world.branchId],
      )
    ).rows;

  const whole = (): Bundle =>
    aRecord()
      .allergy(
        {
          coding: [
            { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '7984', display: 'Penicillin V' },
          ],
        },
        { reaction: [{ manifestation: [{ text: 'Hives' }], severity: 'moderate' }] },
      )
      .allergy(snomed('419474003', 'Allergy to mould'))
      .condition(icd10('I10', 'Hypertension'))
      .condition(snomed('44465007', 'Sprain of ankle'), {
        clinicalStatus: { coding: [{ code: 'resolved' }] },
        abatementDateTime: '2010-06-01',
      })
      .order(rxnorm('36567', 'simvastatin 20 MG Oral Tablet'))
      .order(rxnorm('999999', 'Unheardof 5 MG Oral Tablet'), {
        status: 'stopped',
        dosageInstruction: [{ text: 'Take one at night' }],
      })
      .observation('29463-7', 82.5, 'kg', '2024-03-04')
      .observation('29463-7', 80, 'kg', '2023-03-04')
      .observation('8302-2', 181.25, 'cm', '2024-03-04')
      .observation('33914-3', 71.6, 'mL/min/{1.73_m2}', '2024-03-04')
      .observation('38483-4', 1.1, 'mg/dL', '2024-03-04')
      .observation('2339-0', 90, 'mg/dL', '2024-03-04')
      .andMore()
      .build();

  it('keeps the person, allergies, conditions, medicines and measurements, and says what it did not keep', async () => {
    const report = await imported(whole());
    expect(report.status).toBe('imported');
    const record = await recordOf(report);
    expect(record).toMatchObject({
      firstName: 'Abe604',
      lastName: 'Turner526',
      birthDate: '1961-04-12',
      sex: 'male',
      phone: '555-241-9967',
      language: 'en',
      weightKg: '82.5',
      weightRecordedOn: '2024-03-04',
      heightCm: '181.3',
      egfr: '71.6',
      creatinineUmolL: '97.24',
      allergyStatus: 'recorded',
    });
    expect(record.allergies).toMatchObject([
      { ingredientId: penicillin, severity: 'moderate', status: 'active', reaction: 'Hives' },
      { ingredientId: null, substance: 'Allergy to mould' },
    ]);
    expect(record.conditions).toMatchObject([
      { icd10: 'I10', name: 'Hypertension', status: 'active', onsetDate: '2010-05-06' },
      { icd10: null, name: 'Sprain of ankle', status: 'resolved' },
    ]);
    expect(record.medications).toHaveLength(2);
    expect(record.medications[0]).toMatchObject({
      name: 'simvastatin',
      startedOn: '2020-01-02',
      endedOn: null,
    });
    expect(record.medications[1]).toMatchObject({
      name: 'Unheardof 5 MG Oral Tablet',
      dose: 'Take one at night',
      startedOn: '2020-01-02',
      endedOn: '2020-01-02',
    });
    const reasons = report.notes.map(
      ({ resourceType, outcome, reason }) => `${resourceType} ${outcome}: ${reason}`,
    );
    expect(reasons).toContain('Claim skipped: resources of this kind are not kept');
    expect(reasons).toContain('Observation skipped: there is a newer one, or it was withdrawn');
    expect(reasons).toContain(
      'MedicationRequest imported: the medicine is not in the catalogue: kept in words, and not screened',
    );
  });

  it('changes nothing when the same bundle comes again, whatever the order of its entries', async () => {
    const bundle = whole();
    await imported(bundle);
    const before = await everything();
    const again = await imported(bundle);
    expect(again.status).toBe('unchanged');
    expect(again.counts).toMatchObject({ imported: 0, updated: 0 });
    const reversed = await imported({ ...bundle, entry: [...bundle.entry].reverse() });
    expect(reversed.status).toBe('unchanged');
    expect(await everything()).toEqual(before);
  });

  it('makes one person of two imports of the same bundle at the same moment', async () => {
    const bundle = whole();
    const reports = await Promise.all([1, 2, 3, 4].map(() => imported(bundle)));
    expect(new Set(reports.map((report) => report.patients[0]?.patientId)).size).toBe(1);
    expect(reports.map((report) => report.status).sort()).toEqual([
      'imported',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
  });

  it('brings what it made up to date, and takes back what was a mistake', async () => {
    const bundle = whole();
    await imported(bundle);
    const change = (type: string, at: number, values: object): void => {
      const entry = bundle.entry.filter(({ resource }) => resource?.resourceType === type)[at];
      Object.assign(entry?.resource ?? {}, values);
    };
    change('Patient', 0, {
      telecom: [{ system: 'phone', value: '+20 100 000 0000' }],
      deceasedDateTime: '2025-01-02T03:00:00Z',
    });
    change('AllergyIntolerance', 0, {
      verificationStatus: { coding: [{ code: 'entered-in-error' }] },
      clinicalStatus: undefined,
    });
    change('AllergyIntolerance', 1, { clinicalStatus: { coding: [{ code: 'resolved' }] } });
    change('Condition', 0, { verificationStatus: { coding: [{ code: 'refuted' }] } });
    change('MedicationRequest', 0, { status: 'completed' });
    const report = await imported(bundle);
    expect(report.counts['updated']).toBe(5);
    const record = await recordOf(report);
    expect(record).toMatchObject({
      phone: '+20 100 000 0000',
      isDeceased: true,
      deceasedOn: '2025-01-02',
      allergyStatus: 'not_asked',
    });
    expect(record.allergies.map(({ status }) => status).sort()).toEqual(['entered_in_error', 'inactive']);
    expect(record.conditions.map(({ status }) => status).sort()).toEqual(['entered_in_error', 'resolved']);
    expect(record.medications.map(({ endedOn }) => endedOn)).toEqual(['2020-01-02', '2020-01-02']);
    expect((await imported(bundle)).status).toBe('unchanged');
  });

  it('codes a product of the catalogue by its RxNorm concept, and a combination by each ingredient', async () => {
    const drug = await aDrug(db, { name: 'Lisinopril 10 MG Oral Tablet', ingredients: ['lisinopril'] });
    await db.owner.query(
      `update reference.drugs set source = 'rxnorm-prescribable', source_id = '314076' where drug_id = $1`,
      [drug.drugId],
    );
    const [first, second] = [await anIngredient(db, 'amlodipine'), await anIngredient(db, 'valsartan')];
    const bundle = aRecord()
      .order(rxnorm('314076', 'lisinopril 10 MG Oral Tablet'))
      .order(rxnorm('1', 'amlodipine 5 MG / valsartan 80 MG Oral Tablet'))
      .build();
    const record = await recordOf(await imported(bundle));
    expect(record.medications.map(({ drugId, ingredientId }) => drugId ?? ingredientId).sort()).toEqual(
      [drug.drugId, first, second].sort(),
    );
    expect(record.medications.every(({ endedOn }) => endedOn === null)).toBe(true);
  });

  it('reads a medicine from the Medication it refers to: in the bundle, inside the order, or told by its name alone', async () => {
    const record = aRecord();
    const url = record.add({ resourceType: 'Medication', code: { text: 'simvastatin 20 MG Oral Tablet' } });
    record
      .order({ medicationReference: { reference: url } })
      .order({
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Contained cure' } }],
      })
      .order({ medicationReference: { reference: 'Medication/elsewhere', display: 'Told by name' } })
      .order({ medicationReference: { reference: 'Medication/unknown' } });
    const report = await imported(record.build());
    expect((await recordOf(report)).medications.map(({ name }) => name).sort()).toEqual([
      'Contained cure',
      'Told by name',
      'a medicine without a name',
      'simvastatin',
    ]);
    expect(report.notes.map(({ reason }) => reason)).toContain('the Medication it refers to was not sent');
  });

  it('keeps a pregnancy among the conditions as a fact of the patient, as long as it may last', async () => {
    const since = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    const pregnancy = (days: number): Bundle =>
      aRecord({ gender: 'female' })
        .condition(snomed('72892002', 'Normal pregnancy'), { onsetDateTime: since(days) })
        .build();
    const bundle = pregnancy(100);
    expect(await recordOf(await imported(bundle))).toMatchObject({ pregnant: true });
    Object.assign(bundle.entry[1]?.resource ?? {}, {
      clinicalStatus: { coding: [{ code: 'resolved' }] },
      abatementDateTime: since(1),
    });
    expect(await recordOf(await imported(bundle))).toMatchObject({ pregnant: null });
    expect(await recordOf(await imported(pregnancy(400)))).toMatchObject({ pregnant: null });
    const asked = (days: number, code: string): Bundle =>
      aRecord({ gender: 'female' })
        .observation('82810-3', 0, '', since(days).slice(0, 10), {
          valueQuantity: undefined,
          valueCodeableConcept: { coding: [{ system: 'http://loinc.org', code }] },
        })
        .build();
    const yes = asked(10, 'LA15173-0');
    expect(await recordOf(await imported(yes))).toMatchObject({
      pregnant: true,
      pregnancyRecordedOn: since(10).slice(0, 10),
    });
    expect((await imported(yes)).status).toBe('unchanged');
    expect(await recordOf(await imported(asked(5, 'LA26683-5')))).toMatchObject({ pregnant: false });
    expect(await recordOf(await imported(asked(50, 'LA26683-5')))).toMatchObject({ pregnant: null });
  });

  it('believes "no known allergies" only where none is on record', async () => {
    const none = { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] };
    expect((await recordOf(await imported(aRecord().allergy(none).build()))).allergyStatus).toBe(
      'none_known',
    );
    const both = await imported(aRecord().allergy(none).allergy({ text: 'Nuts' }).build());
    expect((await recordOf(both)).allergyStatus).toBe('recorded');
    expect(both.notes).toContainEqual(
      expect.objectContaining({
        outcome: 'skipped',
        reason: 'says that no allergy is known, while one is on record',
      }),
    );
  });

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
    const patientId = await aPatient(db, world, {
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
      token: world.token,
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
