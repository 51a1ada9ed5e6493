import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClearanceService, type Answers } from '../screening/clearance.service.js';
import type {
  ClearedScreening,
  RecordedScreening,
  ScreenedSubject,
  StoredAlert,
} from '../screening/screening.types.js';

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

  /** Every alert ever raised for the prescription, gravest first. */
  past(tx: Tx, rx: Pick<JudgedPrescription, 'patientId' | 'prescriptionId'>): Promise<StoredAlert[]> {
    return this.clearance.ofPrescription(tx, rx.patientId, rx.prescriptionId);
  }

  /** Screens for the first step of a fill, before there is one. Throws what ClearanceService.clear does. */
  clear(
    tx: Tx,
    ctx: RequestContext,
    rx: JudgedPrescription,
    answers: Omit<Answers, 'overriddenBefore'>,
  ): Promise<ClearedScreening> {
    return this.clearance.clear(tx, ctx, subjectOf(rx), answers);
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
    step: { readonly purpose: 'verify' | 'dispense'; readonly fillId: number; readonly drugId: number },
    answers: Omit<Answers, 'overriddenBefore'>,
  ): Promise<void> {
    const overriddenBefore = await this.clearance.overridden(tx, step.fillId);
    const subject = subjectOf({ ...rx, drugId: step.drugId });
    const cleared = await this.clearance.clear(tx, ctx, subject, { ...answers, overriddenBefore });
    await this.clearance.keep(tx, ctx, cleared, { ...step, prescriptionId: rx.prescriptionId });
  }

  keepingStops<T>(ctx: RequestContext, command: () => Promise<T>): Promise<T> {
    return this.clearance.keepingStops(ctx, command);
  }
}

function subjectOf(rx: JudgedPrescription): ScreenedSubject {
  const dose =
    rx.doseAmount !== null && rx.doseUnit !== null && rx.frequencyPerDay !== null
      ? { dose: { amount: rx.doseAmount, unit: rx.doseUnit, frequencyPerDay: rx.frequencyPerDay } }
      : {};
  return {
    patientId: rx.patientId,
    prescriptionId: rx.prescriptionId,
    proposed: [{ drugId: rx.drugId, days: rx.daysSupply, ...dose }],
  };
}
