import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { RuleCoverageReport } from './rule-coverage.schemas.js';
import { RULE_COVERAGE } from './rule-coverage.sql.js';

type Report = z.output<typeof RuleCoverageReport>;

/** Products with unknown ingredients that are named; the others are counted. */
const MOST_UNLINKED = 100;

@Injectable()
export class RuleCoverageRepository {
  find(
    tx: Tx,
    branchId: number,
    limit: number,
    offset: number,
  ): Promise<Report['stocked'] & Pick<Report, 'data' | 'unlinked'> & { total: number }> {
    return tx.one(RULE_COVERAGE, [branchId, limit, offset, MOST_UNLINKED]);
  }
}
