import { addMonths } from '../../src/platform/time/local-date.js';
import type { TestDatabase } from '../support/db.js';
import { daysFromNow } from './lot.js';
import { aPatient, aPrescriber } from './patient.js';
import { aTillShift } from './sale.js';

/** What a test may say of its prescription; patient and prescriber are made when none is given. */
export interface PrescriptionValues {
  readonly drugId: number;
  readonly patientId?: number;
  readonly prescriberId?: number;
  /** Base units of one fill, decimal string. Default "30". */
  readonly quantity?: string;
  readonly daysSupply?: number;
  readonly refillsAuthorized?: number;
  readonly prescribedDate?: string;
  readonly expiresOn?: string;
  readonly status?: string;
  readonly sig?: string;
  /** Directions as understood; none: kept as written alone. */
  readonly sigStructure?: object;
}

export interface BuiltPrescription {
  readonly prescriptionId: number;
  readonly patientId: number;
  readonly rxNumber: string;
}

/** Puts a prescription into the work queue of a branch by SQL, past validation. */
export async function aPrescription(
  db: TestDatabase,
  at: { readonly branchId: number },
  values: PrescriptionValues,
): Promise<BuiltPrescription> {
  const patientId = values.patientId ?? (await aPatient(db, at));
  const prescribedDate = values.prescribedDate ?? daysFromNow(-1);
  const { rows } = await db.owner.query<{ prescription_id: number; rx_number: string }>(
    `insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig,
       refills_authorized, prescribed_date, expires_on, status, sig_structure)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning prescription_id, rx_number`,
    [
      at.branchId,
      patientId,
      values.drugId,
      values.prescriberId ?? (await aPrescriber(db)),
      values.quantity ?? '30',
      values.daysSupply ?? 30,
      values.sig ?? '1 tablet daily',
      values.refillsAuthorized ?? 0,
      prescribedDate,
      values.expiresOn ?? addMonths(prescribedDate, 12),
      values.status ?? 'pending',
      values.sigStructure ? JSON.stringify(values.sigStructure) : null,
    ],
  );
  const row = rows[0];
  if (!row) throw new Error('an insert that answers its row answered none');
  return { prescriptionId: row.prescription_id, patientId, rxNumber: row.rx_number };
}

/** Moves the day everything under a prescription was handed over: so many days ago. */
export async function dispensedDaysAgo(
  db: TestDatabase,
  prescriptionId: number,
  days: number,
): Promise<void> {
  await db.owner.query(
    'update operational.fills set dispensed_on = $2 where prescription_id = $1 and dispensed_on is not null',
    [prescriptionId, daysFromNow(-days)],
  );
}

/** Sells a dispensed fill by SQL, past the till, paid in cash. */
export async function soldFill(
  db: TestDatabase,
  at: { readonly branchId: number; readonly userId: number },
  fillId: number,
): Promise<void> {
  const shiftId = await aTillShift(db, at);
  await db.owner.query(
    `with fill as (
       select f.*, d.name from operational.fills f join reference.drugs d using (drug_id) where f.fill_id = $4
     ), sale as (
       insert into operational.sales (branch_id, shift_id, user_id, business_date, subtotal, total)
       select $1, $2, $3, (now() at time zone b.time_zone)::date, price, price from fill join operational.branches b using (branch_id) returning sale_id, total
     ), line as (
       insert into operational.sale_items
         (branch_id, sale_id, line_no, drug_id, fill_id, description, quantity, unit, unit_quantity, pack_price, amount, line_total)
       select $1, sale_id, 1, drug_id, fill_id, name, quantity, 'unit', quantity, price, price, price from sale, fill
     )
     insert into operational.payments (branch_id, sale_id, shift_id, method, amount)
     select $1, sale_id, $2, 'cash', total from sale`,
    [at.branchId, shiftId, at.userId, fillId],
  );
}
