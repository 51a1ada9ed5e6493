import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/tx.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  PatientRecordsRepository,
  type AllergyRow,
  type ConditionRow,
  type InsuranceRow,
  type MedicationRow,
} from './patient-records.repository.js';
import type {
  CreateAllergy,
  CreateCondition,
  CreateInsurance,
  CreateMedication,
  UpdateAllergy,
  UpdateCondition,
  UpdateInsurance,
  UpdateMedication,
} from './patient-records.schemas.js';
import { PatientsService } from './patients.service.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
interface List<Row> {
  readonly data: Row[];
}

/** What hangs on a patient: allergies, conditions, medicines from elsewhere, insurance. */
@Injectable()
export class PatientRecordsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsService,
    private readonly records: PatientRecordsRepository,
  ) {}

  allergies(ctx: RequestContext, patientId: number): Promise<List<AllergyRow>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => ({
      data: await this.records.allergies(tx, patient.patientId),
    }));
  }

  conditions(ctx: RequestContext, patientId: number): Promise<List<ConditionRow>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => ({
      data: await this.records.conditions(tx, patient.patientId),
    }));
  }

  medications(ctx: RequestContext, patientId: number): Promise<List<MedicationRow>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => ({
      data: await this.records.medications(tx, patient.patientId),
    }));
  }

  insurance(ctx: RequestContext, patientId: number): Promise<List<InsuranceRow>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => ({
      data: await this.records.insurance(tx, patient.patientId),
    }));
  }

  addAllergy(ctx: RequestContext, patientId: number, input: In<typeof CreateAllergy>): Promise<AllergyRow> {
    const { ingredientId, groupId, groupCode, ...rest } = input;
    return this.adding(ctx, patientId, async (tx, whose) => {
      if (ingredientId !== undefined && !(await this.records.ingredientExists(tx, ingredientId)))
        throw new NotFound('ingredient');
      const isGroup = groupId !== undefined || groupCode !== undefined;
      const group = isGroup
        ? await this.records.findGroup(tx, groupId ?? null, groupCode ?? null)
        : undefined;
      if (isGroup && group === undefined) throw new NotFound('ingredient group');
      const id = await this.records.insertAllergy(tx, { ...whose, ...rest, ingredientId, groupId: group });
      return this.records.allergies(tx, patientId, id);
    });
  }

  addCondition(
    ctx: RequestContext,
    patientId: number,
    input: In<typeof CreateCondition>,
  ): Promise<ConditionRow> {
    return this.adding(ctx, patientId, async (tx, whose) => {
      const id = await this.records.insertCondition(tx, { ...whose, ...input });
      return this.records.conditions(tx, patientId, id);
    });
  }

  addMedication(
    ctx: RequestContext,
    patientId: number,
    input: In<typeof CreateMedication>,
  ): Promise<MedicationRow> {
    return this.adding(ctx, patientId, async (tx, whose) => {
      if (input.drugId !== undefined && !(await this.records.drugExists(tx, input.drugId)))
        throw new NotFound('drug');
      if (input.ingredientId !== undefined && !(await this.records.ingredientExists(tx, input.ingredientId)))
        throw new NotFound('ingredient');
      const id = await this.records.insertMedication(tx, { ...whose, ...input });
      return this.records.medications(tx, patientId, id);
    });
  }

  addInsurance(
    ctx: RequestContext,
    patientId: number,
    input: In<typeof CreateInsurance>,
  ): Promise<InsuranceRow> {
    return this.adding(ctx, patientId, async (tx, { recordedBy: _, ...whose }) => {
      if (!(await this.records.payerExists(tx, input.payerId))) throw new NotFound('payer');
      const id = await this.records.insertInsurance(tx, { ...whose, ...input });
      return this.records.insurance(tx, patientId, id);
    });
  }

  updateAllergy(
    ctx: RequestContext,
    patientId: number,
    allergyId: number,
    input: In<typeof UpdateAllergy>,
  ): Promise<AllergyRow> {
    const { version, ...values } = input;
    return this.changing(ctx, patientId, 'allergy', {
      find: (tx) => this.records.allergies(tx, patientId, allergyId),
      change: (tx) => this.records.updateAllergy(tx, allergyId, version, values),
    });
  }

  updateCondition(
    ctx: RequestContext,
    patientId: number,
    conditionId: number,
    input: In<typeof UpdateCondition>,
  ): Promise<ConditionRow> {
    const { version, ...values } = input;
    return this.changing(ctx, patientId, 'condition', {
      find: (tx) => this.records.conditions(tx, patientId, conditionId),
      change: (tx) => this.records.updateCondition(tx, conditionId, version, values),
    });
  }

  updateMedication(
    ctx: RequestContext,
    patientId: number,
    medicationId: number,
    input: In<typeof UpdateMedication>,
  ): Promise<MedicationRow> {
    const { version, ...values } = input;
    return this.changing(ctx, patientId, 'medication', {
      find: (tx) => this.records.medications(tx, patientId, medicationId),
      change: (tx) => this.records.updateMedication(tx, medicationId, version, values),
    });
  }

  updateInsurance(
    ctx: RequestContext,
    patientId: number,
    insuranceId: number,
    input: In<typeof UpdateInsurance>,
  ): Promise<InsuranceRow> {
    const { version, ...values } = input;
    return this.changing(ctx, patientId, 'insurance', {
      find: (tx) => this.records.insurance(tx, patientId, insuranceId),
      change: (tx) => this.records.updateInsurance(tx, insuranceId, version, values),
    });
  }

  /** Adds an entry to a patient of the branch and answers it as it is shown. */
  private adding<Row>(
    ctx: RequestContext,
    patientId: number,
    add: (tx: Tx, whose: { patientId: number; branchId: number; recordedBy: number }) => Promise<Row[]>,
  ): Promise<Row> {
    return this.uow.run(ctx, async (tx) => {
      await this.patients.get(tx, ctx.branchId, patientId);
      const [row] = await add(tx, { patientId, branchId: ctx.branchId, recordedBy: ctx.actor.userId });
      if (!row) throw new Error('an entry just added is not there');
      return row;
    });
  }

  /** Changes an entry of a patient of the branch when it still has its version. */
  private changing<Row>(
    ctx: RequestContext,
    patientId: number,
    what: string,
    entry: { find: (tx: Tx) => Promise<Row[]>; change: (tx: Tx) => Promise<boolean> },
  ): Promise<Row> {
    return this.uow.run(ctx, async (tx) => {
      await this.patients.get(tx, ctx.branchId, patientId);
      if ((await entry.find(tx)).length === 0) throw new NotFound(what);
      if (!(await entry.change(tx))) throw new StaleVersion(what);
      const [row] = await entry.find(tx);
      if (!row) throw new NotFound(what);
      return row;
    });
  }
}
