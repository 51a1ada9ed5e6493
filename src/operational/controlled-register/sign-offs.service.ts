import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { daysBetween } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { CountMissing, DayClosed, DifferenceUnexplained } from './sign-offs.errors.js';
import { SignOffsRepository } from './sign-offs.repository.js';
import type { CountControlled, CountSheet, SheetQuery, SignOffDay } from './sign-offs.schemas.js';
import type { Counted, SignOff } from './sign-offs.types.js';

/** Days within which everything is counted once. */
const ALL_EVERY_DAYS = 7;

/** Counting controlled medicines, and signing their days off. */
@Injectable()
export class SignOffsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly signOffs: SignOffsRepository,
    private readonly branches: BranchesService,
  ) {}

  /** What is to be counted to sign a day off, which days are overdue, and whether everything is to be counted again. */
  sheet(ctx: RequestContext, query: z.output<typeof SheetQuery>): Promise<z.input<typeof CountSheet>> {
    return this.uow.read(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const businessDay = query.day ?? today;
      const { lastDay, lastAllDay } = await this.signOffs.last(tx, ctx.branchId);
      return {
        businessDay,
        today,
        scope: query.scope,
        lastDay,
        isAllDue: lastAllDay === null || daysBetween(lastAllDay, today) >= ALL_EVERY_DAYS,
        overdue: await this.signOffs.overdueDays(tx, ctx.branchId, today),
        drugs: (await this.signOffs.toCount(tx, ctx.branchId, businessDay, query.scope === 'all')).map(
          (drug) => ({ ...drug, lots: [...drug.lots] }),
        ),
      };
    });
  }

  /** Keeps what somebody counted; says whether it is what the register says, and not what that is. Throws NotFound. */
  count(ctx: RequestContext, input: z.output<typeof CountControlled>): Promise<Counted> {
    return this.uow.run(ctx, (tx) => this.signOffs.insertCount(tx, ctx.branchId, input, ctx.actor.userId));
  }

  /**
   * Signs off a day with all open ones before it, by the last count of each product. The database asks the same at commit. Throws
   * DayClosed, CountMissing, DifferenceUnexplained.
   */
  sign(ctx: RequestContext, input: z.output<typeof SignOffDay>): Promise<SignOff> {
    const { businessDay, scope } = input;
    return this.uow.run(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const { lastDay } = await this.signOffs.last(tx, ctx.branchId);
      if (businessDay > today || (lastDay !== null && businessDay <= lastDay))
        throw new DayClosed({ lastDay });
      const drugs = await this.signOffs.toCount(tx, ctx.branchId, businessDay, scope === 'all');
      const missing = drugs.filter(({ countId, isStale }) => countId === null || isStale);
      if (missing.length > 0) throw new CountMissing(missing.map(({ drugId }) => drugId));
      const said = new Map(input.explanations.map(({ drugId, text }) => [drugId, text]));
      const unexplained = drugs.filter(({ drugId, differs }) => differs && !said.has(drugId));
      if (unexplained.length > 0) throw new DifferenceUnexplained(unexplained.map(({ drugId }) => drugId));
      const signOff = { businessDay, scope, note: input.note ?? null };
      const signOffId = await this.signOffs.insert(tx, ctx.branchId, signOff, ctx.actor.userId);
      const counts = drugs.flatMap(({ drugId, countId, differs }) =>
        countId === null ? [] : { drugId, countId, explanation: differs ? (said.get(drugId) ?? null) : null },
      );
      await this.signOffs.insertCounts(tx, ctx.branchId, signOffId, counts);
      const signed = await this.signOffs.find(tx, ctx.branchId, signOffId);
      if (!signed) throw new NotFound('sign-off');
      return signed;
    });
  }

  /** Days signed off, newest first, each with its counts, what was expected, and explanations. */
  findPage(ctx: RequestContext, { page, limit }: { page: number; limit: number }): Promise<Page<SignOff>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.signOffs.findPage(tx, ctx.branchId, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }
}
