import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { DueRefill } from '../../reference/clinical/clinical.types.js';
import { ClearanceService, type Answers } from '../screening/clearance.service.js';
import type {
  ClearedScreening,
  RecordedScreening,
  ScreenedSubject,
  StoppedCommand,
  StoredAlert,
} from '../screening/screening.types.js';
import { RefillTooSoon } from './prescription-refusals.domain.js';

/** What of a prescription is judged. */
export interface JudgedPrescription {
  readonly prescriptionId: number;
  readonly patientId: number;
  readonly drugId: number;
  readonly daysSupply: number;
  readonly doseAmount: string | null;
  readonly doseUnit: string | null;
  readonly frequencyPerDay: string | null;
}

/** A further step of a fill that is made. */
interface FillStep {
  readonly purpose: 'verify' | 'dispense';
  readonly fillId: number;
  readonly drugId: number;
  readonly refill: DueRefill | undefined;
}

/** Screens prescriptions: as they stand for who reads them, and for each step of a fill. */
@Injectable()
export class PrescriptionScreening {
  constructor(private readonly clearance: ClearanceService) {}

  /** Judges the prescription as of now and keeps what is shown, so that an override can name it. */
  async show(
    tx: Tx,
    branchId: number,
    rx: JudgedPrescription,
  ): Promise<RecordedScreening & { readonly past: readonly StoredAlert[] }> {
    return this.clearance.record(tx, branchId, await this.clearance.judge(tx, branchId, subjectOf(rx)));
  }

  /** Judges a prescription just entered, and keeps the verdict so that it can be given again. */
  async enter(
    tx: Tx,
    ctx: RequestContext,
    rx: JudgedPrescription,
  ): Promise<RecordedScreening & { readonly past: readonly StoredAlert[] }> {
    const { prescriptionId, drugId } = rx;
    const judged = await this.clearance.judge(tx, ctx.branchId, subjectOf(rx));
    await this.clearance.keepVerdict(tx, ctx, judged, { purpose: 'entry', prescriptionId, drugId });
    return this.clearance.record(tx, ctx.branchId, judged);
  }

  /** Every alert ever raised for the prescription, gravest first. */
  past(tx: Tx, rx: Pick<JudgedPrescription, 'patientId' | 'prescriptionId'>): Promise<StoredAlert[]> {
    return this.clearance.ofPrescription(tx, rx.patientId, rx.prescriptionId);
  }

  /** Screens for the first step of a fill, before there is one. Throws what ClearanceService.clear does. */
  clear(
    tx: Tx,
    ctx: RequestContext,
    rx: JudgedPrescription,
    refill: DueRefill | undefined,
    answers: Omit<Answers, 'overriddenBefore'>,
  ): Promise<ClearedScreening> {
    return this.clearance.clear(tx, ctx, subjectOf(rx, refill), answers);
  }

  /** Keeps what a fill was made by. */
  keep(
    tx: Tx,
    ctx: RequestContext,
    cleared: ClearedScreening,
    rx: JudgedPrescription,
    fillId: number,
  ): Promise<void> {
    const { prescriptionId, drugId } = rx;
    return this.clearance.keep(tx, ctx, cleared, { purpose: 'fill', prescriptionId, fillId, drugId });
  }

  /** Screens a fill for a further step and keeps that; what was overridden for the fill before need not be again. */
  async clearStep(
    tx: Tx,
    ctx: RequestContext,
    rx: JudgedPrescription,
    step: FillStep,
    answers: Omit<Answers, 'overriddenBefore'>,
  ): Promise<void> {
    const overriddenBefore = await this.clearance.overridden(tx, step.fillId);
    const { refill, ...target } = step;
    const subject = subjectOf({ ...rx, drugId: step.drugId }, refill);
    const cleared = await this.clearance.clear(tx, ctx, subject, { ...answers, overriddenBefore });
    await this.clearance.keep(tx, ctx, cleared, { ...target, prescriptionId: rx.prescriptionId });
  }

  /** As ClearanceService.keepingStops; a refill that is early is refused by that name: RefillTooSoon. */
  keepingStops<T>(ctx: RequestContext, command: () => Promise<T>): Promise<T> {
    return this.clearance.keepingStops(ctx, command, asTooSoon);
  }
}

function asTooSoon({ judged, unresolved, params }: StoppedCommand): RefillTooSoon | undefined {
  const { refill } = judged.facts;
  if (refill === undefined || !unresolved.some(({ kind }) => kind === 'early_refill')) return undefined;
  return new RefillTooSoon(refill.eligibleOn, { alerts: params['alerts'], notChecked: params['notChecked'] });
}

function subjectOf(rx: JudgedPrescription, refill?: DueRefill): ScreenedSubject {
  const dose =
    rx.doseAmount !== null && rx.doseUnit !== null && rx.frequencyPerDay !== null
      ? { dose: { amount: rx.doseAmount, unit: rx.doseUnit, frequencyPerDay: rx.frequencyPerDay } }
      : {};
  return {
    patientId: rx.patientId,
    prescriptionId: rx.prescriptionId,
    proposed: [{ drugId: rx.drugId, days: rx.daysSupply, ...dose }],
    ...(refill === undefined ? {} : { refill }),
  };
}
