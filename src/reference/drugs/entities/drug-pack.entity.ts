import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { PackLevel } from '../../barcodes/barcodes.types.js';

/** A pack of a product that needs words or a price of its own, or a further pack size. Amounts are decimal strings. */
@Entity({ schema: 'reference', name: 'drug_packs' })
export class DrugPack {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'pack_id' })
  packId: number;

  @Column({ type: 'integer', name: 'drug_id' })
  drugId: number;

  @Column({ type: 'text', name: 'level' })
  level: PackLevel;

  /** The package in words; empty: none are needed. */
  @Column({ type: 'text', name: 'description' })
  description: string;

  @Column({ type: 'numeric', name: 'base_units' })
  baseUnits: string;

  /** Price of one, where it is not the share of the default pack's. */
  @Column({ type: 'numeric', name: 'price', nullable: true })
  price: string | null;

  /** The pack or strip that units_per_pack or units_per_strip of the product speaks of. */
  @Column({ type: 'boolean', name: 'is_default' })
  isDefault: boolean;

  @Column({ type: 'text', name: 'source' })
  source: string;
}
