import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { inOrder } from '../../platform/database/in-order.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../../reference/clinical/clinical.service.js';
import { StepUpService } from '../auth/step-up/step-up.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { AlertsRepository, type StoredScreening } from './alerts.repository.js';
import { canonicalJson, identified } from './judged-content.domain.js';
import { assertOverrides, assertReasoned, unresolvedStops, type Override } from './override.types.js';
import { ScreeningStop } from './screening.errors.js';
import { ShelfService } from './shelf.service.js';
import type {
  ClearedScreening,
  Judged,
  RecordedScreening,
  ScreenedSubject,
  ScreeningTarget,
  StoppedCommand,
  StoredAlert,
} from './screening.types.js';

/** How a command answers the alerts that stop it. */
export interface Answers {
  readonly overrides: readonly Override[];
  /** A password given again, for a contraindicated finding. */
  readonly stepUp?: string;
  /** Why a refill is given early, in words: answers that alert where no override does. */
  readonly earlyReason?: string;
  /** Alerts answered for the same fill before. */
  readonly overriddenBefore?: readonly number[];
}

type KnownFacts = Awaited<ReturnType<PatientsService['screeningFacts']>>;

export const sha256 = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

/**
 * Lets something be dispensed or sold: judges it under the locks that keep patient and rules as they are, asks that every
 * stop be overridden, and keeps the verdict with all it rests on. It fails closed: an error is an error, and nothing leaves.
 */
@Injectable()
export class ClearanceService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsService,
    private readonly clinical: ClinicalService,
    private readonly alerts: AlertsRepository,
    private readonly stepUps: StepUpService,
    private readonly shelf: ShelfService,
  ) {}

  /** Judges what is proposed against everything known of the patient today. */
  async judge(tx: Tx, branchId: number, subject: ScreenedSubject): Promise<Judged> {
    return this.judgeBy(tx, branchId, subject, await this.factsOf(tx, subject));
  }

  private factsOf(tx: Tx, { patientId, prescriptionId }: ScreenedSubject): Promise<KnownFacts> {
    return this.patients.screeningFacts(
      tx,
      patientId,
      prescriptionId === null ? {} : { exceptPrescriptionId: prescriptionId },
    );
  }

  private async judgeBy(
    tx: Tx,
    branchId: number,
    subject: ScreenedSubject,
    known: KnownFacts,
  ): Promise<Judged> {
    const { proposed, refill } = subject;
    const lookAlikes = await this.shelf.lookAlikesOf(tx, branchId, proposed);
    const { screening, facts, knowledge } = await this.clinical.judge(tx, {
      ...known,
      proposed,
      lookAlikes,
      ...(refill === undefined ? {} : { refill }),
    });
    const { alerts, notChecked } = screening;
    return {
      subject,
      facts,
      knowledge,
      verdict: { alerts: alerts.map((alert) => identified(alert, facts)), notChecked },
    };
  }

  /** Keeps the alerts of a screening; answers them with their identities, and every other alert kept before. */
  async record(
    tx: Tx,
    branchId: number,
    { subject, verdict }: Judged,
  ): Promise<RecordedScreening & { readonly past: readonly StoredAlert[] }> {
    const [, kept] = await inOrder([
      this.alerts.insert(tx, branchId, subject, verdict.alerts),
      this.alerts.ofSubject(tx, subject),
    ]);
    const standing = new Set(verdict.alerts.map((alert) => alert.identity));
    return {
      alerts: kept.filter((alert) => standing.has(alert.identity)),
      past: kept.filter((alert) => !standing.has(alert.identity)),
      notChecked: verdict.notChecked,
    };
  }

  /**
   * Screens and asks that every stop be answered: overridden now, for the same fill before, or by a decision remembered. An
   * override of an alert that no longer stands is let pass and not kept: nothing is overridden.
   * Throws ScreeningStop, OverrideUnknownAlert, ReasonOfEarlyRefill, OverrideReasonNeeded, Forbidden, StepUpRequired.
   */
  async clear(
    tx: Tx,
    ctx: RequestContext,
    subject: ScreenedSubject,
    { overrides: stated, stepUp, earlyReason, overriddenBefore = [] }: Answers,
  ): Promise<ClearedScreening> {
    const [, , known] = await inOrder([
      this.patients.holdForScreening(tx, subject.patientId),
      this.clinical.holdRules(tx),
      this.factsOf(tx, subject),
    ]);
    const judged = await this.judgeBy(tx, ctx.branchId, subject, known);
    const recorded = await this.record(tx, ctx.branchId, judged);
    const overrides = [...stated, ...earlyAnswer(recorded.alerts, stated, earlyReason)];
    if (overrides.length > 0 && !ctx.actor.permissions.has('OverrideClinicalAlert'))
      throw new Forbidden('An override needs the permission OverrideClinicalAlert.', {
        missing: ['OverrideClinicalAlert'],
      });
    assertOverrides(
      stated,
      new Map([...recorded.alerts, ...recorded.past].map(({ alertId, kind }) => [alertId, kind])),
    );
    if (overrides.length > stated.length) assertReasoned(earlyReason ?? '', '/earlyReason');
    const standing = new Map(recorded.alerts.map((alert) => [alert.alertId, alert]));
    const given = overrides.filter((override) => standing.has(override.alertId));
    const answered = new Set([...overriddenBefore, ...given.map((override) => override.alertId)]);
    const open = unresolvedStops(recorded.alerts, answered);
    const decisions = await this.alerts.remembered(
      tx,
      ctx.branchId,
      subject.patientId,
      open.map(({ identity }) => identity),
    );
    const remembered = open.flatMap(({ alertId, identity }) => {
      const decision = decisions.get(identity);
      return decision ? [{ ...decision, alertId }] : [];
    });
    const stops = open.filter(({ identity }) => !decisions.has(identity));
    if (stops.length > 0) throw new ScreeningStop(judged, stops, recorded.notChecked);
    if (given.some(({ alertId }) => standing.get(alertId)?.severity === 'contraindicated'))
      await this.stepUps.use(tx, ctx, stepUp);
    const { alerts, notChecked } = recorded;
    return { judged, alerts, notChecked, overrides: given, remembered };
  }

  /** Keeps a verdict by itself: of an entry, which lets nothing happen yet. */
  async keepVerdict(tx: Tx, ctx: RequestContext, judged: Judged, target: ScreeningTarget): Promise<void> {
    await this.alerts.insertScreening(tx, ctx.branchId, ctx.actor.userId, target, {
      patientId: judged.subject.patientId,
      ...kept(judged, this.clinical.engine),
    });
  }

  /** Keeps the verdict and what answered it with the fill or sale it lets happen. Before the fill takes its step. */
  async keep(
    tx: Tx,
    ctx: RequestContext,
    cleared: ClearedScreening,
    target: Exclude<ScreeningTarget, { readonly purpose: 'entry' }>,
  ): Promise<void> {
    const { branchId, actor } = ctx;
    const of = target.purpose === 'sale' ? { saleId: target.saleId } : { fillId: target.fillId };
    await inOrder([
      this.keepVerdict(tx, ctx, cleared.judged, target),
      this.alerts.insertOverrides(tx, branchId, of, cleared, actor.userId),
    ]);
  }

  /** Alerts overridden for a fill before. */
  overridden(tx: Tx, fillId: number): Promise<number[]> {
    return this.alerts.overridden(tx, fillId);
  }

  /** Every alert kept for a prescription. */
  ofPrescription(tx: Tx, patientId: number, prescriptionId: number): Promise<StoredAlert[]> {
    return this.alerts.ofSubject(tx, { patientId, prescriptionId });
  }

  /**
   * Runs a command; when screening stops it, keeps the alerts in a transaction of their own (the command itself left
   * nothing behind) and throws the stop again with the identities an override must name, or what `refusedAs` makes of it.
   */
  async keepingStops<T>(
    ctx: RequestContext,
    command: () => Promise<T>,
    refusedAs: (stop: StoppedCommand) => Error | undefined = () => undefined,
  ): Promise<T> {
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof ScreeningStop)) throw error;
      const stop = await this.keepStop(ctx, error);
      throw refusedAs(stop) ?? stop;
    }
  }

  private keepStop(ctx: RequestContext, stop: ScreeningStop): Promise<ScreeningStop> {
    // Without the idempotency key: a refused command must be free to come again with it.
    return this.uow.run({ ...ctx, idempotency: undefined }, async (tx) => {
      const recorded = await this.record(tx, ctx.branchId, stop.judged);
      const open = new Set(stop.unresolved.map((alert) => alert.identity));
      return new ScreeningStop(
        stop.judged,
        recorded.alerts.filter((alert) => open.has(alert.identity)),
        recorded.notChecked,
      );
    });
  }
}

/** The override that a reason in words is, where a refill is early and nothing stated answers that. */
function earlyAnswer(
  alerts: readonly StoredAlert[],
  stated: readonly Override[],
  earlyReason: string | undefined,
): Override[] {
  const early = alerts.find(({ kind }) => kind === 'early_refill');
  if (earlyReason === undefined || !early || stated.some(({ alertId }) => alertId === early.alertId))
    return [];
  return [{ alertId: early.alertId, reason: 'supply_agreed', note: earlyReason.trim() }];
}

/** What is stored of a verdict: the rules by their rows, everything else as it was, and the hashes of both. */
function kept(
  { facts, knowledge, verdict }: Judged,
  engine: number,
): Pick<
  StoredScreening,
  'facts' | 'knowledge' | 'ruleIds' | 'verdict' | 'contentSha256' | 'verdictSha256' | 'engine'
> {
  const { interactions, allergyRules, contraindications, doseRules, ...rest } = knowledge;
  const idsOf = (rules: readonly { readonly id: number }[]): number[] => rules.map(({ id }) => id);
  const ruleIds = {
    interactions: idsOf(interactions),
    allergyRules: idsOf(allergyRules),
    contraindications: idsOf(contraindications),
    doseRules: idsOf(doseRules),
  };
  return {
    facts,
    knowledge: rest,
    ruleIds,
    verdict,
    contentSha256: sha256({ facts, knowledge: rest, ruleIds }),
    verdictSha256: sha256(verdict),
    engine,
  };
}
