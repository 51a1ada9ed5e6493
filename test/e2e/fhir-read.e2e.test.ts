// Reading and searching as FHIR R4: right by the definitions, paged, audited, and no more open than the same records elsewhere.
import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug, type BuiltDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { hasR4, r4Errors } from '../support/r4-validator.js';

interface Bundle {
  readonly resourceType: string;
  readonly total?: number;
  readonly link: { relation: string; url: string }[];
  readonly entry?: { fullUrl?: string; resource: Record<string, unknown>; search: { mode: string } }[];
}

const TYPES = [
  'Patient',
  'Practitioner',
  'AllergyIntolerance',
  'Condition',
  'Medication',
  'MedicationRequest',
  'MedicationDispense',
  'MedicationStatement',
] as const;

if (!hasR4) console.warn('SKIPPED in part: the R4 definitions are not at ../shared/data/fhir_r4');

describe('FHIR reading', () => {
  const { db, call } = useTestApp();
  let world: World;
  let drug: BuiltDrug;
  let patientId: number;
  let prescriberId: number;
  let fill: { fillId: number; prescriptionId: number; patientId: number };
  let prescriptionId: number;

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    drug = await aDrug(db, {
      name: 'Readol 500 mg 20 tablets',
      atcCode: 'N02BE01',
      company: 'Read Pharma',
      barcode: '6221234567890',
      ingredients: [
        { name: 'readolol', amount: '500' },
        { name: 'syrupin', amount: '250', perAmount: '5', perUnit: 'ml' },
      ],
    });
    await db.owner.query(
      `insert into reference.ingredient_codes (system, code, ingredient_id, source) values ('rxcui', '161', $1, 'test'), ('unii', '362O9ITL9D', $1, 'test')`,
      [drug.ingredientIds[0]],
    );
    await aLot(db, { branchId: world.branchId, drugId: drug.drugId, quantity: '500' });
    patientId = await aPatient(db, world, {
      firstName: 'Nagib',
      lastName: 'Mahfouz',
      firstNameAr: 'نجيب',
      lastNameAr: 'محفوظ',
      birthDate: '1950-12-11',
      phone: '+20 (100) 200-300',
      nationalId: '25012110100011',
      allergicTo: [drug.ingredientIds[0] ?? 0],
      takes: [drug.drugId],
    });
    await db.owner.query(
      `insert into operational.patient_allergies (patient_id, branch_id, substance_text, reaction, severity, status) values
         ($1, $2, 'nuts', 'swelling', 'severe', 'inactive'), ($1, $2, 'wrong', null, 'mild', 'entered_in_error')`,
      [patientId, world.branchId],
    );
    await db.owner.query(
      `insert into operational.patient_conditions (patient_id, branch_id, icd10, name, onset_date, status) values
         ($1, $2, 'I10', 'hypertension', '2019-03-04', 'active'), ($1, $2, null, 'sprain', null, 'resolved'), ($1, $2, 'J45', 'mistake', null, 'entered_in_error')`,
      [patientId, world.branchId],
    );
    prescriberId = await aPrescriber(db, { firstName: 'Magdi', lastName: 'Yacoub' });
    ({ prescriptionId } = await aPrescription(db, world, {
      drugId: drug.drugId,
      patientId,
      prescriberId,
      quantity: '22.5',
      prescribedDate: '2026-01-15',
      expiresOn: '2099-01-15',
    }));
    await db.owner.query(
      `update operational.prescriptions set dose_amount = 1.5, dose_unit = 'mg', frequency_per_day = 2.5, notes = 'n', daw_code = 1 where prescription_id = $1`,
      [prescriptionId],
    );
    fill = await aBareFill(db, world, { drugId: drug.drugId, quantity: '20', dispensed: true });
  });

  const get = <Body = Record<string, unknown>>(
    path: string,
    options: { token?: string; headers?: Record<string, string> } = {},
  ) => call<Body>('GET', `/fhir/${path}`, { token: world.token, ...options });
  const search = async (path: string): Promise<Bundle> => {
    const { status, body } = await get<Bundle>(path);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const ids = async (path: string): Promise<string[]> =>
    ((await search(path)).entry ?? [])
      .filter((entry) => entry.search.mode === 'match')
      .map(({ resource }) => String(resource['id']));

  it('tells what it can do, to anybody, and does all of it', async () => {
    const { status, body, headers } = await call<Record<string, unknown>>('GET', '/fhir/metadata');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    if (hasR4) expect(r4Errors(body)).toEqual([]);
    const [rest] = body['rest'] as {
      resource: { type: string; searchParam: { name: string; type: string }[] }[];
    }[];
    const VALUES: Record<string, string> = { token: 'true', string: 'x', date: 'ge2020-01', reference: '1' };
    for (const { type, searchParam } of rest?.resource ?? [])
      for (const { name, type: kind } of searchParam) {
        const answer = await get(`${type}?${name}=${VALUES[kind]}`, {
          headers: { prefer: 'handling=strict' },
        });
        expect(answer.status, `${type}?${name}`).toBe(200);
      }
  });

  it.each(TYPES)('writes %s as the definitions of R4 have it', async (type) => {
    const bundle = await search(`${type}?_count=100`);
    expect(bundle.entry?.length).toBeGreaterThan(0);
    if (hasR4) expect(r4Errors(bundle)).toEqual([]);
    for (const { resource, fullUrl } of bundle.entry ?? []) {
      const one = await get(`${type}/${String(resource['id'])}`);
      expect(one.body).toEqual(resource);
      expect(one.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
      expect(fullUrl).toMatch(new RegExp(`/api/fhir/${type}/`));
    }
  });

  it('says of a person, a prescription and a fill what is on record', async () => {
    expect((await get(`Patient/${patientId}`)).body).toMatchObject({
      name: [
        { use: 'official', family: 'Mahfouz', given: ['Nagib'] },
        { use: 'usual', family: 'محفوظ', given: ['نجيب'] },
      ],
      birthDate: '1950-12-11',
      gender: 'male',
    });
    expect((await get(`MedicationRequest/${prescriptionId}`)).body).toMatchObject({
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${patientId}` },
      requester: { reference: `Practitioner/${prescriberId}`, display: 'Magdi Yacoub' },
      dispenseRequest: { quantity: { value: 22.5, unit: 'tablet' }, expectedSupplyDuration: { value: 30 } },
      dosageInstruction: [
        { text: '1 tablet daily', maxDosePerPeriod: { numerator: { value: 3.75, code: 'mg' } } },
      ],
      substitution: { allowedBoolean: false },
    });
    expect((await get(`MedicationDispense/${fill.fillId}`)).body).toMatchObject({
      status: 'completed',
      authorizingPrescription: [{ reference: `MedicationRequest/${fill.prescriptionId}` }],
      quantity: { value: 20 },
      type: { coding: [{ code: 'FF' }] },
    });
    expect((await get(`Medication/${drug.drugId}`)).body).toMatchObject({
      ingredient: [
        { strength: { numerator: { value: 500, code: 'mg' }, denominator: { value: 1 } } },
        { strength: { numerator: { value: 250 }, denominator: { value: 5, code: 'mL' } } },
      ],
    });
  });

  it('shows that a patient was asked and knows of no allergy', async () => {
    const none = await aPatient(db, world, { allergyStatus: 'none_known' });
    expect(await ids(`AllergyIntolerance?patient=${none}`)).toEqual([`none-${none}`]);
    expect((await get(`AllergyIntolerance/none-${none}`)).body).toMatchObject({
      code: { coding: [{ code: '716186003' }] },
    });
    expect(await ids('AllergyIntolerance?code=http://snomed.info/sct|716186003&_count=100')).toContain(
      `none-${none}`,
    );
    const notAsked = await aPatient(db, world, { allergyStatus: 'not_asked' });
    expect(await ids(`AllergyIntolerance?patient=${notAsked}`)).toEqual([]);
    expect((await get(`AllergyIntolerance/none-${notAsked}`)).status).toBe(404);
    expect((await get(`AllergyIntolerance/-${none}`)).status).toBe(404);
  });

  it.each([
    ['Patient', 'name=mahf', true],
    ['Patient', 'name=ahf', false],
    ['Patient', 'name:contains=ahf', true],
    ['Patient', 'name=محفوظ', true],
    ['Patient', 'name:exact=Mahfouz', true],
    ['Patient', 'name:exact=mahfouz', false],
    ['Patient', 'family=MAHF', true],
    ['Patient', 'family=nagib', false],
    ['Patient', 'given=nag', true],
    ['Patient', 'family=%25', false],
    ['Patient', 'birthdate=1950-12-11', true],
    ['Patient', 'birthdate=1950', true],
    ['Patient', 'birthdate=ge1950-12&birthdate=lt1951', true],
    ['Patient', 'birthdate=gt1950-12-11', false],
    ['Patient', 'birthdate=ne1950-12-11', false],
    ['Patient', 'birthdate=1949,1950', true],
    ['Patient', 'birthdate=le9999', true],
    ['Patient', 'gender=male,female', true],
    ['Patient', 'gender=female', false],
    ['Patient', 'phone=20100200300', true],
    ['Patient', 'identifier=25012110100011', true],
    ['Patient', 'identifier=urn:meditory:national-id|25012110100011', true],
    ['Patient', 'identifier=urn:other|25012110100011', false],
    ['Patient', 'deceased=false', true],
  ])('%s?%s finds the person: %s', async (type, query, isFound) => {
    const found = await ids(`${type}?${query}&_count=100`);
    expect(found.includes(String(patientId))).toBe(isFound);
  });

  it('finds records of a person by status, code and day, and prescriptions by what and who', async () => {
    const patient = `patient=Patient/${patientId}`;
    expect(await ids(`AllergyIntolerance?${patient}`)).toHaveLength(3);
    expect(await ids(`AllergyIntolerance?${patient}&clinical-status=active`)).toHaveLength(1);
    expect(await ids(`AllergyIntolerance?${patient}&verification-status=entered-in-error`)).toHaveLength(1);
    expect(
      await ids(`AllergyIntolerance?${patient}&code=urn:meditory:ingredient|${drug.ingredientIds[0]}`),
    ).toHaveLength(1);
    expect(
      await ids(`AllergyIntolerance?${patient}&code=http://www.nlm.nih.gov/research/umls/rxnorm|161`),
    ).toHaveLength(1);
    expect(await ids(`Condition?${patient}&code=http://hl7.org/fhir/sid/icd-10|I10`)).toHaveLength(1);
    expect(await ids(`Condition?subject=${patientId}&clinical-status=resolved`)).toHaveLength(1);
    expect(await ids(`Condition?${patient}&onset-date=2019`)).toHaveLength(1);
    expect(await ids(`MedicationStatement?${patient}&status=active`)).toHaveLength(1);
    const mine = [String(prescriptionId)];
    expect(await ids(`MedicationRequest?${patient}`)).toEqual(mine);
    expect(await ids(`MedicationRequest?${patient}&status=active&intent=order&authoredon=2026-01`)).toEqual(
      mine,
    );
    expect(await ids(`MedicationRequest?${patient}&status=completed`)).toEqual([]);
    expect(await ids(`MedicationRequest?${patient}&code=http://www.whocc.no/atc|N02BE01`)).toEqual(mine);
    expect(
      await ids(`MedicationRequest?medication=${drug.drugId}&requester=Practitioner/${prescriberId}`),
    ).toEqual(mine);
    expect(await ids(`MedicationRequest?subject:Patient=${patientId}`)).toEqual(mine);
    expect(await ids(`MedicationRequest?patient=Group/${patientId}`)).toEqual([]);
    const filled = [String(fill.fillId)];
    expect(await ids(`MedicationDispense?prescription=MedicationRequest/${fill.prescriptionId}`)).toEqual(
      filled,
    );
    expect(
      await ids(`MedicationDispense?patient=${fill.patientId}&status=completed&whenhandedover=ge2020`),
    ).toEqual(filled);
    expect(await ids(`Medication?code=urn:meditory:drug|${drug.drugId}&status=active`)).toEqual([
      String(drug.drugId),
    ]);
    expect(await ids('Practitioner?family=yac')).toEqual([String(prescriberId)]);
  });

  it('pages every match once, in the order asked for, both ways', async () => {
    const here = await aWorldFor(db, 'pharmacist');
    const made: number[] = [];
    for (const birthDate of ['1970-01-01', '1960-01-01', '1970-01-01', '1980-01-01', '1950-01-01'])
      made.push(await aPatient(db, here, { birthDate }));
    for (const sort of ['_id', '-_id', 'birthdate', '-birthdate', 'family']) {
      const seen: string[] = [];
      let path: string | undefined = `Patient?_sort=${sort}&_count=2`;
      while (path !== undefined) {
        const { body }: { body: Bundle } = await get<Bundle>(path, { token: here.token });
        seen.push(...(body.entry ?? []).map(({ resource }) => String(resource['id'])));
        const next: string | undefined = body.link.find(({ relation }) => relation === 'next')?.url;
        path = next?.slice(next.indexOf('/fhir/') + 6);
      }
      expect(seen).toHaveLength(made.length);
      expect(new Set(seen)).toEqual(new Set(made.map(String)));
      if (sort === 'birthdate') expect(seen[0]).toBe(String(made[4]));
      if (sort === '-birthdate') expect(seen[0]).toBe(String(made[3]));
    }
    const counted = await get<Bundle>('Patient?_count=0', { token: here.token });
    expect(counted.body).toMatchObject({ total: 5 });
    expect(counted.body.entry).toBeUndefined();
    const accurate = await get<Bundle>('Patient?_count=2&_total=accurate', { token: here.token });
    expect(accurate.body.total).toBe(5);
  });

  it('passes over parameters it does not know, and says so; refuses them where it is to be strict', async () => {
    const lenient = await search(`Patient?_id=${patientId}&shoe-size=44`);
    expect(lenient.entry?.map(({ search: { mode } }) => mode)).toEqual(['match', 'outcome']);
    expect(lenient.link[0]?.url).not.toContain('shoe-size');
    const strict = await get('Patient?shoe-size=44', {
      headers: { prefer: 'return=minimal; handling=strict' },
    });
    expect(strict.status).toBe(400);
    expect(strict.body).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error' }, {}],
    });
  });

  it.each([
    'Patient?birthdate=soon',
    'Patient?birthdate=2026-13',
    'Patient?name:missing=true',
    'Patient?gender:not=male',
    'Patient?_count=x',
    'Patient?_sort=shoe-size',
    'Patient?_cursor=abc',
    'Patient?name=',
    'Patient?name=%00',
    'Patient?birthdate=1950&birthdate=1950&birthdate=1950',
    'MedicationRequest?patient=a b',
    `Patient?gender=${'a,'.repeat(30)}b`,
  ])('refuses %s with an OperationOutcome', async (path) => {
    const { status, body, headers } = await get(path.replaceAll(' ', '%20'));
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/fhir+json');
    expect(body).toMatchObject({ resourceType: 'OperationOutcome' });
    if (hasR4) expect(r4Errors(body)).toEqual([]);
  });

  it.each([
    'Patient/0',
    'Patient/x',
    'Patient/99999999999',
    'Patient/2147483647',
    'Observation/1',
    'Patient/1/x',
  ])('does not find %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] });
  });

  it('answers 304 to whoever has the version, and 406 to whoever wants XML', async () => {
    const first = await get(`Patient/${patientId}`);
    expect(first.headers['etag']).toBe('W/"1"');
    const again = await get(`Patient/${patientId}`, { headers: { 'if-none-match': 'W/"1"' } });
    expect([again.status, again.body]).toEqual([304, '']);
    const xml = await get(`Patient/${patientId}`, { headers: { accept: 'application/fhir+xml' } });
    expect(xml.status).toBe(406);
    expect((await get('Patient?_format=xml')).status).toBe(406);
    expect(
      (await get('Patient?_format=application/fhir%2Bjson', { headers: { accept: 'text/html' } })).status,
    ).toBe(200);
  });

  it.each(TYPES)('asks for rights, and keeps another branch out of %s', async (type) => {
    const [id] = await ids(`${type}?_count=1`);
    expect((await call('GET', `/fhir/${type}`)).status).toBe(401);
    const nobody = await aWorldFor(db, ['Sell']);
    expect((await get(type, { token: nobody.token })).status).toBe(403);
    expect((await get(`${type}/${id}`, { token: nobody.token })).status).toBe(403);
    if (type === 'Medication' || type === 'Practitioner') return;
    const elsewhere = await aWorldFor(db, 'pharmacist');
    expect((await get(`${type}/${id}`, { token: elsewhere.token })).status).toBe(404);
    expect((await get<Bundle>(type, { token: elsewhere.token })).body.entry).toBeUndefined();
  });

  it.each(TYPES.filter((type) => type !== 'Medication' && type !== 'Practitioner'))(
    'leaves in the audit trail whose record was read as %s, once for each answer',
    async (type) => {
      const { entry } = await search(`${type}?_count=1`);
      const whose =
        type === 'Patient'
          ? String(entry?.[0]?.resource['id'])
          : (
              entry?.[0]?.resource[type === 'AllergyIntolerance' ? 'patient' : 'subject'] as {
                reference: string;
              }
            ).reference.slice(8);
      const reads = async (): Promise<number> => {
        const { rows } = await db.owner.query<{ n: number }>(
          `select count(*)::int as n from operational.audit_logs where action = 'read' and table_name = 'patients' and row_key = $1 and user_id = $2`,
          [whose, world.userId],
        );
        return rows[0]?.n ?? 0;
      };
      const before = await reads();
      await search(`${type}?_count=1`);
      await get(`${type}/${String(entry?.[0]?.resource['id'])}`);
      expect(await reads()).toBe(before + 2);
    },
  );
});
