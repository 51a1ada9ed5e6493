import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** Whether the prescription ($1) is of the patient ($2) at the branch ($3) and for the product ($4). */
const IS_FOR = `
select /* alternatives.isFor */ exists (
  select from operational.prescriptions p
  where p.prescription_id = $1 and p.patient_id = $2 and p.branch_id = $3 and p.drug_id = $4) as "isFor"`;

@Injectable()
export class AlternativesRepository {
  async isFor(
    tx: Tx,
    prescriptionId: number,
    { patientId, branchId, drugId }: { patientId: number; branchId: number; drugId: number },
  ): Promise<boolean> {
    const row = await tx.one<{ isFor: boolean }>(IS_FOR, [prescriptionId, patientId, branchId, drugId]);
    return row.isFor;
  }
}
