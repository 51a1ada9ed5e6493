import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { assertCounterPolicy } from './counter-policy.domain.js';
import { FillCases, type FillCase } from './fill-cases.js';
import { FillStationRepository } from './fill-station.repository.js';
import type { ChooseLot, FillStationView } from './fill-station.schemas.js';
import { COUNTER_PATH, type FillStatus } from './fill-status.domain.js';
import { FillsRepository, type ShownFill } from './fills.repository.js';
import { HandOver } from './hand-over.service.js';
import { needsCounselling } from './pick-up.domain.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { PrescriptionsRepository } from './prescriptions.repository.js';
import type { DispenseFill } from './prescriptions.schemas.js';
import { ScanVerification } from './scan-verification.service.js';

/** What whoever stands at a station needs beside the prescription: shelf, scans, rules of the branch; and the counter's way through. */
@Injectable()
export class FillStationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: FillCases,
    private readonly fills: FillsRepository,
    private readonly station: FillStationRepository,
    private readonly prescriptions: PrescriptionsRepository,
    private readonly branches: BranchesService,
    private readonly scanning: ScanVerification,
    private readonly handOver: HandOver,
    private readonly screening: PrescriptionScreening,
    private readonly inventory: InventoryService,
    private readonly nearMisses: NearMissesService,
  ) {}

  /** A fill as a station shows it. Throws NotFound. */
  look(ctx: RequestContext, fillId: number): Promise<z.output<typeof FillStationView>> {
    return this.uow.read(ctx, async (tx) => {
      const fill = await this.get(tx, ctx, fillId);
      const branch = await this.branches.settings(tx, ctx.branchId);
      const { dispensingPolicy, twoPersonRule, scanPolicy, pickUpIdentifiers, counsellingPolicy } = branch;
      return {
        fill,
        policy: { dispensingPolicy, twoPersonRule, scanPolicy, pickUpIdentifiers, counsellingPolicy },
        scans: await this.station.scans(tx, fillId),
        missing: {
          fill: await this.scanning.missing(tx, branch, fillId, 'fill'),
          verify: await this.scanning.missing(tx, branch, fillId, 'verify', ctx.actor.userId),
        },
        shelf: await this.station.shelf(tx, fillId),
        labelsPrinted: await this.station.labelsPrinted(tx, fillId),
        needsCounselling: needsCounselling(counsellingPolicy, fill) && fill.counselling.length === 0,
      };
    });
  }

  /**
   * Takes a fill in progress through to dispensed in one transaction, where the branch works at the counter: verified, put by
   * and handed over by one person, through the guards of each step. Refusals: those of the counter policy, of `scan-required`, of
   * a hand-over and of screening.
   */
  complete(ctx: RequestContext, fillId: number, input: z.output<typeof DispenseFill>): Promise<ShownFill> {
    return this.nearMisses.keeping(ctx, () =>
      this.screening.keepingStops(ctx, () =>
        this.uow.run(ctx, async (tx) => {
          const found = await this.cases.open(tx, ctx, fillId, 'complete');
          const { rx, fill, branch } = found;
          const { userId } = ctx.actor;
          assertCounterPolicy(ctx.actor.permissions, branch);
          await this.scanning.assertProven(tx, branch, fillId, userId);
          await this.handOver.check(tx, ctx, branch, { ...fill, patientId: rx.patientId }, input.pickUp);
          const refill = await this.cases.refillOf(tx, found);
          const step = { purpose: 'dispense', fillId, drugId: fill.drugId, refill } as const;
          await this.screening.clearStep(tx, ctx, rx, step, input);
          await this.inventory.consumeReservations(tx, ctx.branchId, fillId);
          await this.fills.advance(tx, fillId, 'dispensed', {
            verifiedBy: userId,
            dispensedBy: userId,
            dispensedOn: branch.today,
          });
          await this.note(tx, ctx, found, COUNTER_PATH.slice(1), null);
          return this.get(tx, ctx, fillId);
        }),
      ),
    );
  }

  /**
   * Keeps stock of another lot for a fill in progress, with the reason in its history. Throws NotFound for a lot of another product
   * or branch, LotNotDispensable, InsufficientStock.
   */
  chooseLot(ctx: RequestContext, fillId: number, input: z.output<typeof ChooseLot>): Promise<ShownFill> {
    return this.uow.run(ctx, async (tx) => {
      const found = await this.cases.open(tx, ctx, fillId, 'choose-lot');
      const before = await this.get(tx, ctx, fillId);
      const { drugId, quantity } = before;
      const lot = { lotId: input.lotId, drugId, quantity };
      const { lotNumber } = await this.inventory.reserveLot(tx, ctx.branchId, fillId, lot);
      const from = before.lots.map((one) => one.lotNumber).join(', ');
      await this.note(tx, ctx, found, ['in_progress'], `lot ${from} → ${lotNumber}: ${input.reason}`);
      return this.get(tx, ctx, fillId);
    });
  }

  private async get(tx: Tx, ctx: RequestContext, fillId: number): Promise<ShownFill> {
    const fill = await this.fills.findOne(tx, ctx.branchId, fillId);
    if (!fill) throw new NotFound('fill');
    return fill;
  }

  /** Rows of history for the states a fill went through from where it stands. */
  private note(
    tx: Tx,
    ctx: RequestContext,
    { rx, fill }: FillCase,
    states: readonly FillStatus[],
    reason: string | null,
  ): Promise<void> {
    return this.prescriptions.insertEvents(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillId: fill.fillId,
      steps: states.map((to, at) => [states[at - 1] ?? fill.status, to] as const),
      reason,
      userId: ctx.actor.userId,
    });
  }
}
