import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { inOrder } from '../../platform/database/in-order.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Clock } from '../../platform/time/clock.js';
import type { DueRefill } from '../../reference/clinical/clinical.types.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { LostSalesService } from '../lost-sales/lost-sales.service.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { ControlledLimits } from './controlled-limits.service.js';
import { controlledRule, type PartialReason } from './controlled-rules.domain.js';
import { assertCounterPolicy } from './counter-policy.domain.js';
import { COUNTER_PATH } from './fill-status.domain.js';
import { FillsRepository } from './fills.repository.js';
import { HandOver } from './hand-over.service.js';
import { PrescriptionRecordsRepository } from './prescription-records.repository.js';
import { ClinicalReviewRequired } from './prescription-refusals.domain.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { prescriptionCommands } from './prescription-status.domain.js';
import {
  PrescriptionsRepository,
  type EarlierProduct,
  type LockedPrescription,
} from './prescriptions.repository.js';
import type { FilledView, FillPrescription } from './prescriptions.schemas.js';
import { toShown, type ClearedScreening } from '../screening/screening.types.js';
import { ProductChoice, type Product } from './product-choice.service.js';
import { assertPromise } from './promise.domain.js';
import { decideFill, type FillDecision } from './refill.domain.js';
import { ScanVerification } from './scan-verification.service.js';

type Input = z.output<typeof FillPrescription>;
type Filled = z.output<typeof FilledView>;

/** A prescription under its lock with what a fill of it is decided by. */
interface Case {
  readonly rx: LockedPrescription;
  readonly fills: readonly EarlierProduct[];
  readonly product: Product;
  readonly branch: BranchSettings;
  /** The identity the fill will have. */
  readonly fillId: number;
  /** Makes the one lot it is given of, where it is made for it. */
  readonly makeLot?: (() => Promise<number>) | undefined;
}

/** Filling and refilling: the command a pharmacy exists for. */
@Injectable()
export class FillingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly prescriptions: PrescriptionsRepository,
    private readonly records: PrescriptionRecordsRepository,
    private readonly fills: FillsRepository,
    private readonly screening: PrescriptionScreening,
    private readonly inventory: InventoryService,
    private readonly products: ProductChoice,
    private readonly branches: BranchesService,
    private readonly scanning: ScanVerification,
    private readonly handOver: HandOver,
    private readonly nearMisses: NearMissesService,
    private readonly lostSales: LostSalesService,
    private readonly controlled: ControlledLimits,
    private readonly clock: Clock,
  ) {}

  /** The first fill, or the rest of a partial one. See `next`. */
  fill(ctx: RequestContext, prescriptionId: number, input: Input): Promise<Filled> {
    return this.next(ctx, prescriptionId, 'fill', input);
  }

  /** A further fill of the refills authorized. See `next`. */
  refill(ctx: RequestContext, prescriptionId: number, input: Input): Promise<Filled> {
    return this.next(ctx, prescriptionId, 'refill', input);
  }

  /**
   * Makes the next fill, in one transaction: all of it or nothing. With `complete` the counter policy goes from entry to
   * dispensed in this call, through the same steps; otherwise lots are reserved and the fill is in progress.
   * Refusals: `prescription-not-fillable`, `insufficient-stock`, `counter-policy-off`, `scan-required`, `scan-mismatch`, `identifiers-required`, `counselling-required`,
   * `second-person-required`, `clinical-review-required` (409); `screening-stop`, `override-reason-needed`, `override-unknown-alert`,
   * `refill-too-soon`, `quantity-exceeds-authority`, `drug-not-dispensable`, `substitution-refused`, `controlled-rest-refused`,
   * `partial-reason-required`, `controlled-cap-exceeded` (422); an override without the right is 403, and
   * so is `step-up-required`. Order of locks: prescription, patient, rules, lots.
   */
  private next(
    ctx: RequestContext,
    prescriptionId: number,
    kind: 'fill' | 'refill',
    input: Input,
  ): Promise<Filled> {
    return this.lostSales.noting(ctx, 'fill', () =>
      this.keepingRefusals(ctx, () =>
        this.uow.run(ctx, (tx) => this.make(tx, ctx, prescriptionId, kind, input)),
      ),
    );
  }

  /**
   * Makes the next fill from a lot that is made with it, in the transaction of who makes it: `makeLot` is called once the fill is
   * cleared, where lots are locked, and answers the lot. Whether it is a fill or a refill is what comes next. Call it inside
   * `keepingRefusals`. Refusals as of `next`.
   */
  fillFromLot(
    tx: Tx,
    ctx: RequestContext,
    prescriptionId: number,
    input: Input,
    makeLot: () => Promise<number>,
  ): Promise<Filled> {
    return this.make(tx, ctx, prescriptionId, 'next', input, makeLot);
  }

  /** What a refusal is to leave behind though the command leaves nothing: stops of screening, near misses. */
  keepingRefusals<T>(ctx: RequestContext, command: () => Promise<T>): Promise<T> {
    return this.nearMisses.keeping(ctx, () => this.screening.keepingStops(ctx, command));
  }

  private async make(
    tx: Tx,
    ctx: RequestContext,
    prescriptionId: number,
    asked: 'fill' | 'refill' | 'next',
    input: Input,
    makeLot?: () => Promise<number>,
  ): Promise<Filled> {
    assertPromise(input.promisedAt, this.clock.now());
    const [rx, branch, fills, fillId] = await inOrder([
      this.prescriptions.lock(tx, ctx.branchId, prescriptionId),
      this.branches.settings(tx, ctx.branchId),
      this.prescriptions.earlierFills(tx, prescriptionId),
      this.fills.nextId(tx),
    ]);
    if (!rx) throw new NotFound('prescription');
    if (input.complete) assertCounterPolicy(ctx.actor.permissions, branch);
    const product = await this.products.choose(tx, ctx, rx, fills, input);
    const found = { rx, fills, product, branch, fillId, makeLot };
    const kind = asked === 'next' ? (rx.status === 'filled' ? 'refill' : 'fill') : asked;
    const decision = await this.decide(tx, ctx, found, kind, input);
    await this.assertReviewed(tx, rx, branch, decision);
    const partialReason = partialReasonOf(decision, input);
    await this.controlled.assertWithin(tx, { rx, drug: product.drug, branch, decision, partialReason });
    const judged = { ...rx, drugId: product.drug.drugId };
    const refill = refillOf(judged.drugId, decision);
    const cleared = await this.screening.clear(tx, ctx, judged, refill, input);
    await inOrder([
      this.insertFill(tx, ctx, found, decision, cleared, { ...input, partialReason }),
      this.screening.keep(tx, ctx, cleared, judged, fillId),
      this.takeStock(tx, ctx, found, decision, input.complete),
    ]);
    await this.proveAndCheck(tx, ctx, found, decision, input);
    const [, , answer] = await inOrder([
      this.noteSteps(tx, ctx, found, cleared, input.complete),
      this.moveOn(tx, ctx, rx, decision),
      this.answer(tx, ctx, rx, fillId, cleared),
    ]);
    return answer;
  }

  /** The database refuses the same (MD022); here the way on is known. */
  private async assertReviewed(
    tx: Tx,
    rx: LockedPrescription,
    branch: BranchSettings,
    { fillNumber }: FillDecision,
  ): Promise<void> {
    if (!branch.clinicalReview || (await this.records.wasReviewed(tx, rx.prescriptionId, fillNumber))) return;
    const allowed = prescriptionCommands(rx.status).filter(
      (command) => command !== 'fill' && command !== 'refill',
    );
    throw new ClinicalReviewRequired({ fillNumber, allowed });
  }

  private async decide(
    tx: Tx,
    ctx: RequestContext,
    { rx, fills, product: { drug }, branch }: Case,
    kind: 'fill' | 'refill',
    input: Input,
  ): Promise<FillDecision> {
    return decideFill(
      {
        status: rx.status,
        quantity: Quantity.of(rx.quantity),
        daysSupply: rx.daysSupply,
        refillsAuthorized: rx.refillsAuthorized,
        expiresOn: rx.expiresOn,
        controlledMaxRefills: controlledRule(branch.jurisdiction, drug.controlledSchedule)?.maxRefills,
        fills,
        suppliedElsewhere: rx.suppliedElsewhere,
      },
      {
        kind,
        quantity: input.quantity === undefined ? undefined : Quantity.of(input.quantity),
        available: input.owe ? await this.onHand(tx, ctx, drug.drugId) : undefined,
      },
      { today: branch.today, earlyRefillShare: branch.earlyRefillShare },
    );
  }

  private async onHand(tx: Tx, ctx: RequestContext, drugId: number): Promise<Quantity> {
    const onHand = await this.inventory.onHand(tx, ctx.branchId, [drugId]);
    return Quantity.of(onHand.get(drugId) ?? '0');
  }

  /** The fill with its price as of now and the verdict it is allowed by, for whoever asks why in years to come. */
  private insertFill(
    tx: Tx,
    ctx: RequestContext,
    { rx, product: { drug, dawCode, substitution }, branch, fillId }: Case,
    decision: FillDecision,
    cleared: ClearedScreening,
    {
      partialReason,
      promisedAt,
      waitingInStore,
    }: Pick<Input, 'promisedAt' | 'waitingInStore' | 'partialReason'>,
  ): Promise<void> {
    const price = Money.of(drug.price).share(
      decision.quantity,
      Quantity.of(drug.unitsPerPack),
      branch.currencyDecimals,
    );
    return this.fills.insert(tx, {
      fillId,
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillNumber: decision.fillNumber,
      partNumber: decision.partNumber,
      drugId: drug.drugId,
      dawCode,
      substitution,
      partialReason,
      promisedAt,
      waitingInStore,
      quantity: decision.quantity.toString(),
      daysSupply: decision.daysSupply,
      price: price.toString(),
      packPrice: drug.price,
      unitsPerPack: drug.unitsPerPack,
      filledBy: ctx.actor.userId,
      screening: {
        alerts: cleared.alerts,
        notChecked: cleared.notChecked,
        overrides: cleared.overrides,
        remembered: cleared.remembered,
        ruleVersions: cleared.alerts
          .filter((alert) => alert.ruleId !== null)
          .map(({ ruleCode, ruleId, ruleVersion }) => ({ ruleCode, ruleId, ruleVersion })),
        early: earlyAnswerIn(cleared) ?? null,
        judgedOn: branch.today,
      },
    });
  }

  private async takeStock(
    tx: Tx,
    ctx: RequestContext,
    { product: { drug }, fillId, makeLot }: Case,
    decision: FillDecision,
    isComplete: boolean | undefined,
  ): Promise<void> {
    const { drugId } = drug;
    const quantity = decision.quantity.toString();
    if (makeLot) {
      const lotId = await makeLot();
      await this.inventory.reserveLot(tx, ctx.branchId, fillId, { lotId, drugId, quantity });
      if (isComplete) await this.inventory.consumeReservations(tx, ctx.branchId, fillId);
    } else if (isComplete)
      await this.inventory.issue(tx, ctx.branchId, 'dispense', [{ drugId, quantity, fillId }]);
    else await this.inventory.reserve(tx, ctx.branchId, drugId, quantity, fillId);
  }

  /** Proves the packs scanned in the same call and, where the fill leaves with it, who takes it away. */
  private async proveAndCheck(
    tx: Tx,
    ctx: RequestContext,
    { rx, product: { drug }, branch, fillId }: Case,
    decision: FillDecision,
    { complete, scans, pickUp }: Input,
  ): Promise<void> {
    const scanned = { fillId, drugId: drug.drugId, drugName: drug.name, isNew: true };
    for (const scan of scans ?? [])
      await this.scanning.prove(tx, ctx, branch, scanned, complete ? ['fill', 'verify'] : ['fill'], scan);
    if (!complete) return;
    await this.scanning.assertProven(tx, branch, fillId, ctx.actor.userId);
    const leaving = { ...decision, fillId, patientId: rx.patientId, isNew: true };
    await this.handOver.check(tx, ctx, branch, leaving, pickUp);
  }

  private async noteSteps(
    tx: Tx,
    ctx: RequestContext,
    { rx, branch, fillId }: Case,
    cleared: ClearedScreening,
    isComplete: boolean | undefined,
  ): Promise<void> {
    const path = isComplete ? COUNTER_PATH : COUNTER_PATH.slice(0, 1);
    const { userId } = ctx.actor;
    const marks = { verifiedBy: userId, dispensedBy: userId, dispensedOn: branch.today };
    await inOrder([
      isComplete ? this.fills.advance(tx, fillId, 'dispensed', marks) : undefined,
      this.prescriptions.insertEvents(tx, {
        branchId: ctx.branchId,
        prescriptionId: rx.prescriptionId,
        fillId,
        steps: path.map((to, index) => [path[index - 1] ?? null, to] as const),
        reason: earlyAnswerIn(cleared)?.reason ?? null,
        userId,
      }),
    ]);
  }

  private async moveOn(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    decision: FillDecision,
  ): Promise<void> {
    if (rx.status === decision.prescriptionStatus) return;
    await inOrder([
      this.prescriptions.setStatus(tx, rx.prescriptionId, decision.prescriptionStatus),
      this.prescriptions.insertEvents(tx, {
        branchId: ctx.branchId,
        prescriptionId: rx.prescriptionId,
        fillId: null,
        steps: [[rx.status, decision.prescriptionStatus]],
        reason: null,
        userId: ctx.actor.userId,
      }),
    ]);
  }

  private async answer(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    fillId: number,
    cleared: ClearedScreening,
  ): Promise<Filled> {
    const [fill, after] = await inOrder([
      this.fills.findOne(tx, ctx.branchId, fillId),
      this.prescriptions.findOne(tx, ctx.branchId, rx.prescriptionId),
    ]);
    if (!fill || !after) throw new NotFound('fill');
    return {
      ...fill,
      prescriptionStatus: after.status,
      refillsRemaining: after.refillsRemaining,
      quantityOwed: after.quantityOwed,
      alerts: cleared.alerts.map(toShown) as Filled['alerts'],
      rememberedOverrides: [...cleared.remembered],
      notChecked: [...cleared.notChecked] as Filled['notChecked'],
    };
  }
}

/** Why only a part is given, where a rest is left: what was said, or that stock has no more. */
function partialReasonOf(
  decision: FillDecision,
  { partialReason, owe, quantity }: Input,
): PartialReason | undefined {
  if (!decision.owed.isPositive()) return undefined;
  return partialReason ?? (owe && quantity === undefined ? 'short_of_stock' : undefined);
}

/** When the fill decided on is not early, for screening to judge. */
function refillOf(drugId: number, { fillNumber, eligibleOn }: FillDecision): DueRefill | undefined {
  return eligibleOn === undefined ? undefined : { drugId, fillNumber, eligibleOn };
}

/** Why a refill is given before its day; undefined where it is not. */
function earlyAnswerIn({ judged, alerts, overrides }: ClearedScreening) {
  const early = alerts.find(({ kind }) => kind === 'early_refill');
  const answer = overrides.find(({ alertId }) => alertId === early?.alertId);
  return answer && { eligibleOn: judged.facts.refill?.eligibleOn, reason: answer.note };
}
