import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { foldText } from '../../platform/text/fold.js';
import { UnknownBin } from './will-call.errors.js';
import { WillCallRepository } from './will-call.repository.js';
import type { BinView, CreateBin, UpdateBin, WillCallPage, WillCallQuery } from './will-call.schemas.js';
import type { BinChoice } from './will-call.types.js';

type Bin = z.output<typeof BinView>;

/** What waits to be picked up, and where. */
@Injectable()
export class WillCallService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly willCall: WillCallRepository,
  ) {}

  /** Fills that wait, the longest first, and how many wait how long. */
  findPage(
    ctx: RequestContext,
    query: z.output<typeof WillCallQuery>,
  ): Promise<z.output<typeof WillCallPage>> {
    return this.uow.read(ctx, async (tx) => {
      const rows = await this.willCall.findPage(tx, ctx.branchId, query, foldText(query.q ?? ''));
      const data = rows.map((row) => ({ ...row, price: Money.of(row.price).toString() }));
      return {
        data,
        nextCursor: data.length < query.limit ? null : (data.at(-1)?.fillId ?? null),
        ages: await this.willCall.ages(tx, ctx.branchId),
      };
    });
  }

  bins(ctx: RequestContext): Promise<{ data: Bin[] }> {
    return this.uow.read(ctx, async (tx) => ({ data: await this.willCall.bins(tx, ctx.branchId) }));
  }

  /** Throws Duplicate. */
  createBin(ctx: RequestContext, input: z.output<typeof CreateBin>): Promise<Bin> {
    return this.uow.run(ctx, async (tx) =>
      this.getBin(tx, ctx, await this.willCall.insertBin(tx, ctx.branchId, input)),
    );
  }

  /** Throws NotFound, StaleVersion. */
  updateBin(ctx: RequestContext, binId: number, input: z.output<typeof UpdateBin>): Promise<Bin> {
    return this.uow.run(ctx, async (tx) => {
      await this.getBin(tx, ctx, binId);
      if (!(await this.willCall.updateBin(tx, ctx.branchId, binId, input))) throw new StaleVersion('bin');
      return this.getBin(tx, ctx, binId);
    });
  }

  /**
   * The bin meant by a name. Where the branch keeps a list of bins it must be one of those in use (UnknownBin); a branch
   * without a list writes what it likes.
   */
  async choose(tx: Tx, branchId: number, code: string | undefined): Promise<BinChoice> {
    if (code === undefined) return { code, holdReason: null };
    const bins = await this.willCall.binsInUse(tx, branchId);
    if (bins.length === 0) return { code, holdReason: null };
    const bin = bins.find((one) => one.code === code.toUpperCase());
    if (!bin) throw new UnknownBin();
    return bin;
  }

  private async getBin(tx: Tx, ctx: RequestContext, binId: number): Promise<Bin> {
    const [bin] = await this.willCall.bins(tx, ctx.branchId, binId);
    if (!bin) throw new NotFound('bin');
    return bin;
  }
}
