import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import { Patient } from '../patients/patient.entity.js';
import { Prescriber } from '../prescribers/prescriber.entity.js';
import type { Sig } from '../sig/sig.types.js';
import type { PrescriptionStatus } from './prescription-status.domain.js';

/** The authority to dispense: how much of what, for whom, how often, until when. */
@Entity({ schema: 'operational', name: 'prescriptions' })
export class Prescription {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'prescription_id' })
  prescriptionId: number;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  /** Number printed on labels; given by the database. */
  @Column({ type: 'text', name: 'rx_number' })
  rxNumber: string;

  @Column({ type: 'integer', name: 'patient_id' })
  patientId: number;

  @ManyToOne(() => Patient)
  @JoinColumn({ name: 'patient_id' })
  patient: Relation<Patient>;

  /** Product of `reference.drugs`. */
  @Column({ type: 'integer', name: 'drug_id' })
  drugId: number;

  @Column({ type: 'integer', name: 'prescriber_id' })
  prescriberId: number;

  @ManyToOne(() => Prescriber)
  @JoinColumn({ name: 'prescriber_id' })
  prescriber: Relation<Prescriber>;

  /** Base units of one fill, decimal string. */
  @Column({ type: 'numeric', name: 'quantity' })
  quantity: string;

  /** Days one fill lasts. */
  @Column({ type: 'smallint', name: 'days_supply' })
  daysSupply: number;

  @Column({ type: 'text', name: 'sig' })
  sig: string;

  /** Directions as understood at entry; null: kept as written alone. */
  @Column({ type: 'jsonb', name: 'sig_structure', nullable: true })
  sigStructure: Sig | null;

  @Column({ type: 'numeric', name: 'dose_amount', nullable: true })
  doseAmount: string | null;

  @Column({ type: 'text', name: 'dose_unit', nullable: true })
  doseUnit: string | null;

  @Column({ type: 'numeric', name: 'frequency_per_day', nullable: true })
  frequencyPerDay: string | null;

  @Column({ type: 'smallint', name: 'refills_authorized' })
  refillsAuthorized: number;

  @Column({ type: 'date', name: 'prescribed_date' })
  prescribedDate: string;

  /** Last day it may be filled. */
  @Column({ type: 'date', name: 'expires_on' })
  expiresOn: string;

  /** Dispense-as-written code; 1 forbids substitution. */
  @Column({ type: 'smallint', name: 'daw_code' })
  dawCode: number;

  @Column({ type: 'text', name: 'status' })
  status: PrescriptionStatus;

  /** Base units in fills that stand; kept by trigger, never written by hand. */
  @Column({ type: 'numeric', name: 'quantity_filled', insert: false, update: false })
  quantityFilled: string;

  /** Base units still owed of fills begun; kept by trigger, never written by hand. */
  @Column({ type: 'numeric', name: 'quantity_owed', insert: false, update: false })
  quantityOwed: string;

  /** By when its first fill was promised, as an instant; null: no time was. */
  @Column({ type: 'timestamptz', name: 'promised_at', nullable: true })
  promisedAt: string | null;

  /** True: somebody waits in the shop for its first fill. */
  @Column({ type: 'boolean', name: 'waiting_in_store' })
  waitingInStore: boolean;

  @Column({ type: 'text', name: 'notes', nullable: true })
  notes: string | null;

  @Column({ type: 'integer', name: 'created_by', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
