import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { FIND } from './owed-fills.sql.js';
import type { OwedFill } from './owed-fills.types.js';

/** What a list of owed rests is narrowed by. */
export interface OwedFilter {
  readonly patientId?: number;
  readonly drugIds?: readonly number[];
  readonly completable?: boolean;
  /** Only prescriptions entered after this one. */
  readonly after?: number;
  readonly limit: number;
}

@Injectable()
export class OwedFillsRepository {
  find(tx: Tx, branchId: number, filter: OwedFilter): Promise<OwedFill[]> {
    const { patientId, drugIds, completable, after, limit } = filter;
    return tx.query<OwedFill>(FIND, [
      branchId,
      patientId ?? null,
      drugIds ?? null,
      completable ?? null,
      after ?? null,
      limit,
    ]);
  }
}
