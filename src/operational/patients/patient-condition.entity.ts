import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import { Patient } from './patient.entity.js';

/** A disease or state of a patient; without an ICD-10 code it cannot be screened. Never deleted. */
@Entity({ schema: 'operational', name: 'patient_conditions' })
export class PatientCondition {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'condition_id' })
  conditionId: number;

  @Column({ type: 'integer', name: 'patient_id' })
  patientId: number;

  @ManyToOne(() => Patient)
  @JoinColumn({ name: 'patient_id' })
  patient: Relation<Patient>;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'text', name: 'icd10', nullable: true })
  icd10: string | null;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'date', name: 'onset_date', nullable: true })
  onsetDate: string | null;

  @Column({ type: 'text', name: 'status' })
  status: 'active' | 'resolved' | 'entered_in_error';

  @Column({ type: 'integer', name: 'recorded_by', nullable: true })
  recordedBy: number | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
