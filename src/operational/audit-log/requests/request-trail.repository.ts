import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RefusalRow } from './refusals.domain.js';
import type { ShownPatient } from './shown-patients.domain.js';

const LOG_REFUSALS = 'select /* requestTrail.logRefusals */ operational.log_refusals($1)';
const LOG_SHOWN = 'select /* requestTrail.logShown */ operational.log_shown($1)';

/** Hands refused requests and shown patients to the trail. */
@Injectable()
export class RequestTrailRepository {
  async logRefusals(tx: Tx, rows: readonly RefusalRow[]): Promise<void> {
    await tx.execute(LOG_REFUSALS, [JSON.stringify(rows.map(refusalJson))]);
  }

  async logShown(tx: Tx, shown: readonly ShownPatient[]): Promise<void> {
    await tx.execute(LOG_SHOWN, [
      JSON.stringify(
        shown.map(({ userId, branchId, requestId, route, patientId }) => ({
          user_id: userId,
          branch_id: branchId,
          request_id: requestId,
          route,
          patient_id: patientId,
        })),
      ),
    ]);
  }
}

const refusalJson = (row: RefusalRow) => ({
  user_id: row.userId,
  branch_id: row.branchId,
  request_id: row.requestId,
  route: row.route,
  sign_in_name: row.signInName,
  detail: {
    status: row.status,
    code: row.code,
    count: row.count,
    address: row.address,
    things: row.things,
    firstAt: new Date(row.firstAt).toISOString(),
    lastAt: new Date(row.lastAt).toISOString(),
  },
});
