import { Injectable } from '@nestjs/common';

import { Drain } from '../http/drain.js';
import { JobsService } from '../jobs/jobs.service.js';
import { StorageWatch } from '../storage/storage-watch.js';
import { DatabaseProbe, type DatabaseLook } from './database-probe.js';
import { HealthNotes, type PartFinding, type PartState } from './health-notes.js';

/** Business time is the database's; beyond this, what people read on their screens and what is written down part. */
const MOST_SKEW_MS = 5 * 60_000;

/** What a part says, by its name. */
export interface PartHealth extends PartFinding {
  readonly part: string;
}

/** How the server is: as its worst part. */
export interface Health {
  readonly state: PartState;
  readonly parts: readonly PartHealth[];
}

/** Gathers what all parts say: what makes the server fail, what makes it do less, and why. */
@Injectable()
export class HealthService {
  constructor(
    private readonly probe: DatabaseProbe,
    private readonly notes: HealthNotes,
    private readonly storage: StorageWatch,
    private readonly jobs: JobsService,
    private readonly drain: Drain,
  ) {}

  async look(): Promise<Health> {
    const parts: PartHealth[] = [
      ...(this.drain.isDraining
        ? [{ part: 'server', state: 'failed' as const, words: 'The server is stopping.' }]
        : []),
      ...(await this.probe
        .look()
        .then(partsOf, () => [
          { part: 'database', state: 'failed' as const, words: 'The database does not answer.' },
        ])),
      ...this.storage.findings(),
      ...this.jobs.findings(),
      ...this.notes.all(),
    ];
    const has = (state: PartState): boolean => parts.some((part) => part.state === state);
    return { state: has('failed') ? 'failed' : has('degraded') ? 'degraded' : 'ok', parts };
  }
}

function partsOf({ clockSkewMs, pending, unknown }: DatabaseLook): PartHealth[] {
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
  return [
    { part: 'database', state: 'ok', words: 'answers' },
    pending.length > 0
      ? {
          part: 'schema',
          state: 'failed',
          words: `The database is ${pending.length} migrations behind this program.`,
        }
      : unknown.length > 0
        ? {
            part: 'schema',
            state: 'degraded',
            words: `The database is ${unknown.length} migrations ahead of this program: this server is to be updated.`,
          }
        : { part: 'schema', state: 'ok', words: 'current' },
    Math.abs(clockSkewMs) > MOST_SKEW_MS
      ? {
          part: 'clock',
          state: 'degraded',
          words: `The clock of this server is ${minutes} minutes ${clockSkewMs > 0 ? 'behind' : 'ahead of'} that of the database.`,
        }
      : { part: 'clock', state: 'ok', words: 'agrees with the database' },
  ];
}
