import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { onJobs, type RequestContext } from '../../platform/security/request-context.js';
import { ImportWork } from './import-work.service.js';
import { ReleaseNotReady } from './imports.errors.js';
import type {
  ApplyOptions,
  ImportRequest,
  ImportSummary,
  RevertOptions,
  RevertOutcome,
} from './imports.types.js';
import { seconds } from './release-limits.js';
import { ReleaseRunner } from './release-runner.service.js';
import { ReleasesService } from './releases.service.js';
import { StagingRepository } from './staging.repository.js';

/**
 * Loads catalogue files of a source as a release: read and checked row by row, staged, compared with the catalogue, then
 * brought in by one transaction, and taken back by one. Until such a transaction commits, everybody sees the catalogue as
 * it was. One import works at a time.
 */
@Injectable()
export class ImportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staging: StagingRepository,
    private readonly releases: ReleasesService,
    private readonly runner: ReleaseRunner,
    private readonly work: ImportWork,
  ) {}

  /**
   * Imports the files, or with `apply: false` leaves them compared and staged. Throws ImportRefused where a file is not
   * usable, ImportRunning while another import is at work.
   */
  async importFiles(ctx: RequestContext, request: ImportRequest): Promise<ImportSummary> {
    const started = performance.now();
    const releaseId = await this.work.alone(() => this.runner.load(ctx, request));
    return this.summaryOf(ctx, releaseId, seconds(started));
  }

  /** Begins to read and compare files; answers the release once it has an identity. `done` is called when it has ended. */
  startPreview(ctx: RequestContext, request: ImportRequest, done: () => Promise<void>): Promise<number> {
    return this.work.inBackground((began) =>
      this.work
        .alone(() => this.runner.load(onJobs(ctx), { ...request, apply: false, onRelease: began }))
        .finally(done),
    );
  }

  /**
   * Applies a staged release. Throws ReleaseNotReady where it is not staged, CatalogueMoved where the catalogue has
   * changed since the comparison: it is compared again then, and waits to be reviewed.
   */
  async apply(ctx: RequestContext, releaseId: number, options: ApplyOptions = {}): Promise<ImportSummary> {
    const started = performance.now();
    await this.work.alone(() => this.runner.applyStaged(ctx, releaseId, options, () => undefined));
    return this.summaryOf(ctx, releaseId, seconds(started));
  }

  /** The same, answering as soon as it has begun. */
  startApply(ctx: RequestContext, releaseId: number, options: ApplyOptions): Promise<number> {
    return this.work.inBackground((began) =>
      this.work.alone(() => this.runner.applyStaged(onJobs(ctx), releaseId, options, () => began(releaseId))),
    );
  }

  /**
   * Takes back the latest applied release of a source. Throws ReleaseNotReady where it is none, EditedSince where
   * products were edited since and it is not forced.
   */
  revert(ctx: RequestContext, releaseId: number, options: RevertOptions = {}): Promise<RevertOutcome> {
    return this.work.alone(() => this.runner.takeBack(ctx, releaseId, options, () => undefined));
  }

  /** The same, answering as soon as it has begun. */
  startRevert(ctx: RequestContext, releaseId: number, options: RevertOptions): Promise<number> {
    return this.work.inBackground((began) =>
      this.work.alone(() => this.runner.takeBack(onJobs(ctx), releaseId, options, () => began(releaseId))),
    );
  }

  /** Puts a staged release away unapplied; ReleaseNotReady (409) where it is not staged. */
  async drop(ctx: RequestContext, releaseId: number): Promise<void> {
    await this.releases.find(ctx, releaseId);
    await this.work.alone(() =>
      this.uow.runAsAdmin(ctx, async (tx) => {
        await this.staging.allowLongWork(tx);
        if (!(await this.staging.setStatus(tx, releaseId, 'staged', 'dropped')))
          throw new ReleaseNotReady('Only a staged release can be dropped.');
        await this.staging.dropLeftovers(tx);
      }),
    );
  }

  private async summaryOf(ctx: RequestContext, releaseId: number, took: number): Promise<ImportSummary> {
    const report = await this.releases.report(ctx, releaseId);
    const { summary } = report;
    return {
      source: report.source,
      applied: report.status === 'applied',
      releaseId,
      fileSha256: report.fileSha256 ?? '',
      read: report.rowsRead,
      rejected: report.rowsRejected,
      inserted: report.rowsInserted,
      updated: report.rowsUpdated,
      unchanged: report.rowsUnchanged,
      discontinued: report.rowsDiscontinued,
      files: report.files,
      rejects: report.rejects,
      composition: summary.composition ?? { linked: 0, partial: 0, unlinked: 0, none: 0 },
      kinds: summary.kinds ?? {},
      impact: report.impact,
      newIngredients: summary.newIngredients ?? 0,
      seconds: took,
      rowsPerSecond: Math.round(report.rowsRead / Math.max(took, 0.001)),
    };
  }
}
