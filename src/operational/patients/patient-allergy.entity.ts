import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import { Patient } from './patient.entity.js';

/** What a patient does not tolerate: an ingredient, a group, or words that cannot be screened. Never deleted. */
@Entity({ schema: 'operational', name: 'patient_allergies' })
export class PatientAllergy {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'allergy_id' })
  allergyId: number;

  @Column({ type: 'integer', name: 'patient_id' })
  patientId: number;

  @ManyToOne(() => Patient)
  @JoinColumn({ name: 'patient_id' })
  patient: Relation<Patient>;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'integer', name: 'ingredient_id', nullable: true })
  ingredientId: number | null;

  @Column({ type: 'integer', name: 'group_id', nullable: true })
  groupId: number | null;

  @Column({ type: 'text', name: 'substance_text', nullable: true })
  substanceText: string | null;

  @Column({ type: 'text', name: 'reaction', nullable: true })
  reaction: string | null;

  @Column({ type: 'text', name: 'severity' })
  severity: 'mild' | 'moderate' | 'severe' | 'unknown';

  @Column({ type: 'text', name: 'status' })
  status: 'active' | 'inactive' | 'entered_in_error';

  @Column({ type: 'integer', name: 'recorded_by', nullable: true })
  recordedBy: number | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
