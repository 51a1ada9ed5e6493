import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { Severity } from '../clinical.types.js';
import type { VersionedRule } from '../rules/versioned-rule.types.js';
import type { ChildPugh, ContraindicationKind, Evidence } from '../screening-knowledge.domain.js';

/** Who should not have an ingredient or a group. */
@Entity({ schema: 'reference', name: 'contraindications' })
export class Contraindication implements VersionedRule {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;

  @Column({ type: 'integer', name: 'ingredient_id', nullable: true })
  ingredientId: number | null;

  @Column({ type: 'integer', name: 'group_id', nullable: true })
  groupId: number | null;

  @Column({ type: 'text', name: 'kind' })
  kind: ContraindicationKind;

  @Column({ type: 'text', name: 'icd10', nullable: true })
  icd10: string | null;

  @Column({ type: 'text', name: 'condition_name', nullable: true })
  conditionName: string | null;

  @Column({ type: 'text', name: 'sex', nullable: true })
  sex: 'male' | 'female' | null;

  @Column({ type: 'integer', name: 'age_min_months', nullable: true })
  ageMinMonths: number | null;

  /** Itself excluded. */
  @Column({ type: 'integer', name: 'age_max_months', nullable: true })
  ageMaxMonths: number | null;

  /** mL/min/1.73 m². */
  @Column({ type: 'numeric', name: 'egfr_below', nullable: true })
  egfrBelow: string | null;

  /** Hepatic function: applies from this class on. */
  @Column({ type: 'text', name: 'child_pugh_from', nullable: true })
  childPughFrom: ChildPugh | null;

  /** Null: all. */
  @Column({ type: 'smallint', name: 'trimesters', array: true, nullable: true })
  trimesters: number[] | null;

  @Column({ type: 'numeric', name: 'weight_min_kg', nullable: true })
  weightMinKg: string | null;

  /** Itself excluded. */
  @Column({ type: 'numeric', name: 'weight_max_kg', nullable: true })
  weightMaxKg: string | null;

  /** Null: whatever acts on the whole body. */
  @Column({ type: 'text', name: 'routes', array: true, nullable: true })
  routes: string[] | null;

  /** Null: all. */
  @Column({ type: 'text', name: 'forms', array: true, nullable: true })
  forms: string[] | null;

  @Column({ type: 'text', name: 'evidence' })
  evidence: Evidence;

  @Column({ type: 'text', name: 'severity' })
  severity: Severity;

  @Column({ type: 'text', name: 'message' })
  message: string;

  @Column({ type: 'text', name: 'management' })
  management: string;

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
