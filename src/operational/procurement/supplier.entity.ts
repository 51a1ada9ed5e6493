import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Whom the pharmacy buys from; shared by all branches. */
@Entity({ schema: 'operational', name: 'suppliers' })
export class Supplier {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'supplier_id' })
  supplierId: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'text', name: 'phone', nullable: true })
  phone: string | null;

  @Column({ type: 'text', name: 'email', nullable: true })
  email: string | null;

  /** Usual days from order to delivery. */
  @Column({ type: 'smallint', name: 'lead_time_days' })
  leadTimeDays: number;

  /** Share that may be received above an order; null: as the branch has it. Decimal text, 0 to 1. */
  @Column({ type: 'numeric', precision: 4, scale: 3, name: 'over_receipt_tolerance', nullable: true })
  overReceiptTolerance: string | null;

  /** Goods that expire sooner after delivery are warned of. */
  @Column({ type: 'smallint', name: 'min_shelf_life_days' })
  minShelfLifeDays: number;

  /** Days after its date until an invoice is due. */
  @Column({ type: 'smallint', name: 'payment_days' })
  paymentDays: number;

  /** Goods are taken back from so many days before their expiry; null: nothing is known. */
  @Column({ type: 'smallint', name: 'returns_from_days', nullable: true })
  returnsFromDays: number | null;

  /** Goods are taken back until so many days after their expiry; negative: before it. */
  @Column({ type: 'smallint', name: 'returns_until_days', nullable: true })
  returnsUntilDays: number | null;

  /** False: no longer used. */
  @Column({ type: 'boolean', name: 'active' })
  active: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
