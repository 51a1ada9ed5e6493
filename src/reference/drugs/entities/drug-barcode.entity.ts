import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { BarcodeKind, PackLevel } from '../../barcodes/barcodes.types.js';

/** A barcode a product can be scanned by. */
@Entity({ schema: 'reference', name: 'drug_barcodes' })
export class DrugBarcode {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'barcode_id' })
  barcodeId: number;

  @Column({ type: 'integer', name: 'drug_id' })
  drugId: number;

  /** Digits as printed. */
  @Column({ type: 'text', name: 'code' })
  code: string;

  /** Padded to 14 digits; unique. */
  @Column({ type: 'text', name: 'gtin' })
  gtin: string;

  @Column({ type: 'text', name: 'kind' })
  kind: BarcodeKind;

  @Column({ type: 'text', name: 'pack_level' })
  packLevel: PackLevel;

  /** The pack it is printed on, where that is a row of drug_packs. */
  @Column({ type: 'integer', name: 'pack_id', nullable: true })
  packId: number | null;

  /** Base units of one scan, where neither pack nor level says it. */
  @Column({ type: 'numeric', name: 'base_units', nullable: true })
  baseUnits: string | null;
}
