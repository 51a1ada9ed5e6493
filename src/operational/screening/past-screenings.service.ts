import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { PastScreening, PastScreenings } from '../../reference/clinical/rules/rule-preview.types.js';
import { AlertsRepository } from './alerts.repository.js';

/** Screenings read in one statement. */
const PIECE = 500;

/** Screenings kept, for whoever asks what a rule would have said. */
@Injectable()
export class PastScreeningsService implements PastScreenings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly alerts: AlertsRepository,
  ) {}

  visit(
    ctx: RequestContext,
    months: number,
    limit: number,
    visit: (screening: PastScreening) => void,
  ): Promise<boolean> {
    return this.uow.read(ctx, async (tx) => {
      let before = Number.MAX_SAFE_INTEGER;
      for (let visited = 0; ;) {
        const some = await this.alerts.recentScreenings(tx, ctx.branchId, months, before, PIECE);
        for (const screening of some) {
          if (visited === limit) return true;
          visit(screening);
          visited += 1;
          before = screening.screeningId;
        }
        if (some.length < PIECE) return false;
      }
    });
  }
}
