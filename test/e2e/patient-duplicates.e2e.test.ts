// Records that may be of one person, as the merge dialog is told them: which come, which never do, and that the search stays bounded.
import { beforeAll, describe, expect, it } from 'vitest';

import { aPatient } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Found {
  data: {
    patient: { patientId: number };
    score: number;
    agree: string[];
    differ: string[];
    confirm: string[];
  }[];
}

describe('records that may be of one person', () => {
  const { db, call } = useTestApp();
  let me: World;
  let other: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    other = await aWorldFor(db, 'pharmacist');
  });
  const find = (patientId: number, world = me) =>
    call<Found>('GET', `/patients/${patientId}/duplicates`, { token: world.token });
  const person = { firstName: 'Youssef', lastName: 'Mahrous', birthDate: '1961-04-05' };

  it('are found by a misspelt name, the telephone and the birth date, the likeliest first', async () => {
    const patientId = await aPatient(db, me, { ...person, phone: '0122 333 4444' });
    const copy = await aPatient(db, me, { ...person, lastName: 'Mahros', phone: '+20 122 333 4444' });
    const slip = await aPatient(db, me, { ...person, firstName: 'Yousef', birthDate: '1961-05-04' });
    const atPhone = await aPatient(db, me, {
      ...{ firstName: 'يوسف', lastName: 'محروس', birthDate: '1961-04-05', phone: '٠١٢٢٣٣٣٤٤٤٤' },
    });
    await aPatient(db, me, { ...person, firstName: 'Samia', phone: '01223334444' }); // his twin
    await aPatient(db, me, { firstName: 'Youssef', lastName: 'Mahrous', birthDate: '1999-01-01' });
    await aPatient(db, other, { ...person, phone: '0122 333 4444' }); // at another branch
    const { body, status } = await find(patientId);
    expect(status).toBe(200);
    expect(body.data.map(({ patient, agree }) => [patient.patientId, agree])).toEqual([
      [copy, ['name', 'birthDate', 'phone']],
      [atPhone, ['birthDate', 'phone']],
      [slip, ['name', 'birthDateNear']],
    ]);
    expect(body.data[2]?.confirm).toEqual(['firstName', 'birthDate']);

    const merged = await call('POST', `/patients/${patientId}/merge`, {
      token: me.token,
      body: { mergedId: copy, reason: 'same person' },
    });
    expect(merged.status).toBe(201);
    expect((await find(copy)).body.data.map(({ patient }) => patient.patientId)).toEqual([atPhone, slip]);
  });

  it('are ten at most, and nobody’s of another branch', async () => {
    const twelve: number[] = [];
    for (let n = 0; n < 12; n++) twelve.push(await aPatient(db, me, { ...person, lastName: 'Bounded' }));
    expect((await find(twelve[0] ?? 0)).body.data).toHaveLength(10);
    expect((await find(twelve[0] ?? 0, other)).status).toBe(404);
    expect((await find(2_000_000_000)).status).toBe(404);
  });

  it('are looked up by indexes where there are many patients', async () => {
    await db.owner.query(
      `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex, phone)
       select $1, 'F' || n, 'L' || n, md5(n::text), date '1930-01-01' + n % 30000, 'unknown', '0100' || lpad(n::text, 7, '0')
       from generate_series(1, 20000) n`,
      [me.branchId],
    );
    await db.owner.query('analyze operational.patients');
    const { rows } = await db.owner.query<{ 'QUERY PLAN': string }>(
      `explain select patient_id from operational.patients p
       where p.branch_id = $1 and operational.phone_tail(p.phone) = operational.phone_tail('01000000007')`.replace(
        '$1',
        String(me.branchId),
      ),
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('patients_phone_tail_idx');
  });
});
