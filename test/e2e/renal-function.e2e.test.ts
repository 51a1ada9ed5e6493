// Creatinine on a patient's record: both units, renal function computed from it, and screening that judges by it and says so.
import { beforeAll, describe, expect, it } from 'vitest';

import type { ClinicalAlert, NotChecked } from '../../src/reference/clinical/clinical.types.js';
import { addDays } from '../../src/platform/time/local-date.js';
import { aDrug } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Verdict {
  alerts: ClinicalAlert[];
  notChecked: NotChecked[];
}
interface Detail {
  patientId: number;
  version: number;
  creatinineUmolL: string | null;
  creatinineRecordedOn: string | null;
  renalFunction: Record<string, unknown>;
}

describe('creatinine of a patient', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId: number;
  let today: string;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    const drug = await aDrug(db, { ingredients: ['cleared by kidneys'] });
    drugId = drug.drugId;
    await db.owner.query(
      `insert into reference.contraindications (code, ingredient_id, kind, egfr_below, severity, message, management, source)
       values ('kidneys:30', $1, 'renal', 30, 'contraindicated', 'm', 'm', 's')`,
      [drug.ingredientIds[0]],
    );
    const { rows } = await db.owner.query<{ today: string }>(
      `select (now() at time zone 'Africa/Cairo')::date::text as today`,
    );
    today = rows[0]?.today ?? '';
  });
  const send = <Body>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
    call<Body>(method, path, { token: me.token, ...(body ? { body } : {}) });
  const made = async (more: object = {}): Promise<number> => {
    const birthDate = `${Number(today.slice(0, 4)) - 71}-01-01`;
    const { body, status } = await send<Detail>('POST', '/patients', {
      ...{ firstName: 'Samir', lastName: 'Adel', birthDate, sex: 'male', weightKg: '70' },
      ...more,
    });
    expect(status).toBe(201);
    return body.patientId;
  };
  const detail = async (patientId: number) => (await send<Detail>('GET', `/patients/${patientId}`)).body;
  const check = async (patientId: number): Promise<string[]> => {
    const { body } = await send<Verdict>('POST', '/clinical/check', { patientId, drugs: [{ drugId }] });
    return [
      ...body.alerts.map(({ ruleCode }) => ruleCode ?? ''),
      ...body.notChecked.flatMap(({ reason }) => (reason.startsWith('renal') ? [reason] : [])),
    ];
  };

  it('is taken in either unit, kept in µmol/L, and gives both figures with the day', async () => {
    const patientId = await made({ creatinine: { value: '2.5', unit: 'mg/dL' } });
    const before = await detail(patientId);
    expect(before).toMatchObject({
      creatinineUmolL: '221',
      creatinineRecordedOn: today,
      renalFunction: {
        egfr: expect.stringMatching(/^2[67]\.\d$/) as unknown,
        basis: 'computed',
        stage: 'G4',
        recordedOn: today,
        isOld: false,
        notComputed: null,
        creatinineClearance: expect.stringMatching(/^2[67]\.\d$/) as unknown,
      },
    });
    const changed = await send<Detail>('PATCH', `/patients/${patientId}`, {
      version: before.version,
      creatinine: { value: '90', unit: 'umol/L' },
      creatinineRecordedOn: addDays(today, -3),
    });
    expect(changed.body).toMatchObject({
      creatinineUmolL: '90',
      creatinineRecordedOn: addDays(today, -3),
    });
    expect((await detail(patientId)).renalFunction).toMatchObject({ stage: 'G2' });
  });

  it('is what screening judges by where it is later than a measurement, and that is said', async () => {
    const patientId = await made({
      creatinine: { value: '221', unit: 'umol/L' },
      creatinineRecordedOn: addDays(today, -10),
    });
    const said = (egfr: unknown): string =>
      `renal function was computed as ${String(egfr)} mL/min/1.73 m² from the creatinine of ${addDays(today, -10)}`;
    const { renalFunction, version } = await detail(patientId);
    expect(await check(patientId)).toEqual(['kidneys:30', said(renalFunction['egfr'])]);

    await send('PATCH', `/patients/${patientId}`, { version, egfr: '55', egfrRecordedOn: today });
    expect(await check(patientId)).toEqual([]);
    const measured = await detail(patientId);
    expect(measured.renalFunction).toMatchObject({ egfr: '55', basis: 'measured', stage: 'G3a' });
  });

  it('of somebody in acute kidney failure gives no figure, and that is said', async () => {
    const patientId = await made({ creatinine: { value: '90', unit: 'umol/L' } });
    await send('POST', `/patients/${patientId}/conditions`, { icd10: 'N17.9', name: 'Acute kidney failure' });
    expect((await detail(patientId)).renalFunction).toMatchObject({
      egfr: null,
      basis: null,
      notComputed: 'unsteady',
    });
    expect(await check(patientId)).toEqual([
      'renal function is not computed from creatinine in acute kidney failure or dialysis',
      'renal function is not known',
    ]);
  });

  it.each([
    ['a figure of the other unit', { value: '1.2', unit: 'umol/L' }, 422],
    ['a figure beyond all', { value: '88', unit: 'mg/dL' }, 422],
    ['no unit', { value: '1.2' }, 400],
    ['another unit', { value: '1.2', unit: 'g/L' }, 400],
    ['nothing', { value: '0', unit: 'mg/dL' }, 400],
    ['words', { value: 'high', unit: 'mg/dL' }, 400],
  ])('is refused with %s', async (_, creatinine, status) => {
    const answer = await send('POST', '/patients', {
      ...{ firstName: 'A', lastName: 'B', birthDate: '1980-01-01', sex: 'male', creatinine },
    });
    expect(answer.status).toBe(status);
  });

  it('in a check of a person described is judged, and refused with the pointer to it', async () => {
    const person = (value: string) => ({
      patient: { birthDate: '1950-01-01', sex: 'female', creatinine: { value, unit: 'mg/dL' } },
      drugs: [{ drugId }],
    });
    const { body } = await send<Verdict>('POST', '/clinical/check', person('4'));
    expect(body.alerts.map(({ ruleCode }) => ruleCode)).toEqual(['kidneys:30']);
    const refused = await send<{ errors: { pointer: string }[] }>('POST', '/clinical/check', person('400'));
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/patient/creatinine/value']);
  });
});
