import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { countedMeta, type Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Clock } from '../../platform/time/clock.js';
import { foldText } from '../../platform/text/fold.js';
import { DrugsService } from '../../reference/drugs/drugs.service.js';
import type { SellableDrug } from '../../reference/drugs/drugs.types.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { PrescriptionDocumentsService } from '../prescription-documents/prescription-documents.service.js';
import { PrescribersService } from '../prescribers/prescribers.service.js';
import { SigService } from '../sig/sig.service.js';
import { ControlledLimits } from './controlled-limits.service.js';
import { controlledRule } from './controlled-rules.domain.js';
import { assertRefillsAllowed, lastValidDay } from './controlled.domain.js';
import { daysOfDose } from './days-supply.domain.js';
import { FillsRepository } from './fills.repository.js';
import { DrugNotDispensable, PrescribedDateRefused } from './prescription-refusals.domain.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { assertNoneOpen, PrescriptionCases } from './prescription-cases.js';
import { PrescriptionRecordsRepository } from './prescription-records.repository.js';
import { assertPromise, promisedBy } from './promise.domain.js';
import { prescriptionCommands } from './prescription-status.domain.js';
import {
  PrescriptionsRepository,
  type OverrideRow,
  type ShownPrescription,
  type ShownRow,
} from './prescriptions.repository.js';
import type { CreatePrescription, PrescriptionDetail, PrescriptionQuery } from './prescriptions.schemas.js';
import type { PrescriptionSearch } from './prescriptions.sql.js';
import { toShown, type RecordedScreening, type StoredAlert } from '../screening/screening.types.js';

type Detail = z.output<typeof PrescriptionDetail>;
/** What stands of a prescription, and what was raised before. */
type ShownVerdict = RecordedScreening & { readonly past: readonly StoredAlert[] };

/** A text that can only be a number of ours, or the beginning of one. */
const OUR_NUMBER = /^RX\d+$/;
/** People a search among prescriptions is about at most: those whose names are nearest. */
const PEOPLE_LOOKED_AT = 300;

/** Prescriptions: entering with validation, reading, cancelling. Filling is FillingService, the other steps PrescriptionStepsService. */
@Injectable()
export class PrescriptionsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly prescriptions: PrescriptionsRepository,
    private readonly cases: PrescriptionCases,
    private readonly records: PrescriptionRecordsRepository,
    private readonly fills: FillsRepository,
    private readonly screening: PrescriptionScreening,
    private readonly patients: PatientsService,
    private readonly prescribers: PrescribersService,
    private readonly drugs: DrugsService,
    private readonly branches: BranchesService,
    private readonly directions: SigService,
    private readonly clock: Clock,
    private readonly controlled: ControlledLimits,
    private readonly documents: PrescriptionDocumentsService,
  ) {}

  /** A page of the work queue, newest first, by status, patient, Rx number, or names of patient or product. */
  findPage(ctx: RequestContext, query: z.output<typeof PrescriptionQuery>): Promise<Page<ShownRow>> {
    return this.uow.read(ctx, (tx) => this.page(tx, ctx, query));
  }

  /** A patient's prescriptions, newest first; that his record was read is recorded. */
  findOfPatient(
    ctx: RequestContext,
    patientId: number,
    query: { page: number; limit: number },
  ): Promise<Page<ShownRow>> {
    return this.patients.reading(ctx, patientId, (tx, patient) =>
      this.page(tx, ctx, { ...query, patientId: patient.patientId }),
    );
  }

  private async page(
    tx: Tx,
    ctx: RequestContext,
    query: z.output<typeof PrescriptionQuery>,
  ): Promise<Page<ShownRow>> {
    const { page, limit, status, patientId, ofDeceased, q } = query;
    const filter = { branchId: ctx.branchId, status, patientId, ofDeceased };
    const offset = (page - 1) * limit;
    const { rows, total } =
      q === undefined
        ? await this.prescriptions.findPage(tx, filter, limit, offset)
        : await this.prescriptions.searchPage(tx, filter, await this.meantBy(tx, ctx, q), limit, offset);
    return { data: rows, meta: countedMeta(total, page, limit) };
  }

  private async meantBy(tx: Tx, ctx: RequestContext, q: string): Promise<PrescriptionSearch> {
    const number = q.toUpperCase();
    if (OUR_NUMBER.test(number)) return { number, folded: '', patientIds: [] };
    return {
      number,
      folded: foldText(q),
      patientIds: await this.patients.findNamed(tx, ctx.branchId, q, PEOPLE_LOOKED_AT),
    };
  }

  /**
   * One prescription with fills, history and alerts. An open one is screened as of now, and what is shown is kept, so
   * that every alert on the page has the identity an override must name. That it was read is recorded.
   */
  findOne(ctx: RequestContext, prescriptionId: number): Promise<Detail> {
    return this.uow.run(ctx, async (tx) => {
      const rx = await this.get(tx, ctx.branchId, prescriptionId);
      await this.prescriptions.logRead(tx, prescriptionId);
      return this.detail(tx, ctx, rx);
    });
  }

  /**
   * Enters a prescription and screens it, one taken over from another pharmacy too; the verdict is kept. Directions that are
   * understood give the dose where none is stated. Alerts do not refuse it: they stop the fill. A draft is kept, and may not be
   * filled yet. Throws NotFound for a patient
   * (of another branch too), prescriber or product that is not there, PatientDeceased, PrescribedDateRefused, DrugNotDispensable,
   * ControlledRefills.
   */
  createWithValidation(ctx: RequestContext, input: z.output<typeof CreatePrescription>): Promise<Detail> {
    return this.uow.run(ctx, async (tx) => {
      const branch = await this.branches.settings(tx, ctx.branchId);
      await this.patients.getLiving(tx, ctx.branchId, input.patientId);
      const prescriber = await this.prescribers.get(tx, input.prescriberId);
      if (!prescriber.active) throw new RuleViolation('This prescriber no longer prescribes.');
      assertLicence(prescriber.licenceValidUntil, input.prescribedDate);
      const drug = (await this.drugs.sellable(tx, [input.drugId])).get(input.drugId);
      if (!drug) throw new NotFound('drug');
      if (drug.status !== 'active') throw new DrugNotDispensable(drug.status);
      assertRefillsAllowed(branch.jurisdiction, drug.controlledSchedule, input.refillsAuthorized);
      const expiresOn = lastValidDay(
        input.prescribedDate,
        branch.prescriptionValidMonths,
        controlledRule(branch.jurisdiction, drug.controlledSchedule),
      );
      assertPrescribedDate(input.prescribedDate, expiresOn, branch.today);
      assertPromise(input.promisedAt, this.clock.now());
      assertLastFill(input.transferredFrom?.lastFill?.filledOn, branch.today);
      const status = input.draft ? 'draft' : 'pending';
      const kept = await this.directions.keep(tx, input.drugId, input.sig);
      const dose = input.dose ?? kept.dose;
      const prescriptionId = await this.prescriptions.insert(tx, {
        branchId: ctx.branchId,
        patientId: input.patientId,
        drugId: input.drugId,
        prescriberId: input.prescriberId,
        quantity: input.quantity,
        daysSupply: input.daysSupply ?? daysOf(input.quantity, dose, drug),
        sig: input.sig,
        sigStructure: kept.structure,
        refillsAuthorized: input.refillsAuthorized,
        prescribedDate: input.prescribedDate,
        expiresOn,
        dawCode: input.daw ?? 0,
        doseAmount: dose?.amount,
        doseUnit: dose?.unit,
        frequencyPerDay: dose?.frequencyPerDay,
        notes: input.notes,
        promisedAt:
          input.promisedAt === undefined
            ? promisedBy(this.clock.now(), branch.promiseMinutes)
            : input.promisedAt,
        waitingInStore: input.waitingInStore ?? branch.waitingByDefault,
        status,
        createdBy: ctx.actor.userId,
      });
      await this.prescriptions.insertEvents(tx, {
        branchId: ctx.branchId,
        prescriptionId,
        fillId: null,
        steps: [[null, status]],
        reason: null,
        userId: ctx.actor.userId,
      });
      if (input.documentIds) await this.documents.claim(tx, ctx, input.documentIds, prescriptionId);
      if (input.transferredFrom) await this.takeOver(tx, ctx, prescriptionId, input, input.transferredFrom);
      const rx = await this.get(tx, ctx.branchId, prescriptionId);
      return this.detailWith(tx, rx, await this.screening.enter(tx, ctx, rx));
    });
  }

  /** Ends the authority for good. Refused while fills are being prepared: their stock would stay reserved. */
  cancel(ctx: RequestContext, prescriptionId: number, reason: string | undefined): Promise<Detail> {
    return this.uow.run(ctx, async (tx) => {
      const found = await this.cases.open(tx, ctx, prescriptionId, 'cancel');
      assertNoneOpen(found);
      await this.cases.move(tx, ctx, found, 'cancelled', reason);
      return this.shown(tx, ctx, prescriptionId);
    });
  }

  /** The prescription of the branch; NotFound for another branch's. */
  async get(tx: Tx, branchId: number, prescriptionId: number): Promise<ShownPrescription> {
    const rx = await this.prescriptions.findOne(tx, branchId, prescriptionId);
    if (!rx) throw new NotFound('prescription');
    return rx;
  }

  /** The prescription with all that hangs on it, as of now. Throws NotFound. */
  async shown(tx: Tx, ctx: RequestContext, prescriptionId: number): Promise<Detail> {
    return this.detail(tx, ctx, await this.get(tx, ctx.branchId, prescriptionId));
  }

  /** Notes where it came from. What is left of it is what is authorised here, so it goes with it whole. */
  private async takeOver(
    tx: Tx,
    ctx: RequestContext,
    prescriptionId: number,
    { quantity, refillsAuthorized, prescribedDate }: z.output<typeof CreatePrescription>,
    from: NonNullable<z.output<typeof CreatePrescription>['transferredFrom']>,
  ): Promise<void> {
    const { lastFill, ...pharmacy } = from;
    if (lastFill && lastFill.filledOn < prescribedDate)
      throw new RuleViolation('The last fill was before it was written.', {}, [
        { pointer: '/transferredFrom/lastFill/filledOn', detail: 'must not be before prescribedDate' },
      ]);
    const fillsRemaining = 1 + refillsAuthorized;
    await this.records.insertTransfer(tx, {
      branchId: ctx.branchId,
      prescriptionId,
      direction: 'in',
      ...pharmacy,
      fillsRemaining,
      quantityRemaining: Quantity.of(quantity)
        .times(Quantity.of(String(fillsRemaining)))
        .toString(),
      lastFill: lastFill && { suppliedOn: lastFill.filledOn, daysSupply: lastFill.daysSupply },
      userId: ctx.actor.userId,
    });
  }

  private async detail(tx: Tx, ctx: RequestContext, rx: ShownPrescription): Promise<Detail> {
    return this.detailWith(tx, rx, await this.verdict(tx, ctx, rx));
  }

  private async detailWith(
    tx: Tx,
    rx: ShownPrescription,
    { alerts, past, notChecked }: ShownVerdict,
  ): Promise<Detail> {
    const { doseAmount, doseUnit, frequencyPerDay, sigStructure, ...shown } = rx;
    const overrides = await this.prescriptions.overrides(tx, rx.prescriptionId);
    return {
      ...shown,
      dose:
        doseAmount !== null && doseUnit !== null && frequencyPerDay !== null
          ? { amount: doseAmount, unit: doseUnit, frequencyPerDay }
          : null,
      directions: this.directions.text(sigStructure),
      controlled: await this.controlled.standing(tx, rx),
      fills: await this.fills.ofPrescription(tx, rx.prescriptionId),
      history: await this.prescriptions.history(tx, rx.prescriptionId),
      reviews: await this.records.reviews(tx, rx.prescriptionId),
      transfers: await this.records.transfers(tx, rx.prescriptionId),
      stop: await this.records.stop(tx, rx.prescriptionId),
      commands: prescriptionCommands(rx.isExpired ? 'expired' : rx.status),
      alerts: alerts.map((alert) => withOverrides(alert, overrides)),
      pastAlerts: past.map((alert) => withOverrides(alert, overrides)),
      notChecked: [...notChecked] as Detail['notChecked'],
      rememberedOverrides: await this.prescriptions.rememberedOverrides(tx, rx.prescriptionId),
    };
  }

  /** What is to be shown of screening: as of now while the prescription is open, as it was once it is not. */
  private async verdict(tx: Tx, ctx: RequestContext, rx: ShownPrescription): Promise<ShownVerdict> {
    if (rx.isExpired || rx.status === 'completed' || rx.status === 'cancelled' || rx.status === 'transferred')
      return {
        alerts: await this.screening.past(tx, rx),
        past: [],
        notChecked: await this.prescriptions.lastNotChecked(tx, rx.prescriptionId),
      };
    return this.screening.show(tx, ctx.branchId, rx);
  }
}

function daysOf(
  quantity: string,
  dose: z.output<typeof CreatePrescription>['dose'] | null,
  drug: SellableDrug,
): number {
  const days = dose ? daysOfDose(quantity, dose, drug.baseUnit) : undefined;
  if (days !== undefined) return days;
  throw new RuleViolation('How long it lasts cannot be worked out from the dose.', {}, [
    { pointer: '/daysSupply', detail: `must be stated, or the dose in ${drug.baseUnit}` },
  ]);
}

function assertPrescribedDate(prescribedDate: string, expiresOn: string, today: string): void {
  if (prescribedDate > today) throw new PrescribedDateRefused('It was written on a day to come.');
  if (expiresOn < today) throw new PrescribedDateRefused(`It was valid to ${expiresOn}.`);
}

function assertLicence(validUntil: string | null, prescribedDate: string): void {
  if (validUntil !== null && prescribedDate > validUntil)
    throw new PrescribedDateRefused(`The licence of the prescriber was valid to ${validUntil}.`);
}

function assertLastFill(filledOn: string | undefined, today: string): void {
  if (filledOn !== undefined && filledOn > today)
    throw new RuleViolation('The last fill lies in the future.', {}, [
      { pointer: '/transferredFrom/lastFill/filledOn', detail: 'must not be after today' },
    ]);
}

function withOverrides(alert: StoredAlert, overrides: readonly OverrideRow[]): Detail['alerts'][number] {
  const shown = toShown(alert);
  return {
    ...shown,
    subjects: [...shown.subjects],
    overrides: overrides
      .filter((override) => override.alertId === alert.alertId)
      .map(({ alertId: _, ...override }) => override),
  };
}
