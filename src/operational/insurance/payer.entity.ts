import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An insurer or another third party that pays. */
@Entity({ schema: 'operational', name: 'payers' })
export class Payer {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'payer_id' })
  payerId: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  /** What its member numbers look like: 9 a digit, A a letter, X either. */
  @Column({ type: 'text', name: 'member_format', nullable: true })
  memberFormat: string | null;

  /** False: no longer used. */
  @Column({ type: 'boolean', name: 'active' })
  active: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
