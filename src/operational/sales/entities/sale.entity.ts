import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A posted sale, return or void. Append-only: nothing here is ever updated. */
@Entity({ schema: 'operational', name: 'sales' })
export class Sale {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'sale_id' })
  saleId: number;

  @Column({ type: 'integer', name: 'branch_id', update: false })
  branchId: number;

  @Column({ type: 'text', name: 'sale_number', update: false })
  saleNumber: string;

  @Column({ type: 'text', name: 'sale_type', update: false })
  saleType: 'sale' | 'return' | 'void';

  @Column({ type: 'integer', name: 'patient_id', nullable: true, update: false })
  patientId: number | null;

  @Column({ type: 'integer', name: 'user_id', update: false })
  userId: number;

  @Column({ type: 'timestamptz', name: 'sale_date', update: false })
  saleDate: Date;

  /** Decimal string in the branch currency; negative on returns and voids. */
  @Column({ type: 'numeric', name: 'total', update: false })
  total: string;
}
