import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import { Patient } from './patient.entity.js';

/** A medicine the patient takes from elsewhere: a product, an ingredient, or words that cannot be screened. */
@Entity({ schema: 'operational', name: 'patient_medications' })
export class PatientMedication {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'medication_id' })
  medicationId: number;

  @Column({ type: 'integer', name: 'patient_id' })
  patientId: number;

  @ManyToOne(() => Patient)
  @JoinColumn({ name: 'patient_id' })
  patient: Relation<Patient>;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'integer', name: 'drug_id', nullable: true })
  drugId: number | null;

  @Column({ type: 'integer', name: 'ingredient_id', nullable: true })
  ingredientId: number | null;

  @Column({ type: 'text', name: 'medication_text', nullable: true })
  medicationText: string | null;

  @Column({ type: 'text', name: 'dose', nullable: true })
  dose: string | null;

  @Column({ type: 'date', name: 'started_on', nullable: true })
  startedOn: string | null;

  /** Null: still taken. */
  @Column({ type: 'date', name: 'ended_on', nullable: true })
  endedOn: string | null;

  @Column({ type: 'integer', name: 'recorded_by', nullable: true })
  recordedBy: number | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
