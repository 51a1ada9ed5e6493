import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { LateTx, Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { AccessRepository } from '../access.repository.js';
import type { Branch } from './branch.entity.js';
import { BranchesRepository } from './branches.repository.js';
import type { BranchQuery, CreateBranch, UpdateBranch } from './branches.schemas.js';
import type { BranchSettings } from './branches.types.js';

/** The pharmacies of the organisation. One sees those one works at; another looks as if it were not there. */
@Injectable()
export class BranchesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly branches: BranchesRepository,
    private readonly access: AccessRepository,
  ) {}

  /** The settings of a branch with its date of today; throws NotFound (a user without a branch has the id 0). */
  async settings(tx: LateTx, branchId: number): Promise<BranchSettings> {
    const settings = await this.branches.settings(tx, branchId);
    if (!settings) throw new NotFound('branch');
    return settings;
  }

  findPage(ctx: RequestContext, query: z.output<typeof BranchQuery>): Promise<Page<Branch>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.branches.findPage(tx, ctx.actor.branchIds, query.page, query.limit);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  findOne(ctx: RequestContext, branchId: number): Promise<Branch> {
    return this.uow.read(ctx, async (tx) => {
      const branch = ctx.actor.branchIds.includes(branchId) ? await this.branches.find(tx, branchId) : null;
      if (!branch) throw new NotFound('branch');
      return branch;
    });
  }

  /** Opens a branch; whoever does works at it from then on, and so do the administrators. */
  create(ctx: RequestContext, input: z.output<typeof CreateBranch>): Promise<Branch> {
    return this.uow.run(ctx, async (tx) => {
      await this.access.lockFor(tx, ctx.actor, 'ManageBranches');
      await this.assertTimeZone(tx, input.timeZone);
      const branch = await this.branches.insert(tx, input);
      await this.branches.giveAccess(tx, branch.branchId, ctx.actor.userId);
      return branch;
    });
  }

  /** Throws NotFound, StaleVersion, Duplicate, RuleViolation. */
  update(ctx: RequestContext, branchId: number, input: z.output<typeof UpdateBranch>): Promise<Branch> {
    const { version, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      const own = await this.access.lockFor(tx, ctx.actor, 'ManageBranches');
      if (!own.branchIds.includes(branchId)) throw new NotFound('branch');
      await this.assertTimeZone(tx, input.timeZone);
      const updated = await this.branches.update(tx, branchId, version, values);
      if (!updated) throw new StaleVersion('branch');
      return updated;
    });
  }

  private async assertTimeZone(tx: Tx, timeZone: string | undefined): Promise<void> {
    if (timeZone === undefined || (await this.branches.knowsTimeZone(tx, timeZone))) return;
    throw new RuleViolation('This time zone does not exist.', {}, [
      { pointer: '/timeZone', detail: 'must be an IANA zone such as "Africa/Cairo"' },
    ]);
  }
}
