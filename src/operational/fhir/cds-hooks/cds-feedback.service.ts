import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { CdsHooksRepository } from './cds-hooks.repository.js';
import type { CdsFeedback, CdsFeedbackQuery, CdsFeedbackRow } from './cds-hooks.schemas.js';
import { requireService } from './cds-hooks.service.js';

/** What clinicians made of our cards, as their program reports it: kept as it came, never changed. */
@Injectable()
export class CdsFeedbackService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: CdsHooksRepository,
  ) {}

  /**
   * Stores feedback, all of it or none. The same card may be reported again: the specification allows it, and each report
   * is kept. Throws NotFound for a service there is not.
   */
  async store(ctx: RequestContext, serviceId: string, feedback: CdsFeedback): Promise<{ stored: number }> {
    requireService(serviceId);
    const stored = await this.uow.run(ctx, (tx) => this.records.insertFeedback(tx, ctx, serviceId, feedback));
    return { stored };
  }

  /** A page of the feedback of the reader's branches, newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof CdsFeedbackQuery>): Promise<Page<CdsFeedbackRow>> {
    const { page, limit, outcome, ruleCode, known } = query;
    return this.uow.read(ctx, async (tx) => {
      const filter = { outcome, ruleCode, known: known === undefined ? undefined : known === 'true' };
      const { rows, total } = await this.records.findFeedback(tx, filter, limit, (page - 1) * limit);
      return { data: rows, meta: { total, page, limit } };
    });
  }
}
