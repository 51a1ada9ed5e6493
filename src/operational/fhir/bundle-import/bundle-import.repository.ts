import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import * as sql from './bundle-import.sql.js';
import type { Key } from './bundle.types.js';
import type { ConditionFacts } from './clinical.domain.js';
import type { PatientFactsRead, PractitionerFactsRead } from './person.domain.js';

/** A resource that was imported before, by one of the keys it is known by. */
export interface KnownResource extends Key {
  readonly resourceType: string;
  readonly fhirResourceId: number;
  readonly patientId: number | null;
  readonly prescriberId: number | null;
  readonly contentHash: string;
  readonly isStanding: boolean;
}

/** A patient on record, held until the import ends. */
export interface HeldPatient extends PatientFactsRead {
  readonly patientId: number;
  readonly weightRecordedOn: string | null;
  readonly egfrRecordedOn: string | null;
  readonly heightRecordedOn: string | null;
  readonly creatinineRecordedOn: string | null;
  readonly pregnancyRecordedOn: string | null;
  readonly lactationRecordedOn: string | null;
}

/** What an allergy is to, or a medicine is: one of these. */
export interface Substance {
  readonly drugId?: number | null;
  readonly ingredientId?: number | null;
  readonly groupId?: number | null;
  readonly text?: string | null;
}

/** A row that stands behind a resource. */
export interface LinkedRow extends Substance {
  readonly fhirResourceId: number;
  readonly allergyId: number | null;
  readonly conditionId: number | null;
  readonly medicationId: number | null;
}

/** What is measured of a patient: decimal strings and states, each with its day; null: nothing new. */
export interface Measured {
  readonly weight: readonly [string | null, string | null];
  readonly egfr: readonly [string | null, string | null];
  readonly height: readonly [string | null, string | null];
  readonly creatinine: readonly [string | null, string | null];
  readonly pregnancy: readonly [boolean | null, string | null];
  readonly lactation: readonly [boolean | null, string | null];
}

/** Whose record a row is added to, under which resource, and by whom. */
export interface Whose {
  readonly fhirResourceId: number;
  readonly branchId: number;
  readonly patientId: number;
  readonly recordedBy: number | null;
}

const columnsOf = (facts: PatientFactsRead, nameFolded: string): unknown[] => [
  facts.firstName,
  facts.lastName,
  facts.firstNameAr,
  facts.lastNameAr,
  nameFolded,
  facts.birthDate,
  facts.birthDatePartial,
  facts.sex,
  facts.phone,
  facts.nationalId,
  facts.language,
  facts.isDeceased,
  facts.deceasedOn,
];

/** Statements of the import; the caller holds the branch. */
@Injectable()
export class BundleImportRepository {
  findBranch(tx: Tx, code: string | null): Promise<{ branchId: number; code: string } | undefined> {
    return tx.maybeOne(sql.FIND_BRANCH, [code]);
  }

  async lockBranch(tx: Tx, branchId: number): Promise<void> {
    await tx.query(sql.LOCK_BRANCH, [branchId]);
  }

  async findResources(
    tx: Tx,
    branchId: number,
    keys: readonly (Key & { readonly resourceType: string })[],
  ): Promise<KnownResource[]> {
    if (keys.length === 0) return [];
    const list = (read: (key: Key & { readonly resourceType: string }) => string): string[] => keys.map(read);
    return tx.query<KnownResource>(sql.FIND_RESOURCES, [
      branchId,
      list(({ resourceType }) => resourceType),
      list(({ system }) => system),
      list(({ value }) => value),
    ]);
  }

  lockPatients(
    tx: Tx,
    branchId: number,
    patientIds: readonly number[],
    nationalIds: readonly string[],
  ): Promise<HeldPatient[]> {
    return tx.query<HeldPatient>(sql.LOCK_PATIENTS, [branchId, patientIds, nationalIds]);
  }

  async insertPatient(tx: Tx, branchId: number, facts: PatientFactsRead, folded: string): Promise<number> {
    return (await tx.one<{ patientId: number }>(sql.INSERT_PATIENT, [branchId, ...columnsOf(facts, folded)]))
      .patientId;
  }

  async updatePatient(tx: Tx, patientId: number, facts: PatientFactsRead, folded: string): Promise<void> {
    await tx.execute(sql.UPDATE_PATIENT, [patientId, ...columnsOf(facts, folded)]);
  }

  async insertResource(
    tx: Tx,
    branchId: number,
    resource: {
      readonly resourceType: string;
      readonly patientId: number | null;
      readonly prescriberId: number | null;
      readonly contentHash: string;
      readonly isStanding: boolean;
      readonly keys: readonly Key[];
    },
  ): Promise<number> {
    const { resourceType, patientId, prescriberId, contentHash, isStanding, keys } = resource;
    const row = await tx.one<{ fhirResourceId: number }>(sql.INSERT_RESOURCE, [
      branchId,
      resourceType,
      patientId,
      prescriberId,
      contentHash,
      isStanding,
      JSON.stringify(keys),
    ]);
    return row.fhirResourceId;
  }

  async updateResource(
    tx: Tx,
    fhirResourceId: number,
    contentHash: string,
    isStanding: boolean,
  ): Promise<void> {
    await tx.execute(sql.UPDATE_RESOURCE, [fhirResourceId, contentHash, isStanding]);
  }

  async addKeys(
    tx: Tx,
    branchId: number,
    resourceType: string,
    fhirResourceId: number,
    keys: readonly Key[],
  ): Promise<void> {
    if (keys.length > 0)
      await tx.execute(sql.ADD_KEYS, [fhirResourceId, branchId, resourceType, JSON.stringify(keys)]);
  }

  /** The prescriber of the licence number, made where there is none; `isNew` says which. */
  async prescriberOf(
    tx: Tx,
    facts: PractitionerFactsRead,
    folded: string,
  ): Promise<{ prescriberId: number; isNew: boolean }> {
    const made = await tx.maybeOne<{ prescriberId: number }>(sql.INSERT_PRESCRIBER, [
      facts.firstName,
      facts.lastName,
      facts.firstNameAr,
      facts.lastNameAr,
      folded,
      facts.licenceNumber,
      facts.specialty,
      facts.phone,
    ]);
    if (made) return { ...made, isNew: true };
    return {
      ...(await tx.one<{ prescriberId: number }>(sql.FIND_PRESCRIBER, [facts.licenceNumber])),
      isNew: false,
    };
  }

  async updatePrescriber(
    tx: Tx,
    prescriberId: number,
    facts: PractitionerFactsRead,
    folded: string,
  ): Promise<void> {
    await tx.execute(sql.UPDATE_PRESCRIBER, [
      prescriberId,
      facts.firstName,
      facts.lastName,
      facts.firstNameAr,
      facts.lastNameAr,
      folded,
      facts.specialty,
      facts.phone,
    ]);
  }

  findEntries(tx: Tx, fhirResourceIds: readonly number[]): Promise<LinkedRow[]> {
    return tx.query<LinkedRow>(sql.FIND_ENTRIES, [fhirResourceIds]);
  }

  findAllergies(
    tx: Tx,
    patientIds: readonly number[],
  ): Promise<(Substance & { readonly patientId: number; readonly allergyId: number })[]> {
    return tx.query(sql.FIND_ALLERGIES, [patientIds]);
  }

  async addAllergy(
    tx: Tx,
    whose: Whose,
    to: Substance,
    facts: { readonly reaction: string | null; readonly severity: string; readonly status: string },
  ): Promise<number> {
    const row = await tx.one<{ id: number }>(sql.ADD_ALLERGY, [
      whose.fhirResourceId,
      whose.branchId,
      whose.patientId,
      to.ingredientId ?? null,
      to.groupId ?? null,
      to.text ?? null,
      facts.reaction,
      facts.severity,
      facts.status,
      whose.recordedBy,
    ]);
    return row.id;
  }

  async linkAllergy(tx: Tx, { fhirResourceId, branchId }: Whose, allergyId: number): Promise<void> {
    await tx.execute(sql.LINK_ALLERGY, [fhirResourceId, branchId, allergyId]);
  }

  async updateAllergy(
    tx: Tx,
    allergyId: number,
    facts: { readonly reaction: string | null; readonly severity: string; readonly status: string },
  ): Promise<void> {
    await tx.execute(sql.UPDATE_ALLERGY, [allergyId, facts.reaction, facts.severity, facts.status]);
  }

  async retireAllergy(
    tx: Tx,
    allergyId: number,
    fhirResourceId: number,
    status: 'inactive' | 'entered_in_error',
  ): Promise<void> {
    await tx.execute(sql.RETIRE_ALLERGY, [allergyId, fhirResourceId, status]);
  }

  async addCondition(tx: Tx, whose: Whose, facts: ConditionFacts): Promise<void> {
    await tx.execute(sql.ADD_CONDITION, [
      whose.fhirResourceId,
      whose.branchId,
      whose.patientId,
      facts.icd10,
      facts.name,
      facts.onsetDate,
      facts.status,
      whose.recordedBy,
    ]);
  }

  async updateCondition(tx: Tx, conditionId: number, facts: ConditionFacts): Promise<void> {
    await tx.execute(sql.UPDATE_CONDITION, [
      conditionId,
      facts.icd10,
      facts.name,
      facts.onsetDate,
      facts.status,
    ]);
  }

  async retireCondition(tx: Tx, conditionId: number): Promise<void> {
    await tx.execute(sql.RETIRE_CONDITION, [conditionId]);
  }

  async addMedication(
    tx: Tx,
    whose: Whose,
    what: Substance,
    taken: {
      readonly dose: string | null;
      readonly startedOn: string | null;
      readonly endedOn: string | null;
    },
  ): Promise<void> {
    await tx.execute(sql.ADD_MEDICATION, [
      whose.fhirResourceId,
      whose.branchId,
      whose.patientId,
      what.drugId ?? null,
      what.ingredientId ?? null,
      what.text ?? null,
      taken.dose,
      taken.startedOn,
      taken.endedOn,
      whose.recordedBy,
    ]);
  }

  async updateMedication(
    tx: Tx,
    medicationId: number,
    taken: {
      readonly dose: string | null;
      readonly startedOn: string | null;
      readonly endedOn: string | null;
    },
  ): Promise<void> {
    await tx.execute(sql.UPDATE_MEDICATION, [medicationId, taken.dose, taken.startedOn, taken.endedOn]);
  }

  async retireMedication(tx: Tx, medicationId: number, yesterday: string): Promise<void> {
    await tx.execute(sql.RETIRE_MEDICATION, [medicationId, yesterday]);
  }

  /** Keeps that a condition says of a pregnancy, since a day, that it goes on, or is over. */
  async setPregnant(tx: Tx, patientId: number, since: string, isPregnant: boolean): Promise<void> {
    await tx.execute(isPregnant ? sql.SET_PREGNANT : sql.END_PREGNANCY, [patientId, since]);
  }

  /** Answers whether it was set. */
  async setNoneKnown(tx: Tx, patientId: number): Promise<boolean> {
    return (await tx.execute(sql.SET_NONE_KNOWN, [patientId])) > 0;
  }

  async hasActiveAllergy(tx: Tx, patientId: number): Promise<boolean> {
    return (await tx.one<{ found: boolean }>(sql.HAS_ACTIVE_ALLERGY, [patientId])).found;
  }

  async updateMeasured(tx: Tx, patientId: number, measured: Measured): Promise<void> {
    const { weight, egfr, height, creatinine, pregnancy, lactation } = measured;
    await tx.execute(sql.UPDATE_MEASURED, [
      patientId,
      ...weight,
      ...egfr,
      ...height,
      ...creatinine,
      ...pregnancy,
      ...lactation,
    ]);
  }
}
