import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { DueRefill } from '../../reference/clinical/clinical.types.js';
import { DrugsService } from '../../reference/drugs/drugs.service.js';
import type { SellableDrug } from '../../reference/drugs/drugs.types.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { controlledRule } from './controlled.domain.js';
import { assertFillStep, COUNTER_PATH } from './fill-status.domain.js';
import { FillsRepository } from './fills.repository.js';
import {
  CounterPolicyOff,
  DrugNotDispensable,
  SecondPersonRequired,
} from './prescription-refusals.domain.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { assertPrescriptionStep } from './prescription-status.domain.js';
import { PrescriptionsRepository, type LockedPrescription } from './prescriptions.repository.js';
import type { FilledView, FillPrescription } from './prescriptions.schemas.js';
import { toShown, type ClearedScreening } from '../screening/screening.types.js';
import { decideFill, type FillDecision } from './refill.domain.js';

type Input = z.output<typeof FillPrescription>;
type Filled = z.output<typeof FilledView>;

/** Filling and refilling: the command a pharmacy exists for. */
@Injectable()
export class FillingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly prescriptions: PrescriptionsRepository,
    private readonly fills: FillsRepository,
    private readonly screening: PrescriptionScreening,
    private readonly inventory: InventoryService,
    private readonly drugs: DrugsService,
    private readonly branches: BranchesService,
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
   * Refusals: `prescription-not-fillable`, `insufficient-stock`, `counter-policy-off`,
   * `second-person-required` (409); `screening-stop`, `override-reason-needed`, `override-unknown-alert`,
   * `refill-too-soon`, `quantity-exceeds-authority`, `drug-not-dispensable` (422); an override without the right is 403, and
   * so is `step-up-required`. Order of locks: prescription, patient, rules, lots.
   */
  private next(
    ctx: RequestContext,
    prescriptionId: number,
    kind: 'fill' | 'refill',
    input: Input,
  ): Promise<Filled> {
    return this.screening.keepingStops(ctx, () =>
      this.uow.run(ctx, async (tx) => {
        const rx = await this.prescriptions.lock(tx, ctx.branchId, prescriptionId);
        if (!rx) throw new NotFound('prescription');
        const branch = await this.branches.settings(tx, ctx.branchId);
        if (input.complete) assertCounterPolicy(branch);
        const drug = await this.dispensable(tx, rx.drugId);
        const decision = await this.decide(tx, rx, kind, input, branch, drug);
        const cleared = await this.screening.clear(tx, ctx, rx, refillOf(rx.drugId, decision), input);
        const fillId = await this.insertFill(tx, ctx, rx, branch, drug, decision, cleared);
        await this.screening.keep(tx, ctx, cleared, rx, fillId);
        await this.takeStock(tx, ctx, rx, fillId, decision, cleared, branch, input.complete);
        if (rx.status !== decision.prescriptionStatus) await this.moveOn(tx, ctx, rx, decision);
        return this.answer(tx, ctx, rx, fillId, cleared);
      }),
    );
  }

  private async dispensable(tx: Tx, drugId: number): Promise<SellableDrug> {
    const drug = (await this.drugs.sellable(tx, [drugId])).get(drugId);
    if (!drug) throw new NotFound('drug');
    if (drug.status !== 'active') throw new DrugNotDispensable(drug.status);
    return drug;
  }

  private async decide(
    tx: Tx,
    rx: LockedPrescription,
    kind: 'fill' | 'refill',
    input: Input,
    branch: BranchSettings,
    drug: SellableDrug,
  ): Promise<FillDecision> {
    return decideFill(
      {
        status: rx.status,
        quantity: Quantity.of(rx.quantity),
        daysSupply: rx.daysSupply,
        refillsAuthorized: rx.refillsAuthorized,
        expiresOn: rx.expiresOn,
        controlledMaxRefills: controlledRule(branch.jurisdiction, drug.controlledSchedule)?.maxRefills,
        fills: await this.prescriptions.earlierFills(tx, rx.prescriptionId),
      },
      {
        kind,
        quantity: input.quantity === undefined ? undefined : Quantity.of(input.quantity),
      },
      { today: branch.today, earlyRefillShare: branch.earlyRefillShare },
    );
  }

  /** The fill with its price as of now and the verdict it is allowed by, for whoever asks why in years to come. */
  private insertFill(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    branch: BranchSettings,
    drug: SellableDrug,
    decision: FillDecision,
    cleared: ClearedScreening,
  ): Promise<number> {
    const price = Money.of(drug.price).share(
      decision.quantity,
      Quantity.of(drug.unitsPerPack),
      branch.currencyDecimals,
    );
    return this.fills.insert(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillNumber: decision.fillNumber,
      partNumber: decision.partNumber,
      drugId: rx.drugId,
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

  /** Takes or keeps the stock and notes each step of the fill. */
  private async takeStock(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    fillId: number,
    decision: FillDecision,
    cleared: ClearedScreening,
    branch: BranchSettings,
    isComplete: boolean,
  ): Promise<void> {
    const quantity = decision.quantity.toString();
    const path = isComplete ? COUNTER_PATH : COUNTER_PATH.slice(0, 1);
    const steps = path.map((to, index) => [path[index - 1] ?? null, to] as const);
    for (const [from, to] of steps) if (from !== null) assertFillStep(from, to);
    if (isComplete) {
      await this.inventory.issue(tx, ctx.branchId, 'dispense', [{ drugId: rx.drugId, quantity, fillId }]);
      await this.fills.advance(tx, fillId, 'dispensed', {
        verifiedBy: ctx.actor.userId,
        dispensedBy: ctx.actor.userId,
        dispensedOn: branch.today,
      });
    } else {
      await this.inventory.reserve(tx, ctx.branchId, rx.drugId, quantity, fillId);
    }
    await this.prescriptions.insertEvents(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillId,
      steps,
      reason: earlyAnswerIn(cleared)?.reason ?? null,
      userId: ctx.actor.userId,
    });
  }

  private async moveOn(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    decision: FillDecision,
  ): Promise<void> {
    assertPrescriptionStep(rx.status, decision.prescriptionStatus);
    await this.prescriptions.setStatus(tx, rx.prescriptionId, decision.prescriptionStatus);
    await this.prescriptions.insertEvents(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillId: null,
      steps: [[rx.status, decision.prescriptionStatus]],
      reason: null,
      userId: ctx.actor.userId,
    });
  }

  private async answer(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    fillId: number,
    cleared: ClearedScreening,
  ): Promise<Filled> {
    const fill = await this.fills.findOne(tx, ctx.branchId, fillId);
    const after = await this.prescriptions.findOne(tx, ctx.branchId, rx.prescriptionId);
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

function assertCounterPolicy(branch: BranchSettings): void {
  if (branch.dispensingPolicy !== 'counter') throw new CounterPolicyOff();
  if (branch.twoPersonRule) throw new SecondPersonRequired();
}
