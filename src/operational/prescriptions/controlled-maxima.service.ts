import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ControlledLimitsRepository, type Maximum } from './controlled-limits.repository.js';
import type { SetControlledMaximum } from './controlled-limits.schemas.js';

/** What one prescription may hold of a controlled product, where a cap is a number of times that. */
@Injectable()
export class ControlledMaximaService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly limits: ControlledLimitsRepository,
  ) {}

  findPage(ctx: RequestContext, { page, limit }: { page: number; limit: number }): Promise<Page<Maximum>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.limits.maxima(tx, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  /** Enters the figure of a product, or another one. Throws NotFound for a product that is not there. */
  set(
    ctx: RequestContext,
    input: z.output<typeof SetControlledMaximum>,
  ): Promise<Pick<Maximum, 'jurisdiction' | 'drugId' | 'quantity' | 'source'>> {
    return this.uow.run(ctx, async (tx) => {
      await this.limits.setMaximum(tx, ctx.actor.userId, input);
      return input;
    });
  }

  /** Takes the figure of a product out: it has no cap from then on. Throws NotFound where it has none. */
  end(ctx: RequestContext, jurisdiction: Maximum['jurisdiction'], drugId: number): Promise<void> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.limits.endMaximum(tx, jurisdiction, drugId))) throw new NotFound('maximum');
    });
  }
}
