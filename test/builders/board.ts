import type { TestDatabase } from '../support/db.js';
import { aPrescription, type BuiltPrescription } from './prescription.js';

/** A prescription that waits to be filled, promised for so many minutes from now (null: for no time). */
export async function aPromised(
  db: TestDatabase,
  at: { readonly branchId: number },
  values: {
    readonly drugId: number;
    readonly minutes: number | null;
    readonly waiting?: boolean;
    readonly status?: string;
    readonly patientId?: number;
  },
): Promise<BuiltPrescription> {
  const { minutes, waiting = false, ...rest } = values;
  const rx = await aPrescription(db, at, rest);
  await db.owner.query(
    `update operational.prescriptions set promised_at = date_trunc('minute', now()) + make_interval(mins => $2), waiting_in_store = $3
     where prescription_id = $1`,
    [rx.prescriptionId, minutes, waiting],
  );
  return rx;
}
