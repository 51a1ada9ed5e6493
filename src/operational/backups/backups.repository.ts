import { Injectable } from '@nestjs/common';

import { IS_RUNNING } from '../../platform/database/recovery/backup-lock.js';
import type { Tx } from '../../platform/database/tx.js';

const LOG_START = `
select /* backups.logStart */ operational.log_read('backups', 'all', $1)`;

@Injectable()
export class BackupsRepository {
  /** Whether one is being made, by whatever process. */
  async isRunning(tx: Tx): Promise<boolean> {
    return (await tx.one<{ running: boolean }>(IS_RUNNING)).running;
  }

  /** A backup reads everything: who asks for one is in the audit trail. */
  async logStart(tx: Tx, branchId: number): Promise<void> {
    await tx.query(LOG_START, [branchId]);
  }
}
