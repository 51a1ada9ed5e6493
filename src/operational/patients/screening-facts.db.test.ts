// What a screening is told of a patient: what is taken now, and nothing that is over, another's, or the one being judged.
import { describe, expect, it } from 'vitest';

import { aDrug, anIngredient } from '../../../test/builders/drug.js';
import { daysFromNow } from '../../../test/builders/lot.js';
import { aPatient } from '../../../test/builders/patient.js';
import { aPrescription } from '../../../test/builders/prescription.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { PatientsRepository } from './patients.repository.js';

describe('screening facts', () => {
  const db = useTestDatabase();
  const patients = new PatientsRepository();

  async function aFillOf(
    world: World,
    prescriptionId: number,
    values: { drugId: number; status: string; daysAgo?: number; days?: number },
  ): Promise<void> {
    const isDispensed = values.status === 'dispensed' || values.status === 'reversed';
    await db.owner.query(
      `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, status, unit_price, price,
         filled_by, verified_by, dispensed_by, dispensed_at, dispensed_on, screening)
       values ($1, $2, 0, $3, 30, $4, $5, 1, 30, $6, $6, $7, case when $7::integer is null then null else now() end, $8, '{}')`,
      [
        world.branchId,
        prescriptionId,
        values.drugId,
        values.days ?? 30,
        values.status,
        world.userId,
        isDispensed ? world.userId : null,
        isDispensed ? daysFromNow(-(values.daysAgo ?? 0)) : null,
      ],
    );
  }

  const currentOf = (world: World, patientId: number, except = 0) =>
    db.uow.read(
      world.ctx,
      async (tx) => (await patients.screeningFacts(tx, patientId, except))?.current ?? [],
    );

  it('count fills not run out, open prescriptions and medicines from elsewhere, and leave out what is over', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const patientId = await aPatient(db, world);
    const drug = async (): Promise<number> => (await aDrug(db)).drugId;
    const order = async (values: object, drugId: number): Promise<number> =>
      (await aPrescription(db, world, { patientId, drugId, ...values })).prescriptionId;

    const [running, ranOut, preparing, reversed] = [await drug(), await drug(), await drug(), await drug()];
    await aFillOf(world, await order({ status: 'completed' }, running), {
      drugId: running,
      status: 'dispensed',
      daysAgo: 29,
    });
    await aFillOf(world, await order({ status: 'completed' }, ranOut), {
      drugId: ranOut,
      status: 'dispensed',
      daysAgo: 31,
    });
    await aFillOf(world, await order({ status: 'completed' }, preparing), {
      drugId: preparing,
      status: 'in_progress',
    });
    await aFillOf(world, await order({ status: 'completed' }, reversed), {
      drugId: reversed,
      status: 'reversed',
    });

    const [pending, expired, cancelled, judged] = [await drug(), await drug(), await drug(), await drug()];
    await order({}, pending);
    await order({ prescribedDate: daysFromNow(-400), expiresOn: daysFromNow(-5) }, expired);
    await order({ status: 'cancelled' }, cancelled);
    const except = await order({}, judged);

    const [taken, ended] = [await drug(), await drug()];
    const ingredientId = await anIngredient(db, 'st john’s wort');
    await db.owner.query(
      `insert into operational.patient_medications (patient_id, branch_id, drug_id, ingredient_id, medication_text, ended_on)
       values ($1, $2, $3, null, null, null), ($1, $2, null, $4, null, null), ($1, $2, null, null, 'green drops', null),
         ($1, $2, $5, null, null, current_date - 3)`,
      [patientId, world.branchId, taken, ingredientId, ended],
    );
    await aPrescription(db, world, { drugId: await drug() }); // another patient's

    const current = await currentOf(world, patientId, except);
    expect(current.flatMap((medicine) => medicine.drugId ?? []).sort((a, b) => a - b)).toEqual(
      [running, preparing, pending, taken].sort((a, b) => a - b),
    );
    expect(current.flatMap((medicine) => medicine.ingredientId ?? [])).toEqual([ingredientId]);
    expect(current.flatMap((medicine) => medicine.text ?? [])).toEqual(['green drops']);
    expect((await currentOf(world, patientId)).map((medicine) => medicine.drugId)).toContain(judged);
  });

  it('hold active allergies and conditions, and nothing of another branch', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const other = await aWorldFor(db, 'pharmacist');
    const [first, second] = [await anIngredient(db, 'penicillin v'), await anIngredient(db, 'codeine')];
    const patientId = await aPatient(db, world, { allergicTo: [first, second] });
    await db.owner.query(
      `update operational.patient_allergies set status = 'inactive' where patient_id = $1 and ingredient_id = $2`,
      [patientId, second],
    );
    await db.owner.query(
      `insert into operational.patient_conditions (patient_id, branch_id, icd10, name, status)
       values ($1, $2, 'E11.9', 'Diabetes', 'active'), ($1, $2, 'J45', 'Asthma', 'resolved')`,
      [patientId, world.branchId],
    );
    const factsFor = (who: World) => db.uow.read(who.ctx, (tx) => patients.screeningFacts(tx, patientId, 0));
    expect((await factsFor(world))?.patient).toMatchObject({
      allergyStatus: 'recorded',
      weightKg: '80',
      allergies: [{ ingredientId: first, groupId: null, text: null }],
      conditions: [{ icd10: 'E11.9', name: 'Diabetes' }],
    });
    expect(await factsFor(other)).toBeUndefined();
  });
});
