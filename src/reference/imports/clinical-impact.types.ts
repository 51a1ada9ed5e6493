import type { ScreenedMedicine, ScreenedPatient } from '../clinical/clinical.types.js';

/** A person on a medicine a release changes, as screening knows him; no name, no identity. */
export interface PersonOnDrugs {
  readonly patient: ScreenedPatient;
  readonly current: readonly ScreenedMedicine[];
  /** Business day at his branch, 'YYYY-MM-DD'. */
  readonly today: string;
}

/** Who takes products now; provided by operational/patients. Sees the patients of every branch, names none. */
export interface PatientsOnDrugs {
  /** Patients with a current medicine among the products, `limit` at most; how many there are, and which products they take. */
  findTaking(
    drugIds: readonly number[],
    limit: number,
  ): Promise<{ people: PersonOnDrugs[]; total: number; takenDrugIds: number[] }>;
}

export const PATIENTS_ON_DRUGS = Symbol('PatientsOnDrugs');
