import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { AllergyStatus, ChildPugh, PageLanguage, Sex } from './patients.types.js';

/** A person the pharmacy cares for; the record belongs to one branch. */
@Entity({ schema: 'operational', name: 'patients' })
export class Patient {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'patient_id' })
  patientId: number;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'text', name: 'first_name' })
  firstName: string;

  @Column({ type: 'text', name: 'last_name' })
  lastName: string;

  @Column({ type: 'text', name: 'first_name_ar', nullable: true })
  firstNameAr: string | null;

  @Column({ type: 'text', name: 'last_name_ar', nullable: true })
  lastNameAr: string | null;

  /** All names folded, for search. */
  @Column({ type: 'text', name: 'name_folded' })
  nameFolded: string;

  /** Null: not known in full, and no age is judged. */
  @Column({ type: 'date', name: 'birth_date', nullable: true })
  birthDate: string | null;

  /** Year, or year and month, of birth where the day is not known. */
  @Column({ type: 'text', name: 'birth_date_partial', nullable: true })
  birthDatePartial: string | null;

  @Column({ type: 'boolean', name: 'is_deceased' })
  isDeceased: boolean;

  @Column({ type: 'date', name: 'deceased_on', nullable: true })
  deceasedOn: string | null;

  @Column({ type: 'text', name: 'sex' })
  sex: Sex;

  @Column({ type: 'text', name: 'phone', nullable: true })
  phone: string | null;

  @Column({ type: 'text', name: 'national_id', nullable: true })
  nationalId: string | null;

  /** Kilograms as a decimal string. */
  @Column({ type: 'numeric', name: 'weight_kg', nullable: true })
  weightKg: string | null;

  @Column({ type: 'date', name: 'weight_recorded_on', nullable: true })
  weightRecordedOn: string | null;

  /** Renal function as measured, mL/min/1.73 m², as a decimal string. */
  @Column({ type: 'numeric', name: 'egfr', nullable: true })
  egfr: string | null;

  @Column({ type: 'date', name: 'egfr_recorded_on', nullable: true })
  egfrRecordedOn: string | null;

  /** Centimetres as a decimal string. */
  @Column({ type: 'numeric', name: 'height_cm', nullable: true })
  heightCm: string | null;

  @Column({ type: 'date', name: 'height_recorded_on', nullable: true })
  heightRecordedOn: string | null;

  /** Serum creatinine, micromoles per litre, as a decimal string. */
  @Column({ type: 'numeric', name: 'creatinine_umol_l', nullable: true })
  creatinineUmolL: string | null;

  @Column({ type: 'date', name: 'creatinine_recorded_on', nullable: true })
  creatinineRecordedOn: string | null;

  /** Null: not asked. */
  @Column({ type: 'boolean', name: 'pregnant', nullable: true })
  pregnant: boolean | null;

  /** 1, 2 or 3, as told on the day of recording; null: not known, or known by the due date. */
  @Column({ type: 'smallint', name: 'trimester', nullable: true })
  trimester: number | null;

  /** Day the birth is expected; the trimester follows from it. */
  @Column({ type: 'date', name: 'due_date', nullable: true })
  dueDate: string | null;

  @Column({ type: 'date', name: 'pregnancy_recorded_on', nullable: true })
  pregnancyRecordedOn: string | null;

  /** Null: not asked. */
  @Column({ type: 'boolean', name: 'lactating', nullable: true })
  lactating: boolean | null;

  @Column({ type: 'date', name: 'lactation_recorded_on', nullable: true })
  lactationRecordedOn: string | null;

  /** Hepatic function. */
  @Column({ type: 'text', name: 'child_pugh', nullable: true })
  childPugh: ChildPugh | null;

  @Column({ type: 'date', name: 'child_pugh_recorded_on', nullable: true })
  childPughRecordedOn: string | null;

  /** 'recorded' follows the active allergies by trigger; only the other two are written by hand. */
  @Column({ type: 'text', name: 'allergy_status' })
  allergyStatus: AllergyStatus;

  @Column({ type: 'text', name: 'language' })
  language: PageLanguage;

  @Column({ type: 'text', name: 'notes', nullable: true })
  notes: string | null;

  @Column({ type: 'boolean', name: 'is_sample' })
  isSample: boolean;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
