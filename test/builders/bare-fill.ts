import { randomBytes } from 'node:crypto';

import type { TestDatabase } from '../support/db.js';

/** A fill with the least a fill can have: for tests of stock and sales, which care for nothing else of it. */
export interface BareFill {
  readonly fillId: number;
  readonly prescriptionId: number;
  readonly patientId: number;
}

/**
 * Makes a patient, a prescriber, a prescription and one fill in progress by SQL, past the rules of the prescription
 * desk. With `dispensed` it also takes the stock first expiry first and hands the fill over.
 */
export async function aBareFill(
  db: TestDatabase,
  at: { readonly branchId: number; readonly userId: number },
  values: {
    readonly drugId: number;
    readonly quantity: string;
    readonly price?: string;
    readonly dispensed?: boolean;
  },
): Promise<BareFill> {
  const { rows } = await db.owner.query<BareFill>(
    `with branch as (
       select (now() at time zone time_zone)::date as today from operational.branches where branch_id = $1
     ), patient as (
       insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex)
       values ($1, 'Test', 'Patient', 'test patient', '1980-01-01', 'unknown') returning patient_id
     ), prescriber as (
       insert into operational.prescribers (first_name, last_name, name_folded, licence_number)
       values ('Test', 'Prescriber', 'test prescriber', $6) returning prescriber_id
     ), prescription as (
       insert into operational.prescriptions
         (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, prescribed_date, expires_on, created_by)
       select $1, patient_id, $2, prescriber_id, $3, 10, 'as directed', b.today, b.today + 300, $4
       from patient, prescriber, branch b returning prescription_id, patient_id
     )
     insert into operational.fills
       (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
     select $1, prescription_id, 0, $2, $3, 10, 1, $5, $4, '{}' from prescription
     returning fill_id as "fillId", prescription_id as "prescriptionId",
       (select patient_id from prescription) as "patientId"`,
    [
      at.branchId,
      values.drugId,
      values.quantity,
      at.userId,
      values.price ?? '10.00',
      randomBytes(6).toString('hex'),
    ],
  );
  const fill = rows[0];
  if (!fill) throw new Error('an insert that answers its row answered none');
  if (values.dispensed) {
    await db.owner.query(
      `select from operational.issue_stock($1, 'dispense', array[$2::integer], array[$3::numeric], array[$4::integer], array[null::integer])`,
      [at.branchId, values.drugId, values.quantity, fill.fillId],
    );
    await db.owner.query(
      `update operational.fills set status = 'dispensed', verified_by = $2, verified_at = now(), dispensed_by = $2,
         dispensed_at = now(), dispensed_on = (now() at time zone b.time_zone)::date
       from operational.branches b where b.branch_id = fills.branch_id and fill_id = $1`,
      [fill.fillId, at.userId],
    );
  }
  return fill;
}
