import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../../reference/clinical/clinical.service.js';
import type { Screening } from '../../reference/clinical/clinical.types.js';
import { PatientsService } from '../patients/patients.service.js';
import { assertOverrides, unresolvedStops, type Override } from './override.domain.js';
import { ScreeningStop } from './prescriptions.errors.js';
import { PrescriptionsRepository } from './prescriptions.repository.js';
import type { RecordedScreening, StoredAlert } from './prescriptions.types.js';

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

/** Overrides that answer what stands, and the screening they answer. */
export interface ClearedScreening extends RecordedScreening {
  readonly overrides: readonly Override[];
}

/** Screens prescriptions and keeps what was found, so that an override can name it. */
@Injectable()
export class PrescriptionScreening {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsService,
    private readonly clinical: ClinicalService,
    private readonly prescriptions: PrescriptionsRepository,
  ) {}

  /** Judges the prescription against everything known of the patient today. It fails closed: an error is an error. */
  async judge(tx: Tx, rx: JudgedPrescription, today: string): Promise<Screening> {
    const facts = await this.patients.screeningFacts(tx, rx.patientId, {
      exceptPrescriptionId: rx.prescriptionId,
    });
    const dose =
      rx.doseAmount !== null && rx.doseUnit !== null && rx.frequencyPerDay !== null
        ? { amount: rx.doseAmount, unit: rx.doseUnit, frequencyPerDay: rx.frequencyPerDay }
        : undefined;
    return this.clinical.screen(tx, {
      patient: facts.patient,
      current: facts.current,
      proposed: [{ drugId: rx.drugId, days: rx.daysSupply, ...(dose ? { dose } : {}) }],
      today,
    });
  }

  /** Keeps the alerts of a screening; answers them with their identities, and every other alert kept before. */
  async record(
    tx: Tx,
    branchId: number,
    prescriptionId: number,
    screening: Screening,
  ): Promise<RecordedScreening & { readonly past: readonly StoredAlert[] }> {
    await this.prescriptions.insertAlerts(tx, branchId, prescriptionId, screening.alerts);
    const kept = await this.prescriptions.alerts(tx, prescriptionId);
    const standing = new Set(screening.alerts.map((alert) => alert.fingerprint));
    return {
      alerts: kept.filter((alert) => standing.has(alert.fingerprint)),
      past: kept.filter((alert) => !standing.has(alert.fingerprint)),
      notChecked: screening.notChecked,
    };
  }

  /**
   * Screens a prescription for a fill and asks that every stop be overridden. `overriddenBefore` are alerts answered for
   * the same fill already. An override of an alert that no longer stands is let pass and not kept: nothing is overridden.
   * Throws ScreeningStop, OverrideUnknownAlert, OverrideReasonNeeded, Forbidden.
   */
  async clear(
    tx: Tx,
    ctx: RequestContext,
    rx: JudgedPrescription,
    today: string,
    overrides: readonly Override[],
    overriddenBefore: readonly number[] = [],
  ): Promise<ClearedScreening> {
    const screening = await this.judge(tx, rx, today);
    const recorded = await this.record(tx, ctx.branchId, rx.prescriptionId, screening);
    if (overrides.length > 0 && !ctx.actor.permissions.has('OverrideClinicalAlert'))
      throw new Forbidden('An override needs the permission OverrideClinicalAlert.', {
        missing: ['OverrideClinicalAlert'],
      });
    assertOverrides(overrides, new Set([...recorded.alerts, ...recorded.past].map((alert) => alert.alertId)));
    const answered = new Set([...overriddenBefore, ...overrides.map((override) => override.alertId)]);
    const stops = unresolvedStops(recorded.alerts, answered);
    if (stops.length > 0)
      throw new ScreeningStop({ prescriptionId: rx.prescriptionId, screening }, stops, recorded.notChecked);
    const standing = new Set(recorded.alerts.map((alert) => alert.alertId));
    return {
      alerts: recorded.alerts,
      notChecked: recorded.notChecked,
      overrides: overrides.filter((override) => standing.has(override.alertId)),
    };
  }

  /**
   * Runs a command; when screening stops it, keeps the alerts in a transaction of their own (the command itself left
   * nothing behind) and throws the stop again with the identities an override must name.
   */
  async keepingStops<T>(ctx: RequestContext, command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof ScreeningStop)) throw error;
      throw await this.keepStop(ctx, error);
    }
  }

  private keepStop(ctx: RequestContext, stop: ScreeningStop): Promise<ScreeningStop> {
    const { prescriptionId, screening } = stop.judged;
    // Without the idempotency key: a refused command must be free to come again with it.
    return this.uow.run({ ...ctx, idempotency: undefined }, async (tx) => {
      const recorded = await this.record(tx, ctx.branchId, prescriptionId, screening);
      const open = new Set(stop.unresolved.map((alert) => alert.fingerprint));
      return new ScreeningStop(
        stop.judged,
        recorded.alerts.filter((alert) => open.has(alert.fingerprint)),
        recorded.notChecked,
      );
    });
  }
}
