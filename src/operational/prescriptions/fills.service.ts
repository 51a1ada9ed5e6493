import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClaimSharesService } from '../insurance/claim-shares.service.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { LabelsService } from '../labels/labels.service.js';
import type { LabelOptions, LabelSource } from '../labels/labels.types.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { WillCallService } from '../will-call/will-call.service.js';
import { FillCases, type FillCase } from './fill-cases.js';
import { stands, type FillCommand, type FillStatus } from './fill-status.domain.js';
import { FillsRepository, type ShownFill, type StepMarks } from './fills.repository.js';
import { HandOver } from './hand-over.service.js';
import { PickUpsRepository } from './pick-ups.repository.js';
import { FillSold, NoLabel, ReversalTooLate, SecondPersonRequired } from './prescription-refusals.domain.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { PrescriptionsRepository, type LockedPrescription } from './prescriptions.repository.js';
import type { CounselFill } from './pick-up.schemas.js';
import type { DispenseFill, VerifyFill } from './prescriptions.schemas.js';
import { ScanVerification } from './scan-verification.service.js';
import type { FillForSale } from './prescriptions.types.js';
import { statusByFills } from './refill.domain.js';

/** A step of a fill that is possible. */
interface Step extends FillCase {
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
    private readonly cases: FillCases,
    private readonly scanning: ScanVerification,
    private readonly handOver: HandOver,
    private readonly pickUps: PickUpsRepository,
    private readonly claims: ClaimSharesService,
    private readonly willCall: WillCallService,
    private readonly nearMisses: NearMissesService,
    private readonly labels: LabelsService,
  ) {}

  /** One fill with its lots. */
  findOne(ctx: RequestContext, fillId: number): Promise<ShownFill> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, fillId));
  }

  /**
   * A pharmacist's check: another person than the filler where the branch asks for it. Screens again; a stop that was
   * not there when it was filled must be overridden now. Refusals: `second-person-required`, `scan-required`, `screening-stop`.
   */
  verify(ctx: RequestContext, fillId: number, input: z.output<typeof VerifyFill>): Promise<ShownFill> {
    return this.screening.keepingStops(ctx, () =>
      this.stepping(ctx, fillId, 'verify', async (tx, found) => {
        const { rx, fill, branch } = found;
        if (branch.twoPersonRule && fill.filledBy === ctx.actor.userId) throw new SecondPersonRequired();
        await this.scanning.assertProven(tx, branch, fillId, ctx.actor.userId);
        const refill = await this.cases.refillOf(tx, found);
        const step = { purpose: 'verify', fillId, drugId: fill.drugId, refill } as const;
        await this.screening.clearStep(tx, ctx, rx, step, input);
        await this.advance(tx, ctx, { ...found, to: 'verified', marks: { verifiedBy: ctx.actor.userId } });
      }),
    );
  }

  /** Puts a verified fill into a will-call bin, one that holds it back too. Throws UnknownBin. */
  ready(ctx: RequestContext, fillId: number, bin: string | undefined): Promise<ShownFill> {
    return this.stepping(ctx, fillId, 'ready', async (tx, found) => {
      const { code } = await this.willCall.choose(tx, ctx.branchId, bin);
      await this.advance(tx, ctx, { ...found, to: 'ready', marks: { bin: code } });
    });
  }

  /** Puts a fill that waits into another bin. Throws UnknownBin. */
  move(ctx: RequestContext, fillId: number, bin: string): Promise<ShownFill> {
    return this.stepping(ctx, fillId, 'move', async (tx, found) => {
      const { code } = await this.willCall.choose(tx, ctx.branchId, bin);
      const reason = `bin ${found.fill.bin ?? '–'} → ${code ?? '–'}`;
      await this.advance(tx, ctx, { ...found, to: 'ready', marks: { bin: code }, reason });
    });
  }

  /** Notes the advice a pharmacist gave with a fill that waits, or that it was declined. */
  counsel(ctx: RequestContext, fillId: number, input: z.output<typeof CounselFill>): Promise<ShownFill> {
    return this.stepping(ctx, fillId, 'counsel', (tx) => this.handOver.counsel(tx, ctx, fillId, input));
  }

  /**
   * Hands a ready fill over: what was reserved leaves stock. Nothing is dispensed under a dead prescription. It is screened
   * once more: what came up since it was verified must be overridden now. Refusals: `screening-stop`, `step-up-required`,
   * `bin-held`, `identifiers-required`, `identifier-mismatch`, `counselling-required`.
   */
  dispense(ctx: RequestContext, fillId: number, input: z.output<typeof DispenseFill>): Promise<ShownFill> {
    return this.keepingRefusals(ctx, () =>
      this.stepping(ctx, fillId, 'dispense', async (tx, found) => {
        const { rx, fill, branch } = found;
        await this.handOver.check(tx, ctx, branch, { ...fill, patientId: rx.patientId }, input.pickUp);
        const refill = await this.cases.refillOf(tx, found);
        const step = { purpose: 'dispense', fillId, drugId: fill.drugId, refill } as const;
        await this.screening.clearStep(tx, ctx, rx, step, input);
        await this.inventory.consumeReservations(tx, ctx.branchId, fillId);
        const marks = { dispensedBy: ctx.actor.userId, dispensedOn: branch.today };
        await this.advance(tx, ctx, { ...found, to: 'dispensed', marks });
      }),
    );
  }

  /**
   * Gives up a fill that was not handed over: its stock is free again in its lots, and so is its share of the authority.
   * Its claims are reversed with it.
   */
  returnToStock(ctx: RequestContext, fillId: number, reason: string | undefined): Promise<ShownFill> {
    return this.takingBack(ctx, fillId, 'return-to-stock', async (tx, found) => {
      await this.claims.reverseAll(tx, [fillId], reason ?? 'returned to stock');
      await this.inventory.releaseReservations(tx, fillId);
      await this.advance(tx, ctx, { ...found, to: 'returned_to_stock', reason });
      await this.stepBack(tx, ctx, found.rx);
    });
  }

  /**
   * Takes back a dispensing of today that was not sold, so the goods never left: each ledger row is reversed into its
   * lot. What was sold comes back by a return of the sale (`fill-sold`); what is older has left (`reversal-too-late`). Its
   * claims are reversed with it.
   */
  reverse(ctx: RequestContext, fillId: number, reason: string | undefined): Promise<ShownFill> {
    return this.takingBack(ctx, fillId, 'reverse', async (tx, found) => {
      const { fill, branch } = found;
      if (await this.fills.wasSold(tx, fillId)) throw new FillSold();
      if (fill.dispensedOn !== branch.today) throw new ReversalTooLate(fill.dispensedOn ?? '');
      await this.claims.reverseAll(tx, [fillId], reason ?? 'fill reversed');
      await this.fills.reverseMovements(tx, fillId, reason ?? 'fill reversed');
      await this.advance(tx, ctx, { ...found, to: 'reversed', reason });
      await this.stepBack(tx, ctx, found.rx);
    });
  }

  /** The label as a printable page; that it was read is recorded. Throws NoLabel for a fill that was taken back. */
  label(ctx: RequestContext, fillId: number, options: LabelOptions): Promise<string> {
    return this.uow.run(ctx, async (tx) => {
      const { source, fill } = await this.labelled(tx, ctx, fillId);
      return this.labels.print(tx, ctx, source, fill, options);
    });
  }

  /** The page for the patient, A4; that it was read is recorded. Throws NoLabel for a fill that was taken back. */
  leaflet(ctx: RequestContext, fillId: number, lang: LabelOptions['lang']): Promise<string> {
    return this.uow.run(ctx, async (tx) => {
      const { source, fill } = await this.labelled(tx, ctx, fillId);
      return this.labels.leaflet(source, fill, lang);
    });
  }

  /** The signature given at pick-up; that it was read is recorded. Throws NotFound where there is none. */
  signature(ctx: RequestContext, fillId: number): Promise<Buffer> {
    return this.uow.run(ctx, async (tx) => {
      const found = await this.pickUps.signature(tx, ctx.branchId, fillId);
      if (!found) throw new NotFound('signature');
      await this.prescriptions.logRead(tx, found.prescriptionId);
      return found.signature;
    });
  }

  /** What a sale must know of fills; locks them, so that a fill is not sold and reversed at once. */
  forSale(tx: Tx, fillIds: readonly number[]): Promise<FillForSale[]> {
    return fillIds.length === 0 ? Promise.resolve([]) : this.fills.lockForSale(tx, fillIds);
  }

  /** The same without a lock, for a price that is only shown. */
  forSalePreview(tx: Tx, fillIds: readonly number[]): Promise<FillForSale[]> {
    return fillIds.length === 0 ? Promise.resolve([]) : this.fills.findForSale(tx, fillIds);
  }

  private async labelled(
    tx: Tx,
    ctx: RequestContext,
    fillId: number,
  ): Promise<{ source: LabelSource; fill: ShownFill }> {
    const source = await this.fills.label(tx, ctx.branchId, fillId);
    if (!source) throw new NotFound('fill');
    if (!stands(source.status)) throw new NoLabel();
    const fill = await this.get(tx, ctx, fillId);
    await this.prescriptions.logRead(tx, fill.prescriptionId);
    return { source, fill };
  }

  private async get(tx: Tx, ctx: RequestContext, fillId: number): Promise<ShownFill> {
    const fill = await this.fills.findOne(tx, ctx.branchId, fillId);
    if (!fill) throw new NotFound('fill');
    return fill;
  }

  /** What a refusal is to leave behind though the command leaves nothing: stops of screening, near misses. */
  private keepingRefusals<T>(ctx: RequestContext, command: () => Promise<T>): Promise<T> {
    return this.nearMisses.keeping(ctx, () => this.screening.keepingStops(ctx, command));
  }

  /** Takes a step that is possible where fill and prescription stand today, and answers the fill as it is then. */
  private stepping(
    ctx: RequestContext,
    fillId: number,
    command: FillCommand,
    step: (tx: Tx, found: FillCase) => Promise<void>,
  ): Promise<ShownFill> {
    return this.uow.run(ctx, async (tx) => {
      await step(tx, await this.cases.open(tx, ctx, fillId, command));
      return this.get(tx, ctx, fillId);
    });
  }

  /** A step after which the payers of the fill are told that its claims no longer stand. */
  private async takingBack(
    ctx: RequestContext,
    fillId: number,
    command: FillCommand,
    step: (tx: Tx, found: FillCase) => Promise<void>,
  ): Promise<ShownFill> {
    const fill = await this.stepping(ctx, fillId, command, step);
    await this.claims.tellPayers(ctx, [fillId]);
    return fill;
  }

  private async advance(tx: Tx, ctx: RequestContext, step: Step): Promise<void> {
    const { rx, fill, to, marks, reason } = step;
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
