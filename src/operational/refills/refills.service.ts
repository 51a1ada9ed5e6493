import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { addDays, daysBetween } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { adherenceOf, commonRefill } from './adherence.domain.js';
import { RefillsRepository } from './refills.repository.js';
import type { AdherenceQuery, AdherenceView, RefillsDuePage, RefillsDueQuery } from './refills.schemas.js';

/** A supply lasts a year at most: what was handed over so long before the window may reach into it. */
const LONGEST_SUPPLY = 366;
/** A medicine that ran out longer ago than this is taken to be no longer used. */
const LAPSED_AFTER = 30;
/** Most days one medicine is supplied for once, to reach the common day. */
const LONGEST_BRIDGE = 90;

/** Who needs his medicines again, and how steadily they were collected. */
@Injectable()
export class RefillsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly branches: BranchesService,
    private readonly patients: PatientsService,
    private readonly refills: RefillsRepository,
  ) {}

  /** A page of what runs out at the branch, the first to run out first. */
  due(
    ctx: RequestContext,
    query: z.output<typeof RefillsDueQuery>,
  ): Promise<z.output<typeof RefillsDuePage>> {
    return this.uow.read(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const data = await this.refills.due(tx, ctx.branchId, today, query);
      const last = data.length < query.limit ? undefined : data.at(-1);
      return {
        data,
        meta: { limit: query.limit, nextCursor: last ? `${last.dueOn}.${last.prescriptionId}` : null },
      };
    });
  }

  /**
   * Days covered of each product handed over here, and one day proposed for all refills. What was not collected here is not
   * known, and counts as a gap. That the record was read is recorded. Throws NotFound.
   */
  adherence(
    ctx: RequestContext,
    patientId: number,
    { days }: z.output<typeof AdherenceQuery>,
  ): Promise<z.output<typeof AdherenceView>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const window = { from: addDays(today, 1 - days), to: today };
      const supplied = await this.refills.supplies(
        tx,
        patient.patientId,
        addDays(window.from, -LONGEST_SUPPLY),
      );
      const products = supplied.flatMap(({ supplies, ...product }) => {
        const found = adherenceOf(supplies, window);
        return found ? [{ ...product, ...found, gaps: [...found.gaps] }] : [];
      });
      const current = products.filter(({ runsOutOn }) => daysBetween(runsOutOn, today) <= LAPSED_AFTER);
      const common = commonRefill(current, today, LONGEST_BRIDGE);
      return {
        ...window,
        products,
        commonRefill: common ? { on: common.on, bridges: [...common.bridges] } : null,
      };
    });
  }
}
