import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import { Patient } from './patient.entity.js';

/** A patient's cover with a payer. */
@Entity({ schema: 'operational', name: 'patient_insurance' })
export class PatientInsurance {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'insurance_id' })
  insuranceId: number;

  @Column({ type: 'integer', name: 'patient_id' })
  patientId: number;

  @ManyToOne(() => Patient)
  @JoinColumn({ name: 'patient_id' })
  patient: Relation<Patient>;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'integer', name: 'payer_id' })
  payerId: number;

  /** One of the payer's plans on record; null: only its name is known. */
  @Column({ type: 'integer', name: 'plan_id', nullable: true })
  planId: number | null;

  @Column({ type: 'text', name: 'plan_name', nullable: true })
  planName: string | null;

  @Column({ type: 'text', name: 'member_number' })
  memberNumber: string;

  /** 1 is asked first. */
  @Column({ type: 'smallint', name: 'priority' })
  priority: number;

  /** Share the payer takes, in percent, as a decimal string. */
  @Column({ type: 'numeric', name: 'coverage_percent', nullable: true })
  coveragePercent: string | null;

  @Column({ type: 'date', name: 'valid_from', nullable: true })
  validFrom: string | null;

  @Column({ type: 'date', name: 'valid_to', nullable: true })
  validTo: string | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
