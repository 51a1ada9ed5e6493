import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { jobContext, onJobs, type RequestContext } from '../../../platform/security/request-context.js';
import { RuleSetsService } from '../../clinical/rule-sets/rule-sets.service.js';
import type {
  RuleChange,
  RuleKindName,
  RuleReleaseChange,
  RuleRevertOutcome,
} from '../../clinical/rule-sets/rule-sets.types.js';
import type { RulePreview } from '../../clinical/rules/rule-preview.types.js';
import { ApplyRepository } from '../apply.repository.js';
import { ImportWork } from '../import-work.service.js';
import { ImportRefused, ReleaseNotReady, RulesEditedSince, RulesMoved } from '../imports.errors.js';
import type {
  ApplyOptions,
  ImportProgress,
  RejectedRow,
  Release,
  RevertOptions,
  RuleImportRequest,
  RuleReleaseReport,
  RuleReleaseSummary,
} from '../imports.types.js';
import { ProgressTeller } from '../progress-teller.js';
import { KEEP_HOURS, LONG_REVERT_MS, notReady, refuseTruncated, seconds, userOf } from '../release-limits.js';
import type { StoredRelease } from '../releases.repository.js';
import { ReleasesService } from '../releases.service.js';
import { OpenedInput } from '../source-input.js';
import { StagingRepository } from '../staging.repository.js';
import { rulesSource } from './rule-file.js';
import { RuleStager } from './rule-stager.service.js';

/** A release of rules as it is stored: of one kind, with what is kept of it. */
type RuleRelease = StoredRelease & { ruleKind: RuleKindName };

/** What is kept of a release of rules; before it was compared there is nothing. */
const summaryOf = (summary: object): RuleReleaseSummary => ({ repeated: 0, severities: {}, ...summary });

/**
 * Loads files of clinical rules as releases: read and checked row by row, staged, compared with the rules in force, brought
 * in by one transaction and taken back by one. A release is of one source and one kind of rules, and touches no others.
 */
@Injectable()
export class RuleImportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staging: StagingRepository,
    private readonly accounts: ApplyRepository,
    private readonly releases: ReleasesService,
    private readonly stager: RuleStager,
    private readonly sets: RuleSetsService,
    private readonly work: ImportWork,
  ) {}

  /**
   * Imports a file, or with `apply: false` leaves it compared and staged. Throws ImportRefused where it is not usable,
   * ImportRunning while another import is at work.
   */
  async importFile(ctx: RequestContext, request: RuleImportRequest): Promise<RuleReleaseReport> {
    const releaseId = await this.work.alone(() => this.load(ctx, request));
    return this.report(ctx, releaseId);
  }

  /** Begins to read and compare a file; answers the release once it has an identity. `done` is called when it has ended. */
  startPreview(ctx: RequestContext, request: RuleImportRequest, done: () => Promise<void>): Promise<number> {
    return this.work.inBackground((began) =>
      this.work
        .alone(() => this.load(onJobs(ctx), { ...request, apply: false, onRelease: began }))
        .finally(done),
    );
  }

  /** Applies a staged release. Throws ReleaseNotReady; RulesMoved where rules have changed since: it is compared again then. */
  async apply(
    ctx: RequestContext,
    releaseId: number,
    options: ApplyOptions = {},
  ): Promise<RuleReleaseReport> {
    await this.work.alone(() => this.applyStaged(ctx, releaseId, options, () => undefined));
    return this.report(ctx, releaseId);
  }

  /** The same, answering as soon as it has begun. */
  startApply(ctx: RequestContext, releaseId: number, options: ApplyOptions): Promise<number> {
    return this.work.inBackground((began) =>
      this.work.alone(() => this.applyStaged(onJobs(ctx), releaseId, options, () => began(releaseId))),
    );
  }

  /** Takes the latest applied release of a source back. Throws ReleaseNotReady, RulesEditedSince. */
  revert(ctx: RequestContext, releaseId: number, options: RevertOptions = {}): Promise<RuleRevertOutcome> {
    return this.work.alone(() => this.takeBack(ctx, releaseId, options, () => undefined));
  }

  /** The same, answering when it is done or takes long. */
  startRevert(ctx: RequestContext, releaseId: number, options: RevertOptions): Promise<number> {
    return this.work.inBackground((began) =>
      this.work.alone(() => this.takeBack(onJobs(ctx), releaseId, options, () => began(releaseId))),
    );
  }

  /** Puts a staged release away unapplied; ReleaseNotReady (409) where it is not staged. */
  async drop(ctx: RequestContext, releaseId: number): Promise<void> {
    await this.find(ctx, releaseId);
    await this.work.alone(() =>
      this.atEase(ctx, async (tx) => {
        if (!(await this.staging.setStatus(tx, releaseId, 'staged', 'dropped')))
          throw new ReleaseNotReady('Only a staged release can be dropped.');
        await this.staging.dropLeftovers(tx);
      }),
    );
  }

  /** Releases of rules, newest first. */
  findPage(
    ctx: RequestContext,
    query: { page: number; limit: number; source?: string },
  ): Promise<Page<Release>> {
    return this.releases.findPage(ctx, query, true);
  }

  /** The release with all its accounts; NotFound (404). */
  async report(ctx: RequestContext, releaseId: number): Promise<RuleReleaseReport> {
    const { impact: _, summary, ...known } = await this.releases.report(ctx, releaseId, true);
    return { ...known, ruleKind: known.ruleKind as RuleKindName, summary: summaryOf(summary) };
  }

  /** Rows that were refused. */
  rejects(
    ctx: RequestContext,
    releaseId: number,
    paging: { page: number; limit: number },
  ): Promise<Page<RejectedRow>> {
    return this.releases.rejects(ctx, releaseId, paging, true);
  }

  /** Rules a release changes. */
  async changes(
    ctx: RequestContext,
    releaseId: number,
    query: { page: number; limit: number; change?: RuleChange },
  ): Promise<Page<RuleReleaseChange>> {
    await this.find(ctx, releaseId);
    return this.sets.findChanges(ctx, releaseId, query);
  }

  /**
   * What a staged release would have fired in the last twelve months, in place of what it ends; undefined where it changes
   * more rules than can be judged.
   */
  async preview(ctx: RequestContext, releaseId: number): Promise<RulePreview | undefined> {
    const release = await this.find(ctx, releaseId);
    if (release.status !== 'staged') throw notReady(release, 'judged');
    return this.sets.preview(ctx, releaseId, release.ruleKind, release.source);
  }

  /** The release as stored; NotFound (404) where there is none of rules. */
  private async find(ctx: RequestContext, releaseId: number): Promise<RuleRelease> {
    return (await this.releases.find(ctx, releaseId, true)) as RuleRelease;
  }

  private async load(ctx: RequestContext, request: RuleImportRequest): Promise<number> {
    const started = performance.now();
    const { mapping } = request;
    const input = await OpenedInput.open(rulesSource(mapping), [request.file]);
    let releaseId = 0;
    try {
      releaseId = await this.uow.runAsAdmin(ctx, (tx) =>
        this.staging.createRelease(tx, {
          source: mapping.source,
          title: mapping.title,
          fileNames: input.files
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 1000),
          states: {},
          priceColumn: null,
          userId: userOf(ctx),
          discontinueMany: request.discontinueMany === true,
          ruleKind: mapping.kind,
        }),
      );
      request.onRelease?.(releaseId);
      const progress = this.teller(releaseId, request.onProgress);
      try {
        const id = releaseId;
        const read = await this.atEase(ctx, (tx) => this.stager.stage(tx, id, input, mapping, progress.tell));
        if (read.staged === 0)
          throw new ImportRefused(
            `No row of the file can be imported: ${read.read} rows were read and all are refused.`,
            { releaseId },
          );
        progress.phase('comparing');
        const summary = {
          repeated: 0,
          severities: {},
          ignored: [...input.ignored],
          readSeconds: seconds(started),
        };
        await this.compare(ctx, releaseId, mapping.kind, mapping.source, summary);
        await this.setStatus(ctx, releaseId, 'reading', 'staged');
        if (request.apply) {
          await this.setStatus(ctx, releaseId, 'staged', 'applying');
          await this.bringIn(
            ctx,
            await this.find(ctx, releaseId),
            request.discontinueMany === true,
            progress,
          );
        }
      } finally {
        await progress.end();
      }
      return releaseId;
    } catch (error) {
      if (releaseId > 0) await this.markFailed(ctx, releaseId, error);
      throw error;
    } finally {
      await input.close();
    }
  }

  /** Writes the diff of a staged release. */
  private compare(
    ctx: RequestContext,
    releaseId: number,
    kind: RuleKindName,
    set: string,
    summary: RuleReleaseSummary,
  ): Promise<void> {
    return this.atEase(ctx, async (tx) => {
      await this.staging.planForManyRows(tx);
      const mark = await this.sets.mark(tx, kind, set);
      const counts = await this.sets.compare(tx, releaseId, kind, set, summary.repeated);
      await this.accounts.finishComparison(tx, releaseId, {
        mark,
        keepHours: KEEP_HOURS,
        rejected: await this.accounts.countRejected(tx, releaseId),
        counts: {
          inserted: counts.added,
          updated: counts.changed,
          unchanged: counts.unchanged,
          discontinued: counts.closed,
        },
        summary: { ...summary, repeated: counts.repeated, severities: counts.severities },
      });
    });
  }

  private async applyStaged(
    ctx: RequestContext,
    releaseId: number,
    options: ApplyOptions,
    began: () => void,
  ): Promise<void> {
    const release = await this.find(ctx, releaseId);
    if (release.status !== 'staged') throw notReady(release, 'applied');
    if ((await this.uow.read(ctx, (tx) => this.sets.howManyStaged(tx, releaseId))) === 0)
      throw new ReleaseNotReady(
        'Its staged rows were lost in a crash of the database. Import the file again.',
      );
    const progress = this.teller(releaseId, options.onProgress);
    try {
      await this.setStatus(ctx, releaseId, 'staged', 'applying');
      began();
      const closesMany = release.discontinueMany || options.discontinueMany === true;
      await this.bringIn(ctx, release, closesMany, progress);
    } catch (error) {
      // A refusal leaves the release where it was, to be applied in another way or dropped.
      if (error instanceof DomainError)
        await this.setStatus(ctx, releaseId, 'applying', 'staged', error.message);
      else await this.markFailed(ctx, releaseId, error);
      throw error;
    } finally {
      await progress.end();
    }
  }

  /** The one transaction that changes rules. */
  private async bringIn(
    ctx: RequestContext,
    release: RuleRelease,
    closesMany: boolean,
    progress: ProgressTeller,
  ): Promise<void> {
    const started = performance.now();
    const { releaseId, ruleKind, source } = release;
    progress.phase('applying');
    const isApplied = await this.atEase(ctx, async (tx) => {
      await this.staging.planForManyRows(tx);
      if (!(await this.sets.apply(tx, releaseId, ruleKind, source, release.comparedWith))) return false;
      const counts = await this.accounts.countsAsCompared(tx, releaseId);
      if (!closesMany)
        refuseTruncated('rules', {
          discontinued: counts.discontinued,
          accepted: counts.inserted + counts.updated + counts.unchanged,
        });
      await this.accounts.finishRelease(tx, releaseId, userOf(ctx), {
        ...counts,
        applySeconds: seconds(started),
      });
      return true;
    });
    if (!isApplied) {
      await this.compare(ctx, releaseId, ruleKind, source, summaryOf(release.summary));
      throw new RulesMoved(releaseId);
    }
    progress.phase('finishing');
    await this.atEase(ctx, (tx) => this.staging.dropLeftovers(tx));
  }

  private async takeBack(
    ctx: RequestContext,
    releaseId: number,
    options: RevertOptions,
    began: () => void,
  ): Promise<RuleRevertOutcome> {
    const release = await this.find(ctx, releaseId);
    if (release.status !== 'applied') throw notReady(release, 'taken back');
    if (!release.isRevertible)
      throw new ReleaseNotReady('Only the latest applied release of a source can be taken back.');
    const patience = setTimeout(began, LONG_REVERT_MS);
    try {
      await this.setStatus(ctx, releaseId, 'applied', 'reverting');
      const result = await this.atEase(ctx, async (tx) => {
        await this.staging.planForManyRows(tx);
        const outcome = await this.sets.revert(tx, releaseId, release.ruleKind, options.force === true);
        if ('edited' in outcome) throw new RulesEditedSince(outcome.edited, outcome.codes);
        await this.accounts.finishRevert(tx, releaseId, userOf(ctx), outcome);
        return outcome;
      });
      began();
      return result;
    } catch (error) {
      const why =
        error instanceof DomainError ? error.message : 'It could not be taken back; the log says why.';
      await this.setStatus(ctx, releaseId, 'reverting', 'applied', why);
      throw error;
    } finally {
      clearTimeout(patience);
    }
  }

  private async setStatus(
    ctx: RequestContext,
    releaseId: number,
    from: Release['status'],
    to: Release['status'],
    why: string | null = null,
  ): Promise<void> {
    await this.uow.runAsAdmin(ctx, (tx) => this.staging.setStatus(tx, releaseId, from, to, why));
  }

  /** Work without the bounds meant for requests. */
  private atEase<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      await this.staging.allowLongWork(tx);
      return work(tx);
    });
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
    await this.atEase(ctx, (tx) => this.staging.markFailed(tx, releaseId, why)).catch(() => undefined); // the next import clears it; the error that brought us here is the one to report
  }
}
