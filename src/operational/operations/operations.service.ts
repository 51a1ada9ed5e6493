import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Injectable } from '@nestjs/common';

import { PoolRegistry } from '../../platform/database/pools.js';
import { ReplicaSet } from '../../platform/database/replicas/replica-set.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { databaseFailure } from '../../platform/errors/database-errors.js';
import { HealthService, type Health } from '../../platform/health/health.service.js';
import { Drain } from '../../platform/http/drain.js';
import type { JobStatus } from '../../platform/jobs/job-status.js';
import { JobsService } from '../../platform/jobs/jobs.service.js';
import { packageRoot } from '../../platform/package-root.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { StorageWatch } from '../../platform/storage/storage-watch.js';
import { licencesOf, type LockedPackage } from './licences.domain.js';
import { OperationsRepository, type StatementRow } from './operations.repository.js';
import type { JobReport, StatementReport } from './operations.schemas.js';

const MOST_TEXT = 400;
const MARK = /\/\* ([\w.-]+) \*\//;
/** SQLSTATE of a relation that is not there, and of an extension the database did not load at its start. */
const NO_RELATION = '42P01';
const NOT_LOADED = '55000';

/** How the installation is, for who looks after it. Nothing here names a patient. */
@Injectable()
export class OperationsService {
  private readonly startedAt = new Date(Date.now() - process.uptime() * 1000);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: OperationsRepository,
    private readonly healthOf: HealthService,
    private readonly jobsOf: JobsService,
    private readonly pools: PoolRegistry,
    private readonly replicas: ReplicaSet,
    private readonly storageOf: StorageWatch,
    private readonly drain: Drain,
  ) {}

  health(): Promise<Health> {
    return this.healthOf.look();
  }

  async server(ctx: RequestContext) {
    const [{ version }, databaseVersion] = await Promise.all([
      readJson<{ version: string }>('package.json'),
      this.uow.read(ctx, (tx) => this.repository.version(tx)),
    ]);
    return {
      version,
      nodeVersion: process.versions.node,
      databaseVersion,
      startedAt: this.startedAt.toISOString(),
      memoryBytes: process.memoryUsage.rss(),
      requestsInFlight: this.drain.inFlight.requests,
      pools: this.pools.numbers(),
      replicas: this.replicas.findings().map((one) => ({ ...one, lagMs: one.lagMs ?? null })),
    };
  }

  jobs(): { data: JobReport[] } {
    return { data: this.jobsOf.list().map(reportOf) };
  }

  /** Looks now, or joins the look that is under way. 404 `not-found` where there is no such job. */
  async runJob(name: string): Promise<JobReport> {
    return reportOf(await this.jobsOf.run(name));
  }

  async storage(ctx: RequestContext) {
    const [tables, { databaseBytes }, walBytes] = await Promise.all([
      this.uow.read(ctx, (tx) => this.repository.tables(tx)),
      this.repository.activity(),
      this.repository.walBytes(),
    ]);
    const { isLow, volumes } = this.storageOf;
    return { isLow, volumes: [...volumes], databaseBytes, walBytes: walBytes ?? null, tables };
  }

  async statements(ctx: RequestContext, sort: string): Promise<StatementReport> {
    try {
      return await this.uow.read(ctx, async (tx) => {
        const rows = await this.repository.statements(tx, sort);
        const since = await this.repository.statementsSince(tx);
        return { source: 'ok', since: since?.toISOString() ?? null, data: rows.map(statementOf) };
      });
    } catch (error) {
      const code = databaseFailure(error)?.code;
      if (code !== NO_RELATION && code !== NOT_LOADED) throw error;
      return { source: code === NO_RELATION ? 'not-installed' : 'not-loaded', since: null, data: [] };
    }
  }

  /** Begins the figures of statements anew. */
  async resetStatements(ctx: RequestContext): Promise<void> {
    await this.uow.run(ctx, (tx) => this.repository.resetStatements(tx));
  }

  /** What the program is made of, by licence, as its lock file has it. */
  async licences() {
    const { packages } = await readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json');
    return { data: licencesOf(packages) };
  }
}

async function readJson<Content>(name: string): Promise<Content> {
  return JSON.parse(await readFile(join(packageRoot(), name), 'utf8')) as Content;
}

function statementOf({ text, ...row }: StatementRow): StatementReport['data'][number] {
  const short = text.replace(/\s+/g, ' ').trim().slice(0, MOST_TEXT);
  return { ...row, name: MARK.exec(text)?.[1] ?? null, text: short };
}

function reportOf(job: JobStatus): JobReport {
  const { name, everyMs, isRunning, startedAt, finishedAt, succeededAt, durationMs } = job;
  const next = isRunning || !startedAt ? undefined : new Date(startedAt.getTime() + everyMs);
  return {
    name,
    everySeconds: Math.round(everyMs / 1000),
    isRunning,
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    succeededAt: succeededAt?.toISOString() ?? null,
    nextAt: next?.toISOString() ?? null,
    durationMs: durationMs ?? null,
    outcome: job.outcome,
    words: job.words,
    failures: job.failures,
  };
}
