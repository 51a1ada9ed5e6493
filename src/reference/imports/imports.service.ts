import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { systemContext } from '../../platform/security/request-context.js';
import { ApplyRepository } from './apply.repository.js';
import { ImportRefused, ImportRunning } from './imports.errors.js';
import type { ImportRequest, ImportSummary, MergeCounts } from './imports.types.js';
import { ReleaseStager, type StagedRelease } from './release-stager.js';
import { sizeOfFile } from './source-file.js';
import { StagingRepository } from './staging.repository.js';

/** Most files of one release. */
const MOST_FILES = 20;

/** Carries the result of a trial out of its transaction, which ends without having changed anything. */
class TrialEnded extends Error {
  constructor(
    readonly staged: StagedRelease,
    readonly counts: MergeCounts,
  ) {
    super('the trial ended');
  }
}

/**
 * Loads catalogue files of a source as one release: read and checked row by row, staged, then brought into the
 * catalogue in one transaction. Until that transaction commits, everybody sees the old catalogue whole.
 */
@Injectable()
export class ImportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staging: StagingRepository,
    private readonly catalogue: ApplyRepository,
  ) {}

  /**
   * Imports the files, or with `apply: false` says what importing them would do and changes nothing. Throws
   * ImportRefused where a file or its mapping is not usable, ImportRunning while another import is at work.
   */
  async importFile(ctx: RequestContext, request: ImportRequest): Promise<ImportSummary> {
    const started = performance.now();
    const bytes = await this.sizeOf(request.files);
    const [staged, counts] = await this.alone(() =>
      request.apply ? this.load(ctx, request, bytes) : this.tryOut(ctx, request, bytes),
    );
    const seconds = (performance.now() - started) / 1000;
    const rejected = staged.rejected + counts.aboveCeiling;
    return {
      source: request.mapping.source,
      applied: request.apply,
      releaseId: request.apply ? staged.releaseId : null,
      fileSha256: staged.fileSha256,
      read: staged.read,
      inserted: counts.inserted,
      updated: counts.updated,
      unchanged: staged.read - rejected - counts.inserted - counts.updated,
      rejected,
      discontinued: counts.discontinued,
      rejects: staged.rejects.result(),
      composition: staged.composition,
      newIngredients: counts.newIngredients,
      seconds: Math.round(seconds * 1000) / 1000,
      rowsPerSecond: Math.round(staged.read / Math.max(seconds, 0.001)),
    };
  }

  private async sizeOf(files: readonly string[]): Promise<number> {
    if (files.length === 0 || files.length > MOST_FILES)
      throw new ImportRefused(`An import takes 1 to ${MOST_FILES} files.`);
    let bytes = 0;
    for (const path of files) bytes += await sizeOfFile(path);
    return bytes;
  }

  /**
   * Runs work while no other import runs. The lock belongs to a transaction that does nothing else, so it ends with
   * the process whatever happens to it.
   */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    return this.uow.run(systemContext(), async (tx) => {
      await this.staging.allowLongWork(tx);
      if (!(await this.staging.tryLock(tx))) throw new ImportRunning();
      return work();
    });
  }

  private async load(
    ctx: RequestContext,
    request: ImportRequest,
    bytes: number,
  ): Promise<[StagedRelease, MergeCounts]> {
    const staged = await this.uow.runAsAdmin(ctx, async (tx) => {
      await this.staging.allowLongWork(tx);
      await this.staging.clearStale(tx);
      return new ReleaseStager(this.staging, request, bytes).stage(tx);
    });
    try {
      if (staged.staged === 0)
        throw new ImportRefused(
          `No row of the file can be imported: ${staged.rejected} rows were read and all are refused.`,
        );
      request.onProgress?.({
        phase: 'applying',
        rows: staged.read,
        bytesRead: bytes,
        bytesTotal: bytes,
      });
      return [staged, await this.uow.runAsAdmin(ctx, (tx) => this.apply(tx, ctx, request, staged))];
    } catch (error) {
      await this.uow
        .runAsAdmin(ctx, (tx) => this.staging.markFailed(tx, staged.releaseId))
        .catch(() => undefined); // the next import clears it; the error that brought us here is the one to report
      throw error;
    }
  }

  private async apply(
    tx: Tx,
    ctx: RequestContext,
    request: ImportRequest,
    staged: StagedRelease,
  ): Promise<MergeCounts> {
    const { releaseId } = staged;
    const { source } = request.mapping;
    await this.staging.allowLongWork(tx);
    await this.staging.planForManyRows(tx);
    await this.catalogue.addLists(tx, releaseId, staged.lists);
    const newIngredients = await this.catalogue.addIngredients(tx, releaseId, source);
    const aboveCeiling = await this.rejectAboveCeiling(tx, request, staged);
    const statesRxOnly = request.mapping.columns.rxOnly !== undefined;
    const { inserted, updated } = await this.catalogue.writeDrugs(tx, releaseId, source, statesRxOnly);
    const discontinued = await this.catalogue.discontinueMissing(tx, releaseId, source, staged.refusedIds);
    const rejected = staged.rejected + aboveCeiling;
    if (request.discontinueMany !== true) refuseTruncated(discontinued, staged.read - rejected);
    const unchanged = staged.read - rejected - inserted - updated;
    const counts = { inserted, updated, unchanged, rejected, discontinued };
    await this.catalogue.finishRelease(tx, releaseId, ctx.actor.userId > 0 ? ctx.actor.userId : null, counts);
    await this.staging.dropRows(tx, releaseId);
    await this.catalogue.refreshStatistics(tx);
    return { inserted, updated, discontinued, aboveCeiling, newIngredients };
  }

  /** Stages, compares and rolls back: nothing is left, not even an audit row. */
  private async tryOut(
    ctx: RequestContext,
    request: ImportRequest,
    bytes: number,
  ): Promise<[StagedRelease, MergeCounts]> {
    try {
      return await this.uow.runAsAdmin(ctx, async (tx) => {
        await this.staging.allowLongWork(tx);
        const staged = await new ReleaseStager(this.staging, request, bytes).stage(tx);
        request.onProgress?.({
          phase: 'comparing',
          rows: staged.read,
          bytesRead: bytes,
          bytesTotal: bytes,
        });
        await this.staging.planForManyRows(tx);
        const { source } = request.mapping;
        const counts = await this.catalogue.preview(tx, staged.releaseId, source, staged.refusedIds);
        const newIngredients = await this.catalogue.countNewIngredients(tx, staged.releaseId);
        const aboveCeiling = await this.rejectAboveCeiling(tx, request, staged);
        throw new TrialEnded(staged, { ...counts, newIngredients, aboveCeiling });
      });
    } catch (error) {
      if (error instanceof TrialEnded) return [error.staged, error.counts];
      throw error;
    }
  }

  private async rejectAboveCeiling(tx: Tx, request: ImportRequest, staged: StagedRelease): Promise<number> {
    const { source, columns } = request.mapping;
    const late = await this.catalogue.rejectAboveCeiling(tx, staged.releaseId, source, columns.price);
    for (const { line, reason, value } of late) {
      const reject = { file: request.files[0] ?? '', line, column: columns.price, reason, value };
      staged.rejects.add(reject);
      request.onReject?.(reject);
    }
    return late.length;
  }
}

/** Below this many products a source may shrink as it likes. */
const FEW_PRODUCTS = 20;

/** A file that lists fewer products than it would discontinue is more likely cut off than right. */
function refuseTruncated(discontinued: number, accepted: number): void {
  if (discontinued > FEW_PRODUCTS && discontinued > accepted)
    throw new ImportRefused(
      `The file lists ${accepted} products and would discontinue ${discontinued}: it looks cut off. ` +
        'If it is complete, import it with --discontinue-many.',
      { accepted, discontinued },
    );
}
