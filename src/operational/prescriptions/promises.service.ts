import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation, StaleVersion } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Clock } from '../../platform/time/clock.js';
import { isOpen } from './fill-status.domain.js';
import { FillsRepository, type ShownFill } from './fills.repository.js';
import { assertPromise } from './promise.domain.js';
import { PrescriptionsRepository } from './prescriptions.repository.js';
import type { PrescriptionDetail, UpdatePromise } from './prescriptions.schemas.js';
import { PrescriptionsService } from './prescriptions.service.js';

/** By when what is prescribed or filled is promised, and whether somebody waits for it. */
@Injectable()
export class PromisesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly prescriptions: PrescriptionsRepository,
    private readonly fills: FillsRepository,
    private readonly desk: PrescriptionsService,
    private readonly clock: Clock,
  ) {}

  /** Of a prescription's first fill, before it is begun. Throws NotFound, StaleVersion, RuleViolation. */
  ofPrescription(
    ctx: RequestContext,
    prescriptionId: number,
    input: z.output<typeof UpdatePromise>,
  ): Promise<z.output<typeof PrescriptionDetail>> {
    assertPromise(input.promisedAt, this.clock.now());
    return this.uow.run(ctx, async (tx) => {
      const rx = await this.prescriptions.lock(tx, ctx.branchId, prescriptionId);
      if (!rx) throw new NotFound('prescription');
      if (rx.status !== 'draft' && rx.status !== 'pending' && rx.status !== 'on_hold')
        throw new RuleViolation('Its first fill is begun: what is promised stands with the fill.');
      if (!(await this.prescriptions.updatePromise(tx, prescriptionId, input)))
        throw new StaleVersion('prescription');
      return this.desk.shown(tx, ctx, prescriptionId);
    });
  }

  /** Of a fill that is being prepared or waits. Throws NotFound, StaleVersion, RuleViolation. */
  ofFill(ctx: RequestContext, fillId: number, input: z.output<typeof UpdatePromise>): Promise<ShownFill> {
    assertPromise(input.promisedAt, this.clock.now());
    return this.uow.run(ctx, async (tx) => {
      const before = await this.fills.findOne(tx, ctx.branchId, fillId);
      if (!before) throw new NotFound('fill');
      if (!isOpen(before.status)) throw new RuleViolation('Nothing is promised of it any more.');
      if (!(await this.fills.updatePromise(tx, fillId, input))) throw new StaleVersion('fill');
      const after = await this.fills.findOne(tx, ctx.branchId, fillId);
      if (!after) throw new NotFound('fill');
      return after;
    });
  }
}
