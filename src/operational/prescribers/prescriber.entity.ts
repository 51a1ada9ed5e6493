import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Who may write prescriptions. Shared by all branches. */
@Entity({ schema: 'operational', name: 'prescribers' })
export class Prescriber {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'prescriber_id' })
  prescriberId: number;

  @Column({ type: 'text', name: 'first_name' })
  firstName: string;

  @Column({ type: 'text', name: 'last_name' })
  lastName: string;

  @Column({ type: 'text', name: 'first_name_ar', nullable: true })
  firstNameAr: string | null;

  @Column({ type: 'text', name: 'last_name_ar', nullable: true })
  lastNameAr: string | null;

  /** All names folded, for search. */
  @Column({ type: 'text', name: 'name_folded', select: false })
  nameFolded: string;

  @Column({ type: 'text', name: 'licence_number' })
  licenceNumber: string;

  /** Number for controlled medicines, such as a DEA number; null: none known. */
  @Column({ type: 'text', name: 'authority_number', nullable: true })
  authorityNumber: string | null;

  /** Last day the licence holds; null: not known. */
  @Column({ type: 'date', name: 'licence_valid_until', nullable: true })
  licenceValidUntil: string | null;

  @Column({ type: 'text', name: 'specialty', nullable: true })
  specialty: string | null;

  @Column({ type: 'text', name: 'phone', nullable: true })
  phone: string | null;

  /** False: no longer prescribes; new prescriptions of his are refused. */
  @Column({ type: 'boolean', name: 'active' })
  active: boolean;

  @Column({ type: 'boolean', name: 'is_sample' })
  isSample: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
