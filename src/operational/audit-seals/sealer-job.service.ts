import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { HealthNotes, type PartFinding } from '../../platform/health/health-notes.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { Metrics, type Figure } from '../../platform/metrics/metrics.js';
import { AnchorsService } from './anchors.service.js';
import { ChainStateService } from './chain-state.service.js';
import { SealerService } from './sealer.service.js';

/** How often it is sealed, ms: what nobody has sealed yet can be changed without a trace, and seals should stay few. */
const EVERY_MS = 15_000;
/** How long transactions under way are waited for, ms; after that they are for the next look. */
const WAIT_MS = 5_000;
/** A row that waits longer is told as a fault, s. */
const LATE_SECONDS = 15 * 60;

/** Seals the trail every few seconds, and anchors its head at the start, after each Z report and once a day. */
@Injectable()
export class SealerJobService extends RecurringJob {
  private note: string | PartFinding = 'not sealed since the start';
  private isStarted = false;

  constructor(
    private readonly sealer: SealerService,
    private readonly anchors: AnchorsService,
    private readonly chain: ChainStateService,
    health: HealthNotes,
    metrics: Metrics,
    http: HttpAdapterHost,
  ) {
    super(http, 'audit-seals', EVERY_MS);
    health.add('auditChain', () => this.note);
    metrics.add('audit-seals', () => this.figures());
  }

  protected async look(): Promise<string | undefined> {
    if (!this.sealer.isConfigured) {
      this.note = 'off: MEDITORY_AUDIT_KEY_FILE is not set';
      return undefined;
    }
    try {
      const { hasZReport } = await this.sealer.seal(WAIT_MS);
      if (hasZReport) await this.anchors.anchor('z-report');
      else await this.anchors.anchorIfDue(this.isStarted ? 'daily' : 'start');
      this.isStarted = true;
      this.note = await this.told();
    } catch (error) {
      this.note = { state: 'degraded', words: 'failing: see the log' };
      throw error;
    }
    return undefined;
  }

  private async told(): Promise<PartFinding> {
    const { head, waiting, lagSeconds, lastAnchor } = await this.chain.state();
    const late = lagSeconds > LATE_SECONDS;
    const words = [
      `${late ? 'late' : 'ok'}: ${head ? `seal ${head.sealNo} to row ${head.lastId}` : 'no seal yet'}`,
      `${waiting.rows}${waiting.isMore ? '+' : ''} rows wait${waiting.oldestAt === null ? '' : ` since ${waiting.oldestAt}`}`,
      lastAnchor ? `last anchor ${lastAnchor.number} at ${lastAnchor.at}` : 'no anchor',
    ].join(', ');
    return { state: late ? 'degraded' : 'ok', words };
  }

  private async figures(): Promise<Figure[]> {
    const value = await this.chain.lagSeconds();
    if (value === undefined) return [];
    const help = 'How long the oldest row of the audit trail has waited for its seal; 0: none waits.';
    return [{ name: 'meditory_audit_seal_lag_seconds', help, value }];
  }
}
