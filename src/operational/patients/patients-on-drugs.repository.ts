import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { ScreenedMedicine, ScreenedPatient } from '../../reference/clinical/clinical.types.js';
import type { PersonOnDrugs } from '../../reference/imports/clinical-impact.types.js';
import { ALL_BRANCHES, FIND_PEOPLE, FIND_TAKING } from './patients-on-drugs.sql.js';

/** Reads who takes what, over all branches. */
@Injectable()
export class PatientsOnDrugsRepository {
  async branchIds(tx: Tx): Promise<number[]> {
    return (await tx.query<{ branchId: number }>(ALL_BRANCHES)).map(({ branchId }) => branchId);
  }

  findTaking(tx: Tx, drugIds: readonly number[]): Promise<Array<{ patientId: number; drugIds: number[] }>> {
    return tx.query(FIND_TAKING, [drugIds]);
  }

  async findPeople(tx: Tx, patientIds: readonly number[]): Promise<PersonOnDrugs[]> {
    const rows = await tx.query<ScreenedPatient & { medicines: ScreenedMedicine[]; today: string }>(
      FIND_PEOPLE,
      [patientIds],
    );
    return rows.map(({ medicines: current, today, ...patient }) => ({ patient, current, today }));
  }
}
