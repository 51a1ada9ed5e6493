import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import { Drug } from '../../../reference/drugs/entities/drug.entity.js';

/** Stock of a product by lot and expiry at a branch. Quantities are kept by the ledger's trigger and read-only here. */
@Entity({ schema: 'operational', name: 'inventory_lots' })
export class InventoryLot {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'lot_id' })
  lotId: number;

  @Column({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'integer', name: 'drug_id' })
  drugId: number;

  @ManyToOne(() => Drug)
  @JoinColumn({ name: 'drug_id' })
  drug: Relation<Drug>;

  @Column({ type: 'text', name: 'lot_number' })
  lotNumber: string;

  /** 'YYYY-MM-DD'; null: none stated, dispensed last. */
  @Column({ type: 'date', name: 'expiry_date', nullable: true })
  expiryDate: string | null;

  /** Base units on hand, decimal string. */
  @Column({ type: 'numeric', name: 'quantity', insert: false, update: false })
  quantity: string;

  /** Base units in open reservations, decimal string. */
  @Column({ type: 'numeric', name: 'quantity_reserved', insert: false, update: false })
  quantityReserved: string;

  /** Net cost of a base unit, decimal string. */
  @Column({ type: 'numeric', name: 'unit_cost' })
  unitCost: string;

  @Column({ type: 'text', name: 'status' })
  status: 'available' | 'quarantined' | 'on_hold' | 'recalled' | 'expired';

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
