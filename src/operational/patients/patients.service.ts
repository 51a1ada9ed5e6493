import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/tx.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import { countedMeta, type Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { RenalFunctionService } from '../../reference/clinical/renal-function.service.js';
import { foldText } from '../../platform/text/fold.js';
import { isCalendarDate } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { PatientRecordsRepository } from './patient-records.repository.js';
import { readPatientSearch } from './patient-search.domain.js';
import { datedState } from './patient-state.domain.js';
import type { Patient } from './patient.entity.js';
import { AllergiesOnRecord, PatientDeceased, PatientErased, PatientMerged } from './patients.errors.js';
import { PatientsRepository } from './patients.repository.js';
import type { CreatePatient, PatientQuery, PatientView, UpdatePatient } from './patients.schemas.js';
import type { PatientDetail } from './patient-records.schemas.js';
import type { PatientFacts } from './patients.types.js';

type PatientShown = z.output<typeof PatientView>;

const foldedNames = (
  names: Partial<Pick<Patient, 'firstName' | 'lastName' | 'firstNameAr' | 'lastNameAr'>>,
): string =>
  foldText(
    [names.firstName, names.lastName, names.firstNameAr, names.lastNameAr]
      .filter((name) => typeof name === 'string')
      .join(' '),
  );

/** Patients of a branch: finding, reading, keeping, and what a screening must know of them. */
@Injectable()
export class PatientsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsRepository,
    private readonly records: PatientRecordsRepository,
    private readonly branches: BranchesService,
    private readonly renal: RenalFunctionService,
  ) {}

  /** A page of patients by name (typos forgiven), phone digits, birth date or number. */
  findPage(ctx: RequestContext, query: z.output<typeof PatientQuery>): Promise<Page<PatientShown>> {
    const { page, limit } = query;
    const search = readPatientSearch(query.q, foldText, isCalendarDate);
    return this.uow.read(ctx, async (tx) => {
      const { rows, total } = await this.patients.findPage(
        tx,
        ctx.branchId,
        search,
        limit,
        (page - 1) * limit,
      );
      return { data: rows, meta: countedMeta(total, page, limit) };
    });
  }

  /** Numbers of the patients a text may name, nearest first; none where it is no name. At most so many. */
  async findNamed(tx: Tx, branchId: number, text: string, limit: number): Promise<number[]> {
    const search = readPatientSearch(text, foldText, isCalendarDate);
    if (search.kind !== 'name' || search.words.length === 0) return [];
    return this.patients.findIdsByName(tx, branchId, search.words, limit);
  }

  /** One patient with allergies, conditions and medicines from elsewhere; that it was read is recorded. */
  findOne(ctx: RequestContext, patientId: number): Promise<z.output<typeof PatientDetail>> {
    return this.reading(ctx, patientId, async (tx, patient) => {
      const [{ today }, allergies, conditions, medications] = await Promise.all([
        this.branches.settings(tx, ctx.branchId),
        this.records.allergies(tx, patient.patientId),
        this.records.conditions(tx, patient.patientId),
        this.records.medications(tx, patient.patientId),
      ]);
      const known = {
        ...patient,
        allergies: [],
        conditions: conditions.filter(({ status }) => status === 'active'),
      };
      const renalFunction = this.renal.of(today, known);
      return { ...patient, renalFunction, allergies, conditions, medications };
    });
  }

  /**
   * Reads something of one patient's record in a transaction that records the reading in the audit trail. The number of a
   * record that was taken over reads the surviving one, whose number is on the patient handed on.
   */
  reading<T>(
    ctx: RequestContext,
    patientId: number,
    read: (tx: Tx, patient: PatientShown & { mergedInto: number | null }) => Promise<T>,
  ): Promise<T> {
    return this.uow.run(ctx, async (tx) => {
      const [patient] = await Promise.all([
        this.patients.findSurvivor(tx, ctx.branchId, patientId),
        this.patients.logRead(tx, patientId),
      ]);
      if (!patient) throw new NotFound('patient');
      return read(tx, patient);
    });
  }

  create(ctx: RequestContext, input: z.output<typeof CreatePatient>): Promise<PatientShown> {
    return this.uow.run(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const patientId = await this.patients.insert(tx, {
        ...datedState(this.inKeptUnits(input), today),
        branchId: ctx.branchId,
        nameFolded: foldedNames(input),
      });
      return this.get(tx, ctx.branchId, patientId);
    });
  }

  /** Changes a patient of the version given; StaleVersion when he was changed meanwhile. */
  update(
    ctx: RequestContext,
    patientId: number,
    input: z.output<typeof UpdatePatient>,
  ): Promise<PatientShown> {
    const { version, ...changes } = input;
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.patients.lock(tx, ctx.branchId, patientId))) throw new NotFound('patient');
      // Under the lock, which an allergy being recorded waits for: its trigger then has the last word.
      if (changes.allergyStatus !== undefined && (await this.patients.hasActiveAllergy(tx, patientId)))
        throw new AllergiesOnRecord();
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const current = await this.get(tx, ctx.branchId, patientId);
      const updated = await this.patients.update(tx, patientId, version, {
        ...datedState(this.inKeptUnits(changes), today, current),
        nameFolded: foldedNames({ ...current, ...withoutUndefined(changes) }),
      });
      if (!updated) throw new StaleVersion('patient');
      return this.get(tx, ctx.branchId, patientId);
    });
  }

  /** Particulars with the creatinine in µmol/L. Throws RuleViolation for one that cannot be. */
  private inKeptUnits<Particulars extends Pick<z.output<typeof UpdatePatient>, 'creatinine'>>({
    creatinine,
    ...rest
  }: Particulars): Omit<Particulars, 'creatinine'> & { creatinineUmolL?: string | null } {
    if (creatinine === undefined) return rest;
    return { ...rest, creatinineUmolL: creatinine === null ? null : this.renal.micromoles(creatinine) };
  }

  /**
   * The patient of the branch, to write something of him. NotFound for another branch's, which must look like none;
   * PatientMerged for a record that was taken over; PatientErased.
   */
  async get(tx: Tx, branchId: number, patientId: number): Promise<PatientShown> {
    const found = await this.patients.findOne(tx, branchId, patientId);
    if (!found) throw new NotFound('patient');
    const { mergedInto, ...patient } = found;
    if (mergedInto !== null) throw new PatientMerged(mergedInto);
    if (patient.erasedAt !== null) throw new PatientErased();
    return patient;
  }

  /** As `get`, for what is to be dispensed to him. Throws PatientDeceased as well. */
  async getLiving(tx: Tx, branchId: number, patientId: number): Promise<PatientShown> {
    const patient = await this.get(tx, branchId, patientId);
    if (patient.isDeceased) throw new PatientDeceased();
    return patient;
  }

  /**
   * What a screening must know of a patient: the person, and the medicines he takes today (fills not run out, other
   * prescriptions that may be filled, medicines from elsewhere). `exceptPrescriptionId` is the prescription being
   * judged: neither it nor its own fills count as current. NotFound when the patient is not one of the actor's branches.
   */
  async screeningFacts(
    tx: Tx,
    patientId: number,
    options: { readonly exceptPrescriptionId?: number } = {},
  ): Promise<PatientFacts> {
    const facts = await this.patients.screeningFacts(tx, patientId, options.exceptPrescriptionId ?? 0);
    if (!facts) throw new NotFound('patient');
    return facts;
  }

  /**
   * Holds what a screening of the patient rests on until the transaction ends: what is recorded of him meanwhile waits,
   * and is seen by the next screening. To be taken before `screeningFacts` by whatever dispenses or sells. Throws NotFound, PatientMerged,
   * PatientDeceased.
   */
  async holdForScreening(tx: Tx, patientId: number): Promise<void> {
    const held = await this.patients.lockForScreening(tx, patientId);
    if (!held) throw new NotFound('patient');
    if (held.mergedInto !== null) throw new PatientMerged(held.mergedInto);
    if (held.isDeceased) throw new PatientDeceased();
  }
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
