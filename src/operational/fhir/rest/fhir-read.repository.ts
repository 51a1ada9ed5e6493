import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { ResourceType } from './fhir-resource.types.js';
import { LOG_PATIENTS_READ, LOG_PRESCRIPTION_READ, searchStatements } from './fhir-search.sql.js';
import type { Search } from './search-query.domain.js';

/** A row found, with its place in the order. The rest of it is as fhir-rows.types.ts says for its kind. */
export interface FoundRow {
  readonly pageId: number;
  readonly sortValue: string | null;
  /** Whose it is, where it is of a patient. */
  readonly patientId?: number;
}

@Injectable()
export class FhirReadRepository {
  /** Rows that match, one more than a page holds where there are more. */
  find(tx: Tx, type: ResourceType, branchId: number, search: Search): Promise<FoundRow[]> {
    const { find, findValues } = searchStatements(type, branchId, search);
    return tx.query<FoundRow>(find, findValues);
  }

  async count(tx: Tx, type: ResourceType, branchId: number, search: Search): Promise<number> {
    const { count, countValues } = searchStatements(type, branchId, { ...search, cursor: undefined });
    return (await tx.one<{ total: number }>(count, countValues)).total;
  }

  /** Records that these patients' records were read. */
  async logPatientsRead(tx: Tx, branchId: number, patientIds: readonly number[]): Promise<void> {
    if (patientIds.length > 0) await tx.query(LOG_PATIENTS_READ, [patientIds, branchId]);
  }

  async logPrescriptionRead(tx: Tx, branchId: number, prescriptionId: number): Promise<void> {
    await tx.query(LOG_PRESCRIPTION_READ, [prescriptionId, branchId]);
  }
}
