import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { adjudicate, type Adjudication } from './adjudication.domain.js';
import { CoverageRepository } from './coverage.repository.js';
import type { PayerClaim, PayerPort } from './payer-port.types.js';

/** The payer that is always there: answers by the plans and rules on record here. It keeps nothing, so it has nothing to reverse. */
@Injectable()
export class LocalAdjudicator implements PayerPort {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly coverage: CoverageRepository,
  ) {}

  adjudicate(ctx: RequestContext, claim: PayerClaim): Promise<Adjudication> {
    const { insuranceId, serviceDate, prescriptionId, fillNumber } = claim;
    const { drugId } = claim.medicine;
    return this.uow.read(ctx, async (tx) => {
      const supply = { drugId, serviceDate, prescriptionId, fillNumber };
      return adjudicate(claim, await this.coverage.coverFacts(tx, insuranceId, supply));
    });
  }

  reverse(): Promise<void> {
    return Promise.resolve();
  }
}
