import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { DueRefill } from '../../reference/clinical/clinical.types.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { assertFillStep, stands, type FillStatus } from './fill-status.domain.js';
import { FillsRepository, type LockedFill, type ShownFill, type StepMarks } from './fills.repository.js';
import { renderLabel, type LabelLanguage } from './label.domain.js';
import {
  FillSold,
  NoLabel,
  PrescriptionNotFillable,
  ReversalTooLate,
  SecondPersonRequired,
} from './prescription-refusals.domain.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { assertPrescriptionStep } from './prescription-status.domain.js';
import { PrescriptionsRepository, type LockedPrescription } from './prescriptions.repository.js';
import type { DispenseFill, VerifyFill } from './prescriptions.schemas.js';
import type { FillForSale } from './prescriptions.types.js';
import { madeFillEligibleOn, statusByFills } from './refill.domain.js';

/** A step of a fill under the locks of its prescription and itself. */
interface Step {
  readonly rx: LockedPrescription;
  readonly fill: LockedFill;
  readonly to: FillStatus;
  readonly marks?: StepMarks;
  readonly reason?: string;
}

/** What happens to a fill after it is made: verified, ready, dispensed, taken back; its label; its sale. */
@Injectable()
export class FillsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly prescriptions: PrescriptionsRepository,
    private readonly fills: FillsRepository,
    private readonly screening: PrescriptionScreening,
    private readonly inventory: InventoryService,
    private readonly branches: BranchesService,
  ) {}

  /** One fill with its lots. */
  findOne(ctx: RequestContext, fillId: number): Promise<ShownFill> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, fillId));
  }

  /**
   * A pharmacist's check: another person than the filler where the branch asks for it. Screens again; a stop that was
   * not there when it was filled must be overridden now. Refusals: `second-person-required`, `screening-stop`.
   */
  verify(ctx: RequestContext, fillId: number, input: z.output<typeof VerifyFill>): Promise<ShownFill> {
    return this.screening.keepingStops(ctx, () =>
      this.stepping(ctx, fillId, async (tx, rx, fill) => {
        assertFillStep(fill.status, 'verified');
        const branch = await this.branches.settings(tx, ctx.branchId);
        if (branch.twoPersonRule && fill.filledBy === ctx.actor.userId) throw new SecondPersonRequired();
        assertLive(rx, branch.today);
        const refill = await this.refillOf(tx, rx, fill, branch);
        const step = { purpose: 'verify', fillId, drugId: fill.drugId, refill } as const;
        await this.screening.clearStep(tx, ctx, rx, step, input);
        await this.advance(tx, ctx, {
          rx,
          fill,
          to: 'verified',
          marks: { verifiedBy: ctx.actor.userId },
        });
      }),
    );
  }

  /** Puts a verified fill into the will-call bin. */
  ready(ctx: RequestContext, fillId: number, bin: string | undefined): Promise<ShownFill> {
    return this.stepping(ctx, fillId, (tx, rx, fill) =>
      this.advance(tx, ctx, { rx, fill, to: 'ready', marks: { bin } }),
    );
  }

  /**
   * Hands a ready fill over: what was reserved leaves stock. Nothing is dispensed under a dead prescription. It is screened
   * once more: what came up since it was verified must be overridden now. Refusals: `screening-stop`, `step-up-required`.
   */
  dispense(ctx: RequestContext, fillId: number, input: z.output<typeof DispenseFill>): Promise<ShownFill> {
    return this.screening.keepingStops(ctx, () =>
      this.stepping(ctx, fillId, async (tx, rx, fill) => {
        assertFillStep(fill.status, 'dispensed');
        const branch = await this.branches.settings(tx, ctx.branchId);
        assertLive(rx, branch.today);
        const refill = await this.refillOf(tx, rx, fill, branch);
        const step = { purpose: 'dispense', fillId, drugId: fill.drugId, refill } as const;
        await this.screening.clearStep(tx, ctx, rx, step, input);
        await this.inventory.consumeReservations(tx, ctx.branchId, fillId);
        const marks = { dispensedBy: ctx.actor.userId, dispensedOn: branch.today };
        await this.advance(tx, ctx, { rx, fill, to: 'dispensed', marks });
      }),
    );
  }

  /** Gives up a fill that was not handed over: its stock is free again, and so is its share of the authority. */
  returnToStock(ctx: RequestContext, fillId: number, reason: string | undefined): Promise<ShownFill> {
    return this.stepping(ctx, fillId, async (tx, rx, fill) => {
      assertFillStep(fill.status, 'returned_to_stock');
      await this.inventory.releaseReservations(tx, fillId);
      await this.advance(tx, ctx, { rx, fill, to: 'returned_to_stock', reason });
      await this.stepBack(tx, ctx, rx);
    });
  }

  /**
   * Takes back a dispensing of today that was not sold, so the goods never left: each ledger row is reversed into its
   * lot. What was sold comes back by a return of the sale (`fill-sold`); what is older has left (`reversal-too-late`).
   */
  reverse(ctx: RequestContext, fillId: number, reason: string | undefined): Promise<ShownFill> {
    return this.stepping(ctx, fillId, async (tx, rx, fill) => {
      assertFillStep(fill.status, 'reversed');
      if (await this.fills.wasSold(tx, fillId)) throw new FillSold();
      const { today } = await this.branches.settings(tx, ctx.branchId);
      if (fill.dispensedOn !== today) throw new ReversalTooLate(fill.dispensedOn ?? '');
      await this.fills.reverseMovements(tx, fillId, reason ?? 'fill reversed');
      await this.advance(tx, ctx, { rx, fill, to: 'reversed', reason });
      await this.stepBack(tx, ctx, rx);
    });
  }

  /** The label as a printable page, in the patient's language unless another is asked for; that it was read is recorded. */
  label(
    ctx: RequestContext,
    fillId: number,
    options: { readonly lang?: LabelLanguage; readonly copy: boolean },
  ): Promise<string> {
    return this.uow.run(ctx, async (tx) => {
      const row = await this.fills.label(tx, ctx.branchId, fillId);
      if (!row) throw new NotFound('fill');
      if (!stands(row.status)) throw new NoLabel();
      const fill = await this.get(tx, ctx, fillId);
      await this.prescriptions.logRead(tx, fill.prescriptionId);
      const language = options.lang ?? row.language;
      const inArabic = language === 'ar';
      const arabicName = [row.firstNameAr, row.lastNameAr].filter((name) => name !== null).join(' ');
      return renderLabel(
        {
          ...row,
          patientName: inArabic && arabicName !== '' ? arabicName : `${row.firstName} ${row.lastName}`,
          drugName: (inArabic ? row.drugNameAr : null) ?? row.drugName,
          prescriberName: (inArabic ? row.prescriberNameAr : null) ?? row.prescriberName,
          branchName: (inArabic ? row.branchNameAr : null) ?? row.branchName,
          fillOrdinal: row.fillNumber + 1,
          lots: fill.lots,
        },
        language,
        options.copy,
      );
    });
  }

  /** What a sale must know of fills; locks them, so that a fill is not sold and reversed at once. */
  forSale(tx: Tx, fillIds: readonly number[]): Promise<FillForSale[]> {
    return fillIds.length === 0 ? Promise.resolve([]) : this.fills.lockForSale(tx, fillIds);
  }

  /** When the fill is not early, for screening to judge once more. */
  private async refillOf(
    tx: Tx,
    rx: LockedPrescription,
    fill: LockedFill,
    { earlyRefillShare }: BranchSettings,
  ): Promise<DueRefill | undefined> {
    const fills = await this.prescriptions.earlierFills(tx, rx.prescriptionId);
    const eligibleOn = madeFillEligibleOn({ ...rx, fills }, fill, earlyRefillShare);
    const { drugId, fillNumber } = fill;
    return eligibleOn === undefined ? undefined : { drugId, fillNumber, eligibleOn };
  }

  private async get(tx: Tx, ctx: RequestContext, fillId: number): Promise<ShownFill> {
    const fill = await this.fills.findOne(tx, ctx.branchId, fillId);
    if (!fill) throw new NotFound('fill');
    return fill;
  }

  /** Locks the prescription, then the fill, as every command does, takes the step, and answers the fill as it is then. */
  private stepping(
    ctx: RequestContext,
    fillId: number,
    step: (tx: Tx, rx: LockedPrescription, fill: LockedFill) => Promise<void>,
  ): Promise<ShownFill> {
    return this.uow.run(ctx, async (tx) => {
      const prescriptionId = await this.fills.prescriptionOf(tx, ctx.branchId, fillId);
      if (prescriptionId === undefined) throw new NotFound('fill');
      const rx = await this.prescriptions.lock(tx, ctx.branchId, prescriptionId);
      if (!rx) throw new NotFound('fill');
      await step(tx, rx, await this.fills.lock(tx, fillId));
      return this.get(tx, ctx, fillId);
    });
  }

  private async advance(tx: Tx, ctx: RequestContext, step: Step): Promise<void> {
    const { rx, fill, to, marks, reason } = step;
    assertFillStep(fill.status, to);
    await this.fills.advance(tx, fill.fillId, to, marks ?? {});
    await this.prescriptions.insertEvents(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillId: fill.fillId,
      steps: [[fill.status, to]],
      reason: reason ?? null,
      userId: ctx.actor.userId,
    });
  }

  /** After a fill was undone: the prescription stands where its remaining fills say, unless it is held or ended. */
  private async stepBack(tx: Tx, ctx: RequestContext, rx: LockedPrescription): Promise<void> {
    if (rx.status !== 'filled' && rx.status !== 'completed') return;
    const to = statusByFills({
      quantity: Quantity.of(rx.quantity),
      refillsAuthorized: rx.refillsAuthorized,
      fills: await this.prescriptions.earlierFills(tx, rx.prescriptionId),
    });
    if (to === rx.status) return;
    assertPrescriptionStep(rx.status, to);
    await this.prescriptions.setStatus(tx, rx.prescriptionId, to);
    await this.prescriptions.insertEvents(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillId: null,
      steps: [[rx.status, to]],
      reason: null,
      userId: ctx.actor.userId,
    });
  }
}

/** The database refuses the same (MD005); here the reason is known. */
function assertLive(rx: LockedPrescription, today: string): void {
  if (rx.status !== 'filled' && rx.status !== 'completed' && rx.status !== 'pending')
    throw new PrescriptionNotFillable('status', { status: rx.status });
  if (today > rx.expiresOn) throw new PrescriptionNotFillable('expired', { expiresOn: rx.expiresOn });
}
