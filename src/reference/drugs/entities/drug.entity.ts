import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

import { Company } from '../../reference-data/companies/company.entity.js';
import { TherapeuticCategory } from '../../reference-data/therapeutic-categories/therapeutic-category.entity.js';
import type { DrugStatus, IngredientStatus, Schedule, Storage } from '../drugs.types.js';

/** A sellable product. Amounts and prices are decimal strings. */
@Entity({ schema: 'reference', name: 'drugs' })
export class Drug {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'drug_id' })
  drugId: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_folded', select: false })
  nameFolded: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  /** Active ingredients as the source wrote them. */
  @Column({ type: 'text', name: 'active_raw', nullable: true })
  activeRaw: string | null;

  @Column({ type: 'text', name: 'strength', nullable: true })
  strength: string | null;

  @Column({ type: 'text', name: 'dosage_form', nullable: true })
  dosageForm: string | null;

  @Column({ type: 'text', name: 'route', nullable: true })
  route: string | null;

  @Column({ type: 'integer', name: 'company_id', nullable: true })
  companyId: number | null;

  @ManyToOne(() => Company, { nullable: true })
  @JoinColumn({ name: 'company_id' })
  company: Company | null;

  @Column({ type: 'integer', name: 'marketer_company_id', nullable: true })
  marketerCompanyId: number | null;

  @ManyToOne(() => Company, { nullable: true })
  @JoinColumn({ name: 'marketer_company_id' })
  marketer: Company | null;

  @Column({ type: 'integer', name: 'category_id', nullable: true })
  categoryId: number | null;

  @ManyToOne(() => TherapeuticCategory, { nullable: true })
  @JoinColumn({ name: 'category_id' })
  category: TherapeuticCategory | null;

  @Column({ type: 'text', name: 'atc_code', nullable: true })
  atcCode: string | null;

  /** Selling price of one pack; zero: none is known. */
  @Column({ type: 'numeric', name: 'price' })
  price: string;

  @Column({ type: 'numeric', name: 'old_price', nullable: true })
  oldPrice: string | null;

  @Column({ type: 'date', name: 'price_effective_from' })
  priceEffectiveFrom: string;

  /** Regulated maximum of the price. */
  @Column({ type: 'numeric', name: 'price_ceiling', nullable: true })
  priceCeiling: string | null;

  @Column({ type: 'date', name: 'price_ceiling_effective_from', nullable: true })
  priceCeilingEffectiveFrom: string | null;

  /** Who set the regulated maximum: decree, gazette, source. */
  @Column({ type: 'text', name: 'price_ceiling_source', nullable: true })
  priceCeilingSource: string | null;

  @Column({ type: 'text', name: 'base_unit' })
  baseUnit: string;

  @Column({ type: 'numeric', name: 'units_per_strip', nullable: true })
  unitsPerStrip: string | null;

  @Column({ type: 'numeric', name: 'units_per_pack' })
  unitsPerPack: string;

  @Column({ type: 'boolean', name: 'rx_only' })
  rxOnly: boolean;

  @Column({ type: 'text', name: 'controlled_schedule', nullable: true })
  controlledSchedule: Schedule | null;

  @Column({ type: 'text', name: 'storage' })
  storage: Storage;

  @Column({ type: 'text', name: 'handling_flags', array: true })
  handlingFlags: string[];

  @Column({ type: 'text', name: 'status' })
  status: DrugStatus;

  /** Whether every ingredient is known; what is not linked cannot be screened. */
  @Column({ type: 'text', name: 'ingredient_status' })
  ingredientStatus: IngredientStatus;

  @Column({ type: 'text', name: 'source' })
  source: string;

  @Column({ type: 'text', name: 'source_id', nullable: true })
  sourceId: string | null;

  @Column({ type: 'text', name: 'source_url', nullable: true })
  sourceUrl: string | null;

  /** Import release that last wrote it. */
  @Column({ type: 'integer', name: 'release_id', nullable: true })
  releaseId: number | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;
}
