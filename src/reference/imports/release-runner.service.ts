import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { jobContext, type RequestContext } from '../../platform/security/request-context.js';
import { ApplyRepository } from './apply.repository.js';
import { CatalogueTidyService } from './catalogue-tidy.service.js';
import { ClinicalImpactService } from './clinical-impact.service.js';
import { CatalogueMoved, EditedSince, ImportRefused, ReleaseNotReady } from './imports.errors.js';
import type {
  ApplyOptions,
  ChangeCounts,
  ImportProgress,
  ImportRequest,
  ReleaseSummary,
  RevertOptions,
  RevertOutcome,
  StagedSource,
} from './imports.types.js';
import { ProgressTeller } from './progress-teller.js';
import { openReading } from './reading.js';
import type { Reading } from './reading.types.js';
import { KEEP_HOURS, LONG_REVERT_MS, notReady, refuseTruncated, seconds, userOf } from './release-limits.js';
import type { StoredRelease } from './releases.repository.js';
import { ReleasesService } from './releases.service.js';
import type { StagedRelease } from './staged-release.types.js';
import { StagingRepository } from './staging.repository.js';

/** Carries a release through its steps. Whoever calls it holds the import lock: `ImportsService`. */
@Injectable()
export class ReleaseRunner {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staging: StagingRepository,
    private readonly catalogue: ApplyRepository,
    private readonly releases: ReleasesService,
    private readonly impacts: ClinicalImpactService,
    private readonly tidying: CatalogueTidyService,
  ) {}

  /** Reads, stages and compares the files, and applies them where that is asked for; answers the release. */
  async load(ctx: RequestContext, request: ImportRequest): Promise<number> {
    const started = performance.now();
    const { source } = request;
    const reading = await openReading(source, request.files);
    let releaseId = 0;
    try {
      const staged: StagedSource = {
        source: source.name,
        states: source.states,
        priceColumn: source.columnOf?.('price') ?? 'price',
        discontinueMany: request.discontinueMany === true,
      };
      const fileNames = reading.fileNames.join(', ');
      releaseId = await this.uow.runAsAdmin(ctx, (tx) =>
        this.staging.createRelease(tx, {
          ...staged,
          title: source.title,
          fileNames: fileNames.slice(0, 1000),
          userId: userOf(ctx),
        }),
      );
      request.onRelease?.(releaseId);
      const progress = this.teller(releaseId, request.onProgress);
      try {
        const read = await this.stage(ctx, reading, releaseId, progress);
        const readSeconds = seconds(started);
        await this.compare(ctx, releaseId, staged, progress, {
          composition: read.composition,
          ignored: [...reading.ignored],
          readSeconds,
        });
        await this.judgeImpact(ctx, releaseId);
        if (request.apply) {
          await this.uow.runAsAdmin(ctx, (tx) => this.staging.setStatus(tx, releaseId, 'staged', 'applying'));
          await this.bringIn(ctx, releaseId, staged, progress);
        }
      } finally {
        await progress.end();
      }
      return releaseId;
    } catch (error) {
      if (releaseId > 0) await this.markFailed(ctx, releaseId, error);
      throw error;
    } finally {
      await reading.close();
    }
  }

  private async stage(
    ctx: RequestContext,
    reading: Reading,
    releaseId: number,
    progress: ProgressTeller,
  ): Promise<StagedRelease> {
    const read = await this.uow.runAsAdmin(ctx, async (tx) => {
      await this.staging.allowLongWork(tx);
      const known = await this.staging.known(tx);
      const staged = await reading.read({
        releaseId,
        known,
        send: (batch) => this.staging.copyBatch(tx, batch),
        onProgress: progress.tell,
      });
      await this.staging.finishStaging(tx, releaseId, staged);
      return staged;
    });
    if (read.staged === 0)
      throw new ImportRefused(
        `No row of the file can be imported: ${read.rejected} rows were read and all are refused.`,
        { releaseId },
      );
    return read;
  }

  /** Writes the diff of a staged release. */
  private compare(
    ctx: RequestContext,
    releaseId: number,
    staged: StagedSource,
    progress: ProgressTeller,
    summary: ReleaseSummary,
  ): Promise<ChangeCounts> {
    progress.phase('comparing');
    return this.uow.runAsAdmin(ctx, async (tx) => {
      await this.staging.allowLongWork(tx);
      await this.staging.planForManyRows(tx);
      return this.compareIn(tx, releaseId, staged, summary);
    });
  }

  private async compareIn(
    tx: Tx,
    releaseId: number,
    staged: StagedSource,
    summary: ReleaseSummary,
  ): Promise<ChangeCounts> {
    const mark = await this.catalogue.catalogueMark(tx);
    const { counts, rejected } = await this.catalogue.compare(tx, releaseId, staged);
    const { kinds, newIngredients } = counts;
    const result = { mark, keepHours: KEEP_HOURS, rejected, counts };
    await this.catalogue.finishComparison(tx, releaseId, {
      ...result,
      summary: { ...summary, kinds, newIngredients },
    });
    return counts;
  }

  private async judgeImpact(ctx: RequestContext, releaseId: number): Promise<void> {
    const impact = await this.impacts.judge(ctx, releaseId);
    await this.uow.runAsAdmin(ctx, async (tx) => {
      await this.impacts.keep(tx, releaseId, impact);
      // Whoever waits for a new release finds it complete: it waits to be applied from here on.
      await this.staging.setStatus(tx, releaseId, 'reading', 'staged');
    });
  }

  /** Applies a staged release; `began` is called when nothing stands against it any more. */
  async applyStaged(
    ctx: RequestContext,
    releaseId: number,
    options: ApplyOptions,
    began: () => void,
  ): Promise<void> {
    const release = await this.releases.find(ctx, releaseId);
    if (release.status !== 'staged') throw notReady(release, 'applied');
    const staged: StagedSource = {
      ...release,
      discontinueMany: release.discontinueMany || options.discontinueMany === true,
    };
    const progress = this.teller(releaseId, options.onProgress);
    try {
      await this.refuseMoved(ctx, release, staged, progress);
      await this.uow.runAsAdmin(ctx, (tx) => this.staging.setStatus(tx, releaseId, 'staged', 'applying'));
      began();
      await this.bringIn(ctx, releaseId, staged, progress);
    } catch (error) {
      // A refusal leaves the release where it was, to be applied in another way or dropped.
      if (error instanceof DomainError)
        await this.uow.runAsAdmin(ctx, (tx) =>
          this.staging.setStatus(tx, releaseId, 'applying', 'staged', error.message),
        );
      else await this.markFailed(ctx, releaseId, error);
      throw error;
    } finally {
      await progress.end();
    }
  }

  private async refuseMoved(
    ctx: RequestContext,
    release: StoredRelease,
    staged: StagedSource,
    progress: ProgressTeller,
  ): Promise<void> {
    const { releaseId } = release;
    const rows = await this.uow.runAsAdmin(ctx, (tx) => this.catalogue.countStaged(tx, releaseId));
    if (rows === 0)
      throw new ReleaseNotReady(
        'Its staged rows were lost in a crash of the database. Import the files again.',
      );
    const mark = await this.uow.runAsAdmin(ctx, (tx) => this.catalogue.catalogueMark(tx));
    if (mark === release.comparedWith) return;
    await this.compare(ctx, releaseId, staged, progress, release.summary);
    await this.judgeImpact(ctx, releaseId);
    throw new CatalogueMoved(releaseId);
  }

  /** The one transaction that changes the catalogue, and what is tidied after it. */
  private async bringIn(
    ctx: RequestContext,
    releaseId: number,
    staged: StagedSource,
    progress: ProgressTeller,
  ): Promise<void> {
    const started = performance.now();
    progress.phase('applying');
    const changed = await this.uow.runAsAdmin(ctx, async (tx) => {
      await this.staging.allowLongWork(tx);
      await this.catalogue.begin(tx, releaseId, 'apply');
      await this.staging.planForManyRows(tx);
      return this.write(tx, ctx, releaseId, staged, started);
    });
    progress.phase('finishing');
    await this.tidying.atEase(ctx, (tx) => this.staging.dropLeftovers(tx));
    if (changed > 0) await this.tidying.tidy(ctx);
  }

  /** Writes the release into the catalogue; answers how many products it changed. */
  private async write(
    tx: Tx,
    ctx: RequestContext,
    releaseId: number,
    staged: StagedSource,
    started: number,
  ): Promise<number> {
    const { source } = staged;
    let counts = await this.catalogue.countsAsCompared(tx, releaseId);
    if ((await this.catalogue.catalogueMark(tx)) !== counts.comparedWith) {
      const { summary } = counts;
      counts = { ...counts, ...(await this.compareIn(tx, releaseId, staged, summary)) };
    }
    await this.catalogue.addLists(tx, releaseId);
    await this.catalogue.addIngredients(tx, releaseId, source);
    const { inserted, updated } = await this.catalogue.writeDrugs(tx, releaseId, staged, counts.inserted);
    const discontinued = await this.catalogue.discontinueMissing(tx, releaseId);
    const { unchanged } = counts;
    if (!staged.discontinueMany)
      refuseTruncated('products', { discontinued, accepted: inserted + updated + unchanged });
    const result = { inserted, updated, unchanged, discontinued, applySeconds: seconds(started) };
    await this.catalogue.finishRelease(tx, releaseId, userOf(ctx), result);
    return inserted + updated + discontinued;
  }

  /** Takes an applied release back; `began` is called when it is done or takes long. */
  async takeBack(
    ctx: RequestContext,
    releaseId: number,
    options: RevertOptions,
    began: () => void,
  ): Promise<RevertOutcome> {
    const release = await this.releases.find(ctx, releaseId);
    if (release.status !== 'applied') throw notReady(release, 'taken back');
    if (!release.isRevertible)
      throw new ReleaseNotReady('Only the latest applied release of a source can be taken back.');
    const progress = this.teller(releaseId, options.onProgress);
    const patience = setTimeout(began, LONG_REVERT_MS);
    try {
      await this.uow.runAsAdmin(ctx, (tx) => this.staging.setStatus(tx, releaseId, 'applied', 'reverting'));
      progress.phase('reverting');
      const outcome = await this.uow.runAsAdmin(ctx, async (tx) => {
        await this.staging.allowLongWork(tx);
        await this.catalogue.begin(tx, releaseId, 'revert');
        const result = await this.catalogue.revert(tx, releaseId, options.force === true);
        if ('edited' in result) throw new EditedSince(result.edited, result.editedIds);
        await this.catalogue.finishRevert(tx, releaseId, userOf(ctx), result);
        return result;
      });
      began();
      progress.phase('finishing');
      await this.tidying.tidy(ctx);
      return outcome;
    } catch (error) {
      const why =
        error instanceof DomainError ? error.message : 'It could not be taken back; the log says why.';
      await this.uow.runAsAdmin(ctx, (tx) =>
        this.staging.setStatus(tx, releaseId, 'reverting', 'applied', why),
      );
      throw error;
    } finally {
      clearTimeout(patience);
      await progress.end();
    }
  }

  private teller(releaseId: number, onProgress?: (progress: ImportProgress) => void): ProgressTeller {
    return new ProgressTeller(
      (progress) =>
        this.uow.runAsAdmin(jobContext(), (tx) => this.staging.tellProgress(tx, releaseId, progress)),
      onProgress,
    );
  }

  private async markFailed(ctx: RequestContext, releaseId: number, error: unknown): Promise<void> {
    const why = error instanceof DomainError ? error.message : 'The program failed; its log says why.';
    await this.uow
      .runAsAdmin(ctx, async (tx) => {
        await this.staging.allowLongWork(tx);
        await this.staging.markFailed(tx, releaseId, why);
      })
      .catch(() => undefined); // the next import clears it; the error that brought us here is the one to report
  }
}
