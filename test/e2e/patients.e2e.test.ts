// Patients, what hangs on them, and prescribers: each route's happy path and each refusal.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredient, anIngredientGroup } from '../builders/drug.js';
import { daysFromNow } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Found {
  data: { patientId: number; firstName: string }[];
  meta: { total: number; page: number; limit: number };
}

const NADIA = { firstName: 'Nadia', lastName: 'Hosny', birthDate: '1958-04-12', sex: 'female' };

describe('patients', () => {
  const { db, call } = useTestApp();
  let me: World;
  let other: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    other = await aWorldFor(db, 'pharmacist');
  });
  const as = (world: World, body?: unknown) => ({
    token: world.token,
    ...(body === undefined ? {} : { body }),
  });

  describe('are entered and changed', () => {
    it('with what is given; the rest is not known', async () => {
      const made = await call(
        'POST',
        '/patients',
        as(me, { ...NADIA, weightKg: '71.50', phone: '+20 100 555' }),
      );
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        ...NADIA,
        weightKg: '71.5',
        weightRecordedOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as unknown,
        pregnant: null,
        allergyStatus: 'not_asked',
        language: 'ar',
        version: 1,
      });
      const changed = await call(
        'PATCH',
        `/patients/${String(made.body['patientId'])}`,
        as(me, { version: 1, lastName: 'Hosni', weightKg: null, pregnant: false }),
      );
      expect(changed.body).toMatchObject({
        firstName: 'Nadia',
        lastName: 'Hosni',
        weightKg: null,
        weightRecordedOn: null,
        pregnant: false,
        version: 2,
      });
      const renamed = await call<Found>('GET', '/patients?q=hosni', as(me));
      expect(renamed.body.data.map((one) => one.patientId)).toContain(made.body['patientId']);
    });

    it.each([
      ['an unknown field', { ...NADIA, allergies: [] }, 400],
      ['no birth date', { ...NADIA, birthDate: undefined }, 400],
      ['a day that does not exist', { ...NADIA, birthDate: '2023-02-29' }, 400],
      ['a birth before 1890', { ...NADIA, birthDate: '1889-12-31' }, 400],
      ['a birth in the future', { ...NADIA, birthDate: '2190-01-01' }, 422],
      ['a weight of nothing', { ...NADIA, weightKg: '0' }, 400],
      ['a weight of tons', { ...NADIA, weightKg: '700' }, 400],
      ['a status that follows the allergies', { ...NADIA, allergyStatus: 'recorded' }, 400],
      ['a name of a null byte', { ...NADIA, firstName: 'a\u0000b' }, 400],
    ])('but not with %s', async (_, body, status) => {
      const answer = await call('POST', '/patients', as(me, body));
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    });

    it('with hepatic function and a due date, which screening judges by', async () => {
      const { drugId, ingredientIds } = await aDrug(db, { ingredients: ['third trimester and liver'] });
      await db.owner.query(
        `insert into reference.contraindications (code, ingredient_id, kind, trimesters, child_pugh_from, severity, message, management, source)
         values ('state:1', $1, 'pregnancy', '{3}', null, 'major', 'm', 'm', 's'), ('state:2', $1, 'hepatic', null, 'B', 'major', 'm', 'm', 's')`,
        [ingredientIds[0]],
      );
      const day = (days: number): string =>
        new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const body = { ...NADIA, birthDate: '1996-04-12', pregnant: true, dueDate: day(150), childPugh: 'A' };
      const made = await call<{ patientId: number }>('POST', '/patients', as(me, body));
      const anyDay = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as unknown;
      expect(made.body).toMatchObject({
        dueDate: body.dueDate,
        trimester: null,
        pregnancyRecordedOn: anyDay,
        childPugh: 'A',
        childPughRecordedOn: anyDay,
        lactationRecordedOn: null,
      });
      const { patientId } = made.body;
      const kinds = async (): Promise<(string | null)[]> => {
        const check = { patientId, drugs: [{ drugId }] };
        const { body: found } = await call<{ alerts: { ruleCode: string | null }[] }>(
          'POST',
          '/clinical/check',
          as(me, check),
        );
        return found.alerts.map(({ ruleCode }) => ruleCode);
      };
      const change = (version: number, changes: object) =>
        call('PATCH', `/patients/${patientId}`, as(me, { version, ...changes }));
      expect(await kinds()).toEqual([]);
      expect((await change(1, { dueDate: day(30), childPugh: 'C' })).status).toBe(200);
      expect(await kinds()).toEqual(['state:1', 'state:2']);
      expect((await change(2, { trimester: 2, childPugh: null })).body).toMatchObject({
        trimester: 2,
        dueDate: null,
        childPughRecordedOn: null,
      });
      expect(await kinds()).toEqual([]);
      expect((await change(3, { dueDate: day(400) })).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/dueDate' }],
      });
      expect((await change(3, { pregnant: false, trimester: 1 })).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/trimester' }],
      });
      expect((await change(3, { childPughRecordedOn: day(-1) })).status).toBe(422);
      expect((await change(3, { childPugh: 'D' })).status).toBe(400);
      expect((await change(3, { trimester: 4 })).status).toBe(400);
      expect((await change(3, { pregnant: false })).body).toMatchObject({ trimester: null, version: 4 });
    });

    it('once by version: a stale change is refused', async () => {
      const patientId = await aPatient(db, me);
      const change = (phone: string) =>
        call('PATCH', `/patients/${patientId}`, as(me, { version: 1, phone }));
      expect((await change('111')).status).toBe(200);
      expect((await change('222')).body).toMatchObject({ status: 409, type: '/problems/stale-version' });
    });

    it('only by those who may', async () => {
      const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
      expect((await call('POST', '/patients', as(cashier, NADIA))).status).toBe(403);
      expect((await call('GET', '/patients', as(cashier))).status).toBe(200);
      const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
      expect((await call('GET', '/patients', as(clerk))).status).toBe(403);
    });
  });

  describe('are found', () => {
    let ahmed = 0;
    let mohamed = 0;
    let world: World;
    beforeAll(async () => {
      world = await aWorldFor(db, 'pharmacist');
      ahmed = await aPatient(db, world, {
        firstName: 'Ahmed',
        lastName: 'Mansour',
        firstNameAr: 'أحمد',
        lastNameAr: 'منصور',
        phone: '٠١٠٠ ٥٥٥ ٧٧٨٨',
        birthDate: '1971-02-03',
        nationalId: '27102031234567',
      });
      mohamed = await aPatient(db, world, { firstName: 'Mohamed', lastName: 'Hassan' });
    });
    const find = async (q: string): Promise<number[]> =>
      (await call<Found>('GET', `/patients?q=${encodeURIComponent(q)}`, as(world))).body.data.map(
        (one) => one.patientId,
      );

    it.each(['ahmed', 'Ahmad', 'ahmed mansour', 'mansour ahmed', 'mansuor', 'احمد', 'أحمد منصور', 'ahm'])(
      'by name as "%s", typos and Arabic spellings forgiven',
      async (q) => {
        expect(await find(q)).toEqual([ahmed]);
      },
    );

    it('by phone digits however written, birth date, national number and number', async () => {
      expect(await find('01005557788')).toEqual([ahmed]);
      expect(await find('555 7788')).toEqual([ahmed]);
      expect(await find('1971-02-03')).toEqual([ahmed]);
      expect(await find('27102031234567')).toEqual([ahmed]);
      expect((await find(String(mohamed)))[0]).toBe(mohamed);
    });

    it('page by page, and nobody is found by nothing but signs', async () => {
      const page = await call<Found>('GET', '/patients?page=2&limit=1', as(world));
      expect(page.body.meta).toEqual({ total: 2, page: 2, limit: 1 });
      expect(page.body.data.map((one) => one.patientId)).toEqual([mohamed]);
      expect(await find('%')).toEqual([]);
      expect((await call('GET', '/patients?limit=101', as(world))).status).toBe(400);
    });

    it('at their own branch only, where another sees no such patient', async () => {
      const elsewhere = await call<Found>('GET', '/patients?q=ahmed', as(other));
      expect(elsewhere.body.data.map((one) => one.patientId)).not.toContain(ahmed);
      for (const path of ['', '/allergies', '/conditions', '/insurance', '/medications', '/prescriptions'])
        expect((await call('GET', `/patients/${ahmed}${path}`, as(other))).status).toBe(404);
      expect((await call('PATCH', `/patients/${ahmed}`, as(other, { version: 1, phone: '1' }))).status).toBe(
        404,
      );
      expect(
        (await call('POST', `/patients/${ahmed}/allergies`, as(other, { substanceText: 'nuts' }))).status,
      ).toBe(404);
    });
  });

  it('are read with what screening rests on, and each reading is on the trail', async () => {
    const ingredientId = await anIngredient(db, 'amoxicillin');
    const patientId = await aPatient(db, me, { allergicTo: [ingredientId] });
    const answer = await call('GET', `/patients/${patientId}`, as(me));
    expect(answer.body).toMatchObject({
      patientId,
      allergyStatus: 'recorded',
      allergies: [{ substance: 'amoxicillin', status: 'active' }],
      conditions: [],
      medications: [],
    });
    const trail = await db.owner.query(
      `select user_id, branch_id from operational.audit_logs where table_name = 'patients' and action = 'read' and row_key = $1 and after is null`,
      [String(patientId)],
    );
    expect(trail.rows).toEqual([{ user_id: me.userId, branch_id: me.branchId }]);
    expect((await call('GET', '/patients/2147483647', as(me))).status).toBe(404);
    expect((await call('GET', '/patients/0', as(me))).status).toBe(400);
  });

  describe('have allergies', () => {
    it('by ingredient, group or words, each once, and the status follows', async () => {
      const patientId = await aPatient(db, me, { allergyStatus: 'not_asked' });
      const add = (body: object) => call('POST', `/patients/${patientId}/allergies`, as(me, body));
      const ingredientId = await anIngredient(db, 'ibuprofen');
      const groupId = await anIngredientGroup(db, 'penicillins');
      expect((await add({ ingredientId, severity: 'severe' })).body).toMatchObject({
        substance: 'ibuprofen',
      });
      expect((await add({ groupCode: 'penicillins' })).body).toMatchObject({
        groupId,
        groupCode: 'penicillins',
      });
      expect((await add({ substanceText: 'Strawberries' })).body).toMatchObject({
        substance: 'Strawberries',
      });
      expect((await add({ groupId })).body).toMatchObject({ status: 409, type: '/problems/duplicate' });
      expect((await add({ substanceText: 'strawberries' })).status).toBe(409);
      expect((await add({ ingredientId, groupId })).status).toBe(400);
      expect((await add({})).status).toBe(400);
      expect((await add({ ingredientId: 2_000_000_000 })).status).toBe(404);
      expect((await add({ groupCode: 'no-such-group' })).status).toBe(404);
      const list = await call<{ data: unknown[] }>('GET', `/patients/${patientId}/allergies`, as(me));
      expect(list.body.data).toHaveLength(3);
      expect((await call('GET', `/patients/${patientId}`, as(me))).body).toMatchObject({
        allergyStatus: 'recorded',
      });
    });

    it('"none known" is refused while one is active, and the last one gone means not asked', async () => {
      const patientId = await aPatient(db, me, { allergyStatus: 'not_asked' });
      const made = await call('POST', `/patients/${patientId}/allergies`, as(me, { substanceText: 'dust' }));
      const allergy = `/patients/${patientId}/allergies/${String(made.body['allergyId'])}`;
      const none = { version: 1, allergyStatus: 'none_known' };
      expect((await call('PATCH', `/patients/${patientId}`, as(me, none))).body).toMatchObject({
        status: 409,
        type: '/problems/allergies-on-record',
      });
      expect((await call('PATCH', allergy, as(me, { version: 1, status: 'entered_in_error' }))).status).toBe(
        200,
      );
      expect((await call('PATCH', allergy, as(me, { version: 1, status: 'active' }))).status).toBe(409);
      expect((await call('GET', `/patients/${patientId}`, as(me))).body).toMatchObject({
        allergyStatus: 'not_asked',
      });
      expect((await call('PATCH', `/patients/${patientId}`, as(me, none))).body).toMatchObject({
        allergyStatus: 'none_known',
      });
      expect((await call('PATCH', `${allergy}9`, as(me, { version: 1, status: 'active' }))).status).toBe(404);
    });
  });

  it('have conditions, medicines from elsewhere and insurance', async () => {
    const patientId = await aPatient(db, me);
    const at = `/patients/${patientId}`;
    const condition = await call(
      'POST',
      `${at}/conditions`,
      as(me, { icd10: 'e11.9', name: 'Type 2 diabetes' }),
    );
    expect(condition.body).toMatchObject({ icd10: 'E11.9', status: 'active' });
    expect((await call('POST', `${at}/conditions`, as(me, { icd10: 'diabetes', name: 'x' }))).status).toBe(
      400,
    );
    const resolved = `${at}/conditions/${String(condition.body['conditionId'])}`;
    expect((await call('PATCH', resolved, as(me, { version: 1, status: 'resolved' }))).body).toMatchObject({
      status: 'resolved',
    });

    const drug = await aDrug(db, { name: 'Marevan 5 mg', ingredients: ['warfarin'] });
    const medication = await call(
      'POST',
      `${at}/medications`,
      as(me, { drugId: drug.drugId, dose: '1 daily' }),
    );
    expect(medication.body).toMatchObject({ name: 'Marevan 5 mg', endedOn: null });
    const ended = `${at}/medications/${String(medication.body['medicationId'])}`;
    expect((await call('PATCH', ended, as(me, { version: 1, endedOn: '2020-01-01' }))).status).toBe(200);
    expect(
      (
        await call(
          'POST',
          `${at}/medications`,
          as(me, { medicationText: 'herbs', startedOn: '2024-02-01', endedOn: '2024-01-01' }),
        )
      ).status,
    ).toBe(422);
    expect((await call('POST', `${at}/medications`, as(me, { drugId: 2_000_000_000 }))).status).toBe(404);

    const payer = await db.owner.query<{ payer_id: number }>(
      `insert into operational.payers (name) values ('Misr Insurance') returning payer_id`,
    );
    const cover = { payerId: payer.rows[0]?.payer_id, memberNumber: 'M-1', coveragePercent: '80' };
    expect((await call('POST', `${at}/insurance`, as(me, cover))).body).toMatchObject({
      payerName: 'Misr Insurance',
      coveragePercent: '80',
      priority: 1,
    });
    expect((await call('POST', `${at}/insurance`, as(me, { ...cover, payerId: 2_000_000_000 }))).status).toBe(
      404,
    );
    for (const part of ['conditions', 'medications', 'insurance'])
      expect((await call<{ data: unknown[] }>('GET', `${at}/${part}`, as(me))).body.data).toHaveLength(1);
  });

  it('are prescribed nothing after the licence of the prescriber ended', async () => {
    const { drugId } = await aDrug(db, { ingredients: ['licensed'] });
    const doctor = {
      ...{
        firstName: 'Licensed',
        lastName: 'Doctor',
        licenceNumber: 'LIC-UNTIL',
        authorityNumber: 'AB1234563',
      },
      licenceValidUntil: daysFromNow(-2),
    };
    const made = await call('POST', '/prescribers', as(me, doctor));
    expect(made.body).toMatchObject(doctor);
    const same = { ...doctor, licenceNumber: 'LIC-OTHER' };
    expect((await call('POST', '/prescribers', as(me, same))).body).toMatchObject({
      status: 409,
      type: '/problems/duplicate',
    });
    const byNumber = await call<Found>('GET', '/prescribers?q=ab1234', as(me));
    expect(byNumber.body.meta.total).toBe(1);
    const patientId = await aPatient(db, me);
    const order = {
      ...{ patientId, drugId, prescriberId: made.body['prescriberId'], quantity: '30', daysSupply: 30 },
      ...{ sig: '1 tablet daily', refillsAuthorized: 0, prescribedDate: daysFromNow(-1) },
    };
    expect((await call('POST', '/prescriptions', as(me, order))).body).toMatchObject({
      status: 422,
      type: '/problems/prescribed-date-refused',
    });
    await expect(
      db.owner.query(
        `insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, prescribed_date, expires_on)
         values ($1, $2, $3, $4, 30, 30, 's', current_date, current_date + 300)`,
        [me.branchId, patientId, drugId, made.body['prescriberId']],
      ),
    ).rejects.toMatchObject({ code: 'MD083' });
    const onTime = { ...order, prescribedDate: daysFromNow(-2) };
    expect((await call('POST', '/prescriptions', as(me, onTime))).status).toBe(201);
  });

  it('have prescribers beside them: found by name or licence, one licence once', async () => {
    const zaki = { firstName: 'Hany', lastName: 'Zaki', licenceNumber: 'EG-4711', specialty: 'Cardiology' };
    const made = await call('POST', '/prescribers', as(me, zaki));
    expect(made.status).toBe(201);
    const id = String(made.body['prescriberId']);
    expect((await call('POST', '/prescribers', as(me, zaki))).body).toMatchObject({
      type: '/problems/duplicate',
    });
    for (const q of ['zaki hany', 'zakki', 'eg-47'])
      expect(
        (await call<Found>('GET', `/prescribers?q=${encodeURIComponent(q)}`, as(other))).body.meta.total,
      ).toBe(1);
    expect(
      (await call('PATCH', `/prescribers/${id}`, as(me, { version: 1, active: false }))).body,
    ).toMatchObject({
      active: false,
      lastName: 'Zaki',
      version: 2,
    });
    expect((await call('PATCH', `/prescribers/${id}`, as(me, { version: 1, active: true }))).status).toBe(
      409,
    );
    expect((await call('GET', '/prescribers/2147483647', as(me))).status).toBe(404);
    const auditor = await aWorldFor(db, 'auditor', { branchId: me.branchId });
    expect((await call('POST', '/prescribers', as(auditor, { ...zaki, licenceNumber: 'X' }))).status).toBe(
      403,
    );
  });
});
