import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { ScreenedMedicine, ScreenedPatient } from '../../reference/clinical/clinical.types.js';
import { Patient } from './patient.entity.js';
import type { PatientSearch } from './patient-search.domain.js';
import type { PatientView } from './patients.schemas.js';
import * as sql from './patients.sql.js';
import type { PatientFacts } from './patients.types.js';

type PatientRow = z.output<typeof PatientView>;
interface Paged {
  readonly rows: PatientRow[];
  readonly total: number;
}
interface MedicineRow {
  readonly drugId: number | null;
  readonly ingredientId: number | null;
  readonly text: string | null;
  readonly doseAmount: string | null;
  readonly doseUnit: string | null;
  readonly frequencyPerDay: string | null;
  readonly days: number | null;
}
/** `mergedInto`: the record that took this one over. */
type Resolved = PatientRow & { readonly mergedInto: number | null };

@Injectable()
export class PatientsRepository {
  /** A page of the branch's patients that answer the search; best match first. */
  async findPage(
    tx: Tx,
    branchId: number,
    search: PatientSearch,
    limit: number,
    offset: number,
  ): Promise<Paged> {
    switch (search.kind) {
      case 'all':
        return this.page(tx, sql.FIND_ALL, sql.COUNT_ALL, [branchId], [limit, offset]);
      case 'birth-date':
        return this.page(
          tx,
          sql.FIND_BY_BIRTH_DATE,
          sql.COUNT_BY_BIRTH_DATE,
          [branchId, search.birthDate],
          [limit, offset],
        );
      case 'number':
        return this.page(
          tx,
          sql.FIND_BY_NUMBER,
          sql.COUNT_BY_NUMBER,
          [branchId, search.digits, search.patientId],
          [limit, offset],
        );
      case 'name': {
        if (search.words.length === 0) return { rows: [], total: 0 };
        return this.named(tx, [branchId, search.words], [limit, offset]);
      }
    }
  }

  /** Numbers of the patients whose names are nearest, best first, at most so many. */
  async findIdsByName(tx: Tx, branchId: number, words: readonly string[], limit: number): Promise<number[]> {
    const rows = await tx.query<{ patientId: number }>(sql.FIND_IDS_BY_NAME, [branchId, words, limit]);
    return rows.map(({ patientId }) => patientId);
  }

  private async named(tx: Tx, filter: readonly unknown[], more: readonly unknown[]): Promise<Paged> {
    const found = await tx.query<PatientRow & { counted: number }>(sql.FIND_BY_NAME, [...filter, ...more]);
    const rows = found.map(({ counted: _, ...row }) => row);
    // A page behind the last one does not say how many there are.
    const total = found[0]?.counted ?? (await tx.one<{ total: number }>(sql.COUNT_BY_NAME, filter)).total;
    return { rows, total };
  }

  private async page(
    tx: Tx,
    find: string,
    count: string,
    filter: readonly unknown[],
    more: readonly unknown[],
  ): Promise<Paged> {
    const rows = await tx.query<PatientRow>(find, [...filter, ...more]);
    const { total } = await tx.one<{ total: number }>(count, filter);
    return { rows, total };
  }

  /** The record of exactly this number, taken over or not. */
  async findOne(tx: Tx, branchId: number, patientId: number): Promise<Resolved | undefined> {
    return tx.maybeOne<Resolved>(sql.FIND_ONE, [patientId, branchId]);
  }

  /** The record that answers for this number: its own, or the one that took it over (then `mergedInto`). */
  async findSurvivor(tx: Tx, branchId: number, patientId: number): Promise<Resolved | undefined> {
    return tx.maybeOne<Resolved>(sql.FIND_SURVIVOR, [patientId, branchId]);
  }

  /** Takes the row lock that changes of a patient and of his allergy status queue on; false when there is none. */
  async lock(tx: Tx, branchId: number, patientId: number): Promise<boolean> {
    return (await tx.maybeOne(sql.LOCK_ONE, [patientId, branchId])) !== undefined;
  }

  async hasActiveAllergy(tx: Tx, patientId: number): Promise<boolean> {
    return (await tx.one<{ found: boolean }>(sql.HAS_ACTIVE_ALLERGY, [patientId])).found;
  }

  /** Records in the audit trail that the patient's record was read. */
  async logRead(tx: Tx, patientId: number): Promise<void> {
    await tx.query(sql.LOG_READ, [patientId]);
  }

  async insert(tx: Tx, values: Partial<Patient>): Promise<number> {
    const { identifiers } = await tx.manager.insert(Patient, values);
    return Number(identifiers[0]?.patientId);
  }

  /** Changes the row when it still has the version; answers whether it did. */
  async update(tx: Tx, patientId: number, version: number, values: Partial<Patient>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      Patient,
      { patientId, version },
      { ...values, version: version + 1 },
    );
    return affected === 1;
  }

  /** The person and what he takes, the prescription being judged left out; undefined when there is no such patient. */
  async screeningFacts(
    tx: Tx,
    patientId: number,
    exceptPrescriptionId: number,
  ): Promise<PatientFacts | undefined> {
    const row = await tx.maybeOne<
      ScreenedPatient & { today: string; medicines: MedicineRow[]; mergedInto: number | null }
    >(sql.SCREENING_FACTS, [patientId, exceptPrescriptionId]);
    if (!row) return undefined;
    const { today, medicines, mergedInto, ...patient } = row;
    // What is known of him stands under the number that took this one over.
    if (mergedInto !== null) return this.screeningFacts(tx, mergedInto, exceptPrescriptionId);
    return { patient, today, current: medicines.map(medicineOf) };
  }

  /** Holds what a screening rests on as it is until the transaction ends; undefined when there is no such patient. */
  async lockForScreening(
    tx: Tx,
    patientId: number,
  ): Promise<{ mergedInto: number | null; isDeceased: boolean } | undefined> {
    return tx.maybeOne(sql.LOCK_FOR_SCREENING, [patientId]);
  }
}

const medicineOf = (row: MedicineRow): ScreenedMedicine => ({
  ...(row.drugId === null ? {} : { drugId: row.drugId }),
  ...(row.ingredientId === null ? {} : { ingredientId: row.ingredientId }),
  ...(row.text === null ? {} : { text: row.text }),
  ...(row.days === null ? {} : { days: row.days }),
  ...(row.doseAmount !== null && row.doseUnit !== null && row.frequencyPerDay !== null
    ? { dose: { amount: row.doseAmount, unit: row.doseUnit, frequencyPerDay: row.frequencyPerDay } }
    : {}),
});
