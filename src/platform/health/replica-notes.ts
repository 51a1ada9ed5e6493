import { Injectable } from '@nestjs/common';

import { LateReads } from '../database/replicas/late-reads.js';
import { ReplicaSet } from '../database/replicas/replica-set.js';
import { Metrics, type Figure } from '../metrics/metrics.js';
import { HealthNotes, type PartFinding } from './health-notes.js';

/** What health and figures tell of replicas; nothing where there are none. */
@Injectable()
export class ReplicaNotes {
  constructor(
    notes: HealthNotes,
    metrics: Metrics,
    private readonly replicas: ReplicaSet,
    private readonly lateReads: LateReads,
  ) {
    if (replicas.findings().length === 0) return;
    notes.add('replicas', () => this.finding());
    metrics.add('replicas', () => this.figures());
  }

  private finding(): PartFinding {
    const all = this.replicas.findings();
    const unused = all.filter(({ state }) => state !== 'ok');
    if (unused.length === 0) return { state: 'ok', words: `${all.length} of ${all.length} are read` };
    const words = unused.map(({ name, words: said }) => `The replica ${name} ${said}.`);
    return { state: 'degraded', words: words.join(' ') };
  }

  private figures(): Figure[] {
    const answered = (by: 'replica' | 'primary', value: number): Figure => ({
      name: 'meditory_late_reads_total',
      help: 'Reads that may be late, by who answered them.',
      value,
      labels: { by },
      isCounter: true,
    });
    return [
      answered('replica', this.lateReads.answered.late),
      answered('primary', this.lateReads.answered.primary),
      ...this.replicas.findings().flatMap(({ name, state, lagMs }) => {
        const labels = { replica: name };
        return [
          {
            name: 'meditory_replica_up',
            help: 'Whether a replica is read.',
            value: state === 'ok' ? 1 : 0,
            labels,
          },
          ...(lagMs === undefined
            ? []
            : [
                {
                  name: 'meditory_replica_lag_seconds',
                  help: 'How old what a replica holds is at the most.',
                  value: lagMs / 1000,
                  labels,
                },
              ]),
        ];
      }),
    ];
  }
}
