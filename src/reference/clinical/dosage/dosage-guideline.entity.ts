import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { Evidence } from '../screening-knowledge.domain.js';
import type { VersionedRule } from '../rules/versioned-rule.types.js';

/** Dose limits of an ingredient, in `unit`. */
@Entity({ schema: 'reference', name: 'dosage_guidelines' })
export class DosageGuideline implements VersionedRule {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;

  @Column({ type: 'integer', name: 'ingredient_id' })
  ingredientId: number;

  /** Null: any route. */
  @Column({ type: 'text', name: 'route', nullable: true })
  route: string | null;

  @Column({ type: 'integer', name: 'age_min_months', nullable: true })
  ageMinMonths: number | null;

  /** Itself excluded. */
  @Column({ type: 'integer', name: 'age_max_months', nullable: true })
  ageMaxMonths: number | null;

  @Column({ type: 'numeric', name: 'max_single_dose', nullable: true })
  maxSingleDose: string | null;

  @Column({ type: 'numeric', name: 'max_daily_dose', nullable: true })
  maxDailyDose: string | null;

  @Column({ type: 'numeric', name: 'max_daily_per_kg', nullable: true })
  maxDailyPerKg: string | null;

  @Column({ type: 'text', name: 'form', nullable: true })
  form: string | null;

  @Column({ type: 'text', name: 'indication_icd10', nullable: true })
  indicationIcd10: string | null;

  @Column({ type: 'text', name: 'indication_name', nullable: true })
  indicationName: string | null;

  @Column({ type: 'numeric', name: 'weight_min_kg', nullable: true })
  weightMinKg: string | null;

  @Column({ type: 'numeric', name: 'weight_max_kg', nullable: true })
  weightMaxKg: string | null;

  @Column({ type: 'numeric', name: 'egfr_below', nullable: true })
  egfrBelow: string | null;

  @Column({ type: 'numeric', name: 'max_single_per_kg', nullable: true })
  maxSinglePerKg: string | null;

  @Column({ type: 'numeric', name: 'max_course_dose', nullable: true })
  maxCourseDose: string | null;

  @Column({ type: 'numeric', name: 'max_frequency_per_day', nullable: true })
  maxFrequencyPerDay: string | null;

  @Column({ type: 'text', name: 'management', nullable: true })
  management: string | null;

  @Column({ type: 'text', name: 'evidence' })
  evidence: Evidence;

  @Column({ type: 'text', name: 'unit' })
  unit: 'mg' | 'mcg' | 'g' | 'ml' | 'iu';

  @Column({ type: 'integer', name: 'max_duration_days', nullable: true })
  maxDurationDays: number | null;

  @Column({ type: 'text', name: 'message' })
  message: string;

  /** Null: a rule of the pharmacy's own. */
  @Column({ type: 'text', name: 'rule_set', nullable: true })
  ruleSet: string | null;

  @Column({ type: 'text', name: 'source' })
  source: string;

  @Column({ type: 'timestamptz', name: 'valid_from' })
  validFrom: Date;

  @Column({ type: 'timestamptz', name: 'valid_to', nullable: true })
  validTo: Date | null;
}
