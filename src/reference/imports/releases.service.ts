import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { jobContext } from '../../platform/security/request-context.js';
import { HubLinksService } from '../hub/hub-links.service.js';
import type { ChangeKind, RejectedRow, Release, ReleaseChange, ReleaseReport } from './imports.types.js';
import { ReleasesRepository, type StoredRelease } from './releases.repository.js';
import { StagingRepository } from './staging.repository.js';

interface Paging {
  page: number;
  limit: number;
}

const isAtWork = ({ status }: Release): boolean =>
  status === 'reading' || status === 'applying' || status === 'reverting';

const offsetOf = ({ page, limit }: Paging): number => (page - 1) * limit;

/**
 * What is known of releases: their state, accounts, refused rows and changes. Releases of rules are asked for as such
 * (`isOfRules`): whoever may see the one sort need not be able to touch the other.
 */
@Injectable()
export class ReleasesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly releases: ReleasesRepository,
    private readonly staging: StagingRepository,
    private readonly hub: HubLinksService,
  ) {}

  async findPage(
    ctx: RequestContext,
    query: Paging & { source?: string },
    isOfRules = false,
  ): Promise<Page<Release>> {
    const { page, limit, source } = query;
    const read = () =>
      this.uow.read(ctx, (tx) =>
        this.releases.findPage(tx, isOfRules, source ?? null, limit, offsetOf(query)),
      );
    let { rows, total } = await read();
    if (rows.some(isAtWork) && (await this.settle())) ({ rows, total } = await read());
    return { data: rows, meta: { total, page, limit } };
  }

  /** The release with all its accounts; NotFound (404). */
  async report(ctx: RequestContext, releaseId: number, isOfRules = false): Promise<ReleaseReport> {
    let release = await this.find(ctx, releaseId, isOfRules);
    if (isAtWork(release) && (await this.settle())) release = await this.find(ctx, releaseId, isOfRules);
    const { states: _s, priceColumn: _p, discontinueMany: _d, comparedWith: _c, ...known } = release;
    return this.uow.read(ctx, async (tx) => ({
      ...known,
      files: await this.releases.files(tx, releaseId),
      rejects: await this.releases.rejectGroups(tx, releaseId),
    }));
  }

  /** The release as stored; NotFound (404). */
  async find(ctx: RequestContext, releaseId: number, isOfRules = false): Promise<StoredRelease> {
    const release = await this.uow.read(ctx, (tx) => this.releases.find(tx, releaseId));
    if (release === undefined || (release.ruleKind !== null) !== isOfRules) throw new NotFound('release');
    return release;
  }

  /** Whether a release is one of rules; NotFound (404). */
  async isOfRules(ctx: RequestContext, releaseId: number): Promise<boolean> {
    const release = await this.uow.read(ctx, (tx) => this.releases.find(tx, releaseId));
    if (release === undefined) throw new NotFound('release');
    return release.ruleKind !== null;
  }

  async rejects(
    ctx: RequestContext,
    releaseId: number,
    paging: Paging,
    isOfRules = false,
  ): Promise<Page<RejectedRow>> {
    await this.find(ctx, releaseId, isOfRules);
    const { page, limit } = paging;
    return this.uow.read(ctx, async (tx) => ({
      data: await this.releases.rejects(tx, releaseId, limit, offsetOf(paging)),
      meta: { total: await this.releases.countRejects(tx, releaseId), page, limit },
    }));
  }

  async changes(
    ctx: RequestContext,
    releaseId: number,
    query: Paging & { kind?: ChangeKind },
  ): Promise<Page<ReleaseChange>> {
    const release = await this.find(ctx, releaseId);
    const { page, limit, kind } = query;
    const { rows, total } = await this.uow.read(ctx, (tx) =>
      this.releases.changes(tx, release, kind ?? null, limit, offsetOf(query)),
    );
    return { data: rows, meta: { total, page, limit } };
  }

  /**
   * Marks releases as failed whose process has ended, and drops previews whose time is up; false while an import is at
   * work, which alone may say what is stale. At a branch of a hub all of them are the hub's.
   */
  settle(): Promise<boolean> {
    return this.uow.runAsAdmin(jobContext(), async (tx) => {
      if (await this.hub.isBranch(tx)) return false;
      await this.staging.allowLongWork(tx);
      if (!(await this.staging.tryLock(tx))) return false;
      await this.staging.clearStale(tx);
      return true;
    });
  }
}
