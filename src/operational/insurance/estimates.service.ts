import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { DrugsService } from '../../reference/drugs/drugs.service.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { adjudicate } from './adjudication.domain.js';
import type { ClaimsEstimate, EstimateClaims } from './claims.schemas.js';
import { CoverageRepository } from './coverage.repository.js';

/** What a patient would pay of a fill made today, by the plans on record here. No payer is asked and nothing is kept. */
@Injectable()
export class EstimatesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly coverage: CoverageRepository,
    private readonly drugs: DrugsService,
    private readonly branches: BranchesService,
  ) {}

  /** A payer that would refuse bears nothing, and the next one is asked for all of it. Throws NotFound. */
  estimate(
    ctx: RequestContext,
    input: z.output<typeof EstimateClaims>,
  ): Promise<z.output<typeof ClaimsEstimate>> {
    return this.uow.read(ctx, async (tx) => {
      const { today, currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
      const drug = (await this.drugs.sellable(tx, [input.drugId])).get(input.drugId);
      const medicine = await this.coverage.medicine(tx, input.drugId);
      if (!drug || !medicine) throw new NotFound('drug');
      const price = Money.of(drug.price).share(
        Quantity.of(input.quantity),
        Quantity.of(drug.unitsPerPack),
        currencyDecimals,
      );
      let left = price.toString();
      const payers: z.output<typeof ClaimsEstimate>['payers'] = [];
      for (const cover of await this.coverage.coversOf(tx, input.patientId, today)) {
        if (Money.of(left).isZero()) break;
        const supply = { drugId: input.drugId, serviceDate: today, prescriptionId: null, fillNumber: null };
        const facts = await this.coverage.coverFacts(tx, cover.insuranceId, supply);
        const { quantity, daysSupply } = input;
        const claim = { amount: left, quantity, daysSupply, serviceDate: today, medicine, currencyDecimals };
        const answer = adjudicate(claim, facts);
        if (answer.outcome === 'adjudicated') left = answer.patientShare;
        payers.push({
          ...cover,
          payerShare: answer.outcome === 'adjudicated' ? answer.payerShare : null,
          rejectCode: answer.outcome === 'rejected' ? answer.code : null,
        });
      }
      return { price: price.toString(), patientShare: left, payers };
    });
  }
}
