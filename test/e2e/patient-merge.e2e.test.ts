// Two records of one person: merged, read under both numbers, guarded, and taken apart again.
import { beforeAll, describe, expect, it } from 'vitest';

import { INVARIANTS } from '../../src/operational/integrity/invariants.sql.js';
import { aDrug, anIngredient } from '../builders/drug.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Detail {
  patientId: number;
  mergedInto: number | null;
  allergyStatus: string;
  phone: string | null;
  weightKg: string | null;
  allergies: { substance: string }[];
  conditions: unknown[];
  medications: unknown[];
}
interface Merge {
  mergeId: number;
  moved: Record<string, number>;
  taken: string[];
}

describe('merging patients', () => {
  const { db, call } = useTestApp();
  let me: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
  });
  const as = (body?: unknown, world: World = me) => ({
    token: world.token,
    ...(body === undefined ? {} : { body }),
  });
  const read = async (patientId: number): Promise<Detail> =>
    (await call<Detail>('GET', `/patients/${patientId}`, as())).body;
  const merge = (survivorId: number, mergedId: number, more: object = {}) =>
    call<Merge & Record<string, unknown>>(
      'POST',
      `/patients/${survivorId}/merge`,
      as({ mergedId, reason: 'same person', ...more }),
    );
  const undo = (patientId: number, mergeId: number) =>
    call('POST', `/patients/${patientId}/merges/${mergeId}/undo`, as({ reason: 'two people after all' }));

  it('moves everything, answers both numbers, sees the allergies of both, and gives all back', async () => {
    const [ours, theirs, both] = [
      await anIngredient(db, 'merge one'),
      await anIngredient(db, 'merge two'),
      await anIngredient(db, 'merge both'),
    ];
    const { drugId } = await aDrug(db, { ingredients: ['merge two'] });
    const survivor = await aPatient(db, me, { allergicTo: [ours, both] });
    const merged = await aPatient(db, me, {
      allergicTo: [theirs, both],
      takes: [drugId],
      phone: '0100200300',
    });
    await db.owner.query(
      `insert into operational.patient_conditions (patient_id, branch_id, icd10, name) values ($1, $2, 'J45', 'Asthma')`,
      [merged, me.branchId],
    );
    const { prescriptionId } = await aPrescription(db, me, { drugId, patientId: merged });

    const made = await merge(survivor, merged);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      survivorId: survivor,
      mergedId: merged,
      taken: ['phone'],
      moved: { allergies: 1, conditions: 1, medications: 1, insurance: 0, prescriptions: 1 },
      undoneAt: null,
    });
    for (const [asked, mergedInto] of [
      [survivor, null],
      [merged, survivor],
    ] as const) {
      const seen = await read(asked);
      expect(seen).toMatchObject({
        patientId: survivor,
        mergedInto,
        allergyStatus: 'recorded',
        phone: '0100200300',
      });
      expect(seen.allergies.map(({ substance }) => substance).sort()).toEqual([
        'merge both',
        'merge one',
        'merge two',
      ]);
      expect([seen.conditions.length, seen.medications.length]).toEqual([1, 1]);
      const prescriptions = await call<{ data: { prescriptionId: number }[] }>(
        'GET',
        `/patients/${asked}/prescriptions`,
        as(),
      );
      expect(prescriptions.body.data.map((one) => one.prescriptionId)).toEqual([prescriptionId]);
      const check = await call<{ alerts: { kind: string }[] }>(
        'POST',
        '/clinical/check',
        as({ patientId: asked, drugs: [{ drugId }] }),
      );
      expect(check.body.alerts.map(({ kind }) => kind)).toContain('allergy');
    }
    const found = await call<{ data: { patientId: number }[] }>('GET', `/patients?q=${merged}`, as());
    expect(found.body.data.map((one) => one.patientId)).toContain(survivor);
    expect(found.body.data.map((one) => one.patientId)).not.toContain(merged);

    const undone = await undo(survivor, made.body.mergeId);
    expect(undone.status).toBe(201);
    expect(await read(merged)).toMatchObject({
      patientId: merged,
      mergedInto: null,
      allergyStatus: 'recorded',
    });
    expect((await read(merged)).allergies.map(({ substance }) => substance).sort()).toEqual([
      'merge both',
      'merge two',
    ]);
    const apart = await read(survivor);
    expect(apart).toMatchObject({ phone: null, conditions: [], medications: [] });
    expect(apart.allergies.map(({ substance }) => substance).sort()).toEqual(['merge both', 'merge one']);
    expect((await undo(survivor, made.body.mergeId)).body).toMatchObject({
      type: '/problems/merge-not-undoable',
    });
    const audit = await db.owner.query<{ action: string }>(
      `select action from operational.audit_logs where table_name = 'patient_merges' and row_key = $1 order by audit_log_id`,
      [String(made.body.mergeId)],
    );
    expect(audit.rows.map(({ action }) => action)).toEqual(['insert', 'update']);
  });

  it('asks to confirm what one person has only one of', async () => {
    const survivor = await aPatient(db, me, { birthDate: '1980-01-01' });
    const merged = await aPatient(db, me, { birthDate: '1980-01-10', sex: 'female' });
    const refused = await merge(survivor, merged, { confirm: ['sex'] });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      type: '/problems/merge-unconfirmed',
      params: { differences: ['birthDate'] },
    });
    expect((await merge(survivor, merged, { confirm: ['sex', 'birthDate'] })).status).toBe(201);
  });

  it('refuses a record of another branch, itself, one merged already, and whoever may not', async () => {
    const [survivor, merged, third] = [
      await aPatient(db, me),
      await aPatient(db, me),
      await aPatient(db, me),
    ];
    const elsewhere = await aPatient(db, await aWorldFor(db, 'pharmacist'));
    expect((await merge(survivor, elsewhere)).status).toBe(404);
    expect((await merge(elsewhere, survivor)).status).toBe(404);
    expect((await merge(survivor, survivor)).status).toBe(422);
    expect((await merge(survivor, 2_147_483_647)).status).toBe(404);
    const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const body = { mergedId: merged, reason: 'x' };
    expect((await call('POST', `/patients/${survivor}/merge`, as(body, technician))).status).toBe(403);
    expect((await merge(survivor, merged)).status).toBe(201);
    const again = await merge(third, merged);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ type: '/problems/patient-merged', params: { mergedInto: survivor } });
    expect((await merge(merged, third)).status).toBe(409);
  });

  it('undoes the last merge first, each with what came with it', async () => {
    const [first, second, third] = [await aPatient(db, me), await aPatient(db, me), await aPatient(db, me)];
    const ingredient = await anIngredient(db, 'merge chain');
    await db.owner.query(
      'insert into operational.patient_allergies (patient_id, branch_id, ingredient_id) values ($1, $2, $3)',
      [first, me.branchId, ingredient],
    );
    const one = await merge(second, first);
    const two = await merge(third, second);
    expect(await read(first)).toMatchObject({ patientId: third, mergedInto: third });
    const list = await call<{ data: Merge[] }>('GET', `/patients/${first}/merges`, as());
    expect(list.body.data.map(({ mergeId }) => mergeId)).toEqual([two.body.mergeId, one.body.mergeId]);
    expect((await undo(second, one.body.mergeId)).status).toBe(409);
    expect((await undo(third, two.body.mergeId)).status).toBe(201);
    expect(await read(first)).toMatchObject({ patientId: second, allergies: [{ substance: 'merge chain' }] });
    expect((await undo(first, one.body.mergeId)).status).toBe(201);
    expect(await read(first)).toMatchObject({ patientId: first, allergyStatus: 'recorded' });
    expect(await read(second)).toMatchObject({ allergies: [], allergyStatus: 'not_asked' });
  });

  it('lets nothing new be attached to a merged record, in the database as well', async () => {
    const [survivor, merged] = [await aPatient(db, me), await aPatient(db, me)];
    const ingredient = await anIngredient(db, 'merge guard');
    const { drugId } = await aDrug(db);
    expect((await merge(survivor, merged)).status).toBe(201);
    for (const [path, body] of [
      ['allergies', { ingredientId: ingredient }],
      ['conditions', { name: 'Asthma' }],
      ['medications', { drugId }],
    ] as const) {
      const answer = await call('POST', `/patients/${merged}/${path}`, as(body));
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        type: '/problems/patient-merged',
        params: { mergedInto: survivor },
      });
    }
    expect((await call('PATCH', `/patients/${merged}`, as({ version: 2, phone: '1' }))).status).toBe(409);
    const refusal = async (statement: string, values: unknown[]): Promise<string | undefined> =>
      db.owner.query(statement, values).then(
        () => undefined,
        (error: unknown) => (error as { code?: string }).code,
      );
    const whose = [merged, me.branchId];
    expect(
      await refusal(
        'insert into operational.patient_allergies (patient_id, branch_id, ingredient_id) values ($1, $2, $3)',
        [...whose, ingredient],
      ),
    ).toBe('MD080');
    expect(
      await refusal(
        `insert into operational.patient_conditions (patient_id, branch_id, name) values ($1, $2, 'x')`,
        whose,
      ),
    ).toBe('MD080');
    expect(
      await refusal(
        'insert into operational.patient_medications (patient_id, branch_id, drug_id) values ($1, $2, $3)',
        [...whose, drugId],
      ),
    ).toBe('MD080');
    await expect(aPrescription(db, me, { drugId, patientId: merged })).rejects.toMatchObject({
      code: 'MD080',
    });
    const { prescriptionId } = await aPrescription(db, me, { drugId, patientId: survivor });
    expect(
      await refusal('update operational.prescriptions set patient_id = $1 where prescription_id = $2', [
        merged,
        prescriptionId,
      ]),
    ).toBe('MD080');
    expect(await refusal(`update operational.patients set phone = '1' where patient_id = $1`, [merged])).toBe(
      'MD080',
    );
    expect(
      await refusal('update operational.patients set merged_into = null where patient_id = $1', [merged]),
    ).toBe('MD081');
    const free = await aPatient(db, me);
    expect(
      await refusal('update operational.patients set merged_into = $2 where patient_id = $1', [
        free,
        survivor,
      ]),
    ).toBe('MD081');
  });

  it('makes whoever writes for the old number meanwhile wait, and refuses him', async () => {
    const [survivor, merged] = [await aPatient(db, me), await aPatient(db, me)];
    const ingredient = await anIngredient(db, 'merge race');
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query('select from operational.patients where patient_id = any ($1) for update', [
        [survivor, merged],
      ]);
      const meanwhile = db.owner
        .query(
          'insert into operational.patient_allergies (patient_id, branch_id, ingredient_id) values ($1, $2, $3)',
          [merged, me.branchId, ingredient],
        )
        .then(
          () => 'written',
          (error: unknown) => (error as { code?: string }).code,
        );
      await client.query(
        `insert into operational.patient_merges (branch_id, merged_id, survivor_id, reason, merged_by) values ($1, $2, $3, 'x', $4)`,
        [me.branchId, merged, survivor, me.userId],
      );
      await client.query('update operational.patients set merged_into = $2 where patient_id = $1', [
        merged,
        survivor,
      ]);
      await client.query('commit');
      expect(await meanwhile).toBe('MD080');
    } finally {
      client.release();
    }
  });

  it('is held to by the integrity check', async () => {
    const [survivor, merged] = [await aPatient(db, me), await aPatient(db, me)];
    expect((await merge(survivor, merged)).status).toBe(201);
    const sql = INVARIANTS.find(({ code }) => code === 'merges-true')?.sql ?? '';
    const broken = async (): Promise<string[]> =>
      (await db.owner.query<{ broken: string }>(sql)).rows.map((row) => row.broken);
    expect(await broken()).toEqual([]);
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query('update operational.patients set merged_into = null where patient_id = $1', [
        merged,
      ]);
      expect(await broken()).toEqual([
        `patient ${merged}: merged into nothing, standing merge into ${survivor}`,
      ]);
      await client.query('update operational.patients set merged_into = $2 where patient_id = $1', [
        merged,
        survivor,
      ]);
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
  });

  it('guards every table that holds a patient', async () => {
    // Who the erased were is written for every record of a person, those taken over too.
    const { rows } = await db.owner.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'patient_id' and not a.attisdropped
       where c.relnamespace = 'operational'::regnamespace and c.relkind = 'r' and c.relname not in ('patients', 'erased_identities')
         and not exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid
           where t.tgrelid = c.oid and f.proname = 'guard_merged_patient')`,
    );
    expect(rows).toEqual([]);
  });
});
