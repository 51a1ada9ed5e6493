import { randomBytes } from 'node:crypto';

import { foldText } from '../../src/platform/text/fold.js';
import type { TestDatabase } from '../support/db.js';

/** What a test may say of its patient; everything else is valid by default. */
export interface PatientValues {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly firstNameAr?: string;
  readonly lastNameAr?: string;
  readonly birthDate?: string;
  readonly sex?: 'male' | 'female' | 'unknown';
  readonly phone?: string;
  readonly nationalId?: string;
  readonly weightKg?: string;
  readonly allergyStatus?: 'not_asked' | 'none_known';
  readonly language?: 'ar' | 'en';
  /** Ingredients the patient is allergic to. */
  readonly allergicTo?: readonly number[];
  /** Products the patient takes from elsewhere. */
  readonly takes?: readonly number[];
}

/** Puts a patient on the record of a branch and answers his number. */
export async function aPatient(
  db: TestDatabase,
  at: { readonly branchId: number },
  values: PatientValues = {},
): Promise<number> {
  const firstName = values.firstName ?? 'Test';
  const lastName = values.lastName ?? `Patient ${randomBytes(3).toString('hex')}`;
  const names = [firstName, lastName, values.firstNameAr, values.lastNameAr].filter(
    (name) => name !== undefined,
  );
  const { rows } = await db.owner.query<{ patient_id: number }>(
    `insert into operational.patients (branch_id, first_name, last_name, first_name_ar, last_name_ar, name_folded, birth_date, sex,
       phone, national_id, weight_kg, allergy_status, language)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning patient_id`,
    [
      at.branchId,
      firstName,
      lastName,
      values.firstNameAr ?? null,
      values.lastNameAr ?? null,
      foldText(names.join(' ')),
      values.birthDate ?? '1980-05-17',
      values.sex ?? 'male',
      values.phone ?? null,
      values.nationalId ?? null,
      values.weightKg ?? '80',
      values.allergyStatus ?? 'none_known',
      values.language ?? 'en',
    ],
  );
  const patientId = rows[0]?.patient_id ?? 0;
  for (const ingredientId of values.allergicTo ?? [])
    await db.owner.query(
      'insert into operational.patient_allergies (patient_id, branch_id, ingredient_id) values ($1, $2, $3)',
      [patientId, at.branchId, ingredientId],
    );
  for (const drugId of values.takes ?? [])
    await db.owner.query(
      'insert into operational.patient_medications (patient_id, branch_id, drug_id) values ($1, $2, $3)',
      [patientId, at.branchId, drugId],
    );
  return patientId;
}

/** Puts a prescriber into the register and answers his number. */
export async function aPrescriber(
  db: TestDatabase,
  values: { firstName?: string; lastName?: string; active?: boolean } = {},
): Promise<number> {
  const [firstName, lastName] = [values.firstName ?? 'Hany', values.lastName ?? 'Zaki'];
  const { rows } = await db.owner.query<{ prescriber_id: number }>(
    `insert into operational.prescribers (first_name, last_name, name_folded, licence_number, active)
     values ($1, $2, $3, $4, $5) returning prescriber_id`,
    [
      firstName,
      lastName,
      foldText(`${firstName} ${lastName}`),
      `LIC-${randomBytes(5).toString('hex')}`,
      values.active ?? true,
    ],
  );
  return rows[0]?.prescriber_id ?? 0;
}
