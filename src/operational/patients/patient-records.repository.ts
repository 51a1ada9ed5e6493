import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { PatientAllergy } from './patient-allergy.entity.js';
import { PatientCondition } from './patient-condition.entity.js';
import { PatientInsurance } from './patient-insurance.entity.js';
import { PatientMedication } from './patient-medication.entity.js';
import type { AllergyView, ConditionView, InsuranceView, MedicationView } from './patient-records.schemas.js';
import * as sql from './patient-records.sql.js';

/** An entry as the database gives it: its instant is a Date until it becomes JSON. */
type Row<View extends z.ZodType> = z.output<View>;
export type AllergyRow = Row<typeof AllergyView>;
export type ConditionRow = Row<typeof ConditionView>;
export type MedicationRow = Row<typeof MedicationView>;
export type InsuranceRow = Row<typeof InsuranceView>;

/** Allergies, conditions, medicines from elsewhere and insurance of a patient. The caller has checked the patient. */
@Injectable()
export class PatientRecordsRepository {
  async allergies(tx: Tx, patientId: number, allergyId: number | null = null): Promise<AllergyRow[]> {
    return tx.query<AllergyRow>(sql.ALLERGIES, [patientId, allergyId]);
  }

  async conditions(tx: Tx, patientId: number, conditionId: number | null = null): Promise<ConditionRow[]> {
    return tx.query<ConditionRow>(sql.CONDITIONS, [patientId, conditionId]);
  }

  async medications(tx: Tx, patientId: number, medicationId: number | null = null): Promise<MedicationRow[]> {
    return tx.query<MedicationRow>(sql.MEDICATIONS, [patientId, medicationId]);
  }

  async insurance(tx: Tx, patientId: number, insuranceId: number | null = null): Promise<InsuranceRow[]> {
    return tx.query<InsuranceRow>(sql.INSURANCE, [patientId, insuranceId]);
  }

  async insertAllergy(tx: Tx, values: Partial<PatientAllergy>): Promise<number> {
    return Number((await tx.manager.insert(PatientAllergy, values)).identifiers[0]?.allergyId);
  }

  async insertCondition(tx: Tx, values: Partial<PatientCondition>): Promise<number> {
    return Number((await tx.manager.insert(PatientCondition, values)).identifiers[0]?.conditionId);
  }

  async insertMedication(tx: Tx, values: Partial<PatientMedication>): Promise<number> {
    return Number((await tx.manager.insert(PatientMedication, values)).identifiers[0]?.medicationId);
  }

  async insertInsurance(tx: Tx, values: Partial<PatientInsurance>): Promise<number> {
    return Number((await tx.manager.insert(PatientInsurance, values)).identifiers[0]?.insuranceId);
  }

  /** Each update answers whether the entry still had the version. */
  async updateAllergy(
    tx: Tx,
    allergyId: number,
    version: number,
    values: Partial<PatientAllergy>,
  ): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(PatientAllergy, { allergyId, version }, next)).affected === 1;
  }

  async updateCondition(
    tx: Tx,
    conditionId: number,
    version: number,
    values: Partial<PatientCondition>,
  ): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(PatientCondition, { conditionId, version }, next)).affected === 1;
  }

  async updateMedication(
    tx: Tx,
    medicationId: number,
    version: number,
    values: Partial<PatientMedication>,
  ): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(PatientMedication, { medicationId, version }, next)).affected === 1;
  }

  async updateInsurance(
    tx: Tx,
    insuranceId: number,
    version: number,
    values: Partial<PatientInsurance>,
  ): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(PatientInsurance, { insuranceId, version }, next)).affected === 1;
  }

  async ingredientExists(tx: Tx, ingredientId: number): Promise<boolean> {
    return (await tx.maybeOne(sql.INGREDIENT_EXISTS, [ingredientId])) !== undefined;
  }

  async drugExists(tx: Tx, drugId: number): Promise<boolean> {
    return (await tx.maybeOne(sql.DRUG_EXISTS, [drugId])) !== undefined;
  }

  async payerExists(tx: Tx, payerId: number): Promise<boolean> {
    return (await tx.maybeOne(sql.PAYER_EXISTS, [payerId])) !== undefined;
  }

  /** The group with the identity or the code. */
  async findGroup(tx: Tx, groupId: number | null, code: string | null): Promise<number | undefined> {
    return (await tx.maybeOne<{ groupId: number }>(sql.FIND_GROUP, [groupId, code]))?.groupId;
  }
}
