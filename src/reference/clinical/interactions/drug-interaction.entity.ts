import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { Severity } from '../clinical.types.js';
import type { Evidence } from '../screening-knowledge.domain.js';
import type { VersionedRule } from '../rules/versioned-rule.types.js';

/** Two subjects (product, ingredient or group on either side) that should not meet. */
@Entity({ schema: 'reference', name: 'drug_interactions' })
export class DrugInteraction implements VersionedRule {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;

  @Column({ type: 'integer', name: 'drug_a_id', nullable: true })
  drugAId: number | null;

  @Column({ type: 'integer', name: 'ingredient_a_id', nullable: true })
  ingredientAId: number | null;

  @Column({ type: 'integer', name: 'group_a_id', nullable: true })
  groupAId: number | null;

  @Column({ type: 'integer', name: 'drug_b_id', nullable: true })
  drugBId: number | null;

  @Column({ type: 'integer', name: 'ingredient_b_id', nullable: true })
  ingredientBId: number | null;

  @Column({ type: 'integer', name: 'group_b_id', nullable: true })
  groupBId: number | null;

  /** Routes the rule holds for on each side; null: whatever acts on the whole body. */
  @Column({ type: 'text', name: 'routes_a', array: true, nullable: true })
  routesA: string[] | null;

  @Column({ type: 'text', name: 'routes_b', array: true, nullable: true })
  routesB: string[] | null;

  @Column({ type: 'text', name: 'severity' })
  severity: Severity;

  @Column({ type: 'text', name: 'mechanism' })
  mechanism: string;

  @Column({ type: 'text', name: 'description' })
  description: string;

  @Column({ type: 'text', name: 'management' })
  management: string;

  @Column({ type: 'text', name: 'evidence' })
  evidence: Evidence;

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
