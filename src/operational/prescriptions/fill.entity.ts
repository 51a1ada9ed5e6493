import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import type { FillStatus } from './fill-status.domain.js';
import { Prescription } from './prescription.entity.js';

/** One dispensing under a prescription. */
@Entity({ schema: 'operational', name: 'fills' })
export class Fill {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'fill_id' })
  fillId: number;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'integer', name: 'prescription_id' })
  prescriptionId: number;

  @ManyToOne(() => Prescription)
  @JoinColumn({ name: 'prescription_id' })
  prescription: Relation<Prescription>;

  /** 0 is the first fill, 1 the first refill. */
  @Column({ type: 'smallint', name: 'fill_number' })
  fillNumber: number;

  /** 1, or more where it completes what an earlier part owed. */
  @Column({ type: 'smallint', name: 'part_number' })
  partNumber: number;

  @Column({ type: 'integer', name: 'drug_id' })
  drugId: number;

  /** Base units, decimal string. */
  @Column({ type: 'numeric', name: 'quantity' })
  quantity: string;

  @Column({ type: 'smallint', name: 'days_supply' })
  daysSupply: number;

  @Column({ type: 'text', name: 'status' })
  status: FillStatus;

  /** Price of a base unit when filled. */
  @Column({ type: 'numeric', name: 'unit_price' })
  unitPrice: string;

  /** Price of the fill when filled. */
  @Column({ type: 'numeric', name: 'price' })
  price: string;

  @Column({ type: 'integer', name: 'filled_by' })
  filledBy: number;

  @Column({ type: 'timestamptz', name: 'filled_at' })
  filledAt: Date;

  @Column({ type: 'integer', name: 'verified_by', nullable: true })
  verifiedBy: number | null;

  @Column({ type: 'integer', name: 'dispensed_by', nullable: true })
  dispensedBy: number | null;

  /** Business day of the branch. */
  @Column({ type: 'date', name: 'dispensed_on', nullable: true })
  dispensedOn: string | null;

  /** Will-call bin. */
  @Column({ type: 'text', name: 'bin', nullable: true })
  bin: string | null;

  /** Dispense-as-written code it was made under. */
  @Column({ type: 'smallint', name: 'daw_code' })
  dawCode: number;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
