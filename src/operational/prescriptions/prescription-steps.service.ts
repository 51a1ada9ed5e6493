import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, RuleViolation } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { DrugsService } from '../../reference/drugs/drugs.service.js';
import { stands } from './fill-status.domain.js';
import { assertNoneOpen, PrescriptionCases, type PrescriptionCase } from './prescription-cases.js';
import { PrescriptionRecordsRepository } from './prescription-records.repository.js';
import {
  prescriptionCommands,
  type PrescriptionCommand,
  type PrescriptionStatus,
} from './prescription-status.domain.js';
import type { PrescriptionDetail, ReportStop, TransferPrescription } from './prescriptions.schemas.js';
import { PrescriptionsService } from './prescriptions.service.js';
import { nextFillNumber, remainingAuthority, statusByFills } from './refill.domain.js';
import { assertTransferable } from './transfer.domain.js';

type Detail = z.output<typeof PrescriptionDetail>;

/** What is done with a prescription beside filling it: submitted, reviewed, held, released, transferred. */
@Injectable()
export class PrescriptionStepsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: PrescriptionCases,
    private readonly records: PrescriptionRecordsRepository,
    private readonly desk: PrescriptionsService,
    private readonly drugs: DrugsService,
  ) {}

  /** Ends a draft: it may be filled from now on. */
  submit(ctx: RequestContext, prescriptionId: number, reason: string | undefined): Promise<Detail> {
    return this.move(ctx, prescriptionId, 'submit', reason, async () => 'pending');
  }

  /**
   * A pharmacist's review of the next fill, with all alerts as of now in the answer. Where the branch reviews first
   * nothing is filled without it; it answers no alert: a stop is overridden with the fill it lets through.
   * Throws InvalidTransition, Duplicate when that fill was reviewed before.
   */
  review(ctx: RequestContext, prescriptionId: number, note: string | undefined): Promise<Detail> {
    return this.uow.run(ctx, async (tx) => {
      const { authority } = await this.cases.open(tx, ctx, prescriptionId, 'review');
      const shown = await this.desk.shown(tx, ctx, prescriptionId);
      await this.records.insertReview(tx, {
        branchId: ctx.branchId,
        prescriptionId,
        fillNumber: nextFillNumber(authority),
        alertIds: shown.alerts.map((alert) => alert.alertId),
        note,
        userId: ctx.actor.userId,
      });
      return { ...shown, reviews: await this.records.reviews(tx, prescriptionId) };
    });
  }

  /** Stops filling for now. */
  hold(ctx: RequestContext, prescriptionId: number, reason: string | undefined): Promise<Detail> {
    return this.move(ctx, prescriptionId, 'hold', reason, async () => 'on_hold');
  }

  /** Ends a hold: back to where its fills say it stands. */
  release(ctx: RequestContext, prescriptionId: number, reason: string | undefined): Promise<Detail> {
    return this.move(ctx, prescriptionId, 'release', reason, async (_, { authority }) =>
      statusByFills(authority),
    );
  }

  /**
   * Hands what is left of the authority, owed rests included, to another pharmacy: it ends here, and what went is on
   * record. Refusals: `prescription-has-open-fills` (409), `transfer-refused` (422).
   */
  transfer(
    ctx: RequestContext,
    prescriptionId: number,
    input: z.output<typeof TransferPrescription>,
  ): Promise<Detail> {
    return this.move(ctx, prescriptionId, 'transfer', input.reason, async (tx, found) => {
      assertNoneOpen(found);
      const { rx, branch, authority } = found;
      const given = authority.fills.filter((fill) => stands(fill.status));
      const before = await this.records.transfers(tx, prescriptionId);
      const drug = (await this.drugs.sellable(tx, [rx.drugId])).get(rx.drugId);
      assertTransferable({
        jurisdiction: branch.jurisdiction,
        schedule: drug?.controlledSchedule ?? null,
        isBegun: given.length > 0 || rx.suppliedElsewhere !== undefined,
        cameByTransfer: before.some(({ direction }) => direction === 'in'),
      });
      const left = remainingAuthority(authority);
      const isFirstWhole = given.every((fill) => fill.fillNumber > 0);
      await this.records.insertTransfer(tx, {
        branchId: ctx.branchId,
        prescriptionId,
        direction: 'out',
        ...input.to,
        fillsRemaining: left.refills + (isFirstWhole ? 1 : 0),
        quantityRemaining: left.quantity.toString(),
        lastFill:
          given.toSorted((a, b) => (a.suppliedOn < b.suppliedOn ? -1 : 1)).at(-1) ?? rx.suppliedElsewhere,
        userId: ctx.actor.userId,
      });
      return 'transferred';
    });
  }

  /**
   * Notes that a medicine whose prescription was transferred away is no longer taken: screening leaves it out from the day after.
   * Throws NotFound, InvalidTransition for a prescription that was not transferred, RuleViolation for a day to come or before it was
   * written, Duplicate.
   */
  reportStop(
    ctx: RequestContext,
    prescriptionId: number,
    { stoppedOn, note }: z.output<typeof ReportStop>,
  ): Promise<Detail> {
    return this.uow.run(ctx, async (tx) => {
      const { rx, branch } = await this.cases.lock(tx, ctx, prescriptionId);
      if (rx.status !== 'transferred')
        throw new InvalidTransition(
          'prescription',
          rx.status,
          'report-stop',
          prescriptionCommands(rx.status),
        );
      const detail =
        stoppedOn > branch.today
          ? 'must not be after today'
          : stoppedOn < rx.prescribedDate
            ? 'must not be before it was written'
            : undefined;
      if (detail !== undefined)
        throw new RuleViolation('It was not stopped on that day.', {}, [{ pointer: '/stoppedOn', detail }]);
      await this.records.insertStop(tx, {
        branchId: ctx.branchId,
        prescriptionId,
        stoppedOn,
        note,
        userId: ctx.actor.userId,
      });
      return this.desk.shown(tx, ctx, prescriptionId);
    });
  }

  private move(
    ctx: RequestContext,
    prescriptionId: number,
    command: PrescriptionCommand,
    reason: string | undefined,
    target: (tx: Tx, found: PrescriptionCase) => Promise<PrescriptionStatus>,
  ): Promise<Detail> {
    return this.uow.run(ctx, async (tx) => {
      const found = await this.cases.open(tx, ctx, prescriptionId, command);
      await this.cases.move(tx, ctx, found, await target(tx, found), reason);
      return this.desk.shown(tx, ctx, prescriptionId);
    });
  }
}
