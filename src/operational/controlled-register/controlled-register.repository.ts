import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './controlled-register.sql.js';
import type { RegisterRow } from './controlled-register.types.js';

/** What is asked of the register; `after` is the last product and number of the page before. */
export interface RegisterSelection {
  readonly drugId: number | undefined;
  readonly kind: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly after: readonly [number, number] | undefined;
  readonly isNamed: boolean;
  readonly limit: number;
}

@Injectable()
export class ControlledRegisterRepository {
  findEntries(tx: Tx, branchId: number, asked: RegisterSelection): Promise<RegisterRow[]> {
    const { drugId, kind, from, to, after, isNamed, limit } = asked;
    const [afterDrug, afterNo] = after ?? [];
    const between = [drugId, from, to, afterDrug, afterNo].map((value) => value ?? null);
    return tx.query<RegisterRow>(sql.FIND_ENTRIES, [branchId, ...between, isNamed, kind ?? null, limit]);
  }
}
