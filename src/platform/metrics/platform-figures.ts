import { Injectable } from '@nestjs/common';

import { PoolRegistry } from '../database/pools.js';
import { DatabaseProbe } from '../health/database-probe.js';
import { Drain } from '../http/drain.js';
import { JobsService } from '../jobs/jobs.service.js';
import { StorageWatch } from '../storage/storage-watch.js';
import { Metrics, type Figure } from './metrics.js';

/** Figures of what every server has: requests under way, pools, the database, jobs, the disk. */
@Injectable()
export class PlatformFigures {
  constructor(
    metrics: Metrics,
    private readonly pools: PoolRegistry,
    private readonly probe: DatabaseProbe,
    private readonly jobs: JobsService,
    private readonly storage: StorageWatch,
    private readonly drain: Drain,
  ) {
    metrics.add('requests', () => this.ofRequests());
    metrics.add('pools', () => this.ofPools());
    metrics.add('database', () => this.ofDatabase());
    metrics.add('jobs', () => this.ofJobs());
    metrics.add('storage', () => this.ofStorage());
  }

  private ofRequests(): Figure[] {
    const { requests, commands } = this.drain.inFlight;
    return [
      {
        name: 'meditory_http_requests_in_flight',
        help: 'Requests that are being answered.',
        value: requests,
      },
      {
        name: 'meditory_idempotency_keys_in_flight',
        help: 'Commands under way that carry an Idempotency-Key.',
        value: commands,
      },
    ];
  }

  private ofPools(): Figure[] {
    return this.pools.numbers().flatMap(({ name, max, open, idle, waiting }) => {
      const figure = (what: string, help: string, value: number): Figure => ({
        name: `meditory_pool_${what}`,
        help,
        value,
        labels: { pool: name },
      });
      return [
        figure('max_connections', 'Connections a pool may have.', max),
        figure('connections', 'Connections a pool has.', open),
        figure('idle_connections', 'Connections of a pool that nobody uses.', idle),
        figure('waiting_requests', 'Requests that wait for a connection of a pool.', waiting),
      ];
    });
  }

  private async ofDatabase(): Promise<Figure[]> {
    const up = { name: 'meditory_database_up', help: 'Whether the database answers.' };
    try {
      const { clockSkewMs, pending } = await this.probe.look();
      return [
        { ...up, value: 1 },
        {
          name: 'meditory_database_clock_skew_seconds',
          help: 'Clock of the database less that of this server.',
          value: clockSkewMs / 1000,
        },
        {
          name: 'meditory_database_pending_migrations',
          help: 'Migrations of this program the database lacks.',
          value: pending.length,
        },
      ];
    } catch {
      return [{ ...up, value: 0 }];
    }
  }

  private ofJobs(): Figure[] {
    return this.jobs.list().flatMap((job) => {
      const figure = (what: string, help: string, value: number): Figure => ({
        name: `meditory_job_${what}`,
        help,
        value,
        labels: { job: job.name },
      });
      return [
        figure('running', 'Whether a job is looking.', job.isRunning ? 1 : 0),
        figure('failures', 'Looks of a job that failed one after the other.', job.failures),
        ...(job.succeededAt
          ? [
              figure(
                'last_success_timestamp_seconds',
                'When a job last did what was due.',
                job.succeededAt.getTime() / 1000,
              ),
            ]
          : []),
        ...(job.durationMs === undefined
          ? []
          : [figure('last_duration_seconds', 'How long the last look took.', job.durationMs / 1000)]),
      ];
    });
  }

  private ofStorage(): Figure[] {
    return [
      {
        name: 'meditory_storage_low',
        help: 'Whether changes are refused because the disk is nearly full.',
        value: this.storage.isLow ? 1 : 0,
      },
      ...this.storage.volumes.flatMap(({ name, freeBytes, sizeBytes }) => [
        {
          name: 'meditory_storage_free_bytes',
          help: 'Free space of a volume of the database.',
          value: freeBytes,
          labels: { volume: name },
        },
        {
          name: 'meditory_storage_size_bytes',
          help: 'Size of a volume of the database.',
          value: sizeBytes,
          labels: { volume: name },
        },
        {
          name: 'meditory_storage_filling_up',
          help: 'Whether so much of a volume is in use that space should be made.',
          value: this.storage.fillingUp.some((volume) => volume.name === name) ? 1 : 0,
          labels: { volume: name },
        },
      ]),
    ];
  }
}
